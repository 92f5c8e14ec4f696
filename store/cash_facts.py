"""What a posting is made of besides the receipt: credits' ids, rates, the ERP's view of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.matching.item import ItemKind
from store.engine import Session
from store.erp_masters import rate_on
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import CreditMemoRow, PaymentRow
from store.settlements import SettlementRow


async def credit_names(
    session: Session, wanted: Sequence[tuple[ItemKind, int]]
) -> Mapping[tuple[ItemKind, int], tuple[str, str]]:
    """The ERP's id and the number of credits, by kind and our id."""
    found: dict[tuple[ItemKind, int], tuple[str, str]] = {}
    for kind, credit_id in wanted:
        row: CreditMemoRow | SettlementRow | PaymentRow | None
        if kind is ItemKind.CREDIT_MEMO:
            row = await session.get(CreditMemoRow, credit_id)
        elif kind is ItemKind.UNAPPLIED_PAYMENT:
            row = await session.get(PaymentRow, credit_id)
        else:
            row = await session.get(SettlementRow, credit_id)
        if row is None or row.netsuite_id is None:
            raise LookupError(f"{kind} {credit_id} vanished")
        found[kind, credit_id] = (row.netsuite_id, row.number)
    return found


async def rate_of(session: Session, customer: CustomerRow, currency: str, on: date) -> str:
    """What one unit of `currency` is worth in the books of the customer's company on a day.

    Empty where it is the same currency, or no rate is known: then the ERP's own rate holds.
    """
    if customer.subsidiary_id is None:
        return ""
    ours = await session.get(SubsidiaryRow, customer.subsidiary_id)
    if ours is None or ours.currency == currency:
        return ""
    return await rate_on(session, ours.currency, currency, on) or ""
