"""What revenue is read from: documents of the mirror that changed since they were last read.

A document is new to revenue when its row or its lines are not those it was read from; time stamps
play no part, so nothing that was committed late is missed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping, TextClause, text

from store.engine import Session

SourceKind = Literal["invoice", "credit_memo", "refund"]

# What a document says beside its own row. What a memo is set against tells a write-off's invoice.
_PARTS = {
    "invoice": "SELECT to_jsonb(l) - 'id' AS told FROM invoice_line l WHERE l.invoice_id = d.id",
    "credit_memo": """
  SELECT to_jsonb(l) - 'id' AS told FROM credit_memo_line l WHERE l.credit_memo_id = d.id
  UNION ALL SELECT to_jsonb(a) - 'id' FROM application a WHERE a.credit_memo_id = d.id""",
    "refund": "SELECT to_jsonb(l) - 'id' AS told FROM refund_line l WHERE l.settlement_id = d.id",
}
_TABLES = {
    "invoice": ("invoice", "invoice_line", "invoice_id", "true"),
    "credit_memo": ("credit_memo", "credit_memo_line", "credit_memo_id", "true"),
    "refund": ("settlement", "refund_line", "settlement_id", "d.kind = 'refund'"),
}
_HELD = """
  OR EXISTS (SELECT 1 FROM revenue_obligation o WHERE o.invoice_netsuite_id = d.netsuite_id
    AND o.status = 'held' AND o.settings_hash <> :settings)
"""
_HASH = "md5(string_agg(l.told::text, '|' ORDER BY l.told::text))"


def _by_kind(words: str) -> dict[str, TextClause]:
    return {
        kind: text(
            words.format(
                kind=kind,
                table=table,
                lines=lines,
                of=column,
                only=only,
                parts=_PARTS[kind],
                hash=_HASH,
                held=_HELD if kind == "invoice" else "",
            )
        )
        for kind, (table, lines, column, only) in _TABLES.items()
    }


_CHANGED = _by_kind("""
SELECT d.id, d.netsuite_id FROM {table} d
LEFT JOIN revenue_source s ON s.kind = '{kind}' AND s.netsuite_id = d.netsuite_id
WHERE {only} AND (s.id IS NULL OR s.row_hash <> d.row_hash
  OR (s.lines = 0 AND EXISTS (SELECT 1 FROM {lines} l WHERE l.{of} = d.id)){held})
ORDER BY d.id LIMIT :most
""")
_THOROUGH = _by_kind("""
DELETE FROM revenue_source s USING (
  SELECT d.netsuite_id, {hash} AS hash FROM {table} d CROSS JOIN LATERAL ({parts}) l
  GROUP BY d.netsuite_id
) n
WHERE s.kind = '{kind}' AND s.netsuite_id = n.netsuite_id AND s.lines_hash <> n.hash
""")
_NOTE = _by_kind("""
INSERT INTO revenue_source (kind, netsuite_id, row_hash, lines_hash, lines, read_at)
SELECT '{kind}', d.netsuite_id, d.row_hash, COALESCE(n.hash, ''),
  (SELECT count(*) FROM {lines} l WHERE l.{of} = d.id), :now
FROM {table} d
LEFT JOIN LATERAL (SELECT {hash} AS hash FROM ({parts}) l) n ON true
WHERE d.id = ANY(:ids)
ON CONFLICT (kind, netsuite_id) DO UPDATE
SET row_hash = excluded.row_hash, lines_hash = excluded.lines_hash, lines = excluded.lines,
    read_at = excluded.read_at
""")
_FORGET_CREDITS = text("""
DELETE FROM revenue_source s USING credit_memo m, credit_memo_line l
WHERE s.kind = 'credit_memo' AND s.netsuite_id = m.netsuite_id AND l.credit_memo_id = m.id
  AND l.created_from_netsuite_id = ANY(:ids)
""")
_INVOICES = text("""
SELECT i.id, i.netsuite_id, i.number, i.status, i.gone_at IS NOT NULL AS gone, i.issued_on,
  i.currency, i.exchange_rate, i.external_id, i.total_minor,
  c.id AS customer_id, c.name AS customer_name,
  COALESCE(s.id, cs.id, only_one.id) AS subsidiary_id,
  COALESCE(s.netsuite_id, cs.netsuite_id, only_one.netsuite_id) AS subsidiary_netsuite_id,
  COALESCE(s.currency, cs.currency, only_one.currency) AS base_currency,
  COALESCE((SELECT 'deal:' || n.deal_id FROM invoice_draft d JOIN instalment n ON n.draft_id = d.id
    WHERE d.netsuite_id = i.netsuite_id AND d.state = 'pushed' LIMIT 1), '') AS contract
FROM invoice i JOIN customer c ON c.id = i.customer_id
LEFT JOIN subsidiary s ON s.id = i.subsidiary_id
LEFT JOIN subsidiary cs ON cs.id = c.subsidiary_id
LEFT JOIN (SELECT id, netsuite_id, currency FROM subsidiary ORDER BY id LIMIT 1) only_one ON true
WHERE i.id = ANY(:ids) ORDER BY i.id
""")
_INVOICE_LINES = text("""
SELECT invoice_id, line, amount_minor, item_netsuite_id, memo, service_starts_on, service_ends_on,
  quantity
