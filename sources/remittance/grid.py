"""A table of documents with a heading line, from whatever file or text: rows, facts and totals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.receipt import RemittanceRow
from domain.matching.written import DecimalMark, amount_readings, one_amount, shared_mark
from sources.arrived import RefusedFile
from sources.remittance.days import read_day
from sources.remittance.headings import (
    Column,
    column_of,
    is_total,
    label,
    may_be_their_own,
    unit_of,
)
from sources.remittance.reading import (
    LONGEST_REFERENCE,
    MOST_ROWS,
    NeedsCurrency,
    advice_key,
    summed,
    total_problem,
)

Line = tuple[int, Sequence[str]]
Layout = Mapping[Column, int]
_MONEY = (Column.PAID, Column.AMOUNT, Column.GROSS, Column.DISCOUNT, Column.DEDUCTION)
_SEARCHED_FOR_HEADINGS, _MOST_COLUMNS = 60, 100
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "none", "nil"})
_CODE = re.compile(r"[A-Z]{3}")
_FACT = re.compile(r"([^:]{2,60}):(.{1,200})")


@dataclass(slots=True)
class Found:
    """A heading line: where it stands and which column is what."""

    at: int
    layout: Layout
    currency: str


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    cells: Mapping[Column, str]


@dataclass(slots=True)
class _Table:
    """What the lines below a heading say."""

    entries: list[_Entry] = field(default_factory=list)
    totals: list[_Entry] = field(default_factory=list)


class _Unreadable(Exception):
    """The table cannot be read: the line, and what is wrong with it."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def find_headings(lines: Sequence[Line]) -> Found | None:
    """The first line that names a document and an amount, each in a cell of its own."""
    for at, (_, cells) in enumerate(lines[:_SEARCHED_FOR_HEADINGS]):
        layout = _layout(cells)
        if Column.REFERENCE in layout and any(kind in layout for kind in _MONEY[:3]):
            units = {unit_of(cells[layout[kind]]) for kind in _MONEY if kind in layout} - {""}
            return Found(at, layout, units.pop() if len(units) == 1 else "")
    return None


def _layout(cells: Sequence[str]) -> dict[Column, int]:
    layout: dict[Column, int] = {}
    for at, cell in enumerate(cells[:_MOST_COLUMNS]):
        kind = column_of(cell)
        weak = kind is Column.REFERENCE and kind in layout and may_be_their_own(cells[layout[kind]])
        if kind is not None and (kind not in layout or (weak and not may_be_their_own(cell))):
            layout[kind] = at
    if Column.AMOUNT in layout:
        stands_for = Column.GROSS if Column.PAID in layout else Column.PAID
        layout.setdefault(stands_for, layout[Column.AMOUNT])
        del layout[Column.AMOUNT]
    return layout


def read_grid(
    lines: Sequence[Line], source: str, body: bytes, currency: str
) -> tuple[Advice, ...] | NeedsCurrency | RefusedFile:
    """The advices of a table, one for each payment it names; all of it or the first problem.

    `currency` counts where the table names none. A sum that the table states must be right.
    """
    found = find_headings(lines)
    if found is None:
        return RefusedFile(0, "No heading line names a document and an amount.")
    table = _read_lines(lines[found.at + 1 :], found.layout)
    facts = facts_of([*lines[: found.at], *_behind(lines[found.at + 1 :], table)])
    code = _currency(table, facts, found) or currency
    references = tuple(e.cells[Column.REFERENCE] for e in table.entries)
    if not table.entries:
        return RefusedFile(0, "The table has headings and no documents.")
    if len(table.entries) > MOST_ROWS:
        return RefusedFile(0, f"A table may name {MOST_ROWS} documents at most.")
    if not _CODE.fullmatch(code):
        return NeedsCurrency(references)
    try:
        return _advices(table, facts, code, source, body)
    except _Unreadable as error:
        return RefusedFile(error.line, error.reason)


