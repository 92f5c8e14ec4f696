"""The dunning policy as a value: its steps, tones, send modes, caps and segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from domain.dunning.calendar import Calendar, ClosedSpan
from domain.dunning.interest import InterestPolicy
from domain.dunning.policy_values import (
    Caps,
    Channel,
    CustomerOverride,
    DunningStep,
    Escalation,
    FirstMessage,
    NaturalPersons,
    Phase,
    Restraint,
    SendMode,
    Tone,
    milder,
    stricter,
)
from domain.dunning.segments import Segment
from domain.ledger.money import Money
from domain.ledger.party import CcMode, Customer

__all__ = [
    "Caps",
    "Channel",
    "CustomerOverride",
    "DunningPolicy",
    "DunningStep",
    "Escalation",
    "FirstMessage",
    "NaturalPersons",
    "Phase",
    "Restraint",
    "Segment",
    "SendMode",
    "Tone",
    "milder",
    "stricter",
]


@dataclass(frozen=True, slots=True)
class DunningPolicy:
    """Rules of the follow-up cadence. Spacing is in business days of the customer's calendar.

    `floors`: an overdue total below it (in its currency) is not chased. `review_above`: a total
    above it always goes to a person. `repeat_every` spaces repetitions of the last step.
    `manual_only`: nothing is planned, a person writes. `segment` names the segment that was
    applied, `opens_later` the minutes by which hours begin later because only the customer's
    place is known, see domain.dunning.effective.
    """

    id: str
    steps: tuple[DunningStep, ...]
    cadence: int = 4
    send_mode: SendMode = SendMode.UNTIL_SOMEONE_REPLIES
    tone_cap: Tone = Tone.FIRM
    caps: Caps = field(default=Caps())
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
    channel: Channel = Channel.EMAIL
    cc_default: bool = False
    first_message: FirstMessage = field(default=FirstMessage())
    closed_days: tuple[ClosedSpan, ...] = ()
    manual_only: bool = False
    segments: tuple[Segment, ...] = ()
    segment: str = ""
    opens_later: int = 0
    natural_persons: NaturalPersons = field(default=NaturalPersons())
    escalation: Escalation = field(default=Escalation())
    pause_on_new_contact: bool = True
    interest: InterestPolicy = field(default=InterestPolicy())
    mask_names: bool = True
    signature: str = ""
    disclose_software: bool = True

    def mode_for(self, customer: Customer) -> SendMode:
        """The stricter of the organisation's and the customer's send mode."""
        mode = self.send_mode
        if customer.send_mode:
            mode = stricter(mode, SendMode(customer.send_mode))
        for override in self.overrides_of(customer):
            mode = stricter(mode, override.send_mode)
        return mode

    def tone_cap_for(self, customer: Customer) -> Tone:
        """The firmest tone this customer may see."""
        cap = self.tone_cap
        for override in self.overrides_of(customer):
            cap = milder(cap, override.tone_cap)
        return cap

    def copies(self, customer: Customer, step: DunningStep) -> bool:
        """Whether contacts who get copies are in Cc: the customer's word, the step's, ours."""
        for said in (customer.cc_mode, step.cc):
            if said is not CcMode.DEFAULT:
                return said is CcMode.ENABLED
        return self.cc_default

    def promise_ends_on(self, promised_on: date) -> date:
        """The last day a promise is waited for: transfers take business days to arrive."""
        return self.calendar().add_business_days(promised_on, self.promise_grace_days)

    def phase(self, phase: Phase) -> tuple[DunningStep, ...]:
        """The steps of one phase, earliest first."""
        return tuple(sorted((s for s in self.steps if s.phase is phase), key=lambda s: s.offset))

    def every_step(self) -> tuple[DunningStep, ...]:
        """The policy's steps and those of its segments."""
        own = [s for segment in self.segments for s in segment.changes.steps or ()]
        return (*self.steps, *own)

    def calendar(self, holidays: frozenset[date] = frozenset()) -> Calendar:
        """The sending calendar of a place with these holidays."""
        return Calendar(holidays, self.weekend, self.opens, self.closes, self.closed_days)

    def overrides_of(self, customer: Customer) -> tuple[CustomerOverride, ...]:
        """What is said of this customer by NetSuite id."""
        return tuple(o for o in self.overrides if o.netsuite_id == customer.netsuite_id)
