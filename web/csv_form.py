"""The form on which a person explains the columns of a bank's CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sources.bank.csv import NeedsMapping

ROLES = {
    "booked_on": "Booking date",
    "value_on": "Value date",
    "amount": "Amount, with a sign or a direction",
    "credit": "Money in",
    "debit": "Money out",
    "direction": "Direction: in or out",
    "currency": "Currency",
    "account": "Our account",
    "payer": "Payer's name",
    "payer_account": "Payer's account",
    "payer_routing": "Payer's bank (routing number or BIC)",
    "reference": "Reference or description",
    "bank_reference": "Bank's reference",
    "check_number": "Check number",
    "type": "Type of transaction",
    "balance": "Balance",
    "lockbox": "Lockbox number",
    "batch": "Batch of a lockbox deposit",
    "item": "Item in the batch",
    "deposit_total": "Total of the deposit",
    "invoice": "Invoice number",
    "invoice_amount": "Amount paid on the invoice",
    "discount": "Discount taken",
}
DAY_ORDERS = {"YMD": "year, month, day", "DMY": "day, month, year", "MDY": "month, day, year"}
MARKS = {".": "a point: 1,234.50", ",": "a comma: 1.234,50"}
MOST_COLUMNS = 60
_TEXTS = ("name", "account", "currency", "day_order", "decimal_mark", "delimiter", "encoding")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file with some of what stands in it, and the role it is given."""

    name: str
    samples: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class CsvForm:
    """The form as it is shown. `problems` are sentences about the whole of it."""

    columns: tuple[Column, ...]
    values: dict[str, str]
    problems: tuple[str, ...] = ()


def asked(needed: NeedsMapping) -> CsvForm:
    """The form for a file that nobody has explained yet, with what was guessed."""
    guess = needed.guess
    roles = {name: role for role, name in guess.columns}
    columns = [
        Column(name, _samples(needed, n), roles.get(name, ""))
        for n, name in enumerate(needed.columns[:MOST_COLUMNS])
    ]
    values = {name: str(getattr(guess, name)) for name in _TEXTS}
    return CsvForm(tuple(columns), values)


def _samples(needed: NeedsMapping, n: int) -> tuple[str, ...]:
    found = (row[n][:40] for row in needed.rows[:3] if n < len(row))
    return tuple(cell for cell in found if cell)


def told(form: Mapping[str, str]) -> dict[str, object]:
    """The mapping as it was sent, as plain data."""
    columns = _sent_columns(form)
    return {
        **{name: form.get(name, "")[:200] for name in _TEXTS},
        "header": [column.name for column in columns],
        "columns": [(column.role, column.name) for column in columns if column.role],
    }


def again(form: Mapping[str, str], problems: tuple[str, ...]) -> CsvForm:
    """The form as it was sent, with what is wrong with it."""
    values = {name: form.get(name, "")[:200] for name in _TEXTS}
    return CsvForm(_sent_columns(form), values, problems)


def _sent_columns(form: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(
        Column(form[f"header.{n}"][:200], (), form.get(f"role.{n}", ""))
        for n in range(MOST_COLUMNS)
        if f"header.{n}" in form
    )
