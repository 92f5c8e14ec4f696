"""API keys: five ways to be turned away, each told apart."""

from __future__ import annotations

from datetime import timedelta

import httpx

from store.people import api_key, revoke_api_key
from tests.api.conftest import Api


async def _ask(api: Api, key: str | None, path: str = "/api/v1/customers") -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(base_url=api.site.url, headers=headers) as client:
        return await client.get(path)


def _code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


async def test_a_live_key_reads_and_its_use_is_noted(api: Api) -> None:
    key = await api.key("viewer", ["read"])
    assert (await _ask(api, key)).status_code == 200
    async with api.site.db.read() as session:
        found = await api_key(session, key.removeprefix("dw_").split(".")[0])
    assert found is not None
    assert found[0].last_used_at == api.site.now
    assert key.split(".")[1] not in found[0].digest


async def test_missing(api: Api) -> None:
    assert _code(await _ask(api, None)) == (401, "key_missing")


async def test_invalid(api: Api) -> None:
    key = await api.key("viewer", ["read"])
    for wrong in ("dw_nothing", "dw_abc.def", key[:-1] + ("a" if key[-1] != "a" else "b")):
        assert _code(await _ask(api, wrong)) == (401, "key_invalid")


async def test_revoked(api: Api) -> None:
    key = await api.key("viewer", ["read"])
    async with api.site.db.begin() as session:
        await revoke_api_key(session, key.removeprefix("dw_").split(".")[0], api.site.now)
    assert _code(await _ask(api, key)) == (401, "key_revoked")


async def test_expired(api: Api) -> None:
    key = await api.key("viewer", ["read"], expires_at=api.site.now - timedelta(seconds=1))
    assert _code(await _ask(api, key)) == (401, "key_expired")


async def test_insufficient_by_scope_and_by_role(api: Api) -> None:
    scope = await api.key("auditor", ["read"])
    role = await api.key("viewer", ["read", "audit"])
    for key in (scope, role):
        assert _code(await _ask(api, key, "/api/v1/audit")) == (403, "key_insufficient")
