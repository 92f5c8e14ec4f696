"""Values of terms as programs need them, read from the words of the contract alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.ledger.contract.amounts import CODES, Writing, find_amounts
from domain.ledger.contract.days import first_day
from domain.ledger.contract.percents import percent
from domain.ledger.contract.phrases import COUNTS_FROM, FREQUENCY, TIMING
from domain.ledger.contract.prices import read_discount, read_fee, read_milestone, single_amount
from domain.ledger.contract.terms import LateFee, Normal, TermName
from domain.ledger.contract.words import figure_value, words_value

_LONGEST_NAME = 160
_COUNT = re.compile(r"\(?\s*(\d[\d.,]*)\s*\)?")
_SPELLED = re.compile(r"[A-Za-zÀ-ÿ]+(?:[- ][A-Za-zÀ-ÿ]+){0,3}")
_YEARS = re.compile(r"\b(?:years?|jahre?n?|ans?\b|années?|años?|anniversar)", re.IGNORECASE)
_EVERY_YEAR = re.compile(r"\b(?:an?|each|per|every|annual|jedes) (?!half)\w*\s?year", re.IGNORECASE)
_MONTHS = re.compile(r"\b(?:months?|monate?n?|mois|mes(?:es)?)\b", re.IGNORECASE)
_WEEKS = re.compile(r"\b(?:weeks?|wochen?|semaines?|semanas?)\b", re.IGNORECASE)
_DAYS = re.compile(r"\b(?:days?|tage?n?|jours?|días?)\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"upon receipt|immediately|sofort", re.IGNORECASE)
_TIMES = re.compile(rf"{_YEARS.pattern}|{_MONTHS.pattern}", re.IGNORECASE)
_AND = re.compile(r"^\s*(?:,|and\b|plus\b|und\b|et\b|y\b)+", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}
_NOT_AUTOMATIC = re.compile(
    r"\bonly (?:up)?on|mutual|may (?:be )?renew|option to renew|agree|nicht automatisch|"
    r"not (?:automatically )?(?:be )?renew",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|that certain|zum|au|der|al) ", re.IGNORECASE)
_STATES = (
    (re.compile(r"/s/|^signed$|docusigned|electronically signed", re.IGNORECASE), "signed"),
    (re.compile(r"_{3,}|unsigned|\bform of\b", re.IGNORECASE), "unsigned"),
)
_PER = (
    (re.compile(r"month|monat|mois|mes\b", re.IGNORECASE), "month"),
    (re.compile(r"annum|annual|year|p\.\s?a\.|jahr|par an\b|año|anual", re.IGNORECASE), "year"),
    (re.compile(r"per day|daily|each day|pro tag|par jour|por día", re.IGNORECASE), "day"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A value with the quotation it stands in, and how this contract writes amounts."""

    value: str
    quote: str
    writing: Writing


def normalize(name: TermName, passage: Passage) -> Normal | None:
    """The value for programs; None when its words do not say one."""
    return _READERS[name](passage)


def _text(passage: Passage) -> Normal | None:
    cleaned = " ".join(passage.value.split()).strip(' ,;:."“”') if passage.value else ""
    return cleaned[:500] or None


def _party(passage: Passage) -> Normal | None:
    cleaned = " ".join(passage.value.split()).strip(' ,;:"“”*|')
    if not 2 < len(cleaned) <= _LONGEST_NAME or re.search(r"_{2,}|\[", cleaned):
        return None
    return cleaned if re.search(r"[A-ZÀ-Þ0-9]", cleaned) else None


def _on(passage: Passage) -> Normal | None:
    return first_day(passage.value)


def count(text: str) -> int | None:
    """A whole number in figures, else in words; None when it is not one."""
    figure = _COUNT.search(text)
    if figure:
        value = figure_value(figure[1])
        return value.numerator if value is not None and value.denominator == 1 else None
    for match in _SPELLED.finditer(text):
        words = re.split(r"[- ]", match[0])
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                spelled = words_value(" ".join(words[start : start + size]))
                if spelled is not None:
                    return spelled.numerator if spelled.denominator == 1 else None
    return next((n for word, n in _ORDINALS.items() if word in text.casefold()), None)


def _months(passage: Passage) -> int | None:
    """Months of "three (3) years", "36 months", "one year", "an annual term"."""
    if _YEARS.search(passage.value) and _MONTHS.search(passage.value):
        return _years_and_months(passage.value)
    number = count(passage.value)
    if _MONTHS.search(passage.value):
        return number
    if _YEARS.search(passage.value):
        one = number is None and _EVERY_YEAR.search(passage.value)
        return 12 if one else number * 12 if number is not None else None
    if re.search(r"quarter", passage.value, re.IGNORECASE):
        return 3
    if re.search(r"monthly", passage.value, re.IGNORECASE):
        return 1
    yearly = re.search(r"annual|yearly|year to year|jährlich", passage.value, re.IGNORECASE)
    return 12 if yearly else None


