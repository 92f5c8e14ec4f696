"""Recoveries: money for what was written off brings the claim back, and settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money
from effects.actor import Actor
from effects.audit import Entry, record
from effects.kinds import AppliedAmount, ApplyCredit, Effect, EntryLine, PostJournal, UsedCredit
from effects.propose import Because, propose
from erp.identity import external_id
from flows.credits.asked import CreditRefused, Requested, refused
from flows.credits.requesting import OTHER, stands
from flows.desk import Desk
from store import credit_requests, receipts
from store.credit_requests import CreditRequestRow
from store.engine import Session
from store.parties import CustomerRow, customer
from store.receivables import PaymentRow


@dataclass(frozen=True, slots=True)
class RecoveryAsked:
    """Unapplied money of a receipt for a claim that was written off (its request's id)."""

    request_id: int
    payment_id: int
    amount: Money
    note: str
    source: str
    source_id: str


async def request_recovery(
    session: Session, desk: Desk, asked: RecoveryAsked, by: Actor, now: datetime
) -> Requested | CreditRefused:
    """Propose a journal (receivables to bad debt recovery) and the money set against it."""
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    await receipts.take_turns(session)
    if known is not None:
        same = known.kind == "recovery" and known.record == str(asked.request_id)
        return stands(known) if same else refused(*OTHER)
    lost = await credit_requests.request(session, asked.request_id)
    payment = await receipts.receipt(session, asked.payment_id)
    problem = await _problem(session, lost, payment, asked)
    if problem is not None or lost is None or payment is None:
        return problem or refused("REC-001", "There is no such write-off.", "Choose another")
    owner = await customer(session, lost.customer_id)
    if owner is None:
        return refused("REC-001", "Its customer is gone.", "Choose another")
    made = await credit_requests.insert_request(session, _row(lost, asked, by, now))
    if made is None:
        raise RuntimeError("the same recovery was asked for meanwhile")
    ids = await _proposed(session, desk, _effects(desk, lost, payment, owner, asked, now), by, now)
    row = await session.get(CreditRequestRow, made)
    if row is not None:
        row.effect_id, row.refund_effect_id = ids
        session.add(row)
    detail = {"effect_ids": list(ids), "amount": str(asked.amount), "write_off": lost.id}
    await record(session, Entry(by, "recovery.requested", "credit_request", str(made), detail), now)
    return Requested(made, ids, created=True)


async def _problem(
    session: Session,
    lost: CreditRequestRow | None,
    payment: PaymentRow | None,
    asked: RecoveryAsked,
) -> CreditRefused | None:
    if lost is None or lost.kind != "write_off" or lost.posted_at is None or lost.voided_at:
        return refused("REC-001", "This was not written off.", "Choose a write-off that stands")
    if payment is None or payment.state != "posted" or payment.customer_id != lost.customer_id:
        fix = "Record and post the payment first"
        return refused("REC-002", "The money is not on this customer's account.", fix)
    if {asked.amount.currency} != {lost.currency, payment.currency} or asked.amount.minor <= 0:
        return refused("REC-003", "The amount does not fit.", f"Write it in {lost.currency}")
    unapplied = Money(payment.unapplied_minor, payment.currency)
    if asked.amount > unapplied:
        return refused("REC-003", f"Only {unapplied} of it is unapplied.", "Reduce it")
    had = await credit_requests.recovered(session, lost.id)
    left = Money(lost.amount_minor - had, lost.currency)
    if asked.amount > left:
        message = f"Only {left} of {lost.number} was written off and not recovered."
        return refused("REC-004", message, "Leave the rest unapplied")
    return None


def _effects(
    desk: Desk,
    lost: CreditRequestRow,
    payment: PaymentRow,
    owner: CustomerRow,
    asked: RecoveryAsked,
    now: datetime,
) -> tuple[PostJournal, ApplyCredit]:
    amount, occasion = asked.amount, f"{asked.source}:{asked.source_id}"
    journal = PostJournal(
        purpose="recovery",
        customer_id=owner.id,
        customer_netsuite_id=owner.netsuite_id,
        lines=_lines(desk, owner, amount),
        posted_on=now.date(),
        occasion=occasion,
        external_id=external_id(desk.tenant, asked.source, asked.source_id, "journal"),
        memo=f"Recovery of {lost.number}"[:200],
        payment_id=payment.id,
    )
    named = str(payment.netsuite_id)
    applied = ApplyCredit(
        customer_id=owner.id,
        customer_netsuite_id=owner.netsuite_id,
        credit=UsedCredit("payment", payment.id, named, payment.number, amount),
        applications=(AppliedAmount(0, "", f"the recovery of {lost.number}", amount),),
        occasion=occasion,
        applied_on=now.date(),
        ar_account_netsuite_id=desk.cash.receivable.netsuite_id,
        waits_for=journal.key(),
        memo=asked.note.strip()[:200],
        onto_external_id=journal.external_id,
    )
    return journal, applied


def _lines(desk: Desk, owner: CustomerRow, amount: Money) -> tuple[EntryLine, EntryLine]:
    """The claim comes back against bad debt recovery."""
    ours, theirs = desk.cash.receivable, desk.credits.recovery
    debit = EntryLine(
        ours.netsuite_id, ours.name, debit=amount, entity_netsuite_id=owner.netsuite_id
    )
    return debit, EntryLine(theirs.netsuite_id, theirs.name, credit=amount)


async def _proposed(
    session: Session,
    desk: Desk,
    contents: tuple[Effect, Effect],
    by: Actor,
    now: datetime,
) -> tuple[int, int]:
    because = Because("recovery:asked", {"asked_by": str(by)})
    first, second = [
        await propose(session, one, policy=desk.approval, because=because, by=by, now=now)
        for one in contents
    ]
    return first.effect_id, second.effect_id


def _row(
    lost: CreditRequestRow, asked: RecoveryAsked, by: Actor, now: datetime
) -> CreditRequestRow:
    return CreditRequestRow(
        source=asked.source,
        source_id=asked.source_id,
        kind="recovery",
        customer_id=lost.customer_id,
        invoice_id=lost.invoice_id,
        currency=lost.currency,
        amount_minor=asked.amount.minor,
        reason="recovery",
        note=asked.note.strip()[:1000],
        on_day=now.date(),
        number=lost.number,
        record=str(lost.id),
        created_by=str(by),
        created_at=now,
    )
