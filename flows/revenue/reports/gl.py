"""Reading the general ledger's balances of revenue accounts for a period, by a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from erp.port import ErpLedgerBalance
from store import revenue_gl, revenue_names
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.revenue_gl import RevenueGlRow

READ = "revenue.gl.read"
Span = tuple[date, date]


class Ledgers(Protocol):
    """The part of an ERP that tells balances. Failed reads raise ErpUnavailable or ErpRefused."""

    async def ledger_balances(
        self, account_netsuite_ids: Sequence[str], through: date
    ) -> Sequence[ErpLedgerBalance]: ...


async def wanted(session: Session, span: Span) -> bool:
    """Ask for a reading of a period; False when one waits already."""
    days = {"first": span[0].isoformat(), "last": span[1].isoformat()}
    once = f"{READ}:{days['first']}:{days['last']}"
    return await enqueue(session, Job(READ, days, lane="sync", once=once))


async def read(db: Database, erp: Ledgers, span: Span, now: datetime) -> int:
    """Ask the ERP for both ends of a period and keep it; how many balances there are.

    An account that the ERP says nothing of stands at zero. Raises ErpUnavailable or ErpRefused.
    """
    async with db.read() as session:
        accounts = await revenue_gl.accounts(session)
        sellers = await revenue_names.sellers(session)
    if not accounts:
        return 0
    after = await erp.ledger_balances(accounts, span[1])
    before = await erp.ledger_balances(accounts, span[0] - timedelta(days=1))
    only = sellers[0].netsuite_id if len(sellers) == 1 else ""
    ends = [
        {
            (one.subsidiary_netsuite_id or only, one.account_netsuite_id): one.balance.minor
            for one in found
        }
        for found in (after, before)
    ]
    rows = [
        RevenueGlRow(
            subsidiary_id=seller.id,
            account=account,
            first_on=span[0],
            last_on=span[1],
            currency=seller.currency,
            balance_minor=ends[0].get((seller.netsuite_id, account), 0),
            before_minor=ends[1].get((seller.netsuite_id, account), 0),
            read_at=now,
        )
        for seller in sellers
        for account in accounts
    ]
    async with db.begin() as session:
        await revenue_gl.keep(session, rows)
    return len(rows)
