"""HubSpot read by webhook and by looking: one deal however often it is told, until it is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from app.deal_jobs import hubspot_crm
from flows.deals.reading import Crm, look_for_gone, poll, read_deal
from sandbox.hubspot.webhooks import redeliver
from sandbox.in_loop import served
from sandbox.serving import AsgiApp, Receive, Scope, Send
from sources.hubspot.values import ObjectId
from sources.hubspot.webhooks import event_ids
from store import billing, deals
from store.deals import DealRow
from store.engine import Database
from tests.sources.hubspot.world import SECRET, START, World, world


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[World]:
    async with world() as found:
        yield found


async def known(db: Database, deal_id: str) -> DealRow:
    async with db.begin() as session:
        row = await deals.deal_named(session, "hubspot", deal_id)
    assert row is not None
    return row


def receiver(hub: World, taken: asyncio.Queue[ObjectId], base: list[str]) -> AsgiApp:
    """A service that believes signed events only, and queues the objects they are about."""

    async def take(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        message = await receive()
        found = event_ids(message["body"], headers, base[0] + scope["path"], hub.clock(), SECRET)
        for one in found if isinstance(found, tuple) else ():
            taken.put_nowait(one)
        status = 204 if isinstance(found, tuple) else 401
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body"})

    return take


async def test_a_signed_webhook_delivered_three_times_is_one_deal(hub: World, db: Database) -> None:
    client = hub.client()
    crm = hubspot_crm(client, START.date())
    key = hub.deal("2 x 100.00")
    events, taken, base = list(hub.store.events), asyncio.Queue[ObjectId](), [""]
    async with served(receiver(hub, taken, base)) as url:
        base[0] = url
        for _ in range(3):
            status = await redeliver(hub.store, hub.http, f"{url}/in", SECRET, events)
            assert status == 204
        wrong = await redeliver(hub.store, hub.http, f"{url}/in", "other", events)
        assert wrong == 401
    while not taken.empty():
        for deal_id in await client.deals_of(taken.get_nowait()):
            await read_deal(db, crm, deal_id, hub.clock)
    row = await known(db, key)
    assert (row.state, row.version) == ("won", 1)
    async with db.read() as session:
        lines = await billing.lines_of(session, row.id)
    assert len(lines) == 1


async def looked(hub: World, db: Database, crm: Crm, minutes: int = 10) -> None:
    hub.clock.forward(minutes=minutes)
    await poll(db, crm, hub.clock)


async def test_a_deal_from_the_first_look_to_its_end(hub: World, db: Database) -> None:
    crm = hubspot_crm(hub.client(), START.date())
    key = hub.deal("2 x 100.00", dealstage="contractsent")
    line = hub.store.linked(key, "line_items")[0]
    await looked(hub, db, crm)
    hub.store.change(key, dealstage="closedwon")
    for _ in range(2):
        await looked(hub, db, crm)
    assert ((await known(db, key)).state, (await known(db, key)).version) == ("won", 1)
    assert await poll(db, crm, hub.clock) == 0
    hub.store.change(line, quantity="3")
    await looked(hub, db, crm)
    assert (await known(db, key)).version == 2
    hub.store.change(line, discount="1", hs_discount_percentage="1")
    await looked(hub, db, crm)
    assert [one["name"] for one in (await known(db, key)).problems] == ["discount_unclear"]
    hub.store.change(line, discount="0", hs_discount_percentage="0")
    await looked(hub, db, crm)
    assert (await known(db, key)).problems == []
    hub.store.change(key, dealstage="closedlost")
    await looked(hub, db, crm)
    assert (await known(db, key)).state == "not_won"
    hub.store.delete(key)
    await read_deal(db, crm, key, hub.clock)
    assert (await known(db, key)).state == "gone"


async def test_deals_deleted_or_merged_without_a_word_are_found_by_asking(
    hub: World, db: Database
) -> None:
    client = hub.client()
    crm = hubspot_crm(client, START.date())
    stays, goes = hub.deal("2 x 100.00"), hub.deal("3 x 50.00")
    await looked(hub, db, crm)
    hub.store.delete(goes)
    await looked(hub, db, crm)
    assert (await known(db, goes)).state == "won"
    assert await look_for_gone(db, crm, client.missing, hub.clock) == 1
    assert ((await known(db, goes)).state, (await known(db, stays)).state) == ("gone", "won")
    assert await look_for_gone(db, crm, client.missing, hub.clock) == 0
