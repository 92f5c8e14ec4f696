"""The message to a customer's shared channel as an effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from security.chain import digest


@dataclass(frozen=True, slots=True)
class PostToCustomerChannel:
    """One message to the Slack channel that is shared with one customer, exactly as it will stand.

    `purpose` is "followup" or "reply"; `occasion` completes the key from stable ids only, as for a
    mail. `text` is plain text: whoever posts it escapes it. `facts` is the snapshot the guard
    proved the text against.
    """

    kind: ClassVar[str] = "post_to_customer_channel"
    channel: ClassVar[str] = "slack"

    customer_id: int
    purpose: str
    occasion: str
    channel_id: str
    channel_name: str
    text: str
    thread_ts: str = ""
    invoice_ids: tuple[int, ...] = ()
    step: str = ""
    cycle: str = ""
    tone: str = ""
    written_by: str = ""
    facts: Mapping[str, object] | None = None

    def key(self) -> str:
        """Stable identity: the same occasion never gets a second message."""
        return f"slack:{self.purpose}:{self.customer_id}:{self.occasion}"

    def title(self) -> str:
        return f"Message to #{self.channel_name}"

    def payload(self) -> dict[str, object]:
        return {
            "customer_id": self.customer_id,
            "purpose": self.purpose,
            "occasion": self.occasion,
            "channel_id": self.channel_id,
            "channel_name": self.channel_name,
            "text": self.text,
            "thread_ts": self.thread_ts,
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
    def from_payload(cls, raw: Mapping[str, Any]) -> PostToCustomerChannel:
        return cls(**{**raw, "invoice_ids": tuple(raw["invoice_ids"])})
