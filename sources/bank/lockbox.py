"""Lockbox files: fixed-width BAI records 1, 2, 5, 6, 4, 7, 8, 9 and CSV with one row an invoice.

A check is one payer's payment; the checks of a batch are one deposit at the bank. Layout after
the BAI lockbox standard: amounts in cents; what a 4 record holds after its indicator is up to the
bank and is read as pairs of invoice (10) and amount (10) where it is written so, else as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Reference,
    ReferenceKind,
    RemittanceRow,
)
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.labels import is_nothing
from sources.bank.refusal import Refuse, day, numbered, read_whole, text_of, units, whole
from sources.bank.statement import Found, Statement, assembled, tidy

_WIDEST = 200
_PAIR = re.compile(r"(.{10})([0-9]{10})", re.DOTALL)


@dataclass(slots=True)
class Check:
    """One check of a batch, with what its payer says it pays."""

    line: int
    item: str
    amount: Money
    payer_name: str = ""
    account: PayerAccount | None = None
    number: str = ""
    rows: list[RemittanceRow] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Deposit:
    """The checks that a lockbox deposited together."""

    lockbox: str
    number: str
    on: date
    line: int
    checks: list[Check] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def total(self) -> int:
        """The sum of its checks in minor units."""
        return sum(check.amount.minor for check in self.checks)


def read_lockbox(body: bytes) -> ReadFile | RefusedFile:
    """The checks of a BAI lockbox file in US dollars, batch by batch, every total checked."""
    return read_whole(lambda: as_file("lockbox", _Reader().read(text_of(body))))


def as_file(form: str, deposits: Sequence[Deposit]) -> ReadFile:
    """Each deposit whole, with its checks as its parts."""
    found = [Statement(one.lockbox, (_deposit(one),)) for one in deposits if one.checks]
    return assembled(form, "lockbox", found)


def _deposit(one: Deposit) -> Found:
    whole_amount = units(one.total(), one.checks[0].amount.currency, one.line)
    parts = tuple(_check(check, one) for check in one.checks)
    kept = Arrived(
        source="",
        source_id="",
        amount=whole_amount,
        booked_on=one.on,
        value_on=one.on,
        account=one.lockbox,
        channel=Channel.LOCKBOX,
        type_code="lockbox",
        references=(
            Reference(ReferenceKind.LABEL, tidy(f"lockbox {one.lockbox} batch {one.number}")),
        ),
        raw="\n".join(one.raw),
    )
    return Found(kept, f"batch/{one.lockbox}/{one.number}", parts, one.line)


def _check(check: Check, deposit: Deposit) -> Found:
    references = [Reference(ReferenceKind.REMITTANCE, tidy(row.reference)) for row in check.rows]
    references += [Reference(ReferenceKind.REMITTANCE, tidy(text)) for text in check.texts]
    references.append(Reference(ReferenceKind.CHECK_NUMBER, check.number))
    arrived = Arrived(
        source="",
        source_id="",
        amount=check.amount,
        booked_on=deposit.on,
        value_on=deposit.on,
        account=deposit.lockbox,
        channel=Channel.LOCKBOX,
        type_code="lockbox",
        payer_name=check.payer_name[:200],
        payer_accounts=(check.account,) if check.account else (),
        references=tuple(dict.fromkeys(one for one in references if not is_nothing(one.text))),
        remittance=tuple(check.rows),
        raw="\n".join(check.raw),
    )
    key = f"{deposit.lockbox}/{deposit.number}/{check.item}/{check.number}"
    return Found(arrived, key, line=check.line)


class _Reader:
    def __init__(self) -> None:
        self._on: date | None = None
        self._deposits: list[Deposit] = []
        self._service: list[Deposit] = []
        self._current: Deposit | None = None
        self._lockbox = ""
        self._records = 0
        self._began = self._ended = False

    def read(self, text: str) -> list[Deposit]:
        last = 0
        for number, line in numbered(text):
            last, record = number, line.rstrip()
            if self._ended:
                raise Refuse(number, "there is something after the trailer (9)")
            if len(record) > _WIDEST:
                raise Refuse(number, f"a record has more than {_WIDEST} characters")
            self._records += 1
            self._one(number, record.ljust(80))
        if not self._ended:
            raise Refuse(last, "the file ends without its trailer (9)")
        return self._deposits

    def _one(self, line: int, record: str) -> None:
        if record[0] != "1" and not self._began:
            raise Refuse(line, "the file does not begin with its header (1)")
        readers = {
            "1": self._header,
            "2": self._service_header,
            "5": self._begin,
            "6": self._check,
            "4": self._overflow,
            "7": self._end_batch,
            "8": self._end_service,
            "9": self._end,
        }
        reader = readers.get(record[0])
        if reader is None:
            raise Refuse(line, f"there is no record type {record[0]!r}")
        reader(line, record)

    def _header(self, line: int, record: str) -> None:
        if self._began:
            raise Refuse(line, "a second file header")
        self._began = True
        self._on = day(record[23:29], line, "the file's date")

    def _service_header(self, line: int, _record: str) -> None:
        if self._service:
            raise Refuse(line, "the checks before this service have no total (8)")

    def _begin(self, line: int, record: str) -> None:
        self._lockbox = record[7:14].strip()
        self._on = day(record[14:20], line, "the deposit date")
        self._current = None

    def _check(self, line: int, record: str) -> None:
        batch = record[1:4].strip()
        if self._on is None:
            raise Refuse(line, "a check has no deposit date")
        if self._current is None or self._current.number != batch:
            self._current = Deposit(self._lockbox, batch, self._on, line)
            self._deposits.append(self._current)
            self._service.append(self._current)
        cents = whole(record[7:17].strip(), line, "the amount of the check")
        routing, account = record[17:26].strip(), record[26:36].strip().lstrip("0")
        payer = None
        if re.fullmatch(r"[0-9]{9}", routing) and account and not is_nothing(routing):
            payer = PayerAccount(AccountScheme.US_ACCOUNT, f"{routing}/{account}")
        check = Check(
            line,
            record[4:7].strip(),
            units(cents, "USD", line),
            payer_name=record[52:82].strip() if re.match(r"[0-9]{6}", record[46:52]) else "",
            account=payer,
            number=record[36:46].strip().lstrip("0"),
            raw=[record.rstrip()],
        )
        self._current.checks.append(check)

    def _overflow(self, line: int, record: str) -> None:
        if self._current is None or not self._current.checks:
            raise Refuse(line, "an overflow record follows no check")
        check = self._current.checks[-1]
        if (record[1:4].strip(), record[4:7].strip()) != (self._current.number, check.item):
            raise Refuse(line, "an overflow record belongs to another check")
        content = record[11:].rstrip()
        rows = _pairs(content, line)
        check.rows += rows
        if not rows and content.strip():
            check.texts.append(content)
        check.raw.append(record.rstrip())

    def _end_batch(self, line: int, record: str) -> None:
        batch = record[1:4].strip()
        deposit = self._current or Deposit(self._lockbox, batch, self._on or date.min, line)
        if deposit.number != batch:
            raise Refuse(line, "the total is of another batch than the checks before it")
        stated = whole(record[23:33].strip(), line, "the batch's total")
        if stated != deposit.total():
            raise Refuse(line, f"the checks add up to {deposit.total()}, the batch to {stated}")
        _counted(line, record[20:23], len(deposit.checks), "checks in the batch")
        deposit.raw.append(record.rstrip())
        self._current = None

    def _end_service(self, line: int, record: str) -> None:
        stated = whole(record[24:34].strip(), line, "the lockbox's total")
        reached = sum(one.total() for one in self._service)
        if stated != reached:
            raise Refuse(line, f"the checks add up to {reached}, the lockbox to {stated}")
        count = sum(len(one.checks) for one in self._service)
        _counted(line, record[20:24], count, "checks in the lockbox")
        for one in self._service:
            one.raw.append(record.rstrip())
        self._service, self._current = [], None

    def _end(self, line: int, record: str) -> None:
        if self._service:
            raise Refuse(line, "the checks have no total (8) that they were compared with")
        stated = record[1:7].strip()
        if stated and whole(stated, line, "the record count") not in (
            self._records,
            self._records - 1,
        ):
            raise Refuse(line, f"there are {self._records} records, the trailer says {stated}")
        self._ended = True


def _counted(line: int, field_text: str, found: int, what: str) -> None:
    text = field_text.strip()
    if text and whole(text, line, f"the number of {what}") != found:
        raise Refuse(line, f"there are {found} {what}, its total says {int(text)}")


def _pairs(content: str, line: int) -> list[RemittanceRow]:
    """Invoice and amount, ten characters each; nothing unless all of it is written so."""
    found = _PAIR.findall(content)
    left = _PAIR.sub("", content).strip()
    if left or not found or any(is_nothing(invoice) for invoice, _ in found):
        return []
    return [
        RemittanceRow(invoice.strip(), units(int(cents), "USD", line), source="lockbox")
        for invoice, cents in found
    ]
