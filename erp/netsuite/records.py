"""NetSuite's rows and records as the port's values, and a payment as NetSuite's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from domain.ledger.errors import LedgerError
from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.party import ContactRole
from erp.netsuite.config import CustomFields
from erp.netsuite.suiteql import Row
from erp.netsuite.wire import reference
from erp.port import (
    Document,
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpInvoice,
    ErpPeriod,
    ErpSettlement,
    ErpSubsidiary,
    ErpUnreadable,
    PaymentToPost,
)

Currencies = Mapping[str, str]

INVOICE, PAYMENT, CREDIT = "CustInvc", "CustPymt", "CustCred"
_KINDS: dict[str, Literal["payment", "credit_memo"]] = {PAYMENT: "payment", CREDIT: "credit_memo"}
# SuiteQL over REST gives the letter alone; the labels of D and E are from the record schema.
_STATUSES = {
    "A": InvoiceStatus.OPEN,
    "B": InvoiceStatus.PAID,
    "D": InvoiceStatus.PENDING_APPROVAL,
    "E": InvoiceStatus.REJECTED,
    "V": InvoiceStatus.VOIDED,
}
_ROLES = frozenset(role.value for role in ContactRole)


def wall_time(text: str) -> datetime:
    """A wall-clock text of SuiteQL ("2026-03-10 08:00:00") as if it were UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def truth(text: str | None) -> bool:
    """NetSuite's T and F."""
    return text == "T"


def subsidiary(row: Row, currencies: Currencies) -> ErpSubsidiary:
    """A row of `subsidiary`."""
    return ErpSubsidiary(
        netsuite_id=row["id"],
        name=row.get("name", ""),
        currency=currencies.get(row.get("currency", ""), ""),
        country=row.get("country", ""),
    )


def period(row: Row) -> ErpPeriod:
    """A row of `accountingperiod`."""
    return ErpPeriod(
        netsuite_id=row["id"],
        name=row["periodname"],
        starts_on=date.fromisoformat(row["startdate"]),
        ends_on=date.fromisoformat(row["enddate"]),
        closed=truth(row.get("closed")),
        ar_locked=truth(row.get("arlocked")),
        all_locked=truth(row.get("alllocked")),
    )


def customer(
    row: Row, currencies: Currencies, fields: CustomFields, offset: timedelta
) -> ErpCustomer:
    """A row of `customer`."""
    name = row.get("altname") or row.get("companyname") or row.get("fullname") or row["entityid"]
    hold = truth(row.get("oncredithold")) or row.get("creditholdoverride", "").upper() == "ON"
    return ErpCustomer(
        netsuite_id=row["id"],
        entity_number=row.get("entityid", ""),
        name=name,
        legal_name=row.get("companyname", ""),
        currency=currencies.get(row.get("currency", ""), currencies.get("", "")),
        parent_netsuite_id=row.get("parent"),
        subsidiary_netsuite_id=row.get("subsidiary"),
        email=row.get("email", "").strip().lower(),
        phone=row.get("phone", ""),
        country=row.get(fields.country, ""),
        region=row.get(fields.region, ""),
        timezone=row.get(fields.timezone, ""),
        language=row.get("language", "")[:2].lower(),
        inactive=truth(row.get("isinactive")),
        credit_hold=hold,
        stripe_customer_id=row.get(fields.stripe_customer, ""),
        modified_at=_modified(row, offset),
    )


def contact(row: Row, fields: CustomFields) -> ErpContact:
    """A row of `contact`; without a role of ours a person counts as a primary contact."""
    role = row.get(fields.contact_role, "").lower()
    full = f"{row.get('firstname', '')} {row.get('lastname', '')}".strip()
    return ErpContact(
        netsuite_id=row["id"],
        customer_netsuite_id=row["company"],
        name=full or row.get("entityid", ""),
        email=row.get("email", "").strip().lower(),
        role=role if role in _ROLES else ContactRole.PRIMARY.value,
        language=row.get(fields.contact_language, "")[:2].lower(),
        inactive=truth(row.get("isinactive")),
    )


