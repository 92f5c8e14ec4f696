"""The account on loopback behaves as HubSpot documents it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from sandbox.hubspot.app import build_hubspot_app
from sandbox.hubspot.limits import Limits
from sandbox.hubspot.search import value_of
from sandbox.hubspot.store import HubSpotStore
from sandbox.hubspot.tokens import Access
from sandbox.hubspot.webhooks import send_webhooks
from sandbox.in_loop import served
from sandbox.serving import Receive, Scope, Send

pytestmark = pytest.mark.asyncio(loop_scope="module")
OBJECTS, LINKS = "/crm/v3/objects", "/crm/v4/associations"


class Account:
    """A store, its server, and a client that holds the token."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.store = STORE

    async def post(self, path: str, body: object) -> httpx.Response:
        return await self.http.post(path, json=body)


NOW = [datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)]
STORE = HubSpotStore(lambda: NOW[0])
ACCESS = Access("pat-1", "client-1", "secret-1", "refresh-1")
LIMITS = Limits()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house() -> AsyncIterator[Account]:
    headers = {"Authorization": "Bearer pat-1"}
    app = build_hubspot_app(STORE, ACCESS, LIMITS)
    async with served(app) as url, httpx.AsyncClient(base_url=url, headers=headers) as http:
        yield Account(http)


@pytest.fixture
def hub(house: Account) -> Account:
    for held in (STORE.things, STORE.links, STORE.events):
        held.clear()
    LIMITS.reset()
    STORE.link_page = 500
    return house


def search_body(**changed: object) -> dict[str, object]:
    return {"filterGroups": [], "sorts": [], "properties": ["amount"], "limit": 2} | changed


async def test_search_pages_by_position(hub: Account) -> None:
    for amount in ("3", "1", "20"):
        hub.store.create("deals", amount=amount)
    body = search_body(sorts=[{"propertyName": "amount", "direction": "ASCENDING"}])
    first = (await hub.post(f"{OBJECTS}/deals/search", body)).json()
    assert first["total"] == 3
    assert [one["properties"]["amount"] for one in first["results"]] == ["1", "3"]
    body["after"] = first["paging"]["next"]["after"]
    rest = (await hub.post(f"{OBJECTS}/deals/search", body)).json()
    assert [one["properties"]["amount"] for one in rest["results"]] == ["20"]
    assert "paging" not in rest


@pytest.mark.parametrize(
    "changed",
    [
        {"after": "9999"},
        {"limit": 201},
        {"limit": 0},
        {"after": "x"},
        {"filterGroups": [{"filters": []}] * 6},
        {"filterGroups": [{"filters": [{}] * 11}]},
        {"filterGroups": [{"filters": [{}] * 9}] * 3},
        {"filterGroups": [{"filters": []}]},
        {"sorts": [{}, {}]},
        {"filterGroups": [{"filters": [{"propertyName": "amount", "operator": "LIKE"}]}]},
    ],
)
async def test_searches_hubspot_refuses(hub: Account, changed: dict[str, object]) -> None:
    hub.store.create("deals", amount="1")
    answer = await hub.post(f"{OBJECTS}/deals/search", search_body(**changed))
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("one", "found"),
    [
        ({"operator": "GT", "value": "2"}, ["10"]),
        ({"operator": "NEQ", "value": "2"}, ["10"]),
        ({"operator": "BETWEEN", "value": "1", "highValue": "5"}, ["2"]),
        ({"operator": "IN", "values": ["10", "11"]}, ["10"]),
        ({"operator": "NOT_HAS_PROPERTY"}, [None]),
        ({"operator": "HAS_PROPERTY"}, ["2", "10"]),
    ],
)
async def test_filters(hub: Account, one: dict[str, object], found: list[str | None]) -> None:
    hub.store.create("deals", amount="2")
    hub.store.create("deals", amount="10")
    hub.store.create("deals")
    groups = [{"filters": [{"propertyName": "amount"} | one]}]
    answer = await hub.post(f"{OBJECTS}/deals/search", search_body(filterGroups=groups, limit=200))
    assert [row["properties"]["amount"] for row in answer.json()["results"]] == found


async def test_moments_compare_in_milliseconds() -> None:
    assert value_of("2026-03-02T09:00:00.123Z") == value_of("1772442000123")


async def test_a_batch_that_misses_some_is_207(hub: Account) -> None:
    key = hub.store.create("companies", name="Acme")
    body = {"inputs": [{"id": key}, {"id": "1"}], "properties": ["name", "domain"]}
    answer = await hub.post(f"{OBJECTS}/companies/batch/read", body)
    assert (answer.status_code, answer.json()["numErrors"]) == (207, 1)
    (found,) = answer.json()["results"]
    assert (found["properties"]["name"], found["properties"]["domain"]) == ("Acme", None)
    assert answer.json()["errors"][0]["context"] == {"ids": ["1"]}
    many = {"inputs": [{"id": str(n)} for n in range(101)], "properties": []}
    assert (await hub.post(f"{OBJECTS}/companies/batch/read", many)).status_code == 400


