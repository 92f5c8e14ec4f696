"""Invoices that a person names by number, put beside those that matching found."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.matching.item import Item, ItemState
from domain.matching.numbers import folded
from flows.cash.gathering import available
from flows.cash.queue import CandidateInvoice, ReceiptView
from store.engine import Session
from store.matchable import named
from store.pages import customer_names

_MOST = 20
_BETWEEN = re.compile(r"[,;\s]+")


async def with_others(session: Session, view: ReceiptView, text: str, today: date) -> ReceiptView:
    """The view with the open invoices of these numbers among its candidates."""
    words = [folded(word) for word in _BETWEEN.split(text.strip()) if word][:_MOST]
    known = {c.item.id for c in view.candidates}
    rows = [row for row in await named(session, words) if row.id not in known]
    items = await available(session, rows[:_MOST], except_payment=view.line.payment_id)
    open_ = [item for item in items if item.state is ItemState.OPEN]
    names = await customer_names(session, {item.customer_id for item in open_})
    more = tuple(_candidate(item, names.get(item.customer_id, ""), today) for item in open_)
    return replace(view, candidates=(*more, *view.candidates))


def _candidate(item: Item, name: str, today: date) -> CandidateInvoice:
    return CandidateInvoice(item, name, item.open, (today - item.due_on).days, named=False)
