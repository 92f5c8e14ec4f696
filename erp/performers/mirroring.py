"""What the ERP has after a write, carried as evidence into the mirror, as the next pass reads it.

Written by the same statements as a pass writes, so that nothing of ours looks like drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from effects.kinds import AppliedAmount
from erp.port import Erp, ErpInvoice, ErpSettlement
from erp.rows import MirrorRow, application_row, settlement_row
from store import erp_bulk_documents, erp_bulk_links, posted
from store.engine import Session


async def open_now(erp: Erp, lines: Sequence[AppliedAmount]) -> dict[str, int]:
    """What the ERP says is open of each invoice, by our id, in minor units."""
    ids = {line.netsuite_id: line.invoice_id for line in lines}
    found = await erp.documents(list(ids)) if ids else ()
    return {str(ids[i.netsuite_id]): i.open.minor for i in found if isinstance(i, ErpInvoice)}


def open_after(evidence: Mapping[str, object]) -> dict[int, int]:
    """What evidence says is open, in minor units by our invoice id."""
    raw = evidence.get("open_after")
    return {int(k): int(v) for k, v in raw.items()} if isinstance(raw, Mapping) else {}


async def as_mirrored(
    erp: Erp, settlement_ids: Iterable[str], lines: Sequence[AppliedAmount]
) -> dict[str, object]:
    """The settlements with what they are applied to, and the invoices' open amounts."""
    wanted = sorted(set(settlement_ids) - {""})
    found = await erp.documents(wanted) if wanted else ()
    settled = [one for one in found if isinstance(one, ErpSettlement)]
    links = await erp.applications_of([one.netsuite_id for one in settled]) if settled else ()
    return {
        "settlements": [settlement_row(one) for one in settled],
        "applications": [application_row(link) for link in links],
        "open_after": await open_now(erp, lines),
    }


async def mirror(session: Session, evidence: Mapping[str, object], now: datetime) -> None:
    """Put it into the mirror; what a person's word leaves open the next pass brings."""
    await session.flush()
    rows = _rows(evidence, "settlements")
    put = erp_bulk_documents
    await put.put_payments(session, [r for r in rows if r["kind"] == "payment"], now)
    await put.put_credits(session, [r for r in rows if r["kind"] == "credit_memo"], now)
    rest = [r for r in rows if r["kind"] not in ("payment", "credit_memo")]
    await put.put_settlements(session, rest, now)
    if rows:
        ids = [str(row["netsuite_id"]) for row in rows]
        await erp_bulk_links.put_applications(session, _rows(evidence, "applications"), ids)
    await posted.rebalance(session, open_after(evidence))


def _rows(evidence: Mapping[str, object], name: str) -> list[MirrorRow]:
    found = evidence.get(name)
    parts = found if isinstance(found, list) else []
    return [dict(part) for part in parts if isinstance(part, Mapping)]
