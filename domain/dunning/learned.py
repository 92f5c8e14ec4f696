"""A reader of replies that learned: how much each word and group of letters speaks for an intent.

A linear classifier over words, pairs of words and groups of two to four letters, for every language
at once. It understands nothing; it only says what a mail looks like, beside the rules.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

from domain.dunning.guarding.letters import plain
from domain.dunning.reading import Evidence, Intent, Reading
from domain.dunning.sentences import sentences

SHORTEST, LONGEST = 2, 4
_MOST = 4_000
_LONGEST_SPAN = 200
_WORD = re.compile(r"\w+|[^\w\s]")
_ADDRESS, _DIGITS = re.compile(r"\S+@\S+"), re.compile(r"\d+")
_PROMISES = frozenset((Intent.PROMISE_TO_PAY, Intent.PROMISE_CONDITIONAL, Intent.PROMISE_VAGUE))
_DANGEROUS = frozenset(list(Intent)[: list(Intent).index(Intent.WRONG_PERSON)])
_NOTHING = frozenset((Intent.OTHER, Intent.ACKNOWLEDGEMENT))
# From what chance on an intent is added, and below which it is taken away: beside rules that are
# certain, and beside those that doubt. Measured on mails of authors that nothing was learned from.
_SEEN_CERTAIN, _SEEN_DOUBT, _GONE_CERTAIN, _GONE_DOUBT = 0.85, 0.6, 0.1, 0.15
_DANGER_CERTAIN, _DANGER_DOUBT, _SEEN_PLAINLY = 0.55, 0.4, 0.5
# What phrases miss oftener than words mislead.
_TOLD_BY_WORDS = frozenset((Intent.HARDSHIP, Intent.COMPLAINT))
# What phrases find surely, so that few words for it prove nothing.
_TOLD_BY_PHRASES = frozenset((Intent.PROMISE_TO_PAY, Intent.HARDSHIP, Intent.CREDIT_REQUEST))
_GONE_SURELY = 0.04
# Courts and claims are part of every insolvency.
_IMPLIED = frozenset((Intent.LEGAL_THREAT,))
_SHOWN = 0.5
# What a promise beside it may wait for, and from what chance on a person reads both.
_WANTED = {
    Intent.REQUEST_DOCUMENT: 0.4,
    Intent.SUBMISSION_REQUIREMENT: 0.4,
    Intent.CREDIT_REQUEST: 0.4,
    Intent.DISPUTE: 0.75,
}
Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Weights(Generic[Name]):
    """What was learned: of each part of a text its rarity, the names it speaks for, how much.

    Names (intents, or reasons of disputes) are told by their place in `names`, one byte each.
    """

    names: tuple[Name, ...]
    bias: tuple[float, ...]
    parts: Mapping[str, tuple[float, bytes, array[float]]]


def parts(text: str) -> Iterator[str]:
    """Letter groups within words (word ends are a space), words ("=w") and pairs of words."""
    folded = _DIGITS.sub("0", _ADDRESS.sub("@", plain(text[:_MOST]).casefold()))
    for word in folded.split():
        yield from _groups(f" {word} ")
    words = _WORD.findall(folded)
    yield from (f"={word}" for word in words)
    yield from (f"={one} {other}" for one, other in pairwise(words))


def _groups(bounded: str) -> Iterator[str]:
    for length in range(SHORTEST, LONGEST + 1):
        for at in range(max(1, len(bounded) - length + 1)):
            yield bounded[at : at + length]
        if len(bounded) <= length:
            break


def likely(text: str, weights: Weights[Name]) -> dict[Name, float]:
    """How likely each name is, each by itself, between 0 and 1."""
    sums, square = list(weights.bias), 0.0
    spoken = [0.0] * len(sums)
    for part, count in Counter(parts(text)).items():
        known = weights.parts.get(part)
        if known is None:
            continue
        rarity, places, amounts = known
        strength = (1.0 + math.log(count)) * rarity
        square += strength * strength
        for place, amount in zip(places, amounts, strict=True):
            spoken[place] += amount * strength
    length = math.sqrt(square) or 1.0
    return {
        name: 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, start + said / length))))
        for name, start, said in zip(weights.names, sums, spoken, strict=True)
    }


def beside(reading: Reading, text: str, weights: Weights[Intent]) -> Reading:
    """The rules' reading with what the mail plainly looks like, and without what it never does.

    A person reads what the two differ in. Nothing dangerous is taken away, and no promise that
    could be recorded is added: what looks like one is a vague one.
    """
    chances = likely(text, weights)
    by_rules = _named(reading.kinds())
    sure = reading.certain
    implied = _IMPLIED if Intent.INSOLVENCY_NOTICE in by_rules else frozenset()
    seen = (
        {i for i, chance in chances.items() if chance >= _least(i, sure=sure)} - by_rules - implied
    )
    gone = {i for i in by_rules - _DANGEROUS if chances.get(i, 1.0) < _most(i, sure=sure)}
    if Intent.PROMISE_TO_PAY in gone and _promised(reading, weights):
        gone -= {Intent.PROMISE_TO_PAY}
    if (by_rules | seen) - gone - _NOTHING:
        seen -= _NOTHING
    kept = [e for e in reading.intents if _as_learned(e.intent) not in gone]
    kept += [Evidence(_as_read(i), most_like(text, i, weights)) for i in Intent if i in seen]
    told = [e for e in kept if e.intent is not Intent.OTHER] or kept or list(reading.intents)
    if not seen and not gone:
        wanted = any(chances.get(i, 0.0) >= least for i, least in _WANTED.items())
        waits = Intent.PROMISE_TO_PAY in reading.kinds() and wanted
        return replace(reading, certain=False) if waits else reading
    return _without_the_gone(replace(reading, intents=tuple(told), certain=False))


def _promised(reading: Reading, weights: Weights[Intent]) -> bool:
    """Whether the words that promise look like a promise, in a mail of many matters."""
    spans = (e.span for e in reading.intents if e.intent in _PROMISES)
    return any(likely(span, weights).get(Intent.PROMISE_TO_PAY, 0.0) >= _SHOWN for span in spans)


def _least(intent: Intent, *, sure: bool) -> float:
    """From what chance on an intent is added beside rules that are `sure` or not."""
    if intent in _DANGEROUS:
        return _DANGER_CERTAIN if sure else _DANGER_DOUBT
    if intent in _TOLD_BY_WORDS:
        return _SEEN_PLAINLY
    return _SEEN_CERTAIN if sure else _SEEN_DOUBT


def _most(intent: Intent, *, sure: bool) -> float:
    """Below what chance an intent of the rules is taken away."""
    if sure and intent in _TOLD_BY_PHRASES:
        return _GONE_SURELY
    return _GONE_CERTAIN if sure else _GONE_DOUBT


def _without_the_gone(reading: Reading) -> Reading:
    """A reading without the details of intents that it no longer has."""
    kinds = reading.kinds()
    return replace(
        reading,
        disputes=reading.disputes if Intent.DISPUTE in kinds else (),
        documents=reading.documents if Intent.REQUEST_DOCUMENT in kinds else (),
        plan=reading.plan if Intent.PAYMENT_PLAN_REQUEST in kinds else (),
        returns_on=reading.returns_on if Intent.OUT_OF_OFFICE in kinds else None,
    )


def _named(kinds: frozenset[Intent]) -> frozenset[Intent]:
    return frozenset(_as_learned(kind) for kind in kinds)


def _as_learned(intent: Intent) -> Intent:
    """As it was learned: a promise is a promise."""
    return Intent.PROMISE_TO_PAY if intent in _PROMISES else intent


def _as_read(intent: Intent) -> Intent:
    return Intent.PROMISE_VAGUE if intent is Intent.PROMISE_TO_PAY else intent


def most_like(text: str, name: Name, weights: Weights[Name]) -> str:
    """The sentence that looks most like what `name` stands for."""
    said = [sentence.text for sentence in sentences(plain(text[:_MOST]))]
    best = max(said, key=lambda one: likely(one, weights)[name], default="")
    return best[:_LONGEST_SPAN]
