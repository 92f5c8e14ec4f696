"""How figures are written: money, dates and times as a finance person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from markupsafe import Markup

from domain.ledger.money import Money

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def money(amount: Money) -> Markup:
    """The amount with its currency; negative in parentheses, as accountants write it."""
    digits = str(Money(abs(amount.minor), amount.currency)).split(" ")[0]
    shown = f"({digits})" if amount.minor < 0 else digits
    return Markup('<span class="money">{}\u00a0<span class="cur">{}</span></span>').format(
        shown, amount.currency
    )


def minor(value: int | None, currency: str | None) -> Markup:
    """Stored minor units as money; a dash when there is no amount."""
    if value is None or currency is None:
        return Markup("–")
    return money(Money(value, currency))


def plain_day(value: date) -> str:
    """A date without doubt about day and month: 12 Nov 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day(value: date | None) -> Markup:
    """A date, with ISO on hover; a dash when there is none."""
    if value is None:
        return Markup("–")
    iso = value.isoformat()
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, iso, plain_day(value))


def clock(value: datetime) -> Markup:
    """The time of day, UTC."""
    at = value.astimezone(UTC)
    return Markup('<time datetime="{}" title="{} UTC">{}</time>').format(
        at.isoformat(), at.strftime("%Y-%m-%d %H:%M:%S"), at.strftime("%H:%M")
    )


def instant(value: datetime | None) -> Markup:
    """An instant as date and time, UTC."""
    if value is None:
        return Markup("–")
    at = value.astimezone(UTC)
    return Markup('<time datetime="{}" title="{} UTC">{}, {}</time>').format(
        at.isoformat(), at.strftime("%Y-%m-%d %H:%M:%S"), plain_day(at.date()), at.strftime("%H:%M")
    )


def ago(value: datetime | None, now: datetime) -> str:
    """How long ago: "just now", "5 min ago", "3 h ago", "12 days ago"."""
    if value is None:
        return ""
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 60 * 24:
        return f"{minutes // 60} h ago"
    return count(minutes // (60 * 24), "day") + " ago"


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 invoice", "2 invoices"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days_late(due_on: date, today: date) -> str:
    """How a due date stands today, in words."""
    days = (today - due_on).days
    if days > 0:
        return count(days, "day") + " late"
    return "due today" if days == 0 else f"due in {count(-days, 'day')}"
