"""BAI2 balance and transaction reports: every 16 record with its 88s, every total checked.

Layout after the Cash Management Balance Reporting Specifications, version 2: amounts are whole
minor units of the account's currency; control totals add the amounts of 03 and 16 as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import Channel, Reference, ReferenceKind
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.bai2_records import Record, Totals, records
from sources.bank.labels import accounts_of, is_nothing, labelled, references_of, return_code
from sources.bank.refusal import MOST_MOVEMENTS, Refuse, day, read_whole, text_of, units
from sources.bank.statement import Found, Statement, assembled

# Names of the codes as the public tables of ministryofjustice/bai2 and kudoo-cloud/banking have
# them, which agree; 555 deposited item returned, 557 individual ACH return item, 558 ACH reversal
# debit, 566 return item.
_CHANNELS = {
    Channel.LOCKBOX: {"115", "116", "118"},
    Channel.ACH: {"121", "122", "142", "143", "145", "155", "164", "165", "166", "168", "169"},
    Channel.WIRE: {"191", "195", "196", "206", "207", "208", "216", "229"},
    Channel.CARD: {"147"},
    Channel.CHECK: {"170", "172", "173", "174", "175", "176", "187", "221", "222", "301"},
}
_TAKEN_BACK = {"555", "557", "558", "566"}
_OPENING, _CLOSING = "010", "015"


@dataclass(slots=True)
class _Group:
    """What an 02 record says for the accounts under it."""

    status: str
    as_of: date
    currency: str
    totals: Totals


@dataclass(slots=True)
class _Account:
    """An 03 block being read."""

    number: str
    currency: str
    totals: Totals
    found: list[Found] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=dict)


def read_bai2(
    body: bytes, *, account_currencies: Mapping[str, str] | None = None
) -> ReadFile | RefusedFile:
    """The movements of a BAI2 report.

    `account_currencies` is for accounts whose currency neither 03 nor 02 tells; else US dollars.
    """
    return read_whole(lambda: _Reader(account_currencies or {}).read(text_of(body)))


class _Reader:
    def __init__(self, currencies: Mapping[str, str]) -> None:
        self._currencies = currencies
        self._file: Totals | None = None
        self._group: _Group | None = None
        self._account: _Account | None = None
        self._statements: list[Statement] = []
        self._notes: list[str] = []
        self._ended = False
        self._count = 0

    def read(self, text: str) -> ReadFile:
        last = 0
        for record in records(text):
            last = record.line
            if self._ended:
                raise Refuse(record.line, "there is something after the file's trailer")
            self._one(record)
        if not self._ended:
            raise Refuse(last, "the file ends without its 99 record")
        return assembled("bai2", "bank", self._statements, self._notes)

    def _one(self, record: Record) -> None:
        match record.code:
            case "01":
                self._need(record, self._file is None, "a second file begins")
                self._file = Totals(record.line, records=record.lines)
            case "02":
                self._need(record, self._file and not self._group, "an 02 stands in no file")
                self._group = self._begin_group(record)
            case "03":
                self._need(record, self._group and not self._account, "an 03 stands in no group")
                self._begin_account(record)
            case "16":
                self._movement(record)
            case "49":
                self._end_account(record)
            case "98":
                self._end_group(record)
            case "99":
                self._end_file(record)
            case other:
                raise Refuse(record.line, f"there is no record {other}")

    def _need(self, record: Record, held: object, words: str) -> None:
        if not held:
            raise Refuse(record.line, words)

    def _begin_group(self, record: Record) -> _Group:
        _receiver, _originator, status = record.next(), record.next(), record.next()
        as_of = day(record.next(), record.line, "the as-of date")
        _time, currency = record.next(), record.next()
        if status == "2":
            raise Refuse(record.line, "the bank deletes what it reported before: ask the bank")
        if status == "4":
            self._notes.append("a group for tests only was left out")
        if status == "3":
            self._notes.append("the bank corrects an earlier report")
        return _Group(status, as_of, currency, Totals(record.line, records=record.lines))

    def _begin_account(self, record: Record) -> None:
        group = self._group
        if group is None:
            raise Refuse(record.line, "an account stands in no group")
        number = record.next()
        if not number:
            raise Refuse(record.line, "an account has no number")
        currency = record.next() or group.currency or self._currencies.get(number, "USD")
        account = _Account(number[:60], currency, Totals(record.line, records=record.lines))
        while record.more():
            code, amount = record.next(), record.amount("a summary amount")
            _items, funds = record.next(), record.next()
            record.skip_funds(funds, None)
            account.totals.amount += amount
            account.balances.setdefault(code, amount)
        units(0, currency, record.line)
        self._account = account

    def _movement(self, record: Record) -> None:
        group, account = self._group, self._account
        if group is None or account is None:
            raise Refuse(record.line, "a movement stands under no account")
        code, amount = record.next(), record.amount("the amount")
        value = record.skip_funds(record.next(), amount)
        account.totals.amount += amount
        account.totals.records += record.lines
        self._count += 1
        if self._count > MOST_MOVEMENTS:
            raise Refuse(record.line, f"the file has more than {MOST_MOVEMENTS:,} movements")
        sign = _sign(code)
        if sign == 0:
            self._notes.append(f"line {record.line}: type {code[:6]} moves no money; left out")
        elif group.status != "4":
            money = units(sign * amount, account.currency, record.line)
            on = day(value, record.line, "the value date") if value else group.as_of
            account.found.append(_found(record, code, money, group.as_of, on, account.number))

    def _end_account(self, record: Record) -> None:
        account, group = self._account, self._group
        if account is None or group is None:
            raise Refuse(record.line, "an account ends that never began")
        account.totals.check(record, "account")
        group.totals.add(account.totals)
        if group.status != "4":
            self._statements.append(_statement(account, record.line))
        self._account = None

    def _end_group(self, record: Record) -> None:
        if self._group is None or self._file is None or self._account is not None:
            raise Refuse(record.line, "a group ends that never began, or inside an account")
        self._group.totals.check(record, "group", "accounts")
        self._file.add(self._group.totals)
        self._group = None

    def _end_file(self, record: Record) -> None:
        if self._file is None or self._group is not None:
            raise Refuse(record.line, "the file ends inside a group")
        self._file.check(record, "file", "groups")
        self._ended = True


def _sign(code: str) -> int:
    """1 for credits, -1 for debits, 0 for what moves no money (status, loan, non-monetary).

    900-919 are a bank's own status codes, 920-959 its own credits, 960-999 its own debits.
    """
    if not re.fullmatch(r"[0-9]{3}", code):
        return 0
    number = int(code)
    if 100 <= number <= 399 or 920 <= number <= 959:
        return 1
    return -1 if 400 <= number <= 699 or 960 <= number <= 999 else 0


def _statement(account: _Account, line: int) -> Statement:
    def balance(code: str) -> Money | None:
        said = account.balances.get(code)
        return None if said is None else units(said, account.currency, line)

    return Statement(account.number, tuple(account.found), balance(_OPENING), balance(_CLOSING))


def _found(
    record: Record, code: str, money: Money, as_of: date, value_on: date, account: str
) -> Found:
    bank, customer = record.next()[:200], record.next()[:200]
    text = record.text()
    labels = labelled(text)
    references = [
        Reference(kind, said)
        for kind, said in (
            (ReferenceKind.CUSTOMER_REFERENCE, customer),
            (ReferenceKind.BANK_REFERENCE, bank),
        )
        if not is_nothing(said)
    ]
    references += references_of(labels, text)
    returned = code in _TAKEN_BACK
    original = labels.get("RETURNED") or labels.get("TRACE") or customer or bank
    arrived = Arrived(
        source="",
        source_id="",
        amount=money,
        booked_on=as_of,
        value_on=value_on,
        account=account,
        channel=_channel(code),
        type_code=code,
        payer_name=labels.get("DBNM" if money.minor > 0 else "CRNM", "")[:200],
        payer_accounts=accounts_of(labels) if money.minor > 0 else (),
        references=tuple(references),
        raw="\n".join(record.raw),
        returns=original[:200] if returned and not is_nothing(original) else "",
        return_code=(return_code(text) or code) if returned else "",
    )
    key = "" if is_nothing(bank) else f"{bank}/{customer}"
    return Found(arrived, key, line=record.line)


def _channel(code: str) -> Channel:
    for channel, codes in _CHANNELS.items():
        if code in codes:
            return channel
    return Channel.UNKNOWN
