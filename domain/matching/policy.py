"""What a seller wrote about matching, as a whole: settings, rules, and how classes are tried."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.matching.rules import Rule
from domain.matching.settings import NOTHING_ALONE, MatchSettings


@dataclass(frozen=True, slots=True)
class Trial:
    """A class may act alone after `cases` matches without one error.

    It goes back to review when more than `wrong_ppm` of a million may be wrong.
    """

    cases: int = 600
    wrong_ppm: int = 5_000


@dataclass(frozen=True, slots=True)
class MatchingPolicy:
    """`settings.live` are the classes that may act alone at all once their trial is over.

    The rules of a file are never live by themselves.
    """

    name: str = "default"
    settings: MatchSettings = NOTHING_ALONE
    trial: Trial = field(default_factory=Trial)
    rules: tuple[Rule, ...] = ()
