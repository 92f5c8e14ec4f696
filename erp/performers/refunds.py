"""Refunding a customer: once, out of exactly what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.ledger.money import Money
from effects.kinds import RefundCustomer, UsedCredit
from effects.outcomes import Done
from erp.performers.credit_facts import credit_moved
from erp.performers.facts import customer_missing, period_shut, unequal, unequal_if_asked
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.payments import applied_words
from erp.port import CreditToUse, Erp, RefundToPost, WriteOutcome
from store import credit_checks
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    refund: RefundCustomer
    noun: str = "refund"

    async def find(self) -> str | None:
        return await self.erp.find_record("refund", self.refund.external_id)

    async def write(self) -> WriteOutcome:
        refund = self.refund
        named = await sources_of(self.erp, refund)
        sources = (CreditToUse(s.kind, s.netsuite_id, s.amount) for s in named)
        return await self.erp.post_refund(
            RefundToPost(
                external_id=refund.external_id,
                customer_netsuite_id=refund.customer_netsuite_id,
                refunded_on=refund.refunded_on,
                sources=tuple(sources),
                account_netsuite_id=refund.account_netsuite_id,
                method_netsuite_id=refund.method_netsuite_id,
                ar_account_netsuite_id=refund.ar_account_netsuite_id,
                memo=refund.memo,
                reference=refund.reference[:45],
            )
        )

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_refund(netsuite_id)
        if stands is None:
            return Unseen()
        refund = self.refund
        ways = unequal(
            ("external id", refund.external_id, stands.external_id),
            ("customer", refund.customer_netsuite_id, stands.customer_netsuite_id),
            ("amount", refund.amount, stands.amount),
            ("date", refund.refunded_on, stands.refunded_on),
        )
        ways += unequal_if_asked(
            ("account", refund.account_netsuite_id, stands.account_netsuite_id)
        )
        ways += await self._sources(netsuite_id)
        if ways:
            return Differs(ways)
        ids = [netsuite_id, *(one.netsuite_id for one in await sources_of(self.erp, refund))]
        seen = await as_mirrored(self.erp, ids, ())
        link = self.erp.link("refund", netsuite_id)
        return Stands({"external_id": refund.external_id, "link": link, **seen})

    async def _sources(self, netsuite_id: str) -> list[str]:
        """What it is paid out of, where that is not as decided."""
        links = await self.erp.applications_of([netsuite_id])
        found: dict[str, Money] = {link.invoice_netsuite_id: link.amount for link in links}
        named = await sources_of(self.erp, self.refund)
        asked = {one.netsuite_id: one.amount for one in named}
        if found == asked:
            return []
        words = applied_words(tuple(found.items())), applied_words(tuple(asked.items()))
        return [f"paid out of {words[0]} instead of {words[1]}"]


async def sources_of(erp: Erp, refund: RefundCustomer) -> tuple[UsedCredit, ...]:
    """What is paid out of, by the ERP's ids; "" for a credit memo that does not stand yet."""
    if all(one.netsuite_id for one in refund.sources):
        return refund.sources
    made = await erp.find_record("credit_memo", refund.credit_external_id) or ""
    return tuple(replace(s, netsuite_id=s.netsuite_id or made) for s in refund.sources)


class RefundCustomerPerformer(Hands[RefundCustomer]):
    """Posts, looks for and records customer refunds."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(RefundCustomer, erp, clock, looks)

    def wanted(self, effect: RefundCustomer) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: RefundCustomer) -> str:
        if not effect.credit_external_id:
            return ""
        return await credit_checks.over_refunded(session, effect.waits_for)

    async def erp_obstacle(self, effect: RefundCustomer) -> str:
        customer = effect.customer_netsuite_id
        for source in await sources_of(self.erp, effect):
            if not source.netsuite_id:
                return f"NetSuite has no credit memo {effect.credit_external_id}"
            reason = await credit_moved(self.erp, customer, source)
            if reason:
                return reason
        return await customer_missing(self.erp, customer) or await period_shut(
            self.erp, effect.refunded_on
        )

    async def put(
        self, session: Session, effect: RefundCustomer, effect_id: int, done: Done
    ) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        netsuite_id = str(done.evidence["netsuite_id"])
        told = {"effect_id": effect_id, "netsuite_id": netsuite_id, **effect.payload()}
        await emit(session, "customer.refunded", f"customer:{effect.customer_id}", told, now)
