"""A customer's case: account and standing, built from the store in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.ladder import DunningPolicy
from domain.dunning.standing import (
    Direction,
    PromiseStatus,
    PromiseToPay,
    Standing,
    Touch,
)
from domain.ledger.account import Account
from domain.ledger.money import Money
from effects.kinds import SendEmail
from flows.desk import Desk
from flows.policies import policy_for
from flows.stops import load_stops
from store import arrivals, followups, parties, people, receivables, standing, touches
from store.effects import EffectRow
from store.engine import Session
from store.standing import PromiseRow
from store.touches import TouchColumns

FOLLOW_UP, REPLY = "followup", "reply"
# A failed or unknown mail waits for a person; until then the next one would overtake it.
_MACHINE_KINDS = ("auto_reply", "bounce", "complaint")
_PROMISE_STATES = {
    "open": PromiseStatus.OPEN,
    "kept": PromiseStatus.KEPT,
    "broken": PromiseStatus.BROKEN,
    "cancelled": PromiseStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one customer that a decision may rest on, read at one moment.

    `policy` is the one in force as it holds for this customer, segment and all. `waiting`: mail
    that was proposed and has neither left nor been turned down. `owner` is the colleague's name who
    looks after the customer, if anybody does.
    """

    account: Account
    standing: Standing
    policy: DunningPolicy
    calendar: Calendar
    now: datetime
    waiting: tuple[EffectRow, ...] = ()
    owner: str = ""

    @property
    def today(self) -> date:
        """The customer's own calendar day."""
        return self.account.today

    @property
    def customer_id(self) -> int:
        return self.account.customer.id


async def load_case(session: Session, desk: Desk, customer_id: int, now: datetime) -> Case | None:
    """The case of a customer, or None if there is no such customer."""
    row = await parties.customer(session, customer_id)
    if row is None:
        return None
    zone = zone_named(parties.zone_of(row).name) or UTC
    today = now.astimezone(zone).date()
    account = await receivables.load_account(session, customer_id, today)
    if account is None:
        return None
    policy = await policy_for(session, desk, account)
    calendar = desk.calendar_of(account.customer, today, policy)
    waiting = await followups.undecided(session, customer_id)
    known = await load_standing(session, customer_id, today, waiting, zone)
    mail = tuple(row for row in waiting if row.kind == SendEmail.kind)
    owner = await people.name_of(session, row.owner_user_id)
    return Case(account, known, policy, calendar, now, mail, owner)


async def load_standing(
    session: Session,
    customer_id: int,
    today: date,
    waiting: Sequence[EffectRow],
    zone: tzinfo = UTC,
) -> Standing:
    """Promises, disputes, pauses, touches and what waits for a decision about a customer."""
    money = await arrivals.arrived(session, customer_id)
    stops = await load_stops(session, customer_id, today, zone)
    return Standing(
        promises=tuple(promise_value(p) for p in await standing.promises_of(session, customer_id)),
        disputes=stops.disputes,
        pauses=stops.pauses,
        touches=tuple(touch_value(t) for t in await touches.touches_of(session, customer_id)),
        unanswered_reply=money.reply_waits,
        awaiting_decision=any(is_follow_up(row) for row in waiting),
        paying=money.paying,
        unplaced_payment=money.unplaced,
        conversation_since=stops.conversation_since,
        restarted_at=stops.restarted_at,
    )


def is_follow_up(row: EffectRow) -> bool:
    """Whether a mail effect is a planned follow-up and not an answer."""
    return row.payload.get("purpose") == FOLLOW_UP


def promise_value(row: PromiseRow) -> PromiseToPay:
    """The row as a domain value."""
    amount = None
    if row.amount_minor is not None and row.currency is not None:
        amount = Money(row.amount_minor, row.currency)
    return PromiseToPay(
        promised_on=row.promised_on,
        amount=amount,
        invoice_ids=tuple(row.invoice_ids),
        status=_PROMISE_STATES.get(row.state, PromiseStatus.WITHDRAWN),
        promised_at=row.made_at,
        quote=row.quote,
        id=row.id,
    )


def touch_value(row: TouchColumns) -> Touch:
    """The touchpoint as a domain value."""
    outbound = row.direction == "out"
    return Touch(
        at=row.occurred_at,
        direction=Direction.OUT if outbound else Direction.IN,
        recipients=tuple(row.to_addresses),
        step=row.step,
        cycle=row.cycle,
        invoice_ids=_invoice_ids(row.facts),
        automatic=bool(row.step) if outbound else row.kind in _MACHINE_KINDS,
    )


def _invoice_ids(facts: Mapping[str, Any]) -> tuple[int, ...]:
    invoices = facts.get("invoices")
    return tuple(int(key) for key in invoices) if isinstance(invoices, Mapping) else ()


def snapshot(case: Case, invoice_ids: Sequence[int]) -> dict[str, object]:
    """What a mail states about invoices, so that it can be compared when it is about to leave.

    Equal facts give an equal snapshot, whenever on a day it is taken.
    """
    wanted = set(invoice_ids)
    return {
        "as_of": case.today.isoformat(),
        "invoices": {
            str(i.id): {
                "number": i.number,
                "open_minor": i.open.minor,
                "currency": i.open.currency,
                "due_on": i.due_on.isoformat(),
            }
            for i in case.account.invoices
            if i.id in wanted
        },
    }
