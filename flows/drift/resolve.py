"""A person settles a finding of drift: theirs, ours, not now, or never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from domain.ledger.drift import DriftKind
from effects.actor import Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.policy import ApprovalPolicy
from effects.propose import Because, Proposed, propose
from flows.drift.findings import ACCEPTED, close, item_key
from flows.drift.push import CannotPush, push_of
from store import drift
from store.drift import CLOSED, IGNORED, UNSYNCABLE, DriftFindingRow
from store.engine import Session
from store.worklist import close_item

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Accept:
    """What the ERP has is right; it is what we rely on from now on."""

    reason: str


@dataclass(frozen=True, slots=True)
class Push:
    """What stood before is right: propose to put it back in the ERP."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Hide it until a day; it is still counted, and opens again if it still holds then."""

    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Unsyncable:
    """It can never be made equal: hide it for good; it is still counted."""

    reason: str


Resolution = Accept | Push | Ignore | Unsyncable


@dataclass(frozen=True, slots=True)
class Settled:
    """The finding as it stands now. `effect_id` is what was proposed, if anything was."""

    finding_id: int
    state: str
    effect_id: int | None = None


async def resolve(
    session: Session,
    finding_id: int,
    wanted: Resolution,
    *,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
) -> Settled | CannotPush | Refusal:
    """Do what a person wants with a finding, audited with name and reason.

    Approvers and those above them settle; collectors may only propose to push ours.
    """
    row = await drift.locked(session, finding_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such finding.")
    refused = _refused(row, wanted, by, now)
    if refused is not None:
        return refused
    if isinstance(wanted, Push):
        return await _push(session, row, wanted, by, policy, now)
    await _settle(session, row, wanted, by, now)
    await _tell(session, row, wanted, by, now)
    return Settled(row.id, row.state)


def _refused(row: DriftFindingRow, wanted: Resolution, by: Person, now: datetime) -> Refusal | None:
    needed = Role.COLLECTOR if isinstance(wanted, Push) else Role.APPROVER
    if not may_approve(by.role, needed):
        return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot settle drift this way.")
    if row.state == CLOSED:
        return Refusal(RefusalCode.WRONG_STATE, f"It is closed already: {row.closed_reason}.")
    if not isinstance(wanted, Push) and not wanted.reason.strip():
        return Refusal(RefusalCode.NOT_ALLOWED, "Say why: a reason is needed.")
    if isinstance(wanted, Ignore) and not 0 < (wanted.until - now.date()).days <= LONGEST_DAYS:
        return Refusal(RefusalCode.NOT_ALLOWED, "It can be ignored until a day within a year.")
    return None


async def _settle(
    session: Session,
    row: DriftFindingRow,
    wanted: Accept | Ignore | Unsyncable,
    by: Person,
    now: datetime,
) -> None:
    row.resolved_by, row.resolved_at = by.name, now
    row.resolved_reason = wanted.reason.strip()[:1000]
    match wanted:
        case Accept():
            row.resolution = ACCEPTED
            await close(session, row, f"accepted: {row.resolved_reason}", str(by.actor), now)
            return
        case Ignore():
            row.resolution, row.state, row.ignored_until = "ignored", IGNORED, wanted.until
        case Unsyncable():
            row.resolution, row.state, row.ignored_until = "unsyncable", UNSYNCABLE, None
        case _:
            assert_never(wanted)
    session.add(row)
    await session.flush()
    await close_item(session, item_key(row), by=str(by.actor), now=now)


async def _push(
    session: Session,
    row: DriftFindingRow,
    wanted: Push,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
) -> Settled | CannotPush:
    effect = await push_of(session, row)
    if isinstance(effect, CannotPush):
        return effect
    because = Because(
        f"{row.kind.replace('_', ' ')} is to be put back",
        {"finding_id": row.id, "ours": row.ours, "theirs": row.theirs, "reason": wanted.reason},
    )
    proposed: Proposed = await propose(
        session, effect, policy=policy, because=because, by=by.actor, now=now
    )
    row.resolution, row.effect_id = "pushed", proposed.effect_id
    row.resolved_by, row.resolved_at = by.name, now
    row.resolved_reason = wanted.reason.strip()[:1000]
    await _tell(session, row, wanted, by, now)
    return Settled(row.id, row.state, proposed.effect_id)


async def _tell(
    session: Session, row: DriftFindingRow, wanted: Resolution, by: Person, now: datetime
) -> None:
    detail: dict[str, object] = {
        "kind": DriftKind(row.kind).value,
        "netsuite_id": row.netsuite_id,
        "number": row.number,
        "reason": wanted.reason.strip()[:1000],
        "name": by.name,
        "role": by.role,
        "ours": row.ours,
        "theirs": row.theirs,
    }
    if row.ignored_until is not None:
        detail["until"] = row.ignored_until.isoformat()
    if row.effect_id is not None:
        detail["effect_id"] = row.effect_id
    action = f"drift.{row.resolution}"
    await record(session, Entry(by.actor, action, "drift_finding", str(row.id), detail), now)
