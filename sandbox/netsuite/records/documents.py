"""Posting transactions: the rows an invoice, payment or credit memo is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from domain.ledger.money import Money, exponent
from sandbox.netsuite.records.accounting import (
    AR_ACCOUNT,
    BANK_ACCOUNT,
    DEPOSITS_ACCOUNT,
    INCOME_ACCOUNT,
    UNDEPOSITED_ACCOUNT,
    in_base,
)
from sandbox.netsuite.records.links import LINK_ORDER, Link, write_link
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.statuses import (
    CREDIT,
    DEPOSIT,
    DEPOSIT_USE,
    INVOICE,
    ORDER,
    PAYMENT,
    REFUND,
    Document,
)
from sandbox.netsuite.store import ErpStore, Value

_RECEIPTS = (PAYMENT, DEPOSIT)
_WITHOUT_LEDGER = (ORDER,)
_TEN_DECIMALS = 10**10


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of an invoice or credit memo, in minor units of its currency.

    `quantity` and `rate` are plain decimal text; an empty rate is the amount of one. `account`
    is what the line is booked to. A tax line has no item.
    """

    item: int | None
    amount: int
    quantity: str = "1"
    rate: str = ""
    memo: str = ""
    department: int | None = None
    class_id: int | None = None
    location: int | None = None
    account: int = INCOME_ACCOUNT
    starts_on: int | None = None
    ends_on: int | None = None
    tax: bool = False
    kind: str = "Service"
    custom: str = ""
    custom_dates: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """Everything needed to post a transaction. Amounts are positive minor units."""

    document: Document
    id: int
    entity: int
    subsidiary: int
    currency_id: int
    currency: str
    base_currency: str
    rate_millionths: int
    on: int
    period: int
    total: int
    status: str
    lines: tuple[ItemLine, ...] = ()
    due_on: int | None = None
    number: str = ""
    memo: str = ""
    other_ref: str = ""
    external_id: str | None = None
    terms: int | None = None
    approval: int | None = None
    ar_account: int = AR_ACCOUNT
    account: int | None = None
    created_from: int | None = None
    source: str = "REST Web Services"
    used: int = field(default=0)
    department: int | None = None
    class_id: int | None = None
    location: int | None = None
    reversal: bool = False
    custom: tuple[str, str] = ("", "")

    @property
    def posts(self) -> bool:
        """Whether it has ledger lines now."""
        return self.status != "D" and self.document not in _WITHOUT_LEDGER


def scale_of(currency: str) -> int:
    """Thousandths per minor unit (USD 10, JPY 1000, KWD 1)."""
    return int(10 ** (3 - exponent(currency)))


def base_amount(minor: int, new: NewDocument) -> int:
    """`minor` in the subsidiary's currency at the document's rate, rounded half to even."""
    return in_base(minor, scale_of(new.currency), scale_of(new.base_currency), new.rate_millionths)


def header(new: NewDocument, stamp: Stamp) -> dict[str, Value]:
    """The transaction row."""
    kind = new.document
    number = new.number or f"{kind.prefix}{new.id}"
    return {
        "id": new.id,
        "type": kind.code,
        "recordtype": kind.record,
        "tranid": number,
        "transactionnumber": f"{kind.code.upper()}{new.id}",
        "trandisplayname": f"{kind.label} #{number}",
        "entity": new.entity,
        "trandate": new.on,
        "duedate": new.due_on,
        "createddate": stamp.wall,
        "lastmodifieddate": stamp.wall,
        "status": new.status,
        "approvalstatus": new.approval,
        "postingperiod": new.period,
        "posting": "T" if new.posts else "F",
        "void": "F",
        "voided": "F",
        "memo": new.memo or None,
        "otherrefnum": new.other_ref or None,
        "externalid": new.external_id,
        "terms": new.terms,
        "source": new.source,
        "isreversal": "T" if new.reversal else "F",
        "abbrevtype": kind.prefix,
        "custbody_dw_project": new.custom[0] or None,
        "custbody_dw_reference": new.custom[1] or None,
        "_createdfrom": new.created_from,
        "_department": new.department,
        "_class": new.class_id,
        "_location": new.location,
        "_created": stamp.utc,
        "_modified": stamp.utc,
        **amount_columns(new),
    }


