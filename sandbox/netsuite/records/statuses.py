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
DEPOSIT = Document("CustDep", "customerdeposit", "Customer Deposit", "DEP")
DEPOSIT_USE = Document("DepAppl", "depositapplication", "Deposit Application", "DA")
REFUND = Document("CustRfnd", "customerrefund", "Customer Refund", "RFND")
JOURNAL = Document("Journal", "journalentry", "Journal", "JE")
ORDER = Document("SalesOrd", "salesorder", "Sales Order", "SO")
DOCUMENTS = {
    document.record: document
    for document in (
        INVOICE,
        PAYMENT,
        CREDIT,
        DEPOSIT,
        DEPOSIT_USE,
        REFUND,
        JOURNAL,
        ORDER,
    )
}
BY_CODE = {document.code: document for document in DOCUMENTS.values()}

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
    ("CustDep", "A"): "Not Deposited",
    ("CustDep", "B"): "Deposited",
    ("CustDep", "C"): "Fully Applied",
    ("DepAppl", "A"): "Open",
    ("DepAppl", "B"): "Fully Applied",
    ("CustRfnd", "A"): "Open",
    ("Journal", "A"): "Pending Approval",
    ("Journal", "B"): "Approved for Posting",
    ("SalesOrd", "A"): "Pending Approval",
    ("SalesOrd", "B"): "Pending Fulfillment",
    ("SalesOrd", "F"): "Pending Billing",
    ("SalesOrd", "G"): "Billed",
    ("SalesOrd", "H"): "Closed",
}


def status_label(code: str, letter: str) -> str:
    """What a person reads for a status ("Invoice : Paid In Full" without the type)."""
    return "Voided" if letter == "V" else _LABELS.get((code, letter), letter)