def _read_lines(lines: Sequence[Line], layout: Layout) -> _Table:
    """Lines with a document and an amount; lines that state a sum; anything else is a remark."""
    table = _Table()
    for line, cells in lines:
        entry = _Entry(line, {k: cells[at].strip() for k, at in layout.items() if at < len(cells)})
        money = any(entry.cells.get(kind, "") not in _NOTHING for kind in _MONEY)
        reference = entry.cells.get(Column.REFERENCE, "")
        if _layout(cells) == layout and column_of(reference):
            continue
        if any(is_total(c.strip().rstrip(":")) for c in cells):
            table.totals += [entry] if money else _out_of_place(line, cells)
        elif money and reference not in _NOTHING and not _labelled(cells):
            table.entries.append(entry)
        elif money and not reference:
            table.totals.append(entry)
    return table


def _out_of_place(line: int, cells: Sequence[str]) -> list[_Entry]:
    """A sum that stands in no column of amounts: its line was merged across columns."""
    amounts = [c.strip() for c in cells if re.search(r"\d[.,]\d", c)]
    return [_Entry(line, {Column.AMOUNT: amounts[0]})] if len(amounts) == 1 else []


def _labelled(cells: Sequence[str]) -> bool:
    """Whether a line is "Payment date: 2026-03-01" rather than a document."""
    words = [c.strip() for c in cells if c.strip()]
    return bool(words) and words[0].endswith(":")


def _behind(lines: Sequence[Line], table: _Table) -> list[Line]:
    used = {e.line for e in (*table.entries, *table.totals)}
    return [one for one in lines if one[0] not in used]


def facts_of(lines: Sequence[Line]) -> dict[Column, str]:
    """What labels around a table say: "Payment date: ...", or a label and its value beside it."""
    facts: dict[Column, str] = {}
    for _, cells in lines:
        words = [c.strip() for c in cells if c.strip()][:_MOST_COLUMNS]
        pairs = [(m[1], m[2]) for w in words if (m := _FACT.fullmatch(w))]
        pairs += [(a.rstrip(":"), b) for a, b in zip(words[::2], words[1::2], strict=False)]
        for name, value in pairs:
            kind = Column.AMOUNT if is_total(name.strip()) else column_of(name.strip())
            if label(name) in ("date", "datum", "fecha", "data", "valuta"):
                kind = Column.PAID_ON
            if kind is not None and kind is not Column.REFERENCE:
                facts.setdefault(kind, value.strip())
    return facts


def _currency(table: _Table, facts: Mapping[Column, str], found: Found) -> str:
    named = {e.cells.get(Column.CURRENCY, "").upper() for e in table.entries} - {""}
    if len(named) > 1:
        return ""
    return next(iter(named), "") or found.currency or facts.get(Column.CURRENCY, "").upper()


def _advices(
    table: _Table, facts: Mapping[Column, str], currency: str, source: str, body: bytes
) -> tuple[Advice, ...]:
    mark = _mark(table, currency)
    groups: dict[str, list[_Entry]] = {}
    for entry in table.entries:
        groups.setdefault(entry.cells.get(Column.PAYMENT, ""), []).append(entry)
    if "" in groups and len(groups) > 1:
        raise _Unreadable(groups[""][0].line, "This line does not name its payment, others do.")
    rows = {name: tuple(_row(e, currency, mark, source) for e in g) for name, g in groups.items()}
    _check_totals(table, tuple(r for group in rows.values() for r in group), currency, mark)
    alone = len(groups) == 1
    advices: list[Advice] = []
    for at, (name, group) in enumerate(groups.items()):
        told = {**facts, **{k: v for k, v in group[0].cells.items() if v and k not in _MONEY}}
        advice = _advice(told, rows[name], currency, advice_key(source, body, at), source)
        advices.append(_with_total(advice, facts, mark) if alone else advice)
    return tuple(advices)


