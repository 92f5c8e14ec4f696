"""Posting transactions: the rows an invoice, payment or credit memo is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ledger.money import Money, exponent
from sandbox.netsuite.receivables import Stamp
from sandbox.netsuite.statuses import CREDIT, INVOICE, PAYMENT, Document
from sandbox.netsuite.store import ErpStore, Value

AR_ACCOUNT, UNDEPOSITED_ACCOUNT, BANK_ACCOUNT = 2, 3, 1
INCOME_ACCOUNT, CREDIT_ACCOUNT = 4, 5


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of an invoice or credit memo, in minor units of its currency."""

    item: int
    amount: int
    quantity: int = 1
    memo: str = ""


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


def scale_of(currency: str) -> int:
    """Thousandths per minor unit (USD 10, JPY 1000, KWD 1)."""
    return int(10 ** (3 - exponent(currency)))


def base_amount(minor: int, new: NewDocument) -> int:
    """`minor` in the subsidiary's currency at the document's rate, rounded half to even."""
    top = abs(minor) * scale_of(new.currency) * new.rate_millionths
    bottom = scale_of(new.base_currency) * 1_000_000
    whole, rest = divmod(top, bottom)
    if rest * 2 > bottom or (rest * 2 == bottom and whole % 2):
        whole += 1
    return whole if minor >= 0 else -whole


def header(new: NewDocument, stamp: Stamp) -> dict[str, Value]:
    """The transaction row."""
    kind = new.document
    invoice = kind == INVOICE
    number = new.number or f"{kind.prefix}{new.id}"
    sign = -1 if kind == CREDIT else 1
    left = new.total - new.used
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
        "currency": new.currency_id,
        "exchangerate": new.rate_millionths / 1_000_000,
        "foreigntotal": sign * new.total,
        "foreignamountpaid": new.used if invoice else 0,
        "foreignamountunpaid": left if invoice else 0,
        "foreignpaymentamountused": 0 if invoice else new.used,
        "foreignpaymentamountunused": 0 if invoice else left,
        "postingperiod": new.period,
        "posting": "F" if new.status == "D" else "T",
        "void": "F",
        "voided": "F",
        "memo": new.memo or None,
        "otherrefnum": new.other_ref or None,
        "externalid": new.external_id,
        "terms": new.terms,
        "source": new.source,
        "_subsidiary": new.subsidiary,
        "_scale": scale_of(new.currency),
        "_basescale": scale_of(new.base_currency),
        "_basetotal": base_amount(new.total, new),
        "_araccount": new.ar_account,
        "_account": new.account,
        "_undep": None if kind != PAYMENT else ("F" if new.account else "T"),
        "_open": int(left != 0 and new.status != "D"),
        "_created": stamp.utc,
        "_modified": stamp.utc,
    }


LINE_NAMES = (
    "transaction",
    "id",
    "uniquekey",
    "linesequencenumber",
    "mainline",
    "taxline",
    "accountinglinetype",
    "itemtype",
    "item",
    "quantity",
    "rate",
    "netamount",
    "foreignamount",
    "foreignamountpaid",
    "foreignamountunpaid",
    "entity",
    "subsidiary",
    "expenseaccount",
    "createdfrom",
    "memo",
    "linelastmodifieddate",
    "_scale",
    "_basescale",
)
ACCOUNTING_NAMES = (
    "transaction",
    "transactionline",
    "accountingbook",
    "account",
    "amount",
    "debit",
    "credit",
    "netamount",
    "exchangerate",
    "posting",
    "lastmodifieddate",
    "_basescale",
)


def line_rows(new: NewDocument, stamp: Stamp) -> list[tuple[Value, ...]]:
    """The main line, then item lines with the opposite sign."""
    sign = -1 if new.document == CREDIT else 1
    scales = (scale_of(new.currency), scale_of(new.base_currency))
    main: tuple[Value, ...] = (
        new.id,
        0,
        new.id * 1000,
        0,
        "T",
        "F",
        "ACCOUNTSRECEIVABLE",
        None,
        None,
        None,
        None,
        sign * base_amount(new.total, new),
        sign * new.total,
        new.used,
        new.total - new.used,
        new.entity,
        new.subsidiary,
        new.ar_account,
        new.created_from,
        new.memo or None,
        stamp.wall,
        *scales,
    )
    rows = [main]
    for n, line in enumerate(new.lines, 1):
        rows.append(
            (
                new.id,
                n,
                new.id * 1000 + n,
                n,
                "F",
                "F",
                "INCOME",
                "Service",
                line.item,
                -sign * line.quantity,
                line.amount // max(1, line.quantity),
                -sign * base_amount(line.amount, new),
                -sign * line.amount,
                None,
                None,
                new.entity,
                new.subsidiary,
                INCOME_ACCOUNT,
                new.created_from,
                line.memo or None,
                stamp.wall,
                *scales,
            )
        )
    return rows


def accounting_rows(new: NewDocument, stamp: Stamp) -> list[tuple[Value, ...]]:
    """A debit and a credit of the same base amount; none while approval is pending."""
    if new.status == "D":
        return []
    base = base_amount(new.total, new)
    other = {
        INVOICE.code: INCOME_ACCOUNT,
        CREDIT.code: CREDIT_ACCOUNT,
        PAYMENT.code: new.account or UNDEPOSITED_ACCOUNT,
    }[new.document.code]
    debit, credit = (new.ar_account, other) if new.document == INVOICE else (other, new.ar_account)
    tail = (new.rate_millionths / 1_000_000, "T", stamp.wall, scale_of(new.base_currency))
    main = new.ar_account
    return [
        (new.id, int(debit != main), 1, debit, base, base, None, base, *tail),
        (new.id, int(credit != main), 1, credit, -base, None, base, -base, *tail),
    ]


def post(store: ErpStore, new: NewDocument, stamp: Stamp) -> None:
    """Write a transaction with its lines."""
    with store.transaction():
        store.insert("transaction", header(new, stamp))
        store.insert_many("transactionline", LINE_NAMES, line_rows(new, stamp))
        store.insert_many(
            "transactionaccountingline", ACCOUNTING_NAMES, accounting_rows(new, stamp)
        )


def shown(minor: int, currency: str) -> str:
    """Decimal text of an amount."""
    return Money(minor, currency).plain()
