"""A customer's way through a playbook: what it says now, within all the policy's stops and caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.dunning.cadence import Situation
from domain.dunning.contact_rules import recipients
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.playbook import (
    Answer,
    Ask,
    Escalate,
    Now,
    PauseFor,
    Place,
    Playbook,
    Send,
    Stand,
    walk,
)
from domain.dunning.playbook_facts import facts_of
from domain.dunning.policy_values import DunningStep, Phase, Tone, milder
from domain.dunning.rungs import Rung
from domain.dunning.touching import touch_of
from domain.ledger.invoice import Invoice
from domain.ledger.party import Contact

_BEGIN = Place()
_NOBODY: Mapping[str, Answer] = {}
_NONE: Mapping[str, date] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """Where a customer stands in a version of a playbook, for one cycle (a due date).

    `moved_at` None: not begun. `answers` are by the path of their question; `turned_down` are
    steps whose message a person refused, and when; `loop_in` are colleagues who get copies.
    """

    playbook_id: int
    version: int
    book: Playbook
    cycle: str
    place: Place = _BEGIN
    moved_at: datetime | None = None
    loop_in: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: _NOBODY)
    turned_down: Mapping[str, date] = field(default_factory=lambda: _NONE)

    @property
    def policy_id(self) -> str:
        return f"playbook-{self.playbook_id}-{self.version}"

    def key(self, path: str) -> str:
        """The step of a message: it names the playbook, its version and the place."""
        return f"playbook_{self.playbook_id}_{self.version}_{path}"


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom and about which overdue invoices a customer may be written to now."""

    to: tuple[Contact, ...]
    late: tuple[Invoice, ...]

    @property
    def anchor(self) -> Invoice:
        """The invoice that the cycle is counted from."""
        return min(self.late, key=lambda i: (i.due_on, i.id))

    @property
    def cycle(self) -> str:
        return self.anchor.due_on.isoformat()


@dataclass(frozen=True, slots=True)
class Turn:
    """A run as it stands for a customer now."""

    run: Run
    here: Situation
    about: Addressed
    stand: Stand

    @property
    def step_key(self) -> str:
        return self.run.key(self.stand.place.path)


def addressed(here: Situation) -> Addressed | Hold | None:
    """Whom to write to and about what; what stops it; None when nothing is overdue."""
    stop = next(here.stops(), None)
    if stop is not None:
        return stop
    to = recipients(here.account.contacts)
    if isinstance(to, Hold):
        return to
    free = here.free()
    if isinstance(free, Hold):
        return free
    late = tuple(i for i in free if i.due_on < here.today)
    return Addressed(to, late) if late else None


def turn(run: Run, here: Situation, about: Addressed, *, score: int | None = None) -> Turn | Hold:
    """The run as far as facts and answers carry it, or why it is not its time yet."""
    early = _too_early(run, here, about.anchor)
    if early is not None:
        return early
    facts = facts_of(here.account, here.standing, here.policy, score=score)
    now = Now(here.today, here.calendar, facts, run.answers, _sent(run, here))
    return Turn(run, here, about, walk(run.book, run.place, now))


def says(found: Turn) -> PlannedTouch | Hold:
    """The message that is due, or what the playbook waits for."""
    step, here = found.stand.step, found.here
    name = f"the playbook {found.run.book.name}"
    if isinstance(step, Send):
        return _touch(found, step)
    if step is None:
        return Hold(HoldReason.EXHAUSTED, f"{name} is at its end; a person decides what next")
    if isinstance(step, Ask):
        return Hold(HoldReason.AWAITING_DECISION, f"{name} asks: {step.question}")
    if isinstance(step, Escalate):
        return Hold(HoldReason.ESCALATED, f"{name}: {step.reason}")
    if isinstance(step, PauseFor):
        return Hold(HoldReason.PAUSED, name)
    until = found.stand.until
    at = here.calendar.opening(until, here.zone) if until else None
    return Hold(HoldReason.NOT_DUE, f"{name} waits until {until}" if until else name, at)


def _too_early(run: Run, here: Situation, anchor: Invoice) -> Hold | None:
    """Before the playbook's own start, within days of grace, or just after a stop ended."""
    graced = anchor.due_on + timedelta(days=here.policy.grace_days + 1)
    begin = max(
        here.calendar.add_business_days(anchor.due_on, run.book.start),
        here.calendar.add_business_days(graced, 0),
    )
    restart = here.standing.restart_of(anchor.id)
    if restart is not None and (run.moved_at is None or restart > run.moved_at):
        day = restart.astimezone(here.zone).date()
        begin = max(begin, here.calendar.add_business_days(day, here.policy.cadence))
    if here.today >= begin:
        return None
    words = f"the playbook {run.book.name} waits until {begin}"
    return Hold(HoldReason.NOT_DUE, words, here.calendar.opening(begin, here.zone))


def _sent(run: Run, here: Situation) -> dict[str, date]:
    """Steps of this run whose message left, or was turned down by a person, and when."""
    prefix = run.key("")
    left = {
        touch.step.removeprefix(prefix): touch.at.astimezone(here.zone).date()
        for touch in here.standing.sent()
        if touch.cycle == run.cycle and touch.step.startswith(prefix)
    }
    return left | dict(run.turned_down)


def _touch(found: Turn, step: Send) -> PlannedTouch | Hold:
    here, run, late = found.here, found.run, found.about.late
    hold = next(here.waits(late, found.about.to), None)
    if hold is not None:
        return hold
    before = [t for t in here.standing.sent() if t.cycle == run.cycle]
    tone = step.tone if before else milder(step.tone, Tone.PROFESSIONAL)
    rung = DunningStep(
        found.step_key,
        Phase.OVERDUE,
        1,
        tone,
        draft_only=step.draft,
        attachments=step.attachments,
        channel=step.channel,
    )
    touch = touch_of(
        here.account,
        Rung(rung, run.cycle, tone, late),
        found.about.to,
        here.standing,
        replace(here.policy, steps=(rung,)),
        here.calendar,
        here.now,
        here.zone,
    )
    return replace(touch, policy_id=run.policy_id, ordinal=len(before) + 1, loop_in=run.loop_in)