def _years_and_months(text: str) -> int | None:
    """The first length told, with a second that is added to it: "two years and six (6) months"."""
    months: int | None = None
    place = 0
    for unit in _TIMES.finditer(text):
        words, place = text[place : unit.start()], unit.end()
        number = count(words)
        if number is None:
            continue
        length = number if _MONTHS.fullmatch(unit[0]) else 12 * number
        if months is not None:
            return months + length if _added(words) else months
        months = length
    return months


def _added(words: str) -> bool:
    """Whether nothing but a joining word and a number stands between two lengths."""
    rest, joined = _AND.subn("", words)
    plain = re.sub(r"\(\s*\d+\s*\)", "", rest).strip()
    return bool(joined) and (plain.isdecimal() or words_value(plain) is not None)


def _term(passage: Passage) -> Normal | None:
    if re.search(r"perpetual|unbefristet|perpétuelle|perpetuidad", passage.value, re.IGNORECASE):
        return "perpetual"
    return _months(passage)


def _days(passage: Passage) -> Normal | None:
    counted = ((_DAYS, 1), (_WEEKS, 7), (_MONTHS, 30))
    each = next((days for unit, days in counted if unit.search(passage.value)), None)
    if each is None and _AT_ONCE.search(passage.value):
        return 0
    number = count(passage.value)
    return number * (each or 1) if number is not None else None


def _renewal(passage: Passage) -> Normal | None:
    return not _NOT_AUTOMATIC.search(passage.value)


def _late_fee(passage: Passage) -> Normal | None:
    rate = percent(passage.value)
    per = next((meaning for p, meaning in _PER if p.search(passage.value)), None)
    if rate is not None:
        known = {"month": LateFee(rate, "month"), "year": LateFee(rate, "year")}
        return known.get(per or "", LateFee(rate, "day" if per == "day" else "once"))
    amount = single_amount(passage.value, passage.writing)
    return LateFee(amount=amount.money, per="once") if amount else None


def _currency(passage: Passage) -> Normal | None:
    code = re.search(rf"\b({'|'.join(CODES)})\b", passage.value)
    if code:
        return code[1]
    found = next(find_amounts(f"1 {passage.value}", passage.writing), None)
    found = found or next(find_amounts(passage.value, passage.writing), None)
    return found.money.currency if found else None


def _total(passage: Passage) -> Normal | None:
    found = single_amount(passage.value, passage.writing)
    return found.money if found and found.price_units == 1 else None


def _tax(passage: Passage) -> Normal | None:
    inclusive = re.search(
        r"inclusive of|includ(?:e|es|ing)\b|inkl|TTC|incluid", passage.value, re.IGNORECASE
    )
    exclusive = re.search(
        r"exclu|plus|do(?:es)? not include|zzgl|zuzüglich|netto|hors|\bHT\b|más|in addition|"
        r"responsible for|shall (?:pay|bear)|will (?:pay|be added)|added|shall be paid|borne by",
        passage.value,
        re.IGNORECASE,
    )
    if exclusive:
        return "exclusive"
    return "inclusive" if inclusive else None


def _po(passage: Passage) -> Normal | None:
    return not re.search(
        r"\bnot\b|no purchase order|without|regardless|irrespective", passage.value, re.IGNORECASE
    )


def _signature(passage: Passage) -> Normal | None:
    states = {meaning for p, meaning in _STATES if p.search(passage.value)}
    if len(states) == 2:
        return "partly_signed"
    return next(iter(states), None)


def _kind(passage: Passage) -> Normal | None:
    text = passage.value.casefold()
    if re.search(r"renew|verlängerung|renouvell|renovaci", text):
        return "renewal"
    if re.search(r"amend|addend|nachtrag|änderung|avenant|modificaci|enmienda", text):
        return "amendment"
    return "new"


def _timing(passage: Passage) -> Normal | None:
    return TIMING.first(passage.value)


def _fee(passage: Passage) -> Normal | None:
    return read_fee(passage.value, passage.quote, passage.writing)


def _milestone(passage: Passage) -> Normal | None:
    return read_milestone(passage.value, passage.writing)


def _discount(passage: Passage) -> Normal | None:
    return read_discount(passage.value, passage.writing)


_READERS: dict[TermName, Callable[[Passage], Normal | None]] = {
    "kind": _kind,
    "amends": lambda passage: _ARTICLE.sub("", passage.value),
    "amends_on": _on,
    "vendor": _party,
    "customer": _party,
    "signature": _signature,
    "agreement_on": _on,
    "effective_on": _on,
    "starts_on": _on,
    "ends_on": _on,
    "term": _term,
    "renewal": _renewal,
    "renewal_months": _months,
    "renewal_notice_days": _days,
    "renewal_price_cap": lambda passage: percent(passage.value),
    "fee": _fee,
    "total": _total,
    "currency": _currency,
    "billing_frequency": lambda passage: FREQUENCY.first(passage.value),
    "billing_timing": _timing,
    "milestone": _milestone,
    "payment_days": _days,
    "payment_from": lambda passage: COUNTS_FROM.first(passage.value),
    "po": _po,
    "po_number": _text,
    "tax": _tax,
    "late_fee": _late_fee,
    "late_fee_grace_days": _days,
    "discount": _discount,
    "bill_to": _text,
    "acceptance": _text,
    "non_cash": _text,
    "governing_law": _text,
}
