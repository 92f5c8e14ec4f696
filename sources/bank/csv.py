"""CSV of banks and lockboxes, read with a saved mapping of columns; without one, a guess."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from domain.matching.receipt import Channel, PayerAccount, Reference, ReferenceKind
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.csv_cells import read_amount, read_day
from sources.bank.csv_lockbox import checks_of
from sources.bank.csv_mapping import CsvMapping, guess
from sources.bank.labels import is_nothing, labelled, payer_account, references_of
from sources.bank.lockbox import as_file
from sources.bank.refusal import MOST_MOVEMENTS, Refuse, read_whole, text_of
from sources.bank.row import Row
from sources.bank.statement import Found, Statement, assembled

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 40
_SAMPLES = 5
_LONGEST_CELL = 10_000


@dataclass(frozen=True, slots=True)
class NeedsMapping:
    """The file is a table that nobody has explained yet: its columns, some rows, and a guess."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: CsvMapping


def read_csv(body: bytes, mapping: CsvMapping) -> ReadFile | RefusedFile:
    """The movements of a CSV whose columns are known."""
    return read_whole(lambda: _read(body, mapping))


def explore(body: bytes, mappings: Sequence[CsvMapping]) -> ReadFile | RefusedFile | NeedsMapping:
    """Read with the saved mapping whose header the file has, or show what must be explained."""
    for mapping in mappings:
        try:
            rows = _rows(text_of(body, mapping.encoding), mapping.delimiter)
            if any(named(row.cells) == mapping.header for row in islice(rows, _LOOKED_AT)):
                return read_csv(body, mapping)
        except Refuse:
            continue
    return _explored(body)


def _explored(body: bytes) -> RefusedFile | NeedsMapping:
    try:
        text = text_of(body)
        for delimiter in sorted(_DELIMITERS, key=lambda one: -text[:20_000].count(one)):
            found = _table(text, delimiter)
            if found:
                header, rows = found
                return NeedsMapping(header, rows, guess(header, rows, delimiter, ""))
    except Refuse as error:
        return RefusedFile(error.line, error.reason)
    return RefusedFile(1, "this is none of the known formats, and no table of columns either")


