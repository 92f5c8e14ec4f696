"""How one bank writes its CSV: the saved mapping of columns, and a guess at it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from domain.ledger.errors import LedgerError
from domain.ledger.money import exponent
from sources.bank.csv_cells import DayOrder, likely_mark, likely_order

# What a column can be; those in _SEVERAL may be told by more than one column.
ROLES = (
    "booked_on", "value_on", "amount", "credit", "debit", "direction", "currency", "account",
    "payer", "payer_account", "payer_routing", "reference", "bank_reference", "check_number",
    "type", "balance", "lockbox", "batch", "item", "deposit_total", "invoice", "invoice_amount",
    "discount",
)  # fmt: skip
_OUTGOING = ("D", "DR", "DBIT", "DEBIT", "S", "-")
_SEVERAL = {"reference", "invoice"}
_WORDS: tuple[tuple[str, str], ...] = (
    ("invoice_amount", r"(invoice|inv|applied|remit\w*) ?(amount|amt|paid|net)"),
    ("discount", r"discount"),
    ("invoice", r"invoice( ?(number|no|#|id))?$|^inv ?(no|#)"),
    ("deposit_total", r"(deposit|batch) ?(total|amount|amt)"),
    ("lockbox", r"lock ?box( ?(number|no|#|id))?$"),
    ("batch", r"batch( ?(number|no|#|id))?$"),
    ("item", r"^(item|sequence|seq|transaction)( ?(number|no|#))?$"),
    ("check_number", r"(check|cheque|chk) ?(number|no|num|#)"),
    ("payer_routing", r"routing|transit|\baba\b|payer bank|\bbic\b"),
    ("payer_account", r"(payer|remitter|counterparty|debtor|sender).*(account|iban)"),
    ("payer_account", r"auftraggeber.*(konto|iban)|^(iban|kontonummer/iban)$"),
    ("credit", r"^(credit|deposit|paid in|money in|haben|credit amount)s?$"),
    ("debit", r"^(debit|withdrawal|paid out|money out|soll|debit amount)s?$"),
    ("direction", r"^(credit/debit|debit/credit|cr/dr|dr/cr|sign|d/c|c/d|direction)$"),
    ("amount", r"^(check |transaction )?(amount|amt)( \(.*\))?$"),
    ("amount", r"^(betrag|umsatz|montant|importe)( \(.*\))?$"),
    ("currency", r"^(currency|ccy|waehrung|währung|devise)$"),
    ("balance", r"balance|saldo"),
    ("value_on", r"value ?date|valuta|wertstellung"),
    ("booked_on", r"(posting|booking|post|deposit|transaction|process\w*)? ?date$"),
    ("booked_on", r"buchungs(tag|datum)|^datum$|^fecha$"),
    ("payer", r"payer|remitter|counterparty|payee|sender|originator|^name$"),
    ("payer", r"auftraggeber|beguenstigter"),
    ("bank_reference", r"bank ?ref|transaction id|trace|kontoreferenz"),
    ("reference", r"description|memo|details|reference|narrative|text|remittance"),
    ("reference", r"verwendungszweck"),
    ("type", r"^(type|transaction type|code|buchungstext|bai code)$"),
    ("account", r"^(account|account number|auftragskonto)$"),
)


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """One bank's CSV: which columns mean what, and how it writes numbers and days.

    `columns` pairs a role with a column's header. `header` is the header line that files of this
    bank have; it is how the mapping is found again. `account` and `currency` count where no
    column tells them. `outgoing` are the words of the direction column for money that left.
    """

    name: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    day_order: DayOrder = "YMD"
    decimal_mark: str = "."
    delimiter: str = ","
    encoding: str = ""
    account: str = ""
    currency: str = ""
    outgoing: tuple[str, ...] = _OUTGOING

    def all(self, role: str) -> list[int]:
        """The places of a role's columns."""
        return [self.header.index(name) for one, name in self.columns if one == role]

    def is_lockbox(self) -> bool:
        """Whether rows are checks of deposits, not movements of an account."""
        roles = {role for role, _ in self.columns}
        return "batch" in roles and bool(roles & {"check_number", "item"})

    def problems(self) -> tuple[str, ...]:
        """What must be corrected before a file is read with it."""
        found = []
        roles = [role for role, _ in self.columns]
        for role, name in self.columns:
            if role not in ROLES:
                found.append(f"there is no role {role[:40]!r}")
            if name not in self.header:
                found.append(f"there is no column {name[:60]!r} in the header")
            if role not in _SEVERAL and roles.count(role) > 1:
                found.append(f"two columns are {role}")
        found += self._missing(set(roles))
        return tuple(dict.fromkeys(found))

    def _missing(self, roles: set[str]) -> list[str]:
        found = []
        if "booked_on" not in roles:
            found.append("no column is the booking date")
        if "amount" not in roles and not roles & {"credit", "debit"}:
            found.append("no column is the amount")
        if "amount" in roles and roles & {"credit", "debit"}:
            found.append("map an amount, or credit and debit, not both")
        if self.day_order not in get_args(DayOrder):
            found.append("say in which order day, month and year stand: YMD, DMY or MDY")
        if self.decimal_mark not in (".", ","):
            found.append("say which sign stands before the decimals: a point or a comma")
        if len(self.delimiter) != 1:
            found.append("say which sign stands between columns")
        if "currency" not in roles:
            found += _currency_problem(self.currency)
        if "account" not in roles and not self.account and "batch" not in roles:
            found.append("say which account of yours this is")
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain data, as it is saved."""
        return asdict(self)


def _currency_problem(currency: str) -> list[str]:
    try:
        exponent(currency)
    except LedgerError:
        return ["say the account's currency, like USD"]
    return []


def mapping_from(data: Mapping[str, Any]) -> CsvMapping | tuple[str, ...]:
    """A mapping from plain data, or what is wrong with it."""
    try:
        mapping = CsvMapping(
            name=str(data["name"])[:100].strip(),
            header=tuple(str(name)[:200] for name in data["header"])[:200],
            columns=tuple((str(role), str(name)[:200]) for role, name in data["columns"])[:200],
            day_order=data.get("day_order", ""),
            decimal_mark=str(data.get("decimal_mark", "")),
            delimiter=str(data.get("delimiter", ",")),
            encoding=str(data.get("encoding", ""))[:20],
            account=str(data.get("account", ""))[:60].replace(" ", "").upper(),
            currency=str(data.get("currency", ""))[:3].upper(),
            outgoing=tuple(str(word)[:20].upper() for word in data.get("outgoing", ()))[:20]
            or _OUTGOING,
        )
    except (KeyError, TypeError, ValueError):
        return ("the mapping lacks its name, header or columns",)
    problems = mapping.problems()
    return (("give the bank a name",) if not mapping.name else ()) + problems or mapping


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str, encoding: str
) -> CsvMapping:
    """What the columns probably mean. A person looks at it before anything is read with it."""
    columns: list[tuple[str, str]] = []
    taken: set[str] = set()
    for name in header:
        role = _role(name)
        if role and name and (role not in taken or role in _SEVERAL):
            taken.add(role)
            columns.append((role, name))
    days = _cells(header, rows, columns, {"booked_on"})
    amounts = _cells(header, rows, columns, {"amount", "credit", "debit", "balance"})
    order = likely_order(days)
    return CsvMapping(
        name="",
        header=tuple(header),
        columns=tuple(columns),
        day_order=order if order else "YMD",
        decimal_mark=likely_mark(amounts),
        delimiter=delimiter,
        encoding=encoding,
    )


def _role(name: str) -> str:
    plain = re.sub(r"[_\s]+", " ", name.strip().lower())
    for role, words in _WORDS:
        if re.search(words, plain):
            return role
    return ""


def _cells(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[tuple[str, str]],
    roles: set[str],
) -> list[str]:
    places = [list(header).index(name) for role, name in columns if role in roles]
    return [row[place] for row in rows for place in places if place < len(row)]
