"""Which customers a text names: by an invoice's number, or by their own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, literal
from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow
from store.receipts import FOLDED_NUMBER
from store.receivables import InvoiceRow

_NO_WORD = re.compile(r"[^A-Za-z0-9]")
_SHORTEST_NAME, _SHORTEST_NUMBER, _MOST = 6, 4, 10


async def customers_named(session: Session, numbers: Sequence[str]) -> frozenset[int]:
    """Customers of open invoices with these numbers; only letters and digits are compared."""
    folded = {_NO_WORD.sub("", number).upper() for number in numbers}
    wanted = sorted(word for word in folded if len(word) >= _SHORTEST_NUMBER)
    if not wanted:
        return frozenset()
    found = await session.exec(
        select(InvoiceRow.customer_id)
        .where(FOLDED_NUMBER.in_(wanted))
        .where(col(InvoiceRow.open_minor) > 0)
        .distinct()
        .limit(_MOST)
    )
    return frozenset(found.all())


async def customers_called(session: Session, text: str) -> tuple[int, ...]:
    """Customers with open invoices whose whole name stands in the text."""
    found = await session.exec(
        select(CustomerRow.id)
        .where(func.length(CustomerRow.name) >= _SHORTEST_NAME)
        .where(func.strpos(literal(text.lower()), func.lower(CustomerRow.name)) > 0)
        .where(
            select(InvoiceRow.id)
            .where(col(InvoiceRow.customer_id) == col(CustomerRow.id))
            .where(col(InvoiceRow.open_minor) > 0)
            .exists()
        )
        .order_by(col(CustomerRow.id))
        .limit(_MOST)
    )
    return tuple(found.all())


async def customer_meant(session: Session, text: str) -> int | None:
    """The one customer with this number, or else this name, in the ERP."""
    wanted = text.strip().lower()
    for column in (CustomerRow.entity_number, CustomerRow.name):
        found = await session.exec(
            select(CustomerRow.id).where(func.lower(column) == wanted).limit(2)
        )
        ids = found.all() if wanted else []
        if ids:
            return ids[0] if len(ids) == 1 else None
    return None
