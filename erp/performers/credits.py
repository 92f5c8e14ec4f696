"""Setting a credit memo, deposit, journal or unapplied payment against invoices: once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, ApplyCredit, applied_to
from effects.outcomes import Done
from erp.performers.credit_facts import credit_moved, invoices_moved
from erp.performers.facts import period_shut
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.payments import applied_words
from erp.port import (
    ApplicationsToSet,
    CreditToUse,
    DepositToApply,
    Erp,
    NotSent,
    PaymentToPost,
    WriteOutcome,
)
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a credit shall be applied to of the invoices named: what stood there, and more."""

    erp: Erp
    effect: ApplyCredit
    noun: str = "credit"

    @property
    def unresolved(self) -> bool:
        """Whether the ERP's id of what is settled is not known yet."""
        return any(not line.netsuite_id for line in self.effect.applications)

    @property
    def after(self) -> dict[str, Money]:
        stood = applied_to(self.effect.before)
        zero = Money.zero(self.effect.amount.currency)
        return {
            line.netsuite_id: line.amount + stood.get(line.netsuite_id, zero)
            for line in self.effect.applications
        }

    async def resolved(self) -> _Wanted:
        """The same with the ERP's id of the journal that is settled, where that is one."""
        return replace(self, effect=await onto(self.erp, self.effect))

    async def find(self) -> str | None:
        """The record that applies it, if it does so already."""
        if self.unresolved:
            known = await self.resolved()
            return None if known.unresolved else await known.find()
        if self.effect.credit.kind == "deposit":
            return await self.erp.find_record("deposit_application", self.effect.external_id)
        settling = await credit_id(self.erp, self.effect)
        if not settling:
            return None
        stands = await self._standing(settling)
        return settling if stands == self.after else None

    async def write(self) -> WriteOutcome:
        if self.unresolved:
            known = await self.resolved()
            gone = NotSent(f"NetSuite has no journal {self.effect.onto_external_id}")
            return gone if known.unresolved else await known.write()
        effect, settling = self.effect, await credit_id(self.erp, self.effect)
        parts = tuple(self.after.items())
        match effect.credit.kind:
            case "deposit":
                wanted = DepositToApply(
                    effect.external_id, settling, effect.applied_on, parts, effect.memo
                )
                return await self.erp.apply_deposit(wanted)
            case "journal":
                return await self.erp.post_payment(_nothing_paid(effect, settling))
            case "credit_memo" | "payment":
                kind = effect.credit.kind
                return await self.erp.set_applications(ApplicationsToSet(kind, settling, parts))
            case _:
                assert_never(effect.credit.kind)

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        if self.unresolved:
            known = await self.resolved()
            return Unseen() if known.unresolved else await known.judge(netsuite_id)
        settling = netsuite_id
        if self.effect.credit.kind == "journal":
            settling = await credit_id(self.erp, self.effect)
        stands = await self._standing(settling)
        if stands != self.after:
            wanted = applied_words(tuple(self.after.items()))
            return Differs([f"applied {applied_words(tuple(stands.items()))} instead of {wanted}"])
        ids = {settling, await credit_id(self.erp, self.effect)}
        ids |= {one.netsuite_id for one in self.effect.applications if not one.invoice_id}
        seen = await as_mirrored(self.erp, ids, self.effect.applications)
        kind = self.effect.credit.kind
        page = "deposit_application" if kind == "deposit" else kind
        return Stands({"link": self.erp.link(page, settling), **seen})

    async def _standing(self, settling: str) -> dict[str, Money]:
        """What the settling record has of the invoices named."""
        links = await self.erp.applications_of([settling])
        return {
            link.invoice_netsuite_id: link.amount
            for link in links
            if link.invoice_netsuite_id in self.after
        }


class ApplyCreditPerformer(Hands[ApplyCredit]):
    """Applies, looks for and records credits that settle invoices."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(ApplyCredit, erp, clock, looks)

    def wanted(self, effect: ApplyCredit) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def erp_obstacle(self, effect: ApplyCredit) -> str:
        settling = await credit_id(self.erp, effect)
        if not settling:
            return f"NetSuite has no {effect.credit.kind} {effect.credit_external_id}"
        credit = replace(effect.credit, netsuite_id=settling)
        customer = effect.customer_netsuite_id
        if effect.onto_external_id:
            return await self._journal_gone(effect) or await credit_moved(
                self.erp, customer, credit
            )
        return (
            await self._period(effect)
            or await credit_moved(self.erp, customer, credit)
            or await invoices_moved(self.erp, customer, effect.applications)
            or await self._elsewhere(effect, settling)
        )

    async def put(self, session: Session, effect: ApplyCredit, effect_id: int, done: Done) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        told = {"effect_id": effect_id, **effect.payload()}
        await emit(session, "credit.applied", f"customer:{effect.customer_id}", told, now)

    async def _journal_gone(self, effect: ApplyCredit) -> str:
        """Why the journal that is to be settled is not there, "" if it is."""
        found = await self.erp.find_record("journal", effect.onto_external_id)
        return "" if found else f"NetSuite has no journal {effect.onto_external_id}"

    async def _period(self, effect: ApplyCredit) -> str:
        makes_record = effect.credit.kind in ("deposit", "journal")
        return await period_shut(self.erp, effect.applied_on) if makes_record else ""

    async def _elsewhere(self, effect: ApplyCredit, settling: str) -> str:
        """Whether something else than what was seen is applied to these invoices by now."""
        if effect.credit.kind == "deposit":
            return ""
        wanted = applied_to(effect.applications)
        links = await self.erp.applications_of([settling])
        found = {x.invoice_netsuite_id: x.amount for x in links if x.invoice_netsuite_id in wanted}
        if found == applied_to(effect.before):
            return ""
        return f"it is applied otherwise now: {applied_words(tuple(found.items()))}"


async def onto(erp: Erp, effect: ApplyCredit) -> ApplyCredit:
    """The effect with the ERP's id of the journal that it settles, as far as it stands."""
    if not effect.onto_external_id:
        return effect
    made = await erp.find_record("journal", effect.onto_external_id)
    if not made:
        return effect
    lines = tuple(replace(line, netsuite_id=made) for line in effect.applications)
    return replace(effect, applications=lines, onto_external_id="")


async def credit_id(erp: Erp, effect: ApplyCredit) -> str:
    """The ERP's id of the credit, "" for a journal that does not stand yet."""
    if effect.credit.netsuite_id:
        return effect.credit.netsuite_id
    return await erp.find_record("journal", effect.credit_external_id) or ""


def _nothing_paid(effect: ApplyCredit, journal: str) -> PaymentToPost:
    """A payment of nothing is what sets a journal's line against an invoice."""
    lines: Sequence[AppliedAmount] = effect.applications
    return PaymentToPost(
        external_id=effect.external_id,
        customer_netsuite_id=effect.customer_netsuite_id,
        amount=Money.zero(effect.amount.currency),
        received_on=effect.applied_on,
        applications=tuple((line.netsuite_id, line.amount) for line in lines),
        memo=effect.memo,
        credits=(CreditToUse("journal", journal, effect.amount),),
        ar_account_netsuite_id=effect.ar_account_netsuite_id,
    )
