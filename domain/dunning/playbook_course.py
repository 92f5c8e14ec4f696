"""A playbook lived through without doing anything: over the past, and over the days to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.dunning.cadence import Situation
from domain.dunning.planned import Hold, PlannedTouch
from domain.dunning.playbook import Answer, Ask, Escalate, PauseFor, Place, Playbook, Taken, passed
from domain.dunning.playbook_run import Addressed, Run, Turn, addressed, says, turn
from domain.dunning.standing import Direction, Pause, PauseKind, Standing
from domain.ledger.account import Account

_COPIES = "copies to "


@dataclass(frozen=True, slots=True)
class Assigned:
    """The playbook a customer is in. New cycles begin `version`; `runs` are those on record.

    `answered` are the answers on record: the cycle, the path of the question, and the moment from
    which on it was known.
    """

    playbook_id: int
    version: int
    book: Playbook
    runs: Mapping[str, Run] = field(default_factory=dict)
    answered: tuple[tuple[str, str, datetime, Answer], ...] = ()
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far it came: the runs by cycle, what it stopped, and what nobody answered.

    `handed` are the stops by which it gave the customer to a person, each with the invoices that
    were overdue then: the person is taken to keep the customer until those are settled. `asked`
    are questions (cycle, path) that it had to wait at.
    """

    assigned: Assigned
    runs: Mapping[str, Run] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    handed: tuple[tuple[Pause, tuple[int, ...]], ...] = ()
    asked: frozenset[tuple[str, str]] = frozenset()

    @property
    def unanswered(self) -> int:
        """How many questions it still waits at."""
        return sum(self.runs[cycle].place.path == path for cycle, path in self.asked)

    def standing(self, known: Standing, account: Account, zone: tzinfo) -> Standing:
        """Where the customer stands, with what the playbook itself has stopped by then."""
        owed = {invoice.id for invoice in account.invoices if invoice.collectable}
        kept = [stop for stop, ids in self.handed if owed.intersection(ids)]
        if not self.pauses and not kept:
            return known
        stops = (*known.pauses, *self.pauses, *kept)
        return replace(known, pauses=stops).on(account.today, zone)

    def wakes(self, at: datetime, zone: tzinfo) -> datetime | None:
        """The next moment at which a pause of the playbook's own ends."""
        ends = (_after(p.until_on, zone) for p in self.pauses if p.until_on is not None)
        return min((end for end in ends if end > at), default=None)

    def next(self, here: Situation) -> tuple[PlannedTouch | Hold | None, Course]:
        """What it says now, and how it stands after that. None: the ladder decides."""
        about = addressed(here)
        if not isinstance(about, Addressed):
            return about, self
        run = self._run(about.cycle, here)
        while True:
            found = turn(run, here, about, score=self.assigned.score)
            if isinstance(found, Hold):
                return found, self
            run = moved(run, found.stand.taken, found.stand.place, here.now)
            if not isinstance(found.stand.step, Ask) or _wrote(here, about.cycle):
                return self._stopped(replace(found, run=run))
            run = replace(run, answers={**run.answers, run.place.path: Answer(yes=False)})

    def _run(self, cycle: str, here: Situation) -> Run:
        plan = self.assigned
        run = self.runs.get(cycle) or plan.runs.get(cycle)
        if run is None:
            run = Run(plan.playbook_id, plan.version, plan.book, cycle, Place("0", here.today))
        known = {path: a for of, path, at, a in plan.answered if of == cycle and at <= here.now}
        return replace(run, answers={**run.answers, **known}) if known else run

    def _stopped(self, found: Turn) -> tuple[PlannedTouch | Hold, Course]:
        run, here, step = found.run, found.here, found.stand.step
        now = replace(self, runs={**self.runs, run.cycle: run})
        said = says(found)
        if isinstance(step, Ask):
            return said, replace(now, asked=now.asked | {(run.cycle, run.place.path)})
        if not isinstance(step, Escalate | PauseFor):
            return said, now
        place, told = passed(run.book, run.place, "done", here.today)
        runs = {**now.runs, run.cycle: moved(run, (told,), place, here.now)}
        if isinstance(step, Escalate):
            stop = Pause(PauseKind.ESCALATED, reason=step.reason)
            ids = tuple(invoice.id for invoice in found.about.late)
            return said, replace(now, runs=runs, handed=(*now.handed, (stop, ids)))
        until = here.today + timedelta(days=step.days) if step.days else None
        stop = Pause(PauseKind.PAUSED, None, until, run.book.name, restarts=True)
        return said, replace(now, runs=runs, pauses=(*now.pauses, stop))


def _after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def _wrote(here: Situation, cycle: str) -> bool:
    """Whether a person there wrote since the cycle began; who never wrote said no."""
    since = date.fromisoformat(cycle)
    said = (t for t in here.standing.touches if t.direction is Direction.IN and not t.automatic)
    return any(t.at.date() >= since for t in said)


def moved(run: Run, taken: tuple[Taken, ...], place: Place, now: datetime) -> Run:
    """The run after these steps, with the colleagues they looped in."""
    if not taken and place.path == run.place.path:
        return run
    looped = [t.step.removeprefix(_COPIES) for t in taken if t.step.startswith(_COPIES)]
    copies = tuple(dict.fromkeys((*run.loop_in, *looped)))
    return replace(run, place=place, moved_at=now, loop_in=copies)
