"""Drift: what a pass over the ERP shows to have been changed behind our back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.ledger.drift import Around, Change
from flows.drift.around import around_of
from flows.drift.findings import Desk
from flows.drift.judge import concerns, id_of, judge, kind_of
from flows.drift.nightly import after_nightly
from flows.drift.rechecking import recheck
from store import drift
from store.engine import Session

__all__ = ["after_nightly", "observe", "recheck"]


async def observe(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Judge what a page of a pass changed, in the transaction that wrote it to the mirror.

    Opens findings, brings standing ones up to date and closes those that hold no more.
    """
    ids = {id_of(change) for change in changes}
    known = await drift.of_documents(session, ids)
    desk = await Desk.ready(session, now)
    invoices_first = sorted(changes, key=lambda one: kind_of(one) != "invoice")
    for some in _in_turn(invoices_first):
        around = await around_of(session, desk, some)
        for change in some:
            about = [row for row in known if concerns(row, id_of(change))]
            await judge(session, desk, change, about, around.get(id_of(change), Around()))
    await desk.finish(session)


def _in_turn(changes: Sequence[Change]) -> Iterable[Sequence[Change]]:
    """Invoices, then what is applied to them: their own findings tell why it moved."""
    invoices = [one for one in changes if kind_of(one) == "invoice"]
    return [some for some in (invoices, changes[len(invoices) :]) if some]
