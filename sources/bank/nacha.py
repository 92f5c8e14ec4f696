"""NACHA files: incoming ACH entries with their addenda, returns and notices of change.

Layout after the Nacha operating rules, appendix three: records of 94 characters. A credit to an
account of ours is money in; a return (addenda 99) takes back, by its original trace number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Reference,
    ReferenceKind,
)
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.labels import is_nothing
from sources.bank.nacha_records import Batch, Entry, NachaFile, read_records
from sources.bank.refusal import Refuse, day, read_whole, text_of, units
from sources.bank.statement import Found, Statement, assembled, tidy
from sources.remittance.ctx import addenda_rows

_CREDITS = {"20", "21", "22", "30", "31", "32", "41", "42", "51", "52"}
_DEBITS = {"25", "26", "27", "35", "36", "37", "46", "47", "55", "56"}
# Prenotes and entries of zero dollars carry no money.
_NO_MONEY = {"23", "24", "28", "29", "33", "34", "38", "39", "43", "48", "53"}


def read_nacha(body: bytes) -> ReadFile | RefusedFile:
    """The entries of a NACHA file in US dollars.

    Each batch of credits is told as a deposit too: banks often book it as one line.
    """
    return read_whole(lambda: _read(read_records(text_of(body))))


def _read(file: NachaFile) -> ReadFile:
    notes: list[str] = []
    statements = []
    for batch in file.batches:
        booked = _booked(batch, file.created)
        found = [one for entry in batch.entries for one in _found(entry, batch, booked, notes)]
        statements.append(Statement(batch.number, tuple(_by_account(found, batch, booked))))
    return assembled("nacha", "nacha", statements, notes)


def _booked(batch: Batch, created: str) -> date:
    """The effective date; returns have none, then the day the file was made."""
    if batch.effective.strip("0"):
        return day(batch.effective, batch.line, "the effective date")
    return day(created, 1, "the file's date")


def _by_account(found: list[Found], batch: Batch, on: date) -> Iterator[Found]:
    """Credits of a batch under one account stand as the parts of one deposit."""
    accounts = dict.fromkeys(one.arrived.account for one in found)
    for account in accounts:
        own = [one for one in found if one.arrived.account == account]
        paid_in = tuple(one for one in own if one.arrived.amount.minor > 0)
        if len(paid_in) > 1:
            yield _deposit(paid_in, batch, account, on)
        yield from (one for one in own if len(paid_in) < 2 or one.arrived.amount.minor <= 0)


def _deposit(paid_in: tuple[Found, ...], batch: Batch, account: str, on: date) -> Found:
    total = units(sum(one.arrived.amount.minor for one in paid_in), "USD", batch.line)
    whole = Arrived(
        source="",
        source_id="",
        amount=total,
        booked_on=on,
        value_on=on,
        account=account,
        channel=Channel.ACH,
        type_code=batch.sec,
        payer_name=batch.company[:200],
        references=(
            Reference(ReferenceKind.LABEL, f"{batch.company} {batch.description}".strip()),
        ),
        raw=batch.raw,
    )
    return Found(whole, f"{batch.company_id}/{batch.origin}/{batch.number}", paid_in, batch.line)


def _found(entry: Entry, batch: Batch, on: date, notes: list[str]) -> Iterator[Found]:
    """The movement of an entry; none for prenotes and notices of change, which are noted."""
    change = entry.of_type("98")
    if change:
        notes.append(_correction(change[0], entry))
        return
    if entry.code in _NO_MONEY or entry.cents == 0:
        notes.append(f"line {entry.line}: a prenote or an entry of 0.00; left out")
        return
    if entry.code not in _CREDITS | _DEBITS:
        raise Refuse(entry.line, f"there is no transaction code {entry.code!r}")
    sign = 1 if entry.code in _CREDITS else -1
    amount = units(sign * entry.cents, "USD", entry.line)
    back = entry.of_type("99")
    if back:
        arrived = _returned(entry, batch, amount, on, back[0])
    else:
        arrived = _paid(entry, batch, amount, on)
    yield Found(arrived, f"{entry.trace}/{batch.company_id}/{entry.individual}", line=entry.line)


def _correction(addenda: str, entry: Entry) -> str:
    code, trace, corrected = addenda[3:6], addenda[6:21].strip(), addenda[35:64].strip()
    return f"correction {code} for trace {trace}: the bank has {corrected} for {entry.name}"[:300]


def _returned(entry: Entry, batch: Batch, amount: Money, on: date, addenda: str) -> Arrived:
    """Money of an earlier entry that goes back: addenda 99 has its trace and the reason."""
    code, trace, words = addenda[3:6], addenda[6:21].strip(), addenda[35:79].strip()
    if not re.fullmatch(r"R[0-9]{2}", code) or not re.fullmatch(r"[0-9]{15}", trace):
        raise Refuse(entry.line, "a return has no reason code or no original trace number")
    references = (
        Reference(ReferenceKind.TRACE, trace),
        Reference(ReferenceKind.CUSTOMER_REFERENCE, entry.individual),
        Reference(ReferenceKind.LABEL, words),
    )
    return _arrived(entry, batch, amount, on, entry.name, (), references, trace, code)


def _paid(entry: Entry, batch: Batch, amount: Money, on: date) -> Arrived:
    company = PayerAccount(AccountScheme.ACH_COMPANY, batch.company_id.upper())
    originator = entry.of_type("11")
    name = originator[0][3:38].strip() if batch.sec == "IAT" and originator else batch.company
    references = (
        *(Reference(ReferenceKind.REMITTANCE, text) for text in _payment_texts(entry, batch)),
        Reference(ReferenceKind.CUSTOMER_REFERENCE, entry.individual),
        Reference(ReferenceKind.TRACE, entry.trace),
        Reference(ReferenceKind.LABEL, f"{batch.description} {batch.discretionary}".strip()),
    )
    rows = addenda_rows([one[3:83] for one in entry.of_type("05")])
    accounts = (company,) if not is_nothing(batch.company_id) and amount.minor > 0 else ()
    paid = _arrived(entry, batch, amount, on, name, accounts, references, "", "")
    return replace(paid, remittance=rows)


def _payment_texts(entry: Entry, batch: Batch) -> list[str]:
    """The addenda's words: those of CTX are one text cut every 80 characters."""
    kind = "17" if batch.sec == "IAT" else "05"
    pieces = [one[3:83] for one in entry.of_type(kind)]
    if batch.sec == "CTX" and pieces:
        return ["".join(piece.ljust(80) for piece in pieces).strip()]
    return [tidy(piece) for piece in pieces]


def _arrived(
    entry: Entry,
    batch: Batch,
    amount: Money,
    on: date,
    name: str,
    accounts: tuple[PayerAccount, ...],
    references: tuple[Reference, ...],
    returns: str,
    return_code: str,
) -> Arrived:
    return Arrived(
        source="",
        source_id="",
        amount=amount,
        booked_on=on,
        value_on=on,
        account=entry.account,
        channel=Channel.ACH,
        type_code=f"{batch.sec}{entry.code}",
        payer_name=name[:200],
        payer_accounts=accounts,
        references=tuple(one for one in references if not is_nothing(one.text)),
        raw="\n".join(entry.raw),
        returns=returns,
        return_code=return_code,
    )
