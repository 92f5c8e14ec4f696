"""The port's values as the mirror's rows: flat, JSON-able, amounts in minor units."""

from __future__ import annotations

from datetime import datetime

from erp.port import (
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpInvoice,
    ErpPeriod,
    ErpSettlement,
    ErpSubsidiary,
)

MirrorRow = dict[str, object]


def subsidiary_row(one: ErpSubsidiary) -> MirrorRow:
    """A subsidiary for store.erp_bulk.put_subsidiaries."""
    return {
        "netsuite_id": one.netsuite_id,
        "name": one.name,
        "currency": one.currency,
        "country": one.country,
    }


def period_row(one: ErpPeriod) -> MirrorRow:
    """A period for store.erp_bulk.put_periods."""
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
        "stripe_customer_id": one.stripe_customer_id,
        "modified_at": _instant(one.modified_at),
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
    """An invoice for store.erp_bulk.put_invoices."""
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
        "modified_at": _instant(one.modified_at),
    }


def settlement_row(one: ErpSettlement) -> MirrorRow:
    """A payment or credit memo for store.erp_bulk.put_payments or put_credits."""
    return {
        "netsuite_id": one.netsuite_id,
        "number": one.number,
        "customer": one.customer_netsuite_id,
        "currency": one.total.currency,
        "total_minor": one.total.minor,
        "open_minor": one.open.minor,
        "on_day": one.on.isoformat(),
        "voided": one.voided,
        "external_id": one.external_id,
        "memo": one.memo,
        "modified_at": _instant(one.modified_at),
    }


def application_row(one: ErpApplication) -> MirrorRow:
    """An application for store.erp_bulk.put_applications."""
    return {
        "settlement": one.settlement_netsuite_id,
        "invoice": one.invoice_netsuite_id,
        "amount_minor": one.amount.minor,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