def _table(text: str, delimiter: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """A header of at least three named columns with rows of the same width under it."""
    rows = list(islice(_rows(text, delimiter), _LOOKED_AT))
    for at, row in enumerate(rows):
        cells = named(row.cells)
        below = [fitted(one.cells, len(cells)) for one in rows[at + 1 :]]
        below = [one for one in below if len(one) == len(cells)]
        words = [cell for cell in row.cells if cell and not any(sign.isdigit() for sign in cell)]
        if len(cells) >= 3 and len(set(words)) >= 3 and below:
            return cells, tuple(below[:_SAMPLES])
    return None


def named(header: tuple[str, ...]) -> tuple[str, ...]:
    """The names of columns, each another: nameless ones at the end are none, others are numbered.

    Banks write `Details;Details`, and a separator at the end of each line.
    """
    while header and not header[-1]:
        header = header[:-1]
    told: Counter[str] = Counter()
    found = []
    for at, name in enumerate(header, 1):
        told[name] += 1
        again = f"{name} ({told[name]})" if told[name] > 1 else name
        found.append(again if name else f"column {at}")
    return tuple(found)


def fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A row without the empty cells that stand beyond the header."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows that say something, with the line they end in. Raises Refuse."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if max(map(len, cells)) > _LONGEST_CELL:
                    raise Refuse(reader.line_num, "a cell is too long")
                yield Row(reader.line_num, tuple(cell.strip() for cell in cells), None)
    except csv.Error as error:
        raise Refuse(reader.line_num, f"this is not CSV: {error}") from error


def _read(body: bytes, mapping: CsvMapping) -> ReadFile:
    problems = mapping.problems()
    if problems:
        raise Refuse(0, f"the mapping {mapping.name!r}: {problems[0]}")
    rows = _body(text_of(body, mapping.encoding), mapping)
    if mapping.is_lockbox():
        return as_file("lockbox_csv", checks_of(rows, mapping))
    notes: list[str] = []
    accounts: dict[str, list[Found]] = {}
    balances: dict[str, list[tuple[Money, Money, int]]] = {}
    for row in rows:
        found = _movement(row, mapping)
        if found is None:
            notes.append(f"line {row.line}: neither a day nor an amount; left out")
            continue
        account = found.arrived.account
        accounts.setdefault(account, []).append(found)
        _keep_balance(row, mapping, found.arrived.amount, balances.setdefault(account, []))
    for told in balances.values():
        _check_balances(told)
    statements = [Statement(account, tuple(found)) for account, found in accounts.items()]
    return assembled("csv", "bank", statements, notes)


def _body(text: str, mapping: CsvMapping) -> list[Row]:
    """The rows under the header. Raises Refuse."""
    found: list[Row] = []
    began = False
    for row in _rows(text, mapping.delimiter):
        if not began:
            began = named(row.cells) == mapping.header
            continue
        cells = fitted(row.cells, len(mapping.header))
        if len(cells) != len(mapping.header):
            why = f"{len(cells)} cells stand under {len(mapping.header)} columns"
            raise Refuse(row.line, why)
        found.append(Row(row.line, cells, mapping))
        if len(found) > MOST_MOVEMENTS:
            raise Refuse(row.line, f"the file has more than {MOST_MOVEMENTS:,} rows")
    if not began:
        raise Refuse(1, f"the header of the mapping {mapping.name!r} is not in this file")
    return found


def _movement(row: Row, mapping: CsvMapping) -> Found | None:
    day, amount = row.one("booked_on"), _amount(row, mapping)
    if not day and amount is None:
        return None
    if not day or amount is None:
        raise Refuse(row.line, "a row has a day without an amount, or an amount without a day")
    booked_on = read_day(day, mapping.day_order, row.line)
    value = row.one("value_on")
    text = " ".join(row.every("reference"))
    labels = labelled(text)
    bank = row.one("bank_reference")
    account = row.one("account").replace(" ", "").upper() or mapping.account
    if not account:
        raise Refuse(row.line, "no account is told")
    arrived = Arrived(
        source="",
        source_id="",
        amount=amount,
        booked_on=booked_on,
        value_on=read_day(value, mapping.day_order, row.line) if value else booked_on,
        account=account[:60],
        channel=Channel.CHECK if row.one("check_number") else Channel.UNKNOWN,
        type_code=row.one("type")[:60],
        payer_name=(row.one("payer") or labels.get("DBNM", ""))[:200],
        payer_accounts=_payer(row) if amount.minor > 0 else (),
        references=(*_own_references(row), *references_of(labels, text)),
        raw=mapping.delimiter.join(row.cells),
    )
    return Found(arrived, "" if is_nothing(bank) else bank, line=row.line)


def _own_references(row: Row) -> tuple[Reference, ...]:
    told = (
        (ReferenceKind.BANK_REFERENCE, row.one("bank_reference")),
        (ReferenceKind.CHECK_NUMBER, row.one("check_number")),
        *((ReferenceKind.REMITTANCE, text) for text in row.every("invoice")),
    )
    return tuple(Reference(kind, text) for kind, text in told if not is_nothing(text))


def _payer(row: Row) -> tuple[PayerAccount, ...]:
    account = row.one("payer_account")
    return () if is_nothing(account) else (payer_account(account, row.one("payer_routing")),)


def _amount(row: Row, mapping: CsvMapping) -> Money | None:
    """The movement with its sign: one column, or one for each way, or one and a word."""
    currency = row.one("currency").upper() or mapping.currency
    try:
        exponent(currency)
    except LedgerError as error:
        raise Refuse(row.line, f"there is no currency {currency[:20]!r}") from error
    mark = mapping.decimal_mark
    if mapping.all("amount"):
        amount = read_amount(row.one("amount"), mark, currency, row.line)
        word = row.one("direction").upper()
        if amount is None or not mapping.all("direction"):
            return amount
        positive = Money(abs(amount.minor), currency)
        return -positive if word in mapping.outgoing else positive
    credit = read_amount(row.one("credit"), mark, currency, row.line)
    debit = read_amount(row.one("debit"), mark, currency, row.line)
    if credit and debit:
        raise Refuse(row.line, "a row is credit and debit at once")
    if debit:
        return Money(-abs(debit.minor), currency)
    return credit if credit is not None else debit


def _keep_balance(
    row: Row, mapping: CsvMapping, amount: Money, told: list[tuple[Money, Money, int]]
) -> None:
    balance = read_amount(row.one("balance"), mapping.decimal_mark, amount.currency, row.line)
    if balance is not None:
        told.append((amount, balance, row.line))


def _check_balances(told: list[tuple[Money, Money, int]]) -> None:
    """Running balances lead from row to row, downwards or upwards. Raises Refuse."""
    down = [
        line
        for (_, before, _), (amount, after, line) in pairwise(told)
        if before.minor + amount.minor != after.minor
    ]
    up = [
        line
        for (amount, after, line), (_, before, _) in pairwise(told)
        if before.minor + amount.minor != after.minor
    ]
    if down and up:
        raise Refuse(min(down, up, key=len)[0], "the balance does not follow from the amounts")
