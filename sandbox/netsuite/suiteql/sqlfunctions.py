"""What rewritten SuiteQL calls inside SQLite: Oracle formats, display texts, arithmetic."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from typing import Any

from sandbox.netsuite.records.statuses import status_label
from sandbox.netsuite.wallclock import add_months, oracle_seconds, oracle_text


def plain(thousandths: int | None, scale: int = 1000) -> str | None:
    """Decimal text of a scaled whole number, as short as it can be ("1234.5", "-0.01", "7")."""
    if thousandths is None:
        return None
    whole, rest = divmod(abs(int(thousandths)), scale)
    digits = f"{rest:0{len(str(scale)) - 1}}".rstrip("0")
    return f"{'-' if thousandths < 0 else ''}{whole}{'.' + digits if digits else ''}"


def _optional(function: Callable[..., Any]) -> Callable[..., Any]:
    def run_on(*values: Any) -> Any:
        return None if None in values else function(*values)

    return run_on


def _truncated(number: float, places: int) -> float:
    scale = 10.0 ** int(places)
    return math.trunc(number * scale) / scale


def install(connection: sqlite3.Connection) -> None:
    """Give a SQLite connection the functions rewritten queries call."""
    connection.execute("PRAGMA case_sensitive_like = ON")
    add = connection.create_function
    add("ns_to_char", 2, _optional(oracle_text), deterministic=True)
    add("ns_to_date", 2, _optional(oracle_seconds), deterministic=True)
    add("ns_add_months", 2, _optional(add_months), deterministic=True)
    add("ns_plain", 2, plain, deterministic=True)
    add("ns_status", 2, _optional(status_label), deterministic=True)
    add("ns_ceil", 1, _optional(math.ceil), deterministic=True)
    add("ns_floor", 1, _optional(math.floor), deterministic=True)
    add("ns_mod", 2, _optional(math.fmod), deterministic=True)
    add("ns_trunc", 2, _optional(_truncated), deterministic=True)
