"""A ledger of short texts put into the store: rows and their sums, as a close leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import text

from domain.revenue.events import Billed, Obligation
from domain.revenue.ledger import NOTHING, Amounts, RevenueLedger, add_to, targets_of
from domain.revenue.periods import Monthly, Period
from domain.revenue.posting import replay
from store.engine import Database, Session
from store.erp_masters import GlAccountRow
from store.parties import CustomerRow, SubsidiaryRow
from store.revenue import (
    RevenueCellRow,
    RevenueDocumentRow,
    RevenueObligationRow,
    RevenuePaperRow,
    RevenuePeriodRow,
    RevenuePostingRow,
)
from tests.domain.revenue.books import event, months

WORKED = f"""
bill INV-1 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31 of Elm
bill INV-3 2026-01-01 900.00 even_periods 2026-01-01 2026-09-30 of Yew
{months(1, 2)}
bill INV-2 2026-03-05 600.00 even_periods 2026-02-01 2026-07-31 of Oak
{months(3, 3)}
credit CM-1 of INV-1 2026-04-10 240.00 contra
write-off WO-3 of INV-3 2026-04-20 800.00
{months(4, 4)}
refund RF-1 of CM-1 2026-05-04 50.00
"""
WORKED_THROUGH_JUNE = WORKED + months(5, 6)
NOW = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
_TOTALS = """
INSERT INTO revenue_total (subsidiary_id, measure, period_starts_on, customer_id, revenue_type,
  revenue_account, deferred_account, contra_account, currency, base_currency, role, kind,
  amount_minor, base_minor, left_minor, left_base_minor)
SELECT o.subsidiary_id, {measure}, {day}, o.customer_id, o.revenue_type, o.revenue_account,
  o.deferred_account, o.contra_account, o.currency, o.base_currency, {role}, {kind},
  SUM(x.amount_minor), SUM(x.base_minor), {left}
FROM {table} x JOIN revenue_obligation o ON o.id = x.obligation_id {more}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""
_IN_PERIOD = {"day": "r.starts_on", "more": "JOIN revenue_period r ON r.id = x.period_id",
              "left": "0, 0"}  # fmt: skip
_LEFT = "SUM(x.amount_minor - x.posted_minor), SUM(x.base_minor - x.posted_base_minor)"
_SUMS = (
    {"table": "revenue_cell", "day": "x.service_starts_on", "role": "x.role", "kind": "''",
     "left": _LEFT, "measure": "'planned'", "more": ""},
    {**_IN_PERIOD, "table": "revenue_posting", "measure": "'posted'",
     "role": "x.role", "kind": "x.kind"},
    {**_IN_PERIOD, "table": "revenue_document", "measure": "'document'",
     "role": "CASE WHEN x.billing THEN 'billing' ELSE 'adjustment' END", "kind": "''"},
)  # fmt: skip


async def put(db: Database, words: str) -> RevenueLedger:
    """Replay a text and store what it leads to, of one subsidiary that books in USD."""
    events = [event(row.strip()) for row in words.strip().splitlines() if row.strip()]
    ledger = replay(events, Monthly())
    async with db.begin() as session:
        await put_ledger(session, ledger, {e.record_id: e.on for e in events if
                                           isinstance(e, Billed)})  # fmt: skip
    return ledger


async def put_ledger(session: Session, ledger: RevenueLedger, billed: dict[str, date]) -> None:
    here = SubsidiaryRow(netsuite_id="1", name="Main", currency="USD")
    session.add(here)
    for number, name, kind in (("4000", "Subscriptions", "Income"), ("4090", "Credits", "Income"),
                               ("2400", "Deferred revenue", "DeferRevenue")):  # fmt: skip
        session.add(GlAccountRow(netsuite_id=number, number=number, name=name, type=kind))
    await session.flush()
    periods = await _periods(session, ledger, here.id)
    lines = await _obligations(session, ledger, here.id, billed)
    posted: dict[str, Amounts] = {}
    for row in ledger.postings:
        slot = (row.service_period, row.role)
        add_to(posted.setdefault(row.record_id, {}), slot, row.amount.minor, row.base.minor)
    for layer in ledger.layers:
        targets, done = targets_of(layer), posted.get(layer.record_id, {})
        for period, role in targets.keys() | done.keys():
            amounts = targets.get((period, role), NOTHING), done.get((period, role), NOTHING)
            session.add(
                RevenueCellRow(
                    obligation_id=lines[layer.obligation.obligation_id],
                    record_id=layer.record_id,
                    service_period=period.name,
                    service_starts_on=period.starts_on,
                    service_ends_on=period.ends_on,
                    role=role.value,
                    amount_minor=amounts[0][0],
                    base_minor=amounts[0][1],
                    posted_minor=amounts[1][0],
                    posted_base_minor=amounts[1][1],
                )
            )
    _add_postings(session, ledger, lines, periods)
    await session.flush()
    for words in _SUMS:
        await (await session.connection()).execute(text(_TOTALS.format(**words)))


