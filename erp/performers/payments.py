"""Posting a customer payment: one receipt becomes at most one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, PostCustomerPayment
from effects.outcomes import Done
from erp.identity import PAYMENT_PREFIX
from erp.performers.credit_facts import credit_parts, credits_moved, invoices_moved, shares
from erp.performers.facts import period_shut, same_number, unequal, unequal_if_asked
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror, open_after
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import (
    CreditToUse,
    Erp,
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
    payment: PostCustomerPayment
    noun: str = "payment"

    async def find(self) -> str | None:
        return await self.erp.find_payment(self.payment.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.post_payment(to_post(self.payment))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_payment(netsuite_id)
        if stands is None:
            return Unseen()
        ways = differences(to_post(self.payment), stands)
        used = [credit.netsuite_id for credit in self.payment.credits]
        if used and not ways:
            taken = await credit_parts(self.erp, self.payment)
            ways, used = shares(self.payment, stands, taken), [*used, *taken]
        if ways:
            return Differs(ways)
        seen = await as_mirrored(self.erp, [netsuite_id, *used], self.payment.applications)
        link = self.erp.link("payment", netsuite_id)
        return Stands({"external_id": self.payment.external_id, "link": link, **seen})


class PostCustomerPaymentPerformer(Hands[PostCustomerPayment]):
    """Posts, looks for and records customer payments."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(PostCustomerPayment, erp, clock, looks)

    def wanted(self, effect: PostCustomerPayment) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: PostCustomerPayment) -> str:
        return await posted.obstacle(session, effect.payment_id, effect.received)

    async def erp_obstacle(self, effect: PostCustomerPayment) -> str:
        return (
            await period_shut(self.erp, effect.received_on)
            or await invoices_moved(self.erp, effect.customer_netsuite_id, effect.applications)
            or await credits_moved(
                self.erp, effect.customer_netsuite_id, effect.credits, effect.applications
            )
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
                applications=() if effect.credits else _settled(effect.applications),
                open_after=open_after(done.evidence),
                unapplied=effect.unapplied,
            ),
        )
        await mirror(session, done.evidence, self.clock())
        told = {"effect_id": effect_id, "netsuite_id": netsuite_id, **effect.payload()}
        await emit(session, "payment.posted", f"payment:{effect.payment_id}", told, self.clock())

    async def _look_alike(self, payment: PostCustomerPayment) -> str:
        """A payment somebody else entered for what may be the same receipt."""
        if not payment.amount:
            return ""
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


def applied_words(applications: Sequence[tuple[str, object]]) -> str:
    """Applications by the ERP's ids, for people."""
    return ", ".join(f"{doc}: {amount}" for doc, amount in sorted(applications)) or "nothing"


def to_post(payment: PostCustomerPayment) -> PaymentToPost:
    """The payment as the ERP is told to make it."""
    lines = payment.applications
    return PaymentToPost(
        external_id=payment.external_id,
        customer_netsuite_id=payment.customer_netsuite_id,
        amount=payment.amount,
        received_on=payment.received_on,
        applications=tuple((line.netsuite_id, line.amount) for line in lines),
        memo=payment.memo,
        check_number=(payment.check_number or payment.reference)[:45],
        discounts=tuple((a.netsuite_id, a.discount) for a in lines if a.discount is not None),
        credits=tuple(
            CreditToUse(one.kind, one.netsuite_id, one.amount) for one in payment.credits
        ),
        account_netsuite_id=payment.account_netsuite_id,
        ar_account_netsuite_id=payment.ar_account_netsuite_id,
        exchange_rate=payment.exchange_rate,
    )


def _settled(lines: Sequence[AppliedAmount]) -> tuple[tuple[int, Money], ...]:
    return tuple((line.invoice_id, line.settled) for line in lines)


def _may_be_same(other: ErpSettlement, reference: str) -> bool:
    """Not ours, not voided, and no differing reference tells the two apart."""
    if other.voided or other.external_id.startswith(PAYMENT_PREFIX):
        return False
    told = f"{other.reference} {other.memo}".strip().lower()
    return not reference or not told or reference.lower() in told


def differences(asked: PaymentToPost, stands: PaymentToPost) -> list[str]:
    """In which ways a payment is not as asked; what credits cover is left to `shares`."""
    told = unequal(
        ("external id", asked.external_id, stands.external_id),
        ("customer", asked.customer_netsuite_id, stands.customer_netsuite_id),
        ("amount", asked.amount, stands.amount),
        ("date", asked.received_on, stands.received_on),
    )
    told += unequal_if_asked(
        ("account", asked.account_netsuite_id, stands.account_netsuite_id),
        ("receivables account", asked.ar_account_netsuite_id, stands.ar_account_netsuite_id),
    )
    if asked.exchange_rate and not same_number(asked.exchange_rate, stands.exchange_rate):
        told.append(f"exchange rate {stands.exchange_rate} instead of {asked.exchange_rate}")
    if dict(asked.discounts) != dict(stands.discounts):
        wanted, found = applied_words(asked.discounts), applied_words(stands.discounts)
        told.append(f"discount {found} instead of {wanted}")
    if not asked.credits and dict(asked.applications) != dict(stands.applications):
        wanted, found = applied_words(asked.applications), applied_words(stands.applications)
        told.append(f"applied {found} instead of {wanted}")
    return told
