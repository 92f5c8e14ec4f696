"""What a reply says and what can follow from it, as closed values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money


class Intent(StrEnum):
    """What a customer's mail is about, most restrictive first."""

    LEGAL_THREAT = "legal_threat"
    INSOLVENCY_NOTICE = "insolvency_notice"
    BANK_DETAILS_CHANGE = "bank_details_change"
    SUSPICIOUS_INSTRUCTION = "suspicious_instruction"
    STOP_CONTACT = "stop_contact"
    WRONG_PERSON = "wrong_person"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    PAYMENT_PLAN_REQUEST = "payment_plan_request"
    EXTENSION_REQUEST = "extension_request"
    SETTLEMENT_OFFER = "settlement_offer"
    COMPLAINT = "complaint"
    ALREADY_PAID = "already_paid"
    REMITTANCE_ADVICE = "remittance_advice"
    CREDIT_REQUEST = "credit_request"
    REQUEST_DOCUMENT = "request_document"
    SUBMISSION_REQUIREMENT = "submission_requirement"
    PAYMENT_METHOD_REQUEST = "payment_method_request"
    INVOICE_QUESTION = "invoice_question"
    PROMISE_CONDITIONAL = "promise_conditional"
    PROMISE_VAGUE = "promise_vague"
    PROMISE_TO_PAY = "promise_to_pay"
    BOUNCE = "bounce"
    OUT_OF_OFFICE = "out_of_office"
    IN_PROCESS = "in_process"
    ACKNOWLEDGEMENT = "acknowledgement"
    OTHER = "other"


class DisputeReason(StrEnum):
    """Why an invoice is contested."""

    PRICING = "pricing"
    QUANTITY = "quantity"
    NOT_RECEIVED = "not_received"
    QUALITY = "quality"
    DUPLICATE = "duplicate"
    PO_MISSING = "po_missing"
    WRONG_ENTITY = "wrong_entity"
    TAX = "tax"
    CANCELLED = "cancelled"
    CREDIT_NOT_APPLIED = "credit_not_applied"
    TERMS = "terms"
    NOT_ORDERED = "not_ordered"
    LATE_FEE = "late_fee"
    UNAPPROVED_WORK = "unapproved_work"
    CURRENCY = "currency"
    OTHER = "other"


class DocumentKind(StrEnum):
    """Papers that customers ask for. Only the first three are ever answered by the service."""

    INVOICE_COPY = "invoice_copy"
    STATEMENT = "statement"
    TAX_FORM = "w9"
    PROOF_OF_DELIVERY = "pod"
    CONTRACT = "contract"
    TIMESHEET = "timesheet"
    USAGE = "usage"
    PURCHASE_ORDER = "purchase_order"
    BANK_LETTER = "bank_letter"
    BANK_DETAILS = "bank_details"
    VENDOR_FORM = "vendor_form"
    TAX_CERTIFICATE = "tax_certificate"
    INSURANCE = "insurance_certificate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An intent and the words of the mail it rests on; `span` occurs in the new text."""

    intent: Intent
    span: str


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date expression of the mail and the days it may mean (two when day and month are open)."""

    span: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PromiseClaim:
    """What the customer says they will pay, when; facts are checked by `decide`, not here."""

    when: tuple[DateClaim, ...] = ()
    amount: Money | None = None
    amount_span: str = ""
    invoice_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """What the customer says was paid already."""

    paid_on: tuple[DateClaim, ...] = ()
    amount: Money | None = None
    reference: str = ""
    invoice_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisputeClaim:
    """What is contested, why, and the words for it; `invoice_numbers` as the mail names them."""

    reason: DisputeReason
    span: str
    invoice_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentClaim:
    """A paper the customer asks for, with the words that ask for it."""

    kind: DocumentKind
    span: str
    invoice_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """One dated part of a promise or of a proposed plan. No amount means all that is meant."""

    when: DateClaim
    amount: Money | None = None
    invoice_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody the mail names as the one to write to; nothing is believed, a person decides."""

    email: str = ""
    name: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as typed intents with evidence. `read_by` names the reader ("rules/1").

    `promises` are the firm parts ("half on the 5th, the rest on the 20th"), `plan` the parts of an
    instalment plan that is only asked for. `certain` is False when the reader itself doubts: a
    person reads the mail then, whatever else follows.
    """

    intents: tuple[Evidence, ...]
    promise: PromiseClaim = PromiseClaim()
    paid: PaidClaim = PaidClaim()
    returns_on: date | None = None
    bounced_address: str = ""
    unknown_numbers: tuple[str, ...] = ()
    read_by: str = "rules/1"
    promises: tuple[Promised, ...] = ()
    plan: tuple[Promised, ...] = ()
    disputes: tuple[DisputeClaim, ...] = ()
    documents: tuple[DocumentClaim, ...] = ()
    new_contact: NewContact | None = None
    left_company: bool = False
    certain: bool = True

    def kinds(self) -> frozenset[Intent]:
        return frozenset(e.intent for e in self.intents)

    def span_of(self, intent: Intent) -> str:
        """The words an intent rests on, empty when it was not read."""
        return next((e.span for e in self.intents if e.intent is intent), "")
