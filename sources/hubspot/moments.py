"""Days, moments and lengths of time as HubSpot writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime.fromtimestamp(0, UTC)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = (1990, 2190)
_MS = re.compile(r"-?[0-9]{1,14}")
_PERIOD = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: whole months, then days."""

    months: int
    days: int


def moment_of(text: str) -> datetime | None:
    """An ISO 8601 moment or milliseconds since 1970, in UTC; None for anything else."""
    try:
        if _MS.fullmatch(text):
            return EPOCH + timedelta(milliseconds=int(text))
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_of(text: str, zone: str = "UTC") -> date | None:
    """A day as it is, or that of a moment in a time zone; None where no deal can have it.

    HubSpot writes a property of type date as a day, or as the moment it begins in UTC.
    """
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
        else:
            moment = moment_of(text)
            if moment is None:
                return None
            day = moment.astimezone(ZoneInfo(zone)).date()
    except (ValueError, OverflowError):
        return None
    return day if _YEARS[0] <= day.year <= _YEARS[1] else None


def length_of(text: str) -> Length | None:
    """An ISO 8601 period of dates (P12M, P1Y6M, P6W, P90D); None for none and for zero."""
    found = _PERIOD.fullmatch(text.upper())
    if found is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    length = Length(12 * years + months, 7 * weeks + days)
    return length if (length.months or length.days) and length.months <= 1_200 else None
