"""The port's values as NetSuite's records. Amounts stay Money for the encoder."""

from __future__ import annotations

from datetime import date

from erp.netsuite.config import Conventions
from erp.netsuite.wire import Number, reference
from erp.port import CustomerToCreate, InvoiceChanges, InvoiceToPost, LineToPost

Body = dict[str, object]


def invoice_body(invoice: InvoiceToPost, currency_id: str, known: Conventions) -> Body:
    """An invoice with its lines; NetSuite mails it to nobody."""
    body: Body = {
        "externalId": invoice.external_id,
        "entity": reference(invoice.customer_netsuite_id),
        **currency_part(currency_id),
        "tranDate": invoice.issued_on.isoformat(),
        "toBeEmailed": False,
        "item": {"items": [line_body(line, known) for line in invoice.lines]},
    }
    return (
        body
        | given(
            tranId=invoice.number,
            dueDate=_day(invoice.due_on),
            terms=some_reference(invoice.terms_netsuite_id),
            subsidiary=some_reference(invoice.subsidiary_netsuite_id),
            account=some_reference(invoice.ar_account_netsuite_id),
            exchangeRate=invoice.exchange_rate and Number(invoice.exchange_rate),
            otherRefNum=invoice.po_number,
            memo=invoice.memo,
        )
        | _segments(invoice)
        | dict(invoice.fields)
    )


def line_body(line: LineToPost, known: Conventions) -> Body:
    """An item line of an invoice or credit memo."""
    body: Body = {
        "item": reference(line.item_netsuite_id),
        "quantity": Number(line.quantity),
        "amount": line.amount,
    }
    dates = {
        known.line_starts_field: _day(line.service_starts_on),
        known.line_ends_field: _day(line.service_ends_on),
    }
    rate = line.rate and Number(line.rate)
    told = given(rate=rate, description=line.description)
    return body | told | _segments(line) | given(**dates) | dict(line.fields)


def _segments(one: InvoiceToPost | LineToPost) -> Body:
    return given(
        **{
            "department": some_reference(one.department_netsuite_id),
            "class": some_reference(one.class_netsuite_id),
            "location": some_reference(one.location_netsuite_id),
        }
    )


def changes_body(changes: InvoiceChanges) -> Body:
    """Only the fields that change; an empty text clears a field."""
    values: Body = {}
    if changes.due_on is not None:
        values["dueDate"] = changes.due_on.isoformat()
    if changes.po_number is not None:
        values["otherRefNum"] = changes.po_number or None
    if changes.memo is not None:
        values["memo"] = changes.memo or None
    if changes.terms_netsuite_id is not None:
        values["terms"] = some_reference(changes.terms_netsuite_id) or None
    return values


def customer_body(customer: CustomerToCreate, currency_id: str, *, numbered: bool) -> Body:
    """A company as a customer; `numbered` where the account gives it its id itself."""
    body: Body = {
        "externalId": customer.external_id,
        "companyName": customer.legal_name or customer.name,
        "isPerson": False,
        **currency_part(currency_id),
    }
    return body | given(
        entityId="" if numbered else customer.name,
        email=customer.email,
        phone=customer.phone,
        subsidiary=some_reference(customer.subsidiary_netsuite_id),
        terms=some_reference(customer.terms_netsuite_id),
        parent=some_reference(customer.parent_netsuite_id),
    )


def currency_part(currency_id: str) -> Body:
    """Nothing in an account without the multi-currency feature."""
    return {"currency": reference(currency_id)} if currency_id else {}


def given(**values: object) -> Body:
    """Only what is said."""
    return {name: value for name, value in values.items() if value}


def some_reference(netsuite_id: str) -> dict[str, object] | str:
    return reference(netsuite_id) if netsuite_id else ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
