"""Characters: bring a text to plain form and name every disguise found on the way."""

from __future__ import annotations

import re
import unicodedata

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
_LOOKALIKE_NUMBER = re.compile(
    r"(?<![\w.,])(?=[\w.,|]*\d)(?=[\d.,]*[OoIlSBZ|])[\dOoIlSBZ|]+(?:[.,][\dOoIlSBZ|]+)*"
    r"[.,][\dOoIlSBZ|]{2,3}(?![\w])"
)
# Japanese sets no space between a number and the letters beside it. Signs that are digits, and the
# long sound that looks like a dash, still belong to the number.
BESIDE = "ぁ-ゖァ-ヺ㐀-鿿"
_DIGIT_SIGNS = "一二三四五六七八九十百千万億兆零壱弐参〇ー"
STARTS = rf"(?-i:(?<![^\W{BESIDE}])(?<![{_DIGIT_SIGNS}]))"
_LETTER = re.compile(f"(?![{_DIGIT_SIGNS}])[{BESIDE}]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹘﹣－", "-"))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


def plain(text: str) -> str:
    """The text as a reader takes it: compatibility forms folded, invisible characters gone."""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES))
    kept = (_plain_char(char) for char in folded)
    return "".join(kept).translate(_DASHES).translate(_QUOTES)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit of the same word stands beside a place."""
    return not any(
        (sign.isalnum() or sign == "_") and not _LETTER.match(sign)
        for sign in (text[start - 1 : start], text[end : end + 1])
    )


def disguises(text: str, known: frozenset[str]) -> list[str]:
    """What in `text` is written to be read differently by people and machines.

    `known` are words of the facts (casefolded), whose scripts are the customer's own business.
    """
    found = [f"character {_named(char)}" for char in _odd_characters(text)]
    for token in re.findall(r"\S+", text):
        word = token.strip(".,;:!?()[]{}<>\"'").casefold()
        if word not in known and _mixed(token):
            found.append(f"letters of two scripts in {token[:40]!r}")
    found += [f"letters for digits in {m[0][:40]!r}" for m in _LOOKALIKE_NUMBER.finditer(text)]
    return found


def _plain_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me") or (category == "Cc" and char not in "\n\t\r"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return " " if category == "Zs" else char


def _odd_characters(text: str) -> list[str]:
    odd: list[str] = []
    for index, char in enumerate(text):
        if char.isascii():
            if ord(char) < 32 and char not in "\n\t\r":
                odd.append(char)
            continue
        before = text[index - 1] if index else " "
        if _is_odd(char, before, text[index + 1 : index + 2]):
            odd.append(char)
    return odd


def _is_odd(char: str, before: str, after: str) -> bool:
    category = unicodedata.category(char)
    if category in ("Nd", "No", "Nl", "Co", "Cn"):
        return True
    if category == "Cf":
        return before.isalnum() or after.isalnum() or unicodedata.bidirectional(char) not in ("BN",)
    return category in ("Mn", "Me") and (before.isdigit() or category == "Me")


def _mixed(token: str) -> bool:
    scripts = {s for s in map(_script, token) if s}
    foreign = scripts - {"LATIN"}
    return len(scripts) > 1 or (bool(foreign) and any(c.isdigit() for c in token))


def _script(char: str) -> str:
    if char.isascii():
        return "LATIN" if char.isalpha() else ""
    name = unicodedata.name(char, "")
    return next((s for s in _SCRIPTS if name.startswith(s)), "")


def _named(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, 'without a name')}"
