"""What ours is called in the ERP: remembered once, carried in and out as a file, kept fresh."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.actor import Actor
from effects.audit import Entry, record
from erp.mapping import resolved
from flows.desk import Desk
from flows.drafts.drafting import Invalid
from flows.drafts.masters import read_mappings, read_masters
from flows.drafts.values import draft_value
from flows.mapping_files import FileProblems, Listed, mappings_in, written
from store import choices, drafts, mappings
from store.drafts import Wanted
from store.engine import Session
from store.mappings import KINDS, MappingRow

_SOURCE = re.compile(r"([a-z][a-z0-9_-]{0,29})?")
_NETSUITE_ID = re.compile(r"[0-9]{1,20}")
_LONGEST = 200
_MOST_DRAFTS = 500
_Names = Mapping[str, Mapping[str, choices.Choice]]


@dataclass(frozen=True, slots=True)
class ShownMapping:
    """A mapping with the name its target has in the ERP; `problem` says what is wrong with it."""

    row: MappingRow
    target_name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Something of the ERP that a word of ours may be mapped to."""

    netsuite_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Stale:
    """What is too old or broken to be relied on.

    `read_at` is when the ERP's lists were last read (None: never); `broken` are mappings whose
    target is inactive or gone.
    """

    read_at: datetime | None
    too_old: bool
    broken: tuple[ShownMapping, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many mappings of a file were new or changed, and how many stood already."""

    changed: int
    same: int


async def remember(
    session: Session,
    kind: str,
    ours: str,
    netsuite_id: str,
    by: Actor,
    now: datetime,
    *,
    source: str = "",
) -> Invalid | None:
    """Map one of ours ("*": the default) to the ERP's id; None when it is remembered."""
    wanted = Listed(kind, source, " ".join(ours.split()), netsuite_id.strip())
    problem = _misformed(wanted) or _no_target(wanted, await _names(session, [wanted]))
    if problem:
        return Invalid(problem)
    await _put(session, wanted, by, now)
    return None


async def _put(session: Session, wanted: Listed, by: Actor, now: datetime) -> None:
    row = MappingRow(
        kind=wanted.kind,
        source=wanted.source,
        ours=wanted.ours,
        netsuite_id=wanted.netsuite_id,
        remembered_by=str(by),
        remembered_at=now,
    )
    await mappings.put_mapping(session, row)
    said = {"source": wanted.source, "netsuite_id": wanted.netsuite_id}
    subject = f"{wanted.kind}:{wanted.ours}"
    await record(session, Entry(by, "mapping.remembered", "mapping", subject, said), now)


def _misformed(wanted: Listed) -> dict[str, str]:
    if wanted.kind not in KINDS:
        return {"kind": f"Known here: {', '.join(KINDS)}."}
    if not _SOURCE.fullmatch(wanted.source):
        return {"source": "A source is a small word like file or hubspot, or nothing for all."}
    if not wanted.ours or len(wanted.ours) > _LONGEST:
        return {"ours": f"Write what we call it, at most {_LONGEST} characters; * is the default."}
    if not _NETSUITE_ID.fullmatch(wanted.netsuite_id):
        return {"netsuite_id": "Write the ERP's internal id: digits only."}
    return {}


async def _names(session: Session, wanted: Sequence[Listed]) -> _Names:
    """The targets of these mappings that the ERP lists, by kind and id."""
    return {
        kind: await choices.names_of(
            session, kind, {o.netsuite_id for o in wanted if o.kind == kind}
        )
        for kind in {one.kind for one in wanted}
    }


def _no_target(wanted: Listed, names: _Names) -> dict[str, str]:
    """Tax codes are in no list that is read, so any id is taken."""
    if wanted.kind not in choices.LISTED:
        return {}
    target = names[wanted.kind].get(wanted.netsuite_id)
    if target is None:
        return {"netsuite_id": f"The ERP has no {wanted.kind} {wanted.netsuite_id}."}
    return {"netsuite_id": f"{target.name} is inactive in the ERP."} if target.inactive else {}


async def forget(
    session: Session, kind: str, ours: str, by: Actor, now: datetime, *, source: str = ""
) -> bool:
    """Drop a mapping; whether there was one."""
    word = " ".join(ours.split())
    known = await mappings.forget_mapping(session, kind, source, word)
    if known:
        entry = Entry(by, "mapping.forgotten", "mapping", f"{kind}:{word}", {"source": source})
        await record(session, entry, now)
    return known


async def listed(session: Session, kind: str = "") -> Sequence[ShownMapping]:
    """All mappings (of a kind) with the names of their targets."""
    rows = await mappings.mappings(session, (kind,) if kind else KINDS)
    found = await _names(session, [_listed(row) for row in rows])
    return [_shown(row, found[row.kind].get(row.netsuite_id)) for row in rows]


def _shown(row: MappingRow, target: choices.Choice | None) -> ShownMapping:
    if target is None:
        gone = "the ERP no longer lists it" if row.kind in choices.LISTED else ""
        return ShownMapping(row, "", gone)
    problem = "it is inactive in the ERP" if target.inactive else ""
    guessed = f"a guess ({row.score}%): confirm it" if row.guess else ""
    return ShownMapping(row, target.name, problem or guessed)


async def targets(session: Session, kind: str) -> Sequence[Target]:
    """What words of this kind may be mapped to: active ones, by name."""
    found = await choices.choices(session, kind, limit=5_000)
    return [Target(one.netsuite_id, one.name) for one in found]


async def unmapped(session: Session) -> Sequence[tuple[str, str]]:
    """Products on waiting drafts that have no item: source and product."""
    known, masters = await read_mappings(session), await read_masters(session)
    rows = await drafts.drafts_page(session, Wanted(("draft", "submitted")), limit=_MOST_DRAFTS)
    bare = {
        (row.source, line.line.product)
        for row in rows
        for line in resolved(draft_value(row), known, masters.items, guess_from=101)
        if line.item is None and line.line.product
    }
    return sorted(bare)


async def export_file(session: Session) -> str:
    """All mappings as YAML."""
    shown = await listed(session)
    return written([(_listed(one.row), one.target_name) for one in shown if not one.row.guess])


def _listed(row: MappingRow) -> Listed:
    return Listed(row.kind, row.source, row.ours, row.netsuite_id)


async def import_file(session: Session, text: str, by: Actor, now: datetime) -> Imported | Invalid:
    """Mappings from YAML, all or none; problems name lines. Twice changes nothing."""
    read = mappings_in(text)
    if isinstance(read, FileProblems):
        return Invalid(read.problems)
    names = await _names(session, [one for _, one in read if not _misformed(one)])
    problems: dict[str, str] = {}
    for line, wanted in read:
        wrong = _misformed(wanted) or _no_target(wanted, names)
        problems |= {f"line {line}": what for what in wrong.values()}
    if problems:
        return Invalid(problems)
    known = {(r.kind, r.source, r.ours): r for r in await mappings.mappings(session)}
    changed = [
        one for _, one in read if not _same(known.get((one.kind, one.source, one.ours)), one)
    ]
    for one in changed:
        await _put(session, one, by, now)
    return Imported(len(changed), len(read) - len(changed))


def _same(row: MappingRow | None, wanted: Listed) -> bool:
    return row is not None and row.netsuite_id == wanted.netsuite_id and not row.guess


async def stale(session: Session, desk: Desk, now: datetime) -> Stale:
    """What is too old or broken to be relied on."""
    read_at = (await read_masters(session)).read_at
    fresh = timedelta(hours=desk.review.erp.lists_fresh_hours)
    broken = [one for one in await listed(session) if one.problem and not one.row.guess]
    return Stale(read_at, read_at is None or now - read_at > fresh, tuple(broken))
