"""The life of an effect: its states and the only moves between them."""

from __future__ import annotations

from enum import StrEnum


class EffectState(StrEnum):
    """proposed -> approved -> performing -> done, and the ways it can go otherwise."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    PERFORMING = "performing"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


_S = EffectState
MOVES: dict[EffectState, frozenset[EffectState]] = {
    _S.PROPOSED: frozenset({_S.PROPOSED, _S.APPROVED, _S.REJECTED, _S.EXPIRED, _S.SUPERSEDED}),
    _S.APPROVED: frozenset({_S.PERFORMING, _S.PROPOSED, _S.REJECTED, _S.SUPERSEDED}),
    _S.PERFORMING: frozenset({_S.DONE, _S.FAILED, _S.UNKNOWN, _S.APPROVED, _S.SUPERSEDED}),
    _S.UNKNOWN: frozenset({_S.DONE, _S.APPROVED, _S.FAILED}),
    _S.FAILED: frozenset({_S.APPROVED, _S.PROPOSED, _S.REJECTED, _S.SUPERSEDED}),
    _S.DONE: frozenset(),
    _S.REJECTED: frozenset({_S.PROPOSED}),
    _S.EXPIRED: frozenset({_S.PROPOSED}),
    _S.SUPERSEDED: frozenset({_S.PROPOSED}),
}
# Nothing more happens to these by itself; all but DONE can be proposed anew.
FINAL = frozenset({_S.DONE, _S.REJECTED, _S.EXPIRED, _S.SUPERSEDED})


class IllegalMove(Exception):
    """An effect cannot move that way."""

    def __init__(self, old: EffectState, new: EffectState) -> None:
        super().__init__(f"An effect cannot move from {old} to {new}.")


def check(old: EffectState, new: EffectState) -> EffectState:
    """`new`, if the move is legal; raises IllegalMove otherwise."""
    if new not in MOVES[old]:
        raise IllegalMove(old, new)
    return new
