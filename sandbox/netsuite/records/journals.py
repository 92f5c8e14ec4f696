"""Journal entries: balanced lines; a line on receivables can be applied like a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.netsuite.errors import Refusal, invalid_content, user_error
from sandbox.netsuite.records.accounting import AR_ACCOUNT, in_base, write_entries
from sandbox.netsuite.records.bodies import Bodies, Body, text_of
from sandbox.netsuite.records.documents import scale_of
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.numbering import next_transaction_id
from sandbox.netsuite.records.receivables import check_period, currency_symbol, transaction_row
from sandbox.netsuite.records.statuses import JOURNAL
from sandbox.netsuite.records.wire import items, minor_units, truth
from sandbox.netsuite.store import ErpStore, Value


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line; debits positive, minor units of the journal's currency."""

    account: int
    amount: int
    entity: int | None
    memo: str
    receivable: bool


@dataclass(frozen=True, slots=True)
class NewJournal:
    """Everything needed to post a journal."""

    subsidiary: int
    currency: int
    rate_millionths: int
    on: int
    lines: tuple[JournalLine, ...]
    memo: str = ""
    number: str = ""
    external_id: str | None = None
    approved: bool = True
    void_of: int | None = None


def post_journal(store: ErpStore, stamp: Stamp, body: Body) -> int:
    """Post a journal out of a request body; its id. Raises Refusal."""
    bodies = Bodies(store)
    subsidiary = bodies.id_of(body, "subsidiary", "subsidiary")
    if subsidiary is None:
        raise user_error("Please enter value(s) for: Subsidiary.")
    own = store.number("SELECT currency FROM subsidiary WHERE id = ?", (subsidiary,))
    currency = bodies.id_of(body, "currency", "currency") or own
    symbol, base = currency_symbol(store, currency), currency_symbol(store, own)
    on = bodies.date_of(body, "tranDate") or stamp.day
    new = NewJournal(
        subsidiary=subsidiary,
        currency=currency,
        rate_millionths=bodies.rate(symbol, base, body.get("exchangeRate"), on),
        on=on,
        lines=_lines(bodies, body, symbol),
        memo=text_of(body, "memo"),
        number=text_of(body, "tranId"),
        external_id=text_of(body, "externalId") or None,
        approved=truth(body.get("approved", True), "approved"),
    )
    return write_journal(store, stamp, new)


def _lines(bodies: Bodies, body: Body, symbol: str) -> tuple[JournalLine, ...]:
    lines = []
    for n, line in enumerate(items(body.get("line"), "line")):
        path = f"line.items[{n}]"
        account = bodies.id_of(line, "account", "account")
        if account is None:
            raise user_error("Please enter value(s) for: Account.")
        kind = bodies.store.row("SELECT accttype FROM account WHERE id = ?", (account,))
        entity = bodies.id_of(line, "entity", "customer")
        receivable = kind is not None and kind[0] == "AcctRec"
        if receivable and entity is None:
            raise user_error("An accounts receivable line needs a customer in Name.")
        amount = _amount(line, symbol, path)
        lines.append(JournalLine(account, amount, entity, text_of(line, "memo"), receivable))
    if sum(line.amount for line in lines) or len(lines) < 2:
        raise user_error("The amounts in a journal entry must balance.")
    if sum(line.receivable for line in lines) > 1:
        raise Refusal(
            400, "USER_ERROR", "This sandbox takes one accounts receivable line per journal."
        )
    return tuple(lines)


def _amount(line: Mapping[str, object], symbol: str, path: str) -> int:
    debit, credit = line.get("debit"), line.get("credit")
    if (debit is None) == (credit is None):
        raise invalid_content("A line has either a debit or a credit.", path)
    amount = minor_units(debit if credit is None else credit, symbol, path)
    if amount < 0:
        raise invalid_content("The amount must be positive.", path)
    return amount if credit is None else -amount


def write_journal(store: ErpStore, stamp: Stamp, new: NewJournal) -> int:
    """Write a journal's rows; its id. Raises Refusal for a closed period."""
    journal_id = next_transaction_id(store)
    scales = _scales(store, new)
    store.insert("transaction", _header(store, stamp, new, journal_id, scales))
    lines = [
        _line(new, line, (journal_id, number), stamp, scales)
        for number, line in enumerate(_mainline_first(new.lines))
    ]
    store.insert_all("transactionline", lines)
    row = transaction_row(store, journal_id)
    if row is not None and new.approved:
        paired = zip(new.lines, _bases(new, scales), strict=True)
        ordered = sorted(paired, key=lambda pair: not pair[0].receivable)
        entries = [(line.account, amount) for line, amount in ordered]
        write_entries(store, row, entries, stamp)
    return journal_id


