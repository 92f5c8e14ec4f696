"""Credit memos of the mirror into events: credits of lines, write-offs, and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain.ledger.money import Money
from domain.revenue.events import Billed, Credited, Fact, WrittenOff
from domain.revenue.plan import Method
from domain.revenue.reading import KnownItem, Read, read_line
from domain.revenue.rounding import ratio
from domain.revenue.settings import RevenueSettings
from flows.revenue.credit_targets import (
    Creditable,
    CreditedLine,
    Target,
    Unassigned,
    over,
    target_of,
)
from flows.revenue.creditable import creditable
from flows.revenue.invoices import Found, billed_line, facts_of, told_of
from flows.revenue.recording import Source, known_lines, noted, write
from flows.revenue.revisions import Known, NewEvent, Noted, voided
from flows.revenue.wire import to_payload
from security.chain import digest
from store import revenue_events, revenue_mirror
from store.engine import Session
from store.revenue_mirror import Changed

# What reduces the price and not the service: these credits show as contra revenue.
CONTRA_REASONS = ("concession", "quality", "dispute_lost", "goodwill")
_NO_CREDIT = ("voided", "pending_approval", "rejected")
Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Want:
    """A record that a credit memo calls for, on one line."""

    key: str
    event: Fact
    facts: str
    about: Mapping[str, object]
    because: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A credit memo with its lines, what it is set against, and whom its lines were assigned to."""

    head: Row
    lines: Sequence[Row]
    applied: Sequence[Row]
    assigned: Mapping[int, tuple[str, str]]
    known: Sequence[Creditable]


async def take_credits(
    session: Session,
    changed: Sequence[Changed],
    items: dict[str, KnownItem],
    settings: RevenueSettings,
    now: datetime,
) -> Found:
    """Compare these credit memos with what is known of them, and append what is new."""
    rows = await revenue_events.latest_of_source(
        session, "credit_memo", [one.netsuite_id for one in changed]
    )
    records = {row.record_id: (row.obligation, noted(row)) for row in rows}
    memos = await _memos(session, changed, records)
    sources = {memo.head["netsuite_id"]: _source(memo.head) for memo in memos}
    wants = [(memo, want) for memo in memos for want in _wants(memo, items, settings)]
    keys = {want.key for _, want in wants} | {key for key, _ in records.values()}
    known = await known_lines(session, keys)
    owner = {row.record_id: row.source_netsuite_id for row in rows}
    new = list[tuple[str, Source, NewEvent]]()
    for memo, want in wants:
        source = sources[memo.head["netsuite_id"]]
        new += [(key, source, event) for key, event in _compared(want, records, known)]
    wanted = {want.event.record_id for _, want in wants}
    for record, (key, one) in records.items():
        if _stands(one, key, known) and record.partition("/")[0] not in wanted:
            new.append((key, sources[owner[record]], voided(known[key], one, "taken back")))
    return Found(await write(session, new, now), (), frozenset(keys))


async def _memos(
    session: Session, changed: Sequence[Changed], records: Mapping[str, tuple[str, Noted]]
) -> Sequence[Memo]:
    ids = [one.id for one in changed]
    heads = await revenue_mirror.credits_(session, ids)
    lines, applied = dict[int, list[Row]](), dict[int, list[Row]]()
    for row in await revenue_mirror.credit_lines(session, ids):
        lines.setdefault(row["credit_memo_id"], []).append(row)
    for row in await revenue_mirror.applied(session, ids):
        applied.setdefault(row["credit_memo_id"], []).append(row)
    invoices = {row["created_from_netsuite_id"] for some in lines.values() for row in some}
    invoices |= {row["netsuite_id"] for some in applied.values() for row in some}
    without = {one.netsuite_id for one in changed}
    known = await creditable(session, invoices - {""}, _given(records), without=without)
    assigned: dict[str, dict[int, tuple[str, str]]] = {}
    for key, one in records.values():
        if one.about.get("assigned_by"):
            mine = assigned.setdefault(str(one.about["netsuite_id"]), {})
            mine[int(str(one.about["line"]))] = (key, str(one.about["assigned_by"]))
    return [
        Memo(head, lines.get(head["id"], ()), applied.get(head["id"], ()),
             assigned.get(head["netsuite_id"], {}), known)
        for head in heads
    ]  # fmt: skip


