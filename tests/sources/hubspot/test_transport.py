"""Tokens, limits and failures, against a real server on loopback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.responses import JSONResponse

from domain.ledger.deal import Deal
from sandbox.in_loop import served
from sandbox.serving import Receive, Scope, Send
from sources.hubspot.client import HubSpot
from sources.hubspot.errors import HubSpotBusy, HubSpotRefused, HubSpotUnavailable
from sources.hubspot.values import ObjectId, Unreadable
from tests.sources.hubspot.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")


def with_oauth(
    hub: World, secret: str = "secret-1", refresh: str = "refresh-1", base_url: str = ""
) -> HubSpot:
    account = replace(
        hub.account,
        token="",
        client_id="client-1",
        client_secret=secret,
        refresh_token=refresh,
        base_url=base_url or hub.account.base_url,
    )
    return hub.client(account)


async def test_an_access_token_is_fetched_once_and_renewed_when_it_expires(hub: World) -> None:
    key, client = hub.deal("1 x 5.00"), with_oauth(hub)
    assert isinstance(await client.deal(key), Deal)
    assert isinstance(await client.deal(key), Deal)
    assert len(hub.access.issued) == 1
    hub.clock.forward(minutes=31)
    assert isinstance(await client.deal(key), Deal)
    assert len(hub.access.issued) == 2
    assert hub.pauses == []


@pytest.mark.parametrize(("secret", "refresh"), [("hidden", "refresh-1"), ("secret-1", "hidden")])
async def test_a_refused_refresh_names_no_secret(hub: World, secret: str, refresh: str) -> None:
    with pytest.raises(HubSpotRefused) as refused:
        await with_oauth(hub, secret, refresh).deal("1")
    assert "hidden" not in str(refused.value)
    assert "secret-1" not in str(refused.value)


async def test_a_wrong_token_is_refused_without_a_second_try(hub: World) -> None:
    client = hub.client(replace(hub.account, token="hidden"))
    with pytest.raises(HubSpotRefused, match="INVALID_AUTHENTICATION") as refused:
        await client.deal("1")
    assert "hidden" not in str(refused.value) + repr(replace(hub.account, token="hidden"))
    assert hub.limits.asked == 0


@pytest.mark.parametrize(
    ("policy", "retry_after", "pause"),
    [
        ("SECONDLY", "", 1.0),
        ("TEN_SECONDLY_ROLLING", "", 10.0),
        ("TEN_SECONDLY_ROLLING", "3", 3.0),
        ("ANOTHER", "", 10.0),
    ],
)
async def test_a_limit_is_waited_out(
    hub: World, policy: str, retry_after: str, pause: float
) -> None:
    key = hub.deal("1 x 5.00")
    hub.limits.order(policy=policy, retry_after=retry_after)
    assert isinstance(await hub.client().deal(key), Deal)
    assert hub.pauses == [pause]


@pytest.mark.parametrize(("policy", "retry_after"), [("DAILY", ""), ("SECONDLY", "120")])
async def test_a_long_wait_is_left_to_the_caller(hub: World, policy: str, retry_after: str) -> None:
    hub.limits.order(policy=policy, retry_after=retry_after)
    with pytest.raises(HubSpotBusy, match="limit") as busy:
        await hub.client().deal("1")
    assert busy.value.seconds == int(retry_after or 3_600)
    assert hub.pauses == []


async def test_failures_of_the_server_are_tried_again_and_then_told(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    hub.limits.order(500, 423, 502)
    assert isinstance(await hub.client().deal(key), Deal)
    assert hub.pauses == [1.0, 2.0, 4.0]
    hub.limits.order(503, 503, 503, 503, 503)
    with pytest.raises(HubSpotUnavailable, match="503"):
        await hub.client().deal(key)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"id": "../x"}', "Record id"),
        (b'{"id": "1", "properties": []}', "Record properties"),
    ],
)
async def test_answers_of_another_form(hub: World, raw: bytes, words: str) -> None:
    async def odd(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": raw})

    async with served(odd) as url:
        with pytest.raises(HubSpotUnavailable, match=words):
            await hub.client(replace(hub.account, base_url=url)).deal("1")


async def test_odd_properties_are_a_problem_of_that_deal_only(hub: World) -> None:
    deal, line, quote = hub.deal("1 x 5.00"), hub.deal(), hub.deal("1 x 5.00")
    odd: dict[str, Any] = {"dealname": ["x"]}
    hub.store.things[deal].properties |= odd
    item = hub.line(line)
    hub.store.things[item].properties |= {"name": {"x": 1}} | odd
    hub.store.things[hub.quote(quote)].properties |= {"hs_title": [1]} | odd
    for key in (deal, line, quote):
        found = await hub.client().deal(key)
        assert isinstance(found, Unreadable)
        assert [problem.name for problem in found.problems] == ["shape"]


async def test_nobody_there(hub: World) -> None:
    client = hub.client(replace(hub.account, base_url="http://127.0.0.1:1"))
    with pytest.raises(HubSpotUnavailable, match="ConnectError"):
        await client.deal("1")
    assert hub.pauses == [1.0, 2.0, 4.0, 8.0]
    oauth = with_oauth(hub, base_url="http://127.0.0.1:1")
    with pytest.raises(HubSpotUnavailable, match="ConnectError"):
        await oauth.deal("1")


@pytest.mark.parametrize("what", ["associations", "objects"])
async def test_a_part_of_a_batch_that_failed_is_not_taken_for_nothing(
    hub: World, what: str
) -> None:
    """A quote that could not be asked for is no quote that is not there."""
    key, part = hub.deal("1 x 5.00"), {"status": "error", "category": "INTERNAL_ERROR"}
    hub.limits.fail.append(JSONResponse({"results": [], "errors": [part]}, status_code=207))
    with pytest.raises(HubSpotUnavailable, match="INTERNAL_ERROR"):
        if what == "associations":
            await hub.client().deals_of(ObjectId("quotes", "1"))
        else:
            await hub.client().missing([key])
    assert await hub.client().missing([key, "77"]) == ("77",)
