"""Read: money that came in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from agent.chat import Cited
from agent.spoken.amounts import CURRENCY, money_said
from agent.spoken.days import days_meant, period_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Outcome, refusal
from agent.tools.phrasing import clipped, counted, day, link_of, sums, table
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from store import asked, overdue
from store.asked import Receipts
from store.asked_lists import receipts_summed
from store.receivables import PaymentRow

_MOST = 30


class Payments(Arguments):
    """Which money."""

    customer: str = text("Who paid, as the person wrote it; empty for all.", Origin.NAME)
    amount: str = text("Exactly this amount, as the person wrote it.", Origin.AMOUNT)
    least: str = text("Only more than this amount, as the person wrote it.", Origin.AMOUNT)
    reference: str = text("A reference or check number, as the person wrote it.", Origin.WORDS)
    when: str = text("A day or a period, as the person wrote it.", Origin.DAY)
    state: Literal["", "unmatched"] = Field(
        default="", description="unmatched: only money that is not applied yet."
    )


async def find_payments(asking: Asking, wanted: Payments) -> Outcome:
    """Receipts that fit, the latest first."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    when = _when(wanted.when, asking.today)
    if wanted.when and when is None:
        return refusal(f'I cannot read "{wanted.when}" as a day.')
    amounts = await amounts_said(asking, wanted.amount)
    if wanted.amount and not amounts:
        return refusal(f'I cannot read "{wanted.amount}" as an amount.')
    least = await amounts_said(asking, wanted.least)
    if wanted.least and not least:
        return refusal(f'I cannot read "{wanted.least}" as an amount.')
    unnamed = not (least or wanted.customer or amounts or wanted.reference or when or wanted.state)
    of = row.id if row is not None else (asking.about.customer_id or None) if unnamed else None
    narrowed = Receipts(
        customer_id=of,
        amounts=amounts,
        least=least,
        reference=wanted.reference,
        first=when[0] if when else None,
        last=when[1] if when else None,
        unplaced=wanted.state == "unmatched",
    )
    found = await asked.receipts_asked(asking.session, narrowed, limit=_MOST)
    whole = await receipts_summed(asking.session, narrowed)
    return _told(wanted, [(p, name or "") for p, name in found], of or 0, whole)


def _when(words: str, today: date) -> tuple[date, date] | None:
    if not words:
        return None
    period = period_meant(words, today)
    if period is not None:
        return period.first, period.last
    days = days_meant(words, today, past=True)
    return (min(days), max(days)) if days else None


async def amounts_said(asking: Asking, said: str, currency: str = "") -> dict[str, int]:
    """The amount in minor units of every currency it may be meant in; empty when it is none."""
    if not said:
        return {}
    known = [currency] if currency else [*await overdue.currencies(asking.session), "USD"]
    named = [money_said(said, currency) for currency in known]
    return {m.currency: m.minor for m in named if m is not None}


def _told(
    wanted: Payments,
    found: list[tuple[PaymentRow, str]],
    customer_id: int,
    whole: tuple[int, tuple[Money, ...]],
) -> Outcome:
    about = About(customer_id)
    what = "unmatched receipt" if wanted.state else "payment"
    names = {name for _, name in found if name}
    whose = f" from {names.pop()}" if customer_id and len(names) == 1 else ""
    if not found:
        when = f" ({wanted.when})" if wanted.when else ""
        return Outcome(f"No {what} was found{when}.", about=about)
    last = found[0][0]
    count, amounts = whole
    amount = Money(last.amount_minor, last.currency)
    total = f", {sums(amounts)} in all" if count > 1 else ""
    least = above(wanted.least)
    when = f"{least} ({wanted.when})" if wanted.when else least
    return Outcome(
        text=f"{counted(count or len(found), what)}{whose}{when}{total}; "
        f"the latest is {amount}, received on {day(last.received_on)}.",
        tables=(table(("Received", "From", "Amount", "Not applied", "Reference"), _rows(found),
                      left=max(count - len(found), 0)),),
        cited=(
            *(Cited(f"{p.received_on.isoformat()} {Money(p.amount_minor, p.currency)}",
                    f"/payments/{p.id}") for p, _ in found[:5]),
            *dict.fromkeys(link_of(p.customer_id, name) for p, name in found[:5]
                           if p.customer_id is not None),
        ),
        about=about,
    )  # fmt: skip


def above(least: str) -> str:
    """ "above 10k in their own currency": what a bound without a currency means."""
    if not least:
        return ""
    return f" above {least}{'' if CURRENCY.search(least) else ' in their own currency'}"


def _rows(found: list[tuple[PaymentRow, str]]) -> list[tuple[str, ...]]:
    return [
        (
            day(p.received_on),
            name or clipped(p.payer_name, 40) or "unknown",
            str(Money(p.amount_minor, p.currency)),
            str(Money(p.unapplied_minor, p.currency)),
            clipped(p.reference or p.number, 40),
        )
        for p, name in found
    ]


FIND_PAYMENTS = Tool(
    "find_payments",
    "Money that came in: by customer, exact amount, reference, day; or what is not applied yet.",
    Payments,
    find_payments,
    example="did Acme pay",
)
