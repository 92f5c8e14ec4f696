"""What limits a written policy: caps, hours, closed days, people as debtors, overrides, routes."""

from __future__ import annotations

import re
from datetime import date, time

from domain.dunning.actions import Trigger
from domain.dunning.calendar import ClosedSpan
from domain.dunning.policy_values import (
    Caps,
    CustomerOverride,
    Escalation,
    FirstMessage,
    NaturalPersons,
    Restraint,
    SendMode,
    Tone,
)
from domain.dunning.written.values import (
    Path,
    PolicyError,
    Raw,
    choice,
    flag,
    hour,
    key_of,
    line,
    listed,
    mapping,
    only,
    section,
    whole,
    words,
)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d\d)-(\d\d)(?: to (\d\d)-(\d\d))?")
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_LEAP = 2024
_TRIGGERS = tuple(trigger.value for trigger in Trigger)


def caps_of(raw: Raw, path: Path, default: Caps) -> Caps:
    """The caps under `caps`; what is left out is as in `default`."""
    given = section(raw, "caps", path, ("contact_business_days", "per_7_days", "per_30_days"))
    here = (*path, "caps")
    contact, week, month = default.contact_business_days, default.per_7_days, default.per_30_days
    return Caps(
        whole(given, "contact_business_days", here, default=contact, low=0, high=60),
        whole(given, "per_7_days", here, default=week, low=1, high=7),
        whole(given, "per_30_days", here, default=month, low=1, high=30),
    )


def first_message_of(raw: Raw, path: Path) -> FirstMessage:
    given = section(raw, "first_message", path, ("auto_draft", "auto_send"))
    here = (*path, "first_message")
    draft = flag(given, "auto_draft", here, default=True)
    send = flag(given, "auto_send", here, default=draft)
    if send and not draft:
        fix = "Write auto_draft: yes, or auto_send: no."
        raise PolicyError((*here, "auto_send"), "nothing is sent that is not drafted", fix)
    return FirstMessage(draft, send)


def window(raw: Raw, path: Path, opens: time, closes: time) -> tuple[time, time]:
    """Opening and closing hour; the window may not be empty."""
    found = (hour(raw, "opens", path, opens), hour(raw, "closes", path, closes))
    if found[0] >= found[1]:
        raise PolicyError(
            (*path, "closes"), "the window closes before it opens", "Write a later hour."
        )
    return found


def weekend_of(raw: Raw) -> frozenset[int]:
    if "weekend" not in raw:
        return frozenset({5, 6})
    names = listed(raw, "weekend")
    for index, name in enumerate(names):
        if name not in _DAYS:
            raise PolicyError(("weekend", index), f"{name!r} is no day", "Write a day in English.")
    found = frozenset(_DAYS.index(name) for name in names)
    if len(found) == len(_DAYS):
        raise PolicyError(("weekend",), "leaves no business day", "Leave at least one day out.")
    return found


def closed_days_of(raw: Raw) -> tuple[ClosedSpan, ...]:
    """Days of every year, "12-24 to 01-01" or "05-01"."""
    found: list[ClosedSpan] = []
    for index, text in enumerate(words(raw, "closed_days", ())):
        path: Path = ("closed_days", index)
        match = _SPAN.fullmatch(text)
        ends = (match[1], match[2], match[3] or match[1], match[4] or match[2]) if match else ()
        numbers = [int(end) for end in ends]
        try:
            first, last = date(_LEAP, *numbers[:2]), date(_LEAP, *numbers[2:])
        except (TypeError, ValueError) as error:
            fix = 'Write it like "12-24 to 01-01" or "05-01": month-day.'
            raise PolicyError(path, f"{text!r} are no days of the year", fix) from error
        found.append(ClosedSpan((first.month, first.day), (last.month, last.day)))
    if all(any(span.covers(date.fromordinal(n)) for span in found) for n in _YEAR):
        raise PolicyError(("closed_days",), "leaves no business day", "Leave some days open.")
    return tuple(found)


