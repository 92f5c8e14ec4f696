"""A receipt's lists as they stand in its row, and the row as the canonical receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.ledger.money import Money
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
    RemittanceRow,
)
from store.receivables import PaymentRow

_AMOUNTS = ("paid", "gross", "discount", "deduction")


def accounts_out(accounts: Iterable[PayerAccount]) -> list[dict[str, str]]:
    """Accounts of a payer for `PaymentRow.payer_accounts`."""
    return [{"scheme": str(a.scheme), "value": a.value} for a in accounts]


def references_out(references: Iterable[Reference]) -> list[dict[str, str]]:
    """References for `PaymentRow.references_told`."""
    return [{"kind": str(r.kind), "text": r.text} for r in references]


def remittance_out(rows: Iterable[RemittanceRow]) -> list[dict[str, object]]:
    """Remittance lines for `PaymentRow.remittance`."""
    return [
        {
            "reference": row.reference,
            "reason_code": row.reason_code,
            "source": row.source,
            **{name: _amount_out(getattr(row, name)) for name in _AMOUNTS},
        }
        for row in rows
    ]


def accounts_in(row: PaymentRow) -> tuple[PayerAccount, ...]:
    """The payer's accounts that came with a receipt."""
    found = [PayerAccount(AccountScheme(a["scheme"]), a["value"]) for a in row.payer_accounts]
    if row.source == "stripe" and row.payer_account.startswith("cus_"):
        found.append(PayerAccount(AccountScheme.STRIPE_CUSTOMER, row.payer_account))
    return tuple(dict.fromkeys(found))


def references_in(row: PaymentRow) -> tuple[Reference, ...]:
    """The references that came with a receipt; a text of its own where it has no others."""
    if row.references_told:
        return tuple(Reference(ReferenceKind(r["kind"]), r["text"]) for r in row.references_told)
    return (Reference(ReferenceKind.REMITTANCE, row.reference),) if row.reference else ()


def remittance_in(rows: Iterable[Mapping[str, Any]]) -> tuple[RemittanceRow, ...]:
    """Remittance lines as `remittance_out` wrote them."""
    return tuple(
        RemittanceRow(
            reference=row["reference"],
            reason_code=row["reason_code"],
            source=row["source"],
            **{name: _amount_in(row[name]) for name in _AMOUNTS},
        )
        for row in rows
    )


def receipt_value(row: PaymentRow, advised: tuple[RemittanceRow, ...] = ()) -> Receipt:
    """What is left of a receipt to match. `advised` are lines of advices linked to it.

    The customer counts only where a source or a person named it, not where matching put it.
    """
    named = row.named_by != ""
    return Receipt(
        id=row.id,
        amount=Money(row.unapplied_minor, row.currency),
        received_on=row.received_on,
        channel=Channel(row.channel or Channel.UNKNOWN),
        payer_name=row.payer_name,
        accounts=accounts_in(row),
        customer_id=row.customer_id if named else None,
        named_by=row.named_by,
        references=references_in(row),
        remittance=(*remittance_in(row.remittance), *advised),
        invoice_ids=tuple(row.invoice_ids),
        instructed=_money(row.instructed_minor, row.instructed_currency),
        fee=_money(row.fee_minor, row.currency),
        type_code=row.type_code,
        subsidiary_id=row.subsidiary_id,
        source=row.source,
        source_id=row.source_id,
    )


def arrived_money(row: PaymentRow) -> Money:
    """What reached the bank, in whatever currency it is booked."""
    if row.received_minor is None or row.received_currency is None:
        return Money(row.amount_minor, row.currency)
    return Money(row.received_minor, row.received_currency)


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def _amount_out(amount: Money | None) -> dict[str, object] | None:
    return None if amount is None else {"minor": amount.minor, "currency": amount.currency}


def _amount_in(raw: Mapping[str, Any] | None) -> Money | None:
    return None if raw is None else Money(raw["minor"], raw["currency"])
