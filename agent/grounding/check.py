"""What is wrong with a draft: figures that no result states, or not of whom it tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.grounding.claims import false_claims
from agent.grounding.figures import Figures, figures_of, folded
from agent.grounding.groups import Group, Known, known_from, sentences
from agent.tools.outcome import Outcome
from domain.dunning.guarding.amounts import readings
from domain.dunning.guarding.letters import disguises, plain

_LONGEST = 6_000
_QUOTES = re.compile(
    r"\b(?:says?|said|wrote|writes?|claims?|claimed|promis\w+|according to|reply|replied|states?|"
    r"stated|asks?|asked|mentions?|announces?|told|quote|schreib\w*|sagt\w*|écri\w*|dit|dice|"
    r"escrib\w*)\b|[\"“”«»]",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s|;\s|\s(?:and|while|but|whereas|und|et|y|während|mais|pero)\s", re.I)
_BOUND = re.compile(
    r"\b(?:over|more than|above|at least|past|beyond|exceed\w*|older than|mehr als|über|plus de|"
    r"más de|more|mais de|più di|meer dan)\b|[>+]",
    re.IGNORECASE,
)
_MOST = 8


def wrong_in(draft: str, outcomes: Sequence[Outcome], asked: str) -> tuple[str, ...]:
    """Everything a draft states that results do not; empty when it may be said.

    A refusal of a tool may be repeated word by word, and proves nothing else. `asked` is the
    person's own message: its bounds ("over 60 days") may be repeated, never as a
    fact about somebody. Figures stand with the customer or invoice that their sentence names.
    """
    if len(draft) > _LONGEST:
        return ("the answer is too long",)
    known = known_from(outcomes)
    own = figures_of(asked, names=known.names, codes=known.codes)
    words = frozenset(w for n in known.names for w in n.casefold().split())
    found = [f"it is disguised: {d}" for d in disguises(draft, words)]
    dated: set[str] = set()
    errors = {s.casefold() for o in outcomes if o.refused for s in sentences(plain(o.text))}
    pieces = [s for s in sentences(plain(draft)) if s.casefold() not in errors]
    for sentence in pieces:
        wrong, days = _of_sentence(sentence, known, own)
        found += wrong
        if days and not wrong:
            dated.add(sentence)
    done = {act.kind for o in outcomes for act in o.acts}
    told = " ".join(g.words for g in known.groups if not g.quoted)
    claimed = false_claims(pieces, done, told, dated=dated)
    found += [f'it tells as done what did not happen: "{s[:120]}"' for s in claimed]
    return tuple(dict.fromkeys(found))[:_MOST]


def _of_sentence(sentence: str, known: Known, own: Figures) -> tuple[list[str], bool]:
    """What is unfounded in a sentence, and whether it states a day.

    A sentence about several is judged clause by clause: each figure belongs to the one named last.
    """
    quotes = _QUOTES.search(sentence) is not None
    subjects: tuple[str, ...] = ()
    found: list[str] = []
    days = False
    for clause in clauses(sentence, known):
        subjects = known.subjects(clause) or subjects
        stated = figures_of(clause, names=known.names, codes=known.codes)
        days = days or bool(stated.days)
        bounded = own if _BOUND.search(clause) or not subjects else Figures()
        found += _unfounded(stated, subjects, known, own, bounded, quotes=quotes)
    return found, days


def clauses(sentence: str, known: Known) -> list[str]:
    """A sentence that names more than one customer or code, cut between them; else as it is."""
    if len(known.subjects(sentence)) < 2:
        return [sentence]
    names = [re.escape(name) for name in sorted(known.names, key=len, reverse=True)]
    whole = re.compile("|".join(names), re.IGNORECASE) if names else None
    kept = {m.start(): m.end() for m in whole.finditer(sentence)} if whole else {}
    cuts = [m for m in _BETWEEN.finditer(sentence)
            if not any(a < m.end() and m.start() < b for a, b in kept.items())]  # fmt: skip
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(sentence)]
    return [sentence[a:b] for a, b in zip(starts, ends, strict=True)]


def _unfounded(
    stated: Figures,
    subjects: Sequence[str],
    known: Known,
    own: Figures,
    bounds: Figures,
    *,
    quotes: bool,
) -> list[str]:
    open_ = [g for g in known.groups if quotes or not g.quoted]
    about = [g for g in open_ if any(s in g.words for s in subjects)] if subjects else open_
    found = [f"no result states {text}" for text in _amounts(stated, about, bounds)]
    found += [f"no result states {text}" for text in _bare(stated, about, bounds)]
    found += [f"no result states the day {text}" for text in _days(stated, about, bounds)]
    found += [f"no result states the number {text}" for text in _numbers(stated, about, bounds)]
    found += [f"no result names {code}" for code in _codes(stated, open_, own)]
    found += [f"no result states {share}" for share in stated.shares if share not in own.shares]
    return found + [f"no address may be given: {a}" for a in stated.addresses]


def _amounts(stated: Figures, groups: Sequence[Group], bounds: Figures) -> list[str]:
    facts = {m for g in groups for m in g.amounts}
    said = {text.casefold() for text, _ in bounds.amounts}
    meant_by_them = {m for _, meant in bounds.amounts for m in meant}
    return [
        text
        for text, meant in stated.amounts
        if not (meant & facts or meant & meant_by_them or text.casefold() in said)
    ]


def _bare(stated: Figures, groups: Sequence[Group], bounds: Figures) -> list[str]:
    """Amounts without a currency: the digits must be those of an amount that is known."""
    facts = {m for g in groups for m in g.amounts}
    return [
        number
        for number in stated.bare
        if number not in bounds.bare
        and not any(fact in readings(number, fact.currency) for fact in facts)
    ]


def _days(stated: Figures, groups: Sequence[Group], bounds: Figures) -> list[str]:
    facts = {d for g in groups for d in g.days}
    yearly = {pair for g in groups for pair in g.yearly}
    told = {reading for g in groups for reading in g.readings}
    said = {d.text.casefold() for d in bounds.days}
    return [
        d.text
        for d in stated.days
        if not d.among(facts)
        and d.text.casefold() not in said
        and not told & set(d.readings)
        and not any((month, day) in yearly for _, month, day in d.readings)
    ]


def _numbers(stated: Figures, groups: Sequence[Group], bounds: Figures) -> list[str]:
    facts = {n for g in groups for n in g.numbers}
    facts |= {n for _, n in bounds.numbers if n is not None}
    facts |= {d.year for g in groups for d in g.days}
    return [text for text, value in stated.numbers if value not in facts]


def _codes(stated: Figures, groups: Sequence[Group], own: Figures) -> list[str]:
    facts = {c for g in groups for c in g.codes} | set(own.codes)
    words = " ".join(g.words for g in groups)
    return [c for c in stated.codes if c not in facts and c not in folded(words)]
