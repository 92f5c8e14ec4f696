"""Reads invoices.csv, payments.csv and matches.csv of a matching evaluation.

An invoice goes by its billing number and its assignment number; the document number is the
seller's own and never stands in a payer's text. Amounts are read exactly and rounded to as many
decimals as the file itself uses for the currency: tails of binary floating point vanish.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from string import ascii_uppercase

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from domain.matching.item import Item, ItemKind, Party
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
)

_MOST_DECIMALS = 3
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_PLAIN = re.compile(r"(-?)(\d+)(?:\.(\d*))?")
_SPARE = {
    2: tuple(f"XQ{letter}" for letter in ascii_uppercase),
    3: ("TND", "OMR", "LYD", "JOD", "IQD", "BHD", "KWD"),
}


class BadFile(ValueError):
    """A file of the evaluation cannot be read."""


@dataclass(frozen=True, slots=True)
class Scales:
    """How many decimals the amounts of a currency have in these files.

    Where they are more than the currency has by ISO 4217, a stand-in code with so many decimals
    carries them, so that amounts are exact and print as in the file.
    """

    decimals: Mapping[str, int]
    codes: Mapping[str, str]

    def money(self, text: str, currency: str) -> Money:
        """An amount, rounded to the decimals of its currency, half to even."""
        code = self.codes.get(currency, currency)
        return Money(_rounded(text, self.decimals.get(currency, exponent(code))), code)


@dataclass(frozen=True, slots=True)
class Data:
    """What an evaluation is about. The ids are ours; `invoice_ids`, `payment_ids` are the files'.

    Items are in the order of their days of issue, receipts in that of their posting.
    """

    items: tuple[Item, ...]
    parties: tuple[Party, ...]
    receipts: tuple[Receipt, ...]
    invoice_ids: Mapping[int, str]
    payment_ids: Mapping[int, str]
    scales: Scales


@dataclass(frozen=True, slots=True)
class Truth:
    """The invoices that a payment really paid, and what kind of match it is."""

    invoices: frozenset[str]
    category: str
    perturbations: tuple[str, ...]


def load(folder: Path) -> Data:
    """Invoices and payments of a folder. Raises BadFile."""
    invoices = _rows(folder / "invoices.csv")
    payments = _rows(folder / "payments.csv")
    try:
        invoices.sort(key=lambda row: _natural(row["invoice_id"]))
        payments.sort(key=lambda row: _natural(row["payment_id"]))
        return _data(invoices, payments)
    except KeyError as error:
        raise BadFile(f"{folder}: there is no column {error.args[0]}") from error
    except (ValueError, LedgerError) as error:
        raise BadFile(f"{folder}: {error!r}") from error


def load_truth(folder: Path) -> dict[str, Truth]:
    """What is known to be right, by payment. Raises BadFile."""
    found: dict[str, Truth] = {}
    try:
        for row in _rows(folder / "matches.csv"):
            paid = frozenset(map(str, _listed(row["invoice_ids"])))
            kinds = tuple(map(str, _listed(row["perturbation_categories"])))
            for payment in _listed(row["payment_ids"]):
                found[str(payment)] = Truth(paid, row["match_category"], kinds)
    except (KeyError, ValueError) as error:
        raise BadFile(f"{folder / 'matches.csv'}: {error!r}") from error
    return found


def _data(invoices: list[dict[str, str]], payments: list[dict[str, str]]) -> Data:
    scales = _scales(invoices, payments)
    customers = {
        name: at for at, name in enumerate(sorted({r["Customer ID"] for r in invoices}), 1)
    }
    names: dict[int, dict[str, None]] = {}
    for row in invoices:
        names.setdefault(customers[row["Customer ID"]], {})[row["Customer Name"]] = None
    items = [_item(at, row, customers, scales) for at, row in enumerate(invoices, 1)]
    receipts = [_receipt(at, row, scales) for at, row in enumerate(payments, 1)]
    return Data(
        items=tuple(sorted(items, key=lambda i: (i.issued_on, i.id))),
        parties=tuple(Party(c, tuple(sorted(known))) for c, known in sorted(names.items())),
        receipts=tuple(sorted(receipts, key=lambda r: (r.received_on, r.id))),
        invoice_ids={at: row["invoice_id"] for at, row in enumerate(invoices, 1)},
        payment_ids={at: row["payment_id"] for at, row in enumerate(payments, 1)},
        scales=scales,
    )


def _item(at: int, row: Mapping[str, str], customers: Mapping[str, int], scales: Scales) -> Item:
    amount = scales.money(row["Amount"], row["Currency Code"].strip())
    return Item(
        kind=ItemKind.INVOICE,
        id=at,
        number=row["Billing Number"].strip(),
        customer_id=customers[row["Customer ID"]],
        open=amount,
        total=amount,
        issued_on=_day(row["Document Date"]),
        due_on=_day(row["Due Date"]),
        references=tuple(filter(None, (row["Assignment Number"].strip(),))),
    )


def _receipt(at: int, row: Mapping[str, str], scales: Scales) -> Receipt:
    memo = row["Memo Line"]
    return Receipt(
        id=at,
        amount=scales.money(row["Amount"], row["Currency"].strip()),
        received_on=_day(row["Posting Date"]),
        channel=Channel.UNKNOWN,
        payer_name=row["Business Partner"].strip(),
        accounts=_accounts(row["Account Number"]),
        references=(Reference(ReferenceKind.REMITTANCE, memo),) if memo.strip() else (),
        source="payments.csv",
        source_id=row["payment_id"],
    )


def _accounts(text: str) -> tuple[PayerAccount, ...]:
    value = "".join(text.split()).upper()
    if not value:
        return ()
    iban = _IBAN.fullmatch(value)
    return (PayerAccount(AccountScheme.IBAN if iban else AccountScheme.OTHER_ACCOUNT, value),)


def _scales(invoices: Iterable[dict[str, str]], payments: Iterable[dict[str, str]]) -> Scales:
    """The decimals that the invoices of a currency need, float tails aside; at least ISO's."""
    used: dict[str, Counter[int]] = {}
    for row in invoices:
        used.setdefault(row["Currency Code"].strip(), Counter())[_decimals(row["Amount"])] += 1
    currencies = sorted(set(used) | {row["Currency"].strip() for row in payments})
    decimals: dict[str, int] = {}
    codes: dict[str, str] = {}
    for currency in currencies:
        own = exponent(currency)
        needed = max(used.get(currency, {own: 1}))
        taken = {*currencies, *codes.values()}
        spare = next((code for code in _SPARE.get(needed, ()) if code not in taken), currency)
        codes[currency] = currency if needed <= own else spare
        decimals[currency] = exponent(codes[currency])
    return Scales(decimals, codes)


