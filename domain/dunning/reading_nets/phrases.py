"""Tables of phrases compiled to patterns.

A table maps a key to phrases parted by ";". In a phrase `{name}` stands for the words of that
name, `{{0,3}}` is a count, a word that ends in "*" may go on, "~" is a gap of up to 30 characters,
"~~" one of up to 80; `(a|b)` and `(a )?` mean what they do in a regular expression. Phrases of a
language without spaces are plain regular expressions. Gaps are bounded: any text is read in time
linear to its length.

Keys are intents, with a mark: "intent" is read wherever it stands, "intent?" only when nothing
else was, "intent-" says that the words only look like it, "intent!" stands against such words. A
key that begins with "_" is a feature of the sentence, "why.x" a reason, "doc.x" a document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"\{(\w+)\}")
_STOP = re.compile(r"(?<!\\)\.")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_ONWARD = re.compile(r"(?<=\w)(?<!\\\w)\*")
_ADDRESS = re.compile(r"\\S\+@(?!\\S)")
_GAPS = (("~~", r"\b.{0,80}?\b"), ("~", r"\b.{0,30}?\b"))


def folded(text: str) -> str:
    """Small letters without accents, as phrases are compared; other scripts stay as they are."""
    return "".join(map(_plain_letter, text.lower())).replace("ß", "ss")


def _plain_letter(char: str) -> str:
    if char.isascii():
        return char
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


@dataclass(frozen=True, slots=True)
class Table:
    """The phrases of one language, a pattern for each key, compiled when it is first needed."""

    language: str
    words: Mapping[str, str]
    phrases: Mapping[str, str]
    spaced: bool = True
    _compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def find(self, key: str, text: str) -> str:
        """The words of `text` (folded) that a key's phrases match; empty when none do."""
        pattern = self._pattern(key)
        match = pattern.search(text) if pattern else None
        return match[0] if match else ""

    def all(self, key: str, text: str) -> frozenset[str]:
        """The different words of `text` (folded) that a key's phrases match."""
        pattern = self._pattern(key)
        return frozenset(m[0] for m in pattern.finditer(text)) if pattern else frozenset()

    def _pattern(self, key: str) -> re.Pattern[str] | None:
        if key not in self._compiled and key in self.phrases:
            self._compiled[key] = _pattern(self.phrases[key], self.words, spaced=self.spaced)
        return self._compiled.get(key)


def together(*parts: Mapping[str, str]) -> dict[str, str]:
    """Tables of one language as one: a key that several of them have keeps the phrases of all."""
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: "; ".join(part[key] for part in parts if key in part) for key in keys}


def _pattern(text: str, words: Mapping[str, str], *, spaced: bool) -> re.Pattern[str]:
    whole = _NAME.sub(lambda name: f"(?:{_listed(words[name[1]])})", text)
    whole = _NAME.sub(lambda name: f"(?:{_listed(words[name[1]])})", whole)
    whole = "".join(map(_plain_letter, whole)).replace("ß", "ss")
    parts = [_expression(p, spaced=spaced) for p in re.split(r"[;\n]", whole) if p.strip()]
    joined = "|".join(dict.fromkeys(parts))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else f"(?:{joined})")


def _listed(words: str) -> str:
    return "|".join(word.strip() for word in re.split(r"[|\n]", words) if word.strip())


def _expression(phrase: str, *, spaced: bool) -> str:
    bare = " ".join(phrase.split())
    if not spaced:
        return _GROUP.sub("(?:", bare)
    bare = _GROUP.sub("(?:", _STOP.sub(r"\\.", bare))
    bare = (
        _ONWARD.sub(r"\\w*", bare)
        .replace("n't", r"\w{0,8}n't")
        .replace("{{", "{")
        .replace("}}", "}")
    )
    bare = _ADDRESS.sub(r"\\S+@\\S+", bare)
    bare = bare.replace(r"\S*", r"\S{0,30}").replace(r"\S+", r"\S{1,30}")
    for mark, gap in _GAPS:
        bare = bare.replace(f" {mark} ", gap).replace(mark, gap)
    return bare