def amount_columns(new: NewDocument) -> dict[str, Value]:
    """What the transaction row says about amounts, accounts and rate."""
    kind = new.document
    left = 0 if kind == ORDER else new.total - new.used
    invoice = kind == INVOICE
    return {
        "currency": new.currency_id,
        "exchangerate": new.rate_millionths / 1_000_000,
        "foreigntotal": -new.total if kind == CREDIT else new.total,
        "foreignamountpaid": new.used if invoice else 0,
        "foreignamountunpaid": left if invoice else 0,
        "foreignpaymentamountused": 0 if invoice or kind == ORDER else new.used,
        "foreignpaymentamountunused": 0 if invoice else left,
        "_subsidiary": new.subsidiary,
        "_scale": scale_of(new.currency),
        "_basescale": scale_of(new.base_currency),
        "_basetotal": base_amount(new.total, new),
        "_araccount": new.ar_account,
        "_account": new.account,
        "_undep": None if kind not in _RECEIPTS else ("F" if new.account else "T"),
        "_open": int(left != 0 and new.status != "D"),
    }


def line_rows(new: NewDocument, stamp: Stamp) -> list[dict[str, Value]]:
    """The main line, then item lines with the opposite sign."""
    sign = -1 if new.document == CREDIT else 1
    main: dict[str, Value] = {
        **dict.fromkeys(_ITEM_COLUMNS),
        "mainline": "T",
        "taxline": "F",
        "accountinglinetype": "ACCOUNTSRECEIVABLE",
        "department": new.department,
        "class": new.class_id,
        "location": new.location,
        "foreignamountpaid": new.used,
        "foreignamountunpaid": new.total - new.used,
        "expenseaccount": new.ar_account,
        "memo": new.memo or None,
    }
    total = sign * new.total
    rows = [main | _line(new, stamp, 0, total, base_amount(total, new))]
    bases = line_bases(new)
    for n, (line, base) in enumerate(zip(new.lines, bases, strict=True), 1):
        item = _item_columns(new, line, sign)
        rows.append(item | _line(new, stamp, n, -sign * line.amount, -sign * base))
    return rows


_ITEM_COLUMNS = (
    "itemtype",
    "item",
    "quantity",
    "rate",
    "revrecstartdate",
    "revrecenddate",
    "custcol_dw_project",
    "custcol_dw_service_start",
    "custcol_dw_service_end",
)


def _item_columns(new: NewDocument, line: ItemLine, sign: int) -> dict[str, Value]:
    return {
        "mainline": "F",
        "taxline": "T" if line.tax else "F",
        "accountinglinetype": "TAX" if line.tax else "INCOME",
        "itemtype": "TaxItem" if line.tax else line.kind,
        "department": line.department or new.department,
        "class": line.class_id or new.class_id,
        "location": line.location or new.location,
        "item": line.item,
        "quantity": None if line.tax else _signed(line.quantity, -sign),
        "rate": None if line.tax else line.rate or unit_rate(line, new.currency),
        "revrecstartdate": line.starts_on,
        "revrecenddate": line.ends_on,
        "foreignamountpaid": None,
        "foreignamountunpaid": None,
        "expenseaccount": line.account,
        "memo": line.memo or None,
        "custcol_dw_project": line.custom or None,
        "custcol_dw_service_start": line.custom_dates[0],
        "custcol_dw_service_end": line.custom_dates[1],
    }


def _signed(quantity: str, sign: int) -> str:
    return quantity if sign > 0 else f"-{quantity}"


