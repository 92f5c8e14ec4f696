"""What is true in the world: what debtors meant, what they paid and when we could know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from evals.quarter.conduct import Known
from sandbox.company import Debtor, Temperament
from sandbox.debtors.mind import Meaning
from sandbox.parts import Parts

_BY_BANK = timedelta(days=2)
_HEARD = timedelta(days=10)


@dataclass(slots=True)
class Truth:
    """Reads the world's own memory, never the service's.

    `resolved` are disputes our people have settled: (debtor, claim) with the moment.
    """

    world: Parts
    resolved: dict[int, datetime] = field(default_factory=dict)

    def known(self, now: datetime) -> Known:
        """What we could know of the debtors now."""
        said = self.world.memory.said()
        meant = {m: [s for s in said if s.meaning == m] for m in Meaning}
        return Known(
            paid=self.paid(now),
            disputed=frozenset(
                claim
                for s in meant[Meaning.DISPUTE]
                for claim in s.claim_ids
                if self.resolved.get(claim, s.at) <= s.at
            ),
            promised=frozenset(
                (claim, s.on) for s in meant[Meaning.PROMISE] if s.on for claim in s.claim_ids
            ),
            said_paid=frozenset(
                (claim, s.at.date()) for s in meant[Meaning.PAID] for claim in s.claim_ids
            ),
            no_mail=frozenset(s.address.lower() for s in meant[Meaning.STOP]),
            legal=frozenset(s.debtor_id for s in meant[Meaning.LEGAL]),
        )

    def owed(self, now: datetime) -> dict[int, Debtor]:
        """Overdue claims of debtors who can be reached, and have not written of late.

        Where one person asked for no mail, a colleague of ours has the whole account.
        """
        known, purse, today = self.known(now), self.world.purse, now.date()
        debtors = {debtor.id: debtor for debtor in self.world.company.debtors}
        wrote = {s.debtor_id for s in self.world.memory.said() if s.at > now - _HEARD}
        silent = {
            d.id
            for d in debtors.values()
            if d.temperament is Temperament.BOUNCES
            or any(p.email.lower() in known.no_mail for p in d.people)
        }
        left_alone = (
            known.paid | known.disputed | {c for c, until in known.promised if until >= today}
        )
        return {
            claim.id: debtors[claim.debtor_id]
            for claim in purse.claims.values()
            if claim.due_on < today
            and purse.owed(claim).open > 0
            and claim.id not in left_alone
            and claim.debtor_id not in wrote | known.legal | silent
        }

    def paid(self, now: datetime) -> frozenset[int]:
        """Claims that are paid, bank transfers once the bank has told of them."""
        purse = self.world.purse
        done = {claim_id for claim_id, claim in purse.claims.items() if purse.owed(claim).open == 0}
        late = {t.reference for t in self.world.memory.transfers() if t.at > now - _BY_BANK}
        waits = {
            claim_id
            for claim_id in done
            if any(purse.claims[claim_id].number in reference for reference in late)
        }
        return frozenset(done - waits)

    def really_paid(self, claim_id: int) -> int:
        """Minor units a debtor has paid on a claim, by whatever way."""
        purse = self.world.purse
        claim = purse.claims[claim_id]
        return claim.total - purse.owed(claim).open
