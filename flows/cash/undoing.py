"""What was posted, changed by a person: put on invoices, taken off them, or paid back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.ledger.money import Money, total
from effects.actor import Actor
from effects.audit import Entry, record
from effects.kinds import AppliedAmount, Effect
from effects.kinds_cash import ApplyCredit, RefundCustomer, UnapplyPayment
from effects.kinds_payments import UsedCredit
from effects.propose import Because, propose
from erp.identity import external_id
from flows.cash.gathering import available
from flows.cash.outcomes import ActRefused, Chosen
from flows.desk import Desk
from store import matching, parties, receipts
from store.applied import applied_to
from store.effects import effect
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import PaymentRow

_CHANGES = ("apply", "unapply", "refund")
_OVER = ("done", "rejected", "expired", "superseded")


async def apply_unapplied(
    session: Session,
    desk: Desk,
    payment_id: int,
    amounts: Mapping[int, Money],
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen | ActRefused:
    """Propose to put what stands unapplied on these invoices: an amount for each id."""
    row = await _posted(session, payment_id, reason)
    if isinstance(row, ActRefused):
        return row
    refused = _beyond(row, amounts) or await _waits(session, row)
    if refused:
        return refused
    lines = await _lines(session, row, amounts)
    if isinstance(lines, ActRefused):
        return lines
    customer = await _customer(session, row)
    taken = total((line.amount for line in lines), row.currency)
    stands = await applied_lines(session, row)
    content = ApplyCredit(
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        credit=UsedCredit("payment", row.id, str(row.netsuite_id), row.number, taken),
        applications=lines,
        occasion=f"{row.id}:{await _times(session, row, 'apply')}",
        applied_on=now.date(),
        before=tuple(line for line in stands if line.invoice_id in amounts),
        memo=reason.strip()[:200],
    )
    return await _propose(session, desk, row, content, "apply", reason, by, now)


def _beyond(row: PaymentRow, amounts: Mapping[int, Money]) -> ActRefused | None:
    if not amounts or any(m.currency != row.currency or m.minor <= 0 for m in amounts.values()):
        return ActRefused(f"Say how much in {row.currency} goes to each invoice.")
    left, asked = Money(row.unapplied_minor, row.currency), total(amounts.values(), row.currency)
    return (
        ActRefused(f"{asked} is more than the {left} that stands unapplied.")
        if (asked > left)
        else None
    )


async def _waits(session: Session, row: PaymentRow) -> ActRefused | None:
    """Two changes of one payment would each rest on what the other changes."""
    for one in await matching.effects_of(session, row.id):
        found = await effect(session, one.effect_id)
        if found is not None and one.role in _CHANGES and found.state not in _OVER:
            return ActRefused(f"“{found.title}” is under way. Decide on it first.")
    return None


async def _lines(
    session: Session, row: PaymentRow, amounts: Mapping[int, Money]
) -> tuple[AppliedAmount, ...] | ActRefused:
    found = await receipts.invoices_named(session, list(amounts))
    open_now = {i.id: i.open for i in await available(session, found, except_payment=row.id)}
    lines: list[AppliedAmount] = []
    for invoice in found:
        amount = amounts[invoice.id]
        if invoice.customer_id != row.customer_id or invoice.currency != row.currency:
            return ActRefused(f"{invoice.number} is not of this customer and currency.")
        if amount > open_now[invoice.id]:
            return ActRefused(f"Only {open_now[invoice.id]} of {invoice.number} is open.")
        lines.append(AppliedAmount(invoice.id, invoice.netsuite_id, invoice.number, amount))
    return tuple(lines) if len(lines) == len(amounts) else ActRefused("There is no such invoice.")


async def unapply(
    session: Session,
    desk: Desk,
    payment_id: int,
    invoice_ids: Sequence[int],
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen | ActRefused:
    """Propose to take a posted payment off these invoices; it stays on the account."""
    row = await _posted(session, payment_id, reason)
    if isinstance(row, ActRefused):
        return row
    stands = await applied_lines(session, row)
    removed = tuple(line for line in stands if line.invoice_id in set(invoice_ids))
    if not removed or len(removed) != len(set(invoice_ids)):
        return ActRefused("The payment is not applied to all of these invoices.")
    customer = await _customer(session, row)
    content = UnapplyPayment(
        payment_id=row.id,
        payment_netsuite_id=str(row.netsuite_id),
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        removed=removed,
        occasion=f"{row.id}:{await _times(session, row, 'unapply')}",
        number=row.number,
        reason=reason.strip()[:500],
    )
    return await _propose(session, desk, row, content, "unapply", reason, by, now)


async def refund(
    session: Session,
    desk: Desk,
    payment_id: int,
    amount: Money,
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen | ActRefused:
    """Propose to give unapplied money back. A controller decides."""
    row = await _posted(session, payment_id, reason)
    if isinstance(row, ActRefused):
        return row
    left = Money(row.unapplied_minor, row.currency)
    if amount.currency != row.currency or not 0 < amount.minor <= left.minor:
        return ActRefused(f"At most {left} of it is unapplied.")
    customer = await _customer(session, row)
    occasion = f"{row.id}:{await _times(session, row, 'refund')}"
    content = RefundCustomer(
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        sources=(UsedCredit("payment", row.id, str(row.netsuite_id), row.number, amount),),
        amount=amount,
        refunded_on=now.date(),
        account_netsuite_id=desk.cash.of(row.source, row.own_account).netsuite_id,
        external_id=external_id(desk.tenant, "refund", occasion, "refund"),
        occasion=occasion,
        ar_account_netsuite_id=desk.cash.receivable.netsuite_id,
        reference=row.reference[:200],
        memo=reason.strip()[:200],
    )
    return await _propose(session, desk, row, content, "refund", reason, by, now)


async def applied_lines(session: Session, row: PaymentRow) -> tuple[AppliedAmount, ...]:
    """What a payment is applied to in the ERP, oldest due first."""
    return tuple(
        AppliedAmount(invoice.id, invoice.netsuite_id, invoice.number, amount)
        for invoice, amount in await applied_to(session, row.id)
    )


async def _posted(session: Session, payment_id: int, reason: str) -> PaymentRow | ActRefused:
    if not reason.strip():
        return ActRefused("Say why.")
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or row.state != "posted" or row.netsuite_id is None or row.customer_id is None:
        return ActRefused("This payment is not in the ERP.")
    return row


async def _customer(session: Session, row: PaymentRow) -> CustomerRow:
    found = await parties.customer(session, row.customer_id or 0)
    if found is None:
        raise LookupError(f"customer {row.customer_id} vanished")
    return found


async def _times(session: Session, row: PaymentRow, role: str) -> int:
    """How often it was proposed before and is over: what is open is changed, not doubled."""
    known = [one for one in await matching.effects_of(session, row.id) if one.role == role]
    states = [await effect(session, one.effect_id) for one in known]
    return sum(found is not None and found.state in _OVER for found in states)


async def _propose(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    content: Effect,
    role: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen:
    because = Because(f"cash:{role}", {"chosen_by": str(by), "reason": reason[:500]})
    done = await propose(session, content, policy=desk.approval, because=because, by=by, now=now)
    await matching.add_effect(session, row.id, done.effect_id, role)
    detail = {"effect_id": done.effect_id, "reason": reason[:500]}
    await record(session, Entry(by, f"payment.{role}", "payment", str(row.id), detail), now)
    return Chosen(row.id, (done.effect_id,))
