"""Read: what drifted from the ERP, and whether a month can close."""

from __future__ import annotations

from datetime import date

from agent.chat import Cited
from agent.spoken.days import period_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.debtors import OfAnyone
from agent.tools.outcome import About, Outcome, refusal
from agent.tools.phrasing import clipped, customer_link, day, found_of, table
from agent.tools.pointing import customer_meant
from agent.tools.revenue import revenue_standing
from domain.ledger.reconciliation import Span
from flows.closing import month_end
from flows.closing.readiness import Block, Blocker
from flows.drift.titles import title_of
from store import drift
from store.erp_mirror import PostingPeriodRow
from store.slots import connections

_MOST = 50
_BLOCKS: dict[Block, tuple[str, str]] = {
    Block.NOT_READ: ("NetSuite's figures of the period were not read yet", ""),
    Block.READ_TOO_EARLY: ("NetSuite's figures were read before the period ended", ""),
    Block.BEFORE_HISTORY: ("the period begins before the imported history", ""),
    Block.DIFFERENCE: ("figure differs without an explanation", "figures differ without one"),
    Block.CONTROL_GAP: ("receivables account differs", "receivables accounts differ"),
    Block.FINDINGS: ("drift finding is open", "drift findings are open"),
    Block.UNMATCHED: ("receipt is not matched", "receipts are not matched"),
    Block.POSTINGS: ("posting waits", "postings wait"),
    Block.UNCLEAR: ("posting has no clear outcome", "postings have no clear outcome"),
    Block.DRAFTS: ("invoice draft is not pushed", "invoice drafts are not pushed"),
}


async def drift_findings(asking: Asking, wanted: OfAnyone) -> Outcome:
    """Open findings of drift, the oldest first."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    of = row.id if row is not None else None
    found = await drift.open_findings(asking.session, customer_id=of, limit=_MOST)
    whose = f" about {row.name}" if row is not None else ""
    rows = [
        (
            title_of(one.kind, one.document_kind, one.number),
            day(one.first_seen_at.astimezone(asking.zone).date()),
            one.changed_by or "not known",
        )
        for one in found
    ]
    is_ = "is" if len(found) < 2 else "are"
    told = f"There {is_} {found_of(len(found), _MOST, 'open drift finding')}{whose}."
    read = await _last_read(asking) if row is None else ""
    return Outcome(
        text=f"{told}{read}",
        tables=(table(("What", "Since", "Changed by"), rows),) if rows else (),
        cited=(
            *(Cited(rows[n][0], f"/sync/drift/{one.id}") for n, one in enumerate(found[:5])),
            *((customer_link(row),) if row is not None else ()),
        ),
        about=About(row.id) if row is not None else About(),
    )


async def _last_read(asking: Asking) -> str:
    """When NetSuite was read last, and what went wrong since."""
    seen = next((c for c in await connections(asking.session) if c.name == "netsuite"), None)
    if seen is None or seen.ok_at is None:
        return " NetSuite was never read."
    local = seen.ok_at.astimezone(asking.zone)
    at = f"{local:%H:%M} on {day(local.date())}"
    trouble = f" The last try failed: {clipped(seen.detail, 120)}." if not seen.ok else ""
    return f" NetSuite was last read at {at}.{trouble}"


class OfPeriod(Arguments):
    """A month, a quarter, or the one that is to be closed next."""

    period: str = text("The period, as the person wrote it; empty: the next to close.", Origin.DAY)


async def close_readiness(asking: Asking, wanted: OfPeriod) -> Outcome:
    """What stands in the way of closing a period."""
    period = await _period(asking, wanted.period)
    if isinstance(period, Outcome):
        return period
    span = Span(period.starts_on, period.ends_on)
    found = await month_end.month_end(asking.session, span, period.name)
    link = Cited(f"Month-end {period.name}", f"/sync/reconciliation?period={period.netsuite_id}")
    books = await revenue_standing(asking, period.starts_on)
    links = (link, *((books.link,) if books is not None else ()))
    lines = [_blocker(one) for one in found.verdict.blockers]
    lines += list(books.waiting) if books is not None else []
    tables = (books.table,) if books is not None else ()
    if not lines:
        closed = "is closed" if period.closed else "is ready to close"
        apart = "" if books is not None else " No period of revenue was posted here yet."
        return Outcome(f"{period.name} {closed}; nothing blocks it.{apart}", tables, links)
    head = f"{period.name} cannot close yet: {'; '.join(lines)}."
    return Outcome(head, tables, links, suggestions=("drift", "unmatched receipts"))


def _blocker(one: Blocker) -> str:
    single, many = _BLOCKS[one.block]
    if not many:
        return single
    return f"{one.count} {single if one.count == 1 else many}"


async def _period(asking: Asking, words: str) -> PostingPeriodRow | Outcome:
    if not words:
        row = await month_end.chosen(asking.session, "", asking.today)
        return row if row is not None else refusal("No posting period is known yet.")
    meant = period_meant(words, asking.today)
    if meant is None:
        return refusal(f'I cannot read "{words}" as a month.')
    rows = await month_end.choices(asking.session, asking.today)
    row = next((r for r in rows if _overlaps(r, meant.first, meant.last)), None)
    return row if row is not None else refusal(f"No posting period is known for {words}.")


def _overlaps(row: PostingPeriodRow, first: date, last: date) -> bool:
    return row.starts_on <= last and row.ends_on >= first


DRIFT_FINDINGS = Tool(
    "drift_findings",
    "What was changed, deleted or voided in NetSuite against what we relied on.",
    OfAnyone,
    drift_findings,
    example="what changed in NetSuite",
)
CLOSE_READINESS = Tool(
    "close_readiness",
    "Whether a month can be closed and what blocks it.",
    OfPeriod,
    close_readiness,
    example="close readiness",
)
