"""A credit that is asked for: put on record once, and proposed with its refund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.ledger.credits import CreditFinding, CreditLine, CreditRequest
from effects.actor import Actor
from effects.audit import Entry, record
from effects.kinds import CreateCreditMemo, Effect
from effects.propose import Because, propose
from erp.review.finding import JournalLine
from flows.cash_journal import journal_preview
from flows.credits.asked import (
    CreditAsked,
    CreditRefused,
    Planned,
    Requested,
    refused,
    unacknowledged,
)
from flows.credits.gathering import Books, books_of
from flows.credits.planning import plan_credit
from flows.desk import Desk
from store import credit_requests
from store.credit_requests import CreditRequestLineRow, CreditRequestRow
from store.effects import effect
from store.engine import Session

GONE = ("CRM-004", "There is no such invoice any more.", "Choose another")
OTHER = ("CRM-017", "This key stands for another request.", "Send a key of its own")


async def request_credit(
    session: Session, desk: Desk, asked: CreditAsked, by: Actor, now: datetime
) -> Requested | CreditRefused:
    """Propose a credit of an invoice; the same source and id again returns what is there.

    Warnings are accepted by the note, which says why; both are part of what is approved.
    """
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    await credit_requests.lock_invoice(session, asked.invoice_id)
    if known is not None:
        return again(known, "credit", asked.invoice_id)
    books = await books_of(session, asked.invoice_id)
    if books is None:
        return refused(*GONE)
    planned = plan_credit(books, asked, desk, now.date())
    open_warnings = unacknowledged(planned.findings, asked.note)
    if planned.blocked or planned.request is None or open_warnings:
        return CreditRefused(tuple(planned.findings))
    row = _row(books, asked, planned.request, by, now)
    return await keep(session, desk, row, planned, asked.note, by, now)


async def keep(
    session: Session,
    desk: Desk,
    row: CreditRequestRow,
    planned: Planned,
    note: str,
    by: Actor,
    now: datetime,
) -> Requested:
    """Put a request on record and propose what it comes to, with what was found and accepted."""
    if planned.effect is None:
        raise ValueError("a credit that is blocked is not proposed")
    row.id = await _inserted(session, row)
    journal = await journal_preview(session, desk.cash, planned.effect)
    review = {
        **planned.effect.review,
        "findings": [told(one, note, by) for one in planned.findings],
        "journal": [entry_told(line) for line in journal],
    }
    memo = replace(planned.effect, request_id=row.id, review=review)
    lines = planned.request.lines if planned.request is not None else ()
    await _keep_lines(session, row.id, lines, memo)
    because = _because(row, planned.findings, by)
    ids = [await _proposed(session, desk, memo, because, by, now)]
    if planned.refund is not None:
        ids.append(await _proposed(session, desk, planned.refund, because, by, now))
    stored = await session.get(CreditRequestRow, row.id)
    if stored is not None:
        stored.effect_id, stored.refund_effect_id = ids[0], ids[1] if len(ids) > 1 else None
        session.add(stored)
    detail = {"effect_ids": ids, "amount": str(memo.amount), "reason": row.reason}
    entry = Entry(by, f"{row.kind}.requested", "credit_request", str(row.id), detail)
    await record(session, entry, now)
    warnings = tuple(one for one in planned.findings if not one.blocking)
    return Requested(row.id, tuple(ids), created=True, warnings=warnings)


def stands(row: CreditRequestRow) -> Requested:
    """What was asked for before under the same key."""
    ids = tuple(one for one in (row.effect_id, row.refund_effect_id) if one is not None)
    return Requested(row.id, ids, created=False)


def again(row: CreditRequestRow, kind: str, invoice_id: int | None) -> Requested | CreditRefused:
    """What was asked for before under the same key; refused where that was something else."""
    if (row.kind, row.invoice_id) == (kind, invoice_id):
        return stands(row)
    return refused(*OTHER)


def told(one: CreditFinding, note: str, by: Actor) -> dict[str, object]:
    """A finding as it is shown and approved; a warning with who accepted it and why."""
    severity = "block" if one.blocking else "warn"
    accepted = {} if one.blocking else {"acknowledged_by": str(by), "acknowledged_reason": note}
    words = {"id": one.id, "severity": severity, "message": one.message, "fix": one.fix}
    return {**words, **accepted}


def entry_told(line: JournalLine) -> dict[str, str]:
    """A line of a journal as the effect carries it: what was shown is what is approved."""
    sides = ("debit", "credit", "base_debit", "base_credit")
    amounts = {side: getattr(line, side) for side in sides}
    told_ = {side: "" if amount is None else str(amount) for side, amount in amounts.items()}
    return {"account": line.account_netsuite_id, "name": line.account_name, **told_}


async def _inserted(session: Session, row: CreditRequestRow) -> int:
    made = await credit_requests.insert_request(session, row)
    if made is None:
        raise RuntimeError(f"credit {row.source}:{row.source_id} appeared meanwhile")
    return made


async def _keep_lines(
    session: Session, request_id: int, lines: Sequence[CreditLine], memo: Effect
) -> None:
    items = {}
    if isinstance(memo, CreateCreditMemo):
        items = {str(one.invoice_line): one.item_netsuite_id for one in memo.lines}
    for place, line in enumerate(lines, start=1):
        session.add(
            CreditRequestLineRow(
                request_id=request_id,
                place=place,
                invoice_line=int(line.line_id),
                item_netsuite_id=items.get(line.line_id, ""),
                amount_minor=line.amount.minor,
                tax_minor=line.tax.minor,
                service_starts_on=line.service.starts_on if line.service else None,
                service_ends_on=line.service.ends_on if line.service else None,
            )
        )
    await session.flush()


def _because(row: CreditRequestRow, findings: Sequence[CreditFinding], by: Actor) -> Because:
    """A warning makes a person see it, whatever the policy lets through."""
    evidence: dict[str, object] = {"asked_by": str(by), "reason": row.reason, "note": row.note}
    if row.run:
        evidence["run"] = row.run
    warned = [one.message for one in findings if not one.blocking]
    if warned:
        evidence |= {"warnings": warned, "review": warned[0]}
    return Because(f"{row.kind}:{row.reason or 'asked'}", evidence)


async def _proposed(
    session: Session, desk: Desk, content: Effect, because: Because, by: Actor, now: datetime
) -> int:
    done = await propose(session, content, policy=desk.approval, because=because, by=by, now=now)
    found = await effect(session, done.effect_id)
    if found is None:
        raise RuntimeError(f"effect {done.effect_id} vanished")
    return found.id


def _row(
    books: Books, asked: CreditAsked, request: CreditRequest, by: Actor, now: datetime
) -> CreditRequestRow:
    return CreditRequestRow(
        source=asked.source,
        source_id=asked.source_id,
        kind="credit",
        customer_id=books.customer.id,
        invoice_id=books.row.id,
        currency=books.row.currency,
        amount_minor=request.total.minor,
        tax_minor=sum(line.tax.minor for line in request.lines),
        offset_minor=request.offset.minor,
        refund_minor=request.refund.minor,
        balance_minor=request.to_balance.minor,
        reason=str(request.reason or ""),
        treatment=request.treatment,
        note=asked.note.strip()[:1000],
        on_day=request.on,
        number=books.row.number,
        created_by=str(by),
        created_at=now,
    )
