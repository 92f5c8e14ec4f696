"""Two policies over the same history: which messages differ, and whom they should not have met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.cadence import Situation, plan
from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.effective import effective
from domain.dunning.harm import Harm, HarmKind, harms
from domain.dunning.ladder import DunningPolicy
from domain.dunning.past import History, PastCustomer
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.playbook import Playbook
from domain.dunning.playbook_course import Assigned, Course
from domain.dunning.rungs import early_days
from domain.dunning.standing import Touch

Lets = Callable[[PlannedTouch, int], bool]
# Nothing ends these before their time.
_TIMED = frozenset(
    {HoldReason.GAP, HoldReason.CAP_REACHED, HoldReason.REPLIED, HoldReason.OUTSIDE_WINDOW}
)
# Only an event of the customer ends these; a segment may, as the debt grows older.
_LASTING = frozenset(
    {
        HoldReason.INACTIVE,
        HoldReason.AUTO_FOLLOWUP_OFF,
        HoldReason.MANUAL_ONLY,
        HoldReason.FIRST_MESSAGE_OFF,
        HoldReason.NO_RECIPIENT,
        HoldReason.SUPPRESSED,
        HoldReason.UNKNOWN_TIMEZONE,
        HoldReason.EXHAUSTED,
        HoldReason.PAID,
        HoldReason.DISPUTED,
        HoldReason.PAUSED,
        HoldReason.CREDIT_HOLD,
        HoldReason.LEGAL,
        HoldReason.INSOLVENCY,
        HoldReason.RESOLVED,
        HoldReason.ESCALATED,
        HoldReason.AWAITING_DECISION,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One day of one customer on which the two policies act differently; None is silence."""

    customer_id: int
    on: date
    old: PlannedTouch | None
    new: PlannedTouch | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one policy would have done. `customers`: how many it would have written to.

    `handed`: how often a playbook gave a customer to a person; `unanswered`: how many questions of
    playbooks stopped it there, because no answer to them is on record.
    """

    messages: int = 0
    automatic: int = 0
    reviewed: int = 0
    customers: int = 0
    harms: tuple[Harm, ...] = ()
    handed: int = 0
    unanswered: int = 0

    def count(self, kind: HarmKind) -> int:
        return sum(1 for harm in self.harms if harm.kind is kind)


@dataclass(frozen=True, slots=True)
class Replay:
    """Both policies side by side. `violations` are harms of the new one that the old has not."""

    since: date
    until: date
    customers: int
    old: Tally
    new: Tally
    differences: tuple[Difference, ...]
    violations: tuple[Harm, ...]


def replay(
    history: History,
    old: DunningPolicy,
    new: DunningPolicy,
    lets: Lets = lambda *_: True,
    *,
    trial: Playbook | None = None,
) -> Replay:
    """Live through the history twice; messages for review are taken as approved at once.

    Customers who are in a playbook today go through it, under both policies. Where it gives them to
    a person they stay silent until what was overdue then is settled; where it asks what nobody
    answered, until there is an answer.

    `trial` is a playbook that the new side has for the customers it names, in place of theirs.
    `lets` says whether a message that may leave by itself really does, given how many of the run
    the customer had before it. Recorded answers, promises, disputes and payments stay as they
    were, whatever was sent.
    """
    runs: dict[str, list[_Run]] = {"old": [], "new": []}
    differences: list[Difference] = []
    for past in history.customers:
        zone = zone_named(past.customer.timezone)
        if zone is None:
            continue
        before = _run(past, zone, old, history, lets)
        after = _run(in_trial(past, trial), zone, new, history, lets)
        runs["old"].append(before)
        runs["new"].append(after)
        differences += _differences(past, zone, before, after)
    first, second = _tally(runs["old"]), _tally(runs["new"])
    return Replay(
        since=history.since,
        until=history.until,
        customers=len(history.customers),
        old=first,
        new=second,
        differences=tuple(sorted(differences, key=lambda d: (d.on, d.customer_id))),
        violations=_beyond(first, second),
    )


def in_trial(past: PastCustomer, book: Playbook | None) -> PastCustomer:
    """The customer as if a playbook were theirs, if it names them; nothing of it is on record."""
    if book is None or not (book.everybody or past.customer.netsuite_id in book.customers):
        return past
    return replace(past, playbook=Assigned(0, 0, book, score=past.beside.score))


def _beyond(old: Tally, new: Tally) -> tuple[Harm, ...]:
    """Harms of the new one that the old has not on the same day."""
    known = {(h.customer_id, h.at.date(), h.kind) for h in old.harms}
    found = sorted(new.harms, key=lambda h: (h.at, h.customer_id))
    return tuple(h for h in found if (h.customer_id, h.at.date(), h.kind) not in known)


@dataclass(frozen=True, slots=True)
class _Run:
    touches: tuple[PlannedTouch, ...]
    harms: tuple[Harm, ...]
    handed: int
    unanswered: int


def _run(
    past: PastCustomer, zone: ZoneInfo, policy: DunningPolicy, history: History, lets: Lets
) -> _Run:
    planned, course = lived(past, zone, policy, history.since, history.until)
    sent = tuple(
        replace(touch, outcome=SendOutcome.REVIEW)
        if touch.outcome is SendOutcome.AUTO and not lets(touch, n)
        else touch
        for n, touch in enumerate(planned)
    )
    found = [h for n, touch in enumerate(sent) for h in harms(past, touch, sent[:n], zone)]
    handed, open_ = (len(course.handed), course.unanswered) if course else (0, 0)
    return _Run(sent, tuple(found), handed, open_)


def touches_under(
    past: PastCustomer, zone: ZoneInfo, policy: DunningPolicy, since: date, until: date
) -> tuple[PlannedTouch, ...]:
    """The messages that a policy would have planned for a customer, in order."""
    return lived(past, zone, policy, since, until)[0]


def lived(
    past: PastCustomer, zone: ZoneInfo, policy: DunningPolicy, since: date, until: date
) -> tuple[tuple[PlannedTouch, ...], Course | None]:
    """The same, and how the customer's playbook stood at the end, if they are in one."""
    invoices = [claim.invoice for claim in past.claims]
    early = early_days(policy.every_step(), policy.calendar(past.holidays), invoices)
    moments = past.moments(zone, policy.promise_ends_on, early)
    course = Course(past.playbook) if past.playbook is not None else None
    found: list[PlannedTouch] = []
    said: tuple[Touch, ...] = ()
    at = datetime.combine(since, time(), tzinfo=zone).astimezone(UTC)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    while at < end:
        account = past.account(at, zone)
        rules = effective(policy, account, past.beside)
        calendar = rules.calendar(past.holidays)
        opened = calendar.next_window(at, zone)
        if opened > at:
            at = opened
            continue
        here = Situation(account, past.standing(at, zone, said), rules, calendar, at, zone)
        answer, course = _said(here, course)
        if isinstance(answer, PlannedTouch):
            found.append(answer)
            said = (*said, _touch(past, answer))
        event = next((moment for moment in moments if moment > at), end)
        wakes = course.wakes(at, zone) if course else None
        event = min(event, wakes) if wakes else event
        at = _next(answer, at, rules, calendar, zone, event, lasting=not policy.segments)
    return tuple(found), course


