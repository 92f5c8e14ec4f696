"""Whom a follow-up may go to and how often anybody may be written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason
from domain.dunning.standing import Standing, Touch
from domain.ledger.party import Contact, dunning_recipients


def recipients(contacts: tuple[Contact, ...]) -> tuple[Contact, ...] | Hold:
    """The contacts a follow-up goes to, or why there is nobody."""
    found = dunning_recipients(contacts)
    if found:
        return found
    if any(contact.suppressed for contact in contacts):
        return Hold(
            HoldReason.SUPPRESSED,
            "no billing contact is left: their mail bounced, they left or asked for no mail",
        )
    return Hold(HoldReason.NO_RECIPIENT, "no billing or primary contact has a mail address")


def reply_hold(
    standing: Standing, policy: DunningPolicy, calendar: Calendar, now: datetime, zone: ZoneInfo
) -> Hold | None:
    """A reply that waits for a person, or one too fresh to follow up on."""
    if standing.unanswered_reply:
        return Hold(HoldReason.REPLIED, "a reply waits for a person")
    replies = standing.replies()
    if not replies:
        return None
    day = _local(replies[-1].at, zone)
    free_on = calendar.add_business_days(day, policy.after_reply_business_days)
    if _local(now, zone) < free_on:
        return Hold(
            HoldReason.REPLIED, f"the customer wrote on {day}", calendar.opening(free_on, zone)
        )
    return None


def gap_hold(
    standing: Standing, policy: DunningPolicy, calendar: Calendar, now: datetime, zone: ZoneInfo
) -> Hold | None:
    """The last mail to the customer is less than the cadence away."""
    sent = standing.sent()
    if not sent:
        return None
    day = _local(sent[-1].at, zone)
    free_on = calendar.add_business_days(day, policy.cadence)
    if _local(now, zone) < free_on:
        return Hold(HoldReason.GAP, f"last written to on {day}", calendar.opening(free_on, zone))
    return None


def cap_hold(
    to: tuple[Contact, ...],
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
) -> Hold | None:
    """A cap on automatic mail is reached, for the customer or for one of the contacts."""
    automatic = [touch for touch in standing.sent() if touch.automatic]
    caps = policy.caps
    for days, most in ((7, caps.per_7_days), (30, caps.per_30_days)):
        recent = [t for t in automatic if t.at > now - timedelta(days=days)]
        if len(recent) >= most:
            free_at = recent[-most].at + timedelta(days=days)
            detail = f"{len(recent)} automatic messages in {days} days, at most {most}"
            return Hold(HoldReason.CAP_REACHED, detail, calendar.next_window(free_at, zone))
    capped = (cap_of_contact(c, standing, policy, calendar, now, zone) for c in to)
    return next((hold for hold in capped if hold is not None), None)


def cap_of_contact(
    contact: Contact,
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
) -> Hold | None:
    """This contact had an automatic message too few business days ago."""
    automatic = [touch for touch in standing.sent() if touch.automatic]
    day = _last_day_to(contact.email, automatic, zone)
    if day is None:
        return None
    free_on = calendar.add_business_days(day, policy.caps.contact_business_days)
    if _local(now, zone) >= free_on:
        return None
    detail = f"{contact.email} was written to on {day}"
    return Hold(HoldReason.CAP_REACHED, detail, calendar.opening(free_on, zone))


def window_hold(calendar: Calendar, now: datetime, zone: ZoneInfo) -> Hold | None:
    """It is night, a weekend or a holiday where the customer is."""
    if calendar.is_open(now, zone):
        return None
    local = now.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    detail = f"outside sending hours at the customer ({local})"
    return Hold(HoldReason.OUTSIDE_WINDOW, detail, calendar.next_window(now, zone))


def _last_day_to(email: str, automatic: list[Touch], zone: ZoneInfo) -> date | None:
    wanted = email.casefold()
    for touch in reversed(automatic):
        if wanted in (address.casefold() for address in touch.recipients):
            return _local(touch.at, zone)
    return None


def _local(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(UTC).astimezone(zone).date()
