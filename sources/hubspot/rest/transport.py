"""Requests to HubSpot: the token, waiting where HubSpot asks for it, answers read with a bound."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sources.hubspot.account import HubSpotAccount
from sources.hubspot.errors import HubSpotBusy, HubSpotRefused, HubSpotUnavailable
from sources.hubspot.rest.words import plain

Json = dict[str, Any]
Sleep = Callable[[float], Awaitable[None]]
_MAX_ANSWER = 32 * 1024 * 1024
_TRIES, _PATIENCE, _TIMEOUT = 5, 30.0, 60.0
# Waits without a Retry-After, by the policy a 429 names; HubSpot's own client waits as long.
_POLICY_SECONDS = {"SECONDLY": 1, "TEN_SECONDLY_ROLLING": 10, "DAILY": 3_600}
_LOCKED_SECONDS = 2
_SCOPE = re.compile(rb'"(crm\.[a-z_.]{1,60})"')
_DAILY_LEFT = "x-hubspot-ratelimit-daily-remaining"


@dataclass(frozen=True, slots=True)
class _Later:
    """An answer to wait for."""

    seconds: float
    said: str
    limit: bool = False


class Transport:
    """Sends one request at a time; numbers of an answer come as text."""

    def __init__(
        self, http: httpx.AsyncClient, account: HubSpotAccount, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._http, self._account, self._sleep = http, account, sleep
        self._token = account.token
        self._refreshing = asyncio.Lock()

    async def get(self, path: str, query: Mapping[str, str]) -> Json | None:
        """An object, or None where there is none (404)."""
        return await self._asked("GET", path, query, None)

    async def post(self, path: str, body: Json) -> Json:
        """The answer to a search or a batch read; a partly answered batch (207) is one too."""
        answer = await self._asked("POST", path, {}, body)
        if answer is None:
            raise HubSpotRefused(f"There is no {path}.")
        return answer

    async def _asked(
        self, method: str, path: str, query: Mapping[str, str], body: Json | None
    ) -> Json | None:
        waited, said = 0.0, ""
        for attempt in range(_TRIES):
            answer = await self._tried(attempt, method, path, query, body)
            if not isinstance(answer, _Later):
                return answer
            waited, said = waited + answer.seconds, answer.said
            if answer.limit and waited > _PATIENCE:
                raise HubSpotBusy(int(answer.seconds), said)
            if attempt < _TRIES - 1:
                await self._sleep(answer.seconds)
        raise HubSpotUnavailable(said)

    async def _tried(
        self,
        attempt: int,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Json | None,
    ) -> Json | _Later | None:
        token = self._token or await self._renewed("")
        try:
            status, headers, raw = await self._sent(method, path, query, body, token)
            if status == 401 and not self._account.token:
                token = await self._renewed(token)
                status, headers, raw = await self._sent(method, path, query, body, token)
        except httpx.TransportError as error:
            return _Later(float(2**attempt), type(error).__name__)
        if status in (200, 201, 207):
            self._keep_reserve(headers)
            return _read(raw)
        return None if status == 404 else _later(status, headers, raw, attempt)

    async def _sent(
        self, method: str, path: str, query: Mapping[str, str], body: Json | None, token: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        address = self._account.base_url + path
        async with self._http.stream(
            method, address, params=dict(query), headers=headers, content=content, timeout=_TIMEOUT
        ) as response:
            return response.status_code, response.headers, await _bounded(response)

    async def _renewed(self, spent: str) -> str:
        """A new access token for the refresh token, unless somebody got one meanwhile."""
        async with self._refreshing:
            if self._token == spent or not self._token:
                self._token = await self._exchange()
            return self._token

    async def _exchange(self) -> str:
        account = self._account
        form = {
            "grant_type": "refresh_token",
            "client_id": account.client_id,
            "client_secret": account.client_secret,
            "refresh_token": account.refresh_token,
        }
        try:
            address = account.base_url + account.token_path
            async with self._http.stream("POST", address, data=form, timeout=_TIMEOUT) as response:
                status, raw = response.status_code, await _bounded(response)
        except httpx.TransportError as error:
            raise HubSpotUnavailable(type(error).__name__) from error
        if status != 200:
            raise HubSpotUnavailable(_later(status, {}, raw, 0).said)
        token = _read(raw).get("access_token")
        if not isinstance(token, str) or not token:
            raise HubSpotUnavailable("The token endpoint gave no access token.")
        return token

    def _keep_reserve(self, headers: Mapping[str, str]) -> None:
        left = headers.get(_DAILY_LEFT, "")
        if left.isascii() and left.isdigit() and int(left[:12]) < self._account.daily_reserve:
            raise HubSpotBusy(_POLICY_SECONDS["DAILY"], f"Only {left} requests are left today.")


async def _bounded(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > _MAX_ANSWER:
            raise HubSpotUnavailable(f"The answer is longer than {_MAX_ANSWER} bytes.")
        parts.append(part)
    return b"".join(parts)


def _later(status: int, headers: Mapping[str, str], raw: bytes, attempt: int) -> _Later:
    """How long to wait. Raises HubSpotRefused where waiting changes nothing."""
    said = _said(status, raw)
    if status == 429:
        asked = headers.get("retry-after", "")
        if re.fullmatch("[0-9]{1,6}", asked, re.ASCII):
            return _Later(float(asked), said, limit=True)
        seconds = _POLICY_SECONDS.get(_field(raw, "policyName"), 10)
        return _Later(float(seconds), said, limit=True)
    if status == 423:
        return _Later(_LOCKED_SECONDS, said)
    if status >= 500:
        return _Later(float(2**attempt), said)
    raise HubSpotRefused(said)


def _said(status: int, raw: bytes) -> str:
    """What HubSpot says of an error, with the scopes it misses."""
    words = f"{status} {_field(raw, 'category')} {_field(raw, 'message')}".strip()
    scopes = sorted(set(_SCOPE.findall(raw[:65_536]))) if status == 403 else []
    return f"{words} {b', '.join(scopes[:10]).decode()}".strip()


def _field(raw: bytes, name: str) -> str:
    try:
        body = json.loads(raw[:65_536])
    except (ValueError, RecursionError):
        return ""
    value = body.get(name) if isinstance(body, dict) else None
    return plain(value[:300]) if isinstance(value, str) else ""


def _read(raw: bytes) -> Json:
    try:
        body = json.loads(raw, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise HubSpotUnavailable("The answer is not JSON.") from error
    if not isinstance(body, dict):
        raise HubSpotUnavailable("The answer is not a JSON object.")
    return body
