"""What can happen outside: one frozen dataclass an effect kind, with its key and fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, assert_never

from domain.ledger.money import Money
from security.chain import digest


@dataclass(frozen=True, slots=True)
class SendEmail:
    """One mail to one customer's contacts, exactly as it will leave.

    `purpose` is "followup" or "reply"; `occasion` completes the key from stable ids only:
    "{policy}:{step}:{cycle}" for a follow-up, "{touchpoint id}" for a reply. `message_id` is made
    when the mail is proposed and never changes, so a resend is the same message.
    `facts` is the snapshot the guard proved the text against.
    """

    kind: ClassVar[str] = "send_email"
    channel: ClassVar[str] = "email"

    customer_id: int
    purpose: str
    occasion: str
    thread_id: int
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    message_id: str
    reply_to: str
    envelope_from: str
    cc: tuple[str, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    invoice_ids: tuple[int, ...] = ()
    step: str = ""
    cycle: str = ""
    tone: str = ""
    written_by: str = ""
    facts: Mapping[str, object] | None = None

    def key(self) -> str:
        """Stable identity: the same occasion never gets a second mail."""
        return f"email:{self.purpose}:{self.customer_id}:{self.occasion}"

    def title(self) -> str:
        return f"Mail to {', '.join(self.to)}: {self.subject}"

    def payload(self) -> dict[str, object]:
        return {
            "customer_id": self.customer_id,
            "purpose": self.purpose,
            "occasion": self.occasion,
            "thread_id": self.thread_id,
            "to": list(self.to),
            "cc": list(self.cc),
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "message_id": self.message_id,
            "reply_to": self.reply_to,
            "envelope_from": self.envelope_from,
            "in_reply_to": self.in_reply_to,
            "references": list(self.references),
            "invoice_ids": list(self.invoice_ids),
            "step": self.step,
            "cycle": self.cycle,
            "tone": self.tone,
            "written_by": self.written_by,
            "facts": dict(self.facts or {}),
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> SendEmail:
        values = dict(raw)
        for name in ("to", "cc", "references", "invoice_ids"):
            values[name] = tuple(values[name])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class AppliedAmount:
    """An amount of a payment set against one invoice, by our id, the ERP's id and its number."""

    invoice_id: int
    netsuite_id: str
    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PostCustomerPayment:
    """One customer payment in the ERP for one receipt. What is not applied stays unapplied."""

    kind: ClassVar[str] = "post_customer_payment"
    channel: ClassVar[str] = "erp"

    payment_id: int
    source: str
    source_id: str
    customer_id: int
    customer_netsuite_id: str
    amount: Money
    received_on: date
    applications: tuple[AppliedAmount, ...]
    external_id: str
    reference: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        applied = sum(line.amount.minor for line in self.applications)
        if applied > self.amount.minor or any(a.amount.minor <= 0 for a in self.applications):
            raise ValueError("applications must be positive and within the payment")

    def key(self) -> str:
        """Stable identity: one receipt is posted once."""
        return f"payment:{self.source}:{self.source_id}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.applications) or "unapplied"
        return f"Customer payment of {self.amount} for {numbers}"

    def payload(self) -> dict[str, object]:
        return {
            "payment_id": self.payment_id,
            "source": self.source,
            "source_id": self.source_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "amount": _money(self.amount),
            "received_on": self.received_on.isoformat(),
            "applications": [
                {
                    "invoice_id": line.invoice_id,
                    "netsuite_id": line.netsuite_id,
                    "number": line.number,
                    "amount": _money(line.amount),
                }
                for line in self.applications
            ],
            "external_id": self.external_id,
            "reference": self.reference,
            "memo": self.memo,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> PostCustomerPayment:
        values = dict(raw)
        values["amount"] = Money(**values["amount"])
        values["received_on"] = date.fromisoformat(values["received_on"])
        values["applications"] = tuple(
            AppliedAmount(**{**line, "amount": Money(**line["amount"])})
            for line in values["applications"]
        )
        return cls(**values)


Effect = SendEmail | PostCustomerPayment

_READERS: dict[str, Callable[[Mapping[str, Any]], Effect]] = {
    SendEmail.kind: SendEmail.from_payload,
    PostCustomerPayment.kind: PostCustomerPayment.from_payload,
}
KINDS = tuple(_READERS)


def from_payload(kind: str, payload: Mapping[str, Any]) -> Effect:
    """The effect that a stored payload describes. Raises KeyError for a kind we do not know."""
    return _READERS[kind](payload)


def amount_of(effect: Effect) -> Money | None:
    """The money an effect moves, if it moves any: what limits and caps count."""
    match effect:
        case SendEmail():
            return None
        case PostCustomerPayment():
            return effect.amount
        case _:
            assert_never(effect)


def _money(amount: Money) -> dict[str, object]:
    return {"minor": amount.minor, "currency": amount.currency}
