"""Which step of the policy is due: the newest one, never a burst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason
from domain.dunning.policy_values import DunningStep, Phase, Tone, milder
from domain.dunning.standing import Standing, Touch
from domain.ledger.invoice import Invoice


def early_days(
    steps: Iterable[DunningStep], calendar: Calendar, invoices: Iterable[Invoice]
) -> set[date]:
    """Days on which a step before or on the due date comes due, and the first days of delay."""
    offsets = {step.offset for step in steps if step.phase is not Phase.OVERDUE}
    dues = {invoice.due_on for invoice in invoices}
    found = {calendar.add_business_days(due, offset) for due in dues for offset in offsets}
    return found | {due + timedelta(days=1) for due in dues}


@dataclass(frozen=True, slots=True)
class Rung:
    """A due step with its cycle (the due date it is counted from) and its invoices."""

    step: DunningStep
    cycle: str
    tone: Tone
    invoices: tuple[Invoice, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The policy as it runs on one customer's local day."""

    policy: DunningPolicy
    calendar: Calendar
    zone: ZoneInfo
    today: date
    standing: Standing

    def due(self, invoices: tuple[Invoice, ...]) -> Rung | Hold:
        """The rung to take today for invoices that nothing holds."""
        late = tuple(i for i in invoices if i.due_on < self.today)
        coming = tuple(i for i in invoices if i.due_on >= self.today)
        overdue = self._overdue(late) if late else None
        if isinstance(overdue, Rung):
            return overdue
        early = self._early(coming, late)
        if early is not None:
            return early
        if overdue is not None:
            return overdue
        first = min(invoices, key=lambda i: i.due_on)
        return self._later(f"{first.number} is due on {first.due_on}", self._awake(coming))

    def _awake(self, coming: tuple[Invoice, ...]) -> date:
        """The next day on which an early step may come due, or an invoice is late."""
        days = early_days(self.policy.steps, self.calendar, coming)
        return min(day for day in days if day > self.today)

    def _overdue(self, late: tuple[Invoice, ...]) -> Rung | Hold:
        steps = self.policy.phase(Phase.OVERDUE)
        if not steps:
            return Hold(HoldReason.NOT_DUE, "the policy has no overdue step")
        anchor = min(late, key=lambda i: (self._counted_from(i), i.due_on))
        cycle = anchor.due_on.isoformat()
        sent = self._sent_in(cycle)
        taken = [n for n, step in enumerate(steps) if any(t.step == step.key for t in sent)]
        top = max(taken, default=-1)
        if top == len(steps) - 1:
            return self._again(steps[-1], anchor, late, sent)
        left = [(step, self._day_of(step, anchor, sent)) for step in steps[top + 1 :]]
        reached = [step for step, day in left if day <= self.today]
        if not reached:
            step, day = left[0]
            return self._later(f"{step.key} is due on {day}", day)
        tone = reached[-1].tone if sent else milder(reached[-1].tone, Tone.PROFESSIONAL)
        return Rung(reached[-1], cycle, tone, late)

    def _counted_from(self, invoice: Invoice) -> date:
        """The due date, or the later day on which the cadence of the invoice began anew."""
        restart = self.standing.restart_of(invoice.id)
        return invoice.due_on if restart is None else max(invoice.due_on, self._local(restart))

    def _day_of(self, step: DunningStep, anchor: Invoice, sent: list[Touch]) -> date:
        """When an overdue step comes due.

        After a restart the steps that are left keep their distances and are counted from it.
        """
        usual = self._date_of(step, anchor.due_on)
        begin = self._counted_from(anchor)
        restart = self.standing.restart_of(anchor.id)
        if restart is None or begin == anchor.due_on:
            return usual
        before = {t.step for t in sent if t.at <= restart}
        done = [s.offset for s in self.policy.phase(Phase.OVERDUE) if s.key in before]
        away = max(1, step.offset - max(done, default=0))
        return max(usual, self.calendar.add_business_days(begin, away))

    def _again(
        self, step: DunningStep, anchor: Invoice, late: tuple[Invoice, ...], sent: list[Touch]
    ) -> Rung | Hold:
        last = [t for t in sent if t.step == step.key]
        count = len({t.cycle for t in last})
        restart = self.standing.restart_of(anchor.id)
        since = count - 1 if restart is None else len({t.cycle for t in last if t.at > restart})
        if since >= self.policy.max_repeats:
            return Hold(HoldReason.EXHAUSTED, "every step was taken; a person decides what next")
        begin = max(self._local(last[-1].at), self._counted_from(anchor))
        day = self.calendar.add_business_days(begin, self.policy.repeat_every)
        if self.today < day:
            return self._later(f"{step.key} is repeated on {day}", day)
        return Rung(step, f"{anchor.due_on.isoformat()}+{count}", step.tone, late)

    def _early(self, coming: tuple[Invoice, ...], late: tuple[Invoice, ...]) -> Rung | None:
        overdue = self.policy.phase(Phase.OVERDUE)
        for step in self.policy.phase(Phase.DUE):
            ready = [
                i
                for i in (*late, *coming)
                if self._date_of(step, i.due_on) <= self.today
                and (i.due_on >= self.today or self._fresh(i, overdue))
            ]
            found = self._unsaid(step, ready)
            if found:
                return found
        for step in reversed(self.policy.phase(Phase.PRE_DUE)):
            ready = [i for i in coming if self._date_of(step, i.due_on) <= self.today < i.due_on]
            found = self._unsaid(step, ready)
            if found:
                return found
        return None

    def _fresh(self, invoice: Invoice, overdue: tuple[DunningStep, ...]) -> bool:
        """Due on a closed day, so that its due-date note goes on the next business day."""
        same_day = self.calendar.add_business_days(invoice.due_on, 0) == self.today
        return same_day and not (
            overdue and self._date_of(overdue[0], invoice.due_on) <= self.today
        )

    def _unsaid(self, step: DunningStep, ready: list[Invoice]) -> Rung | None:
        """The step for invoices that had no such note yet; a later early step covers an earlier."""
        early = [
            s.key
            for s in self.policy.steps
            if s.phase is not Phase.OVERDUE and s.offset >= step.offset
        ]
        told = {i for t in self.standing.sent() if t.step in early for i in t.invoice_ids}
        fresh = tuple(i for i in ready if i.id not in told)
        if not fresh:
            return None
        cycle = min(i.due_on for i in fresh).isoformat()
        return Rung(step, cycle, step.tone, fresh)

    def _date_of(self, step: DunningStep, due_on: date) -> date:
        day = self.calendar.add_business_days(due_on, step.offset)
        if step.phase is not Phase.OVERDUE:
            return day
        after_grace = due_on + timedelta(days=self.policy.grace_days + 1)
        return max(day, self.calendar.add_business_days(after_grace, 0))

    def _sent_in(self, cycle: str) -> list[Touch]:
        return [t for t in self.standing.sent() if t.cycle.partition("+")[0] == cycle]

    def _later(self, detail: str, day: date) -> Hold:
        return Hold(HoldReason.NOT_DUE, detail, self.calendar.opening(day, self.zone))

    def _local(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()
