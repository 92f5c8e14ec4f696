"""Payments taken off invoices: freed again, or moved to the journal that says they came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, ReversePayment, UnapplyPayment
from effects.outcomes import Done
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.payments import applied_words
from erp.port import (
    ApplicationsToSet,
    Erp,
    ErpSettlement,
    PaymentToPost,
    WriteOutcome,
)
from store import posted
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Freed:
    erp: Erp
    effect: UnapplyPayment
    noun: str = "payment"

    async def find(self) -> str | None:
        """The payment, if it is off all of these invoices already."""
        stands = await self.erp.read_payment(self.effect.payment_netsuite_id)
        if stands is None or _left(stands, self.effect):
            return None
        named = self.effect.payment_netsuite_id
        return None if await payment_gone(self.erp, named) else named

    async def write(self) -> WriteOutcome:
        zero = Money.zero(self.effect.amount.currency)
        parts = tuple((line.netsuite_id, zero) for line in self.effect.removed)
        wanted = ApplicationsToSet("payment", self.effect.payment_netsuite_id, parts)
        return await self.erp.set_applications(wanted)

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_payment(netsuite_id)
        if stands is None:
            return Unseen()
        left = _left(stands, self.effect)
        if left:
            return Differs([f"still applied {applied_words(tuple(left.items()))}"])
        seen = await as_mirrored(self.erp, [netsuite_id], self.effect.removed)
        return Stands({"link": self.erp.link("payment", netsuite_id), **seen})


class UnapplyPaymentPerformer(Hands[UnapplyPayment]):
    """Takes payments off invoices, looks for that and records it."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(UnapplyPayment, erp, clock, looks)

    def wanted(self, effect: UnapplyPayment) -> _Freed:
        return _Freed(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: UnapplyPayment) -> str:
        return await posted.obstacle(session, effect.payment_id)

    async def erp_obstacle(self, effect: UnapplyPayment) -> str:
        stands = await self.erp.read_payment(effect.payment_netsuite_id)
        if stands is None or await payment_gone(self.erp, effect.payment_netsuite_id):
            return "NetSuite no longer has the payment"
        if _left(stands, effect) == settled_of(effect.removed):
            return ""
        return f"the payment is applied otherwise now: {applied_words(stands.applications)}"

    async def put(
        self, session: Session, effect: UnapplyPayment, effect_id: int, done: Done
    ) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        told = {"effect_id": effect_id, **effect.payload()}
        await emit(session, "payment.unapplied", f"payment:{effect.payment_id}", told, now)


@dataclass(frozen=True, slots=True)
class _Returned:
    erp: Erp
    effect: ReversePayment
    noun: str = "payment"

    async def find(self) -> str | None:
        """The payment, if it stands against the journal as wanted already."""
        journal = await self.journal()
        stands = await self.erp.read_payment(self.effect.payment_netsuite_id)
        same = stands is not None and self.as_wanted(stands, journal)
        return self.effect.payment_netsuite_id if journal and same else None

    async def write(self) -> WriteOutcome:
        journal, named = await self.journal(), self.effect.payment_netsuite_id
        stands = await self.erp.read_payment(named)
        discounts = dict(stands.discounts) if stands is not None else {}
        after, zero = self.after(journal), Money.zero(self.effect.amount.currency)
        ids = [*(line.netsuite_id for line in self.effect.applications), journal]
        money = {one: after.get(one, zero) - discounts.get(one, zero) for one in ids}
        parts = tuple((one, max(zero, left)) for one, left in money.items())
        kept = tuple((one, discounts[one]) for one in ids if one in discounts and money[one] > zero)
        return await self.erp.set_applications(ApplicationsToSet("payment", named, parts, kept))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands, journal = await self.erp.read_payment(netsuite_id), await self.journal()
        if stands is None:
            return Unseen()
        if not self.as_wanted(stands, journal):
            wanted = applied_words(tuple(self.after(journal).items()))
            return Differs([f"applied {applied_words(stands.applications)} instead of {wanted}"])
        ids = [netsuite_id, journal]
        seen = await as_mirrored(self.erp, ids, self.effect.standing)
        return Stands({"link": self.erp.link("payment", netsuite_id), "journal": journal, **seen})

    async def journal(self) -> str:
        """The ERP's id of the journal, "" while it does not stand."""
        return await self.erp.find_record("journal", self.effect.journal_external_id) or ""

    def after(self, journal: str) -> dict[str, Money]:
        """What the payment has settled when it is done, discounts included."""
        standing = settled_of(self.effect.standing)
        for line in self.effect.applications:
            standing[line.netsuite_id] -= line.amount
        return {key: left for key, left in standing.items() if left} | {journal: self.effect.amount}

    def as_wanted(self, stands: PaymentToPost, journal: str) -> bool:
        """Whether it stands so. A discount goes with the money it was taken for: then nothing of
        that invoice is settled any more."""
        after, found = self.after(journal), settled(stands)
        freed = {line.netsuite_id for line in self.effect.applications}
        return {
            key: left for key, left in after.items() if key in found or key not in freed
        } == found


