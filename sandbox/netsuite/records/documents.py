"""Posting transactions: the rows an invoice, payment or credit memo is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ledger.money import Money, exponent
from sandbox.netsuite.records.accounting import (
    AR_ACCOUNT,
    BANK_ACCOUNT,
    CREDIT_ACCOUNT,
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


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of an invoice or credit memo, in minor units of its currency."""

    item: int
    amount: int
    quantity: int = 1
    memo: str = ""
    department: int | None = None
    class_id: int | None = None
    location: int | None = None


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
        "_createdfrom": new.created_from,
        "_department": new.department,
        "_class": new.class_id,
        "_location": new.location,
        "_created": stamp.utc,
        "_modified": stamp.utc,
        **_amounts(new),
    }


def _amounts(new: NewDocument) -> dict[str, Value]:
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
        "mainline": "T",
        "accountinglinetype": "ACCOUNTSRECEIVABLE",
        "itemtype": None,
        "department": new.department,
        "class": new.class_id,
        "location": new.location,
        "item": None,
        "quantity": None,
        "rate": None,
        "foreignamountpaid": new.used,
        "foreignamountunpaid": new.total - new.used,
        "expenseaccount": new.ar_account,
        "memo": new.memo or None,
    }
    rows = [main | _line(new, stamp, 0, sign * new.total)]
    for n, line in enumerate(new.lines, 1):
        item: dict[str, Value] = {
            "mainline": "F",
            "accountinglinetype": "INCOME",
            "itemtype": "Service",
            "department": line.department or new.department,
            "class": line.class_id or new.class_id,
            "location": line.location or new.location,
            "item": line.item,
            "quantity": -sign * line.quantity,
            "rate": line.amount // max(1, line.quantity),
            "foreignamountpaid": None,
            "foreignamountunpaid": None,
            "expenseaccount": INCOME_ACCOUNT,
            "memo": line.memo or None,
        }
        rows.append(item | _line(new, stamp, n, -sign * line.amount))
    return rows


def _line(new: NewDocument, stamp: Stamp, number: int, amount: int) -> dict[str, Value]:
    return {
        "transaction": new.id,
        "id": number,
        "uniquekey": new.id * 1000 + number,
        "linesequencenumber": number,
        "taxline": "F",
        "netamount": base_amount(amount, new),
        "foreignamount": amount,
        "entity": new.entity,
        "subsidiary": new.subsidiary,
        "createdfrom": new.created_from,
        "linelastmodifieddate": stamp.wall,
        "_scale": scale_of(new.currency),
        "_basescale": scale_of(new.base_currency),
    }


def accounting_rows(new: NewDocument, stamp: Stamp) -> list[dict[str, Value]]:
    """A debit and a credit of the same base amount; none while approval is pending."""
    if not new.posts:
        return []
    debited, credited = _accounts(new)
    base = base_amount(new.total, new)
    return [_entry(new, stamp, debited, base), _entry(new, stamp, credited, -base)]


def _accounts(new: NewDocument) -> tuple[int, int]:
    money = new.account or UNDEPOSITED_ACCOUNT
    return {
        INVOICE.code: (new.ar_account, INCOME_ACCOUNT),
        CREDIT.code: (CREDIT_ACCOUNT, new.ar_account),
        PAYMENT.code: (money, new.ar_account),
        DEPOSIT.code: (money, DEPOSITS_ACCOUNT),
        DEPOSIT_USE.code: (DEPOSITS_ACCOUNT, new.ar_account),
        REFUND.code: (new.ar_account, new.account or BANK_ACCOUNT),
    }[new.document.code]


def _entry(new: NewDocument, stamp: Stamp, account: int, amount: int) -> dict[str, Value]:
    return {
        "transaction": new.id,
        "transactionline": int(account != new.ar_account),
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
