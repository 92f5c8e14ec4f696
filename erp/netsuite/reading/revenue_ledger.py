"""What revenue needs of the ledger: lines of credit memos, balances of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from erp.netsuite import queries
from erp.netsuite.connection import chunks, values
from erp.netsuite.numbers import rounded
from erp.netsuite.reading import document_rows
from erp.netsuite.reading.elements import RevenueElements
from erp.netsuite.reading.total_queries import ledger_balances
from erp.netsuite.suiteql import Row
from erp.port import ErpCreditLine, ErpLedgerBalance


class RevenueLedger(RevenueElements):
    """The part of the port that the books of revenue ask."""

    async def credit_lines_of(self, credit_netsuite_ids: Sequence[str]) -> Sequence[ErpCreditLine]:
        known = self.client.config.conventions
        select = queries.lines(known.line_starts_column, known.line_ends_column)
        select = replace(
            select,
            where="t.type = 'CustCred' AND tl.mainline = 'F'",
            optional=(*select.optional, "tl.createdfrom"),
        )
        found: list[ErpCreditLine] = []
        for ids in chunks(credit_netsuite_ids):
            async for rows in self.query.groups(queries.among(select, "tl.transaction", ids)):
                found += await self._credit_lines(rows)
        return found

    async def _credit_lines(self, rows: Sequence[Row]) -> list[ErpCreditLine]:
        reading = await self.reading(rows)
        mine = [row for row in rows if document_rows.is_line(row)]
        return values("line", mine, lambda row: document_rows.credit_line(row, reading))

    async def ledger_balances(
        self, account_netsuite_ids: Sequence[str], through: date
    ) -> Sequence[ErpLedgerBalance]:
        shape, bases = await self._shape(), await self._bases()
        found: list[ErpLedgerBalance] = []
        for ids in chunks(account_netsuite_ids):
            book = (shape.book,) if shape.book else ()
            params = (through.isoformat(), *ids, *book)
            rows = await self.query.rows(ledger_balances(shape, len(ids)), params)

            def balance(row: Row) -> ErpLedgerBalance:
                subsidiary = row.get("subsidiary", "")
                amount = rounded(row.get("balance", "0"), bases.get(subsidiary, bases[""]))
                return ErpLedgerBalance(subsidiary, row["account"], amount)

            found += values("balance", rows, balance)
        return found
