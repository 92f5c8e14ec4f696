"""How we stand with a customer: promises, disputes, pauses, and what was said when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from domain.ledger.money import Money


class PromiseStatus(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PromiseToPay:
    """A customer's dated promise. No `invoice_ids` means the whole account; no amount, all of it.

    `promised_at` is when it was made, `quote` the words it rests on.
    """

    promised_on: date
    amount: Money | None = None
    invoice_ids: tuple[int, ...] = ()
    status: PromiseStatus = PromiseStatus.OPEN
    promised_at: datetime | None = None
    quote: str = ""
    id: int = 0

    def covers(self, invoice_id: int) -> bool:
        return not self.invoice_ids or invoice_id in self.invoice_ids


@dataclass(frozen=True, slots=True)
class Dispute:
    """The customer contests invoices; no `invoice_ids` means all of them."""

    invoice_ids: tuple[int, ...] = ()
    reason_code: str = "other"
    open: bool = True
    id: int = 0

    def covers(self, invoice_id: int) -> bool:
        return self.open and (not self.invoice_ids or invoice_id in self.invoice_ids)


class PauseKind(StrEnum):
    """Why nothing is sent. Legal, insolvency and credit hold stop the whole customer.

    Escalated: a person has the conversation; nothing leaves by itself until they give it back.
    """

    PAUSED = "paused"
    PAYMENT_SEARCH = "payment_search"
    CREDIT_HOLD = "credit_hold"
    LEGAL = "legal"
    INSOLVENCY = "insolvency"
    RESOLVED = "resolved"
    ESCALATED = "escalated"


class PauseReason(StrEnum):
    """Why a person pauses reminders."""

    COMMITMENT = "commitment"
    INSTALMENT = "instalment"
    APPROVAL = "approval"
    RELATIONSHIP = "relationship"
    OTHER = "other"


class ConversationState(StrEnum):
    """Where the conversation with a customer about overdue invoices stands."""

    ACTIVE = "active"
    ESCALATED = "escalated"
    PAUSED = "paused"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of a conversation, why, since when, and what comes next, in words.

    `until_on` is the last day of a pause, `quote` the customer's words it rests on, `assignee_id`
    the user who has it.
    """

    state: ConversationState = ConversationState.ACTIVE
    reason: str = ""
    since: datetime | None = None
    next_action: str = ""
    until_on: date | None = None
    quote: str = ""
    assignee_id: int | None = None


STOPPING = (PauseKind.LEGAL, PauseKind.INSOLVENCY, PauseKind.CREDIT_HOLD)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of one invoice (`invoice_id`) or of the customer (None).

    It ends by itself after `until_on` (that day is still paused); None means until lifted.
    `restarts`: its end begins the cadence anew; else it only delayed the next mail.
    """

    kind: PauseKind = PauseKind.PAUSED
    invoice_id: int | None = None
    until_on: date | None = None
    reason: str = ""
    restarts: bool = False

    def holds(self, today: date) -> bool:
        return self.until_on is None or today <= self.until_on


class Direction(StrEnum):
    """Who spoke."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact. `automatic` marks mail the cadence planned, with or without approval.

    For inbound touches `automatic` marks machine answers (out of office, bounces), which are
    not replies. `step` and `cycle` are those of the PlannedTouch it came from.
    """

    at: datetime
    direction: Direction = Direction.OUT
    recipients: tuple[str, ...] = ()
    step: str = ""
    cycle: str = ""
    invoice_ids: tuple[int, ...] = ()
    automatic: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the cadence needs beside the ledger.

    `unanswered_reply`: a reply waits for a person. `awaiting_decision`: a follow-up draft waits
    in the review queue. `conversation_since`: replies before it (reopened case) do not count.
    `paying`: invoices that a payment on its way to the ERP will pay, in part at least.
    `unplaced_payment`: money of this customer came and nobody knows yet for which invoice.
    `restarted_at`: when the cadence began anew for an invoice, or for the whole customer (key
    None): a pause or a dispute ended, the conversation was resumed or reopened.
    """

    promises: tuple[PromiseToPay, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    pauses: tuple[Pause, ...] = ()
    touches: tuple[Touch, ...] = ()
    unanswered_reply: bool = False
    awaiting_decision: bool = False
    conversation_since: datetime | None = None
    paying: frozenset[int] = frozenset()
    unplaced_payment: bool = False
    restarted_at: Mapping[int | None, datetime] = field(default_factory=dict)

    def restart_of(self, invoice_id: int) -> datetime | None:
        """When the cadence of this invoice began anew, the latest time; None: it never did."""
        found = [self.restarted_at[k] for k in (invoice_id, None) if k in self.restarted_at]
        return max(found, default=None)

    def on(self, day: date, zone: tzinfo) -> Standing:
        """The same on a later day: pauses that have ended by then began the cadence anew."""
        began = dict(self.restarted_at)
        for pause in self.pauses:
            if pause.restarts and pause.until_on is not None and pause.until_on < day:
                morning = datetime.combine(pause.until_on + timedelta(days=1), time(), tzinfo=zone)
                earlier = began.get(pause.invoice_id, morning)
                began[pause.invoice_id] = max(morning, earlier)
        return replace(self, restarted_at=began)

    def sent(self) -> tuple[Touch, ...]:
        """Outbound touches, oldest first."""
        found = [t for t in self.touches if t.direction is Direction.OUT]
        return tuple(sorted(found, key=lambda t: t.at))

    def replies(self) -> tuple[Touch, ...]:
        """Inbound touches written by people in this conversation, oldest first."""
        found = [
            t
            for t in self.touches
            if t.direction is Direction.IN
            and not t.automatic
            and (self.conversation_since is None or t.at >= self.conversation_since)
        ]
        return tuple(sorted(found, key=lambda t: t.at))
