"""NetSuite's records as the port's values, to compare with what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.ledger.money import Money
from erp.netsuite.config import Conventions
from erp.netsuite.numbers import plain
from erp.port import CustomerToCreate, InvoiceToPost, LineToPost

Currencies = Mapping[str, str]
Record = Mapping[str, Any]


def invoice_of(record: Record, currencies: Currencies, known: Conventions) -> InvoiceToPost:
    """An invoice read back. Raises ValueError or a LedgerError if it is not one.

    Custom fields are those that hold plain values, by their script ids.
    """
    try:
        currency = currency_of(record, currencies)
        lines: Sequence[Record] = record.get("item", {}).get("items", [])
        return InvoiceToPost(
            external_id=str(record.get("externalId", "")),
            customer_netsuite_id=str(record["entity"]["id"]),
            currency=currency,
            issued_on=date.fromisoformat(record["tranDate"]),
            lines=tuple(line_of(line, currency, known) for line in lines),
            number=str(record.get("tranId", "")),
            due_on=_day(record.get("dueDate")),
            terms_netsuite_id=id_in(record, "terms"),
            subsidiary_netsuite_id=id_in(record, "subsidiary"),
            ar_account_netsuite_id=id_in(record, "account"),
            department_netsuite_id=id_in(record, "department"),
            class_netsuite_id=id_in(record, "class"),
            location_netsuite_id=id_in(record, "location"),
            exchange_rate=number_in(record, "exchangeRate"),
            po_number=str(record.get("otherRefNum", "")),
            memo=str(record.get("memo", "")),
            fields=_custom(record, "custbody"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an invoice: {type(error).__name__}") from error


def line_of(line: Record, currency: str, known: Conventions) -> LineToPost:
    """An item line of an invoice or credit memo."""
    return LineToPost(
        item_netsuite_id=id_in(line, "item"),
        amount=Money.parse(line["amount"], currency),
        quantity=number_in(line, "quantity") or "1",
        rate=number_in(line, "rate"),
        description=str(line.get("description", "")),
        department_netsuite_id=id_in(line, "department"),
        class_netsuite_id=id_in(line, "class"),
        location_netsuite_id=id_in(line, "location"),
        service_starts_on=_day(line.get(known.line_starts_field)),
        service_ends_on=_day(line.get(known.line_ends_field)),
        fields=_custom(line, "custcol"),
    )


def customer_of(record: Record, currencies: Currencies) -> CustomerToCreate:
    """A customer read back. Raises ValueError if it is not one."""
    try:
        legal = str(record.get("companyName", ""))
        return CustomerToCreate(
            external_id=str(record.get("externalId", "")),
            name=str(record.get("altName") or legal or record.get("entityId", "")),
            currency=currency_of(record, currencies),
            legal_name=legal,
            email=str(record.get("email", "")).lower(),
            phone=str(record.get("phone", "")),
            subsidiary_netsuite_id=id_in(record, "subsidiary"),
            terms_netsuite_id=id_in(record, "terms"),
            parent_netsuite_id=id_in(record, "parent"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a customer: {type(error).__name__}") from error


def currency_of(record: Record, currencies: Currencies) -> str:
    """The currency of a record; that of the account where it has only one."""
    return currencies[id_in(record, "currency")]


def id_in(record: Record, name: str) -> str:
    """The id of a referenced record, "" where there is none."""
    return str(record[name]["id"]) if record.get(name) else ""


def number_in(record: Record, name: str) -> str:
    """A number as plain decimal text, "" where there is none."""
    return plain(str(record[name])) if name in record else ""


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _custom(record: Record, prefix: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value)
        for name, value in sorted(record.items())
        if name.startswith(prefix) and isinstance(value, str)
    )
