"""What follows when money moved in the ERP: cases, promises, mail, receipts that wait."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from domain.ledger.money import Money
from domain.matching.written import folded_number
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from effects.kinds import Effect, PostCustomerPayment
from effects.kinds_cash import ReversePayment, UnapplyPayment
from flows.cash.choosing import AS_ADVISED
from flows.cash.learning import learn_correction, learn_posting
from flows.desk import Desk
from flows.facts import load_case
from flows.followups import retire_stale
from flows.promises import keep_promises
from flows.receipts import match_job
from flows.remittance import advices_of
from store import cases, followups, receipts
from store.applied import kept_by
from store.effect_history import approval_of
from store.effects import effect
from store.engine import Session
from store.jobs import enqueue
from store.promises import lock_open
from store.receipt_values import remittance_in
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, open_item

KEEPER = Actor(ActorKind.SYSTEM, "cash")


async def settled(session: Session, desk: Desk, customer_id: int, now: datetime) -> None:
    """A customer's balance moved: promises it keeps are kept, mail that still asks for what is
    paid is withdrawn, receipts that wait are matched again, and the cadence looks again.
    """
    await lock_open(session, customer_id)
    for row in await receipts.to_match_again(session, customer_id):
        row.state = "received" if row.state == "proposed" else row.state
        session.add(row)
        await enqueue(session, match_job(row.id))
    case = await load_case(session, desk, customer_id, now)
    if case is not None:
        await retire_stale(session, desk, case)
    await keep_promises(session, customer_id, now)
    await followups.wake(session, customer_id, now)


async def match_ownerless(session: Session, since: datetime | None) -> int:
    """Match again what waits without a known customer, as its invoices may be here now; how many.

    A payment may reach us before the invoice it names has reached the mirror.
    """
    found = await receipts.ownerless(session, since)
    for payment_id in found:
        await enqueue(session, match_job(payment_id))
    return len(found)


async def settle_deduction(session: Session, item: WorkItemRow, now: datetime) -> None:
    """A deduction is settled: collections may look at its invoice again."""
    await cases.settle_deduction(session, item.key, now)
    if item.customer_id is not None:
        await followups.wake(session, item.customer_id, now)


async def posted(
    session: Session, desk: Desk, content: Effect, effect_id: int, now: datetime
) -> None:
    """Money was posted, taken off or taken back: matching learns, deductions become cases."""
    if not isinstance(content, PostCustomerPayment | UnapplyPayment | ReversePayment):
        return
    row = await receipts.receipt(session, content.payment_id)
    if row is None:
        return
    by = await _approver(session, effect_id)
    match content:
        case PostCustomerPayment():
            await learn_posting(session, desk, row, content, by, now)
            await _open_deductions(session, row, now)
        case UnapplyPayment():
            reason = content.reason or "the payment was taken off"
            await learn_correction(session, desk, row, by, reason, now)
        case ReversePayment():
            if content.amount.minor >= row.amount_minor:
                row.state = "reversed"
                session.add(row)
            await _reopen_promises(session, content, now)
        case _:
            assert_never(content)


async def _approver(session: Session, effect_id: int) -> str:
    known = await effect(session, effect_id)
    approval = await approval_of(session, effect_id, known.fingerprint) if known else None
    return f"{approval.actor_kind}:{approval.actor_id}" if approval is not None else ""


async def _reopen_promises(session: Session, content: ReversePayment, now: datetime) -> None:
    """Promises that this money kept are open again; the day decides whether they are broken."""
    invoices = [line.invoice_id for line in content.applications]
    for row in await kept_by(session, content.customer_id, invoices):
        row.state, row.settled_at = "open", None
        session.add(row)
        detail = {"payment_id": content.payment_id, "reason": content.reason_code}
        await record(
            session, Entry(KEEPER, "promise.reopened", "promise", str(row.id), detail), now
        )


async def _open_deductions(session: Session, row: PaymentRow, now: datetime) -> None:
    """Each part that a payer took off is a case, and holds the cadence for its invoice."""
    lines = row.allocation.get("invoices")
    found = [x for x in lines if x["deduction"]] if isinstance(lines, list) else []
    advised = await _codes_advised(session, row) if found else {}
    codes = row.allocation.get("deduction_codes")
    chosen = codes if isinstance(codes, dict) else {}
    for line in found:
        amount, number = Money(line["deduction"], row.currency), line["number"]
        code = chosen.get(str(line["id"]), "")
        if code in ("", AS_ADVISED):
            code = advised.get(folded_number(number), "")
        await _open_deduction(session, row, (line["id"], number, code), amount, now)


async def _codes_advised(session: Session, row: PaymentRow) -> dict[str, str]:
    """Why something was taken off, in the payer's own code, by the folded number of a document."""
    advices = await advices_of(session, row.id)
    lines = [*remittance_in(row.remittance), *(line for one in advices for line in one.rows)]
    return {
        folded_number(line.reference): line.reason_code[:60]
        for line in reversed(lines)
        if line.deduction and line.reason_code
    }


async def _open_deduction(
    session: Session, row: PaymentRow, told: tuple[int, str, str], amount: Money, now: datetime
) -> None:
    invoice_id, number, code = told
    key = f"deduction:{row.id}:{invoice_id}"
    owner = await cases.open_deduction(session, key, invoice_id, code=code or "deduction", now=now)
    item = WorkItemRow(
        key=key,
        kind="deduction",
        customer_id=owner,
        payment_id=row.id,
        title=f"{amount} were taken off {number}{f' ({code})' if code else ''}: is it right?",
        detail={
            "invoice_id": invoice_id,
            "number": number,
            "minor": amount.minor,
            "currency": amount.currency,
            "reason": code,
        },
        opened_at=now,
    )
    if await open_item(session, item) is not None:
        detail = {"invoice_id": invoice_id, "amount": str(amount), "reason": code}
        await record(
            session, Entry(KEEPER, "deduction.opened", "payment", str(row.id), detail), now
        )
