"""HTTP to NetSuite: authorized, bounded, retried only where a repeat is harmless."""

from __future__ import annotations

import asyncio
import random
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx

from erp.netsuite.auth import Clock, Method, authorizer
from erp.netsuite.config import NetSuiteConfig
from erp.netsuite.errors import Kind, Problem, problem_of
from erp.netsuite.wire import decode, encode
from erp.port import ErpRefused, ErpUnavailable

Sleep = Callable[[float], Awaitable[None]]

ATTEMPTS = 5
MAX_BODY = 64 * 1024 * 1024
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 20.0
_MOST_ASKED = 60
_FORMS = {"POST": "create-form", "PATCH": "edit-form"}
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return self.status in (200, 201, 202, 204)

    @property
    def asked_pause(self) -> int:
        """The seconds of a Retry-After header, at most a minute; NetSuite documents none."""
        given = self.headers.get("retry-after", "")
        return min(int(given), _MOST_ASKED) if re.fullmatch(r"[0-9]{1,6}", given) else 0


@dataclass(frozen=True, slots=True)
class Written:
    """The ERP carried the write out; `netsuite_id` is the new record's."""

    netsuite_id: str


@dataclass(frozen=True, slots=True)
class Denied:
    """The ERP refused the write: it certainly did not happen."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Unsent:
    """The write never reached the ERP's records: it may be tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Nobody can tell yet whether the write happened."""

    reason: str


class AnswerTooLarge(httpx.HTTPError):
    """NetSuite's answer is larger than any we ask for."""


class QueryRefused(ErpRefused):
    """NetSuite refused a read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class ServerFailing(ErpUnavailable):
    """NetSuite answered every attempt of a read with a failure of its own."""


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to trust. Reading the authorities takes 30 ms, so they are read once."""
    return httpx.create_ssl_context(trust_env=False)


