"""Documents for the drift tests, written as short texts."""

from __future__ import annotations

from datetime import date

from domain.ledger.drift import DocumentState
from domain.ledger.money import Money


def document(text: str, *applied: str) -> DocumentState:
    """`document("invoice 501 100.00 USD 40.00 open")`, `document("payment 7 ...", "501 60.00")`.

    Kind, ERP id, total, currency, open balance, status; then what it is applied to.
    """
    kind, key, total, currency, left, status = text.split()
    return DocumentState(
        kind=kind,
        netsuite_id=key,
        number=f"N-{key}",
        customer_netsuite_id="100",
        total=Money.parse(total, currency),
        open=Money.parse(left, currency),
        status=status,
        on=date(2026, 3, 2),
        due_on=date(2026, 4, 1) if kind == "invoice" else None,
        exchange_rate="1",
        period_netsuite_id="303",
        applications=tuple(
            (other, Money.parse(amount, currency)) for other, amount in map(str.split, applied)
        ),
    )
