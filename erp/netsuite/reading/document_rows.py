"""Rows of transactions, links and traces as the port's values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.ledger.errors import LedgerError
from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from erp.netsuite.connection import Reading
from erp.netsuite.numbers import plain, truth, unsigned
from erp.netsuite.suiteql import Row
from erp.port import (
    Document,
    ErpApplication,
    ErpCreditLine,
    ErpDeleted,
    ErpInvoice,
    ErpInvoiceLine,
    ErpNote,
    ErpSettlement,
    ErpUnreadable,
    SettlementKind,
)

INVOICE, PAYMENT, JOURNAL = "CustInvc", "CustPymt", "Journal"
KINDS: Mapping[str, SettlementKind] = {
    PAYMENT: "payment",
    "CustCred": "credit_memo",
    "CustDep": "deposit",
    "DepAppl": "deposit_application",
    "CustRfnd": "refund",
    JOURNAL: "journal",
}
# Labels of the letters; those of unapproved and rejected documents are from the record schema.
_WORDS = {
    (PAYMENT, "A"): "pending_approval",
    (PAYMENT, "B"): "undeposited",
    (PAYMENT, "C"): "deposited",
    (PAYMENT, "R"): "rejected",
    ("CustCred", "A"): "open",
    ("CustCred", "B"): "applied",
    ("CustDep", "A"): "undeposited",
    ("CustDep", "B"): "deposited",
    ("CustDep", "C"): "applied",
    ("DepAppl", "A"): "open",
    ("DepAppl", "B"): "applied",
    ("CustRfnd", "A"): "open",
    (JOURNAL, "A"): "pending_approval",
    (JOURNAL, "B"): "approved",
}


def document(row: Row, reading: Reading) -> Document:
    """A row of `transaction` as an invoice or a settlement, or why it cannot be one."""
    try:
        if row["type"] == INVOICE:
            return _invoice(row, reading)
        return _settlement(row, reading)
    except (LedgerError, KeyError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        return ErpUnreadable(row["id"], row.get("type", ""), row.get("tranid", ""), reason[:300])


def journal(rows: list[Row], reading: Reading) -> Document:
    """The receivable line of a journal; two for different customers cannot be told apart."""
    first = rows[0]
    if len(rows) == 1:
        return document(first, reading)
    reason = f"{len(rows)} lines on receivables: enter one journal for each customer"
    return ErpUnreadable(first["id"], first.get("type", ""), first.get("tranid", ""), reason)


def _invoice(row: Row, reading: Reading) -> ErpInvoice:
    currency = reading.currency(row)
    total = Money.parse(plain(row["foreigntotal"]), currency)
    status = (
        InvoiceStatus.VOIDED if _voided(row) else InvoiceStatus(reading.statuses[row["status"]])
    )
    unpaid = Money.parse(plain(row.get("foreignamountunpaid", "0")), currency)
    left = Money.zero(currency) if status is InvoiceStatus.VOIDED else unpaid
    if not 0 <= left.minor <= total.minor:
        raise ValueError(f"{left} open of {total}")
    issued_on = date.fromisoformat(row["trandate"])
    return ErpInvoice(
        netsuite_id=row["id"],
        number=row.get("tranid") or row["id"],
        customer_netsuite_id=row["entity"],
        subsidiary_netsuite_id=row.get("subsidiary"),
        total=total,
        open=left,
        issued_on=issued_on,
        due_on=date.fromisoformat(row["duedate"]) if "duedate" in row else issued_on,
        status=status.value,
        po_number=row.get("otherrefnum", ""),
        memo=row.get("memo", ""),
        external_id=row.get("externalid", ""),
        exchange_rate=plain(row.get("exchangerate", "1")),
        period_netsuite_id=row.get("postingperiod", ""),
        terms_netsuite_id=row.get("terms", ""),
        modified_at=reading.modified(row),
        custom=_custom(row),
    )


def _settlement(row: Row, reading: Reading) -> ErpSettlement:
    voided = _voided(row)
    total, left = _amounts(row, reading.currency(row))
    return ErpSettlement(
        netsuite_id=row["id"],
        kind=KINDS[row["type"]],
        number=row.get("tranid") or row["id"],
        customer_netsuite_id=row["entity"],
        total=total,
        open=Money.zero(total.currency) if voided else left,
        on=date.fromisoformat(row["trandate"]),
        voided=voided,
        external_id=row.get("externalid", ""),
        memo=row.get("memo", ""),
        reference=row.get("otherrefnum", ""),
        subsidiary_netsuite_id=row.get("subsidiary"),
        exchange_rate=plain(row.get("exchangerate", "1")),
        period_netsuite_id=row.get("postingperiod", ""),
        status=_word(row),
        modified_at=reading.modified(row),
        custom=_custom(row),
    )


def _custom(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, text) for key, text in row.items() if key.startswith("custbody")))


def _amounts(row: Row, currency: str) -> tuple[Money, Money]:
    """Total and rest. A journal that debits receivables has both negative."""

    def amount(name: str) -> Money:
        return Money.parse(plain(row.get(name, "0")), currency)

    unused = unsigned(amount("foreignpaymentamountunused"))
    if row["type"] != JOURNAL:
        return unsigned(amount("foreigntotal")), unused
    total = -amount("foreignamount")
    return total, unused if total.minor >= 0 else -unsigned(amount("foreignamountunpaid"))


def _word(row: Row) -> str:
    if _voided(row):
        return "voided"
    letter = row.get("status", "")
    return _WORDS.get((row["type"], letter), letter)


def application(row: Row, reading: Reading) -> ErpApplication:
    """A row of `nexttransactionlinelink` joined with the settlement's currency."""
    return ErpApplication(
        settlement_netsuite_id=row["nextdoc"],
        invoice_netsuite_id=row["previousdoc"],
        amount=unsigned(Money.parse(plain(row["foreignamount"]), reading.currency(row))),
    )