async def _periods(session: Session, ledger: RevenueLedger, here: int) -> dict[Period, int]:
    known = {row.posting_period for row in ledger.postings}
    known |= {row.posting_period for row in ledger.documents}
    rows = {
        period: RevenuePeriodRow(
            subsidiary_id=here,
            name=period.name,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            state="closed",
            mode="journal",
            run=1,
        )
        for period in sorted(known)
    }
    session.add_all(rows.values())
    await session.flush()
    return {period: row.id for period, row in rows.items()}


async def _obligations(
    session: Session, ledger: RevenueLedger, here: int, billed: dict[str, date]
) -> dict[str, int]:
    customers: dict[str, int] = {}
    found: dict[str, int] = {}
    for layer in ledger.layers:
        made = layer.obligation
        if made.obligation_id in found:
            continue
        if made.customer not in customers:
            row = CustomerRow(netsuite_id=made.customer, name=made.customer, currency="USD")
            session.add(row)
            await session.flush()
            customers[made.customer] = row.id
        line = _line(made, ledger, billed[made.obligation_id])
        line.customer_id, line.subsidiary_id = customers[made.customer], here
        session.add(line)
        await session.flush()
        found[made.obligation_id] = line.id
    return found


def _line(made: Obligation, ledger: RevenueLedger, on: date) -> RevenueObligationRow:
    layers = [one for one in ledger.layers if one.obligation.obligation_id == made.obligation_id]
    rate = made.rate
    return RevenueObligationRow(
        key=made.obligation_id,
        contract=made.contract_id,
        customer_name=made.customer,
        currency=made.amount.currency,
        base_currency=made.base,
        rate=f"{rate.numerator}/{rate.denominator}",
        revenue_type=made.revenue_type,
        revenue_account=made.revenue_account,
        deferred_account=made.deferred_account,
        contra_account=made.contra_account,
        invoice_number=made.obligation_id,
        item_name="Seats",
        billed_on=on,
        method=made.terms.method.value,
        starts_on=made.terms.starts_on,
        ends_on=made.terms.ends_on,
        amount_minor=made.amount.minor,
        planned_minor=sum(cell.amount for layer in layers for cell in layer.cells),
        unplanned_minor=sum(layer.unplanned for layer in layers),
        status="held" if any(layer.unplanned for layer in layers) else "active",
        hold_code="no_dates" if any(layer.unplanned for layer in layers) else "",
        hold_reason="it has no service dates" if any(layer.unplanned for layer in layers) else "",
    )


def _add_postings(
    session: Session, ledger: RevenueLedger, lines: dict[str, int], periods: dict[Period, int]
) -> None:
    for row in ledger.postings:
        made = row.obligation
        session.add(
            RevenuePostingRow(
                obligation_id=lines[made.obligation_id],
                record_id=row.record_id,
                service_period=row.service_period.name,
                service_starts_on=row.service_period.starts_on,
                period_id=periods[row.posting_period],
                kind=row.kind.value,
                role=row.role.value,
                currency=row.amount.currency,
                base_currency=row.base.currency,
                revenue_account=made.revenue_account,
                deferred_account=made.deferred_account,
                contra_account=made.contra_account,
                revenue_type=made.revenue_type,
                amount_minor=row.amount.minor,
                base_minor=row.base.minor,
                because=row.because,
            )
        )
    for paper in ledger.documents:
        session.add(
            RevenueDocumentRow(
                obligation_id=lines[paper.obligation.obligation_id],
                record_id=paper.record_id,
                period_id=periods[paper.posting_period],
                billing=paper.billing,
                currency=paper.amount.currency,
                base_currency=paper.base.currency,
                deferred_account=paper.obligation.deferred_account,
                amount_minor=paper.amount.minor,
                base_minor=paper.base.minor,
                claim_minor=paper.claim.minor,
                bad_debt_minor=paper.bad_debt.minor,
            )
        )
    for one in ledger.papers:
        (deferred, base, claim, bad), done = one.target, one.posted
        session.add(
            RevenuePaperRow(
                obligation_id=lines[one.obligation.obligation_id],
                record_id=one.record_id,
                effective_on=one.on,
                billing=one.billing,
                amount_minor=deferred,
                base_minor=base,
                claim_minor=claim,
                bad_debt_minor=bad,
                posted_minor=done[0],
                posted_base_minor=done[1],
                posted_claim_minor=done[2],
                posted_bad_debt_minor=done[3],
            )
        )
