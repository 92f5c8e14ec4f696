"""The values of a dunning policy: its steps, tones, send modes and caps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from domain.dunning.calendar import Calendar
from domain.ledger.money import Money
from domain.ledger.party import Customer


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
    """One rung: `offset` business days after the due date (negative: before it)."""

    key: str
    phase: Phase
    offset: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Caps:
    """Most automatic mail: one per contact in N business days, per week and 30 days a customer."""

    contact_business_days: int = 3
    per_7_days: int = 2
    per_30_days: int = 6


@dataclass(frozen=True, slots=True)
class CustomerOverride:
    """What differs for one customer, named by NetSuite id. It can only be stricter or milder."""

    netsuite_id: str
    send_mode: SendMode = SendMode.ALWAYS
    tone_cap: Tone = Tone.FIRM


@dataclass(frozen=True, slots=True)
class DunningPolicy:
    """Rules of the follow-up cadence. Spacing is in business days of the customer's calendar.

    `floors`: an overdue total below it (in its currency) is not chased. `review_above`: a total
    above it always goes to a person. `repeat_every` spaces repetitions of the last step.
    """

    id: str
    steps: tuple[DunningStep, ...]
    cadence: int = 4
    send_mode: SendMode = SendMode.UNTIL_SOMEONE_REPLIES
    tone_cap: Tone = Tone.FIRM
    caps: Caps = Caps()
    grace_days: int = 3
    promise_grace_days: int = 2
    after_reply_business_days: int = 1
    repeat_every: int = 10
    max_repeats: int = 3
    floors: tuple[Money, ...] = ()
    review_above: tuple[Money, ...] = ()
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    weekend: frozenset[int] = field(default=frozenset({5, 6}))
    overrides: tuple[CustomerOverride, ...] = ()

    def mode_for(self, customer: Customer) -> SendMode:
        """The stricter of the organisation's and the customer's send mode."""
        mode = self.send_mode
        for override in self._overrides_of(customer):
            mode = stricter(mode, override.send_mode)
        return mode

    def tone_cap_for(self, customer: Customer) -> Tone:
        """The firmest tone this customer may see."""
        cap = self.tone_cap
        for override in self._overrides_of(customer):
            cap = milder(cap, override.tone_cap)
        return cap

    def promise_ends_on(self, promised_on: date) -> date:
        """The last day a promise is waited for: transfers take business days to arrive."""
        return self.calendar().add_business_days(promised_on, self.promise_grace_days)

    def phase(self, phase: Phase) -> tuple[DunningStep, ...]:
        """The steps of one phase, earliest first."""
        return tuple(sorted((s for s in self.steps if s.phase is phase), key=lambda s: s.offset))

    def calendar(self, holidays: frozenset[date] = frozenset()) -> Calendar:
        """The sending calendar of a place with these holidays."""
        return Calendar(holidays, self.weekend, self.opens, self.closes)

    def _overrides_of(self, customer: Customer) -> tuple[CustomerOverride, ...]:
        return tuple(o for o in self.overrides if o.netsuite_id == customer.netsuite_id)
