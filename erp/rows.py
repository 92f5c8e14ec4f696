"""The port's values as the mirror's rows: flat, JSON-able, amounts in minor units."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from erp.port import (
    ErpAccount,
    ErpApplication,
    ErpClassification,
    ErpContact,
    ErpCreditLine,
    ErpCustomer,
    ErpInvoice,
    ErpInvoiceLine,
    ErpItem,
    ErpPeriod,
    ErpRate,
    ErpSettlement,
    ErpSubsidiary,
    ErpTerm,
)

MirrorRow = dict[str, object]


def subsidiary_row(one: ErpSubsidiary) -> MirrorRow:
    """A subsidiary for store.erp_bulk_masters.put_subsidiaries."""
    return {
        "netsuite_id": one.netsuite_id,
        "name": one.name,
        "currency": one.currency,
        "country": one.country,
    }


def period_row(one: ErpPeriod) -> MirrorRow:
    """A period for store.erp_bulk_masters.put_periods."""
    return {
        "netsuite_id": one.netsuite_id,
        "name": one.name,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "closed": one.closed,
        "ar_locked": one.ar_locked,
        "all_locked": one.all_locked,
    }


def customer_row(one: ErpCustomer) -> MirrorRow:
    """A customer for store.erp_bulk.put_customers."""
    return {
        "netsuite_id": one.netsuite_id,
        "entity_number": one.entity_number,
        "name": one.name,
        "legal_name": one.legal_name,
        "parent": one.parent_netsuite_id,
        "subsidiary": one.subsidiary_netsuite_id,
        "currency": one.currency,
        "email": one.email,
        "phone": one.phone,
        "country": one.country,
        "region": one.region,
        "timezone": one.timezone,
        "language": one.language,
        "inactive": one.inactive,
        "credit_hold": one.credit_hold,
        "credit_limit_minor": one.credit_limit.minor if one.credit_limit else None,
        "terms": one.terms_netsuite_id,
        "external_id": one.external_id,
        "custom": dict(one.custom),
        "stripe_customer_id": one.stripe_customer_id,
        "modified_at": _instant(one.modified_at),
        "moment": _moment(one.modified_at),
    }


def contact_row(one: ErpContact) -> MirrorRow:
    """A contact for store.erp_bulk.put_contacts."""
    return {
        "netsuite_id": one.netsuite_id,
        "customer": one.customer_netsuite_id,
        "name": one.name,
        "email": one.email,
        "role": one.role,
        "language": one.language,
        "inactive": one.inactive,
    }


def invoice_row(one: ErpInvoice) -> MirrorRow:
    """An invoice for store.erp_bulk_documents.put_invoices."""
    return {
        "netsuite_id": one.netsuite_id,
        "number": one.number,
        "customer": one.customer_netsuite_id,
        "subsidiary": one.subsidiary_netsuite_id,
        "currency": one.total.currency,
        "total_minor": one.total.minor,
        "open_minor": one.open.minor,
        "issued_on": one.issued_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "status": one.status,
        "po_number": one.po_number,
        "memo": one.memo,
        "terms": one.terms_netsuite_id,
        "external_id": one.external_id,
        "exchange_rate": one.exchange_rate,
        "period": one.period_netsuite_id,
        "custom": dict(one.custom),
        "modified_at": _instant(one.modified_at),
        "moment": _moment(one.modified_at),
    }


def settlement_row(one: ErpSettlement) -> MirrorRow:
    """A settlement of any kind for store.erp_bulk_documents."""
    return {
        "netsuite_id": one.netsuite_id,
        "kind": one.kind,
        "number": one.number,
        "customer": one.customer_netsuite_id,
        "subsidiary": one.subsidiary_netsuite_id,
        "currency": one.total.currency,
        "total_minor": one.total.minor,
        "open_minor": one.open.minor,
        "on_day": one.on.isoformat(),
        "voided": one.voided,
        "external_id": one.external_id,
        "memo": one.memo,
        "reference": one.reference,
        "exchange_rate": one.exchange_rate,
        "period": one.period_netsuite_id,
        "custom": dict(one.custom),
        "modified_at": _instant(one.modified_at),
        "moment": _moment(one.modified_at),
    }


def application_row(one: ErpApplication) -> MirrorRow:
    """An application for store.erp_bulk_links.put_applications."""
    return {
        "settlement": one.settlement_netsuite_id,
        "invoice": one.invoice_netsuite_id,
        "amount_minor": one.amount.minor,
    }


def line_row(one: ErpInvoiceLine) -> MirrorRow:
    """A line for store.erp_bulk_links.put_lines."""
    starts_on, ends_on = one.service_starts_on, one.service_ends_on
    return {
        "invoice": one.invoice_netsuite_id,
        "line": one.line,
        "amount_minor": one.amount.minor,
        "item_netsuite_id": one.item_netsuite_id,
        "account_netsuite_id": one.account_netsuite_id,
        "quantity": one.quantity,
        "memo": one.memo,
        "department_netsuite_id": one.department_netsuite_id,
        "class_netsuite_id": one.class_netsuite_id,
        "location_netsuite_id": one.location_netsuite_id,
        "service_starts_on": starts_on.isoformat() if starts_on else None,
        "service_ends_on": ends_on.isoformat() if ends_on else None,
        "tax": one.tax,
    }


def credit_line_row(one: ErpCreditLine) -> MirrorRow:
    """A line for store.credit_lines.put_credit_lines."""
    starts_on, ends_on = one.service_starts_on, one.service_ends_on
    return {
        "credit": one.credit_netsuite_id,
        "line": one.line,
        "amount_minor": one.amount.minor,
        "item_netsuite_id": one.item_netsuite_id,
        "account_netsuite_id": one.account_netsuite_id,
        "quantity": one.quantity,
        "memo": one.memo,
        "created_from_netsuite_id": one.created_from_netsuite_id,
        "service_starts_on": starts_on.isoformat() if starts_on else None,
        "service_ends_on": ends_on.isoformat() if ends_on else None,
        "tax": one.tax,
    }


def listed_row(one: ErpTerm | ErpItem | ErpAccount | ErpClassification) -> MirrorRow:
    """An entry of one of the ERP's lists for store.erp_bulk_masters: its fields as they are."""
    return asdict(one)


def rate_row(one: ErpRate) -> MirrorRow:
    """A rate for store.erp_bulk_masters.put_rates."""
    return {
        "base": one.base,
        "currency": one.currency,
        "on_day": one.on.isoformat(),
        "rate": one.rate,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(at: datetime | None) -> int | None:
    """Seconds into the half hour: what stays of an instant when summer time moves its clock.

    An account's offset from UTC is measured, so that the same stamp is another instant after the
    clocks were changed; that alone is no change of the document.
    """
    return int(at.timestamp()) % 1800 if at else None
