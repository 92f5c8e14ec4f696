"""The journal an invoice will make in the ERP's ledger, in its currency and in base currency."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An amount on one side of one account. An empty account id: nobody knows which it will be."""

    account_netsuite_id: str
    account_name: str
    debit: Money | None
    credit: Money | None
    base_debit: Money | None = None
    base_credit: Money | None = None
