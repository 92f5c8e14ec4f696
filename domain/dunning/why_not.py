"""Why an invoice gets no message now: every reason, and when the next one is planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.cadence import Situation, local_day, plan
from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.contact_rules import recipients
from domain.dunning.invoice_holds import invoice_holds
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.playbook_course import Course
from domain.dunning.rungs import early_days
from domain.dunning.standing import Standing, Touch
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice

_LOOK_AHEAD = timedelta(days=150)
_MOST_LOOKS = 160
# Nothing but a person or an event ends these.
_LASTING = frozenset(
    {
        HoldReason.INACTIVE,
        HoldReason.AUTO_FOLLOWUP_OFF,
        HoldReason.MANUAL_ONLY,
        HoldReason.FIRST_MESSAGE_OFF,
        HoldReason.NO_RECIPIENT,
        HoldReason.SUPPRESSED,
        HoldReason.UNKNOWN_TIMEZONE,
        HoldReason.AWAITING_DECISION,
        HoldReason.EXHAUSTED,
        HoldReason.PAYMENT_ARRIVED,
        HoldReason.PAID,
        HoldReason.NOT_COLLECTABLE,
    }
)


NO_CLAIM = (HoldReason.PAID, HoldReason.NOT_COLLECTABLE)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What an invoice waits for. `touch` is the message it is part of now; then no `reasons`.

    `reasons` are all that apply, most decisive first. `next_touch_at` is when the next message
    about it is planned as things stand; None: something has to change first.
    """

    reasons: tuple[Hold, ...]
    touch: PlannedTouch | None = None
    next_touch_at: datetime | None = None

    @property
    def first(self) -> PlannedTouch | Hold:
        """The message, or the reason that decides."""
        return self.touch or self.reasons[0]


def why_not(
    account: Account,
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    course: Course | None = None,
) -> dict[int, WhyNot]:
    """For each invoice id the message it is part of, or every reason why it is in none.

    `course` is the customer's way through a playbook, if they are in one.
    """
    zone = zone_named(account.customer.timezone)
    here = Situation(account, standing, policy, calendar, now, zone) if zone else None
    own_word = course.next(here)[0] if course and here else None
    planned = own_word or plan(account, standing, policy, calendar, now)
    coming = next_touches(account, standing, policy, calendar, now, course)
    together = _Together.of(here, own_word) if here else _Together()
    answers: dict[int, WhyNot] = {}
    for invoice in account.invoices:
        at = coming.get(invoice.id)
        if isinstance(planned, PlannedTouch):
            if invoice.id in planned.invoice_ids:
                answers[invoice.id] = WhyNot((), planned, at)
                continue
        elif here is None:
            answers[invoice.id] = WhyNot((planned,))
            continue
        own = tuple(invoice_holds(invoice, standing, policy, local_day(account, now)))
        answers[invoice.id] = WhyNot(together.about(invoice, own), next_touch_at=at)
    return answers


@dataclass(frozen=True, slots=True)
class _Together:
    """What holds all invoices of a customer, and what holds only those that are free."""

    today: date = date.min
    stops: tuple[Hold, ...] = ()
    ladder: tuple[Hold, ...] = ()
    hours: tuple[Hold, ...] = ()

    @classmethod
    def of(cls, here: Situation, playbook: PlannedTouch | Hold | None) -> _Together:
        to = recipients(here.account.contacts)
        nobody = (to,) if isinstance(to, Hold) else ()
        hours = tuple(here.hours(() if isinstance(to, Hold) else to))
        free = here.free()
        ladder: tuple[Hold, ...] = ()
        if isinstance(playbook, Hold):
            ladder = (playbook,)
        elif not isinstance(free, Hold):
            rung = here.rung(free)
            ladder = (rung,) if isinstance(rung, Hold) else tuple(here.against(rung.invoices))
        return cls(here.today, (*here.stops(), *nobody), ladder, hours)

    def about(self, invoice: Invoice, own: tuple[Hold, ...]) -> tuple[Hold, ...]:
        """Every reason for one invoice that has these of its own."""
        if own and own[0].reason in NO_CLAIM:
            return own
        ladder = self.ladder
        if not own and invoice.due_on >= self.today:
            ladder = (Hold(HoldReason.NOT_DUE, f"not asked for yet; due on {invoice.due_on}"),)
        found = (*self.stops, *own, *(() if own else ladder), *self.hours)
        if found:
            return tuple(dict.fromkeys(found))
        return (Hold(HoldReason.NOT_DUE, f"not asked for yet; due on {invoice.due_on}"),)


def next_touches(
    account: Account,
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    course: Course | None = None,
) -> dict[int, datetime]:
    """When each invoice is next written about, as things stand; without those that wait.

    The days to come are lived through: each planned message is taken as sent, and a playbook goes
    on as far as it does without an answer.
    """
    zone = zone_named(account.customer.timezone)
    found: dict[int, datetime] = {}
    if zone is None:
        return found
    wanted = {i.id for i in account.invoices if i.collectable}
    emails = tuple(c.email for c in account.contacts)
    days = sorted(early_days(policy.steps, calendar, account.invoices))
    at = now
    for _ in range(_MOST_LOOKS):
        if wanted <= set(found) or at > now + _LOOK_AHEAD:
            break
        day = at.astimezone(zone).date()
        answer, course = _told(account, standing.on(day, zone), policy, calendar, at, zone, course)
        if isinstance(answer, PlannedTouch):
            for invoice_id in answer.invoice_ids:
                found.setdefault(invoice_id, answer.at)
            standing = replace(standing, touches=(*standing.touches, _sent(answer, at, emails)))
        elif _lasts(answer, standing, day, days, course):
            break
        at = max(_again(answer, day, calendar, zone, days), at + timedelta(minutes=1))
    return found


def _sent(answer: PlannedTouch, at: datetime, emails: tuple[str, ...]) -> Touch:
    return Touch(
        at,
        recipients=emails,
        step=answer.step,
        cycle=answer.cycle,
        invoice_ids=answer.invoice_ids,
    )


def _told(
    account: Account,
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    at: datetime,
    zone: ZoneInfo,
    course: Course | None,
) -> tuple[PlannedTouch | Hold, Course | None]:
    """What a later moment says, and how the playbook stands after it."""
    if course is None:
        return plan(account, standing, policy, calendar, at), None
    today = at.astimezone(zone).date()
    then = replace(account, today=today)
    known = course.standing(standing, then, zone)
    said, course = course.next(Situation(then, known, policy, calendar, at, zone))
    return said or plan(then, known, policy, calendar, at), course


def _again(
    answer: PlannedTouch | Hold, day: date, calendar: Calendar, zone: ZoneInfo, days: list[date]
) -> datetime:
    """The next moment worth looking at; steps before a due date come between the others."""
    if isinstance(answer, PlannedTouch) or answer.until is None:
        return calendar.opening(day + timedelta(days=1), zone)
    early = next((d for d in days if d > day), None)
    if answer.reason is not HoldReason.NOT_DUE or early is None:
        return answer.until
    return min(answer.until, calendar.opening(early, zone))


def _lasts(
    hold: Hold, standing: Standing, day: date, days: list[date], course: Course | None
) -> bool:
    if hold.reason is HoldReason.EXHAUSTED:
        if any(coming > day for coming in days):
            return False
        return not any(p.restarts and p.until_on and p.until_on >= day for p in standing.pauses)
    if course is not None and hold.reason is HoldReason.ESCALATED:
        return True
    waits = hold.reason is HoldReason.REPLIED and standing.unanswered_reply
    return waits or (hold.until is None and hold.reason in _LASTING)
