"""The values the guard compares: the final message, the facts, the rules, the findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.dunning.standing import PromiseToPay
from domain.ledger.account import Account


class Part(StrEnum):
    """Where in the message something was found."""

    HEADERS = "headers"
    SUBJECT = "subject"
    TEXT = "text"
    HTML = "html"
    ATTACHMENT = "attachment"


class ViolationKind(StrEnum):
    """What a message says that it may not say."""

    AMOUNT = "amount"
    CURRENCY = "currency"
    TOTAL = "total"
    PAIRING = "pairing"
    DATE = "date"
    DAYS_OVERDUE = "days_overdue"
    INVOICE_NUMBER = "invoice_number"
    PO_NUMBER = "po_number"
    NUMBER = "number"
    LINK = "link"
    EMAIL_ADDRESS = "email_address"
    PHONE = "phone"
    BANK_ACCOUNT = "bank_account"
    RECIPIENT = "recipient"
    SENDER = "sender"
    CONCESSION = "concession"
    THREAT = "threat"
    BANK_CHANGE = "bank_change"
    DISGUISE = "disguise"
    HIDDEN_TEXT = "hidden_text"
    STATUS = "status"
    OTHER_PARTY = "other_party"
    ATTACHMENT = "attachment"
    REPETITION = "repetition"
    SLOT = "slot"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file as it will leave with a mail; `words` is all text that can be read out of it."""

    name: str
    media_type: str
    size: int
    digest: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper on file that may leave: ours without a customer, or one customer's.

    `states` are the figures of a paper that was rendered from the books; None for one that people
    put on file, whose text nobody vouches for word by word.
    """

    digest: str
    name: str
    customer_id: int | None
    states: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FinalMessage:
    """The mail as it will leave: bare addresses, decoded subject, both bodies, attachments."""

    from_address: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    attachments: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What we may say about ourselves.

    `addresses` are mail addresses of ours; `domains` are hosts our links may point to (a domain
    covers its subdomains), `links` are exact further URLs. `bank_block` is the signed text with
    our bank details; `phones` are our numbers as written; `text` is fixed wording of ours
    (signature, footer, registration numbers) that may appear in every mail.
    """

    company: str
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    bank_block: str = ""
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a mail to one customer may state. Nothing of another customer is in it."""

    account: Account
    own: OwnFacts
    promises: tuple[PromiseToPay, ...] = ()
    papers: tuple[FiledPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardRules:
    """What policy lets a mail say beyond facts.

    `phrases` are wordings a person approved for this organisation (a lawful late-interest note);
    they are taken out before words are judged. `response_days` are round numbers of days a mail
    may ask an answer within.
    """

    phrases: tuple[str, ...] = ()
    response_days: tuple[int, ...] = (1, 2, 3, 5, 7, 10, 14)


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing the message may not say, with what was found and in which part."""

    kind: ViolationKind
    detail: str
    part: Part
