"""Posting a customer payment: one receipt becomes at most one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from effects.kinds import AppliedAmount, PostCustomerPayment
from effects.outcomes import Done
from erp.identity import PAYMENT_PREFIX
from erp.performers.facts import period_shut, unequal
from erp.performers.hands import Hands
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import Erp, ErpInvoice, ErpSettlement, PaymentToPost, WriteOutcome
from store import posted
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    payment: PostCustomerPayment
    noun: str = "payment"

    async def find(self) -> str | None:
        return await self.erp.find_payment(self.payment.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.post_payment(_to_post(self.payment))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_payment(netsuite_id)
        left = await open_now(self.erp, self.payment.applications)
        if stands is None:
            return Unseen()
        ways = _differences(_to_post(self.payment), stands)
        if ways:
            return Differs(ways)
        return Stands(
            {
                "external_id": self.payment.external_id,
                "link": self.erp.link("payment", netsuite_id),
                "open_after": left,
            }
        )


class PostCustomerPaymentPerformer(Hands[PostCustomerPayment]):
    """Posts, looks for and records customer payments."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(PostCustomerPayment, erp, clock, looks)

    def wanted(self, effect: PostCustomerPayment) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: PostCustomerPayment) -> str:
        return await posted.obstacle(session, effect.payment_id, effect.amount)

    async def erp_obstacle(self, effect: PostCustomerPayment) -> str:
        return (
            await period_shut(self.erp, effect.received_on)
            or await self._invoices_moved(effect)
            or await self._look_alike(effect)
        )

    async def put(
        self, session: Session, effect: PostCustomerPayment, effect_id: int, done: Done
    ) -> None:
        netsuite_id = str(done.evidence["netsuite_id"])
        await posted.record(
            session,
            posted.PostedPayment(
                payment_id=effect.payment_id,
                effect_id=effect_id,
                customer_id=effect.customer_id,
                netsuite_id=netsuite_id,
                amount=effect.amount,
                applications=tuple((a.invoice_id, a.amount) for a in effect.applications),
                open_after=open_after(done.evidence),
            ),
        )
        told = {"effect_id": effect_id, "netsuite_id": netsuite_id, **effect.payload()}
        await emit(session, "payment.posted", f"payment:{effect.payment_id}", told, self.clock())

    async def _invoices_moved(self, payment: PostCustomerPayment) -> str:
        ids = [line.netsuite_id for line in payment.applications]
        found = {d.netsuite_id: d for d in await self.erp.documents(ids)} if ids else {}
        for line in payment.applications:
            invoice = found.get(line.netsuite_id)
            if not isinstance(invoice, ErpInvoice):
                return f"NetSuite has no readable invoice {line.number}"
            reason = _moved(payment, line, invoice)
            if reason:
                return reason
        return ""

    async def _look_alike(self, payment: PostCustomerPayment) -> str:
        """A payment somebody else entered for what may be the same receipt."""
        similar = await self.erp.similar_payments(
            payment.customer_netsuite_id, payment.amount, payment.received_on
        )
        for other in similar:
            if _may_be_same(other, payment.reference):
                return (
                    f"NetSuite payment {other.number} of {other.total} on {other.on} may be the"
                    " same receipt"
                )
        return ""


async def open_now(erp: Erp, lines: Sequence[AppliedAmount]) -> dict[str, int]:
    """What the ERP says is open of each invoice, by our id, in minor units."""
    ids = {line.netsuite_id: line.invoice_id for line in lines}
    found = await erp.documents(list(ids)) if ids else ()
    return {str(ids[i.netsuite_id]): i.open.minor for i in found if isinstance(i, ErpInvoice)}


def open_after(evidence: Mapping[str, object]) -> dict[int, int]:
    """What evidence says is open, in minor units by our invoice id."""
    raw = evidence.get("open_after")
    return {int(k): int(v) for k, v in raw.items()} if isinstance(raw, Mapping) else {}


def applied_words(applications: Sequence[tuple[str, object]]) -> str:
    """Applications by the ERP's ids, for people."""
    return ", ".join(f"{doc}: {amount}" for doc, amount in sorted(applications)) or "nothing"


def _to_post(payment: PostCustomerPayment) -> PaymentToPost:
    return PaymentToPost(
        external_id=payment.external_id,
        customer_netsuite_id=payment.customer_netsuite_id,
        amount=payment.amount,
        received_on=payment.received_on,
        applications=tuple((line.netsuite_id, line.amount) for line in payment.applications),
        memo=payment.memo,
        check_number=payment.reference[:45],
    )


def _moved(payment: PostCustomerPayment, line: AppliedAmount, invoice: ErpInvoice) -> str:
    if invoice.customer_netsuite_id != payment.customer_netsuite_id:
        return f"{line.number} belongs to another customer now"
    if invoice.total.currency != line.amount.currency:
        return f"{line.number} is in {invoice.total.currency}"
    if invoice.status != "open":
        return f"{line.number} is {invoice.status.replace('_', ' ')} in NetSuite"
    if invoice.open < line.amount:
        return f"{line.number} has only {invoice.open} open"
    return ""


def _may_be_same(other: ErpSettlement, reference: str) -> bool:
    """Not ours, not voided, and no differing reference tells the two apart."""
    if other.voided or other.external_id.startswith(PAYMENT_PREFIX):
        return False
    told = f"{other.reference} {other.memo}".strip().lower()
    return not reference or not told or reference.lower() in told


def _differences(asked: PaymentToPost, stands: PaymentToPost) -> list[str]:
    told = unequal(
        ("external id", asked.external_id, stands.external_id),
        ("customer", asked.customer_netsuite_id, stands.customer_netsuite_id),
        ("amount", asked.amount, stands.amount),
        ("date", asked.received_on, stands.received_on),
    )
    if dict(asked.applications) != dict(stands.applications):
        wanted, found = applied_words(asked.applications), applied_words(stands.applications)
        told.append(f"applied {found} instead of {wanted}")
    return told
