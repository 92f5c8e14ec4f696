"""The BUILTIN functions of the SuiteQL subset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sandbox.netsuite.errors import invalid_query
from sandbox.netsuite.schema import Kind
from sandbox.netsuite.suiteql.functions import compound_status, display
from sandbox.netsuite.suiteql.kinds import not_supported
from sandbox.netsuite.suiteql.scope import Setting, Typed
from sandbox.netsuite.wallclock import DAY, add_months, day_of, day_seconds

_DAYS_AGO = re.compile(r"DAGO(\d{1,4})")


def builtin(name: str, args: Sequence[Typed], setting: Setting) -> Typed:
    """A BUILTIN call. Consolidation and conversion give the amount as it is kept."""
    if name == "DF" and len(args) == 1:
        return display(args[0])
    if name == "CF" and len(args) == 1:
        return compound_status(args[0])
    if name in ("CONSOLIDATE", "CURRENCY_CONVERT") and args:
        return Typed(args[0].sql, args[0].kind)
    if name == "RELATIVE_RANGES" and len(args) in (2, 3):
        return _relative(args, setting)
    raise not_supported(f"BUILTIN.{name}")


def _relative(args: Sequence[Typed], setting: Setting) -> Typed:
    which, edge = (args[0].constant or "").upper(), (args[1].constant or "").upper()
    start, end = _range(which, day_of(setting.now))
    if edge not in ("START", "END"):
        raise invalid_query("Search error occurred: RELATIVE_RANGES takes START or END.")
    seconds = day_seconds(start) if edge == "START" else day_seconds(end) + DAY - 1
    return Typed(str(seconds), Kind.DATETIME)


def _range(which: str, today: date) -> tuple[date, date]:
    """First and last day of a named range; weeks begin on Sunday."""
    ago = _DAYS_AGO.fullmatch(which)
    if which == "TODAY" or ago:
        day = today - timedelta(days=int(ago.group(1)) if ago else 0)
        return day, day
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    month = today.replace(day=1)
    ranges = {
        "TW": (sunday, sunday + timedelta(days=6)),
        "LW": (sunday - timedelta(days=7), sunday - timedelta(days=1)),
        "TM": (month, _shifted(month, 1) - timedelta(days=1)),
        "LM": (_shifted(month, -1), month - timedelta(days=1)),
        "TY": (today.replace(month=1, day=1), today.replace(month=12, day=31)),
        "LY": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    if which not in ranges:
        raise not_supported(f"the range '{which}'")
    return ranges[which]


def _shifted(on: date, months: int) -> date:
    return day_of(add_months(day_seconds(on), months))
