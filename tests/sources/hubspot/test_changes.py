"""What changed since a cursor, from a real server on loopback."""

from __future__ import annotations

import pytest

from domain.ledger.deal import Deal
from sources.hubspot.changes import PAGE
from sources.hubspot.errors import HubSpotBusy, HubSpotUnavailable
from sources.hubspot.values import Cursor, Mark
from tests.sources.hubspot.world import START, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def told(hub: World, since: Cursor) -> tuple[list[str], Cursor]:
    """Every deal id of every page, and the last cursor, which is written and read back."""
    ids: list[str] = []
    cursor = since
    async for page in hub.client().changed(since):
        ids += page.deal_ids
        cursor = page.cursor
        assert Cursor.from_payload(cursor.payload()) == cursor
    return ids, cursor


async def test_only_what_changed_is_told_and_told_once(hub: World) -> None:
    old = hub.deal("1 x 5.00")
    hub.clock.forward(hours=1)
    since = Cursor.starting(hub.clock())
    new = hub.deal("1 x 5.00")
    ids, cursor = await told(hub, since)
    assert set(ids) == {new}
    assert await told(hub, cursor) == ([], cursor)
    hub.clock.forward(seconds=1)
    hub.store.change(old, amount="7")
    assert (await told(hub, cursor))[0] == [old]


async def test_a_line_or_a_quote_alone_brings_its_deal(hub: World) -> None:
    one, two, three = hub.deal("1 x 5.00"), hub.deal(), hub.deal()
    quote, other = hub.quote(two, "1 x 5.00"), hub.quote(three)
    cursor = (await told(hub, Cursor()))[1]
    hub.clock.forward(hours=1)
    hub.store.change(hub.store.linked(one, "line_items")[0], price="6.00")
    ids, cursor = await told(hub, cursor)
    assert ids == [one]
    hub.clock.forward(hours=1)
    hub.store.change(hub.store.linked(quote, "line_items")[0], price="6.00")
    hub.store.change(other, hs_status="ACCEPTED")
    assert (await told(hub, cursor))[0] == [two, three]


async def test_what_the_index_shows_late_is_still_told(hub: World) -> None:
    first = hub.deal()
    hub.clock.forward(minutes=4)
    second = hub.deal()
    hub.store.things[first].archived = True
    ids, cursor = await told(hub, Cursor())
    assert ids == [second]
    hub.store.things[first].archived = False
    assert (await told(hub, cursor))[0] == [first]


@pytest.mark.parametrize("seconds", [0, 1])
async def test_more_than_a_page_at_one_moment_or_at_many(hub: World, seconds: int) -> None:
    every = []
    for _ in range(2 * PAGE + 50):
        every.append(hub.store.create("deals"))
        hub.clock.forward(seconds=seconds)
    last = hub.store.create("deals")
    pages = [page async for page in hub.client().changed(Cursor())]
    ids = [key for page in pages for key in page.deal_ids]
    assert sorted(ids) == sorted([*every, last])
    assert len(pages) > 3
    again = [key async for page in hub.client().changed(pages[1].cursor) for key in page.deal_ids]
    assert set(ids) - set(pages[0].deal_ids) - set(pages[1].deal_ids) <= set(again)


async def test_reading_goes_on_after_a_stop_between_pages(hub: World) -> None:
    for _ in range(2 * PAGE):
        hub.store.create("deals")
        hub.clock.forward(minutes=1)
    first, cursor = set(), Cursor()
    async for page in hub.client().changed(cursor):
        first, cursor = set(page.deal_ids), page.cursor
        break
    rest, _ = await told(hub, cursor)
    assert len(first) == PAGE
    assert not first & set(rest)
    assert len(rest) == PAGE


async def test_a_deal_that_changes_between_two_pages_hides_no_other(hub: World) -> None:
    every = []
    for _ in range(2 * PAGE):
        every.append(hub.store.create("deals"))
        hub.clock.forward(seconds=1)
    found: list[str] = []
    async for page in hub.client().changed(Cursor()):
        found += page.deal_ids
        hub.clock.forward(seconds=1)
        if len(found) < 2 * PAGE:
            hub.store.change(every[0], amount="1")
    assert set(found) == set(every)
    assert found.count(every[0]) == 2


async def test_the_daily_limit_stops_before_the_last_requests(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    hub.limits.daily = 1_010
    assert isinstance(await hub.client().deal(key), Deal)
    with pytest.raises(HubSpotBusy, match="requests are left today") as stopped:
        for _ in range(3):
            await hub.client().deal(key)
    assert stopped.value.seconds == 3_600
    assert hub.pauses == []


async def test_searches_are_spread_out_where_hubspot_asks_for_it(hub: World) -> None:
    hub.limits.searches_per_second = 2
    hub.deal("1 x 5.00")
    assert len((await told(hub, Cursor()))[0]) == 2
    assert hub.pauses == [1.0]


async def test_a_search_that_leaves_its_filters_ends(hub: World) -> None:
    hub.deal()
    late = Mark(int(START.timestamp() * 1000) + 10**9)
    hub.store.search_ignores_filters = True
    with pytest.raises(HubSpotUnavailable, match="left its filters"):
        await told(hub, Cursor(late, late, late))


async def test_a_cursor_of_another_form_begins_anew() -> None:
    odd = {"deals": {"at": "x"}, "line_items": [], "quotes": {"at": 5, "seen": [1, ["a"]]}}
    assert Cursor.from_payload(odd) == Cursor(quotes=Mark(5))
