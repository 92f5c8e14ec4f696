"""What ours is called in the ERP: remembered once, carried in and out as a file, kept fresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from effects.actor import Actor
from flows.desk import Desk
from flows.drafting import Invalid
from store.engine import Session
from store.mappings import MappingRow


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
    """When the ERP's lists were last read (None: never), whether that is too long ago, and
    mappings whose target is inactive or gone."""

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
    raise NotImplementedError


async def forget(
    session: Session, kind: str, ours: str, by: Actor, now: datetime, *, source: str = ""
) -> bool:
    """Drop a mapping; whether there was one."""
    raise NotImplementedError


async def listed(session: Session, kind: str = "") -> Sequence[ShownMapping]:
    """All mappings (of a kind) with the names of their targets."""
    raise NotImplementedError


async def targets(session: Session, kind: str) -> Sequence[Target]:
    """What words of this kind may be mapped to: active ones, by name."""
    raise NotImplementedError


async def unmapped(session: Session) -> Sequence[tuple[str, str]]:
    """Products on waiting drafts that have no item: source and product."""
    raise NotImplementedError


async def export_file(session: Session) -> str:
    """All mappings as YAML."""
    raise NotImplementedError


async def import_file(session: Session, text: str, by: Actor, now: datetime) -> Imported | Invalid:
    """Mappings from YAML, all or none; problems name lines. Twice changes nothing."""
    raise NotImplementedError


async def stale(session: Session, desk: Desk, now: datetime) -> Stale:
    """What is too old or broken to be relied on."""
    raise NotImplementedError