def _given(records: Mapping[str, tuple[str, Noted]]) -> set[str]:
    """The lines that a person assigned credits to, whatever the memo was made from."""
    return {key for key, one in records.values() if one.about.get("assigned_by")}


def _source(head: Row) -> Source:
    return Source("credit_memo", head["netsuite_id"], head["subsidiary_id"])


def _wants(memo: Memo, items: dict[str, KnownItem], settings: RevenueSettings) -> Iterator[Want]:
    head = memo.head
    if head["gone"] or head["status"] in _NO_CREDIT or head["subsidiary_id"] is None:
        return
    if _is_write_off(memo, items, settings):
        yield from _write_offs(memo)
        return
    decided = _decided(head)
    for line in memo.lines:
        named = _names(line, items)
        if line["amount_minor"] and not named & settings.not_revenue:
            yield from _credit(memo, line, decided, items, settings)


def _names(line: Row, items: dict[str, KnownItem]) -> set[str]:
    item = items.get(line["item_netsuite_id"])
    return {line["item_netsuite_id"], item.name if item else ""} - {""}


def _is_write_off(memo: Memo, items: dict[str, KnownItem], settings: RevenueSettings) -> bool:
    if memo.head["effect_kind"] == "write_off_invoice":
        return True
    return bool(memo.lines) and all(_names(x, items) & settings.bad_debt for x in memo.lines)


def _write_offs(memo: Memo) -> Iterator[Want]:
    """Net of tax in proportion, over what is left of each line of the invoice it is set against."""
    head = memo.head
    for row in memo.applied:
        mine = [one for one in memo.known if one.invoice_netsuite_id == row["netsuite_id"]]
        net = sum(one.amount for one in mine)
        if not row["total_minor"] or not mine:
            continue
        minor = min(ratio(row["amount_minor"] * net, row["total_minor"]), sum(o.left for o in mine))
        for one, amount in over(Money(max(0, minor), head["currency"]), mine):
            record = f"write_off:{head['netsuite_id']}:{one.key}"
            event = WrittenOff(record, 1, one.record_id, head["issued_on"], amount)
            why = f"written off against invoice {row['netsuite_id']}"
            yield Want(one.key, event, digest(to_payload(event)), _about(memo.head, 0), why)


def _decided(head: Row) -> Mapping[tuple[str, int], Row]:
    """The lines as they were decided here, by item and amount, if this credit is one of ours."""
    payload = head["effect_payload"]
    if head["effect_kind"] != "create_credit_memo" or not isinstance(payload, dict):
        return {}
    return {
        (str(line["item_netsuite_id"]), int(line["amount"]["minor"])): line
        for line in payload.get("lines", ())
        if isinstance(line, dict) and isinstance(line.get("amount"), dict)
    }


def _credit(
    memo: Memo,
    line: Row,
    decided: Mapping[tuple[str, int], Row],
    items: dict[str, KnownItem],
    settings: RevenueSettings,
) -> Iterator[Want]:
    head, told = memo.head, decided.get((line["item_netsuite_id"], line["amount_minor"]), {})
    starts_on, ends_on = line["service_starts_on"], line["service_ends_on"]
    service = (starts_on, ends_on) if starts_on and ends_on else None
    credited = CreditedLine(
        line["line"], line["item_netsuite_id"], Money(line["amount_minor"], head["currency"]),
        line["created_from_netsuite_id"], int(told.get("invoice_line") or 0), service,
    )  # fmt: skip
    contra = bool(_names(line, items) & settings.concession) or _is_contra(head)
    found = _assigned(memo, credited) or _direct(memo, line, items)
    found = found or target_of(credited, memo.known)
    if isinstance(found, Unassigned):
        yield from _alone(memo, line, found.because, items, settings)
        return
    for one, amount in found.shares:
        suffix = f":{one.key}" if len(found.shares) > 1 else ""
        record = f"credit:{head['netsuite_id']}:{line['line']}{suffix}"
        days = service or (_rest_of(one, head) if told and contra else None)
        event = Credited(
            record, 1, one.record_id, head["issued_on"], amount, days, contra and not told
        )
        about = _about(head, line["line"]) | _assigner(memo, line["line"])
        yield Want(one.key, event, digest(to_payload(event)), about, found.because)


