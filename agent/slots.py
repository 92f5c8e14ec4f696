"""Slots: a model writes {{amount:INV-1}}, code puts the figure there.

What a model writes by itself holds no digit: a figure that is not a slot is refused, and so is a
slot that no fact fills. Names are slots too, so a prompt need not hold them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.dunning.facts import Part, Violation, ViolationKind

_MOST_TOLD = 5
_SLOT = re.compile(r"\{\{\s*([a-z]{2,12}(?:\s*:\s*[^{}\n]{1,80}?)?)\s*\}\}")


def fill(text: str, values: Mapping[str, str]) -> str | tuple[Violation, ...]:
    """The draft with its slots filled, or everything that is wrong with it."""
    unknown = [match[0] for match in _SLOT.finditer(text) if _name(match) not in values]
    rest = _SLOT.sub(" ", text)
    found = [_blame(ViolationKind.SLOT, f"there is no slot {slot}") for slot in unknown]
    if re.search(r"[{}]", rest):
        found.append(_blame(ViolationKind.SLOT, "a brace that belongs to no slot"))
    digits = re.findall(r"\S*\d\S*", rest)[:_MOST_TOLD]
    found += [_blame(ViolationKind.NUMBER, f"{text} is written out: use a slot") for text in digits]
    if found:
        return tuple(found)
    return _SLOT.sub(lambda match: values[_name(match)], text)


def _name(match: re.Match[str]) -> str:
    kind, colon, key = match[1].partition(":")
    return f"{kind.strip()}{colon}{' '.join(key.split())}"


def _blame(kind: ViolationKind, detail: str) -> Violation:
    return Violation(kind, detail[:160], Part.TEXT)
