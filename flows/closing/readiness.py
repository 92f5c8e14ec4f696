"""Whether a period is ready to close, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger.drift import DriftKind
from domain.ledger.reconciliation import Figure, Span
from flows.closing.reconciliation import Reading
from store import drift
from store.closing import Unfinished, unfinished
from store.drift import DriftFindingRow
from store.engine import Session


class Block(StrEnum):
    """A reason not to close a period yet."""

    NOT_READ = "not_read"
    READ_TOO_EARLY = "read_too_early"
    BEFORE_HISTORY = "before_history"
    DIFFERENCE = "difference"
    CONTROL_GAP = "control_gap"
    FINDINGS = "findings"
    UNMATCHED = "unmatched"
    POSTINGS = "postings"
    UNCLEAR = "unclear"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Blocker:
    """A reason with how many things are behind it."""

    block: Block
    count: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Ready to close when nothing blocks it. `hidden` findings are told, and block nothing."""

    blockers: tuple[Blocker, ...]
    hidden: int = 0

    @property
    def ready(self) -> bool:
        return not self.blockers


async def verdict(
    session: Session, span: Span, reading: Reading | None, history_since: date | None
) -> Verdict:
    """Judge a period as it stands now, on its last reading.

    `history_since` is the first day that was imported whole; None when that is not known.
    """
    standing = await drift.open_findings(session, states=(drift.OPEN, *drift.HIDDEN))
    concerned = [row for row in standing if _concerns(row, span)]
    found = [row for row in concerned if row.state == drift.OPEN]
    waiting = await unfinished(session, span.last)
    blockers = [
        *_of_reading(reading, span),
        *_counted(Block.FINDINGS, len(found)),
        *_of_work(waiting),
    ]
    if history_since is not None and span.first < history_since:
        blockers.insert(0, Blocker(Block.BEFORE_HISTORY))
    return Verdict(tuple(blockers), hidden=len(concerned) - len(found))


def _concerns(row: DriftFindingRow, span: Span) -> bool:
    """A finding bears on the period whose books it touches, and on those still to come."""
    if row.kind == DriftKind.CONTROL_TOTAL_GAP or row.period_ends_on is None:
        return True
    return row.period_ends_on <= span.last


def _of_reading(reading: Reading | None, span: Span) -> Iterator[Blocker]:
    if reading is None:
        yield Blocker(Block.NOT_READ)
        return
    if reading.read_at.date() <= span.last:
        yield Blocker(Block.READ_TOO_EARLY)
    apart = reading.unexplained
    control = sum(line.figure is Figure.CONTROL for line in apart)
    yield from _counted(Block.DIFFERENCE, len(apart) - control)
    yield from _counted(Block.CONTROL_GAP, control)


def _of_work(waiting: Unfinished) -> Iterator[Blocker]:
    yield from _counted(Block.UNMATCHED, waiting.unmatched_receipts)
    yield from _counted(Block.POSTINGS, waiting.postings)
    yield from _counted(Block.UNCLEAR, waiting.unclear)
    yield from _counted(Block.DRAFTS, waiting.drafts)


def _counted(block: Block, count: int) -> Iterator[Blocker]:
    if count:
        yield Blocker(block, count)
