"""What the cadence says today: a planned touch, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.dunning.policy_values import Channel, Phase, Tone
from domain.dunning.reading import DocumentKind


class SendOutcome(StrEnum):
    """Whether a planned touch may leave by itself or goes to the review queue."""

    AUTO = "auto"
    REVIEW = "review"


class HoldReason(StrEnum):
    """Why nothing is sent now."""

    PAID = "paid"
    NOT_COLLECTABLE = "not_collectable"
    DISPUTED = "disputed"
    PROMISED = "promised"
    PAUSED = "paused"
    CREDIT_HOLD = "credit_hold"
    LEGAL = "legal"
    INSOLVENCY = "insolvency"
    RESOLVED = "resolved"
    ESCALATED = "escalated"
    PAYMENT_ARRIVED = "payment_arrived"
    SWITCHED_OFF = "switched_off"
    BLOCKED = "blocked"
    INACTIVE = "inactive"
    AUTO_FOLLOWUP_OFF = "auto_followup_off"
    MANUAL_ONLY = "manual_only"
    FIRST_MESSAGE_OFF = "first_message_off"
    NO_RECIPIENT = "no_recipient"
    SUPPRESSED = "suppressed"
    UNKNOWN_TIMEZONE = "unknown_timezone"
    REPLIED = "replied"
    AWAITING_DECISION = "awaiting_decision"
    SMALL_BALANCE = "small_balance"
    NOT_DUE = "not_due"
    GAP = "gap"
    CAP_REACHED = "cap_reached"
    EXHAUSTED = "exhausted"
    OUTSIDE_WINDOW = "outside_window"


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    """One message to one customer about `invoice_ids`, to leave at `at`.

    `(customer, policy, step, cycle)` names it for ever: planning again gives the same four.
    `because` says why the outcome is review. `ordinal` counts the steps of its phase from 1.
    `attachments` go with it; `cc_contact_ids` get copies; `segment` is the customer's, if any.
    `loop_in` are addresses of colleagues who get copies.
    """

    customer_id: int
    policy_id: str
    step: str
    phase: Phase
    cycle: str
    tone: Tone
    invoice_ids: tuple[int, ...]
    contact_ids: tuple[int, ...]
    at: datetime
    outcome: SendOutcome
    because: str = ""
    ordinal: int = 1
    channel: Channel = Channel.EMAIL
    attachments: tuple[DocumentKind, ...] = ()
    cc_contact_ids: tuple[int, ...] = ()
    segment: str = ""
    loop_in: tuple[str, ...] = ()

    def key(self) -> str:
        """The identity of the mail: `followup:{customer}:{policy}:{step}:{cycle}`."""
        return f"followup:{self.customer_id}:{self.policy_id}:{self.step}:{self.cycle}"


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing is sent. `until` is when it is worth asking again; None: when something changes."""

    reason: HoldReason
    detail: str
    until: datetime | None = None
