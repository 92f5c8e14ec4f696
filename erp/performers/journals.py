"""Posting a journal entry: once, and exactly with these lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from effects.kinds import PostJournal
from effects.outcomes import Done
from erp.performers.facts import (
    customer_missing,
    period_shut,
    same_number,
    unequal,
    unequal_if_asked,
)
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import Erp, JournalLineToPost, JournalToPost, WriteOutcome
from store import credit_checks, revenue_journals
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    journal: PostJournal
    noun: str = "journal"

    async def find(self) -> str | None:
        return await self.erp.find_record("journal", self.journal.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.post_journal(await self._asked())

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_journal(netsuite_id)
        if stands is None:
            return Unseen()
        ways = _differences(await self._asked(), stands)
        if ways:
            return Differs(ways)
        seen = await as_mirrored(self.erp, [netsuite_id], ())
        link = self.erp.link("journal", netsuite_id)
        return Stands({"external_id": self.journal.external_id, "link": link, **seen})

    async def _asked(self) -> JournalToPost:
        """In the customer's own subsidiary, unless another one was decided on."""
        told, customer = _to_post(self.journal), self.journal.customer_netsuite_id
        if told.subsidiary_netsuite_id or not customer:
            return told
        found = await self.erp.customers_by_id([customer])
        own = found[0].subsidiary_netsuite_id if found else ""
        return replace(told, subsidiary_netsuite_id=own or "")


class PostJournalPerformer(Hands[PostJournal]):
    """Posts, looks for and records journal entries."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(PostJournal, erp, clock, looks)

    def wanted(self, effect: PostJournal) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: PostJournal) -> str:
        if effect.purpose == "recovery":
            return await credit_checks.not_lost(session, effect.key())
        if effect.purpose != "revenue":
            return ""
        period = await revenue_journals.period_of(session, effect.key())
        if period is None or period.mode != "journal":
            return "the ERP posts revenue itself"
        return "" if period.state == "posted" else f"{period.name} is {period.state}"

    async def erp_obstacle(self, effect: PostJournal) -> str:
        named = {line.entity_netsuite_id for line in effect.lines} - {""}
        for customer in sorted(named):
            reason = await customer_missing(self.erp, customer)
            if reason:
                return reason
        return await period_shut(self.erp, effect.posted_on)

    async def put(self, session: Session, effect: PostJournal, effect_id: int, done: Done) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        netsuite_id = str(done.evidence["netsuite_id"])
        told = {"effect_id": effect_id, "netsuite_id": netsuite_id, **effect.payload()}
        await emit(session, "journal.posted", f"journal:{netsuite_id}", told, now)


def _to_post(journal: PostJournal) -> JournalToPost:
    return JournalToPost(
        external_id=journal.external_id,
        currency=journal.amount.currency,
        posted_on=journal.posted_on,
        lines=tuple(
            JournalLineToPost(
                line.account_netsuite_id, line.signed, line.entity_netsuite_id, line.memo
            )
            for line in journal.lines
        ),
        subsidiary_netsuite_id=journal.subsidiary_netsuite_id,
        exchange_rate=journal.exchange_rate,
        memo=journal.memo,
    )


def _differences(asked: JournalToPost, stands: JournalToPost) -> list[str]:
    told = unequal(
        ("external id", asked.external_id, stands.external_id),
        ("currency", asked.currency, stands.currency),
        ("date", asked.posted_on, stands.posted_on),
    )
    told += unequal_if_asked(
        ("subsidiary", asked.subsidiary_netsuite_id, stands.subsidiary_netsuite_id)
    )
    if asked.exchange_rate and not same_number(asked.exchange_rate, stands.exchange_rate):
        told.append(f"exchange rate {stands.exchange_rate} instead of {asked.exchange_rate}")
    wanted, found = _sides(asked), _sides(stands)
    told += [f"no line of {amount} on account {account}" for account, amount, _ in wanted - found]
    told += [f"a line of {amount} on account {account}" for account, amount, _ in found - wanted]
    return told


def _sides(journal: JournalToPost) -> Counter[tuple[str, str, str]]:
    """What a journal does: amounts by account and customer, in whatever order."""
    return Counter(
        (line.account_netsuite_id, str(line.amount), line.entity_netsuite_id)
        for line in journal.lines
    )
