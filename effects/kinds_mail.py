"""The mail as an effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from security.chain import digest


@dataclass(frozen=True, slots=True)
class AttachedPaper:
    """A paper on file that leaves with a mail; `digest` is the SHA-256 of its bytes."""

    paper_id: int
    name: str
    media_type: str
    size: int
    digest: str

    def payload(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SendEmail:
    """One mail to one customer's contacts, exactly as it will leave.

    `purpose` is "followup" or "reply"; `occasion` completes the key from stable ids only:
    "{policy}:{step}:{cycle}" for a follow-up, "{touchpoint id}" for a reply. `message_id` is made
    when the mail is proposed and never changes, so a resend is the same message.
    `facts` is the snapshot the guard proved the text against. `attachments` are in the order of
    the mail; their bytes are known by their digests, so an approval binds them too.
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
    attachments: tuple[AttachedPaper, ...] = ()

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
            "attachments": [paper.payload() for paper in self.attachments],
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> SendEmail:
        values = dict(raw)
        for name in ("to", "cc", "references", "invoice_ids"):
            values[name] = tuple(values[name])
        papers = values.get("attachments") or ()
        values["attachments"] = tuple(AttachedPaper(**paper) for paper in papers)
        return cls(**values)
