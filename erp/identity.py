"""The external id of a record we make: from its source, never from the attempt."""

from __future__ import annotations

import base64
import hashlib

PAYMENT_PREFIX = "dw-pay-"
INVOICE_PREFIX = "dw-inv-"
CUSTOMER_PREFIX = "dw-cus-"
_PREFIXES = {
    "customer_payment": PAYMENT_PREFIX,
    "invoice": INVOICE_PREFIX,
    "customer": CUSTOMER_PREFIX,
    "journal": "dw-jrn-",
    "application": "dw-app-",
    "refund": "dw-ref-",
    "credit_memo": "dw-crm-",
}
PREFIXES = tuple(_PREFIXES.values())


def external_id(tenant: str, source: str, source_id: str, kind: str = "customer_payment") -> str:
    """The id that makes the ERP refuse a second record for the same source.

    `kind` is "customer_payment", "invoice", "customer", "journal", "application" (the record that
    applies a journal or a deposit), "refund" or "credit_memo".

    Letters, digits and `-` only: NetSuite reads `|` in an external id as a list separator
    (Oracle help section_156335203191). Raises KeyError for a kind that is never posted.
    """
    prefix = _PREFIXES[kind]
    parts = (tenant, source, source_id, kind)
    told = "|".join(f"{len(part)}:{part}" for part in parts)
    hashed = base64.b32encode(hashlib.sha256(told.encode()).digest()).decode()
    return f"{prefix}{hashed[:26].lower()}"
