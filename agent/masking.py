"""Names and addresses stay here: a model sees tokens, and what comes back is put in place again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_TOKEN = re.compile(r"\[(?:NAME|MAIL)-[A-Z]{1,3}\]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without names and addresses; `unmask` turns tokens back into them."""

    text: str
    tokens: tuple[tuple[str, str], ...] = ()

    def unmask(self, text: str) -> str:
        """`text` with the tokens of this mask put back; other tokens stay as they are."""
        known = dict(self.tokens)
        return _TOKEN.sub(lambda match: known.get(match[0], match[0]), text)


def mask(text: str, names: Iterable[str]) -> Masked:
    """Every mail address and every one of `names` as a token; the same words, the same token.

    A text that holds such a token by itself keeps it: nothing is put in its place.
    """
    tokens: dict[str, str] = {}
    taken = set(_TOKEN.findall(text))

    def hide(match: re.Match[str]) -> str:
        value = match[0]
        if value in taken:
            return value
        if value not in tokens:
            kind = "MAIL" if _ADDRESS.fullmatch(value) else "NAME"
            numbers = (f"[{kind}-{_letters(n)}]" for n in count(len(tokens)))
            tokens[value] = next(token for token in numbers if token not in taken)
            taken.add(tokens[value])
        return tokens[value]

    known = sorted({n.strip() for n in names if len(n.strip()) > 1}, key=len, reverse=True)
    parts = [_TOKEN.pattern, _ADDRESS.pattern, *(rf"(?<!\w){re.escape(n)}(?!\w)" for n in known)]
    hidden = re.sub("|".join(parts), hide, text, flags=re.IGNORECASE)
    return Masked(hidden, tuple((token, value) for value, token in tokens.items()))


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB: no digits, which a reader might take for figures."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
