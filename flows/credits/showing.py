"""Credits as pages, API and cards show them: before they are asked for, in a list, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.ledger.money import Money
from erp.review.finding import JournalLine
from flows.cash_journal import journal_preview
from flows.credits.asked import CreditAsked, Planned, WriteOffAsked
from flows.credits.gathering import Books, books_of
from flows.credits.giving_up import plan_write_off
from flows.credits.planning import plan_credit
from flows.desk import Desk
from store import credit_requests
from store.credit_requests import CreditRequestLineRow, CreditRequestRow
from store.effects import EffectRow, effect
from store.engine import Session
from store.pages import customer_names


@dataclass(frozen=True, slots=True)
class Listed:
    """One request in a list. `state` is its effect's; voided where that came later."""

    row: CreditRequestRow
    state: str
    customer: str

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)


@dataclass(frozen=True, slots=True)
class Shown:
    """One request with its lines and effects."""

    listed: Listed
    lines: Sequence[CreditRequestLineRow]
    effects: tuple[EffectRow, ...]


async def preview(
    session: Session, desk: Desk, asked: CreditAsked | WriteOffAsked, today: date
) -> tuple[Books, Planned] | None:
    """What asking would come to, with its journal; nothing is written. None without invoice."""
    books = await books_of(session, asked.invoice_id)
    if books is None:
        return None
    if isinstance(asked, WriteOffAsked):
        planned = await plan_write_off(session, books, asked, desk, today)
    else:
        planned = plan_credit(books, asked, desk, today)
    return books, replace(planned, journal=await _journal(session, desk, planned))


async def _journal(session: Session, desk: Desk, planned: Planned) -> tuple[JournalLine, ...]:
    """The memo's journal, then that of its refund."""
    if planned.effect is None:
        return ()
    lines = await journal_preview(session, desk.cash, planned.effect)
    if planned.refund is not None:
        lines += await journal_preview(session, desk.cash, planned.refund)
    return lines


async def listed(
    session: Session, *, kind: str = "", customer_id: int = 0, after: int = 0, limit: int = 50
) -> list[Listed]:
    """Requests, the latest first."""
    found = await credit_requests.requests_page(
        session, kind=kind, customer_id=customer_id, after=after, limit=limit
    )
    names = await customer_names(session, {row.customer_id for row, _ in found})
    return [Listed(row, standing(row, s), names.get(row.customer_id, "")) for row, s in found]


async def shown(session: Session, request_id: int) -> Shown | None:
    """One request, None if there is none."""
    row = await credit_requests.request(session, request_id)
    if row is None:
        return None
    ids = [i for i in (row.effect_id, row.refund_effect_id) if i is not None]
    effects = [found for i in ids if (found := await effect(session, i)) is not None]
    names = await customer_names(session, {row.customer_id})
    state = effects[0].state if effects else ""
    listed_ = Listed(row, standing(row, state), names.get(row.customer_id, ""))
    lines = await credit_requests.lines_of_request(session, row.id)
    return Shown(listed_, lines, tuple(effects))


def standing(row: CreditRequestRow, state: str) -> str:
    """Where a request stands, in the words of its effect."""
    return "voided" if row.voided_at is not None and row.kind != "void" else state