def _advice(
    told: Mapping[Column, str],
    rows: tuple[RemittanceRow, ...],
    currency: str,
    key: str,
    source: str,
) -> Advice:
    payment = told.get(Column.PAYMENT, "")[:140]
    return Advice(
        key=key,
        rows=rows,
        currency=currency,
        total=summed(rows, currency),
        paid_on=read_day(told.get(Column.PAID_ON, "")),
        payer_name=told.get(Column.PAYER, "")[:200],
        payment_references=(payment,) if payment else (),
        source=source,
    )


def _with_total(advice: Advice, facts: Mapping[Column, str], mark: DecimalMark | None) -> Advice:
    """Hold the rows against the sum that stands above or below the table."""
    text = facts.get(Column.AMOUNT) or facts.get(Column.PAID) or ""
    stated = one_amount(text, advice.currency, mark) if text else None
    problem = total_problem(advice.rows, stated)
    if problem:
        raise _Unreadable(0, f"The stated sum is another one: {problem}.")
    return replace(advice, total=stated if advice.total is None else advice.total)


def _check_totals(
    table: _Table, rows: tuple[RemittanceRow, ...], currency: str, mark: DecimalMark | None
) -> None:
    """A line with a sum must be the sum of what is above it; other lines need a document."""
    for entry in table.totals:
        columns = [c for c in (Column.PAID, Column.GROSS) if entry.cells.get(c)][:1]
        text = entry.cells[columns[0]] if columns else entry.cells.get(Column.AMOUNT, "")
        stated = _amount(entry, text, currency, mark)
        sums = [one for c in columns or (Column.PAID, Column.GROSS) for one in _sums(rows, c)]
        if stated is not None and sums and stated not in sums:
            raise _Unreadable(entry.line, f"{stated} is not the sum of the lines ({sums[-1]}).")


def _sums(rows: tuple[RemittanceRow, ...], column: Column) -> list[Money]:
    """What the lines add up to after each of them: a sum may stand between the lines."""
    sums: list[Money] = []
    for row in rows:
        value = row.paid if column is Column.PAID else row.gross
        if value is not None:
            sums.append(sums[-1] + value if sums else value)
    return sums


def _mark(table: _Table, currency: str) -> DecimalMark | None:
    texts = [
        text
        for entry in (*table.entries, *table.totals)
        for kind in _MONEY
        if (text := entry.cells.get(kind, "")) not in _NOTHING and amount_readings(text, currency)
    ]
    return shared_mark(texts, currency)


def _row(entry: _Entry, currency: str, mark: DecimalMark | None, source: str) -> RemittanceRow:
    def read(kind: Column) -> Money | None:
        return _amount(entry, entry.cells.get(kind, ""), currency, mark)

    paid, gross = read(Column.PAID), read(Column.GROSS)
    discount, deduction = read(Column.DISCOUNT), read(Column.DEDUCTION)
    discount, deduction = _positive(discount, paid or gross), _positive(deduction, paid or gross)
    if paid is None and gross is not None:
        zero = Money.zero(currency)
        paid = gross - (discount or zero) - (deduction or zero)
    return RemittanceRow(
        reference=entry.cells[Column.REFERENCE][:LONGEST_REFERENCE],
        paid=paid,
        gross=gross,
        discount=discount or None,
        deduction=deduction or None,
        reason_code=entry.cells.get(Column.REASON, "")[:40],
        source=source,
    )


def _positive(taken: Money | None, beside: Money | None) -> Money | None:
    """What is taken off as a positive amount: some tables write it with a minus."""
    if taken is None or beside is None or taken.minor >= 0 or beside.minor < 0:
        return taken
    return -taken


def _amount(entry: _Entry, text: str, currency: str, mark: DecimalMark | None) -> Money | None:
    if text.strip().casefold() in _NOTHING:
        return None
    value = one_amount(text, currency, mark)
    value = one_amount(text, currency) if value is None else value
    if value is None:
        raise _Unreadable(entry.line, f"{text[:30]!r} cannot be read as one amount of {currency}.")
    return value
