"""Evidence as people read it: the facts behind a proposal, each findable from where it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from domain.ledger.money import Money
from web.figures import plain_day
from web.phrases import rule, why_now
from web.words import human

_SHORTEST = 3
_MONEY = {"minor", "currency"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: how the page names it, what it says, and the ways a text may write it."""

    id: str
    label: str
    shown: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that belong together: one invoice, one contact."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is proposed and what it was proved against."""

    rule: str
    reasons: tuple[FactGroup, ...]
    facts: tuple[FactGroup, ...]

    def all(self) -> list[Fact]:
        return [fact for group in self.facts for fact in group.facts]


def evidence_of(because: Mapping[str, object], facts: Mapping[str, object]) -> Evidence:
    """The evidence of an effect: why, and for a mail the facts its text was proved against."""
    why = because.get("evidence")
    return Evidence(
        rule=rule(str(because.get("rule", ""))),
        reasons=tuple(_groups(why_now(why) if isinstance(why, Mapping) else {}, "why")),
        facts=tuple(_groups(facts, "fact")),
    )


def facts_of(facts: Mapping[str, object]) -> Evidence:
    """Facts alone, as a touchpoint keeps them."""
    return evidence_of({}, facts)


def _groups(value: Mapping[str, object], prefix: str) -> list[FactGroup]:
    """Leaves of the top level first, then one group for each object below it."""
    loose: list[Fact] = []
    groups: list[FactGroup] = []
    for name, part in value.items():
        _place(name, part, f"{prefix}-{len(groups)}-{len(loose)}", loose, groups)
    head = [FactGroup("", tuple(loose))] if loose else []
    return head + groups


def _place(name: str, part: object, key: str, loose: list[Fact], groups: list[FactGroup]) -> None:
    items = _objects(part)
    if items:
        for n, item in enumerate(items):
            title = str(item.get("number") or item.get("name") or f"{human(name)} {n + 1}")
            groups.append(FactGroup(title, tuple(_leaves(item, f"{key}-{n}"))))
    elif isinstance(part, Mapping) and set(part) != _MONEY:
        groups.append(FactGroup(human(name), tuple(_leaves(part, key))))
    else:
        loose.append(_fact(name, part, key))


def _objects(part: object) -> list[Mapping[str, object]]:
    """The objects of a list, or of an object whose values are all objects."""
    values = list(part.values()) if isinstance(part, Mapping) else part
    if not isinstance(values, list):
        return []
    found = [v for v in values if isinstance(v, Mapping) and set(v) != _MONEY]
    return found if len(found) == len(values) or isinstance(part, list) else []


def _leaves(value: Mapping[str, object], key: str) -> list[Fact]:
    value = _with_money(value)
    return [_fact(name, part, f"{key}-{n}") for n, (name, part) in enumerate(value.items())]


def _with_money(value: Mapping[str, object]) -> Mapping[str, object]:
    """`open_minor` and `currency` side by side are one amount, `open`."""
    currency = value.get("currency")
    minors = [name for name in value if name.endswith("_minor") and type(value[name]) is int]
    if not isinstance(currency, str) or not minors:
        return value
    told: dict[str, object] = {}
    for name, part in value.items():
        if name in minors:
            told[name.removesuffix("_minor")] = {"minor": part, "currency": currency}
        elif name != "currency":
            told[name] = part
    return told


def _fact(name: str, part: object, key: str) -> Fact:
    label = human(name.removesuffix("_on").removesuffix("_at"))
    if isinstance(part, Mapping) and set(part) == _MONEY:
        amount = Money(int(str(part["minor"])), str(part["currency"]))
        shown = str(amount)
        return Fact(key, label, shown, (shown, shown.split(" ")[0], amount.plain()))
    if isinstance(part, list):
        shown = ", ".join(str(item) for item in part) or "–"
        return Fact(key, label, shown, tuple(str(item) for item in part))
    text = _spoken(part)
    as_day = _day(text)
    if as_day is not None:
        return Fact(key, label, plain_day(as_day), (text, *_day_spellings(as_day)))
    return Fact(key, label, text or "–", (text,))


def _spoken(part: object) -> str:
    if part is None or part == "":
        return ""
    if isinstance(part, bool):
        return "yes" if part else "no"
    return str(part)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _day_spellings(day: date) -> tuple[str, ...]:
    month = day.strftime("%B")
    return (
        plain_day(day),
        f"{month} {day.day}, {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        day.strftime("%d.%m.%Y"),
        day.strftime("%d/%m/%Y"),
    )


def marked(text: str, evidence: Evidence) -> Markup:
    """`text` with every fact in it marked and pointing to the evidence it comes from."""
    sources: dict[str, str] = {}
    for fact in evidence.all():
        for spelling in fact.spellings:
            if len(spelling) >= _SHORTEST:
                sources.setdefault(spelling, fact.id)
    if not sources:
        return escape(text)
    longest_first = sorted(sources, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    parts: list[Markup] = []
    last = 0
    for match in pattern.finditer(text):
        parts.append(escape(text[last : match.start()]))
        mark = Markup('<mark tabindex="0" data-fact="{}">{}</mark>')
        parts.append(mark.format(sources[match.group()], match.group()))
        last = match.end()
    parts.append(escape(text[last:]))
    return Markup("").join(parts)
