"""What every part of the adapter shares: client, queries, clock, currencies, and what is there."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from domain.ledger.errors import LedgerError
from erp.netsuite import queries
from erp.netsuite.client import NetSuiteClient, QueryRefused
from erp.netsuite.errors import Kind
from erp.netsuite.suiteql import MOST_IN, Row, Select, SuiteQl
from erp.netsuite.zone import AccountClock
from erp.port import ErpRefused

T = TypeVar("T")
RECORDS = "/services/rest/record/v1"


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows are read with: currencies by id, invoice statuses by letter, the wall clock."""

    currencies: Mapping[str, str]
    statuses: Mapping[str, str]
    utc: Callable[[str], datetime]

    def currency(self, row: Row) -> str:
        """The row's currency; that of the account where it has only one."""
        key = row.get("currency", "")
        if key not in self.currencies:
            raise ValueError(f"the role does not see currency {key}")
        return self.currencies[key]

    def modified(self, row: Row) -> datetime | None:
        """When the row changed last."""
        return self.utc(row["lmd"]) if "lmd" in row else None


class Connection:
    """One NetSuite account and what was learnt about it."""

    def __init__(self, client: NetSuiteClient) -> None:
        self.client = client
        self.query = SuiteQl(client)
        self._clock = AccountClock(client, self.query)
        self._currencies: dict[str, str] = {}
        self.line_fields: dict[str, frozenset[str]] = {}

    async def close(self) -> None:
        """Release the connections."""
        await self.client.close()

    async def now(self) -> datetime:
        return await self._clock.now()

    async def offset(self) -> timedelta:
        """What the account's wall clock is ahead of UTC."""
        return await self._clock.offset()

    async def measured_offset(self) -> timedelta:
        """The same as measured, whatever zone is configured."""
        return await self._clock.measured()

    async def currencies(self) -> dict[str, str]:
        """ISO code by currency id; the key "" is the currency of an account without the feature."""
        if not self._currencies:
            base = self.client.config.base_currency
            found = await self.unless_absent(queries.CURRENCIES)
            pairs = values("currency", found, lambda row: (row["id"], row["symbol"]))
            self._currencies = {"": base, **dict(pairs)}
        return self._currencies

    async def unless_absent(self, select: Select) -> Sequence[Row]:
        """Every row of a query; none where the account has no such table."""
        try:
            return await self.query.all(select)
        except QueryRefused as refused:
            if refused.problem.kind is Kind.UNKNOWN_FIELD:
                return ()
            raise

    async def known(self, rows: Sequence[Row]) -> dict[str, str]:
        """Currencies, read again when a row names one that was added since."""
        known = await self.currencies()
        if any(row.get("currency", "") not in known for row in rows):
            self._currencies = {}
            known = await self.currencies()
        return known

    async def reading(self, rows: Sequence[Row]) -> Reading:
        """What rows are read with."""
        known, offset = await self.known(rows), await self._clock.offset()
        statuses = dict(self.client.config.conventions.invoice_statuses)
        return Reading(known, statuses, lambda text: self._clock.instant(text, offset))

    async def has(self, table: str, column: str = "") -> bool:
        """Whether the account and the role show a table, or a column of it. Asked once."""
        return await self.query.has(table, column)

    async def window(
        self, select: Select, alias: str, since: datetime | None, until: datetime
    ) -> Select:
        """Only what changed between two instants."""
        if since is None:
            return select
        low, high = await self._clock.window(since, until)
        return queries.changed(select, alias, low, high)

    async def chunked(
        self, select: Select, column: str, netsuite_ids: Sequence[str]
    ) -> AsyncGenerator[list[Row]]:
        """The rows of a query whose column is one of any number of ids."""
        for ids in chunks(netsuite_ids):
            yield await self.query.all(queries.among(select, column, ids))


def values(what: str, rows: Sequence[Row], read: Callable[[Row], T]) -> list[T]:
    """Rows as values. Raises ErpRefused naming the one that makes no sense."""
    found: list[T] = []
    for row in rows:
        try:
            found.append(read(row))
        except (KeyError, ValueError, LedgerError) as error:
            told = f"{what} {row.get('id', '')} cannot be read: {type(error).__name__} {error}"
            raise ErpRefused(told[:300]) from error
    return found


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Distinct ids in lists that IN takes."""
    unique = sorted({plain_id(netsuite_id) for netsuite_id in ids}, key=int)
    for start in range(0, len(unique), MOST_IN):
        yield unique[start : start + MOST_IN]


def plain_id(netsuite_id: str) -> str:
    """The id itself. Raises ValueError for anything but an internal id."""
    if not (netsuite_id.isascii() and netsuite_id.isdecimal()):
        raise ValueError(f"not an internal id: {netsuite_id!r}")
    return netsuite_id