class ReversePaymentPerformer(Hands[ReversePayment]):
    """Moves payments that came back to their journal, looks for that and records it."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(ReversePayment, erp, clock, looks)

    def wanted(self, effect: ReversePayment) -> _Returned:
        return _Returned(self.erp, effect)

    async def erp_obstacle(self, effect: ReversePayment) -> str:
        stands = await self.erp.read_payment(effect.payment_netsuite_id)
        if stands is None or await payment_gone(self.erp, effect.payment_netsuite_id):
            return "NetSuite no longer has the payment"
        if settled(stands) != settled_of(effect.standing):
            return f"the payment is applied otherwise now: {applied_words(stands.applications)}"
        return await self._journal_moved(effect)

    async def put(
        self, session: Session, effect: ReversePayment, effect_id: int, done: Done
    ) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        await posted.returned(session, effect.payment_id, effect.reason_code)
        told = {"effect_id": effect_id, **effect.payload()}
        await emit(session, "payment.reversed", f"payment:{effect.payment_id}", told, now)

    async def _journal_moved(self, effect: ReversePayment) -> str:
        named = effect.journal_external_id
        journal = await self.wanted(effect).journal()
        seen = await self.erp.documents([journal]) if journal else ()
        found = next((d for d in seen if isinstance(d, ErpSettlement)), None)
        if found is None or found.voided or found.kind != "journal":
            return f"NetSuite has no journal {named} on the customer's account"
        if found.customer_netsuite_id != effect.customer_netsuite_id:
            return f"the journal {found.number} is another customer's"
        if found.open != -effect.amount:
            return f"the journal {found.number} has {-found.open} open, not {effect.amount}"
        return ""


async def payment_gone(erp: Erp, netsuite_id: str) -> bool:
    """Whether the ERP has no such payment any more, or voided it."""
    seen = await erp.documents([netsuite_id])
    found = next((d for d in seen if isinstance(d, ErpSettlement)), None)
    return found is None or found.voided


def settled(stands: PaymentToPost) -> dict[str, Money]:
    """How much less is open of each document through a payment: its money and its discounts."""
    found = dict(stands.applications)
    for key, taken in stands.discounts:
        found[key] = found.get(key, Money.zero(taken.currency)) + taken
    return found


def settled_of(lines: Sequence[AppliedAmount]) -> dict[str, Money]:
    """The same of an effect's lines."""
    return {line.netsuite_id: line.settled for line in lines}


def _left(stands: PaymentToPost, effect: UnapplyPayment) -> Mapping[str, Money]:
    """What is settled of the invoices that the payment shall be taken off."""
    named = settled_of(effect.removed)
    return {key: amount for key, amount in settled(stands).items() if key in named}
