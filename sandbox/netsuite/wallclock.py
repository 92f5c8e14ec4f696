"""Instants, the account's wall clock, and the texts dates are read and written as."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_ZERO = date(1970, 1, 1)
DAY = 86400


def wall_seconds(at: datetime, zone: str) -> int:
    """Seconds since 1970 as the clock on the wall in `zone` shows them."""
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
    return int((local - _EPOCH).total_seconds())


def utc_seconds(at: datetime) -> int:
    """Seconds since 1970 UTC."""
    return int((at - _EPOCH).total_seconds())


def day_seconds(on: date) -> int:
    """Midnight of a date, in wall-clock seconds."""
    return (on - _DAY_ZERO).days * DAY


def day_of(seconds: int) -> date:
    """The date on the wall at `seconds`."""
    return _DAY_ZERO + timedelta(days=seconds // DAY)


def record_datetime(seconds: int) -> str:
    """UTC with minute granularity, as record GETs show it ("2026-03-01T09:30:00Z")."""
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:00Z")


_PARTS: tuple[tuple[str, str], ...] = (
    ("YYYY", "%Y"),
    ("HH24", "%H"),
    ("HH12", "%I"),
    ("MONTH", "%B"),
    ("MON", "%b"),
    ("DAY", "%A"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("DY", "%a"),
    ("HH", "%I"),
    ("MI", "%M"),
    ("SS", "%S"),
    ("AM", "%p"),
    ("PM", "%p"),
    ("YY", "%y"),
    ("FF3", "000"),
    ("TZH", "+00"),
    ("Q", "\0Q"),
)
_FORMAT = re.compile("|".join(pattern for pattern, _ in _PARTS), re.IGNORECASE)
_STRF = dict(_PARTS)


def _strf(oracle: str) -> str:
    plain = oracle.replace("%", "%%").replace('"', "").replace("fm", "").replace("FM", "")
    return _FORMAT.sub(lambda found: _STRF[found.group().upper()], plain)


def oracle_text(seconds: int, oracle_format: str) -> str:
    """TO_CHAR of a date by an Oracle format model."""
    at = _EPOCH + timedelta(seconds=seconds)
    return at.strftime(_strf(oracle_format)).replace("\0Q", str((at.month + 2) // 3))


def oracle_seconds(text: str, oracle_format: str) -> int:
    """TO_DATE of a text by an Oracle format model. Raises ValueError."""
    at = datetime.strptime(text.strip(), _strf(oracle_format)).replace(tzinfo=UTC)
    return int((at - _EPOCH).total_seconds())


def display_date(seconds: int, pattern: str) -> str:
    """A date in the account's display format ("M/D/YYYY", "DD/MM/YYYY", "DD.MM.YYYY")."""
    on = day_of(seconds)
    shown = {"YYYY": f"{on.year}", "MM": f"{on.month:02}", "DD": f"{on.day:02}"}
    return re.sub(
        "YYYY|MM|DD|M|D",
        lambda found: shown.get(found.group(), str(on.month if found.group() == "M" else on.day)),
        pattern,
    )


def add_months(seconds: int, months: int) -> int:
    """The same day `months` later, or the month's last day when there is none."""
    on, rest = day_of(seconds), seconds % DAY
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return day_seconds(date(year, month + 1, min(on.day, last))) + rest
