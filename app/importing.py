"""The first import in the foreground, and its report in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from app.cli.failures import Mistake
from app.reports import reported
from app.settings import Settings
from app.wiring import Parts, assembled
from domain.ledger.reconciliation import Line
from flows import collections, sync
from flows.closing import import_report
from flows.closing.import_report import ImportReport, gap_words
from flows.sync.full_read import Progress
from store.engine import Database
from store.import_report import count
from store.parties import subsidiary_names

Told = tuple[ImportReport, Mapping[str, str]]


async def run_import(url: str, settings: Settings, progress: Progress, *, again: bool) -> Told:
    """Import, or go on with an import that was cut off, and report.

    A finished import is reported as it was, unless it is asked for `again`. Raises Mistake,
    ErpUnavailable, ErpRefused.
    """
    async with assembled(settings, url) as parts:
        if parts.erp is None:
            raise Mistake(
                "NetSuite is not configured: set NETSUITE_ACCOUNT_ID. See ./dunwell doctor."
            )
        async with parts.db.read() as session:
            done = await sync.imported(session)
        if done and not again:
            return await _told(parts.db)
        began_at = parts.clock()
        result = await sync.first_import(parts.db, parts.erp, began_at, progress)
        await _follow(parts, began_at)
        now = parts.clock()
        await reported(parts.db, parts.erp, "import", began_at, now, result)
        if again:
            await import_report.finish(parts.db, parts.erp, result.left_out, now)
        return await _told(parts.db)


async def stored_report(url: str) -> Told:
    """The report of the latest import. Raises Mistake when there is none."""
    db = Database(url)
    try:
        return await _told(db)
    finally:
        await db.close()


async def known_rows(url: str) -> Mapping[str, int]:
    """How much of each kind is mirrored already: what a repeated import will read about."""
    db = Database(url)
    try:
        async with db.read() as session:
            return await count(session)
    finally:
        await db.close()


async def _follow(parts: Parts, now: datetime) -> None:
    async with parts.db.begin() as session:
        await collections.settle_new(session, now, on=parts.settings.collections_for_new)


async def _told(db: Database) -> Told:
    async with db.read() as session:
        found = await import_report.latest(session)
        names = await subsidiary_names(session)
    if found is None:
        raise Mistake(
            "No first import was finished yet. Start it with ./dunwell import --progress."
        )
    return found, names


def report_lines(report: ImportReport, names: Mapping[str, str]) -> Iterator[str]:
    """The report as lines of text."""
    yield f"First import, finished {report.finished_at:%d %b %Y %H:%M} UTC"
    yield f"Documents since {report.history_since:%d %b %Y}, and everything that is still open"
    yield ""
    for name, number in report.counts.items():
        yield f"  {name:<24}{number:>12,}"
    yield f"  {'owing without contact':<24}{report.without_contact:>12,}"
    yield ""
    yield "Open invoices against NetSuite's own sum"
    yield from _compared(report.opens, report, names)
    yield ""
    yield "Receivables against the control total of NetSuite's ledger"
    yield from _compared(report.controls, report, names)
    if report.left_out:
        yield ""
        yield f"Left out ({len(report.left_out)}):"
        yield from (f"  {words}" for words in report.left_out)
    yield ""
    yield "Everything ties." if report.ties else "Not everything ties: see the differences above."
    yield "Collections are off for new customers unless the settings say otherwise."


def _compared(
    lines: tuple[Line, ...], report: ImportReport, names: Mapping[str, str]
) -> Iterator[str]:
    if not lines:
        yield "  nothing to compare"
    for line in lines:
        where = names.get(line.place.subsidiary, line.place.subsidiary) or "the company"
        theirs = line.theirs if line.theirs is not None else "not told"
        mark = "ties" if line.matches and line.theirs is not None else "DIFFERS"
        mark = mark if line.theirs is not None else "unknown"
        yield f"  {where:<28}{line.mirror!s:>24}{theirs!s:>24}  {mark}"
        words = gap_words(line, len(report.left_out))
        if words:
            yield f"    {line.difference}: {words}"
