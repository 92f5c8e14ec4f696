"""Amounts and document numbers as people write them: what they may mean, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent

_CODES = (
    "USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|SGD|HKD|CNY|INR|KRW|BRL|MXN|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY"
    "|ILS|ZAR|THB|IDR|MYR|PHP|VND|TWD|AED|SAR|QAR|KWD|BHD|OMR|JOD|TND|EGP|NGN|KES|CLP|COP|ARS|PEN"
    "|UYU|UAH|ISK|XAF|XOF"
)
_SIGNS = rf"(?:US\$|C\$|A\$|NZ\$|HK\$|S\$|R\$|[$€£¥₹₩]|(?<![A-Za-z])(?:{_CODES})(?![A-Za-z]))"
_GROUPED_BY_COMMA = r"\d{1,3}(?:[,' ]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+"
_GROUPED_BY_POINT = r"\d{1,3}(?:[.' ]\d{3})+|\d+"
_WRITTEN = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>-)?\s*(?:{_SIGNS})?\s*(?P<minus2>-)?\s*"
    rf"(?P<number>[\d.,' ]*\d)\s*(?:{_SIGNS})?\s*(?P<after>-|CR)?\s*(?P<close>\))?"
)
_NUMBER = r"(?:\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d{1,4})?)"
_IN_TEXT = re.compile(
    rf"(?<![\w.,/-])(?P<whole>-?(?:(?P<before>{_SIGNS})\s?)?-?(?P<number>{_NUMBER})"
    rf"(?:\s?(?P<after>{_SIGNS}))?)(?![\w%])(?![.,/-]\d)"
)
_PIECE = re.compile(r"[A-Z0-9]+")
_TOKEN = re.compile(r"[^\W_](?:[\w/._#-]{0,38}[^\W_])?")
_LONGEST_AMOUNT, _LONGEST_TEXT, _MOST_TOKENS = 40, 100_000, 4_000
_LONGEST_LINE, _MOST_BELOW = 3_000, 300
_SHORTEST_NUMBER = 3
_SENTENCE_END = re.compile(r"(?<=[\w)€$£%][.!?;])[ ]+(?=[^\W\d_a-z])")


class DecimalMark(StrEnum):
    """What stands between whole units and fractions."""

    POINT = "."
    COMMA = ","


_FORMS = {
    DecimalMark.POINT: re.compile(rf"(?P<whole>{_GROUPED_BY_COMMA})?(?:\.(?P<part>\d+))?"),
    DecimalMark.COMMA: re.compile(rf"(?P<whole>{_GROUPED_BY_POINT})?(?:,(?P<part>\d+))?"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a text: its bounds and its letters."""

    start: int
    end: int
    text: str


def amount_readings(text: str, currency: str) -> Mapping[DecimalMark, Money]:
    """What an amount may mean, by its decimal mark; empty when it is none.

    A leading or trailing minus, brackets and CR make it negative.
    """
    cleaned = _plain(text).strip()
    match = _WRITTEN.fullmatch(cleaned) if len(cleaned) <= _LONGEST_AMOUNT else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return {}
    negative = bool(match["open"] or match["minus"] or match["minus2"] or match["after"])
    found: dict[DecimalMark, Money] = {}
    for mark, form in _FORMS.items():
        value = _read(form.fullmatch(match["number"].strip()), currency)
        if value is not None:
            found[mark] = -value if negative else value
    return found


def one_amount(text: str, currency: str, mark: DecimalMark | None = None) -> Money | None:
    """The amount if it can mean only one thing, or the one that `mark` gives it."""
    found = amount_readings(text, currency)
    if mark is not None:
        return found.get(mark)
    values = set(found.values())
    return values.pop() if len(values) == 1 else None


def shared_mark(texts: Iterable[str], currency: str) -> DecimalMark | None:
    """The decimal mark under which all amounts can be read; None if none or both differ."""
    read = [amount_readings(text, currency) for text in texts]
    usable = [mark for mark in DecimalMark if all(mark in one for one in read)]
    if len(usable) == 2 and any(one[usable[0]] != one[usable[1]] for one in read):
        return None
    return usable[0] if usable else None


def _read(match: re.Match[str] | None, currency: str) -> Money | None:
    """A number whose fraction fits the currency; zeros beyond it only as machines write them."""
    if match is None or not (match["whole"] or match["part"]):
        return None
    part, digits = match["part"] or "", exponent(currency)
    beyond = len(part) > digits
    if beyond and (part[digits:].strip("0") or len(part) == 3):
        return None
    whole = re.sub(r"\D", "", match["whole"] or "0")
    try:
        return Money.parse(f"{whole}.{part[:digits] or '0'}", currency)
    except LedgerError:
        return None


def _plain(text: str) -> str:
    """Dashes, quotes and blanks made one kind each, position by position."""
    return text.translate(_ALIKE)


_ALIKE = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"}
)


def amounts_in(text: str) -> tuple[Span, ...]:
    """Passages that are written like money: with a sign or code, or with a fraction."""
    found: list[Span] = []
    for match in _IN_TEXT.finditer(_plain(text[:_LONGEST_TEXT])):
        signed = match["before"] or match["after"]
        if signed or re.search(r"[.,]\d{2,3}$", match["number"]):
            found.append(Span(match.start("whole"), match.end("whole"), match["whole"]))
    return tuple(found)


def folded_number(text: str) -> str:
    """A document number as it is compared: upper case, letters and digits only."""
    return "".join(_PIECE.findall(unicodedata.normalize("NFKC", text).upper()))


def candidates_in(text: str) -> tuple[str, ...]:
    """Everything in a text that could be a document number, folded, without repeats."""
    return tuple(dict.fromkeys(folded_number(span.text) for span in _tokens(text)))