def document(row: Row, currencies: Currencies, offset: timedelta) -> Document:
    """A row of `transaction` as an invoice or a settlement, or why it cannot be one."""
    try:
        if row["type"] == INVOICE:
            return _invoice(row, currencies, offset)
        return _settlement(row, currencies, offset)
    except (LedgerError, KeyError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        return ErpUnreadable(row["id"], row.get("type", ""), row.get("tranid", ""), reason[:300])


def _invoice(row: Row, currencies: Currencies, offset: timedelta) -> ErpInvoice:
    currency = _currency(row, currencies)
    total = Money.parse(row["foreigntotal"], currency)
    status = InvoiceStatus.VOIDED if _voided(row) else _STATUSES[row["status"]]
    unpaid = Money.parse(row.get("foreignamountunpaid", "0"), currency)
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
        modified_at=_modified(row, offset),
    )


def _settlement(row: Row, currencies: Currencies, offset: timedelta) -> ErpSettlement:
    currency = _currency(row, currencies)
    voided = _voided(row)
    left = Money.parse(row.get("foreignpaymentamountunused", "0"), currency)
    return ErpSettlement(
        netsuite_id=row["id"],
        kind=_KINDS[row["type"]],
        number=row.get("tranid") or row["id"],
        customer_netsuite_id=row["entity"],
        total=_unsigned(Money.parse(row["foreigntotal"], currency)),
        open=Money.zero(currency) if voided else _unsigned(left),
        on=date.fromisoformat(row["trandate"]),
        voided=voided,
        external_id=row.get("externalid", ""),
        memo=row.get("memo", ""),
        reference=row.get("otherrefnum", ""),
        modified_at=_modified(row, offset),
    )


def application(row: Row, currencies: Currencies) -> ErpApplication:
    """A row of `nexttransactionlinelink` joined with the settlement's currency."""
    return ErpApplication(
        settlement_netsuite_id=row["nextdoc"],
        invoice_netsuite_id=row["previousdoc"],
        amount=_unsigned(Money.parse(row["foreignamount"], _currency(row, currencies))),
    )


def payment_body(payment: PaymentToPost, currency_id: str, account_id: str) -> dict[str, object]:
    """A customer payment as NetSuite's record; amounts stay Money for the encoder.

    `line` 0 is the invoice's main line, as in Oracle's own sample (article_0830082954).
    """
    lines = [
        {"doc": reference(invoice_id), "line": 0, "apply": True, "amount": amount}
        for invoice_id, amount in payment.applications
    ]
    body: dict[str, object] = {
        "externalId": payment.external_id,
        "customer": reference(payment.customer_netsuite_id),
        "currency": reference(currency_id),
        "payment": payment.amount,
        "tranDate": payment.received_on.isoformat(),
        "autoApply": False,
        "toBeEmailed": False,
        "undepFunds": reference("F" if account_id else "T"),
        "apply": {"items": lines},
    }
    if account_id:
        body["account"] = reference(account_id)
    optional = {"memo": payment.memo, "checkNumber": payment.check_number}
    return body | {name: value for name, value in optional.items() if value}


def payment_of(record: Mapping[str, Any], currencies: Currencies) -> PaymentToPost:
    """A customer payment record read back. Raises ValueError or a LedgerError if it is not one.

    The `apply` sublist of a read shows every open invoice of the customer; only applied ones count.
    """
    try:
        currency = currencies[str(record["currency"]["id"])]
        lines: Sequence[Mapping[str, Any]] = record.get("apply", {}).get("items", [])
        return PaymentToPost(
            external_id=str(record.get("externalId", "")),
            customer_netsuite_id=str(record["customer"]["id"]),
            amount=Money.parse(record["payment"], currency),
            received_on=date.fromisoformat(record["tranDate"]),
            applications=tuple(
                (str(line["doc"]["id"]), Money.parse(line["amount"], currency))
                for line in lines
                if line.get("apply") is True
            ),
            memo=str(record.get("memo", "")),
            check_number=str(record.get("checkNumber", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a customer payment: {type(error).__name__}") from error


def _currency(row: Row, currencies: Currencies) -> str:
    return currencies[row.get("currency", "")]


def _voided(row: Row) -> bool:
    return truth(row.get("voided")) or row.get("status") == "V"


def _unsigned(amount: Money) -> Money:
    return -amount if amount.minor < 0 else amount


def _modified(row: Row, offset: timedelta) -> datetime | None:
    return wall_time(row["lmd"]) - offset if "lmd" in row else None
