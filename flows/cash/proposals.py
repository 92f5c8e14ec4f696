"""The proposals of a decision, and the names they go by on pages."""

from __future__ import annotations

from typing import assert_never

from domain.matching.decision import (
    Ambiguous,
    Decision,
    Matched,
    NotAReceipt,
    Proposal,
    Unmatched,
)
from flows.cash.packing import pack


def proposals_in(decision: Decision | None) -> tuple[Proposal, ...]:
    """What a decision proposes, best first."""
    match decision:
        case Matched():
            return (decision.proposal,)
        case Ambiguous():
            return decision.proposals
        case Unmatched() | NotAReceipt() | None:
            return ()
        case _:
            assert_never(decision)


def digest_of(proposal: Proposal) -> str:
    """The name of exactly this allocation."""
    return pack(proposal.allocation)[0][:16]
