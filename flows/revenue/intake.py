"""The mirror into the books of revenue: only what changed, in batches, safe to repeat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain.revenue.settings import RevenueSettings
from flows.revenue.changes import note_changes
from flows.revenue.credits import take_credits
from flows.revenue.invoices import Found, known_items, take_invoices
from flows.revenue.project import project
from flows.revenue.refunds import take_refunds
from store import revenue_events, revenue_mirror, revenue_projection
from store.engine import Database, Session
from store.revenue_mirror import SourceKind

_KINDS: tuple[SourceKind, ...] = ("invoice", "credit_memo", "refund")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many documents were read, lines planned anew, and changes found that ask for a choice."""

    documents: int = 0
    lines: int = 0
    changes: int = 0

    def __add__(self, other: TakenIn) -> TakenIn:
        return TakenIn(
            self.documents + other.documents,
            self.lines + other.lines,
            self.changes + other.changes,
        )


async def take_in(
    db: Database,
    settings: RevenueSettings,
    now: datetime,
    *,
    batch: int = _BATCH,
    thorough: bool = False,
) -> TakenIn:
    """Read what changed in the mirror since the last time; each batch is a transaction.

    `thorough` also finds lines that changed although their document did not.
    """
    if thorough:
        async with db.begin() as session:
            await revenue_mirror.forget_other_lines(session)
    taken = TakenIn()
    for kind in _KINDS:
        while True:
            async with db.begin() as session:
                some = await _batch(session, kind, settings, now, batch)
            taken += some
            if some.documents < batch:
                break
    return taken


async def _batch(
    session: Session, kind: SourceKind, settings: RevenueSettings, now: datetime, most: int
) -> TakenIn:
    await revenue_events.take_turns(session)
    changed = await revenue_mirror.changed_documents(session, kind, settings.digest, most=most)
    if not changed:
        return TakenIn()
    items = await known_items(session)
    match kind:
        case "invoice":
            found = await take_invoices(session, changed, items, settings, now)
        case "credit_memo":
            found = await take_credits(session, changed, items, settings, now)
        case "refund":
            found = Found(await take_refunds(session, changed, now))
    await note_changes(session, found, settings, now)
    await _place(session, found.lines, found.settled, settings, now)
    await revenue_mirror.note_read(session, kind, [one.id for one in changed], now)
    return TakenIn(len(changed), len(found.lines), len(found.changes))


async def _place(
    session: Session,
    lines: Collection[str],
    settled: Collection[str],
    settings: RevenueSettings,
    now: datetime,
) -> None:
    await project(session, list(lines), settings, now)
    unmoved = [key for key in settled if key not in lines]
    await revenue_projection.note_settings(session, unmoved, settings.digest)