def is_line(row: Row) -> bool:
    """Whether an invoice's row bills something; cost of sales stands beside it unasked."""
    cost = truth(row.get("iscogs")) or row.get("accountinglinetype", "").upper() in _COSTS
    return not cost and "foreignamount" in row


_COSTS = ("COGS", "ASSET")


def line(row: Row, reading: Reading) -> ErpInvoiceLine:
    """A row of `transactionline`; what it bills is negative there.

    Raises ValueError, KeyError or a LedgerError for one that makes no sense.
    """
    quantity = plain(row["quantity"]).lstrip("-") if "quantity" in row else ""
    return ErpInvoiceLine(
        invoice_netsuite_id=row["transaction"],
        line=int(row["id"]),
        amount=-Money.parse(plain(row["foreignamount"]), reading.currency(row)),
        item_netsuite_id=row.get("item", ""),
        account_netsuite_id=row.get("expenseaccount", ""),
        quantity=quantity,
        memo=row.get("memo", ""),
        department_netsuite_id=row.get("department", ""),
        class_netsuite_id=row.get("class", ""),
        location_netsuite_id=row.get("location", ""),
        service_starts_on=_day(row.get("starts")),
        service_ends_on=_day(row.get("ends")),
        tax=truth(row.get("taxline")),
    )


def credit_line(row: Row, reading: Reading) -> ErpCreditLine:
    """A row of `transactionline` of a credit memo; what it credits is positive there.

    Raises ValueError, KeyError or a LedgerError for one that makes no sense.
    """
    quantity = plain(row["quantity"]).lstrip("-") if "quantity" in row else ""
    return ErpCreditLine(
        credit_netsuite_id=row["transaction"],
        line=int(row["id"]),
        amount=Money.parse(plain(row["foreignamount"]), reading.currency(row)),
        item_netsuite_id=row.get("item", ""),
        account_netsuite_id=row.get("expenseaccount", ""),
        quantity=quantity,
        memo=row.get("memo", ""),
        created_from_netsuite_id=row.get("createdfrom", ""),
        service_starts_on=_day(row.get("starts")),
        service_ends_on=_day(row.get("ends")),
        tax=truth(row.get("taxline")),
    )


def deletion(row: Row, reading: Reading) -> ErpDeleted:
    """A row of `deletedrecord`; `type` is the record's name where the account shows it."""
    return ErpDeleted(
        netsuite_id=row["recordid"],
        type=(row.get("scriptid") or row.get("type", "")).lower(),
        name=row.get("name", ""),
        deleted_at=reading.utc(row["deleteddate"]) if "deleteddate" in row else None,
        deleted_by=row.get("deletedby", ""),
    )


def system_note(row: Row, reading: Reading) -> ErpNote:
    """A row of `systemnote`."""
    return ErpNote(
        record_netsuite_id=row["recordid"],
        field=row.get("field", ""),
        old=row.get("oldvalue", ""),
        new=row.get("newvalue", ""),
        by=row.get("author", ""),
        at=reading.utc(row["noted"]) if "noted" in row else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _voided(row: Row) -> bool:
    return truth(row.get("voided")) or row.get("status") == "V"