class NetSuiteClient:
    """One account over HTTP. Share one instance: it holds the token and the concurrency cap."""

    def __init__(
        self,
        config: NetSuiteConfig,
        clock: Clock,
        rng: random.Random,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.config = config
        self.clock = clock
        self.requests = 0
        self._rng = rng
        self._sleep = sleep
        self._gate = asyncio.Semaphore(config.max_concurrency)
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(config.read_timeout, connect=10),
            limits=httpx.Limits(max_connections=config.max_concurrency + 1),
            follow_redirects=False,
            trust_env=False,
            verify=_authorities(),
        )
        self._authorizer = authorizer(config, self._http, clock)

    async def close(self) -> None:
        """Release the connections."""
        await self._http.aclose()

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Read JSON. Raises QueryRefused or ErpUnavailable."""
        return await self._read("GET", path, query or {}, None, {})

    async def describe(self, path: str) -> Any:
        """A description of record types as OpenAPI. Raises QueryRefused or ErpUnavailable."""
        return await self._read("GET", path, {}, None, {"Accept": "application/swagger+json"})

    async def ask(self, path: str, query: Mapping[str, str], body: Mapping[str, object]) -> Any:
        """Read JSON by POST (a SuiteQL query, which changes nothing)."""
        return await self._read("POST", path, query, encode(body), {"Prefer": "transient"})

    async def create(
        self, path: str, body: Mapping[str, object], query: Mapping[str, str] | None = None
    ) -> Written | Denied | Unsent | Lost:
        """Create a record, sent again only when the first request certainly changed nothing."""
        return await self._write("POST", path, query or {}, body)

    async def change(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object]
    ) -> Written | Denied | Unsent | Lost:
        """Change the named fields of a record; sent again as `create` is."""
        return await self._write("PATCH", path, query, body)

    async def rehearse(self, method: Method, path: str) -> Problem | None:
        """What a write is refused with; the body is empty, so nothing can come of it.

        Asks for a form, which newer accounts answer without writing. None when it is not refused.
        Raises ErpUnavailable.
        """
        headers = {"Accept": f"application/vnd.oracle.resource+json; type={_FORMS[method]}"}
        try:
            answer = await self._send(method, path, {}, "{}", headers, self.config.read_timeout)
        except httpx.HTTPError as error:
            raise ErpUnavailable(f"no answer ({type(error).__name__})") from None
        return None if answer.ok else problem_of(answer.status, answer.body)

    async def _write(
        self, method: Method, path: str, query: Mapping[str, str], body: Mapping[str, object]
    ) -> Written | Denied | Unsent | Lost:
        content = encode(body)
        reason, limit = "", self.config.write_timeout
        for attempt in range(ATTEMPTS):
            asked = 0.0
            try:
                answer = await self._send(method, path, query, content, {}, limit)
            except _NEVER_SENT as error:
                reason = f"no connection ({type(error).__name__})"
            except (ErpUnavailable, ErpRefused) as error:
                return Unsent(str(error))
            except httpx.HTTPError as error:
                return Lost(f"no answer ({type(error).__name__})")
            else:
                if answer.status != 429:
                    return _written(answer, path if method == "PATCH" else "")
                reason = str(problem_of(answer.status, answer.body))
                asked = answer.asked_pause
            await self._pause(attempt, asked)
        return Unsent(reason)

    async def _read(
        self,
        method: Method,
        path: str,
        query: Mapping[str, str],
        content: str | None,
        headers: Mapping[str, str],
    ) -> Any:
        reason, status, asked = "", 0, 0.0
        for attempt in range(ATTEMPTS):
            try:
                answer = await self._send(
                    method, path, query, content, headers, self.config.read_timeout
                )
            except httpx.HTTPError as error:
                reason, status, asked = f"no answer ({type(error).__name__})", 0, 0.0
            else:
                if answer.ok:
                    return _json(answer)
                problem = problem_of(answer.status, answer.body)
                if problem.kind not in (Kind.BUSY, Kind.SERVER):
                    raise QueryRefused(problem)
                reason, status, asked = str(problem), problem.status, answer.asked_pause
            if attempt + 1 < ATTEMPTS:
                await self._pause(attempt, asked)
        kind = ServerFailing if status == 500 else ErpUnavailable
        raise kind(f"NetSuite: {reason}")

    async def _pause(self, attempt: int, asked: float = 0) -> None:
        """A growing pause with some chance in it, at least the `asked` seconds."""
        longest = min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE)
        await self._sleep(max(longest * (0.5 + self._rng.random() / 2), asked))

    async def _send(
        self,
        method: Method,
        path: str,
        query: Mapping[str, str],
        content: str | None,
        headers: Mapping[str, str],
        limit: float,
    ) -> Answer:
        """One request, and once more with a new token after a 401 (which changed nothing)."""
        url = self.config.host + path + (f"?{urlencode(query)}" if query else "")
        async with self._gate:
            for again in (True, False):
                token = await self._authorizer.header(method, url)
                sent = {
                    "Authorization": token,
                    "Accept": "application/json",
                    "X-NetSuite-PropertyNameValidation": "Error",
                    **headers,
                }
                if content is not None:
                    sent["Content-Type"] = "application/json"
                answer = await self._exchange(method, url, content, sent, limit)
                if answer.status != 401 or not (again and self._authorizer.refused(token)):
                    return answer
        return answer

    async def _exchange(
        self,
        method: Method,
        url: str,
        content: str | None,
        headers: Mapping[str, str],
        limit: float,
    ) -> Answer:
        self.requests += 1
        request = self._http.build_request(
            method, url, content=content, headers=headers, timeout=httpx.Timeout(limit, connect=10)
        )
        response = await self._http.send(request, stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BODY:
                    raise AnswerTooLarge(f"more than {MAX_BODY} bytes")
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers, bytes(body))


def _json(answer: Answer) -> Any:
    if not answer.body:
        return {}
    try:
        return decode(answer.body)
    except (ValueError, RecursionError):
        raise ErpUnavailable("NetSuite answered with something that is not JSON") from None


def _written(answer: Answer, path: str) -> Written | Denied | Unsent | Lost:
    """How a write ended; `path` is that of the record where it existed before.

    Only an address, or 204 for a record that has one, is believed: a proxy may answer 200.
    """
    if answer.ok and answer.status != 202:
        place = answer.headers.get("location", "") or (path if answer.status == 204 else "")
        made = place.rstrip("/").rpartition("/")[2]
        return Written(made) if made.isdecimal() else Lost("the answer names no record")
    problem = problem_of(answer.status, answer.body)
    if answer.status == 401:
        return Unsent(str(problem))
    if 400 <= answer.status < 500 and answer.status != 408:
        return Denied(problem)
    return Lost(str(problem))
