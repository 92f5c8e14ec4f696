"""Advices in words: tables, lists and sentences of mails and documents, read by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.receipt import RemittanceRow
from domain.matching.written import (
    DecimalMark,
    Span,
    Zone,
    amounts_in,
    currency_in,
    folded_number,
    numbers_in,
    one_amount,
    shared_mark,
    zones,
)
from sources.arrived import RefusedFile
from sources.remittance.days import read_day
from sources.remittance.grid import Layout, Line, facts_of, find_headings, read_grid
from sources.remittance.headings import Column, is_total
from sources.remittance.reading import (
    LONGEST_REFERENCE,
    MOST_ROWS,
    NeedsCurrency,
    Outcome,
    ReadAdvices,
    advice_key,
    summed,
    total_problem,
)
from sources.remittance.rf import compacted

SOURCE = "rules"
LONGEST_TEXT = 100_000
_MOST_LINES = 5_000
_CELL = re.compile(r"\S+(?: \S+)*")
_MOST_CELLS, _LONGEST_CLAUSE = 100, 160
_TOTAL = re.compile(
    r"\b(?:total(?:ling|ing)?|sum|altogether|in all|(?:wire|payment|transfer|check|cheque|ach|eft)"
    r" (?:of|for|over)|gesamt\w*|summe|insgesamt|zahlung (?:von|über)|überweisung (?:von|über)"
    r"|überwiesen|montant total|virement de|paiement de|importe total|transferencia de|pago de"
    r"|totale|bonifico di|totaal|amounting to)\b",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"\b(?:discount|skonto\w*|escompte|descuento|pronto pago|sconto|korting|desconto"
    r"|early pay\w*)\b",
    re.IGNORECASE,
)
_DEDUCTION = re.compile(
    r"\b(?:deduct\w*|short[- ]?pa\w*|withh\w*|charge[- ]?back|damag\w*|credit|allowance|adjust\w*"
    r"|abzug\w*|abgezogen|einbehalt\w*|kürz\w*|gekürzt|retenue|déduit\w*|déduction|retenci\w*"
    r"|deducci\w*|ritenut\w*|trattenut\w*|inhouding\w*)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:less|minus|abzüglich|abzgl|moins|menos|meno|minder)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;()]|,(?=\s)|\b(?=less\b|minus\b|after\b|abzüglich|abzgl|nach\b|moins\b|menos\b|meno\b)",
    re.IGNORECASE,
)
_PAYMENT = re.compile(
    r"\b(?:check|cheque|trace|wire|eft|ach|transaction|confirmation|payment|remittance|scheck"
    r"|zahlungs\w*|transaktions\w*|virement|transferencia|end[- ]to[- ]end)\b[ ]{0,2}"
    r"(?:id|ref(?:erence)?|referenz|no|nr|number|nummer|n°|num|#|advice)?[.:#]{0,2}[ ]{0,2}"
    r"(?:is |was |lautet )?[#]?(?P<id>(?=[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]{3,34})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of the ledger with its amounts, each under what its words call it."""

    number: str
    plain: tuple[Money, ...]
    discount: Money | None
    deduction: Money | None
    less: bool


def read_text(text: str, known: frozenset[str], currency: str, source: str = SOURCE) -> Outcome:
    """The advice in a text. Never raises; time is linear in its length.

    `known` are numbers that the ledger has, folded: outside of tables with headings only they
    count. What cannot be told apart with certainty is refused, never guessed.
    """
    words = compacted(text[:LONGEST_TEXT])
    lines = [_cells(line) for line in words.splitlines()[:_MOST_LINES]]
    body = words.encode("utf-8", "replace")
    numbered: list[Line] = list(enumerate(lines_of(lines), start=1))
    found = find_headings(numbered)
    if found is not None:
        aligned = _aligned(lines, found.at, found.layout)
        code = currency_in((a.text for a in amounts_in(words)), currency) or found.currency
        shifted = _shifted(aligned, found.layout[Column.REFERENCE])
        if shifted is not None:
            return shifted
        read = read_grid(aligned, source, body, code)
        if isinstance(read, NeedsCurrency | RefusedFile):
            return read
        return ReadAdvices(source, tuple(_referenced(one, words) for one in read))
    return _prose(words, known, currency, source, body, facts_of(numbered))


