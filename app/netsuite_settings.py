"""How to reach NetSuite, and what of the account differs from what is likeliest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.ledger.invoice import InvoiceStatus
from erp.netsuite.config import Conventions, CustomFields

Problem = tuple[str, str]
_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,60}")
_ID = re.compile(r"[A-Za-z0-9_]{1,60}")
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
_BOOK, _LINKS, _STATUSES = (
    "NETSUITE_ACCOUNTING_BOOK",
    "NETSUITE_LINK_TYPES",
    "NETSUITE_INVOICE_STATUSES",
)
_UNDEPOSITED, _BALANCE, _DEFERRAL = (
    "NETSUITE_UNDEPOSITED_IDS",
    "NETSUITE_BALANCE_COLUMN",
    "NETSUITE_DEFERRAL_COLUMN",
)
_DATE_COLUMNS, _DATE_FIELDS = "NETSUITE_LINE_DATE_COLUMNS", "NETSUITE_LINE_DATE_FIELDS"
_NUMBERS, _ZONE = "NETSUITE_CUSTOMER_NUMBERS", "NETSUITE_TIME_ZONE"
_KEPT = "NETSUITE_FIELDS_KEPT"
_KEPT_FIELD = re.compile(r"cust(body|entity)_?[a-z0-9_]{1,60}")
_CUSTOM = {
    "timezone": "NETSUITE_FIELD_TIMEZONE",
    "country": "NETSUITE_FIELD_COUNTRY",
    "region": "NETSUITE_FIELD_REGION",
    "stripe_customer": "NETSUITE_FIELD_STRIPE_CUSTOMER",
    "contact_role": "NETSUITE_FIELD_CONTACT_ROLE",
    "contact_language": "NETSUITE_FIELD_CONTACT_LANGUAGE",
}


_LEDGER = {
    "receivable": "NETSUITE_RECEIVABLE_ACCOUNT_ID",
    "undeposited": "NETSUITE_UNDEPOSITED_ACCOUNT_ID",
    "clearing": "NETSUITE_STRIPE_CLEARING_ACCOUNT_ID",
    "fee": "NETSUITE_BANK_FEE_ACCOUNT_ID",
    "write_off": "NETSUITE_WRITE_OFF_ACCOUNT_ID",
    "withheld": "NETSUITE_WITHHOLDING_ACCOUNT_ID",
    "refund": "NETSUITE_REFUND_ACCOUNT_ID",
    "refund_method": "NETSUITE_REFUND_METHOD_ID",
    "discount": "NETSUITE_DISCOUNT_ACCOUNT_ID",
    "deposits": "NETSUITE_DEPOSITS_ACCOUNT_ID",
    "gain": "NETSUITE_EXCHANGE_ACCOUNT_ID",
    "subsidiary": "NETSUITE_JOURNAL_SUBSIDIARY_ID",
    "tax": "NETSUITE_TAX_ACCOUNT_ID",
    "recovery": "NETSUITE_BAD_DEBT_RECOVERY_ACCOUNT_ID",
    "bad_debt_item": "NETSUITE_BAD_DEBT_ITEM_ID",
    "undelivered_item": "NETSUITE_UNDELIVERED_ITEM_ID",
    "concession_item": "NETSUITE_CONCESSION_ITEM_ID",
    "small_difference_item": "NETSUITE_SMALL_DIFFERENCE_ITEM_ID",
}
_BANKS, _PARENTS = "NETSUITE_BANK_ACCOUNT_IDS", "NETSUITE_PARENT_PAYMENTS"
_INTERNAL = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """Which accounts and items cash and credits are booked with, by internal id.

    Empty while nobody has said.

    `banks` are ids by the number of our bank account, blanks left out.
    """

    receivable: str = ""
    undeposited: str = ""
    clearing: str = ""
    fee: str = ""
    write_off: str = ""
    withheld: str = ""
    refund: str = ""
    refund_method: str = ""
    discount: str = ""
    deposits: str = ""
    gain: str = ""
    subsidiary: str = ""
    tax: str = ""
    recovery: str = ""
    bad_debt_item: str = ""
    undelivered_item: str = ""
    concession_item: str = ""
    small_difference_item: str = ""
    banks: tuple[tuple[str, str], ...] = ()
    parents: str = "consolidated"


@dataclass(frozen=True, slots=True)
class NetSuiteSettings:
    """How to reach the NetSuite account. Time-outs are in seconds."""

    account_id: str
    base_url: str
    auth: Literal["oauth2", "tba"]
    client_id: str
    certificate_id: str
    private_key_file: Path | None
    tba: tuple[str, str, str, str] = field(repr=False)
    max_concurrency: int
    read_seconds: int
    write_seconds: int
    payment_account_id: str
    base_currency: str
    look_seconds: tuple[int, ...]
    conventions: Conventions
    fields: CustomFields
    ledger: LedgerSettings = LedgerSettings()


class Reader:
    """Reads what may differ from account to account; `problems` are told by name."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text
        self.problems: list[Problem] = []

    def conventions(self) -> Conventions:
        """Everything public documentation leaves open."""
        yes, no = self._pair(_UNDEPOSITED, _ID)
        starts, ends = self._pair(_DATE_COLUMNS, _COLUMN)
        starts_field, ends_field = self._pair(_DATE_FIELDS, _FIELD)
        return Conventions(
            accounting_book=self._matching(_BOOK, re.compile(r"[0-9]{1,9}"), "an internal id"),
            link_types=tuple(self._parts(_LINKS)),
            invoice_statuses=self._statuses(),
            undeposited=(yes, no),
            balance_column=self._matching(_BALANCE, _COLUMN, "a column name"),
            line_starts_column=starts,
            line_ends_column=ends,
            line_starts_field=starts_field,
            line_ends_field=ends_field,
            deferral_column=self._matching(_DEFERRAL, _COLUMN, "a column name"),
            customer_numbers=self._choice(_NUMBERS, ("auto", "name")) == "auto",
            time_zone=self._zone(),
        )

    def fields(self) -> CustomFields:
        """Script ids of custom fields."""
        named = {
            part: self._matching(name, _COLUMN, "a script id in lower case")
            for part, name in _CUSTOM.items()
        }
        return CustomFields(**named, kept=self._kept())

    def ledger(self) -> LedgerSettings:
        """The accounts that cash is booked to."""
        named = {part: self._account(name) for part, name in _LEDGER.items()}
        pairs = [part.partition("=") for part in self._text(_BANKS).split(",") if part.strip()]
        banks = tuple((number.replace(" ", ""), key.strip()) for number, _, key in pairs)
        if not all(number and _INTERNAL.fullmatch(key) for number, key in banks):
            self.problems.append((_BANKS, "must be like DE02120300000000202051=7, by commas"))
        parents = self._choice(_PARENTS, ("off", "consolidated", "top_level"))
        return LedgerSettings(**named, banks=banks, parents=parents)

    def _account(self, name: str) -> str:
        text = self._text(name)
        if text and not _INTERNAL.fullmatch(text):
            self.problems.append((name, f"must be an internal id, a number, not {text!r}"))
        return text

    def _kept(self) -> tuple[str, ...]:
        kept = tuple(part.strip() for part in self._text(_KEPT).split(",") if part.strip())
        if not all(map(_KEPT_FIELD.fullmatch, kept)):
            words = "must be script ids like custbody_project, separated by commas"
            self.problems.append((_KEPT, words))
            return ()
        return kept

    def _matching(self, name: str, pattern: re.Pattern[str], what: str) -> str:
        text = self._text(name)
        if not pattern.fullmatch(text):
            self.problems.append((name, f"must be {what}, not {text!r}"))
        return text

    def _parts(self, name: str) -> list[str]:
        parts = [part.strip() for part in self._text(name).split(",") if part.strip()]
        if not parts:
            self.problems.append((name, "must name at least one, separated by commas"))
        return parts

    def _pair(self, name: str, pattern: re.Pattern[str]) -> tuple[str, str]:
        parts = self._parts(name)
        if len(parts) != 2 or not all(map(pattern.fullmatch, parts)):
            self.problems.append((name, "must be two names separated by a comma"))
            return ("", "")
        return (parts[0], parts[1])

    def _choice(self, name: str, choices: tuple[str, ...]) -> str:
        text = self._text(name)
        if text not in choices:
            self.problems.append((name, f"must be one of {', '.join(choices)}, not {text!r}"))
        return text

    def _statuses(self) -> tuple[tuple[str, str], ...]:
        known = {status.value for status in InvoiceStatus}
        pairs = [part.partition("=") for part in self._parts(_STATUSES)]
        wrong = [word for _, _, word in pairs if word.strip() not in known]
        if wrong:
            words = f"must be like A=open, each one of {', '.join(sorted(known))}"
            self.problems.append((_STATUSES, words))
        return tuple((letter.strip(), word.strip()) for letter, _, word in pairs)

    def _zone(self) -> str:
        name = self._text(_ZONE)
        try:
            return name and ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problems.append((_ZONE, f"there is no zone {name!r}; Europe/Berlin is one"))
            return ""
