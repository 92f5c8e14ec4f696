"""What a decision comes back with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalCode(StrEnum):
    """Why a decision was not taken."""

    CHANGED = "changed"
    NOT_FOUND = "not_found"
    WRONG_STATE = "wrong_state"
    NOT_ALLOWED = "not_allowed"
    OWN_PROPOSAL = "own_proposal"
    OVER_LIMIT = "over_limit"
    CAP = "cap"
    FORBIDDEN = "forbidden"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A part of the content that is not what the decider saw."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was changed. For `changed`: what differs now, and the fingerprint to decide on."""

    code: RefusalCode
    message: str
    changes: tuple[FieldChange, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """It will be carried out. `again`: this person had approved it before."""

    effect_id: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """It will not happen. `again`: it had been rejected before."""

    effect_id: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """A new version waits for approval under `fingerprint`."""

    effect_id: int
    fingerprint: str
    version: int


@dataclass(frozen=True, slots=True)
class Responded:
    """The person's words are on record; the proposal still waits."""

    effect_id: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """A person said whether it happened; the gate goes on from there."""

    effect_id: int
    happened: bool