def lines_of(lines: Sequence[Sequence[Span]]) -> list[list[str]]:
    """The cells' letters alone."""
    return [[cell.text for cell in line] for line in lines]


def _cells(line: str) -> list[Span]:
    """Pieces of a line between tabs, bars or several blanks, with where they stand.

    Between tabs and bars it is the place in the row that counts.
    """
    bare = line.replace("\u00a0", " ").strip("\r\n")
    mark = "|" if "|" in bare else "\t"
    if mark in bare.strip():
        cells = bare.strip(" |").split(mark)[:_MOST_CELLS] if mark == "|" else bare.split(mark)
        spread = [Span(1000 * at, 1000 * at + 1, c.strip()) for at, c in enumerate(cells)]
        return [cell for cell in spread if cell.text]
    return [Span(m.start(), m.end(), m[0]) for m in _CELL.finditer(bare)]


def _aligned(lines: Sequence[Sequence[Span]], at: int, layout: Layout) -> list[Line]:
    """Cells under the heading they stand below; lines whose cells are no row are left out."""
    headings = lines[at]
    rows: list[Line] = [(n, [c.text for c in line]) for n, line in enumerate(lines[:at], start=1)]
    rows.append((at + 1, [c.text for c in headings]))
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        cells = [""] * len(headings)
        if len(line) == len(headings):
            cells = [c.text for c in line]
        else:
            for cell in line:
                place = min(range(len(headings)), key=lambda i: _distance(headings[i], cell))
                cells[place] = f"{cells[place]} {cell.text}".strip()
        reference = cells[layout[Column.REFERENCE]]
        row_like = any(c.isdigit() for c in reference) and len(reference) <= 40
        if row_like or any(is_total(c.rstrip(":")) for c in cells):
            rows.append((number, cells))
        elif line:
            rows.append((number, [c.text for c in line] if ":" in line[0].text else []))
    return rows


def _shifted(rows: Sequence[Line], column: int) -> RefusedFile | None:
    """A line whose document is an amount or a day lost a cell: its columns cannot be told."""
    for line, cells in rows:
        words = cells[column].strip() if column < len(cells) else ""
        is_amount = [span.text for span in amounts_in(words)] == [words]
        if words and (is_amount or read_day(words) is not None):
            return RefusedFile(line, f"{words[:30]!r} stands where a document should.")
    return None


def _distance(heading: Span, cell: Span) -> int:
    """How far a cell stands from a heading: columns are set flush left or flush right."""
    return min(abs(heading.start - cell.start), abs(heading.end - cell.end))


def _prose(
    text: str,
    known: frozenset[str],
    currency: str,
    source: str,
    body: bytes,
    facts: dict[Column, str],
) -> Outcome:
    places = zones(text, known)
    if not places:
        return RefusedFile(0, "No table, and no number that the ledger knows.")
    amounts = amounts_in(text)
    code = currency_in((a.text for a in amounts), currency)
    if not code:
        return NeedsCurrency(tuple(place.number.text for place in places))
    mark = shared_mark((a.text for a in amounts), code)
    total = stated_total(text, known, code)
    rows = _rows(_told(text, places, code, mark), total, source)
    if isinstance(rows, str):
        return RefusedFile(0, rows)
    advice = Advice(
        key=advice_key(source, body),
        rows=rows[:MOST_ROWS],
        currency=code,
        total=summed(rows, code) if total is None else total,
        paid_on=read_day(facts.get(Column.PAID_ON, "")),
        source=source,
    )
    return ReadAdvices(source, (_referenced(advice, text),))


