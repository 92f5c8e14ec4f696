"""Segments of a written policy: when they fit and what then holds."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from domain.dunning.policy_values import Caps, Channel, DunningStep, SendMode, Tone
from domain.dunning.segments import Changes, Match, Segment
from domain.dunning.written.restraints import caps_of, first_message_of, places_of
from domain.dunning.written.steps import steps
from domain.dunning.written.values import (
    Path,
    PolicyError,
    Raw,
    amounts,
    band,
    chosen,
    flag,
    key_of,
    listed,
    mapping,
    only,
    section,
    whole,
    words,
)

_Choice = TypeVar("_Choice", bound=StrEnum)
_BANDS = ("oldest_days", "terms_days", "score")
_WHEN = (
    "balance_at_least", "balance_below",
    *(f"{name}_{end}" for name in _BANDS for end in ("at_least", "at_most")),
    "tags", "places", "subsidiaries", "vip", "natural_person",
)  # fmt: skip
_THEN = (
    "cadence", "steps", "send_mode", "tone_cap", "caps", "channel", "floors", "review_above",
    "copies", "first_message", "manual_only", "as_natural_persons",
)  # fmt: skip


def segments_of(top: Raw, cadence: int, caps: Caps) -> tuple[Segment, ...]:
    """The segments, in the order in which they are tried."""
    found: list[Segment] = []
    for index, item in enumerate(listed(top, "segments")):
        path: Path = ("segments", index)
        entry = mapping(item, path)
        only(entry, ("name", "when", "then"), path)
        name = key_of(entry.get("name", ""), (*path, "name"))
        if any(name == other.name for other in found):
            raise PolicyError((*path, "name"), f"{name!r} is used twice", "Give it its own name.")
        match = _match(section(entry, "when", path, _WHEN), (*path, "when"))
        if match == Match():
            fix = "Write at least one condition; a segment for all is the policy itself."
            raise PolicyError((*path, "when"), "has no condition", fix)
        then = section(entry, "then", path, _THEN)
        if not then:
            raise PolicyError(
                (*path, "then"), "changes nothing", f"Write one of: {', '.join(_THEN)}."
            )
        found.append(Segment(name, match, _changes(then, (*path, "then"), top, cadence, caps)))
    return tuple(found)


def _match(when: Raw, path: Path) -> Match:
    return Match(
        balance_at_least=amounts(when, "balance_at_least", path),
        balance_below=amounts(when, "balance_below", path),
        oldest_days=band(when, "oldest_days", path, low=-365, high=3650),
        terms_days=band(when, "terms_days", path, low=0, high=365),
        score=band(when, "score", path, low=0, high=1000),
        tags=frozenset(tag.casefold() for tag in words(when, "tags", path)),
        places=places_of(when, "places", path),
        subsidiaries=frozenset(words(when, "subsidiaries", path)),
        vip=flag(when, "vip", path, default=True) if "vip" in when else None,
        natural_person=(
            flag(when, "natural_person", path, default=True) if "natural_person" in when else None
        ),
    )


def _changes(then: Raw, path: Path, top: Raw, cadence: int, caps: Caps) -> Changes:
    own = whole(then, "cadence", path, default=cadence, low=1, high=60)
    return Changes(
        cadence=own if "cadence" in then else None,
        steps=_steps(then, path, top, own),
        send_mode=_choice(SendMode, then, "send_mode", path),
        tone_cap=_choice(Tone, then, "tone_cap", path),
        caps=caps_of(then, path, caps) if "caps" in then else None,
        channel=_choice(Channel, then, "channel", path),
        floors=amounts(then, "floors", path) if "floors" in then else None,
        review_above=amounts(then, "review_above", path) if "review_above" in then else None,
        cc_default=_flag(then, "copies", path),
        first_message=first_message_of(then, path) if "first_message" in then else None,
        manual_only=_flag(then, "manual_only", path),
        as_natural_persons=_flag(then, "as_natural_persons", path),
    )


def _steps(then: Raw, path: Path, top: Raw, cadence: int) -> tuple[DunningStep, ...] | None:
    """Steps of its own; with only a cadence of its own, the policy's steps, spread by it."""
    if "steps" in then:
        return steps(then, cadence, path)
    return steps(top, cadence, spread=True) if "cadence" in then else None


def _choice(kind: type[_Choice], then: Raw, key: str, path: Path) -> _Choice | None:
    return chosen(kind, then[key], (*path, key)) if key in then else None


def _flag(then: Raw, key: str, path: Path) -> bool | None:
    return flag(then, key, path, default=False) if key in then else None
