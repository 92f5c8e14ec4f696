"""Creating an invoice: what was reviewed becomes at most one, and stands exactly as reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from effects.kinds import CreateInvoice
from effects.outcomes import Done
from erp.performers.facts import customer_missing, period_shut
from erp.performers.hands import Hands
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.reading import differences, to_post
from erp.port import Erp, ErpInvoice, WriteOutcome
from store import drafts, pushed
from store.engine import Session
from store.outgoing import emit


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    invoice: CreateInvoice
    noun: str = "invoice"

    async def find(self) -> str | None:
        return await self.erp.find_record("invoice", self.invoice.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.post_invoice(to_post(self.invoice))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_invoice(netsuite_id)
        seen = await self.erp.documents([netsuite_id])
        document = next((d for d in seen if isinstance(d, ErpInvoice)), None)
        if stands is None or document is None:
            return Unseen()
        ways = differences(self.invoice, stands, document.total)
        if ways:
            return Differs(ways)
        return Stands(
            {
                "external_id": self.invoice.external_id,
                "link": self.erp.link("invoice", netsuite_id),
                **_as_mirrored(document),
            }
        )


class CreateInvoicePerformer(Hands[CreateInvoice]):
    """Creates, looks for and records invoices."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(CreateInvoice, erp, clock, looks)

    def wanted(self, effect: CreateInvoice) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def own_obstacle(self, session: Session, effect: CreateInvoice) -> str:
        return (
            await pushed.draft_obstacle(session, effect.draft_id)
            or await pushed.number_taken(session, effect.number, effect.external_id)
            or await pushed.unknown_items(session, [line.item_netsuite_id for line in effect.lines])
        )

    async def erp_obstacle(self, effect: CreateInvoice) -> str:
        return await customer_missing(self.erp, effect.customer_netsuite_id) or await period_shut(
            self.erp, effect.issued_on
        )

    async def put(
        self, session: Session, effect: CreateInvoice, effect_id: int, done: Done
    ) -> None:
        netsuite_id = str(done.evidence["netsuite_id"])
        now = self.clock()
        await pushed.record_invoice(session, _pushed(effect, netsuite_id, done), now)
        if effect.draft_id:
            await drafts.pushed(session, effect.draft_id, netsuite_id, now)
        told = {
            "effect_id": effect_id,
            "netsuite_id": netsuite_id,
            "number": str(done.evidence.get("number") or effect.number),
            "customer_id": effect.customer_id,
            "draft_id": effect.draft_id,
            "source": effect.source,
            "source_id": effect.source_id,
            "total": effect.total.plain(),
            "currency": effect.currency,
            "external_id": effect.external_id,
        }
        await emit(session, "invoice.pushed", f"invoice:{netsuite_id}", told, now)


def _as_mirrored(document: ErpInvoice) -> dict[str, object]:
    """What the ERP filled in by itself."""
    modified = document.modified_at
    return {
        "number": document.number,
        "due_on": document.due_on.isoformat(),
        "open_minor": document.open.minor,
        "status": document.status,
        "exchange_rate": document.exchange_rate,
        "period": document.period_netsuite_id,
        "terms": document.terms_netsuite_id,
        "subsidiary": document.subsidiary_netsuite_id or "",
        "modified_at": modified.isoformat() if modified else "",
    }


def _pushed(effect: CreateInvoice, netsuite_id: str, done: Done) -> pushed.PushedInvoice:
    def told(name: str, otherwise: str = "") -> str:
        return str(done.evidence.get(name) or otherwise)

    open_minor = done.evidence.get("open_minor")
    return pushed.PushedInvoice(
        netsuite_id=netsuite_id,
        number=told("number", effect.number),
        customer_id=effect.customer_id,
        total=effect.total,
        open_minor=open_minor if isinstance(open_minor, int) else effect.total.minor,
        issued_on=effect.issued_on,
        due_on=told("due_on", effect.due_on.isoformat() if effect.due_on else ""),
        status=told("status", "open"),
        po_number=effect.po_number,
        memo=effect.memo,
        terms_netsuite_id=told("terms", effect.terms_netsuite_id),
        subsidiary_netsuite_id=told("subsidiary", effect.subsidiary_netsuite_id),
        external_id=effect.external_id,
        exchange_rate=told("exchange_rate", effect.exchange_rate),
        period_netsuite_id=told("period"),
        modified_at=told("modified_at"),
        lines=tuple(
            pushed.PushedLine(
                line.amount, line.item_netsuite_id, line.quantity, line.description,
                line.department_netsuite_id, line.class_netsuite_id, line.location_netsuite_id,
                line.service_starts_on, line.service_ends_on,
            )
            for line in effect.lines
        ),
    )  # fmt: skip