def _said(here: Situation, course: Course | None) -> tuple[PlannedTouch | Hold, Course | None]:
    """What the playbook says, else the ladder, and how the playbook stands then."""
    if course is not None:
        here = replace(here, standing=course.standing(here.standing, here.account, here.zone))
        answer, course = course.next(here)
        if answer is not None:
            return answer, course
    return plan(here.account, here.standing, here.policy, here.calendar, here.now), course


def _touch(past: PastCustomer, sent: PlannedTouch) -> Touch:
    emails = {c.id: c.email for c in past.contacts}
    to = tuple(emails[i] for i in (*sent.contact_ids, *sent.cc_contact_ids))
    return Touch(
        sent.at, recipients=to, step=sent.step, cycle=sent.cycle, invoice_ids=sent.invoice_ids
    )


def _next(
    answer: PlannedTouch | Hold,
    at: datetime,
    rules: DunningPolicy,
    calendar: Calendar,
    zone: ZoneInfo,
    event: datetime,
    *,
    lasting: bool,
) -> datetime:
    """The next moment worth looking at; `event` is the next one on which something changed."""
    today = at.astimezone(zone).date()
    if isinstance(answer, PlannedTouch):
        return calendar.opening(calendar.add_business_days(today, rules.cadence), zone)
    if answer.until is not None:
        timed = answer.reason in _TIMED
        return max(at + timedelta(minutes=1), answer.until if timed else min(answer.until, event))
    if lasting and answer.reason in _LASTING:
        return event
    return min(calendar.opening(today + timedelta(days=1), zone), event)


def _differences(past: PastCustomer, zone: ZoneInfo, old: _Run, new: _Run) -> Iterable[Difference]:
    before = {touch.at.astimezone(zone).date(): touch for touch in old.touches}
    after = {touch.at.astimezone(zone).date(): touch for touch in new.touches}
    for day in sorted({*before, *after}):
        one, other = before.get(day), after.get(day)
        if _seen(one) != _seen(other):
            yield Difference(past.customer.id, day, one, other)


def _seen(touch: PlannedTouch | None) -> object:
    """What the customer and the approver see of a message; its moment and segment are not."""
    if touch is None:
        return None
    return (
        touch.step,
        touch.tone,
        touch.channel,
        touch.outcome,
        touch.invoice_ids,
        touch.contact_ids,
        touch.cc_contact_ids,
        touch.attachments,
        touch.loop_in,
    )


def _tally(runs: list[_Run]) -> Tally:
    touches = [touch for run in runs for touch in run.touches]
    outcomes = Counter(touch.outcome for touch in touches)
    return Tally(
        messages=len(touches),
        automatic=outcomes[SendOutcome.AUTO],
        reviewed=outcomes[SendOutcome.REVIEW],
        customers=len({touch.customer_id for touch in touches}),
        harms=tuple(harm for run in runs for harm in run.harms),
        handed=sum(run.handed for run in runs),
        unanswered=sum(run.unanswered for run in runs),
    )
