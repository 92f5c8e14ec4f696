"""Once: find, else write, read back, and look again after an answer that got lost.

What is wanted is either a record that shall exist under an external id, or values that a record
shall have. Both can be looked for, so nothing is repeated before somebody has looked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from erp.port import (
    ErpRefused,
    ErpUnavailable,
    NotSent,
    Posted,
    Rejected,
    Unclear,
    WriteOutcome,
)

# NetSuite may still be at work when the client has given up: some connectors wait 6 minutes.
LOOKS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=6),
    timedelta(minutes=15),
)
Clock = Callable[[], datetime]
Asking = Callable[[], Awaitable[str]]
_DUPLICATE = "duplicate_external_id"
_DOWN = timedelta(minutes=2)
_AWAY = (ErpUnavailable, ErpRefused)


@dataclass(frozen=True, slots=True)
class Stands:
    """It stands as wanted; what it says beyond that."""

    evidence: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Differs:
    """It stands, but not as wanted: in these ways."""

    ways: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unseen:
    """The ERP does not show it."""


class Wanted(Protocol):
    """What shall stand in the ERP: how it is found, written and judged. Reads raise as the port."""

    @property
    def noun(self) -> str:
        """What it is, for people: "payment", "invoice"."""

    async def find(self) -> str | None:
        """The ERP's id of what stands there already, or None."""

    async def write(self) -> WriteOutcome:
        """Ask the ERP for it, once."""

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        """Read it back and compare every part."""


async def ready(wanted: Wanted, obstacle: Asking) -> Unchanged | Changed | NotNow:
    """Whether it may be written now; `obstacle` names what stands against it, "" for nothing.

    What is there already is no reason to stop: acting then only reads it back.
    """
    try:
        if await wanted.find() is not None:
            return Unchanged()
        reason = await obstacle()
    except _AWAY as error:
        return NotNow(str(error), _DOWN)
    return Changed(reason) if reason else Unchanged()


async def act(wanted: Wanted) -> Done | RetryLater | Refused | Unknown:
    """Write it unless it is there, and read it back."""
    try:
        found = await wanted.find()
    except _AWAY as error:
        return RetryLater(str(error))
    if found is not None:
        return await _verified(wanted, found)
    outcome = await wanted.write()
    match outcome:
        case Posted(netsuite_id=made):
            return await _verified(wanted, made)
        case Rejected(kind=kind, detail=detail):
            return await _rejected(wanted, kind, detail)
        case NotSent(reason=reason):
            return RetryLater(reason)
        case Unclear(reason=reason):
            return Unknown(reason)
        case _:
            assert_never(outcome)


async def look(
    wanted: Wanted, since: timedelta, looks: Sequence[timedelta]
) -> Done | Absent | LookAgain | CannotLook:
    """Whether it is there, `since` the attempt; certainly not only after the last of `looks`."""
    again = LookAgain(min(_DOWN, looks[-1]))
    try:
        found = await wanted.find()
    except _AWAY:
        return again
    if found is None:
        later = next((at for at in looks if at > since), None)
        return LookAgain(later - since) if later is not None else Absent()
    seen = await _verified(wanted, found)
    match seen:
        case Done():
            return seen
        case Refused(reason=reason):
            return CannotLook(reason)
        case Unknown():
            return again
        case _:
            assert_never(seen)


async def _rejected(wanted: Wanted, kind: str, detail: str) -> Done | Refused | Unknown:
    if kind != _DUPLICATE:
        return Refused(f"{kind}: {detail}")
    try:
        found = await wanted.find()
    except _AWAY as error:
        return Unknown(f"already there, but not found yet: {error}")
    if found is None:
        return Unknown("NetSuite says it exists already, but it cannot be found")
    return await _verified(wanted, found)


async def _verified(wanted: Wanted, netsuite_id: str) -> Done | Refused | Unknown:
    """Read it back: what differs is shown to a person and never repaired."""
    try:
        seen = await wanted.judge(netsuite_id)
    except _AWAY as error:
        return Unknown(f"written as {netsuite_id}, not read back yet: {error}")
    match seen:
        case Stands(evidence=evidence):
            return Done({"netsuite_id": netsuite_id, **evidence})
        case Differs(ways=ways):
            return Refused(f"NetSuite {wanted.noun} {netsuite_id} differs: {'; '.join(ways)}")
        case Unseen():
            return Unknown(f"written as {netsuite_id}, but NetSuite does not show it")
        case _:
            assert_never(seen)
