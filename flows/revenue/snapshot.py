"""What a period said when it was locked: its reports and every row of it, hashed.

Rows of a period are only ever added, by a later posting of it, so the hash of what was locked can
be made again at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import get_args

from security.chain import digest
from store import revenue_close, revenue_journals
from store.engine import Session
from store.revenue import RevenuePeriodRow, RevenueSnapshotRow
from store.revenue_close import ReportKind, RowKind


@dataclass(frozen=True, slots=True)
class Intact:
    """The rows of a locked period are those that were locked."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Altered:
    """They are not: these parts differ."""

    parts: tuple[str, ...]


async def take_snapshot(session: Session, period: RevenuePeriodRow, now: datetime) -> str:
    """Keep the reports of a period, and return the hash over all of them and its rows."""
    hashes: dict[str, str] = {}
    for report in get_args(ReportKind):
        rows = await revenue_close.report_rows(
            session, report, period.subsidiary_id, period.starts_on
        )
        hashes[report] = _keep(session, period, report, rows, now)
    sums = await revenue_journals.account_sums(session, period.id, period.run)
    told: list[dict[str, object]] = [
        {"account": one.account, "currency": one.currency, "base_currency": one.base_currency,
         "amount": one.amount, "base": one.base}
        for one in sums
    ]  # fmt: skip
    hashes["journal"] = _keep(session, period, "journal", told, now)
    for what, (count, hashed) in (await _rows(session, period.id, period.run)).items():
        _keep(session, period, what, [{"rows": count, "sha256": hashed}], now)
        hashes[what] = hashed
    await session.flush()
    return digest(hashes)


async def verify(session: Session, period: RevenuePeriodRow, run: int) -> Intact | Altered:
    """Make the hashes of a locked posting again from its rows and from what was kept."""
    kept = {row.report: row for row in await revenue_close.snapshots(session, period.id, run)}
    found = await _rows(session, period.id, run)
    altered = [
        what
        for what, (count, hashed) in found.items()
        if what not in kept or kept[what].rows != [{"rows": count, "sha256": hashed}]
    ]
    hashes: dict[str, str] = {}
    for report, row in kept.items():
        if report not in found and _hash(row.rows) != row.sha256:
            altered.append(report)
        hashes[report] = str(row.rows[0]["sha256"]) if report in found else row.sha256
    whole = digest(hashes)
    if run == period.run and whole != period.sha256:
        altered.append("period")
    return Altered(tuple(altered)) if altered else Intact(whole)


def _keep(
    session: Session,
    period: RevenuePeriodRow,
    report: str,
    rows: list[dict[str, object]],
    now: datetime,
) -> str:
    hashed = _hash(rows)
    session.add(
        RevenueSnapshotRow(
            period_id=period.id,
            run=period.run,
            report=report,
            rows=rows,
            sha256=hashed,
            made_at=now,
        )
    )
    return hashed


async def _rows(session: Session, period_id: int, run: int) -> Mapping[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for what in get_args(RowKind):
        hashed, count = sha256(), 0
        async for row in revenue_close.rows_of(session, what, period_id, run):
            hashed.update(json.dumps([str(value) for value in row]).encode())
            count += 1
        found[what] = (count, hashed.hexdigest())
    return found


def _hash(rows: list[dict[str, object]]) -> str:
    return digest({"rows": rows})
