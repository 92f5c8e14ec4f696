"""What an opportunity is when it is no deal that can be billed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something Salesforce tells unclearly; `where` is the id of the record it is about."""

    code: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class NotWon:
    """The opportunity is open or lost; `stage` is its stage as people read it."""

    stage: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The opportunity was deleted, or nobody but Salesforce sees it any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A won opportunity that cannot become a deal until a person settles its problems."""

    reason: str
    problems: tuple[Problem, ...] = ()
    name: str = ""
