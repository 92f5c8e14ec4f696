"""The REST API: queries, descriptions, and the errors and limits that come with them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from sources.salesforce.config import Clock, SalesforceSettings
from sources.salesforce.errors import SalesforceBusy, SalesforceRefused, SalesforceUnavailable
from sources.salesforce.rest.auth import Login
from sources.salesforce.rest.wire import decode, mapping_of

Row = Mapping[str, Any]

_USAGE = re.compile(r"(?<![\w-])api-usage=([0-9]{1,12})/([0-9]{1,12})")
_NEXT = re.compile(r"/services/data/v[0-9]{1,3}\.[0-9]/query(?:All)?/[A-Za-z0-9_-]{1,120}")
_OBJECT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_TRANSIENT = ("SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "QUERY_TIMEOUT", "UNKNOWN_EXCEPTION")
_LARGEST_ANSWER = 50_000_000
_MOST_ROWS = 50_000
_LONGEST_WAIT = 3_600


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests of the whole organisation in 24 hours, of all that it may make."""

    used: int
    allowed: int


class NotFound(SalesforceRefused):
    """There is no such object or record, or this user may not see it."""


class Api:
    """One organisation's API. Each method raises an error of `errors`."""

    def __init__(self, http: httpx.AsyncClient, settings: SalesforceSettings, clock: Clock) -> None:
        self._http = http
        self._settings = settings
        self._login = Login(http, settings, clock)
        self._root = f"/services/data/v{settings.version}"
        self.largest = _LARGEST_ANSWER
        self.usage: Usage | None = None
        self.their_time: datetime | None = None

    async def describe(self, table: str) -> Row:
        """The object and its fields, as far as this user may see them."""
        if not _OBJECT.fullmatch(table):
            raise ValueError(f"{table[:90]!r} is no API name")
        return mapping_of(await self._get(f"{self._root}/sobjects/{table}/describe"))

    async def query(self, soql: str, *, deleted: bool = False) -> Sequence[Row]:
        """All rows of a query; with `deleted` also those in the recycle bin."""
        return [row async for row in self.rows(soql, deleted=deleted)]

    async def rows(self, soql: str, *, deleted: bool = False) -> AsyncIterator[Row]:
        """The rows one by one; Salesforce decides how many come with an answer."""
        path = f"{self._root}/{'queryAll' if deleted else 'query'}"
        answer, count = _page(await self._get(path, {"q": soql})), 0
        while True:
            for row in answer.rows:
                count += 1
                if count > _MOST_ROWS:
                    raise SalesforceRefused(f"a query gave more than {_MOST_ROWS} rows")
                yield row
            if not answer.next_path:
                return
            answer = _page(await self._get(answer.next_path))

    def spare(self) -> None:
        """Raises SalesforceBusy when nearly all requests of the day are used."""
        usage = self.usage
        if usage and usage.used * 100 >= usage.allowed * self._settings.usage_percent:
            words = f"{usage.used} of {usage.allowed} requests of the last 24 hours are used"
            raise SalesforceBusy(_LONGEST_WAIT, words)

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        """JSON with numbers as text; a refused token is replaced once, faults are tried again."""
        renewed, pauses = False, list(self._settings.pauses)
        while True:
            token = await self._login.token()
            try:
                return _content(await self._send(path, params, token))
            except _SessionEnded:
                self._login.refused(token)
                if renewed:
                    raise SalesforceRefused("it refuses a token it just gave", "login") from None
                renewed = True
            except _Fault as fault:
                if not pauses or fault.wait > pauses[0]:
                    raise fault.given_up() from None
                await asyncio.sleep(pauses.pop(0))

    async def _send(self, path: str, params: Mapping[str, str] | None, token: str) -> _Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        url, body = self._settings.url + path, bytearray()
        try:
            async with self._http.stream(
                "GET", url, params=params, headers=headers, follow_redirects=False
            ) as response:
                self._watch(response.headers)
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > self.largest:
                        raise SalesforceRefused("an answer is too large")
        except httpx.TransportError as error:
            raise _Fault(type(error).__name__) from None
        return _Answer(response.status_code, response.headers, bytes(body))

    def _watch(self, headers: Mapping[str, str]) -> None:
        usage = _USAGE.search(headers.get("Sforce-Limit-Info", ""))
        if usage and int(usage[2]):
            self.usage = Usage(int(usage[1]), int(usage[2]))
        try:
            self.their_time = parsedate_to_datetime(headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError):
            self.their_time = None


@dataclass(frozen=True, slots=True)
class _Page:
    rows: Sequence[Row]
    next_path: str


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _SessionEnded(Exception):
    """Salesforce no longer knows the token."""


class _Fault(Exception):
    """Something that may pass in `wait` seconds; 0: at once."""

    def __init__(self, words: str, wait: int = 0) -> None:
        super().__init__(words)
        self.wait = wait

    def given_up(self) -> SalesforceBusy | SalesforceUnavailable:
        return (
            SalesforceBusy(self.wait, str(self)) if self.wait else SalesforceUnavailable(str(self))
        )


def _page(raw: Any) -> _Page:
    try:
        answer = mapping_of(raw)
        rows = [mapping_of(row) for row in answer["records"]]
        path = "" if answer["done"] is True else answer["nextRecordsUrl"]
        if path and not rows:
            raise ValueError("no rows, and more of them")
    except (ValueError, KeyError, TypeError):
        raise SalesforceUnavailable("the answer to a query is not understood") from None
    if path and (not isinstance(path, str) or not _NEXT.fullmatch(path)):
        raise SalesforceRefused("the next rows are at no place of its own")
    return _Page(rows, path)


def _content(answer: _Answer) -> Any:
    if answer.status != 200:
        raise _problem(answer)
    try:
        return decode(answer.body)
    except ValueError:
        raise _Fault("the answer is no JSON") from None


def _problem(answer: _Answer) -> Exception:
    status, (code, words) = answer.status, _error(answer.body)
    said = f"{words} ({code or status})" if words else f"{code or status}"
    if status == 401 or code == "INVALID_SESSION_ID":
        return _SessionEnded()
    if code == "REQUEST_LIMIT_EXCEEDED" or status == 429:
        return _Fault(said, _wait(answer.headers, 900))
    if status >= 500 or code in _TRANSIENT:
        return _Fault(said, _wait(answer.headers, 0))
    if status == 404:
        return NotFound(said, code)
    return SalesforceRefused(said, code)


def _error(body: bytes) -> tuple[str, str]:
    """Code and words of the first of the errors; Salesforce answers with a list of them."""
    try:
        first = mapping_of(decode(body[:100_000])[0])
    except (ValueError, IndexError, KeyError, TypeError):
        return "", ""
    return str(first.get("errorCode", ""))[:60], " ".join(str(first.get("message", "")).split())[
        :300
    ]


def _wait(headers: Mapping[str, str], otherwise: int) -> int:
    text = headers.get("Retry-After", "")
    return min(int(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else otherwise
