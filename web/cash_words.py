"""The words of the cash pages for the codes of matching: what a finance person would say."""

from __future__ import annotations

from domain.matching.receipt import AccountScheme, PayerAccount

TABS = {
    "proposed": "To approve",
    "ambiguous": "To decide",
    "unmatched": "No match",
    "parked": "Parked",
    "auto": "Matched alone",
    "not_a_receipt": "Not a receipt",
    "all": "All payments",
}
ABOUT_TABS = {
    "proposed": "One way stands, or a person chose it. It is posted once somebody else approves.",
    "ambiguous": "Something fits, but not beyond doubt. Nothing is posted before a person picks.",
    "unmatched": "Nothing fits. Name the payer, choose invoices, or leave the money on account.",
    "parked": "Put aside by a person until a day. They come back by themselves.",
    "auto": "Every gate passed and the class is live, so the policy let them through.",
    "not_a_receipt": "Bank lines that no customer sent for an invoice. They are never matched.",
    "all": "Everything that came in, from every source, and what the ERP had already.",
}
EMPTY_TABS = {
    "proposed": "Nothing waits for approval. A payment appears here once its invoices are found.",
    "ambiguous": "Nothing waits for a choice. A payment that fits in several ways appears here.",
    "unmatched": "Every payment found its customer. One that fits nowhere appears here.",
    "parked": "Nothing is parked. Park a payment when you wait for an answer about it.",
    "auto": "Nothing was matched alone yet. A class does so once it is live, see Classes.",
    "not_a_receipt": "No such line yet. Payouts, fees and returns of a bank file appear here.",
    "all": "No payments yet. They arrive from Stripe, bank files, the ERP, or are entered by hand.",
}
CLASSES = {
    "object_link": "Linked by the source",
    "remittance": "Remittance advice",
    "reference_exact": "Invoice numbers, exact sum",
    "reference_adjusted": "Invoice numbers, allowed difference",
    "reference_partial": "Invoice numbers, part payment",
    "amount": "Amount alone",
    "rule": "Your rule",
    "on_account": "On account",
    "guess": "Guess",
    "person": "Chosen by a person",
}
ABOUT_CLASSES = {
    "object_link": "The source itself links the money to the invoice, as a Stripe invoice does.",
    "remittance": "The rows of a remittance advice name the invoices and add up to the money.",
    "reference_exact": "The payer names the invoices, and their open amounts are the money.",
    "reference_adjusted": "The payer names the invoices; what is missing is a discount that was"
    " earned, a known bank fee, or a credit.",
    "reference_partial": "The payer names the invoices and pays a part of them.",
    "amount": "No invoice is named. The customer is certain and only one combination fits.",
    "rule": "A rule that you wrote and took live.",
    "on_account": "The customer is certain, the invoices are not.",
    "guess": "The best that could be found. It never acts alone.",
    "person": "A person chose the invoices.",
}
CLASS_STATES = {"live": "Acts alone", "shadow": "On trial", "demoted": "Back in review"}
CLASS_TONES = {"live": "good", "shadow": "wait", "demoted": "bad"}
RULE_STATES = {
    "proposed": "Not acting",
    "active": "Acts",
    "changed": "Not acting: it changed in the file",
    "retired": "Retired",
}
RULE_TONES = {"active": "good", "proposed": "wait", "changed": "warn"}
LINE_STATES = {
    "difference": "With a difference",
    "open": "Open",
    "matched": "Matched",
    "aside": "Nothing to match",
}
LINE_TONES = {"difference": "bad", "open": "warn", "matched": "good"}
FILE_STATES = {
    "pending": "Being read",
    "read": "Read",
    "refused": "Refused",
    "needs_mapping": "Columns not explained",
}
FILE_TONES = {"pending": "wait", "read": "good", "refused": "bad", "needs_mapping": "warn"}
FILE_ORIGINS = {"upload": "Uploaded", "api": "By API", "folder": "From the folder", "sftp": "SFTP"}
FORMATS = {
    "bai2": "BAI2",
    "camt": "CAMT",
    "mt940": "MT940",
    "nacha": "NACHA",
    "csv": "CSV",
    "lockbox": "Lockbox",
}
TIERS = {1: "Proof", 2: "Your rule", 3: "For a person"}
NOT_RECEIPTS = {
    "payout": "Payout of a payment provider",
    "return": "Returned payment",
    "refund": "Refund",
    "transfer": "Transfer between own accounts",
    "fee": "Bank fee",
    "interest": "Interest",
    "tax": "Tax",
    "debit": "Money that left",
}
CHANNELS = {
    "ach": "ACH",
    "wire": "Wire",
    "check": "Check",
    "lockbox": "Lockbox",
    "card": "Card",
    "direct_debit": "Direct debit",
    "stripe_transfer": "Bank transfer by Stripe",
    "manual": "Entered by hand",
    "unknown": "",
}
REFERENCES = {
    "remittance": "Remittance text",
    "structured": "Structured reference",
    "end_to_end": "End-to-end id",
    "customer_reference": "Customer's reference",
    "bank_reference": "Bank's reference",
    "check_number": "Check number",
    "trace": "Trace number",
    "label": "Text of the line",
    "object": "Linked document",
}
SCHEMES = {
    AccountScheme.IBAN: "IBAN",
    AccountScheme.US_ACCOUNT: "US account",
    AccountScheme.OTHER_ACCOUNT: "Account",
    AccountScheme.ACH_COMPANY: "ACH company id",
    AccountScheme.STRIPE_CUSTOMER: "Stripe customer",
}
READERS = {
    "edi820": "EDI 820",
    "ctx": "ACH addenda",
    "camt": "bank statement",
    "csv": "CSV file",
    "xlsx": "spreadsheet",
    "rules": "text, read by rule",
    "model": "text, read by the model",
    "lockbox": "lockbox file",
}
ORIGINS = {"mail": "mail", "upload": "upload", "api": "API"}
LINKS = {
    "reference": "it names this payment",
    "total": "its sum is this payment",
    "sum_of_payments": "its sum is this payment with others",
    "sum_of_advices": "with others its sum is this payment",
    "person": "linked by a person",
}
GATES = {
    "customer": "Customer certain",
    "one_ledger": "One currency and subsidiary",
    "residual": "Nothing left over",
    "agreement": "Reference and amount agree",
    "reading": "Numbers read beyond doubt",
    "unique": "No rival close behind",
    "class": "What it rests on",
    "cap": "Within the cap",
    "amount": "Not a coincidence",
    "part": "A part of this invoice only",
}
HISTORY = {
    "payment.entered": "Entered by hand",
    "payment.attached": "Attached a file",
    "payment.chosen": "Chose what it is for",
    "payment.payer": "Named the payer",
    "payment.kind": "Said what it is",
    "payment.parked": "Parked it",
    "payment.unparked": "Took it up again",
    "payment.split": "Split it",
    "payment.booked_in": "Said what it is in another currency",
    "payment.apply": "Asked to put it on invoices",
    "match.declined": "Declined a way to apply it",
    "payment.unapply": "Asked to take it off invoices",
    "payment.refund": "Asked for a refund",
    "payment.came_back": "The money came back",
    "remittance.linked": "Linked a remittance advice",
    "remittance.taken": "Read a remittance advice",
    "effect.proposed": "Proposed the posting",
    "effect.revised": "Proposed it anew",
    "effect.edited": "Changed the proposal",
    "effect.approved": "Approved",
    "effect.rejected": "Rejected",
    "effect.withdrawn": "Withdrew the proposal",
    "effect.superseded": "Replaced: the facts changed",
    "effect.expired": "Expired before a decision",
    "effect.performing": "Began to post it",
    "effect.done": "Posted in the ERP",
    "effect.failed": "Could not be posted",
    "effect.unknown": "Unclear whether it was posted",
    "effect.resolved": "Said whether it was posted",
    "effect.retried": "To be tried again",
    "effect.retry": "To be tried again",
    "effect.waits": "Waits for something before it",
}
DEDUCTIONS = {
    "as_advised": "As the payer's advice says",
    "freight": "Freight claim",
    "damage": "Damaged goods",
    "shortage": "Short delivery",
    "pricing": "Price difference",
    "promotion": "Promotion or rebate",
    "returned": "Returned goods",
    "withholding": "Withheld tax",
    "discount": "Discount taken late",
    "other": "Something else",
}
ITEMS = {
    "invoice": "Invoice",
    "credit_memo": "Credit memo",
    "deposit": "Customer deposit",
    "unapplied_payment": "Unapplied payment",
    "payment": "Unapplied payment",
    "journal": "Journal",
}
_MASKED = (AccountScheme.IBAN, AccountScheme.US_ACCOUNT, AccountScheme.OTHER_ACCOUNT)


def account(found: PayerAccount) -> str:
    """A payer's account as it is shown: of bank accounts the last four characters only."""
    value = found.value
    if found.scheme in _MASKED and len(value) > 4:
        value = f"…{value[-4:]}"
    return f"{SCHEMES[found.scheme]} {value}"


def done(action: str) -> str:
    """What somebody did, as the history tells it."""
    return HISTORY.get(action) or action.replace("_", " ").replace(".", ": ").capitalize()


def strength(millibits: int) -> str:
    """The weight of evidence in words."""
    for least, words in ((20_000, "very strong"), (10_000, "strong"), (5_000, "some")):
        if millibits >= least:
            return words
    return "weak"
