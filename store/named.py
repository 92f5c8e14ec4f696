"""Customers and invoices by what people call them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_
from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow
from store.receipts import FOLDED_NUMBER
from store.receivables import InvoiceRow

_MOST = 200


async def customers_beginning(session: Session, words: Sequence[str]) -> Sequence[CustomerRow]:
    """Customers with a word in their name that begins like one of these (three letters or more)."""
    starts = [w[:3] for w in words if len(w) >= 3][:8]
    if not starts:
        return []
    named = func.lower(CustomerRow.name)
    found = await session.exec(
        select(CustomerRow)
        .where(
            or_(
                *(named.startswith(s, autoescape=True) for s in starts),
                *(named.contains(f" {s}", autoescape=True) for s in starts),
            )
        )
        .order_by(col(CustomerRow.id))
        .limit(_MOST)
    )
    return found.all()


async def customers_numbered(session: Session, texts: Sequence[str]) -> Sequence[CustomerRow]:
    """Customers whose ERP entity number is one of these, whatever the case."""
    wanted = sorted({t.upper() for t in texts if t})[:20]
    if not wanted:
        return []
    found = await session.exec(
        select(CustomerRow)
        .where(func.upper(CustomerRow.entity_number).in_(wanted))
        .order_by(col(CustomerRow.id))
        .limit(_MOST)
    )
    return found.all()


async def invoices_numbered(session: Session, number: str) -> Sequence[InvoiceRow]:
    """Invoices of this number, dashes, spaces and case aside; bare digits also find their end."""
    folded = "".join(c for c in number.upper() if c.isalnum())
    if not folded:
        return []
    same = FOLDED_NUMBER.op("=")(folded)
    found = await session.exec(select(InvoiceRow).where(same).order_by(col(InvoiceRow.id)).limit(8))
    rows = found.all()
    if rows or not folded.isdecimal() or len(folded) < 3:
        return rows
    ends = FOLDED_NUMBER.op("~")(f"^[A-Z]+0*{folded}$")
    found = await session.exec(select(InvoiceRow).where(ends).order_by(col(InvoiceRow.id)).limit(8))
    return found.all()
