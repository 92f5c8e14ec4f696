"""One line's events into what it plans and what is posted of it: replayed, and put in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from domain.revenue.events import Billed, RevenueEvent, Voided
from domain.revenue.layers import Layer, Role
from domain.revenue.ledger import NOTHING, Amounts, RevenueLedger, Slot, targets_of
from domain.revenue.posting import replay
from domain.revenue.settings import RevenueSettings
from flows.revenue.recording import event_of, streams
from store import revenue_events, revenue_posting, revenue_projection
from store.engine import Session
from store.revenue import RevenueEventRow
from store.revenue_projection import CellValues, PaperValues

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Replayed:
    """A line with its ledger: the event that stands for it, and what is told about it."""

    key: str
    ledger: RevenueLedger
    row: RevenueEventRow
    voided: bool
    last_event_id: int


async def project(
    session: Session, keys: Sequence[str], settings: RevenueSettings, now: datetime
) -> None:
    """Put what these lines plan in place, from their events. Safe to repeat."""
    waiting = iter(sorted(set(keys)))
    while some := list(islice(waiting, _AT_ONCE)):
        found = await replayed(session, some, settings)
        await put(session, found, now)


async def replayed(
    session: Session, keys: Sequence[str], settings: RevenueSettings
) -> Sequence[Replayed]:
    """The ledgers of these lines; two queries whatever their number."""
    rows = await revenue_events.events_of(session, keys)
    periods = await revenue_events.period_events(session)
    by_line: dict[str, list[RevenueEventRow]] = {}
    for row in rows:
        by_line.setdefault(row.obligation, []).append(row)
    return [
        _replayed(key, by_line[key], stream, settings)
        for key, stream in streams(rows, periods).items()
    ]


def _replayed(
    key: str,
    rows: Sequence[RevenueEventRow],
    stream: Sequence[RevenueEvent],
    settings: RevenueSettings,
) -> Replayed:
    latest = {row.record_id: row for row in rows}
    billed = [row for row in latest.values() if row.kind == "billed"]
    gone = {e.of for e in map(event_of, latest.values()) if isinstance(e, Voided)}
    live = [row for row in billed if row.record_id not in gone]
    stands = (live or billed)[-1]
    event = event_of(stands)
    if not isinstance(event, Billed):
        raise TypeError("a line begins with its billing")
    calendar = settings.calendar_of(event.obligation.subsidiary)
    return Replayed(key, replay(stream, calendar), stands, not live, rows[-1].id)


async def put(session: Session, found: Sequence[Replayed], now: datetime) -> None:
    """Replace what is stored of these lines."""
    keys = [one.key for one in found]
    rows = [_row(one) for one in found]
    await revenue_projection.take_out(session, keys)
    moved = await revenue_projection.other_sums(session, rows)
    await revenue_posting.take_out(session, moved)
    ids = await revenue_projection.put_obligations(session, rows, now)
    await revenue_posting.put_back(session, moved)
    await revenue_projection.put_plans(
        session,
        keys,
        (cell for one in found for cell in _cells(ids[one.key], one.ledger)),
        (paper for one in found for paper in _papers(ids[one.key], one.ledger)),
    )


def _cells(obligation_id: int, ledger: RevenueLedger) -> Iterator[CellValues]:
    posted: dict[str, Amounts] = {}
    for row in ledger.postings:
        slots = posted.setdefault(row.record_id, {})
        slot = (row.service_period, row.role)
        before = slots.get(slot, NOTHING)
        slots[slot] = (before[0] + row.amount.minor, before[1] + row.base.minor)
    for layer in ledger.layers:
        done, targets = posted.get(layer.record_id, {}), targets_of(layer)
        why = _reasons(layer)
        for period, role in sorted(targets.keys() | done.keys(), key=_in_time):
            planned = targets.get((period, role), NOTHING)
            before = done.get((period, role), NOTHING)
            yield (
                obligation_id, layer.record_id, period.name, period.starts_on, period.ends_on,
                role.value, *planned, *before, layer.voided, why.get((period, role), ""),
            )  # fmt: skip


def _in_time(slot: Slot) -> tuple[date, str]:
    return slot[0].starts_on, slot[1].value


def _reasons(layer: Layer) -> Mapping[Slot, str]:
    return {(cell.period, cell.role): cell.because for cell in reversed(layer.cells)}


def _papers(obligation_id: int, ledger: RevenueLedger) -> Iterator[PaperValues]:
    for paper in ledger.papers:
        head = (obligation_id, paper.record_id, paper.on, paper.billing)
        yield (*head, *paper.target, *paper.posted)


def _row(one: Replayed) -> dict[str, object]:
    event = event_of(one.row)
    if not isinstance(event, Billed):
        raise TypeError("a line begins with its billing")
    made, about = event.obligation, one.row.payload.get("about")
    told: Mapping[str, object] = about if isinstance(about, dict) else {}
    terms = made.terms
    return {
        "key": one.key,
        "contract": made.contract_id,
        "subsidiary_id": one.row.subsidiary_id,
        "currency": made.amount.currency,
        "base_currency": made.base,
        "rate": f"{made.rate.numerator}/{made.rate.denominator}",
        "revenue_type": made.revenue_type,
        "revenue_account": made.revenue_account,
        "deferred_account": made.deferred_account,
        "contra_account": made.contra_account,
        "billed_on": event.on.isoformat(),
        "method": terms.method.value,
        "starts_on": terms.starts_on.isoformat() if terms.starts_on else None,
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
        "amount_minor": made.amount.minor,
        "event_id": one.last_event_id,
        **_told(told, one.row.source_kind),
        **_standing(one, told),
    }


def _told(told: Mapping[str, object], source: str) -> dict[str, object]:
    return {
        "customer_id": told.get("customer_id"),
        "customer_name": told.get("customer_name", ""),
        "invoice_id": told.get("document_id") if source == "invoice" else None,
        "invoice_netsuite_id": told.get("netsuite_id", "") if source == "invoice" else "",
        "invoice_number": told.get("number", ""),
        "line": told.get("line", 0),
        "item_netsuite_id": told.get("item_netsuite_id", ""),
        "item_name": told.get("item_name", ""),
        "sales_minor": told.get("sales_minor", 0),
        "stand_alone_minor": told.get("stand_alone_minor"),
        "memo": told.get("memo", ""),
        "settings_hash": told.get("settings", ""),
    }


def _standing(one: Replayed, told: Mapping[str, object]) -> dict[str, object]:
    """What the line planned, posted and deferred, and whether it waits for somebody."""
    ledger = one.ledger
    cells = [c for layer in ledger.layers for c in layer.cells]
    posted = sum(row.amount.minor for row in ledger.postings)
    passed = sum(row.amount.minor for row in ledger.postings if row.role is Role.REVENUE)
    papers = sum(paper.posted[0] for paper in ledger.papers)
    unplanned = sum(layer.unplanned for layer in ledger.layers)
    held = next((layer.held for layer in ledger.layers if layer.held), "")
    hold = str(told.get("hold", "")) or ("by_hand" if unplanned else "")
    reason = str(told.get("reason", "")) or held
    status = "voided" if one.voided else "held" if unplanned else "active"
    return {
        "planned_minor": sum(cell.amount for cell in cells),
        "posted_minor": posted,
        "deferred_minor": papers - passed,
        "unplanned_minor": unplanned,
        "status": status,
        "hold_code": hold if status == "held" else "",
        "hold_reason": reason if status == "held" else "",
    }
