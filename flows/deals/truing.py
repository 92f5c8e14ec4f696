"""True-ups: units used beyond those a line agreed on, seen first, then drafted in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.billing.periods import Span
from domain.ledger.billing.true_ups import TrueUp, spans, trued_up
from domain.ledger.deal import DealLine
from domain.ledger.errors import LedgerError
from effects.actor import Person
from effects.audit import Entry, record
from flows.deals.answering import Noted, enter_usage
from flows.deals.book import BILLED_STATES, Book, book_of
from flows.deals.lines import true_up_id
from flows.deals.settling import Settled, settle
from flows.drafts.drafting import Closed, Invalid, Missing
from store import billing, deals
from store.billing import UsageRow
from store.engine import Session

_MOST_MINOR = 10**15
_ENDED = "This deal ended before: bill what was used by hand."


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that can be trued up: its billed periods, and what was entered for them."""

    line: DealLine
    periods: tuple[Span, ...]
    entered: tuple[UsageRow, ...]


@dataclass(frozen=True, slots=True)
class TruedUp:
    """It is planned and drafted, by this or before; `settled` is what it led to."""

    true_up: TrueUp
    settled: Settled


def offers(book: Book) -> tuple[Offer, ...]:
    """What of a deal can be trued up."""
    told = []
    for line in book.deal.lines:
        found = spans(book.deal, line)
        if found:
            own = line.source_id if line.billed == "usage" else true_up_id(line.source_id)
            mine = tuple(one for one in book.usage if one.line_id == own)
            told.append(Offer(line, found, mine))
    return tuple(told)


async def preview(
    session: Session, deal_id: int, line_id: str, period_on: str, used: str, today: date
) -> TrueUp | Invalid | Missing | Closed:
    """What a true-up would bill; nothing is kept."""
    row = await deals.deal(session, deal_id)
    if row is None or row.version == 0:
        return Missing()
    return _asked(await book_of(session, row), line_id, period_on, used, today)


def _asked(
    book: Book, line_id: str, period_on: str, used: str, today: date
) -> TrueUp | Invalid | Missing | Closed:
    offer = next((one for one in offers(book) if one.line.source_id == line_id), None)
    if offer is None:
        return Missing()
    if book.row.state not in BILLED_STATES:
        return Closed("This deal is not won.")
    first = next((s.starts_on for s in offer.periods if s.starts_on.isoformat() == period_on), None)
    if first is None or first > today:
        return Invalid({"period_on": "No billing period of this line that has begun starts then."})
    try:
        found = trued_up(book.deal, offer.line, first, used)
    except LedgerError:
        return Invalid({"used": "Write a plain number like 12 or 0.25."})
    if found is None and offer.line.billed == "usage":
        return Invalid({"used": "Usage is not negative."})
    if found is None:
        return Invalid({"used": f"{offer.line.quantity} are agreed: nothing is beyond them."})
    if found.amount.minor >= _MOST_MINOR:
        return Invalid({"used": "No invoice can bill as much."})
    return found if _in_time(book, line_id, found, today) else Closed(_ENDED)


def _in_time(book: Book, line_id: str, found: TrueUp, today: date) -> bool:
    """Whether a deal that ended still bills it: entered by its last day, or measured."""
    known, ended_on = _entered(book, line_id, found), book.row.ended_on
    day = known.at.date() if known is not None else today
    return ended_on is None or found.line.billed == "usage" or day <= ended_on


def _entered(book: Book, line_id: str, found: TrueUp) -> UsageRow | None:
    """What was entered before as the true-up of the same period."""
    named = true_up_id(line_id), found.service.starts_on
    return next((one for one in book.usage if (one.line_id, one.period_on) == named), None)


async def true_up(
    session: Session,
    deal_id: int,
    line_id: str,
    period_on: str,
    used: str,
    by: Person,
    now: datetime,
) -> TruedUp | Invalid | Missing | Closed:
    """Bill what was used beyond the agreed units of a period: kept once, drafted at once.

    Measured usage is entered as its final reading.
    The same again changes nothing. Another quantity before the invoice is out makes its draft ask;
    after that it is refused.
    """
    row = await deals.locked_deal(session, deal_id)
    if row is None or row.version == 0:
        return Missing()
    book = await book_of(session, row)
    found = _asked(book, line_id, period_on.strip(), used, now.date())
    if not isinstance(found, TrueUp):
        return found
    if found.line.billed == "usage":
        return await _measured(session, deal_id, found, by, now)
    first, known = found.service.starts_on, _entered(book, line_id, found)
    if known is None or known.quantity != found.used:
        if _is_out(book, found):
            return Closed("The true-up of this period is in the ERP: bill the rest by hand.")
        kept = UsageRow(deal_id=row.id, line_id=true_up_id(line_id), period_on=first,
                        quantity=found.used, final=True, by=str(by.actor), by_name=by.name,
                        at=now if known is None else known.at)  # fmt: skip
        await billing.put_usage(session, kept)
        detail = {"line": line_id, "period_on": first.isoformat(), "agreed": found.agreed,
                  "used": found.used, "amount": str(found.amount)}  # fmt: skip
        entry = Entry(by.actor, "deal.trued_up", "deal", str(row.id), detail)
        await record(session, entry, now)
    return TruedUp(found, await settle(session, row.id, now) or Settled())


async def _measured(
    session: Session, deal_id: int, found: TrueUp, by: Person, now: datetime
) -> TruedUp | Invalid | Missing | Closed:
    """The final reading of a period: its own instalment bills it."""
    line_id, first = found.line.source_id, found.service.starts_on.isoformat()
    answer = await enter_usage(session, deal_id, line_id, first, found.used, by, now)
    return TruedUp(found, answer.settled) if isinstance(answer, Noted) else answer


def _is_out(book: Book, found: TrueUp) -> bool:
    """Whether the ERP has an invoice of it."""
    key = f"{book.row.source}:{book.row.source_id}:{found.line.source_id}"
    ids = {one.id for one in book.lines if one.key == key}
    return any(one.billing_line_id in ids and one.state == "billed" for one in book.instalments)
