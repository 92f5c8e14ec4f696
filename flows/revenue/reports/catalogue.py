"""Every report of revenue by its name in addresses, and how it is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from flows.revenue.reports.arm import arm_comparison
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.contracts import billed_unbilled, contract_balances
from flows.revenue.reports.exceptions import exceptions
from flows.revenue.reports.journals import journal_listing
from flows.revenue.reports.lines import line_waterfall, lines_behind
from flows.revenue.reports.pivot import ROWS as PIVOT_ROWS
from flows.revenue.reports.pivot import recognized
from flows.revenue.reports.roll_forward import ROWS as ROLL_ROWS
from flows.revenue.reports.roll_forward import roll_forward
from flows.revenue.reports.table import Report
from flows.revenue.reports.tie_out import tie_out
from flows.revenue.reports.waterfall import ROWS as FALL_ROWS
from flows.revenue.reports.waterfall import waterfall
from store.engine import Session

Field = Literal["by", "across", "span", "as_of", "basis", "show", "money", "status", "currency"]


@dataclass(frozen=True, slots=True)
class Made:
    """A report: its name, what it tells, and which fields of a question it listens to."""

    title: str
    about: str
    build: Callable[[Session, Books, Asked], Awaitable[Report]]
    fields: tuple[Field, ...]
    by: tuple[str, ...] = ()


REPORTS: Mapping[str, Made] = {
    "recognized": Made(
        "Recognized revenue",
        "Revenue by any two of customer, account, period, type; gross and contra.",
        recognized,
        ("by", "across", "span", "basis", "show", "money"),
        PIVOT_ROWS,
    ),
    "roll-forward": Made(
        "Roll-forward",
        "Deferred revenue from opening to closing.",
        roll_forward,
        ("by", "span", "basis", "money"),
        ROLL_ROWS,
    ),
    "waterfall": Made(
        "Waterfall",
        "What is deferred, by the period in which it will be recognized.",
        waterfall,
        ("by", "as_of", "money"),
        FALL_ROWS,
    ),
    "lines-waterfall": Made(
        "Lines",
        "Each invoice line with its terms, its periods, and what remains.",
        line_waterfall,
        ("span", "money", "status"),
    ),
    "contracts": Made(
        "Contracts",
        "Price, billed, recognized, what remains to be performed, asset or liability.",
        contract_balances,
        ("as_of", "basis", "money"),
    ),
    "billed": Made(
        "Billed and unbilled",
        "What was billed against what was recognized.",
        billed_unbilled,
        ("as_of", "basis", "money"),
    ),
    "journals": Made(
        "Journals",
        "What each period posted, by account, debit and credit.",
        journal_listing,
        ("span",),
    ),
    "tie-out": Made(
        "Tie-out",
        "Ours against the general ledger of NetSuite, and what explains a difference.",
        tie_out,
        ("as_of",),
    ),
    "arm": Made(
        "NetSuite ARM",
        "Ours against the revenue plans that NetSuite keeps.",
        arm_comparison,
        ("span",),
    ),
    "exceptions": Made(
        "Exceptions",
        "Held lines, changes without a decision, late postings, journals that wait.",
        exceptions,
        ("span",),
    ),
}
LINES = Made(
    "Lines behind a figure",
    "The rows that a figure adds up.",
    lines_behind,
    ("span", "basis", "money"),
)
