"""Customers, contacts, and the lists that documents refer to."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import date, datetime

from erp.netsuite import queries
from erp.netsuite.connection import Connection, values
from erp.netsuite.reading import list_queries, list_rows
from erp.netsuite.suiteql import Row, Select
from erp.port import (
    ErpAccount,
    ErpClassification,
    ErpContact,
    ErpCustomer,
    ErpItem,
    ErpPeriod,
    ErpRate,
    ErpSubsidiary,
    ErpTerm,
)


class Parties(Connection):
    """The part of the port about parties and lists."""

    async def subsidiaries(self) -> Sequence[ErpSubsidiary]:
        known = await self.currencies()
        found = await self.unless_absent(list_queries.SUBSIDIARIES)
        return values("subsidiary", found, lambda row: list_rows.subsidiary(row, known))

    async def periods(self) -> Sequence[ErpPeriod]:
        return values("period", await self.query.all(list_queries.PERIODS), list_rows.period)

    async def customers(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpCustomer]]:
        select = await self.window(self._customer_query(), "c", since, until)
        async for page in self.query.pages(select, after_id):
            yield await self.customers_of(page)

    async def customers_by_id(self, netsuite_ids: Sequence[str]) -> Sequence[ErpCustomer]:
        found: list[ErpCustomer] = []
        async for rows in self.chunked(self._customer_query(), "c.id", netsuite_ids):
            found += await self.customers_of(rows)
        return found

    async def contacts(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpContact]]:
        fields = self.client.config.fields
        select = await self.window(queries.contacts(fields), "c", since, until)
        async for page in self.query.pages(select, after_id):
            yield values("contact", page, lambda row: list_rows.contact(row, fields))

    async def terms(self) -> Sequence[ErpTerm]:
        return values("term", await self.unless_absent(list_queries.TERMS), list_rows.term)

    async def items(self) -> Sequence[ErpItem]:
        deferral = self.client.config.conventions.deferral_column
        found = await self.query.all(list_queries.items(deferral))
        return values("item", found, lambda row: list_rows.item(row, deferral))

    async def accounts(self) -> Sequence[ErpAccount]:
        known = await self.currencies()
        found = await self.query.all(list_queries.ACCOUNTS)
        return values("account", found, lambda row: list_rows.account(row, known))

    async def classifications(self) -> Sequence[ErpClassification]:
        return [
            list_rows.classification(row, kind)
            for kind, select in list_queries.CLASSIFICATIONS.items()
            for row in await self.unless_absent(select)
        ]

    async def rates(self, since: date) -> Sequence[ErpRate]:
        select = replace(list_queries.RATES, params=(since.isoformat(),))
        found = await self.unless_absent(select)
        known = await self.currencies()
        mine = [row for row in found if _both_known(row, known)]
        return values("rate", mine, lambda row: list_rows.rate(row, known))

    async def customers_of(self, rows: Sequence[Row]) -> list[ErpCustomer]:
        """Rows of `customer` as values."""
        reading, fields = await self.reading(rows), self.client.config.fields
        return values("customer", rows, lambda row: list_rows.customer(row, reading, fields))

    def _customer_query(self) -> Select:
        return queries.customers(self.client.config.fields)


def _both_known(row: Row, known: dict[str, str]) -> bool:
    return row.get("basecurrency") in known and row.get("transactioncurrency") in known
