"""What one customer owes, and how things stand with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.dunning.standing import Conversation
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from flows import conversations
from store import pages, parties, people, receivables, standing
from store.colleague_notes import ColleagueNoteRow, notes_of
from store.effects import EffectRow, in_states
from store.engine import Session
from store.parties import CustomerRow
from store.standing import DisputeRow, HoldRow, PromiseRow


@dataclass(frozen=True, slots=True)
class Owed:
    """A customer's debt in one currency. `loose` is money and credit not applied to anything."""

    open: Money
    overdue: Money
    loose: Money
    open_count: int
    overdue_count: int


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """Everything a short answer about a customer may state."""

    customer: CustomerRow
    today: date
    owed: tuple[Owed, ...]
    invoices: tuple[Invoice, ...]
    promises: tuple[PromiseRow, ...]
    disputes: tuple[DisputeRow, ...]
    holds: tuple[HoldRow, ...]
    waiting: tuple[EffectRow, ...]
    conversation: Conversation
    assignee: str = ""
    notes: tuple[ColleagueNoteRow, ...] = ()

    @property
    def oldest(self) -> Invoice | None:
        """The overdue invoice that was due first."""
        late = [i for i in self.invoices if i.days_past_due(self.today) > 0]
        return min(late, key=lambda i: (i.due_on, i.number), default=None)


async def account_of(
    session: Session, customer_id: int, today: date, now: datetime
) -> AccountAnswer | None:
    """How a customer stands today; None if there is no such customer."""
    row = await parties.customer(session, customer_id)
    account = await receivables.load_account(session, customer_id, today)
    if row is None or account is None:
        return None
    places = await pages.positions(session, today, customer_id=customer_id)
    promised = await standing.promises_of(session, customer_id)
    talk = await conversations.state_of(session, customer_id, now)
    names = await people.user_names(session) if talk.assignee_id else {}
    owed = [_owed(p, account.invoices, today) for p in places]
    return AccountAnswer(
        customer=row,
        today=today,
        owed=tuple(o for o in owed if o.open or o.loose),
        invoices=account.invoices,
        promises=tuple(p for p in promised if p.state == "open"),
        disputes=tuple(await standing.open_disputes(session, customer_id)),
        holds=tuple(await standing.active_holds(session, customer_id, today)),
        waiting=tuple(await in_states(session, ["proposed"], customer_id=customer_id, limit=20)),
        conversation=talk,
        assignee=names.get(str(talk.assignee_id), ""),
        notes=tuple(await notes_of(session, customer_id, limit=2)),
    )


def _owed(place: pages.Position, invoices: tuple[Invoice, ...], today: date) -> Owed:
    mine = [i for i in invoices if i.open.currency == place.currency]
    late = [i for i in mine if i.days_past_due(today) > 0]
    return Owed(
        open=total((i.open for i in mine), place.currency),
        overdue=total((i.open for i in late), place.currency),
        loose=place.unapplied,
        open_count=len(mine),
        overdue_count=len(late),
    )