def _direct(memo: Memo, line: Row, items: dict[str, KnownItem]) -> Unassigned | None:
    """An item that is not the invoice's own and books past deferred revenue stands for itself."""
    item = items.get(line["item_netsuite_id"])
    if item is None or item.deferral_account or not item.income_account:
        return None
    mine = {one.line_item for one in memo.known
            if one.invoice_netsuite_id == line["created_from_netsuite_id"]}  # fmt: skip
    return None if item.netsuite_id in mine else Unassigned("its item books to revenue directly")


def _rest_of(one: Creditable, head: Row) -> tuple[date, date] | None:
    """A concession decided here credits what was not delivered by the line's own item."""
    if one.ends_on is None or one.ends_on < head["issued_on"]:
        return None
    return max(head["issued_on"], one.starts_on or head["issued_on"]), one.ends_on


def _is_contra(head: Row) -> bool:
    payload = head["effect_payload"]
    told = payload.get("reason", "") if isinstance(payload, dict) else ""
    return told in CONTRA_REASONS


def _assigned(memo: Memo, line: CreditedLine) -> Target | None:
    """Where a person said that this line belongs."""
    key, by = memo.assigned.get(line.line, ("", ""))
    found = [one for one in memo.known if one.key == key]
    return Target(((found[0], line.amount),), f"as assigned by {by}") if found else None


def _assigner(memo: Memo, line: int) -> dict[str, object]:
    return {"assigned_by": memo.assigned[line][1]} if line in memo.assigned else {}


def _alone(
    memo: Memo, line: Row, because: str, items: dict[str, KnownItem], settings: RevenueSettings
) -> Iterator[Want]:
    """A credit that takes back no line we know: a line of its own, below zero.

    With service dates it is planned over them; at once where its item books to revenue directly;
    otherwise it waits.
    """
    head = memo.head
    key = f"credit_memo:{head['netsuite_id']}:{line['line']}"
    billed = billed_line(key, head, line, head["issued_on"], sign=-1)
    for read in read_line(billed, items, settings):
        made = read.obligation
        direct = read.hold is None and made.deferred_account == made.revenue_account != ""
        planned = made.terms.starts_on is not None and made.terms.ends_on is not None
        held = read
        if not direct and not (planned and not line["created_from_netsuite_id"]):
            waiting = replace(made, terms=replace(made.terms, method=Method.MANUAL))
            held = replace(read, obligation=waiting, hold="credit", reason=because)
        yield _alone_as(head, line, held, settings, items, because)


def _alone_as(
    head: Row,
    line: Row,
    read: Read,
    settings: RevenueSettings,
    items: dict[str, KnownItem],
    because: str,
) -> Want:
    made = read.obligation
    event = Billed(made.obligation_id, 1, head["issued_on"], made)
    about = told_of(head, line, read, settings, items)
    facts = digest({"line": facts_of(head, line, made.base), "hold": read.hold or ""})
    return Want(made.obligation_id, event, facts, about, because)


def _about(head: Row, line: int) -> dict[str, object]:
    return {"netsuite_id": head["netsuite_id"], "number": head["number"], "line": line}


def _stands(one: Noted, key: str, known: Mapping[str, Known]) -> bool:
    record = one.event.record_id
    return not record.startswith("void:") and not known[key].voided(record)


def _compared(
    want: Want, records: Mapping[str, tuple[str, Noted]], known: Mapping[str, Known]
) -> Iterator[tuple[str, NewEvent]]:
    """The events that make what is known of a record what is wanted of it."""
    name = want.event.record_id
    versions = {r: one for r, one in records.items() if r.partition("/")[0] == name}
    standing = [r for r, (key, one) in versions.items() if _stands(one, key, known)]
    for record in standing:
        key, one = versions[record]
        if key == want.key and one.facts == want.facts:
            return
        if key == want.key:
            event = replace(want.event, record_id=record, revision=one.event.revision + 1)
            yield key, NewEvent(event, want.facts, want.about, "read again")
            return
        yield key, voided(known[key], one, "it belongs to another line")
    fresh = name if not versions else f"{name}/{len(versions) + 1}"
    event = replace(want.event, record_id=fresh)
    yield want.key, NewEvent(event, want.facts, want.about, want.because)
