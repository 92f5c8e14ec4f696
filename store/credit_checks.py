"""Whether a credit that was asked for still fits when its turn comes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import col, select

from domain.ledger.money import Money
from store.credit_requests import CreditRequestRow, alive, credited_in_erp, kept_elsewhere
from store.effects import EffectRow
from store.engine import Session
from store.receivables import InvoiceRow

# What such a memo is applied with to other invoices may still be a credit of this one.
_UNREAD = text("""
SELECT coalesce(sum(greatest(m.total_minor - coalesce(a.amount_minor, 0), 0)), 0)
FROM invoice i
JOIN credit_memo m ON m.customer_id = i.customer_id AND m.currency = i.currency
  AND m.gone_at IS NULL AND m.status <> 'voided'
LEFT JOIN application a ON a.credit_memo_id = m.id AND a.invoice_id = i.id
WHERE i.id = :invoice_id AND (m.external_id = '' OR m.external_id <> :own)
  AND NOT EXISTS (SELECT FROM credit_request r WHERE r.netsuite_id = m.netsuite_id)
  AND NOT EXISTS (SELECT FROM revenue_source s
    WHERE s.kind = 'credit_lines' AND s.netsuite_id = m.netsuite_id)
""")


async def unread(session: Session, invoice_id: int, own_external_id: str = "") -> int:
    """What memos that others made may credit of an invoice, their lines not being read yet."""
    wanted = {"invoice_id": invoice_id, "own": own_external_id}
    return int((await (await session.connection()).execute(_UNREAD, wanted)).scalar_one())


async def over_credited(session: Session, request_id: int, own_external_id: str = "") -> str:
    """Why an invoice has been credited too much by now for this request, "" if it has not.

    Counts what stands, whoever made it: what is still under way is asked the same when its turn
    comes. The request's own memo, which may stand after an answer that got lost, is left out.
    """
    row = await session.get(CreditRequestRow, request_id)
    if row is None or row.invoice_id is None:
        return ""
    invoice = await session.get(InvoiceRow, row.invoice_id, populate_existing=True)
    if invoice is None:
        return ""
    others = await _standing(session, row)
    ours = {one.netsuite_id for one in others}
    other = sum(one.refund_minor + one.balance_minor for one in others)
    other += await credited_in_erp(session, invoice.id, own_external_id)
    other += await kept_elsewhere(session, invoice.id, ours, own_external_id)
    left = Money(invoice.total_minor - other, invoice.currency)
    if row.amount_minor > left.minor:
        return f"only {left} of {invoice.number} is left to credit"
    unknown = Money(await unread(session, invoice.id, own_external_id), invoice.currency)
    if row.amount_minor > left.minor - unknown.minor:
        return f"credit memos of {unknown} whose lines are not read yet may be of {invoice.number}"
    return ""


async def over_refunded(session: Session, memo_key: str) -> str:
    """Why the refund out of a credit is more than was received by now, "" if it is not.

    `memo_key` is the key of the effect that makes the credit memo. A payment may have come back
    after the refund was asked for.
    """
    found = await session.exec(
        select(CreditRequestRow)
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(EffectRow.key == memo_key)
    )
    row = found.first()
    if row is None or row.invoice_id is None or not row.refund_minor:
        return ""
    invoice = await session.get(InvoiceRow, row.invoice_id, populate_existing=True)
    if invoice is None:
        return ""
    back = sum(one.refund_minor for one in await _standing(session, row))
    settled = invoice.total_minor - invoice.open_minor
    had = Money(settled - await credited_in_erp(session, invoice.id) - back, invoice.currency)
    if row.refund_minor <= had.minor:
        return ""
    return f"only {had} was received for {invoice.number} and not given back"


async def _standing(session: Session, row: CreditRequestRow) -> Sequence[CreditRequestRow]:
    """The other requests of the same invoice whose credit memo stands."""
    found = await session.exec(
        select(CreditRequestRow).where(
            CreditRequestRow.invoice_id == row.invoice_id,
            CreditRequestRow.id != row.id,
            col(CreditRequestRow.kind).in_(("credit", "write_off")),
            col(CreditRequestRow.posted_at).is_not(None),
            alive(),
        )
    )
    return found.all()


async def not_lost(session: Session, recovery_key: str) -> str:
    """Why a claim is not to be brought back, "" if it stays written off.

    `recovery_key` is the key of the recovery's journal. Where the write-off's credit memo was
    voided meanwhile the invoice is open again, and a journal would claim the same twice.
    """
    found = await session.exec(
        select(CreditRequestRow.record)
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(EffectRow.key == recovery_key, CreditRequestRow.kind == "recovery")
    )
    lost = found.first()
    if lost is None:
        return ""
    stands = await session.exec(
        select(CreditRequestRow.id).where(CreditRequestRow.id == int(lost), alive())
    )
    return "" if stands.first() is not None else "the write-off was voided"