def unit_rate(line: ItemLine, currency: str) -> str:
    """The price of one, to ten decimals, where only an amount was given."""
    one = Fraction(line.amount, 10 ** exponent(currency)) / Fraction(line.quantity)
    whole, rest = divmod(round(abs(one) * _TEN_DECIMALS), _TEN_DECIMALS)
    text = f"{whole}.{rest:010}".rstrip("0").rstrip(".")
    return f"-{text}" if one < 0 else text


def line_bases(new: NewDocument) -> list[int]:
    """Base amounts of the lines; what rounding leaves over goes to the last one."""
    bases = [base_amount(line.amount, new) for line in new.lines]
    if bases:
        bases[-1] += base_amount(new.total, new) - sum(bases)
    return bases


def _line(new: NewDocument, stamp: Stamp, number: int, amount: int, base: int) -> dict[str, Value]:
    return {
        "transaction": new.id,
        "id": number,
        "uniquekey": new.id * 1000 + number,
        "linesequencenumber": number,
        "netamount": base,
        "foreignamount": amount,
        "entity": new.entity,
        "subsidiary": new.subsidiary,
        "createdfrom": new.created_from,
        "linelastmodifieddate": stamp.wall,
        "iscogs": "F",
        "isclosed": "F",
        "_scale": scale_of(new.currency),
        "_basescale": scale_of(new.base_currency),
    }


def accounting_rows(new: NewDocument, stamp: Stamp) -> list[dict[str, Value]]:
    """Balanced ledger lines, numbered like the transaction's; none while approval is pending."""
    if not new.posts:
        return []
    entries = ledger_entries(new)
    return [_entry(new, stamp, n, *entry) for n, entry in enumerate(entries)]


def ledger_entries(new: NewDocument) -> list[tuple[int, int]]:
    """Accounts and base amounts, debits positive; the main line's first."""
    base = base_amount(new.total, new)
    if new.document in (INVOICE, CREDIT):
        sign = 1 if new.document == INVOICE else -1
        lines = zip(new.lines, line_bases(new), strict=True)
        booked = [(line.account, -sign * part) for line, part in lines]
        return [(new.ar_account, sign * base), *booked]
    own, other = _accounts(new)
    debit = new.document == REFUND
    return [(own, base if debit else -base), (other, -base if debit else base)]


def _accounts(new: NewDocument) -> tuple[int, int]:
    """The account of the main line and the one against it."""
    money = new.account or UNDEPOSITED_ACCOUNT
    return {
        PAYMENT.code: (new.ar_account, money),
        DEPOSIT.code: (DEPOSITS_ACCOUNT, money),
        DEPOSIT_USE.code: (new.ar_account, DEPOSITS_ACCOUNT),
        REFUND.code: (new.ar_account, new.account or BANK_ACCOUNT),
    }[new.document.code]


def _entry(
    new: NewDocument, stamp: Stamp, number: int, account: int, amount: int
) -> dict[str, Value]:
    return {
        "transaction": new.id,
        "transactionline": number,
        "accountingbook": 1,
        "account": account,
        "amount": amount,
        "debit": amount if amount > 0 else None,
        "credit": -amount if amount < 0 else None,
        "netamount": amount,
        "exchangerate": new.rate_millionths / 1_000_000,
        "posting": "T",
        "lastmodifieddate": stamp.wall,
        "_basescale": scale_of(new.base_currency),
    }


def post(store: ErpStore, new: NewDocument, stamp: Stamp) -> None:
    """Write a transaction with its lines."""
    with store.transaction():
        store.insert("transaction", header(new, stamp))
        store.insert_all("transactionline", line_rows(new, stamp))
        store.insert_all("transactionaccountingline", accounting_rows(new, stamp))
        source = store.row('SELECT * FROM "transaction" WHERE id = ?', (new.created_from,))
        made = store.row('SELECT * FROM "transaction" WHERE id = ?', (new.id,))
        if source is not None and made is not None and source["type"] == ORDER.code:
            write_link(store, Link(source, made, LINK_ORDER, new.total, 0), stamp)


def shown(minor: int, currency: str) -> str:
    """Decimal text of an amount."""
    return Money(minor, currency).plain()