def _told(
    text: str, places: Sequence[Zone], currency: str, mark: DecimalMark | None
) -> list[_Said] | str:
    """What is said of each number; a problem where that cannot be told apart."""
    said: dict[str, _Said] = {}
    for place in places:
        one = _labelled(text, place, currency, mark)
        if isinstance(one, str):
            return one
        key = folded_number(place.number.text)
        before = said.get(key)
        if before is None or not before.plain:
            said[key] = one
        elif one.plain and one != replace(before, number=one.number):
            return f"{place.number.text} stands there twice with different amounts."
    return list(said.values())


def _labelled(text: str, place: Zone, currency: str, mark: DecimalMark | None) -> _Said | str:
    plain: list[Money] = []
    off: dict[str, Money] = {}
    less = False
    for span in place.amounts:
        value = one_amount(span.text, currency, mark)
        if value is None:
            return f"{span.text} may mean several amounts."
        clause = _clause_around(text, span)
        name = "discount" if _DISCOUNT.search(clause) else ""
        name = name or ("deduction" if _DEDUCTION.search(clause) else "")
        if not name:
            plain.append(value)
        elif name in off:
            return f"{place.number.text} has two amounts called {name}."
        else:
            off[name] = value
            less = less or bool(_LESS.search(clause))
    if len(plain) > 1:
        return f"{place.number.text} has {len(plain)} amounts and no word tells them apart."
    return _Said(place.number.text, tuple(plain), off.get("discount"), off.get("deduction"), less)


def _clause_around(text: str, span: Span) -> str:
    near, far = max(span.start - _LONGEST_CLAUSE, 0), min(span.end + _LONGEST_CLAUSE, len(text))
    start = max(text.rfind("\n", near, span.start) + 1, near)
    stop = text.find("\n", span.end, far)
    stop = far if stop < 0 else stop
    cuts = [m.start() for m in _CLAUSE.finditer(text, start, stop)]
    low = max((c for c in cuts if c <= span.start), default=start)
    high = min((c for c in cuts if c >= span.end), default=stop)
    return text[low:high]


def _rows(
    told: list[_Said] | str, total: Money | None, source: str
) -> tuple[RemittanceRow, ...] | str:
    """The rows, an amount beside a discount taken as paid or as gross: as words or total say."""
    if isinstance(told, str):
        return told
    as_paid = tuple(_row(one, source, gross=one.less) for one in told)
    if total is None:
        return as_paid
    problem = total_problem(as_paid, total)
    if not problem:
        return as_paid
    turned = tuple(_row(one, source, gross=not one.less) for one in told)
    return turned if not total_problem(turned, total) else f"The sum is another one: {problem}."


def _row(one: _Said, source: str, *, gross: bool) -> RemittanceRow:
    amount = one.plain[0] if one.plain else None
    paid = amount
    if amount is not None and gross:
        zero = Money.zero(amount.currency)
        paid = amount - (one.discount or zero) - (one.deduction or zero)
    return RemittanceRow(
        reference=one.number[:LONGEST_REFERENCE],
        paid=paid,
        gross=amount if gross and paid != amount else None,
        discount=one.discount,
        deduction=one.deduction,
        source=source,
    )


def stated_total(text: str, known: frozenset[str], currency: str) -> Money | None:
    """The one amount beside a word for a sum, in a line that does not name just one document."""
    mark = shared_mark((a.text for a in amounts_in(text)), currency)
    found: set[Money] = set()
    for line in text[:LONGEST_TEXT].splitlines():
        amounts = amounts_in(line) if _TOTAL.search(line) else ()
        if len(amounts) == 1 and len(numbers_in(line, known)) != 1:
            value = one_amount(amounts[0].text, currency, mark)
            found |= {value} if value is not None else set()
    return found.pop() if len(found) == 1 else None


def _referenced(advice: Advice, text: str) -> Advice:
    """The advice with what the text calls the payment."""
    rows = {folded_number(row.reference) for row in advice.rows}
    ids = [m["id"] for m in _PAYMENT.finditer(text) if folded_number(m["id"]) not in rows]
    told = dict.fromkeys((*advice.payment_references, *ids[:20]))
    return replace(advice, payment_references=tuple(told))
