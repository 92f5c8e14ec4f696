"""Changing an invoice's own fields: only where it still is what the change was decided on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from effects.kinds import UpdateInvoice
from effects.outcomes import Done
from erp.performers.facts import unequal
from erp.performers.hands import Hands
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.port import Erp, ErpInvoice, InvoiceChanges, InvoiceToPost, WriteOutcome
from store import drafts, pushed
from store.engine import Session
from store.outgoing import emit

_NO_LONGER = ("voided", "rejected")


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    change: UpdateInvoice
    noun: str = "invoice"

    async def find(self) -> str | None:
        """The invoice, if it has the new values already."""
        stands = await self.erp.read_invoice(self.change.netsuite_id)
        same = stands is not None and values_of(stands, self.change.after) == self.change.after
        return self.change.netsuite_id if same else None

    async def write(self) -> WriteOutcome:
        return await self.erp.change_invoice(_changes(self.change))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_invoice(netsuite_id)
        if stands is None:
            return Unseen()
        found = values_of(stands, self.change.after)
        asked = self.change.after
        ways = unequal(*((_WORDS[name], asked[name], found[name]) for name in asked))
        if ways:
            return Differs(ways)
        return Stands({"link": self.erp.link("invoice", netsuite_id)})


_WORDS = {
    "due_on": "due date",
    "po_number": "purchase order",
    "memo": "memo",
    "terms_netsuite_id": "terms",
}


class UpdateInvoicePerformer(Hands[UpdateInvoice]):
    """Changes, looks at and records fields of invoices."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(UpdateInvoice, erp, clock, looks)

    def wanted(self, effect: UpdateInvoice) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: UpdateInvoice) -> str:
        return await pushed.draft_obstacle(session, effect.draft_id)

    async def erp_obstacle(self, effect: UpdateInvoice) -> str:
        stands = await self.erp.read_invoice(effect.netsuite_id)
        seen = await self.erp.documents([effect.netsuite_id])
        document = next((d for d in seen if isinstance(d, ErpInvoice)), None)
        if stands is None or document is None:
            return f"NetSuite has no readable invoice {effect.number}"
        return _moved(effect, document) or _edited(effect, stands)

    async def put(
        self, session: Session, effect: UpdateInvoice, effect_id: int, done: Done
    ) -> None:
        now = self.clock()
        await pushed.record_changes(session, effect.netsuite_id, effect.after, now)
        if effect.draft_id:
            await drafts.pushed(session, effect.draft_id, effect.netsuite_id, now)
        told = {"link": done.evidence.get("link", ""), "effect_id": effect_id} | effect.payload()
        await emit(session, "invoice.changed", f"invoice:{effect.netsuite_id}", told, now)


def values_of(stands: InvoiceToPost, names: Mapping[str, str]) -> dict[str, str]:
    """The named fields of an invoice as an effect writes them."""
    due = stands.due_on.isoformat() if stands.due_on else ""
    every = {
        "due_on": due,
        "po_number": stands.po_number,
        "memo": stands.memo,
        "terms_netsuite_id": stands.terms_netsuite_id,
    }
    return {name: every[name] for name in names}


def _moved(effect: UpdateInvoice, document: ErpInvoice) -> str:
    number = effect.number
    if document.status in _NO_LONGER:
        return f"{number} is {document.status} in NetSuite"
    if "due_on" in effect.after and document.status == "paid":
        return f"{number} is paid in NetSuite"
    expected, seen = effect.expected_modified_at, document.modified_at
    if expected is not None and seen is not None and seen != expected:
        return f"{number} was changed in NetSuite at {seen:%Y-%m-%d %H:%M:%S} UTC"
    return ""


def _edited(effect: UpdateInvoice, stands: InvoiceToPost) -> str:
    if effect.customer_netsuite_id not in ("", stands.customer_netsuite_id):
        return f"{effect.number} belongs to another customer now"
    found = values_of(stands, effect.before)
    ways = unequal(*((_WORDS[n], effect.before[n], found[n]) for n in effect.before))
    return f"{effect.number} has {'; '.join(ways)} now" if ways else ""


def _changes(effect: UpdateInvoice) -> InvoiceChanges:
    after = effect.after
    due = after.get("due_on")
    return InvoiceChanges(
        netsuite_id=effect.netsuite_id,
        due_on=date.fromisoformat(due) if due else None,
        po_number=after.get("po_number"),
        memo=after.get("memo"),
        terms_netsuite_id=after.get("terms_netsuite_id"),
    )
