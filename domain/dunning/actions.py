"""What can follow from a reply, as closed values. None posts money or changes a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from domain.dunning.reading import DocumentKind
from domain.ledger.money import Money


class SenderTrust(IntEnum):
    """How far the sender of a mail is who they say they are.

    STRANGER: unknown, forged or proven false. DOMAIN: the domain is known, the person is not
    proven. CONTACT: a known contact, the domain vouched for the mail by SPF or DKIM. PROVEN: a
    known contact and DMARC passed.
    """

    STRANGER = 0
    DOMAIN = 1
    CONTACT = 2
    PROVEN = 3


class Trigger(StrEnum):
    """What takes a conversation out of the machine's hands."""

    LEGAL = "legal"
    INSOLVENCY = "insolvency"
    DATA_SUBJECT = "data_subject"
    BANK_DETAILS = "bank_details"
    SUSPICIOUS = "suspicious"
    FORGED = "forged"
    STOP_CONTACT = "stop_contact"
    PAYMENT_DISPUTE = "payment_dispute"
    CONTRACT_DISCREPANCY = "contract_discrepancy"
    PAYMENT_CONFUSION = "payment_confusion"
    TECHNICAL_PROBLEM = "technical_problem"
    DOCUMENT_REQUEST = "document_request"
    TAX_FORM_REQUEST = "tax_form_request"
    HARDSHIP = "hardship"
    PRODUCT_QUESTION = "product_question"
    BROKEN_PROMISE = "broken_promise"


class AnswerKind(StrEnum):
    """Answers that can be drafted; each is a proposal that a person sees."""

    THANKS_FOR_PROMISE = "thanks_for_promise"
    ASK_REMITTANCE = "ask_remittance"
    SEND_DOCUMENTS = "send_documents"
    ASK_DATE = "ask_date"
    DISPUTE_RECEIVED = "dispute_received"
    PLAN_RECEIVED = "plan_received"
    INVOICE_FACTS = "invoice_facts"
    HANDOVER = "handover"


class Topic(StrEnum):
    """What a customer stated, kept with the invoice it is about."""

    PURCHASE_ORDER = "purchase_order"
    CREDIT_MEMO = "credit_memo"
    PAYMENT = "payment"
    DISPUTE = "dispute"
    PROMISE = "promise"
    PLAN = "plan"
    SUBMISSION = "submission"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RecordPromise:
    """Store a promise and hold reminders of these invoices until its date plus grace.

    It takes the place of open promises about the same invoices.
    """

    promised_on: date
    invoice_ids: tuple[int, ...]
    amount: Money | None
    quote: str


@dataclass(frozen=True, slots=True)
class WithdrawPromises:
    """The customer takes back what they promised for these invoices (none: for any)."""

    invoice_ids: tuple[int, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class FindPayment:
    """Look for money the customer says was sent. Reads only; nothing is posted."""

    paid_on: tuple[date, ...]
    amount: Money | None
    reference: str
    invoice_ids: tuple[int, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """Draft an answer for approval; `template` names what it is about."""

    template: AnswerKind
    invoice_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SendDocuments:
    """Answer with papers that are on file, to the contact who asked. Proposed like any mail."""

    kinds: tuple[DocumentKind, ...]
    invoice_ids: tuple[int, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """Send nothing about these invoices (none: the whole customer) up to and including a day."""

    until_on: date
    invoice_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Delay:
    """Nobody reads there until `until_on`: wait, then write to the next contact.

    `returns_on` is when they are back themselves, if they said so.
    """

    until_on: date
    quote: str
    returns_on: date | None = None


@dataclass(frozen=True, slots=True)
class StopAutomation:
    """Stop every automatic mail to the customer until a person lifts it. `kind` is a Trigger."""

    kind: Trigger
    quote: str


@dataclass(frozen=True, slots=True)
class SuppressContact:
    """Never write to this contact again by machine; the sender when `email` is empty."""

    email: str
    reason: str


@dataclass(frozen=True, slots=True)
class RetireContact:
    """The contact (the sender when `email` is empty) is not the one any more: write no more."""

    email: str
    quote: str


@dataclass(frozen=True, slots=True)
class ProposeContact:
    """Somebody new is named. A person confirms before anything goes there.

    `pauses`: automatic mail waits until that is decided.
    """

    email: str
    name: str
    quote: str
    pauses: bool = False


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """Hold the named invoices; none named means all of them until a person has looked."""

    invoice_ids: tuple[int, ...]
    reason_code: str
    quote: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """A person takes the conversation over: automatic mail stops and they hear of it once."""

    trigger: Trigger
    quote: str
    route: str = "default"
    invoice_ids: tuple[int, ...] = ()
    urgent: bool = False
    notice: bool = True


@dataclass(frozen=True, slots=True)
class AskPerson:
    """A person must read this mail. `urgent` reasons go to the top of the worklist."""

    reason: str
    quote: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class RecordNote:
    """What was stated, kept with the invoices it is about. Nothing follows from it by itself."""

    topic: Topic
    value: str
    quote: str
    invoice_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Only worth remembering on the timeline."""

    text: str


Action = (
    RecordPromise
    | WithdrawPromises
    | FindPayment
    | DraftAnswer
    | SendDocuments
    | PauseUntil
    | Delay
    | StopAutomation
    | SuppressContact
    | RetireContact
    | ProposeContact
    | OpenDispute
    | Escalate
    | AskPerson
    | RecordNote
    | Note
)

_AUTOMATIC: dict[type, str] = {
    RecordPromise: "record_promise",
    PauseUntil: "pause",
    OpenDispute: "open_dispute",
    SuppressContact: "suppress_contact",
    RetireContact: "suppress_contact",
    SendDocuments: "send_document",
    FindPayment: "find_payment",
    Delay: "delay",
    StopAutomation: "stop_automation",
}


def automatic(actions: tuple[Action, ...]) -> tuple[str, ...]:
    """The names of what would happen without a person, each once, in order."""
    found = (_AUTOMATIC.get(type(action)) for action in actions)
    return tuple(dict.fromkeys(name for name in found if name))


def escalated(actions: tuple[Action, ...]) -> bool:
    """Whether a person gets to see the mail because of what it says."""
    return any(isinstance(action, Escalate | AskPerson) for action in actions)
