"""Between UTC and the clock on the wall of a NetSuite account's database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from erp.netsuite import queries
from erp.netsuite.client import NetSuiteClient, QueryRefused
from erp.netsuite.numbers import wall_time
from erp.netsuite.suiteql import MalformedAnswer, SuiteQl
from erp.port import ErpRefused

_HOUR = timedelta(hours=1)
_QUARTER = timedelta(minutes=15)
_TRUSTED_FOR = timedelta(hours=24)


class AccountClock:
    """What time it is in the account, and how its `lastmodifieddate` relates to UTC.

    The zone of SuiteQL's datetimes is not documented and may differ from that of SYSDATE, so both
    are measured: SYSDATE against our clock, the column against a record's UTC `lastModifiedDate`.
    A zone that is configured is believed for the column.
    """

    def __init__(self, client: NetSuiteClient, query: SuiteQl) -> None:
        self._client = client
        self._query = query
        self._offset: timedelta | None = None
        self._shift = timedelta(0)
        self._measured_at: datetime | None = None
        name = client.config.conventions.time_zone
        self._zone = ZoneInfo(name) if name else None

    async def now(self) -> datetime:
        """The account's clock in UTC."""
        wall = await self._sysdate()
        self._offset = nearest_quarter(wall - self._client.clock())
        await self._measure_column(self._offset)
        return wall - self._offset

    async def _sysdate(self) -> datetime:
        found = await self._query.rows(queries.NOW)
        if not found:
            raise ErpRefused("the account shows no accounting period")
        try:
            return wall_time(found[0]["wall"])
        except (KeyError, ValueError):
            raise MalformedAnswer("the account does not tell its time") from None

    async def offset(self) -> timedelta:
        """What the wall clock of `lastmodifieddate` is ahead of UTC now."""
        if self._zone is not None:
            here = self._client.clock().astimezone(self._zone).utcoffset()
            return here or timedelta(0)
        return await self.measured()

    async def measured(self) -> timedelta:
        """The same by measurement alone."""
        if self._offset is None:
            await self.now()
        return (self._offset or timedelta(0)) + self._shift

    async def utc(self, text: str) -> datetime:
        """The instant of a wall-clock text."""
        return self.instant(text, await self.offset())

    def instant(self, text: str, offset: timedelta) -> datetime:
        """The instant of a wall-clock text; without a zone by the offset of today."""
        wall = wall_time(text)
        if self._zone is None:
            return wall - offset
        return wall.replace(tzinfo=self._zone).astimezone(UTC)

    async def window(self, since: datetime, until: datetime) -> tuple[str, str]:
        """Wall-clock bounds that surely hold everything changed from `since` to `until`.

        A wall clock jumps by an hour when summer time begins or ends, so an instant before the
        jump may carry a time an hour off: both bounds give way by that hour.
        """
        offset = await self.offset()
        return _wall(since + offset - _HOUR), _wall(until + offset + _HOUR)

    async def _measure_column(self, sysdate_offset: timedelta) -> None:
        now = self._client.clock()
        if self._measured_at is not None and now - self._measured_at < _TRUSTED_FOR:
            return
        found = await self._query.rows(queries.LATEST_INVOICE)
        if not found or "lmd" not in found[0]:
            return
        path = f"/services/rest/record/v1/invoice/{found[0]['id']}"
        try:
            record = await self._client.get(path, {"fields": "lastModifiedDate"})
            utc = datetime.fromisoformat(str(record["lastModifiedDate"]))
            wall = wall_time(found[0]["lmd"])
        except (QueryRefused, KeyError, TypeError, ValueError):
            return
        gap = nearest_quarter(wall - utc.astimezone(UTC)) - sysdate_offset
        self._shift = gap if abs(gap) > _HOUR else timedelta(0)
        self._measured_at = now


def nearest_quarter(span: timedelta) -> timedelta:
    """The multiple of 15 minutes nearest to a span: every zone's offset is one."""
    return round(span / _QUARTER) * _QUARTER


def _wall(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")
