"""Scores of customers, made anew each night from how they paid."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from domain.dunning.score import PastInvoice, late_score, usual_rate
from store import scores
from store.engine import Database
from store.scores import ScoreRow

_BATCH = 500


async def score_all(db: Database, as_of: date) -> int:
    """Score every customer that was ever invoiced, as of a day; how many. Safe to repeat."""
    histories: dict[int, list[PastInvoice]] = defaultdict(list)
    async with db.read() as session:
        for customer_id, issued_on, due_on, paid_on in await scores.histories(session, as_of):
            histories[customer_id].append(PastInvoice(issued_on, due_on, paid_on))
    usual = usual_rate(histories.values(), as_of)
    rows = [
        _row(customer_id, history, as_of, usual)
        for customer_id, history in sorted(histories.items())
    ]
    for start in range(0, len(rows), _BATCH):
        async with db.begin() as session:
            await scores.put_scores(session, rows[start : start + _BATCH])
    return len(rows)


def _row(customer_id: int, history: list[PastInvoice], as_of: date, usual: int) -> ScoreRow:
    found = late_score(history, as_of, usual=usual)
    return ScoreRow(
        customer_id=customer_id,
        per_mille=found.per_mille,
        invoices=found.n,
        reasons=[{"text": text} for text in found.reasons],
        as_of=as_of,
    )
