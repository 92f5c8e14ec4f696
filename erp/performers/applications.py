"""Putting a payment's applications right: only where they still are what was decided on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, PutApplications, applied_to
from effects.outcomes import Done
from erp.performers.hands import Hands
from erp.performers.mirroring import open_after, open_now
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.payments import applied_words
from erp.port import (
    ApplicationsToPut,
    Erp,
    ErpInvoice,
    ErpSettlement,
    PaymentToPost,
    WriteOutcome,
)
from store import posted
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    effect: PutApplications
    noun: str = "payment"

    async def find(self) -> str | None:
        """The payment, if it is applied as wanted already."""
        stands = await self.erp.read_payment(self.effect.payment_netsuite_id)
        same = stands is not None and dict(stands.applications) == applied_to(self.effect.after)
        return self.effect.payment_netsuite_id if same else None

    async def write(self) -> WriteOutcome:
        after = tuple(applied_to(self.effect.after).items())
        lines = self.effect.after
        discounts = tuple((a.netsuite_id, a.discount) for a in lines if a.discount is not None)
        return await self.erp.put_applications(
            ApplicationsToPut(self.effect.payment_netsuite_id, after, discounts)
        )

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_payment(netsuite_id)
        if stands is None:
            return Unseen()
        asked = applied_to(self.effect.after)
        if dict(stands.applications) != asked:
            wanted = applied_words(tuple(asked.items()))
            return Differs([f"applied {applied_words(stands.applications)} instead of {wanted}"])
        left = await open_now(self.erp, [*self.effect.before, *self.effect.after])
        return Stands({"link": self.erp.link("payment", netsuite_id), "open_after": left})


class PutApplicationsPerformer(Hands[PutApplications]):
    """Puts, looks at and records what payments are applied to."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(PutApplications, erp, clock, looks)

    def wanted(self, effect: PutApplications) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: PutApplications) -> str:
        return await posted.obstacle(session, effect.payment_id)

    async def erp_obstacle(self, effect: PutApplications) -> str:
        stands = await self.erp.read_payment(effect.payment_netsuite_id)
        seen = await self.erp.documents([effect.payment_netsuite_id])
        settled = next((d for d in seen if isinstance(d, ErpSettlement)), None)
        if stands is None or settled is None or settled.voided:
            return "NetSuite no longer has the payment"
        return _payment_moved(effect, stands) or await self._invoices_moved(effect, stands)

    async def put(
        self, session: Session, effect: PutApplications, effect_id: int, done: Done
    ) -> None:
        applications = tuple((line.invoice_id, line.settled) for line in effect.after)
        await posted.reapply(
            session, effect.payment_id, effect.amount, applications, open_after(done.evidence)
        )
        told = {"effect_id": effect_id, **effect.payload()}
        subject = f"payment:{effect.payment_id}"
        await emit(session, "payment.reapplied", subject, told, self.clock())

    async def _invoices_moved(self, effect: PutApplications, stands: PaymentToPost) -> str:
        found = {
            d.netsuite_id: d
            for d in await self.erp.documents([line.netsuite_id for line in effect.after])
            if isinstance(d, ErpInvoice)
        }
        already = dict(stands.applications)
        for line in effect.after:
            invoice = found.get(line.netsuite_id)
            if invoice is None:
                return f"NetSuite has no readable invoice {line.number}"
            before = already.get(line.netsuite_id, Money.zero(line.amount.currency))
            reason = _invoice_moved(line, invoice, stands.customer_netsuite_id, before)
            if reason:
                return reason
        return ""


def _payment_moved(effect: PutApplications, stands: PaymentToPost) -> str:
    if stands.amount != effect.amount:
        return f"the payment is {stands.amount} in NetSuite"
    if effect.customer_netsuite_id not in ("", stands.customer_netsuite_id):
        return "the payment belongs to another customer now"
    if dict(stands.applications) != applied_to(effect.before):
        return f"the payment is applied otherwise now: {applied_words(stands.applications)}"
    return ""


def _invoice_moved(line: AppliedAmount, invoice: ErpInvoice, customer: str, before: Money) -> str:
    """What stands against applying to an invoice, of which `before` is applied already."""
    if invoice.customer_netsuite_id != customer:
        return f"{line.number} belongs to another customer"
    if invoice.total.currency != line.amount.currency:
        return f"{line.number} is in {invoice.total.currency}"
    if invoice.status not in ("open", "paid"):
        return f"{line.number} is {invoice.status.replace('_', ' ')} in NetSuite"
    if invoice.open + before < line.amount:
        return f"{line.number} has only {invoice.open + before} open"
    return ""
