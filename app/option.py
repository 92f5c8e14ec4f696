"""One setting as people read of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One setting. The value of a secret one is never shown."""

    name: str
    meaning: str
    default: str = ""
    secret: bool = False
