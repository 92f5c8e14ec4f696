"""What the service would make of one mail: what it reads, what it would do by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.brain import Brain
from agent.extract import read_reply
from domain.dunning.actions import automatic, escalated
from domain.dunning.calendar import Calendar
from domain.dunning.reading import DateClaim, Evidence, Intent, Promised, Reading
from domain.dunning.reply import decide
from domain.dunning.standing import Standing
from domain.ledger.money import Money
from evals.reply_record import ReplyRecord, known_intent
from sources.mail.message import AutoReply, Bounce, Complaint, InboundMail, SetAside
from sources.mail.parse import parse

_KINDS = (
    (Intent.PROMISE_TO_PAY, "firm"),
    (Intent.PROMISE_CONDITIONAL, "conditional"),
    (Intent.PROMISE_VAGUE, "vague"),
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """The reading of one mail as the labels write it, with money and days still as values."""

    id: str
    reply_text: str
    reading: Reading
    promises: tuple[Promised, ...]
    automatic: tuple[str, ...]
    escalated: bool

    @property
    def intents(self) -> tuple[str, ...]:
        return tuple(sorted({known_intent(e.intent.value) for e in self.reading.intents}))

    @property
    def promise_kind(self) -> str | None:
        kinds = self.reading.kinds()
        return next((name for intent, name in _KINDS if intent in kinds), None)

    @property
    def invoice_refs(self) -> tuple[str, ...]:
        return self.reading.promise.invoice_numbers

    @property
    def dispute_reasons(self) -> tuple[str, ...]:
        return tuple(sorted({claim.reason.value for claim in self.reading.disputes}))

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({claim.kind.value for claim in self.reading.documents}))

    @property
    def paid_on(self) -> date | None:
        """The day the customer says they paid, when they say that they have."""
        return first_day(self.reading.paid.paid_on) if self._paid else None

    @property
    def paid_amount(self) -> Money | None:
        return self.reading.paid.amount if self._paid else None

    @property
    def paid_reference(self) -> str:
        return self.reading.paid.reference if self._paid else ""

    @property
    def new_contact(self) -> str:
        contact = self.reading.new_contact
        return (contact.email or contact.name) if contact else ""

    @property
    def _paid(self) -> bool:
        said = {Intent.ALREADY_PAID, Intent.REMITTANCE_ADVICE}
        return bool(said & self.reading.kinds())

    def as_record(self) -> dict[str, Any]:
        """The line of the file of predictions."""
        return {
            "id": self.id,
            "reply_text": self.reply_text,
            "intents": list(self.intents),
            "promise_kind": self.promise_kind,
            "promises": [_promise(p) for p in self.promises],
            "invoice_refs": list(self.invoice_refs),
            "dispute_reason": list(self.dispute_reasons),
            "documents": list(self.documents),
            "paid_date": _iso(self.paid_on),
            "paid_amount": _number(self.paid_amount),
            "paid_reference": self.paid_reference or None,
            "ooo_until": _iso(self.reading.returns_on),
            "new_contact": self.new_contact or None,
            "automatic": list(self.automatic),
            "escalated": self.escalated,
        }


async def predict(record: ReplyRecord, brain: Brain) -> Prediction:
    """Read one mail and decide about it as for a known, authenticated sender. Nothing happens."""
    mail = parse(record.raw, record.received_at)
    if isinstance(mail, SetAside):
        reading = Reading((Evidence(Intent.OTHER, ""),), certain=False)
        return Prediction(record.id, "", reading, (), (), escalated=True)
    reading = await _read(record, mail, brain)
    actions = decide(
        reading, record.account, Standing(), record.today, trusted=True, calendar=Calendar()
    )
    effects, asked = automatic(actions), escalated(actions) or not reading.certain
    return Prediction(record.id, mail.new_text, reading, promised(reading), effects, asked)


async def _read(record: ReplyRecord, mail: InboundMail, brain: Brain) -> Reading:
    today = record.today
    if isinstance(mail.kind, Bounce | Complaint):
        return Reading((Evidence(Intent.BOUNCE, mail.new_text[:200]),))
    return await read_reply(
        brain,
        mail.new_text,
        record.account,
        today,
        Calendar(),
        sender=mail.sender,
        subject=mail.subject,
        attachments=tuple(a.filename for a in mail.attachments),
        automatic=isinstance(mail.kind, AutoReply),
    )


def promised(reading: Reading) -> tuple[Promised, ...]:
    """The dated parts of a firm promise."""
    if Intent.PROMISE_TO_PAY not in reading.kinds():
        return ()
    if reading.promises:
        return reading.promises
    claim = reading.promise
    return tuple(Promised(w, claim.amount, claim.invoice_numbers) for w in claim.when if w.dates)


def first_day(claims: Iterable[DateClaim]) -> date | None:
    return next((claim.dates[0] for claim in claims if claim.dates), None)


def _promise(part: Promised) -> dict[str, Any]:
    return {
        "date": _iso(first_day((part.when,))),
        "amount": _number(part.amount),
        "currency": part.amount.currency if part.amount else None,
        "invoice_refs": list(part.invoice_numbers),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(amount: Money | None) -> Any:
    """The amount as the JSON number that its plain text is."""
    return json.loads(amount.plain()) if amount else None