def _mainline_first(lines: Sequence[JournalLine]) -> list[JournalLine]:
    return sorted(lines, key=lambda line: not line.receivable)


def _scales(store: ErpStore, new: NewJournal) -> tuple[int, int]:
    own = store.number("SELECT currency FROM subsidiary WHERE id = ?", (new.subsidiary,))
    symbols = (currency_symbol(store, new.currency), currency_symbol(store, own))
    return scale_of(symbols[0]), scale_of(symbols[1])


def _bases(new: NewJournal, scales: tuple[int, int]) -> list[int]:
    """Base amounts; what rounding leaves over goes to the last line."""
    amounts = [in_base(line.amount, *scales, new.rate_millionths) for line in new.lines]
    amounts[-1] -= sum(amounts)
    return amounts


def _header(
    store: ErpStore, stamp: Stamp, new: NewJournal, journal_id: int, scales: tuple[int, int]
) -> dict[str, Value]:
    open_line = next((line for line in new.lines if line.receivable), None)
    number = new.number or f"{JOURNAL.prefix}{journal_id}"
    return {
        "id": journal_id,
        "type": JOURNAL.code,
        "recordtype": JOURNAL.record,
        "tranid": number,
        "transactionnumber": f"JOURNAL{journal_id}",
        "trandisplayname": f"{JOURNAL.label} #{number}",
        "entity": open_line.entity if open_line else None,
        "trandate": new.on,
        "createddate": stamp.wall,
        "lastmodifieddate": stamp.wall,
        "status": "B" if new.approved else "A",
        "postingperiod": check_period(store, new.on),
        "posting": "T" if new.approved else "F",
        "void": "T" if new.void_of else "F",
        "voided": "F",
        "isreversal": "F",
        "memo": new.memo or None,
        "externalid": new.external_id,
        "source": "REST Web Services",
        "currency": new.currency,
        "exchangerate": new.rate_millionths / 1_000_000,
        **_amounts(new, open_line, scales),
        "_subsidiary": new.subsidiary,
        "_createdfrom": new.void_of,
        "_created": stamp.utc,
        "_modified": stamp.utc,
    }


def _amounts(
    new: NewJournal, open_line: JournalLine | None, scales: tuple[int, int]
) -> dict[str, Value]:
    """What of a journal is open: its receivables line, once it is approved."""
    amount = open_line.amount if open_line and new.approved else 0
    return {
        "foreigntotal": sum(line.amount for line in new.lines if line.amount > 0),
        "foreignamountpaid": 0,
        "foreignamountunpaid": max(0, amount),
        "foreignpaymentamountused": 0,
        "foreignpaymentamountunused": max(0, -amount),
        "_scale": scales[0],
        "_basescale": scales[1],
        "_basetotal": abs(in_base(amount, *scales, new.rate_millionths)),
        "_araccount": open_line.account if open_line else AR_ACCOUNT,
        "_open": int(amount != 0),
    }


def _line(
    new: NewJournal,
    line: JournalLine,
    key: tuple[int, int],
    stamp: Stamp,
    scales: tuple[int, int],
) -> dict[str, Value]:
    journal_id, number = key
    return {
        "transaction": journal_id,
        "id": number,
        "uniquekey": journal_id * 1000 + number,
        "linesequencenumber": number,
        "mainline": "F" if number else "T",
        "taxline": "F",
        "accountinglinetype": "ACCOUNTSRECEIVABLE" if line.receivable else None,
        "netamount": in_base(line.amount, *scales, new.rate_millionths),
        "foreignamount": line.amount,
        "foreignamountpaid": 0,
        "foreignamountunpaid": abs(line.amount) if line.receivable else 0,
        "entity": line.entity,
        "subsidiary": new.subsidiary,
        "expenseaccount": line.account,
        "createdfrom": new.void_of,
        "memo": line.memo or new.memo or None,
        "linelastmodifieddate": stamp.wall,
        "_scale": scales[0],
        "_basescale": scales[1],
    }
