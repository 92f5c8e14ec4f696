"""What is left of billed lines for credits to take."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.revenue.events import Credited, WrittenOff
from flows.revenue.credit_targets import Creditable
from flows.revenue.recording import known_lines
from flows.revenue.revisions import Known
from store import revenue_lines
from store.engine import Session


async def creditable(
    session: Session,
    invoice_netsuite_ids: Collection[str],
    keys: Collection[str] = (),
    *,
    without: Collection[str] = (),
) -> Sequence[Creditable]:
    """The standing lines of these invoices, and these lines, with what other credits leave.

    What the credit memos `without` (ERP ids) took counts as not taken.
    """
    rows = await revenue_lines.of_invoices(session, invoice_netsuite_ids, keys)
    known = await known_lines(session, [row.key for row, _ in rows])
    found = list[Creditable]()
    for row, line_item in rows:
        mine = known[row.key]
        live = mine.live
        if live is None:
            continue
        taken = _taken(mine, live.event.record_id, frozenset(without))
        found.append(
            Creditable(
                row.key,
                live.event.record_id,
                row.invoice_netsuite_id,
                row.line,
                line_item,
                row.amount_minor,
                row.amount_minor - taken,
                row.starts_on,
                row.ends_on,
            )
        )
    return found


def _taken(known: Known, of: str, without: frozenset[str]) -> int:
    return sum(
        one.event.amount.minor
        for record, one in known.records.items()
        if isinstance(one.event, Credited | WrittenOff)
        and one.event.of == of
        and not known.voided(record)
        and str(one.about.get("netsuite_id", "")) not in without
    )
