"""How one customer is treated: stricter at once, looser only by those who may."""

from __future__ import annotations

from store.effects import EffectRow
from store.parties import CustomerRow
from store.people import users
from tests.api.conftest import Api
from tests.web.serving import Site


async def test_a_collector_makes_it_stricter_and_a_controller_looser(site: Site) -> None:
    alder = site.ids["alder"]
    path = f"/customers/{alder}/treatment"
    async with site.signed_in("collector") as clerk:
        assert "In no segment." in (await clerk.get(path)).text
        answer = await clerk.post(
            path, vip="yes", send_mode="never", cc_mode="disabled", reason="x"
        )
        assert answer.headers["location"] == f"{path}?notice=treated"
        assert "Written to by people only" in (await clerk.get(path)).text
        assert (await clerk.post(path, send_mode="never", cc_mode="disabled")).status_code == 403
        tagged = await clerk.post(path, vip="yes", send_mode="never", cc_mode="disabled", tags="a")
        assert tagged.status_code == 403
        assert (await clerk.get("/customers/999/treatment")).status_code == 404
    async with site.db.read() as session:
        row = await session.get(CustomerRow, alder)
        assert row is not None
        assert (row.vip, row.send_mode, row.cc_mode, row.tags) == (True, "never", "disabled", [])
    api = Api(site)
    url = f"/api/v1/customers/{alder}/treatment"
    async with api.caller("controller", "read", "review") as client:
        changed = await client.patch(url, json={"vip": False, "tags": ["Gold ", "gold", ""]})
        assert changed.json()["tags"] == ["Gold", "gold"]
        shown = (await client.get(url)).json()
        assert (shown["vip"], shown["send_mode"], shown["segment"]) == (False, "never", None)
        assert (await client.patch(url, json={"cc_mode": "loud"})).status_code == 422
        assert (await client.patch(url, json={"owner_id": 999})).status_code == 404
        (owner, *_) = await people_of(site)
        given = (await client.patch(url, json={"owner_id": owner})).json()
        assert (given["owner_id"], given["tags"]) == (owner, ["Gold", "gold"])
    async with site.signed_in("controller") as chief:
        assert f'value="{owner}" selected' in (await chief.get(path)).text
        freed = await chief.post(path, send_mode="never", cc_mode="disabled", tags="Gold, gold")
        assert freed.status_code == 303
    async with api.caller("viewer", "read") as client:
        assert (await client.get(url)).json()["owner_id"] is None
        assert (await client.get("/api/v1/customers/999/treatment")).status_code == 404


async def people_of(site: Site) -> list[int]:
    async with site.db.read() as session:
        return [user.id for user in await users(session)]


async def test_follow_ups_that_wait_for_a_customer_are_withdrawn(site: Site) -> None:
    alder = site.ids["alder"]
    async with Api(site).caller("collector", "review") as client:
        url = f"/api/v1/customers/{alder}/treatment"
        answer = (await client.patch(url, json={"natural_person": True})).json()
        assert answer["withdrawn"] == 1
        again = (await client.patch(url, json={"natural_person": True})).json()
        assert (again["changed"], again["withdrawn"]) == (False, 0)
    async with site.db.read() as session:
        row = await session.get(EffectRow, site.ids["mail"]) if "mail" in site.ids else None
        assert row is None or row.state == "superseded"
