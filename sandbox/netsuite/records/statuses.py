"""Transaction types, their record names and status letters, as public documentation lists them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A transaction type: SuiteQL code, record id, label, and prefix of automatic numbers."""

    code: str
    record: str
    label: str
    prefix: str


INVOICE = Document("CustInvc", "invoice", "Invoice", "INV")
PAYMENT = Document("CustPymt", "customerpayment", "Payment", "PYMT")
CREDIT = Document("CustCred", "creditmemo", "Credit Memo", "CM")
DOCUMENTS = {document.record: document for document in (INVOICE, PAYMENT, CREDIT)}

_LABELS = {
    ("CustInvc", "A"): "Open",
    ("CustInvc", "B"): "Paid In Full",
    ("CustInvc", "D"): "Pending Approval",
    ("CustInvc", "E"): "Rejected",
    ("CustPymt", "A"): "Unapproved Payment",
    ("CustPymt", "B"): "Not Deposited",
    ("CustPymt", "C"): "Deposited",
    ("CustPymt", "R"): "Rejected",
    ("CustCred", "A"): "Open",
    ("CustCred", "B"): "Fully Applied",
}


def status_label(code: str, letter: str) -> str:
    """What a person reads for a status ("Invoice : Paid In Full" without the type)."""
    return "Voided" if letter == "V" else _LABELS.get((code, letter), letter)
