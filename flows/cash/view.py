"""Rows of receipts as the lines and views that pages and the API show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ledger.money import Money
from domain.matching.decision import Decision, NotAReceipt
from domain.matching.item import Item
from domain.matching.numbers import folded
from effects.kinds import amount_of
from effects.moving import effect_of
from erp.review.payment_journal import CashEffect, UnbalancedJournal
from flows.cash.gathering import available, credits_left
from flows.cash.inputs import words_of
from flows.cash.proposals import proposals_in
from flows.cash.shown import (
    CandidateInvoice,
    EffectLine,
    HistoryLine,
    JournalLineShown,
    QueueLine,
)
from flows.cash_books import CashBooks
from flows.cash_journal import journal_preview
from store import cash_queue, matchable, matching, payer_search
from store.audit import AuditRow
from store.cash_queue import Found
from store.effects import effect
from store.engine import Session
from store.people import user_names
from store.receipt_values import receipt_value
from store.receivables import InvoiceRow, PaymentRow

_OVER = ("rejected", "expired", "superseded")
_MOST_SHOWN = 100


def line(found: Found) -> QueueLine:
    """A receipt in a list."""
    row, posting, customer, waits = found
    return QueueLine(
        payment_id=row.id,
        received_on=row.received_on,
        amount=Money(row.amount_minor, row.currency),
        unapplied=Money(row.unapplied_minor, row.currency),
        payer_name=row.payer_name,
        customer_id=row.customer_id,
        customer_name=customer.name if customer is not None else "",
        reference=row.reference,
        source=row.source,
        channel=row.channel,
        klass=row.klass,
        tier=row.tier,
        state=row.state,
        outcome=row.outcome,
        live=row.live,
        reason=_reason(row.match),
        proposal_numbers=_numbers(row),
        effect_id=row.effect_id,
        effect_state=posting.state if posting is not None else "",
        fingerprint=posting.fingerprint if posting is not None else "",
        waiting_since=waits,
        not_a_receipt=row.not_a_receipt,
        parked_until=row.parked_until,
        source_id=row.source_id,
    )


def _reason(told: Mapping[str, Any]) -> str:
    reasons = told.get("reasons") or (told.get("proposal") or {}).get("reasons") or [""]
    return str(reasons[0])


def _numbers(row: PaymentRow) -> tuple[str, ...]:
    """The invoices of what is proposed, or of the best proposal."""
    told: Mapping[str, Any] = row.match
    first = (told.get("proposals") or [told.get("proposal") or {}])[0]
    chosen: Mapping[str, Any] = row.allocation if row.state in ("proposed", "posted") else first
    return tuple(str(one["number"]) for one in chosen.get("invoices") or ())


async def effects_of(session: Session, row: PaymentRow) -> tuple[EffectLine, ...]:
    """The posting first, then what belongs to it; what was given up is left out but the posting."""
    known = [(one.role, one.effect_id) for one in await matching.effects_of(session, row.id)]
    posting = [("posting", row.effect_id)] if row.effect_id is not None else []
    found: list[EffectLine] = []
    for role, effect_id in (*posting, *known):
        stored = await effect(session, effect_id)
        if stored is None or (role != "posting" and stored.state in _OVER):
            continue
        found.append(
            EffectLine(
                effect_id=stored.id,
                role=role,
                kind=stored.kind,
                title=stored.title,
                state=stored.state,
                fingerprint=stored.fingerprint,
                required_role=stored.required_role,
                amount=amount_of(effect_of(stored)),
            )
        )
    return tuple(found)


async def candidates_of(
    session: Session, row: PaymentRow, decision: Decision | None
) -> tuple[CandidateInvoice, ...]:
    """Invoices that the money may be for: named and proposed ones, then the payer's, by due day."""
    receipt = receipt_value(row)
    named = await matchable.named(session, words_of(receipt))
    ids = {i.item_id for p in proposals_in(decision) for i in p.allocation.invoices}
    family = await _family(session, row, decision)
    rows = {r.id: r for r in await matchable.open_of(session, family, ids) if _collectable(r)}
    rows |= {r.id: r for r in named if _collectable(r)}
    first = ids | {r.id for r in named}
    ordered = sorted(rows.values(), key=lambda r: (r.id not in first, r.due_on, r.number, r.id))
    shown = ordered[:_MOST_SHOWN]
    items = {i.id: i for i in await available(session, shown, except_payment=row.id)}
    names = await cash_queue.names_of(session, sorted({r.customer_id for r in shown}))
    told = {folded(r.number) for r in named}
    return tuple(
        CandidateInvoice(
            item=items[r.id],
            customer_name=names.get(r.customer_id, ""),
            available=items[r.id].open,
            days_past_due=(row.received_on - r.due_on).days,
            named=folded(r.number) in told,
        )
        for r in shown
    )


async def credits_beside(
    session: Session, row: PaymentRow, decision: Decision | None
) -> tuple[Item, ...]:
    """What stands in the payer's favour and may be taken with the money."""
    family = await _family(session, row, decision)
    return await credits_left(session, family, row.currency, except_payment=row.id)


async def _family(session: Session, row: PaymentRow, decision: Decision | None) -> Sequence[int]:
    ids: set[int | None] = {p.allocation.customer_id for p in proposals_in(decision)}
    if decision is not None and not isinstance(decision, NotAReceipt):
        ids.add(decision.payer.customer_id)
    known = {i for i in (*ids, row.customer_id) if i}
    return [one.id for one in await payer_search.families_of(session, known)] if known else []


def _collectable(row: InvoiceRow) -> bool:
    return row.status == "open" and row.open_minor > 0


async def history_of(
    session: Session, row: PaymentRow, effect_ids: Sequence[int]
) -> tuple[HistoryLine, ...]:
    """Who did what, oldest first."""
    names = await user_names(session)
    rows = await cash_queue.history_of(session, row.id, effect_ids)
    return tuple(
        HistoryLine(
            at=one.at,
            who=names.get(one.actor_id, one.actor_id)
            if one.actor_kind == "person"
            else one.actor_id,
            what=one.action,
            why=_why(one),
        )
        for one in rows
    )


def _why(row: AuditRow) -> str:
    told: Mapping[str, Any] = row.detail
    because = told.get("because")
    rule = because.get("rule", "") if isinstance(because, Mapping) else ""
    return str(told.get("reason") or told.get("rule") or told.get("told") or rule)


async def journal_of(
    session: Session, books: CashBooks, effects: Sequence[EffectLine]
) -> tuple[JournalLineShown, ...]:
    """What the effects will book, in their order; nothing for what cannot be shown balanced."""
    lines: list[JournalLineShown] = []
    for one in effects:
        stored = await effect(session, one.effect_id)
        content = effect_of(stored) if stored is not None and stored.state not in _OVER else None
        if not isinstance(content, CashEffect):
            continue
        try:
            found = await journal_preview(session, books, content)
        except UnbalancedJournal:
            continue
        lines += [
            JournalLineShown(
                j.account_name, j.debit, j.credit, _memo(one), j.base_debit, j.base_credit
            )
            for j in found
        ]
    return tuple(lines)


def _memo(one: EffectLine) -> str:
    return "" if one.role == "posting" else one.role.replace("_", " ")
