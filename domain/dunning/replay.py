"""Two policies over the same history: which messages differ, and whom they should not have met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.effective import effective
from domain.dunning.harm import Harm, HarmKind, harms
from domain.dunning.ladder import DunningPolicy
from domain.dunning.past import History, PastCustomer
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
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
    """What one policy would have done. `customers`: how many it would have written to."""

    messages: int = 0
    automatic: int = 0
    reviewed: int = 0
    customers: int = 0
    harms: tuple[Harm, ...] = ()

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
) -> Replay:
    """Live through the history twice. Messages for review are taken as approved at once.

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
        after = _run(past, zone, new, history, lets)
        runs["old"].append(before)
        runs["new"].append(after)
        differences += _differences(past, zone, before, after)
    first, second = _tally(runs["old"]), _tally(runs["new"])
    known = {(h.customer_id, h.at, h.kind) for h in first.harms}
    return Replay(
        since=history.since,
        until=history.until,
        customers=len(history.customers),
        old=first,
        new=second,
        differences=tuple(sorted(differences, key=lambda d: (d.on, d.customer_id))),
        violations=tuple(
            h
            for h in sorted(second.harms, key=lambda h: (h.at, h.customer_id))
            if (h.customer_id, h.at, h.kind) not in known
        ),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    touches: tuple[PlannedTouch, ...]
    harms: tuple[Harm, ...]


def _run(
    past: PastCustomer, zone: ZoneInfo, policy: DunningPolicy, history: History, lets: Lets
) -> _Run:
    planned = touches_under(past, zone, policy, history.since, history.until)
    sent = tuple(
        replace(touch, outcome=SendOutcome.REVIEW)
        if touch.outcome is SendOutcome.AUTO and not lets(touch, n)
        else touch
        for n, touch in enumerate(planned)
    )
    found = [h for n, touch in enumerate(sent) for h in harms(past, touch, sent[:n], zone)]
    return _Run(sent, tuple(found))


def touches_under(
    past: PastCustomer, zone: ZoneInfo, policy: DunningPolicy, since: date, until: date
) -> Iterable[PlannedTouch]:
    """The messages that a policy would have planned for a customer, in order."""
    invoices = [claim.invoice for claim in past.claims]
    early = early_days(policy.every_step(), policy.calendar(past.holidays), invoices)
    moments = past.moments(zone, policy.promise_ends_on, early)
    emails = {c.id: c.email for c in past.contacts}
    planned: tuple[Touch, ...] = ()
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
        answer = plan(account, past.standing(at, zone, planned), rules, calendar, at)
        if isinstance(answer, PlannedTouch):
            yield answer
            to = tuple(emails[i] for i in (*answer.contact_ids, *answer.cc_contact_ids))
            said = Touch(
                at,
                recipients=to,
                step=answer.step,
                cycle=answer.cycle,
                invoice_ids=answer.invoice_ids,
            )
            planned = (*planned, said)
        event = next((moment for moment in moments if moment > at), end)
        at = _next(answer, at, rules, calendar, zone, event, lasting=not policy.segments)


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
    )
