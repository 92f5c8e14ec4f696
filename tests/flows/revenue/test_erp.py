"""What the books of revenue ask of NetSuite: credit lines, balances, and who posts revenue."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from flows.revenue.credit_lines import mirror_credit_lines
from flows.sync.passes import first_import
from store.credit_lines import CreditMemoLineRow
from store.engine import Database
from tests.erp.account import START, connected, small_company


async def test_lines_of_credit_memos_are_mirrored_once_for_each_state(db: Database) -> None:
    async with connected(small_company(4, 24)) as netsuite:
        await first_import(db, netsuite.erp, START)
        count = await mirror_credit_lines(db, netsuite.erp, START)
        assert await mirror_credit_lines(db, netsuite.erp, START) == 0
        async with db.read() as session:
            lines = (await session.exec(select(CreditMemoLineRow))).all()
        assert count == len(lines) > 0
        assert all(line.amount_minor > 0 for line in lines)
        owed = [a.netsuite_id for a in await netsuite.erp.accounts() if a.type == "AcctRec"]
        balances = await netsuite.erp.ledger_balances(owed, date(2027, 12, 31))
        control = await netsuite.erp.control_totals()
        assert {(b.subsidiary_netsuite_id, b.balance) for b in balances} == {
            (c.subsidiary_netsuite_id, c.balance) for c in control
        }
        assert await netsuite.erp.ledger_balances(owed, date(2020, 1, 1)) == []
        assert await netsuite.erp.posts_revenue() is False
