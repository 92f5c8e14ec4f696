"""Measure the late-payment score on a company's own history, as it would have stood each day.

The file is split by time: invoices issued from the split on are judged. Each is scored on the day
it was issued, from nothing that was not known on that day.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from domain.dunning.score import PastInvoice, late_score, usual_rate

COLUMNS = ("customer_id", "invoice_id", "issued_on", "due_on", "paid_on", "amount", "currency")
_DATES = ("issued_on", "due_on", "paid_on")
_LARGEST = 200 * 1024 * 1024
_LEARNED_FROM = 70
# So many invoices of a customer before one are enough to score it.
_REMEMBERED = 400


class ForecastError(Exception):
    """The file cannot be measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How good the score is. `auc`: how often a late invoice scores above one paid in time."""

    split_on: date
    learned: int
    judged: int
    base_rate: float
    auc: float
    brier: float
    brier_of_base: float


def run(file: Path, *, as_json: bool = False) -> int:
    """Measure and print; the exit code."""
    try:
        found = measure(read(file))
    except OSError as error:
        typer.secho(f"{file}: {(error.strerror or str(error)).casefold()}", fg="red", err=True)
        return 2
    except (ForecastError, UnicodeDecodeError, csv.Error) as error:
        typer.secho(f"{file}: {error}", fg="red", err=True)
        return 2
    typer.echo(json.dumps(_plain(found)) if as_json else _told(found))
    return 0


def read(file: Path) -> dict[str, list[PastInvoice]]:
    """The invoices of the file by customer. Raises ForecastError, OSError."""
    if file.stat().st_size > _LARGEST:
        raise ForecastError("the file is larger than 200 MB")
    histories: dict[str, list[PastInvoice]] = defaultdict(list)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS[:5] if name not in (rows.fieldnames or ())]
        if missing:
            raise ForecastError(f"line 1: no column {', '.join(missing)}")
        for row in rows:
            histories[str(row["customer_id"])].append(_invoice(row, rows.line_num))
    return histories


def measure(histories: Mapping[str, Sequence[PastInvoice]]) -> Measured:
    """Score every judged invoice on its day. Raises ForecastError if there is none to judge."""
    issued = sorted(i.issued_on for history in histories.values() for i in history)
    if not issued:
        raise ForecastError("there is no invoice")
    split_on = issued[len(issued) * _LEARNED_FROM // 100]
    usual = usual_rate(histories.values(), split_on)
    pairs = list(_judged(histories, split_on, _last_day(histories), usual))
    late = sum(was for _, was in pairs)
    if not pairs or not 0 < late < len(pairs):
        raise ForecastError(f"from {split_on} on no invoice, or no late one, has a known outcome")
    base = late / len(pairs)
    return Measured(
        split_on,
        sum(day < split_on for day in issued),
        len(pairs),
        base,
        auc(pairs),
        sum((score / 1000 - was) ** 2 for score, was in pairs) / len(pairs),
        base * (1 - base),
    )


def auc(pairs: Sequence[tuple[int, bool]]) -> float:
    """Area under the ROC curve, ties counted half: pairs of a score and whether it was late."""
    at: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for score, was in pairs:
        at[score][was] += 1
    below, won = 0, 0.0
    for _, (timely, late) in sorted(at.items()):
        won += late * (below + timely / 2)
        below += timely
    return won / (below * (len(pairs) - below))


def _judged(
    histories: Mapping[str, Sequence[PastInvoice]], split_on: date, last: date, usual: int
) -> Iterator[tuple[int, bool]]:
    for history in histories.values():
        ordered = sorted(history, key=lambda invoice: invoice.issued_on)
        for place, invoice in enumerate(ordered):
            outcome = invoice.days_late(last)
            if invoice.issued_on >= split_on and outcome is not None:
                before = ordered[max(0, place - _REMEMBERED) : place]
                score = late_score(before, invoice.issued_on, usual=usual)
                yield score.per_mille, outcome > 0


def _last_day(histories: Mapping[str, Sequence[PastInvoice]]) -> date:
    """The day the file was written, as far as it shows: nothing in it happened later."""
    return max(i.paid_on or i.issued_on for history in histories.values() for i in history)


def _invoice(row: Mapping[str, str | None], line: int) -> PastInvoice:
    found: list[date | None] = []
    for name in _DATES:
        text = (row.get(name) or "").strip()
        try:
            found.append(date.fromisoformat(text[:10]) if text else None)
        except ValueError:
            raise ForecastError(f"line {line}: {name} {text[:20]!r} is no date") from None
    issued_on, due_on, paid_on = found
    if issued_on is None or due_on is None:
        raise ForecastError(f"line {line}: issued_on and due_on are needed")
    return PastInvoice(issued_on, due_on, paid_on)


def _plain(found: Measured) -> dict[str, object]:
    return {
        "split_on": found.split_on.isoformat(),
        "learned": found.learned,
        "judged": found.judged,
        "base_rate": round(found.base_rate, 4),
        "auc": round(found.auc, 4),
        "brier": round(found.brier, 4),
        "brier_of_base": round(found.brier_of_base, 4),
    }


def _told(found: Measured) -> str:
    return (
        f"Invoices before {found.split_on}: {found.learned}. Judged from then on: {found.judged}.\n"
        f"Paid late: {found.base_rate:.1%} (base rate)\n"
        f"AUC:   {found.auc:.3f} (0.5 is chance)\n"
        f"Brier: {found.brier:.3f} (always saying the base rate: {found.brier_of_base:.3f})"
    )