def _decimals(text: str) -> int:
    """How many decimals an amount needs: the fewest that bring it back to within a millionth."""
    match = _PLAIN.fullmatch(text.strip())
    if match is not None and len((match[3] or "").rstrip("0")) <= _MOST_DECIMALS:
        return len((match[3] or "").rstrip("0"))
    exact = Fraction(text.strip())
    for places in range(_MOST_DECIMALS):
        if abs(round(exact * 10**places) - exact * 10**places) * 1_000_000 < 10**places:
            return places
    return _MOST_DECIMALS


def _rounded(text: str, places: int) -> int:
    """Whole units of 10^-places, half to even."""
    match = _PLAIN.fullmatch(text.strip())
    if match is None or len(match[3] or "") > places:
        units: int = round(Fraction(text.strip()) * 10**places)
        return units
    whole = int(match[2] + (match[3] or "").ljust(places, "0"))
    return -whole if match[1] else whole


def _natural(text: str) -> tuple[bool, int, str]:
    number = text.isdecimal()
    return not number, int(text) if number else 0, text


def _day(text: str) -> date:
    return date.fromisoformat(text.strip()[:10])


def _listed(text: str) -> list[object]:
    found = json.loads(text)
    if not isinstance(found, list):
        raise BadFile(f"not a list: {text[:60]!r}")
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [dict(row) for row in csv.DictReader(lines)]
    except OSError as error:
        raise BadFile(f"{path}: {(error.strerror or str(error)).casefold()}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile(f"{path}: {error}") from error
