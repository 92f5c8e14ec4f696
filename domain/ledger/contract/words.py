"""Numbers in words ("thirty", "one and one-half", "fifty thousand"), and whether figures agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_SMALL = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "ninty": 90,
}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "third": Fraction(1, 3),
    "quarters": Fraction(1, 4),
}
# Whole words only: compound German numbers beyond these are not read.
_FOREIGN = {
    "eins": 1,
    "ein": 1,
    "eine": 1,
    "einen": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "zwölf": 12,
    "vierzehn": 14,
    "fünfzehn": 15,
    "zwanzig": 20,
    "einundzwanzig": 21,
    "vierundzwanzig": 24,
    "dreißig": 30,
    "dreissig": 30,
    "sechsunddreißig": 36,
    "fünfundvierzig": 45,
    "sechzig": 60,
    "neunzig": 90,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "vingt": 20,
    "vingt-quatre": 24,
    "trente": 30,
    "trente-six": 36,
    "quarante-cinq": 45,
    "soixante": 60,
    "quatre-vingt-dix": 90,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "diez": 10,
    "doce": 12,
    "quince": 15,
    "veinte": 20,
    "veinticuatro": 24,
    "treinta": 30,
    "sesenta": 60,
    "noventa": 90,
}
_JOINING = frozenset({"and", "a", "hundred", *_SCALES, *_SMALL, *_PARTS})
_UNITS = frozenset(
    {"u.s", "us", "united", "states", "dollars", "dollar", "usd", "euros", "euro", "eur", "pounds"}
    | {"sterling", "gbp", "british", "canadian", "percent", "cents", "no/100", "00/100"}
    | {"calendar", "business"}
)
_WORD = re.compile(r"[a-zäöüßéèñ./0-9]+", re.IGNORECASE)
_FIGURE = re.compile(
    r"\(\s*(?:(?:US|U\.S\.|C|A)\s?)?(?:USD|EUR|GBP|CHF|CAD|AUD|[$€£])?\s*"
    r"(?P<figure>\d[\d,.]*(?:\s?\d/\d|\s?½|\s\d)?)\s*(?:%|percent|USD|EUR|GBP|€)?\s*\)"
)
_SPELLED = re.compile(r"(?<![\w.,$€£])(?P<figure>\d[\d,.]*)%?\s?\((?P<words>[A-Za-z][a-zA-Z -]+)\)")
_BEFORE = 160


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number whose words and figures differ. `quote` holds both."""

    quote: str
    start: int


def words_value(text: str) -> Fraction | None:
    """The number that `text` spells, all of it; None when it is not one."""
    plain = text.strip().casefold()
    if plain in _FOREIGN:
        return Fraction(_FOREIGN[plain])
    words = plain.replace("-", " ").split()
    return _value(words) if words and all(word in _JOINING for word in words) else None


def _value(words: list[str]) -> Fraction | None:
    total = group = Fraction(0)
    seen = False
    for word, before in zip(words, ["", *words], strict=False):
        if word in _PARTS:
            fraction = _PARTS[word]
            counted = _SMALL.get(before, 0)
            group = group - counted + (counted or 1) * fraction
            seen = True
        elif word == "hundred":
            group = (group or Fraction(1)) * 100
            seen = True
        elif word in _SCALES:
            total += (group or Fraction(1)) * _SCALES[word]
            group, seen = Fraction(0), True
        elif word in _SMALL:
            group += _SMALL[word]
            seen = True
    return total + group if seen else None


def disagreements(text: str) -> Iterator[Disagreement]:
    """Every number written both ways where the two differ."""
    for match in _FIGURE.finditer(text):
        start, spelled = _spelled_before(text, match.start())
        if spelled is not None and figure_value(match["figure"]) != spelled:
            yield Disagreement(text[start : match.end()], start)
    for match in _SPELLED.finditer(text):
        spelled = words_value(match["words"])
        if spelled is not None and figure_value(match["figure"]) not in {spelled, None}:
            yield Disagreement(match[0], match.start())


def figure_value(text: str) -> Fraction | None:
    """A figure with grouping in thousands ("1,500.00", "1.5", "1 1/2"); None if it is none."""
    whole = re.fullmatch(r"(\d+)\s+(\d)/(\d)", text.replace("½", " 1/2").strip())
    if whole and whole[3] != "0":
        return int(whole[1]) + Fraction(int(whole[2]), int(whole[3]))
    cleaned = text.strip(" .,")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", cleaned):
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", cleaned):
        cleaned = cleaned.replace(",", ".")
    return Fraction(cleaned) if re.fullmatch(r"\d+(?:\.\d+)?", cleaned) else None


def _spelled_before(text: str, end: int) -> tuple[int, Fraction | None]:
    """Where the number words that end at `end` begin, and what they say."""
    window = text[max(0, end - _BEFORE) : end]
    base = end - len(window)
    words = [(m[0].casefold().rstrip("."), m.start()) for m in _WORD.finditer(window)]
    while words and words[-1][0] in _UNITS:
        words.pop()
    run: list[tuple[str, int]] = []
    while words and (words[-1][0] in _JOINING or (not run and words[-1][0] in _FOREIGN)):
        run.insert(0, words.pop())
    while run and run[0][0] in {"and", "a"}:
        run.pop(0)
    if not run:
        return end, None
    spelled = [word for word, _ in run]
    if len(spelled) == 1 and spelled[0] in _FOREIGN and spelled[0] not in _JOINING:
        return base + run[0][1], Fraction(_FOREIGN[spelled[0]])
    return base + run[0][1], _value(spelled)
