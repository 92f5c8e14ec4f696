"""How well payments find their invoices: the production matcher over three CSV files.

The payments come in the order of posting day and id, as one seller's stream. An invoice is in the
book from its day of issue on. What is open on it goes down with every automatic match, and with
every first proposal that is no guess, as if a person agreed with it. Names and accounts of payers
are learned from automatic matches of the same run only. matches.csv is read after the last
decision, to score them; nothing before depends on it.
"""

from __future__ import annotations

import csv
import gc
import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

from domain.ledger.money import Money
from domain.matching.book import Book, build_book, payer_keys
from domain.matching.decision import (
    Allocation,
    Ambiguous,
    Decision,
    MatchClass,
    Matched,
    NotAReceipt,
    Proposal,
    Unmatched,
)
from domain.matching.item import ItemKind, Remembered
from domain.matching.matcher import decide
from domain.matching.memory import after_confirm
from domain.matching.receipt import Receipt
from domain.matching.settings import MatchSettings
from evals.matching_files import BadFile, Data, Scales, load, load_truth
from evals.matching_score import Prediction, Tally, score

_UNLIMITED = 10**15
_BETWEEN_COLLECTIONS = 100_000
_GUESSES = frozenset({MatchClass.GUESS, MatchClass.ON_ACCOUNT})
_COLUMNS = ("payment_id", "decision", "invoice_ids", "amounts", "tier", "reason")
_HEADING = (
    f"{'':34}{'payments':>9}{'precision':>10}{'recall':>8}{'F1':>8}{'exact':>8}"
    f"{'auto':>8}{'value':>8}{'wrong':>6}"
)
WRITE_OFF_BASIS_POINTS = 1


