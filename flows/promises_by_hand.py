"""Promises that people record, from the phone or from a mail they read, and take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.dunning.actions import WithdrawPromises
from domain.dunning.calendar import zone_named
from domain.dunning.promise_rules import parts_of
from domain.dunning.reading_rules import read_rules
from domain.ledger.money import Money, total
from effects.actor import Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.conversations import look_again, refuse, withdraw
from flows.desk import Desk
from flows.facts import load_case
from flows.promises import withdraw_promises
from sources.mail.strip import split
from store import parties, promises, receivables
from store.engine import Session
from store.receivables import InvoiceRow
from store.standing import PromiseRow
from store.touchpoints import TouchpointRow

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Promised:
    """What somebody promised: no `invoice_ids` means all that is open, no `amount` all of it."""

    promised_on: date
    invoice_ids: tuple[int, ...] = ()
    amount: Money | None = None
    words: str = ""
    touchpoint_id: int | None = None


async def record_by_hand(
    session: Session, customer_id: int, said: Promised, *, by: Person, now: datetime
) -> int | Refusal:
    """Record a promise; its id. Reminders of its invoices rest until after the day.

    It takes the place of open promises about the same invoices.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    customer = await parties.customer(session, customer_id)
    if customer is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such customer.")
    today = now.astimezone(zone_named(parties.zone_of(customer).name) or UTC).date()
    owed = await receivables.open_invoices(session, customer_id)
    problem = _problem(said, owed, today)
    if problem:
        return Refusal(RefusalCode.FORBIDDEN, problem)
    ids = tuple(sorted(set(said.invoice_ids) or {row.id for row in owed}))
    replaced = WithdrawPromises(ids, said.words)
    await withdraw_promises(session, replaced, customer_id, None, now)
    promise_id = await promises.add_promise(session, _row(customer_id, ids, said, by, now))
    if promise_id is None:
        return Refusal(RefusalCode.WRONG_STATE, "It was recorded a moment ago.")
    detail = {"promised_on": said.promised_on.isoformat(), "words": said.words[:300]}
    told = Entry(by.actor, "promise.recorded", "promise", str(promise_id), detail)
    await record(session, told, now)
    await withdraw(session, customer_id, "payment was promised", by.actor, now)
    await look_again(session, customer_id, now)
    return promise_id


async def take_back(
    session: Session, promise_id: int, *, by: Person, reason: str, now: datetime
) -> PromiseRow | Refusal:
    """A promise is not counted on any more: neither kept nor broken. Reminders go on."""
    refused = refuse(by)
    if refused is not None:
        return refused
    row = await promises.locked(session, promise_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such promise.")
    if row.state != "open":
        return Refusal(RefusalCode.WRONG_STATE, f"It is {row.state} already.")
    row.state, row.settled_at = "cancelled", now
    session.add(row)
    detail = {"promised_on": row.promised_on.isoformat(), "reason": reason[:300]}
    told = Entry(by.actor, "promise.cancelled", "promise", str(promise_id), detail)
    await record(session, told, now)
    await look_again(session, row.customer_id, now)
    return row


async def suggested(
    session: Session, desk: Desk, touch: TouchpointRow, now: datetime
) -> Promised | None:
    """What a mail seems to promise, for a person to look at; None when it names no single day."""
    case = await load_case(session, desk, touch.customer_id or 0, now)
    if case is None:
        return None
    zone = zone_named(case.account.customer.timezone) or UTC
    text = split(touch.body_text).new_text
    written_on = touch.occurred_at.astimezone(zone).date()
    reading = read_rules(text, case.account, written_on, case.calendar)
    part = next((p for p in parts_of(reading) if len(p.when.dates) == 1), None)
    if part is None:
        return None
    numbers = set(part.invoice_numbers or reading.promise.invoice_numbers)
    ids = tuple(i.id for i in case.account.invoices if i.collectable and i.number in numbers)
    return Promised(part.when.dates[0], ids, part.amount, part.when.span, touch.id)


def _problem(said: Promised, owed: Sequence[InvoiceRow], today: date) -> str:
    known = {row.id: row for row in owed}
    if not owed:
        return "Nothing is open that could be promised."
    if not set(said.invoice_ids) <= set(known):
        return "One of the invoices is not open, or not this customer's."
    if not today <= said.promised_on <= today + _LONGEST:
        return "The day is over, or more than a year away."
    amount = said.amount
    if amount is None:
        return ""
    about = [known[i] for i in said.invoice_ids] or list(owed)
    opens = [Money(r.open_minor, r.currency) for r in about if r.currency == amount.currency]
    if not opens or not 0 < amount.minor <= total(opens, amount.currency).minor:
        return "The amount is more than what is open, or nothing."
    return ""


def _row(
    customer_id: int, ids: tuple[int, ...], said: Promised, by: Person, now: datetime
) -> PromiseRow:
    return PromiseRow(
        key=f"{by.actor}:{customer_id}:{now.isoformat()}",
        customer_id=customer_id,
        invoice_ids=list(ids),
        promised_on=said.promised_on,
        currency=said.amount.currency if said.amount else None,
        amount_minor=said.amount.minor if said.amount else None,
        quote=said.words[:1000],
        touchpoint_id=said.touchpoint_id,
        made_at=now,
    )
