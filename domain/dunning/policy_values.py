"""The small values that a dunning policy is made of: tones, send modes, steps, caps, restraints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from domain.dunning.reading import DocumentKind
from domain.ledger.party import CcMode


class Tone(StrEnum):
    """How a reminder speaks; later members are firmer."""

    FRIENDLY = "friendly"
    PROFESSIONAL = "professional"
    FIRM = "firm"


class SendMode(StrEnum):
    """Whether planned mail leaves by itself; later members are stricter."""

    ALWAYS = "always"
    UNTIL_SOMEONE_REPLIES = "until_someone_replies"
    NEVER = "never"


class Phase(StrEnum):
    """Where a step stands relative to the due date."""

    PRE_DUE = "pre_due"
    DUE = "due"
    OVERDUE = "overdue"


class Channel(StrEnum):
    """Where a step speaks: by mail, in the Slack channel shared with the customer, or in both."""

    EMAIL = "email"
    SLACK = "slack"
    BOTH = "both"


def milder(one: Tone, other: Tone) -> Tone:
    """The less firm of two tones."""
    order = list(Tone)
    return min(one, other, key=order.index)


def stricter(one: SendMode, other: SendMode) -> SendMode:
    """The mode that sends less by itself."""
    order = list(SendMode)
    return max(one, other, key=order.index)


@dataclass(frozen=True, slots=True)
class DunningStep:
    """One rung: `offset` business days after the due date (negative: before it).

    `send_mode` can only be stricter than the policy's. `draft_only`: a person sends it, always.
    `channel` None is the policy's. `attachments` are papers that go with the mail.
    """

    key: str
    phase: Phase
    offset: int
    tone: Tone
    send_mode: SendMode = SendMode.ALWAYS
    draft_only: bool = False
    attachments: tuple[DocumentKind, ...] = ()
    channel: Channel | None = None
    cc: CcMode = CcMode.DEFAULT


@dataclass(frozen=True, slots=True)
class Caps:
    """Most automatic messages, whatever the channel.

    One per contact in N business days, and so many per week and 30 days to one customer.
    """

    contact_business_days: int = 3
    per_7_days: int = 2
    per_30_days: int = 6

    def tighter(self, other: Caps) -> Caps:
        """What both allow."""
        return Caps(
            max(self.contact_business_days, other.contact_business_days),
            min(self.per_7_days, other.per_7_days),
            min(self.per_30_days, other.per_30_days),
        )


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """What happens with the first message about an invoice: drafted at all, sent by itself."""

    auto_draft: bool = True
    auto_send: bool = True


@dataclass(frozen=True, slots=True)
class Restraint:
    """Limits that can only make a policy stricter. None and the loosest member change nothing."""

    send_mode: SendMode = SendMode.ALWAYS
    tone_cap: Tone = Tone.FIRM
    caps: Caps | None = None
    cadence: int = 1
    opens: time = time(0, 0)
    closes: time = time(23, 59)


@dataclass(frozen=True, slots=True)
class NaturalPersons:
    """How debtors who are people, or whose debt a person guarantees, are treated.

    `strict_regions` ("US-CA") are places whose law protects them more; `strict` holds there on
    top of `everywhere`.
    """

    everywhere: Restraint = Restraint(
        SendMode.NEVER, Tone.PROFESSIONAL, Caps(5, 1, 4), cadence=5, opens=time(9), closes=time(17)
    )
    strict: Restraint = Restraint(
        SendMode.NEVER, Tone.FRIENDLY, Caps(7, 1, 3), cadence=7, opens=time(9), closes=time(17)
    )
    strict_regions: frozenset[str] = field(default=frozenset({"US-CA"}))


@dataclass(frozen=True, slots=True)
class CustomerOverride:
    """What differs for one customer, named by NetSuite id. It can only be stricter or milder."""

    netsuite_id: str
    send_mode: SendMode = SendMode.ALWAYS
    tone_cap: Tone = Tone.FIRM
    manual_only: bool = False


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who hears of what: the route of each trigger, `default` for the rest; "" tells nobody.

    `notice`: whether colleagues are told at all when a conversation goes to a person.
    """

    routes: tuple[tuple[str, str], ...] = ()
    default: str = "collections"
    notice: bool = True

    def route_of(self, trigger: str) -> str:
        return dict(self.routes).get(trigger, self.default)