def run(
    folder: str | Path,
    *,
    as_json: bool = False,
    out: str | Path = ".",
    clock: Callable[[], float] = perf_counter,
    work: Callable[[], float] = process_time,
) -> int:
    """Match, write predictions.csv into `out`, score, print. 2 when a file cannot be read."""
    started, worked = clock(), work()
    try:
        data = load(Path(folder))
        with _few_collections():
            predictions = tuple(predict(data))
        seconds = (clock() - started, work() - worked)
        write(predictions, Path(out) / "predictions.csv")
        known = (Path(folder) / "matches.csv").exists()
        truths = load_truth(Path(folder)) if known else None
    except (BadFile, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    groups = score(predictions, truths) if truths is not None else {}
    report = _json if as_json else _text
    sys.stdout.write(report(data, predictions, groups, seconds))
    return 0


@contextmanager
def _few_collections() -> Generator[None]:
    """Values hold each other in no cycle: looking for cycles all the time only costs time."""
    before = gc.get_threshold()
    gc.set_threshold(_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def settings_for(scales: Scales) -> MatchSettings:
    """A careful seller whose trials are over: every class live, no cap.

    A rest of at most a hundredth of a percent is written off where an invoice is named.
    """
    codes = sorted(set(scales.codes.values()))
    return MatchSettings(
        live=frozenset(MatchClass) - _GUESSES,
        cap=tuple(Money(_UNLIMITED, code) for code in codes),
        write_off_percent=WRITE_OFF_BASIS_POINTS,
    )


def predict(data: Data) -> Iterator[Prediction]:
    """Decide every payment in its turn, with what the earlier decisions left open."""
    settings = settings_for(data.scales)
    book = build_book((), data.parties)
    coming = 0
    for receipt in data.receipts:
        while coming < len(data.items) and data.items[coming].issued_on <= receipt.received_on:
            book.enter(data.items[coming])
            coming += 1
        decision = decide(receipt, book, settings, today=receipt.received_on)
        best = _best(decision)
        if best is not None and best.klass not in _GUESSES:
            _apply(book, best.allocation)
        if isinstance(decision, Matched) and decision.live:
            _learn(book, receipt, decision.proposal.allocation.customer_id, settings)
        yield _prediction(data, receipt, decision, best.allocation if best else None)


def _best(decision: Decision) -> Proposal | None:
    """What is posted, or the first proposal if evidence speaks for it."""
    match decision:
        case Matched(proposal=proposal):
            return proposal
        case Ambiguous(proposals=(proposal, *_)) if proposal.millibits > 0:
            return proposal
        case _:
            return None


def _apply(book: Book, allocation: Allocation) -> None:
    for line in (*allocation.invoices, *allocation.credits):
        item = book.item(line.kind, line.item_id)
        if item is not None:
            closed = line.amount + line.discount + line.writeoff + line.withheld
            book.settle((line.kind, line.item_id), item.open - closed)


def _learn(book: Book, receipt: Receipt, customer_id: int, settings: MatchSettings) -> None:
    for key in payer_keys(receipt.payer_name, receipt.accounts):
        known = {r.customer_id: r for r in book.remembered(key)}
        memory = known.get(customer_id, Remembered(key, customer_id, 0, 0))
        book.learn(after_confirm(memory, receipt.received_on, settings))


def _prediction(
    data: Data, receipt: Receipt, decision: Decision, allocation: Allocation | None
) -> Prediction:
    paid = allocation.invoices if allocation else ()
    lines = [line for line in paid if line.kind is ItemKind.INVOICE]
    said, tier, klass, reasons = _told(decision)
    return Prediction(
        payment_id=data.payment_ids[receipt.id],
        decision=said,
        automatic=said == "auto",
        invoices=tuple(data.invoice_ids[line.item_id] for line in lines),
        amounts=tuple(line.amount.plain() for line in lines),
        currency=receipt.amount.currency,
        amount=receipt.amount.minor,
        tier=tier,
        klass=klass,
        reason="; ".join(reasons),
    )


def _told(decision: Decision) -> tuple[str, int, str, tuple[str, ...]]:
    match decision:
        case Matched(proposal=proposal, tier=tier, live=live):
            return ("auto" if live else "matched"), int(tier), proposal.klass, proposal.reasons
        case Ambiguous(proposals=(proposal, *_), reasons=reasons):
            return "propose", 3, proposal.klass, reasons
        case Ambiguous(reasons=reasons):
            return "propose", 3, "", reasons
        case Unmatched(reasons=reasons):
            return "unmatched", 3, "", reasons
        case NotAReceipt(reasons=reasons):
            return "not_a_receipt", 3, "", reasons


def write(predictions: Iterable[Prediction], path: Path) -> None:
    """One row for each payment; lists are JSON, in the same order."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for p in predictions:
            ids, amounts = json.dumps(p.invoices), json.dumps(p.amounts)
            rows.writerow((p.payment_id, p.decision, ids, amounts, p.tier, p.reason))


def _json(
    data: Data,
    predictions: tuple[Prediction, ...],
    groups: dict[str, dict[str, Tally]],
    seconds: tuple[float, float],
) -> str:
    figures = {
        group: {name: tally.as_record() for name, tally in sorted(tallies.items())}
        for group, tallies in groups.items()
    }
    record = {
        "invoices": len(data.items),
        "payments": len(data.receipts),
        "decimals": dict(data.scales.decimals),
        "decisions": _counts(p.decision for p in predictions),
        "classes": _counts(p.klass for p in predictions if p.automatic),
        "seconds": round(seconds[0], 2),
        "processor_seconds": round(seconds[1], 2),
        **figures,
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _counts(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return dict(sorted(found.items()))


def _text(
    data: Data,
    predictions: tuple[Prediction, ...],
    groups: dict[str, dict[str, Tally]],
    seconds: tuple[float, float],
) -> str:
    decimals = ", ".join(f"{code} {places}" for code, places in data.scales.decimals.items())
    lines = [
        f"{len(data.items)} invoices, {len(data.receipts)} payments",
        f"{seconds[0]:.1f} s by the clock, {seconds[1]:.1f} s of one core",
        f"decimals of the amounts: {decimals}",
        "payers are learned from earlier automatic matches of this run; all classes live, no cap,",
        "rests up to 0.01 % written off where an invoice is named",
        f"decisions: {_listed(_counts(p.decision for p in predictions))}",
        f"automatic by class: {_listed(_counts(p.klass for p in predictions if p.automatic))}",
        "",
        _HEADING,
    ]
    lines += [_line(n, t) for tallies in groups.values() for n, t in sorted(tallies.items())]
    return "\n".join(lines) + "\n"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{word} {number}" for word, number in counts.items()) or "none"


def _line(name: str, tally: Tally) -> str:
    rate = f"{100 * tally.exact / max(1, tally.payments):7.2f}%"
    automatic = f"{100 * tally.automatic / max(1, tally.payments):7.2f}%"
    value = f"{100 * tally.automatic_by_value:7.2f}%"
    return (
        f"{name:34}{tally.payments:9}{tally.precision:10.4f}{tally.recall:8.4f}{tally.f1:8.4f}"
        f"{rate}{automatic}{value}{tally.wrong_automatic:6}"
    )
