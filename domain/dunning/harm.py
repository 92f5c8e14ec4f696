"""Messages that should not have gone out: judged by what happened, not by the policy itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar
from domain.dunning.past import PastCustomer
from domain.dunning.planned import PlannedTouch, SendOutcome
from domain.dunning.policy_values import Caps, Phase

# What anybody may be expected to bear, whatever a policy says.
_BEARABLE = Caps()
_CROSSED = timedelta(days=2)


class HarmKind(StrEnum):
    """Why a message should not have gone out."""

    PAID = "paid"
    CROSSED = "crossed"
    DISPUTED = "disputed"
    PROMISED = "promised"
    STOPPED = "stopped"
    SUPPRESSED = "suppressed"
    BY_HAND = "by_hand"
    PERSON = "person"
    TOO_OFTEN = "too_often"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Harm:
    """One message to one customer and what is wrong with it."""

    customer_id: int
    at: datetime
    kind: HarmKind
    detail: str


def harms(
    past: PastCustomer, touch: PlannedTouch, before: Sequence[PlannedTouch], zone: ZoneInfo
) -> Iterator[Harm]:
    """Everything that is wrong with a message, given those of the same run before it."""
    for kind, detail in (
        *_of_invoices(past, touch, zone),
        *_of_stops(past, touch, zone),
        *_of_people(past, touch),
        *_of_times(past, touch, before, zone),
    ):
        yield Harm(touch.customer_id, touch.at, kind, detail)


def _of_invoices(
    past: PastCustomer, touch: PlannedTouch, zone: ZoneInfo
) -> Iterator[tuple[HarmKind, str]]:
    day = touch.at.astimezone(zone).date()
    asked = touch.phase is Phase.OVERDUE
    for claim in past.claims:
        if claim.invoice.id not in touch.invoice_ids:
            continue
        number, settled = claim.invoice.number, claim.settled_on()
        if settled is not None and settled <= day:
            yield HarmKind.PAID, f"{number} was settled on {settled}"
        elif asked and settled is not None and settled <= day + _CROSSED:
            yield HarmKind.CROSSED, f"{number} was paid by itself on {settled}"
        for dispute, spell in past.disputes:
            if spell.holds(touch.at) and dispute.covers(claim.invoice.id):
                yield HarmKind.DISPUTED, f"{number} was in dispute: {dispute.reason_code}"
        for promise, spell in past.promises:
            waits = spell.holds(touch.at) and promise.covers(claim.invoice.id)
            if waits and day <= promise.promised_on:
                yield HarmKind.PROMISED, f"{number} was promised for {promise.promised_on}"


def _of_stops(
    past: PastCustomer, touch: PlannedTouch, zone: ZoneInfo
) -> Iterator[tuple[HarmKind, str]]:
    day = touch.at.astimezone(zone).date()
    for pause, spell in past.pauses:
        about = pause.invoice_id is None or pause.invoice_id in touch.invoice_ids
        if about and spell.holds(touch.at) and pause.holds(day):
            yield HarmKind.STOPPED, f"{pause.kind.value}: {pause.reason}"
    written = {*touch.contact_ids, *touch.cc_contact_ids}
    for contact_id, since in past.silenced:
        if contact_id in written and since <= touch.at:
            yield HarmKind.SUPPRESSED, "a contact had asked not to be written to"


def _of_people(past: PastCustomer, touch: PlannedTouch) -> Iterator[tuple[HarmKind, str]]:
    if past.customer.vip:
        yield HarmKind.BY_HAND, "only people write to this customer"
    if past.customer.natural_person and touch.outcome is SendOutcome.AUTO:
        yield HarmKind.PERSON, "the debtor is a person; nobody would have read it before"


def _of_times(
    past: PastCustomer, touch: PlannedTouch, before: Sequence[PlannedTouch], zone: ZoneInfo
) -> Iterator[tuple[HarmKind, str]]:
    day = touch.at.astimezone(zone).date()
    calendar = Calendar(past.holidays)
    if not calendar.is_business_day(day):
        yield HarmKind.CLOSED, f"{day} was no business day there"
    often = _too_often(touch, before, zone, calendar)
    if often:
        yield HarmKind.TOO_OFTEN, often


def _too_often(
    touch: PlannedTouch, before: Sequence[PlannedTouch], zone: ZoneInfo, calendar: Calendar
) -> str:
    """Which of the bearable caps a message breaks; "" for none."""
    for days, most in ((7, _BEARABLE.per_7_days), (30, _BEARABLE.per_30_days)):
        count = sum(1 for t in before if t.at > touch.at - timedelta(days=days))
        if count >= most:
            return f"message {count + 1} within {days} days"
    if not before:
        return ""
    last, day = (t.at.astimezone(zone).date() for t in (before[-1], touch))
    near = calendar.business_days_between(last, day) < _BEARABLE.contact_business_days
    return f"the message before was on {last}" if near else ""
