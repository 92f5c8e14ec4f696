"""A finding of drift in one line, for the worklist and the timeline."""

from __future__ import annotations

from domain.ledger.drift import DriftKind

DOCUMENTS = {
    "invoice": "Invoice",
    "payment": "Payment",
    "credit_memo": "Credit memo",
    "deposit": "Deposit",
    "deposit_application": "Deposit application",
    "refund": "Refund",
    "journal": "Journal",
    "subsidiary": "Subsidiary",
    "customer": "Customer",
}
_TITLES = {
    DriftKind.DELETED: "{document} was deleted in NetSuite",
    DriftKind.VOIDED: "{document} was voided in NetSuite",
    DriftKind.AMOUNT_CHANGED: "{document}: the amount was changed in NetSuite",
    DriftKind.BALANCE_MISMATCH: "{document}: the open balance does not follow from what is applied",
    DriftKind.APPLICATION_MISMATCH: "{document}: what it is applied to was changed in NetSuite",
    DriftKind.STATUS_MISMATCH: "{document}: the status does not fit",
    DriftKind.DUE_DATE_CHANGED: "{document}: the due date was changed in NetSuite",
    DriftKind.CUSTOMER_CHANGED: "{document} was moved to another customer in NetSuite",
    DriftKind.CURRENCY_OR_RATE_CHANGED: (
        "{document}: the currency or its rate was changed in NetSuite"
    ),
    DriftKind.PERIOD_MOVED: "{document} was moved to another period in NetSuite",
    DriftKind.UNEXPECTED_DOCUMENT: "{document} appeared in NetSuite where none was expected",
    DriftKind.DUPLICATE_SUSPECT: "{document} may be entered twice in NetSuite",
    DriftKind.CONTROL_TOTAL_GAP: "{document}: the ledger's receivables differ from the documents",
}


def title_of(kind: str, document_kind: str, number: str) -> str:
    """What happened to what, in one sentence."""
    document = f"{DOCUMENTS.get(document_kind, 'Document')} {number}".strip()
    return _TITLES[DriftKind(kind)].format(document=document)
