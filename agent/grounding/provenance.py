"""Where a call's arguments come from: from the person's words, or they are not taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from agent.grounding.figures import folded
from agent.grounding.groups import Known
from agent.spoken.amounts import CURRENCY, currency_named, money_said, spoken_amounts
from agent.spoken.days import DAY, days_meant
from agent.tools.calling import Origin, Tool
from domain.matching.names import words_of


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: the message, whom the thread is about, what reads have shown, and the
    arguments of the question before, which a narrower one may keep."""

    text: str
    today: date
    about: tuple[str, ...] = ()
    shown: Known = field(default_factory=Known)
    earlier: Mapping[str, object] = field(default_factory=dict)


def invented(tool: Tool, arguments: Mapping[str, object], said: Said) -> list[str]:
    """The names of arguments whose value nobody said.

    An act takes nothing from results: what a stranger wrote must not become an argument.
    """
    origins = tool.origins()
    return [
        name
        for name, value in arguments.items()
        if value not in ("", 0, None)
        and (tool.acts or str(said.earlier.get(name, "")) != str(value))
        and not _was_said(origins.get(name, ""), str(value), said, acts=tool.acts)
    ]


def _was_said(origin: str, value: str, said: Said, *, acts: bool) -> bool:
    match origin:
        case Origin.NAME:
            return _name(value, said, acts=acts)
        case Origin.INVOICE:
            return _invoice(value, said, acts=acts)
        case Origin.AMOUNT:
            return _amount(value, said.text)
        case Origin.CURRENCY:
            return currency_named(value) in {
                currency_named(m[0]) for m in CURRENCY.finditer(said.text)
            }
        case Origin.COUNT:
            return value in re.findall(r"\d+", said.text)
        case Origin.DAY:
            return _day(value, said)
        case Origin.WORDS:
            return _words(value) <= _words(said.text)
        case Origin.FREE:
            return True
        case _:
            return False


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'-]+", text.casefold()))


def _name(value: str, said: Said, *, acts: bool) -> bool:
    wanted = set(words_of(value))
    sources: Sequence[str] = (said.text, *said.about, *(() if acts else said.shown.names))
    return any(wanted and wanted <= set(words_of(source)) for source in _wide(sources))


def _wide(sources: Sequence[str]) -> Sequence[str]:
    """Names are compared word by word; a long message in pieces, for names are cut at 200."""
    return [piece for s in sources for piece in (s, *re.findall(r"(?s).{1,150}", s))]


def _invoice(value: str, said: Said, *, acts: bool) -> bool:
    code = folded(value)
    sources = (said.text, *said.about, *(() if acts else said.shown.codes))
    return len(code) > 2 and any(code in folded(source) for source in sources)


def _amount(value: str, text: str) -> bool:
    wanted = money_said(value, "USD")
    if wanted is None:
        return False
    for said in spoken_amounts(text):
        known = money_said(said.text, "USD")
        if known is None or known.minor != wanted.minor:
            continue
        if known.currency == wanted.currency or not spoken_amounts(value)[0].currency:
            return True
    return False


def _day(value: str, said: Said) -> bool:
    if value.casefold() in said.text.casefold():
        return True
    meant = set(days_meant(value, said.today)) | set(days_meant(value, said.today, past=True))
    known = {
        day
        for match in DAY.finditer(said.text)
        for past in (False, True)
        for day in days_meant(match[0], said.today, past=past)
    }
    return bool(meant) and meant <= known
