"""Refunds of the mirror into events: cash moves, revenue does not; the trail is all there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.ledger.money import Money
from domain.revenue.events import CashOnly
from flows.revenue.recording import Source, known_lines, write
from flows.revenue.revisions import Known, NewEvent
from security.chain import digest
from store import revenue_events, revenue_mirror
from store.engine import Session
from store.revenue_mirror import Changed


async def take_refunds(
    session: Session, changed: Sequence[Changed], now: datetime
) -> frozenset[str]:
    """Note what these refunds paid out of credits that revenue knows; the lines concerned."""
    paid = [
        row
        for row in await revenue_mirror.refunds(session, [one.id for one in changed])
        if not row["gone"] and row["status"] != "voided"
    ]
    credited = await revenue_events.latest_of_source(
        session, "credit_memo", {row["paid_out_netsuite_id"] for row in paid}
    )
    first = {row.source_netsuite_id: row for row in reversed(credited) if row.kind == "credited"}
    known = await known_lines(session, [row.obligation for row in first.values()])
    found = list[tuple[str, Source, NewEvent]]()
    for row in paid:
        credit = first.get(row["paid_out_netsuite_id"])
        if credit is None:
            continue
        record = f"refund:{row['netsuite_id']}:{row['paid_out_netsuite_id']}"
        amount = Money(row["amount_minor"], row["currency"])
        facts = digest({"on": row["on_day"].isoformat(), "amount": str(amount)})
        before = known.get(credit.obligation, Known())
        if record in before.records and before.records[record].facts == facts:
            continue
        event = CashOnly(record, before.revision(record), credit.record_id, row["on_day"], amount)
        source = Source("refund", row["netsuite_id"], credit.subsidiary_id)
        found.append((credit.obligation, source, NewEvent(event, facts, {}, "refunded")))
    return await write(session, found, now)