def numbers_in(text: str, known: frozenset[str]) -> tuple[Span, ...]:
    """Where known document numbers stand as whole words; the longer of two that overlap.

    `known` are folded numbers.
    """
    hits = [span for span in _tokens(text) if folded_number(span.text) in known]
    hits.sort(key=lambda span: (span.start - span.end, span.start))
    kept: list[Span] = []
    for span in hits:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _tokens(text: str) -> list[Span]:
    """Words with a digit, also a word of letters with the number after it ("INV 1001")."""
    words: list[Span] = []
    for match in _TOKEN.finditer(text[:_LONGEST_TEXT]):
        words.append(Span(match.start(), match.end(), match[0]))
        if len(words) == _MOST_TOKENS:
            break
    pairs = [
        Span(one.start, two.end, text[one.start : two.end])
        for one, two in pairwise(words)
        if one.text.isalpha() and re.fullmatch(r"[ #:.]{1,3}", text[one.end : two.start])
    ]
    return [s for s in (*words, *pairs) if _numberlike(s.text)]


def _numberlike(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(folded_number(text)) >= _SHORTEST_NUMBER


@dataclass(frozen=True, slots=True)
class Zone:
    """A document number in a text, and the amounts that can only belong to it."""

    number: Span
    amounts: tuple[Span, ...]


def zones(text: str, known: frozenset[str]) -> tuple[Zone, ...]:
    """Each known number with its amounts, sentence by sentence.

    With several numbers in a sentence, amounts belong to the number before them, or throughout the
    sentence to the number after them; one that allows both readings, or leaves a number without
    an amount, gives none. Where no number has an amount in its line, the line below may tell it.
    Lines of thousands of letters are not read.
    """
    found: list[Zone] = []
    for start, line in _sentences(text[:_LONGEST_TEXT]):
        ours = numbers_in(line, known) if len(line) <= _LONGEST_LINE else ()
        numbers = _with_strangers(line, ours) if ours else ()
        taken = [(n.start, n.end) for n in numbers]
        amounts = [a for a in amounts_in(line) if all(a.end <= s or e <= a.start for s, e in taken)]
        for number, own in _paired(numbers, amounts) if ours else ():
            if number in ours:
                moved = tuple(_moved(amount, start) for amount in own)
                found.append(Zone(_moved(number, start), moved))
    return tuple(found if any(zone.amounts for zone in found) else _below(text, found))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of each line with where they start."""
    start = 0
    for line in text.splitlines(keepends=True):
        cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(line)), len(line)]
        for low, high in pairwise(cuts):
            yield start + low, line[low:high]
        start += len(line)


def _below(text: str, places: Sequence[Zone]) -> list[Zone]:
    """Each number with the one amount of the line below it, if every number has such a line."""
    found: list[Zone] = []
    for place in places if len(places) <= _MOST_BELOW else ():
        low = text.find("\n", place.number.end) + 1
        high = text.find("\n", low) if low else -1
        line = text[low : high if high >= 0 else len(text)] if low else ""
        amounts = amounts_in(line)
        if len(amounts) != 1 or any(low <= p.number.start < low + len(line) for p in places):
            return list(places)
        found.append(Zone(place.number, (_moved(amounts[0], low),)))
    return found or list(places)


def _with_strangers(line: str, ours: Sequence[Span]) -> tuple[Span, ...]:
    """With words that are written like the numbers: an amount beside one is not another's."""
    shapes = {_shape(span.text) for span in ours}
    strangers = [
        span
        for span in _tokens(line)
        if _shape(span.text) in shapes
        and all(span.end <= one.start or one.end <= span.start for one in ours)
    ]
    return tuple(sorted((*ours, *strangers), key=lambda span: span.start))


def _shape(text: str) -> str:
    return re.sub(r"[A-Z]+", "A", re.sub(r"\d", "9", text.upper()))


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset, span.text)


def _paired(
    numbers: Sequence[Span], amounts: Sequence[Span]
) -> list[tuple[Span, tuple[Span, ...]]]:
    if len(numbers) < 2:
        return [(number, tuple(amounts)) for number in numbers]
    first, last = numbers[0].start, numbers[-1].start
    before = any(a.start < first for a in amounts)
    after = any(a.start > last for a in amounts)
    if before == after:
        return [(number, ()) for number in numbers]
    pairs: list[tuple[Span, tuple[Span, ...]]] = []
    for at, number in enumerate(numbers):
        low = numbers[at - 1].start if at else -1
        high = numbers[at + 1].start if at + 1 < len(numbers) else len(numbers) + 10**9
        low, high = (low, number.start) if before else (number.start, high)
        pairs.append((number, tuple(a for a in amounts if low < a.start < high)))
    if not all(own for _, own in pairs):
        return [(number, ()) for number in numbers]
    return pairs


_BY_SIGN = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "US$": "USD", "C$": "CAD"}
_BY_SIGN |= {"A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL"}
_SHARED = {
    "$": frozenset(("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "CLP", "COP", "ARS", "TWD")),
    "¥": frozenset(("JPY", "CNY")),
}
_SIGN = re.compile(_SIGNS)


def currency_in(texts: Iterable[str], expected: str) -> str:
    """The currency that amounts are written in: `expected` where they do not say.

    Empty when they contradict each other, or carry a sign that `expected` does not go by.
    """
    marks = {mark.strip() for text in texts for mark in _SIGN.findall(_plain(text))} - {"CR"}
    named = {_BY_SIGN.get(mark, mark) for mark in marks if mark not in _SHARED}
    if len(named) > 1:
        return ""
    code = next(iter(named), expected)
    fits = all(code in _SHARED[mark] for mark in marks if mark in _SHARED)
    return code if fits else ""
