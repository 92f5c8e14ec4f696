"""What is known of lines, read from the store, and new events written to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.revenue.events import Billed, Fact, PeriodClosed, PeriodReopened, RevenueEvent
from flows.revenue.revisions import Known, NewEvent, Noted
from flows.revenue.wire import effective_on, from_payload, kind_of, to_payload
from store import revenue_changes, revenue_events
from store.engine import Session
from store.revenue import RevenueEventRow


@dataclass(frozen=True, slots=True)
class Source:
    """Where events come from: a record of the ERP, or a person of ours ("decision")."""

    kind: str
    netsuite_id: str
    subsidiary_id: int


def event_of(row: RevenueEventRow) -> RevenueEvent:
    return from_payload(row.kind, row.record_id, row.revision, row.payload)


def noted(row: RevenueEventRow) -> Noted:
    event = event_of(row)
    if isinstance(event, PeriodClosed | PeriodReopened):
        raise TypeError("a period is no record of a line")
    about = row.payload.get("about")
    return Noted(event, row.fingerprint, about if isinstance(about, dict) else {})


async def known_lines(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """What is known of each line, by its key; three queries whatever the number of lines."""
    rows = await revenue_events.latest_of_lines(session, keys)
    posted = frozenset(await revenue_events.posted_records(session, keys))
    accepted = await revenue_changes.accepted(session, keys)
    records: dict[str, dict[str, Noted]] = {}
    for row in rows:
        records.setdefault(row.obligation, {})[row.record_id] = noted(row)
    return {
        key: Known(found, posted & found.keys(), _accepted(accepted.get(key)))
        for key, found in records.items()
    }


def _accepted(change: Mapping[str, Any] | None) -> Noted | None:
    """The line as a decided change left it."""
    if change is None:
        return None
    event = from_payload("billed", change["record"], 0, change["after"])
    if not isinstance(event, Billed):
        raise TypeError("a change is one of a billed line")
    return Noted(event, change["facts"], {})


async def write(
    session: Session,
    found: Iterable[tuple[str, Source, NewEvent]],
    now: datetime,
) -> frozenset[str]:
    """Append events, each of a line; the lines concerned are returned."""
    rows = [_row(key, source, new, now) for key, source, new in found]
    await revenue_events.append_events(session, rows)
    return frozenset(str(row["obligation"]) for row in rows)


def _row(key: str, source: Source, new: NewEvent, now: datetime) -> Mapping[str, object]:
    return {
        **stored(new.event, source.subsidiary_id, now),
        "payload": {**to_payload(new.event), "about": dict(new.about)},
        "obligation": key,
        "fingerprint": new.facts,
        "source_kind": source.kind,
        "source_netsuite_id": source.netsuite_id,
        "because": new.because,
    }


def stored(event: Fact | RevenueEvent, subsidiary_id: int, now: datetime) -> dict[str, object]:
    """The columns that every event has."""
    return {
        "record_id": event.record_id,
        "revision": event.revision,
        "kind": kind_of(event),
        "subsidiary_id": subsidiary_id,
        "obligation": "",
        "effective_on": effective_on(event),
        "payload": to_payload(event),
        "fingerprint": "",
        "source_kind": "",
        "source_netsuite_id": "",
        "because": "",
        "known_at": now,
    }


def streams(
    lines: Sequence[RevenueEventRow], periods: Sequence[RevenueEventRow]
) -> dict[str, list[RevenueEvent]]:
    """The events of each line with the closes of its subsidiary among them, in known order."""
    by_line: dict[str, list[RevenueEventRow]] = {}
    for row in lines:
        by_line.setdefault(row.obligation, []).append(row)
    closes: dict[int, list[RevenueEventRow]] = {}
    for row in periods:
        closes.setdefault(row.subsidiary_id, []).append(row)
    found = {}
    for key, rows in by_line.items():
        merged = sorted((*rows, *closes.get(rows[0].subsidiary_id, ())), key=lambda row: row.id)
        found[key] = [event_of(row) for row in merged]
    return found
