"""The quarter as a table: what happened, and whether a rule was broken."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from app.database import embedded
from domain.ledger.money import Money
from evals.quarter.conduct import worst
from evals.quarter.days import Quarter, play
from evals.quarter.stage import Options
from store.migrations import upgrade

Say = Callable[[str], None]
_LINES = (
    ("Reminders sent", "reminders sent"),
    ("Answers sent", "answers sent"),
    ("Replies received", "touchpoints in reply"),
    ("Automatic replies received", "touchpoints in auto_reply"),
    ("Bounces received", "touchpoints in bounce"),
    ("Promises kept", "promises kept"),
    ("Promises broken, each noticed once", "promises broken"),
    ("Promises still open", "promises open"),
    ("Disputes settled by people", "disputes resolved"),
    ("Payments posted", "post_customer_payment done"),
    ("Receipts placed by people", "receipts placed by a person"),
    ("Replies put to people", "worklist reply"),
)


def run(options: Options, say: Say, *, as_json: bool) -> int:
    """Play a quarter on an embedded database and print the table; 1 when a rule was broken."""
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="dunwell-quarter-") as folder:
        root = Path(folder)
        (root / "data").mkdir()
        with embedded(root / "data") as url:
            upgrade(url)
            progress = _silent if as_json else say
            quarter = asyncio.run(play(options, url, root / "played", progress))
    say(json.dumps(content(quarter), indent=2) if as_json else table(quarter))
    return 1 if quarter.broken else 0


def _silent(line: str) -> None:
    del line


def content(quarter: Quarter) -> dict[str, object]:
    """The quarter as plain JSON; amounts are text with their currency."""
    return {
        "days": quarter.days,
        "counts": dict(sorted(quarter.counts.items())),
        "broken": quarter.broken,
        "turned_down": quarter.wrong_proposals,
        "open_at_first": _amounts(quarter.open_first),
        "open_at_last": _amounts(quarter.open_last),
    }


def table(quarter: Quarter) -> str:
    """The quarter for a reader."""
    rows = [(label, f"{quarter.counts[key]:,}") for label, key in _LINES]
    rows += [
        ("Postings a person turned down", f"{len(quarter.wrong_proposals):,}"),
        ("Owed on the first day", ", ".join(_amounts(quarter.open_first))),
        ("Owed on the last day", ", ".join(_amounts(quarter.open_last))),
        ("Rules broken", f"{len(quarter.broken):,}"),
    ]
    width = max(len(label) for label, _ in rows)
    lines = [f"{quarter.days} days", *(f"{label:<{width}}  {value}" for label, value in rows)]
    if quarter.broken:
        lines += ["", worst(quarter.broken)]
    return "\n".join(lines)


def _amounts(minor: Mapping[str, int]) -> list[str]:
    return [str(Money(amount, currency)) for currency, amount in sorted(minor.items())]