_YEAR = range(date(_LEAP, 1, 1).toordinal(), date(_LEAP + 1, 1, 1).toordinal())


def natural_persons_of(raw: Raw, opens: time, closes: time) -> NaturalPersons:
    """The profiles of debtors who are people. Their hours must leave some of the policy's."""
    given = section(raw, "natural_persons", (), ("everywhere", "strict_regions", "strict"))
    path: Path = ("natural_persons",)
    usual = NaturalPersons()
    everywhere = _restraint(given, "everywhere", path, usual.everywhere)
    strict = _restraint(given, "strict", path, usual.strict)
    first = max(opens, everywhere.opens, strict.opens)
    if first >= min(closes, everywhere.closes, strict.closes):
        fix = "Write hours that overlap with sending_hours."
        raise PolicyError(path, "the hours leave no time to write at all", fix)
    regions = usual.strict_regions
    if "strict_regions" in given:
        regions = places_of(given, "strict_regions", path)
    return NaturalPersons(everywhere, strict, regions)


def places_of(raw: Raw, key: str, path: Path) -> frozenset[str]:
    """Countries ("US") and their regions ("US-CA")."""
    found = words(raw, key, path)
    for index, place in enumerate(found):
        if not _PLACE.fullmatch(place):
            fix = "Write a country like US or a region like US-CA."
            raise PolicyError((*path, key, index), f"{place!r} is no place", fix)
    return frozenset(found)


def _restraint(raw: Raw, key: str, path: Path, usual: Restraint) -> Restraint:
    allowed = ("send_mode", "tone_cap", "caps", "cadence", "opens", "closes")
    given = section(raw, key, path, allowed)
    here = (*path, key)
    opens, closes = window(given, here, usual.opens, usual.closes)
    return Restraint(
        send_mode=choice(SendMode, given, "send_mode", here, usual.send_mode),
        tone_cap=choice(Tone, given, "tone_cap", here, usual.tone_cap),
        caps=caps_of(given, here, usual.caps or Caps()),
        cadence=whole(given, "cadence", here, default=usual.cadence, low=1, high=60),
        opens=opens,
        closes=closes,
    )


def overrides_of(raw: Raw) -> tuple[CustomerOverride, ...]:
    found: list[CustomerOverride] = []
    for index, item in enumerate(listed(raw, "overrides")):
        path: Path = ("overrides", index)
        entry = mapping(item, path)
        only(entry, ("customer", "send_mode", "tone_cap", "manual_only"), path)
        customer = str(entry.get("customer") or "").strip()
        if not customer:
            raise PolicyError((*path, "customer"), "is missing", "Write the NetSuite id in quotes.")
        found.append(
            CustomerOverride(
                customer,
                choice(SendMode, entry, "send_mode", path, SendMode.ALWAYS),
                choice(Tone, entry, "tone_cap", path, Tone.FIRM),
                flag(entry, "manual_only", path, default=False),
            )
        )
    return tuple(found)


def escalation_of(raw: Raw) -> Escalation:
    given = section(raw, "escalation", (), ("notice", "default", "routes"))
    path: Path = ("escalation",)
    routes = mapping(given.get("routes", {}), (*path, "routes"))
    strange = next((str(t) for t in routes if str(t) not in _TRIGGERS), None)
    if strange is not None:
        reason = f"{strange[:40]!r} is no trigger"
        raise PolicyError((*path, "routes", strange), reason, f"Known: {', '.join(_TRIGGERS)}.")
    usual = Escalation()
    return Escalation(
        routes=tuple(
            (key_of(t, (*path, "routes", str(t))), line(routes, t, (*path, "routes")))
            for t in routes
        ),
        default=line(given, "default", path) if "default" in given else usual.default,
        notice=flag(given, "notice", path, default=usual.notice),
    )
