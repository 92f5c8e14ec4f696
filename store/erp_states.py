"""Mirrored documents as they stand, for comparing what was with what is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from domain.ledger.drift import DocumentState
from domain.ledger.money import Money
from store.engine import Session

_APPLIED = """(SELECT jsonb_agg(jsonb_build_array(i.netsuite_id, a.amount_minor)
    ORDER BY i.netsuite_id)
  FROM application a JOIN invoice i ON i.id = a.invoice_id WHERE a.{column} = d.id)"""
_PAID_OUT = """(SELECT jsonb_agg(jsonb_build_array(l.paid_out_netsuite_id, l.amount_minor)
    ORDER BY l.paid_out_netsuite_id)
  FROM refund_line l WHERE l.settlement_id = d.id)"""
_ONE = """
SELECT {kind} AS kind, d.netsuite_id, d.number, c.netsuite_id AS customer, d.currency,
  {total} AS total_minor, d.{open} AS open_minor, {status} AS status, {day} AS on_day,
  {due} AS due_on, d.exchange_rate, d.period_netsuite_id, d.external_id, {reference} AS reference,
  {applied} AS applied, d.erp_modified_at
FROM {table} d LEFT JOIN customer c ON c.id = d.customer_id
WHERE d.gone_at IS NULL
  AND d.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
"""
_STATES = text(
    "UNION ALL".join(
        (
            _ONE.format(
                kind="'invoice'",
                total="d.total_minor",
                open="open_minor",
                status="d.status",
                day="d.issued_on",
                due="d.due_on",
                reference="''",
                applied="NULL::jsonb",
                table="invoice",
            ),
            _ONE.format(
                kind="'payment'",
                total="COALESCE(d.erp_amount_minor, d.amount_minor)",
                open="unapplied_minor",
                status="CASE WHEN d.state = 'reversed' THEN 'voided'"
                " WHEN d.unapplied_minor <> 0 THEN 'open' ELSE 'applied' END",
                day="COALESCE(d.erp_on, d.received_on)",
                due="NULL::date",
                reference="d.reference",
                applied=_APPLIED.format(column="payment_id"),
                table="payment",
            ),
            _ONE.format(
                kind="'credit_memo'",
                total="d.total_minor",
                open="open_minor",
                status="d.status",
                day="d.issued_on",
                due="NULL::date",
                reference="''",
                applied=_APPLIED.format(column="credit_memo_id"),
                table="credit_memo",
            ),
            _ONE.format(
                kind="d.kind",
                total="d.total_minor",
                open="open_minor",
                status="d.status",
                day="d.on_day",
                due="NULL::date",
                reference="d.reference",
                applied=f"CASE WHEN d.kind = 'refund' THEN {_PAID_OUT}"
                f" ELSE {_APPLIED.format(column='settlement_id')} END",
                table="settlement",
            ),
        )
    )
)


async def document_states(
    session: Session, netsuite_ids: Iterable[str]
) -> dict[str, DocumentState]:
    """These documents as the mirror has them now, by ERP id; those that are gone are left out."""
    ids = json.dumps(sorted(set(netsuite_ids)))
    connection = await session.connection()
    found = await connection.execute(_STATES, {"ids": ids})
    states = (_state(tuple(row)) for row in found)
    return {state.netsuite_id: state for state in states}


def _state(row: tuple[Any, ...]) -> DocumentState:
    kind, netsuite_id, number, customer, currency, total, left, status, on, due_on, *rest = row
    rate, period, external_id, reference, applied, modified_at = rest
    code = str(currency)
    return DocumentState(
        kind=str(kind),
        netsuite_id=str(netsuite_id),
        number=str(number),
        customer_netsuite_id=str(customer or ""),
        total=Money(int(str(total)), code),
        open=Money(int(str(left)), code),
        status=str(status),
        on=_day(on),
        due_on=due_on if isinstance(due_on, date) else None,
        exchange_rate=str(rate),
        period_netsuite_id=str(period),
        external_id=str(external_id),
        reference=str(reference),
        applications=tuple(
            (str(other), Money(int(minor), code)) for other, minor in _pairs(applied)
        ),
        modified_at=modified_at if isinstance(modified_at, datetime) else None,
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value


def _pairs(value: object) -> list[list[str]]:
    return value if isinstance(value, list) else []
