"""The queue of receipts, one receipt beside its candidates, and both as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.explain import from_json
from flows.cash.proposals import digest_of, proposals_in
from flows.cash.shown import (
    CandidateInvoice,
    EffectLine,
    HistoryLine,
    JournalLineShown,
    QueueLine,
    ReceiptView,
)
from flows.cash.view import candidates_of, credits_beside, effects_of, history_of, journal_of, line
from flows.cash_books import CashBooks
from flows.remittance import advices_of
from store import cash_queue
from store.engine import Session
from store.receipt_values import receipt_value
from store.receivables import PaymentRow

__all__ = [
    "TABS",
    "CandidateInvoice",
    "EffectLine",
    "HistoryLine",
    "JournalLineShown",
    "QueueLine",
    "ReceiptView",
    "class_of",
    "counts",
    "everything",
    "export_csv",
    "queue",
    "receipt_view",
]

TABS = ("auto", "proposed", "ambiguous", "unmatched", "not_a_receipt", "parked")
_MOST_LISTED = 500
_MOST_EXPORTED = 50_000
_COLUMNS = (
    "payment_id", "received_on", "amount", "currency", "unapplied", "payer_name", "customer",
    "reference", "source", "source_id", "channel", "state", "outcome", "class", "tier", "reason",
    "invoices",
)  # fmt: skip
# A spreadsheet runs what begins so; a quote before it makes it text (OWASP, CSV injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r")


async def counts(session: Session) -> dict[str, int]:
    """How many receipts stand in each tab."""
    found = await cash_queue.counted(session)
    return {tab: found.get(tab, 0) for tab in TABS}


async def queue(
    session: Session,
    tab: str,
    *,
    search: str = "",
    after: int = 0,
    limit: int = 50,
    state: str = "",
) -> Sequence[QueueLine]:
    """Receipts of a tab, or "all" payments, the latest first; `after` is the last id seen."""
    if tab not in (*TABS, "all"):
        return []
    rows = await cash_queue.listed(
        session,
        tab,
        search=search.strip()[:100],
        amounts=_amounts(search),
        after=after,
        limit=min(limit, _MOST_LISTED),
        state=state,
    )
    return [line(found) for found in rows]


async def everything(
    session: Session, *, state: str, search: str, after: int, limit: int
) -> Sequence[PaymentRow]:
    """Every payment, the ERP's own too, as it is kept; of a state, if one is given."""
    found = await cash_queue.listed(
        session,
        "all",
        search=search,
        amounts=_amounts(search),
        after=after,
        limit=limit,
        state=state,
    )
    return [row for row, *_ in found]


async def receipt_view(
    session: Session, payment_id: int, *, books: CashBooks | None = None
) -> ReceiptView | None:
    """One receipt with all there is to know about it, or None."""
    found = await cash_queue.one(session, payment_id)
    if found is None:
        return None
    row = found[0]
    decision = from_json(row.match) if row.match.get("version") else None
    effects = await effects_of(session, row)
    return ReceiptView(
        line=line(found),
        row=row,
        receipt=receipt_value(row),
        decision=decision,
        proposal_digests=tuple(digest_of(p) for p in proposals_in(decision)),
        advices=tuple(await advices_of(session, payment_id)),
        candidates=await candidates_of(session, row, decision),
        credits=await credits_beside(session, row, decision),
        effects=effects,
        history=await history_of(session, row, [e.effect_id for e in effects]),
        journal=await journal_of(session, books or CashBooks(), effects),
        parts=tuple(line(part) for part in await cash_queue.parts_of(session, payment_id)),
    )


async def export_csv(session: Session, tab: str, search: str = "", state: str = "") -> str:
    """A tab as CSV. What is more than 50,000 lines is not there; the last line says so."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    after, written = 0, 0
    while written < _MOST_EXPORTED:
        lines = await queue(
            session, tab, search=search, after=after, limit=_MOST_LISTED, state=state
        )
        writer.writerows([_safe(cell) for cell in _cells(one)] for one in lines)
        written += len(lines)
        if len(lines) < _MOST_LISTED:
            return out.getvalue()
        after = lines[-1].payment_id
    writer.writerow([f"There are more than {_MOST_EXPORTED:,}: search for fewer."])
    return out.getvalue()


async def class_of(session: Session, effect_id: int) -> str:
    """The class of the match that a posting rests on; "person" for what a person chose."""
    return await cash_queue.class_of(session, effect_id)


def _cells(one: QueueLine) -> tuple[object, ...]:
    return (
        one.payment_id,
        one.received_on.isoformat(),
        one.amount.plain(),
        one.amount.currency,
        one.unapplied.plain(),
        one.payer_name,
        one.customer_name,
        one.reference,
        one.source,
        one.source_id,
        one.channel,
        one.state,
        one.outcome,
        one.klass,
        one.tier or "",
        one.reason,
        " ".join(one.proposal_numbers),
    )


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_RUNS) else text


def _amounts(search: str) -> list[int]:
    """The search as an amount, in minor units of currencies with two, no and three decimals."""
    found = []
    for currency in ("USD", "JPY", "KWD"):
        try:
            found.append(Money.parse(search.replace(",", "").strip(), currency).minor)
        except LedgerError:
            continue
    return sorted(set(found))
