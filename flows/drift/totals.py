"""The ERP's own totals held against the documents: customers' balances and the ledger's control."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from math import isqrt

from domain.ledger.drift import DriftKind, control_gap
from domain.ledger.drift_urgency import books_close_on
from domain.ledger.money import Money
from erp.port import ErpBalance, ErpControlTotal
from flows.drift.findings import Desk, close
from store import drift, drift_around, drift_checks, reconciliation
from store.drift import CLOSED, DriftFindingRow
from store.engine import Session


async def check_subsidiaries(
    session: Session, desk: Desk, totals: Sequence[ErpControlTotal], lively: AbstractSet[str]
) -> None:
    """The ledger's receivables of each subsidiary against the sum of its documents.

    A subsidiary whose documents moved during the pass is left to the next one.
    """
    known = await drift_around.subsidiaries(session)
    base = next((t.balance.currency for t in totals if not t.subsidiary_netsuite_id), "")
    sums = {one.subsidiary: one for one in await reconciliation.base_sums(session, base)}
    currencies = await drift_checks.currencies(session, base)
    missing = await drift_checks.distorted(session, currencies, base)
    for one in totals:
        key, found = one.subsidiary_netsuite_id, sums.get(one.subsidiary_netsuite_id)
        if key in lively or (key and key not in known):
            continue
        minor = (found.minor if found else 0) + missing.get(key, 0)
        ours = Money(minor, one.balance.currency)
        row = _row(desk, DriftKind.CONTROL_TOTAL_GAP, drift.SUBSIDIARY, ours, one.balance)
        row.key, row.netsuite_id = f"{DriftKind.CONTROL_TOTAL_GAP}:{key}", key
        if key in known:
            row.number, row.subsidiary_id = known[key].name, known[key].id
        tolerance = rounding(found.converted if found else 0)
        await _hold(session, desk, row, control_gap(ours, one.balance, tolerance))


def rounding(converted: int) -> int:
    """Minor units that so many conversions, each off by up to a half, may add up to.

    Six standard deviations of as many even errors between -1/2 and 1/2; one below two of them.
    """
    return 2 * isqrt(converted) if converted > 1 else converted


async def check_customers(
    session: Session, desk: Desk, balances: Sequence[ErpBalance], lively: AbstractSet[str]
) -> None:
    """The ERP's balance of each customer against the sum of what stands open on its account.

    Left out are customers with something open in another currency, those that moved during the
    pass, and those of whom an invoice's finding tells already.
    """
    owed = await drift_checks.owed_by_customers(session)
    told = await drift_checks.off_balance_customers(session)
    said = {one.customer_netsuite_id: one.balance for one in balances}
    standing = await drift.open_findings(
        session, kind=DriftKind.BALANCE_MISMATCH, states=(*drift.HIDDEN, drift.OPEN)
    )
    pending = {row.netsuite_id for row in standing if row.document_kind == drift.CUSTOMER}
    for key, amount in owed.items():
        theirs = said.get(key, Money.zero(amount.currency))
        if key in lively or key in told or theirs.currency != amount.currency:
            continue
        if theirs != amount or key in pending:
            await _hold_customer(session, desk, key, amount, theirs)


async def _hold_customer(
    session: Session, desk: Desk, key: str, ours: Money, theirs: Money
) -> None:
    customer = (await drift_around.owners(session, [key]))[key]
    row = _row(desk, DriftKind.BALANCE_MISMATCH, drift.CUSTOMER, ours, theirs)
    row.key = f"{DriftKind.BALANCE_MISMATCH}:{drift.CUSTOMER}:{key}"
    row.netsuite_id, row.number = key, customer.name
    row.customer_id, row.subsidiary_id = customer.customer_id, customer.subsidiary_id
    await _hold(session, desk, row, control_gap(ours, theirs, 0))


def _row(
    desk: Desk, kind: DriftKind, document_kind: str, ours: Money, theirs: Money
) -> DriftFindingRow:
    return DriftFindingRow(
        key="",
        kind=kind.value,
        document_kind=document_kind,
        netsuite_id="",
        fields=["balance"],
        ours={"balance": _amount(ours)},
        theirs={"balance": _amount(theirs)},
        first_seen_at=desk.now,
        last_seen_at=desk.now,
        period_ends_on=books_close_on(desk.periods, kind, None, desk.today),
    )


async def _hold(session: Session, desk: Desk, row: DriftFindingRow, gap: Money | None) -> None:
    """Open the finding, bring it up to date, or close it when there is no gap."""
    known = (await drift.by_keys(session, [row.key])).get(row.key)
    stands = known is not None and known.state != CLOSED
    if gap is None and known is not None and stands:
        await close(session, known, "equal again", "sync", desk.now)
    elif gap is not None and known is not None and stands:
        known.ours, known.theirs, known.last_seen_at = row.ours, row.theirs, desk.now
    elif gap is not None:
        await desk.put(session, row)


def _amount(amount: Money) -> dict[str, object]:
    return {"minor": amount.minor, "currency": amount.currency}
