"""Read: promises to pay and disputes, of everybody or of one customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from agent.spoken.days import days_meant, period_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.debtors import OfAnyone
from agent.tools.outcome import About, Choice, Outcome, refusal
from agent.tools.phrasing import counted, day, found_of, link_of, listed, table
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from store import asked
from store.parties import CustomerRow
from store.standing import PromiseRow

_MOST = 50


class Promises(Arguments):
    """Which promises."""

    customer: str = text("The customer, as the person wrote it; empty for all.", Origin.NAME)
    state: Literal["", "open", "broken", "kept"] = Field(
        default="", description="open (the usual), broken or kept."
    )
    due: str = text("Up to which day or in which period, as the person wrote it.", Origin.DAY)


async def promises(asking: Asking, wanted: Promises) -> Outcome:
    """Promises in a state, the earliest day first."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    due = _due(wanted.due, asking.today)
    if wanted.due and due is None:
        return refusal(f'I cannot read "{wanted.due}" as a day.')
    first, last = due or (None, None)
    state = wanted.state or "open"
    found = await asked.promises_asked(
        asking.session,
        state=state,
        customer_id=row.id if row is not None else None,
        due_from=first,
        due_to=last,
        limit=_MOST,
    )
    whose = f" of {row.name}" if row is not None else ""
    when = f" from {day(first)}" if first is not None else ""
    when += f" {'to' if when else 'by'} {day(last)}" if last is not None else ""
    rows = [(name, _amount(p), day(p.promised_on), _lateness(p, asking.today)) for p, name in found]
    return Outcome(
        text=_sentence(
            f"{found_of(len(found), _MOST, f'{state} promise')}{whose}{when}{_summed(found)}."
        ),
        tables=(table(("Customer", "Promised", "By", "Standing"), rows),) if rows else (),
        cited=tuple(dict.fromkeys(link_of(p.customer_id, name) for p, name in found[:5])),
        listed=tuple(Choice(f"id:{p.customer_id}", name) for p, name in found),
        about=_about(row, [p.customer_id for p, _ in found]),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _due(words: str, today: date) -> tuple[date | None, date] | None:
    """The days asked for: a period, or everything up to a day."""
    if not words:
        return None
    period = period_meant(words, today)
    if period is not None:
        return period.first, period.last
    days = days_meant(words, today)
    return (None, max(days)) if days else None


def _amount(row: PromiseRow) -> str:
    if row.amount_minor is None or row.currency is None:
        return "the whole balance"
    return str(Money(row.amount_minor, row.currency))


def _summed(found: Sequence[tuple[PromiseRow, str]]) -> str:
    """Sums by currency of the promises that name an amount, when there are several."""
    if len(found) < 2 or len(found) == _MOST:
        return ""
    named = [
        Money(row.amount_minor, row.currency)
        for row, _ in found
        if row.amount_minor is not None and row.currency is not None
    ]
    whole = sum(row.amount_minor is None for row, _ in found)
    told = _by_currency(named)
    told += [f"{whole} of a whole balance"] if whole else []
    return f": {listed(told)}"


def _by_currency(amounts: Sequence[Money]) -> list[str]:
    by: dict[str, int] = {}
    for one in amounts:
        by[one.currency] = by.get(one.currency, 0) + one.minor
    return [str(Money(minor, currency)) for currency, minor in sorted(by.items())]


def _lateness(row: PromiseRow, today: date) -> str:
    if row.state != "open":
        return row.state
    left = (row.promised_on - today).days
    if left < 0:
        return f"{counted(-left, 'day')} past"
    return "today" if left == 0 else f"in {counted(left, 'day')}"


def _about(row: CustomerRow | None, ids: list[int]) -> About:
    if row is not None:
        return About(row.id)
    return About(ids[0]) if len(set(ids)) == 1 else About()


async def disputes(asking: Asking, wanted: OfAnyone) -> Outcome:
    """Open disputes, the oldest first."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    of = row.id if row is not None else None
    found = await asked.disputes_asked(asking.session, customer_id=of, limit=_MOST)
    whose = f" of {row.name}" if row is not None else ""
    rows = [
        (
            name,
            number or "the whole account",
            dispute.reason_code.replace("_", " "),
            day(dispute.opened_at.astimezone(asking.zone).date()),
            str(left) if left is not None else "all that is open",
        )
        for dispute, name, number, left in found
    ]
    by_reason = Counter(reason for _, _, reason, _, _ in rows)
    counts = [f"{n} {reason}" for reason, n in sorted(by_reason.items(), key=lambda r: (-r[1], r))]
    reasons = f": {listed(counts)}" if len(rows) > 1 else ""
    sums_ = _by_currency([left for _, _, _, left in found if left is not None])
    held = f"; {listed(sums_)} of their invoices is open" if sums_ and len(found) < _MOST else ""
    return Outcome(
        text=_sentence(f"{found_of(len(found), _MOST, 'open dispute')}{whose}{reasons}{held}."),
        tables=(table(("Customer", "Invoice", "Reason", "Since", "Open"), rows),) if rows else (),
        cited=tuple(dict.fromkeys(link_of(d.customer_id, name) for d, name, _, _ in found[:5])),
        listed=tuple(Choice(f"id:{d.customer_id}", name) for d, name, _, _ in found),
        about=_about(row, [d.customer_id for d, _, _, _ in found]),
    )


PROMISES = Tool(
    "promises",
    "Promises to pay: open, broken or kept, of everybody or of one customer.",
    Promises,
    promises,
    example="promises due this week",
)
DISPUTES = Tool(
    "disputes",
    "Open disputes, of everybody or of one customer.",
    OfAnyone,
    disputes,
    example="disputes",
)