async def test_associations_are_paged_and_labelled(hub: Account) -> None:
    hub.store.link_page = 2
    deal = hub.store.create("deals")
    companies = [hub.store.create("companies") for _ in range(3)]
    for company in companies:
        hub.store.link(deal, company, primary=company == companies[1])
    path = f"{LINKS}/deals/companies/batch/read"
    answer = (await hub.post(path, {"inputs": [{"id": deal}]})).json()["results"][0]
    assert [one["toObjectId"] for one in answer["to"]] == [int(key) for key in companies[:2]]
    assert [kind["typeId"] for kind in answer["to"][1]["associationTypes"]] == [341, 5]
    after = answer["paging"]["next"]["after"]
    rest = (await hub.post(path, {"inputs": [{"id": deal, "after": after}]})).json()
    assert [one["toObjectId"] for one in rest["results"][0]["to"]] == [int(companies[2])]
    alone = await hub.post(f"{LINKS}/deals/quotes/batch/read", {"inputs": [{"id": deal}]})
    assert alone.status_code == 207
    found = alone.json()["errors"][0]["subCategory"]
    assert found == "crm.associations.NO_ASSOCIATIONS_FOUND"
    hub.store.unlink(deal, companies[0])
    assert hub.store.linked(deal, "companies") == companies[1:]


async def test_objects_are_made_changed_merged_and_deleted_over_the_api(hub: Account) -> None:
    deal = hub.store.create("deals")
    made = await hub.post(
        f"{OBJECTS}/line_items",
        {
            "properties": {"price": 10, "quantity": 3, "discount": "1"},
            "associations": [{"to": {"id": int(deal)}, "types": []}],
        },
    )
    line = made.json()["id"]
    assert (made.status_code, hub.store.linked(deal, "line_items")) == (201, [line])
    path = f"{OBJECTS}/line_items/{line}"
    await hub.http.patch(path, json={"properties": {"price": "20"}})
    read = await hub.http.get(path, params={"properties": "amount,hs_total_discount"})
    assert read.json()["properties"]["amount"] == "57.000"
    other = hub.store.create("deals", dealname="other")
    body = {"primaryObjectId": deal, "objectIdToMerge": other}
    assert (await hub.post(f"{OBJECTS}/deals/merge", body)).json()["id"] == deal
    assert (await hub.http.get(f"{OBJECTS}/deals/{other}")).json()["id"] == deal
    assert (await hub.post(f"{OBJECTS}/deals/merge", body)).status_code == 404
    assert (await hub.http.delete(path)).status_code == 204
    assert (await hub.http.get(path)).status_code == 404
    assert (await hub.http.patch(path, json={})).status_code == 404
    assert (await hub.http.get(f"{OBJECTS}/tickets/1")).status_code == 400


async def test_who_may_ask(hub: Account) -> None:
    nobody = {"Authorization": "Bearer x"}
    answer = await hub.http.get(f"{OBJECTS}/deals/1", headers=nobody)
    assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")
    form = {
        "grant_type": "refresh_token",
        "client_id": "client-1",
        "client_secret": "secret-1",
        "refresh_token": "refresh-1",
    }
    token = (await hub.http.post("/oauth/v1/token", data=form)).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await hub.http.get(f"{OBJECTS}/deals/1", headers=bearer)).status_code == 404
    NOW[0] += timedelta(minutes=31)
    answer = await hub.http.get(f"{OBJECTS}/deals/1", headers=bearer)
    assert answer.json()["category"] == "EXPIRED_AUTHENTICATION"
    for name in form:
        wrong = await hub.http.post("/oauth/v1/token", data=form | {name: "x"})
        assert wrong.status_code == 400


async def test_limits_have_hubspots_form(hub: Account) -> None:
    LIMITS.searches_per_second, LIMITS.per_ten_seconds = 1, 2
    path = f"{OBJECTS}/deals/search"
    statuses = [(await hub.post(path, search_body())).status_code for _ in range(2)]
    assert statuses == [200, 429]
    limited = await hub.post(path, search_body())
    assert limited.json()["policyName"] == "SECONDLY"
    await hub.http.get(f"{OBJECTS}/deals/1")
    limited = await hub.http.get(f"{OBJECTS}/deals/1")
    assert limited.json()["policyName"] == "TEN_SECONDLY_ROLLING"
    assert limited.headers["Retry-After"] == "10"
    LIMITS.reset()
    LIMITS.daily = 1
    left = (await hub.http.get(f"{OBJECTS}/deals/1")).headers
    assert left["X-HubSpot-RateLimit-Daily-Remaining"] == "0"
    assert (await hub.http.get(f"{OBJECTS}/deals/1")).json()["policyName"] == "DAILY"


async def test_deleting_a_quote_deletes_its_lines(hub: Account) -> None:
    quote = hub.store.create("quotes")
    line = hub.store.create("line_items")
    hub.store.link(quote, line)
    hub.store.delete(quote)
    assert hub.store.find("line_items", line) is None


async def test_webhooks_are_sent_in_batches_with_a_signature(hub: Account) -> None:
    got: list[tuple[dict[bytes, bytes], bytes]] = []

    async def receiver(scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        got.append((dict(scope["headers"]), message["body"]))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    key = hub.store.create("deals")
    for count in range(100):
        hub.store.change(key, amount=str(count))
    async with served(receiver) as url:
        assert await send_webhooks(hub.store, hub.http, f"{url}/in", "secret") == [204, 204]
    assert hub.store.events == []
    assert b"x-hubspot-signature-v3" in got[0][0]
    assert got[1][1].count(b'"deal.propertyChange"') == 1