FROM invoice_line WHERE invoice_id = ANY(:ids) AND NOT tax ORDER BY invoice_id, line
""")
_CREDITS = text("""
SELECT m.id, m.netsuite_id, m.number, m.status, m.gone_at IS NOT NULL AS gone, m.issued_on,
  m.currency, m.exchange_rate, m.external_id, m.total_minor,
  c.id AS customer_id, c.name AS customer_name,
  COALESCE(s.id, cs.id, only_one.id) AS subsidiary_id,
  COALESCE(s.netsuite_id, cs.netsuite_id, only_one.netsuite_id) AS subsidiary_netsuite_id,
  COALESCE(s.currency, cs.currency, only_one.currency) AS base_currency,
  e.kind AS effect_kind, e.payload AS effect_payload
FROM credit_memo m JOIN customer c ON c.id = m.customer_id
LEFT JOIN subsidiary s ON s.id = m.subsidiary_id
LEFT JOIN subsidiary cs ON cs.id = c.subsidiary_id
LEFT JOIN (SELECT id, netsuite_id, currency FROM subsidiary ORDER BY id LIMIT 1) only_one ON true
LEFT JOIN LATERAL (
  SELECT kind, payload FROM effect
  WHERE m.external_id <> '' AND kind IN ('create_credit_memo', 'write_off_invoice')
    AND payload->>'external_id' = m.external_id
  ORDER BY id DESC LIMIT 1
) e ON true
WHERE m.id = ANY(:ids) ORDER BY m.id
""")
_CREDIT_LINES = text("""
SELECT credit_memo_id, line, amount_minor, item_netsuite_id, memo, created_from_netsuite_id,
  service_starts_on, service_ends_on
FROM credit_memo_line WHERE credit_memo_id = ANY(:ids) AND NOT tax ORDER BY credit_memo_id, line
""")
_APPLIED = text("""
SELECT a.credit_memo_id, i.netsuite_id, a.amount_minor, i.total_minor
FROM application a JOIN invoice i ON i.id = a.invoice_id
WHERE a.credit_memo_id = ANY(:ids) ORDER BY a.credit_memo_id, i.id
""")
_REFUNDS = text("""
SELECT d.id, d.netsuite_id, d.on_day, d.currency, d.status, d.gone_at IS NOT NULL AS gone,
  l.paid_out_netsuite_id, l.amount_minor
FROM settlement d JOIN refund_line l ON l.settlement_id = d.id
WHERE d.id = ANY(:ids) ORDER BY d.id, l.id
""")


@dataclass(frozen=True, slots=True)
class Changed:
    """A document of the mirror that revenue has not read as it stands: our id and the ERP's."""

    id: int
    netsuite_id: str


Found = Sequence[RowMapping]


async def changed_documents(
    session: Session, kind: SourceKind, settings: str, *, most: int
) -> Sequence[Changed]:
    """Documents to read, oldest first; held lines are read again under other settings."""
    values: dict[str, object] = {"most": most}
    if kind == "invoice":
        values["settings"] = settings
    return [Changed(int(row["id"]), str(row["netsuite_id"])) for row in await _ask(
        session, _CHANGED[kind], values)]  # fmt: skip


async def note_read(
    session: Session, kind: SourceKind, ids: Collection[int], now: datetime
) -> None:
    """These documents were read as they stand now."""
    connection = await session.connection()
    await connection.execute(_NOTE[kind], {"ids": list(ids), "now": now})


async def forget_credits_of(session: Session, netsuite_ids: Collection[str]) -> None:
    """Have credits read again that were made from these invoices."""
    connection = await session.connection()
    await connection.execute(_FORGET_CREDITS, {"ids": list(netsuite_ids)})


async def forget_other_lines(session: Session) -> None:
    """Have documents read again whose lines changed although the document did not."""
    connection = await session.connection()
    for statement in _THOROUGH.values():
        await connection.execute(statement)


async def invoices(session: Session, ids: Collection[int]) -> Found:
    return await _ask(session, _INVOICES, {"ids": list(ids)})


async def invoice_lines(session: Session, ids: Collection[int]) -> Found:
    return await _ask(session, _INVOICE_LINES, {"ids": list(ids)})


async def credits_(session: Session, ids: Collection[int]) -> Found:
    return await _ask(session, _CREDITS, {"ids": list(ids)})


async def credit_lines(session: Session, ids: Collection[int]) -> Found:
    return await _ask(session, _CREDIT_LINES, {"ids": list(ids)})


async def applied(session: Session, ids: Collection[int]) -> Found:
    """What these credit memos are set against."""
    return await _ask(session, _APPLIED, {"ids": list(ids)})


async def refunds(session: Session, ids: Collection[int]) -> Found:
    """What these refunds paid out, by the ERP id of what it was paid out of."""
    return await _ask(session, _REFUNDS, {"ids": list(ids)})


async def _ask(session: Session, statement: TextClause, values: Mapping[str, object]) -> Found:
    connection = await session.connection()
    return list((await connection.execute(statement, dict(values))).mappings())
