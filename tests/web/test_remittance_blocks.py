"""The page and the API of where customers pay: administrators alone, and always two."""

from __future__ import annotations

from datetime import timedelta

import httpx

from security.permissions import ROLES, Permission
from store.people import add_user, create_api_key, create_sign_in_link
from tests.api.conftest import Api
from tests.web.serving import Browser, Site

PATH, API = "/settings/remittance", "/api/v1/remittance-blocks"
BLOCK = {"holder": "<b>Seller</b> Inc.", "bank": "First Bank", "routing": "021000021",
         "account": "1111222233", "reason": "moved to another bank"}  # fmt: skip
GOOD = BLOCK | {"holder": "Seller Inc."}


async def second_link(site: Site) -> str:
    async with site.db.begin() as session:
        other = await add_user(
            session, email="second@seller.example", name="Sam Second", role="admin", now=site.now
        )
        return await create_sign_in_link(session, other, timedelta(minutes=10), site.now)


async def second_key(site: Site, *scopes: str) -> str:
    async with site.db.begin() as session:
        other = await add_user(
            session, email="second@seller.example", name="Sam Second", role="admin", now=site.now
        )
        return await create_api_key(session, other, name="t", scopes=scopes, now=site.now)


async def test_two_administrators_change_the_block_on_the_page(site: Site) -> None:
    async with site.signed_in("controller") as clerk:
        empty = (await clerk.get(PATH)).text
        assert "papers do not say where to pay" in empty
        assert "Propose other details" not in empty
        assert (await clerk.post(PATH, **GOOD)).status_code == 403
    async with site.signed_in("admin") as first:
        wrong = await first.post(PATH, **BLOCK | {"account": ""})
        assert wrong.status_code == 422
        assert "It needs an IBAN" in wrong.text
        assert "<b>Seller" not in wrong.text
        assert (await first.post(PATH, **GOOD | {"subsidiary": "x"})).status_code == 404
        assert (await first.post(PATH, **GOOD)).status_code == 303
        own = (await first.get(PATH)).text
        assert "You proposed it." in own
        assert "papers do not say where to pay" in own
        assert 'name="fingerprint"' not in own
    async with httpx.AsyncClient(base_url=site.url, timeout=40) as client:
        await client.post("/sign-in", data={"token": await second_link(site)})
        other = Browser(client)
        seen = (await other.get(PATH)).text
        fingerprint = seen.split('name="fingerprint" value="')[1].split('"')[0]
        confirm = "/settings/remittance" + seen.split(f'action="{PATH}')[1].split('"')[0]
        assert confirm.endswith("/confirm")
        assert (await other.post(confirm, fingerprint="0" * 64)).status_code == 409
        forged = await client.post(confirm, data={"fingerprint": fingerprint})
        assert forged.status_code == 403
        done = await other.post(confirm, fingerprint=fingerprint)
        assert done.headers["location"] == f"{PATH}?notice=block_confirmed"
        assert (await other.post(confirm, fingerprint=fingerprint)).status_code == 409
        assert (await other.post(f"{PATH}/999/drop")).status_code == 404
        after = (await other.get(PATH)).text
    assert "confirmed by Sam Second" in after
    assert "1111222233" in after


async def test_nobody_below_an_administrator_touches_it(site: Site) -> None:
    assert ROLES[Permission.SET_REMITTANCE] == {"admin"}
    async with site.signed_in("controller") as browser:
        for path in (PATH, f"{PATH}/1/confirm", f"{PATH}/1/drop"):
            assert (await browser.post(path, **GOOD)).status_code == 403


async def test_the_same_by_api(site: Site) -> None:
    api = Api(site)
    async with api.caller("controller", "read", "remittance", "policy") as clerk:
        assert (await clerk.post(API, json=GOOD)).status_code == 403
    async with api.caller("admin", "read", "policy") as unscoped:
        assert (await unscoped.post(API, json=GOOD)).status_code == 403
    async with api.caller("admin", "read", "remittance") as first:
        wrong = await first.post(API, json=GOOD | {"routing": "021000020"})
        assert wrong.status_code == 422
        made = (await first.post(API, json=GOOD)).json()
        seen = {"fingerprint": made["fingerprint"]}
        own = await first.post(f"{API}/{made['id']}/confirm", json=seen)
        assert own.status_code == 403
        assert (await first.get(API)).json()["in_force"] == []
    headers = {"Authorization": f"Bearer {await second_key(site, 'read', 'remittance')}"}
    async with httpx.AsyncClient(base_url=site.url, headers=headers) as second:
        stale = await second.post(f"{API}/{made['id']}/confirm", json={"fingerprint": "0" * 64})
        assert stale.status_code == 409
        done = await second.post(f"{API}/{made['id']}/confirm", json=seen)
        assert done.json() == {"id": made["id"], "before": None}
        found = (await second.get(API)).json()
        assert found["in_force"] == [made["id"]]
        assert found["blocks"][0]["parts"]["account"] == "1111222233"
        assert (await second.post(f"{API}/{made['id']}/drop")).status_code == 409
