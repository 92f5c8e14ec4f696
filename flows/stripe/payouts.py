"""Payouts are kept with what they are made of, and tied to the bank, never to invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.ledger.money import Money, total
from flows.bank.late_payouts import payout_told
from flows.desk import Desk
from flows.stripe.payout_journal import propose_journal
from sources.stripe.payouts import (
    Payout,
    PayoutLine,
    Unreadable,
    difference,
    read_lines,
    read_payout,
)
from sources.stripe.reader import ReadStripe
from sources.stripe.receipts import SOURCE
from store.engine import Database, Session
from store.payouts import PayoutLineRow, PayoutRow, put_lines, put_payout, receipts_behind
from store.worklist import WorkItemRow, open_item

_FAILED = ("failed", "canceled")


async def take_payout(
    db: Database, desk: Desk, thing: Mapping[str, Any], stripe: ReadStripe, now: datetime
) -> str:
    """Keep a payout as it stands; once its transactions are final, also what it is made of."""
    found = read_payout(thing)
    if isinstance(found, Unreadable):
        return f"payout not understood: {found.reason}"
    lines: tuple[PayoutLine, ...] | Unreadable | None = None
    if found.complete:
        wanted = {"payout": found.id, "expand": ["data.source"]}
        lines = read_lines(await stripe.every("balance_transaction", wanted))
    async with db.begin() as session:
        await _keep(session, desk, found, lines, now)
    return "payout"


async def _keep(
    session: Session,
    desk: Desk,
    found: Payout,
    lines: tuple[PayoutLine, ...] | Unreadable | None,
    now: datetime,
) -> None:
    row = _row(found, now)
    if isinstance(lines, tuple):
        currency = found.amount.currency
        row.gross_minor = total((line.amount for line in lines), currency).minor
        row.fee_minor = total((line.fee for line in lines), currency).minor
        row.difference_minor = difference(found, lines).minor
    kept = await put_payout(session, row)
    if isinstance(lines, tuple):
        await put_lines(session, kept.id, await _line_rows(session, kept.id, lines))
        kept.effect_id = await propose_journal(session, desk, kept, now) or kept.effect_id
        session.add(kept)
    for name, words in _troubles(found, row, lines):
        await _tell(session, found, name, words, now)
    if kept.status not in _FAILED:
        await payout_told(session, kept, now)


def _row(found: Payout, now: datetime) -> PayoutRow:
    return PayoutRow(
        source=SOURCE,
        source_id=found.id,
        currency=found.amount.currency,
        amount_minor=found.amount.minor,
        status=found.status,
        arrives_on=found.arrives_on,
        trace=found.trace,
        failure=found.failure,
        seen_at=now,
    )


def _troubles(
    found: Payout, row: PayoutRow, lines: tuple[PayoutLine, ...] | Unreadable | None
) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    if found.status in _FAILED:
        why = f" ({found.failure})" if found.failure else ""
        told.append(("failed", f"{found.status}{why}: the money is at Stripe again"))
    if isinstance(lines, Unreadable):
        told.append(("unreadable", f"its transactions are not understood: {lines.reason}"))
    if row.difference_minor:
        left = Money(row.difference_minor, row.currency)
        told.append(("difference", f"its transactions leave {left} unexplained"))
    return told


async def _tell(session: Session, found: Payout, name: str, words: str, now: datetime) -> None:
    await open_item(
        session,
        WorkItemRow(
            key=f"payout:{SOURCE}:{found.id}:{name}",
            kind="payout",
            title=f"Stripe payout of {found.amount} due {found.arrives_on}: {words}",
            detail={"payout_id": found.id, "reason": words, "trace": found.trace},
            opened_at=now,
        ),
    )


async def _line_rows(
    session: Session, payout_id: int, lines: Sequence[PayoutLine]
) -> list[PayoutLineRow]:
    named = sorted({name for line in lines for name in line.payment_ids})
    known = await receipts_behind(session, SOURCE, named)
    return [
        PayoutLineRow(
            payout_id=payout_id,
            line_id=line.id,
            kind=line.kind,
            amount_minor=line.amount.minor,
            fee_minor=line.fee.minor,
            net_minor=line.net.minor,
            subject=line.subject,
            payment_id=next((known[n] for n in line.payment_ids if n in known), None),
        )
        for line in lines
    ]
