"""Documents that a person voids in the ERP: looked for until they are, and never done from here.

NetSuite's REST record actions have no void for any receivables record (Oracle help
section_1516982564).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from effects.kinds import Effect, VoidRequest
from effects.outcomes import Changed, Done, NotNow, Unchanged
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import Document, Erp, ErpInvoice, ErpSettlement, NotSent, WriteOutcome
from store import credit_requests, void_requests
from store.engine import Session
from store.outgoing import emit

_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    effect: VoidRequest

    @property
    def noun(self) -> str:
        return self.effect.record.replace("_", " ")

    async def find(self) -> str | None:
        """The document, if it is voided."""
        found = await self.document()
        return self.effect.netsuite_id if found is not None and is_voided(found) else None

    async def write(self) -> WriteOutcome:
        return NotSent(f"nobody has voided {self.effect.number} in NetSuite yet")

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        found = await self.document()
        if found is None:
            return Unseen()
        if not is_voided(found):
            return Differs(["it is not voided"])
        settling = [netsuite_id] if self.effect.record != "invoice" else []
        shown = await as_mirrored(self.erp, settling, ())
        return Stands({"link": self.erp.link(self.effect.record, netsuite_id), **shown})

    async def document(self) -> Document | None:
        """The document as the ERP has it, None where it shows none."""
        found = await self.erp.documents([self.effect.netsuite_id])
        return found[0] if found else None


class VoidRequestPerformer(Hands[VoidRequest]):
    """Waits until the ERP shows a document as voided, and records that."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(VoidRequest, erp, clock, looks)

    def wanted(self, effect: VoidRequest) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        ready = await super().still_true(session, effect)
        if not isinstance(ready, Unchanged):
            return ready
        ours = self._ours(effect)
        if await self.wanted(ours).find() is not None:
            return ready
        link = self.erp.link(ours.record, ours.netsuite_id)
        return NotNow(f"waits for somebody to void {ours.number} in NetSuite: {link}", _AGAIN)

    async def erp_obstacle(self, effect: VoidRequest) -> str:
        found = await self.wanted(effect).document()
        if found is None:
            return f"NetSuite no longer has {effect.number}"
        if isinstance(found, ErpInvoice | ErpSettlement) and (
            found.customer_netsuite_id != effect.customer_netsuite_id
        ):
            return f"{effect.number} belongs to another customer now"
        return ""

    async def put(self, session: Session, effect: VoidRequest, effect_id: int, done: Done) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        if effect.record == "invoice":
            await void_requests.invoice_voided(session, effect.netsuite_id)
        await credit_requests.voided(session, effect.netsuite_id, now)
        await credit_requests.posted(session, effect.request_id, effect.netsuite_id, now)
        told = {"effect_id": effect_id, **effect.payload()}
        await emit(session, "document.voided", f"{effect.record}:{effect.netsuite_id}", told, now)


def is_voided(document: Document) -> bool:
    """Whether the ERP shows a document as voided."""
    match document:
        case ErpInvoice():
            return document.status == "voided"
        case ErpSettlement():
            return document.voided
        case _:
            return False
