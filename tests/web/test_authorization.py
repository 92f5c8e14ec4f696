"""Nobody gets in by accident: every route says who may call it, and forged requests fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.app import build_api
from api.auth import Public as ApiPublic
from api.auth import Scoped
from api.deps import ApiDeps
from security.permissions import ROLES, Permission
from store.engine import Database
from store.people import create_sign_in_link, link_is_open
from tests.web.seeding import user
from tests.web.serving import DESK, Site, deps, serving
from web.app import build_app
from web.visitor import Public, Requires

PUBLIC = {"/sign-in", "/sign-in/{token}", "/"}


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def _all_routes(found: object) -> Iterator[APIRoute]:
    for route in getattr(found, "routes", []):
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _all_routes(route.original_router)


def test_every_page_route_says_who_may_call_it(db: Database, now: datetime) -> None:
    routes = list(_all_routes(build_app(deps(db, now))))
    assert len(routes) > 25
    for route in routes:
        kinds = [type(call) for call in _calls(route.dependant)]
        assert (Public in kinds) != (Requires in kinds), route.path
        assert (Public in kinds) == (route.path in PUBLIC), route.path


def test_every_api_route_says_who_may_call_it(db: Database, now: datetime) -> None:
    routes = list(_all_routes(build_api(ApiDeps(db, lambda: now, DESK))))
    assert len(routes) > 15
    for route in routes:
        kinds = [type(call) for call in _calls(route.dependant)]
        assert (ApiPublic in kinds) != (Scoped in kinds), route.path


def test_admin_and_viewer_decide_nothing() -> None:
    assert ROLES[Permission.DECIDE].isdisjoint({"admin", "viewer", "auditor"})


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("viewer", "/review/{mail}/approve", 403),
        ("admin", "/review/{mail}/approve", 403),
        ("auditor", "/payments", 403),
        ("viewer", "/settings/stop", 403),
        ("collector", "/settings/resume", 403),
        ("collector", "/settings/stop", 303),
        ("controller", "/settings/resume", 303),
    ],
)
async def test_roles(site: Site, role: str, path: str, status: int) -> None:
    async with site.signed_in(role) as browser:
        answer = await browser.post(path.format(**site.ids), what="global:", reason="a test")
    assert answer.status_code == status, answer.text


async def test_audit_is_not_for_collectors(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        assert (await browser.get("/audit")).status_code == 403


async def test_strangers_are_sent_to_sign_in(site: Site) -> None:
    async with httpx.AsyncClient(base_url=site.url) as client:
        page = await client.get("/today")
        part = await client.get("/today/live", headers={"HX-Request": "true"})
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")


async def test_a_request_without_the_sessions_mark_changes_nothing(site: Site) -> None:
    async with site.signed_in("controller") as browser, site.signed_in("approver") as other:
        await other.post("/nowhere")
        forged = [
            await browser.client.post("/settings/stop", data={"what": "global:"}),
            await browser.client.post(
                "/settings/stop", data={"what": "global:", "csrf": other.csrf}
            ),
            await browser.client.post(
                "/settings/stop",
                data={"what": "global:"},
                headers={"sec-fetch-site": "cross-site"},
            ),
        ]
        assert [answer.status_code for answer in forged] == [403, 403, 403]
        assert "Stopped." not in (await browser.get("/today")).text


async def test_a_link_works_once_and_looking_does_not_use_it(site: Site) -> None:
    link = await site.link("viewer")
    token = link.rsplit("/", 1)[1]
    async with httpx.AsyncClient(base_url=site.url) as client:
        for _ in range(2):
            assert (await client.get(link)).status_code == 200
        assert (await client.post("/sign-in", data={"token": token})).status_code == 303
        assert (await client.post("/sign-in", data={"token": token})).status_code == 410
        assert (await client.get(link)).status_code == 410


async def test_a_link_ends_with_its_time(db: Database, now: datetime) -> None:
    person = await user(db, "viewer", now)
    async with db.begin() as session:
        secret = await create_sign_in_link(session, person, timedelta(minutes=5), now)
        assert await link_is_open(session, secret, now + timedelta(minutes=4))
        assert not await link_is_open(session, secret, now + timedelta(minutes=5))


async def test_signing_out_ends_the_session(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        cookie = dict(browser.client.cookies)
        await browser.post("/sign-out")
        async with httpx.AsyncClient(base_url=site.url, cookies=cookie) as thief:
            assert (await thief.get("/today")).status_code == 303


async def test_headers_keep_the_page_to_itself(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        page = await browser.get("/today")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert " style=" not in page.text
    assert " onclick" not in page.text


async def test_cookies_are_secure_behind_https(
    database_url: str, db: Database, now: datetime
) -> None:
    async with serving(database_url, db, now, public_url="https://ar.seller.example") as site:
        token = (await site.link("viewer")).rsplit("/", 1)[1]
        async with httpx.AsyncClient(base_url=site.url) as client:
            answer = await client.post("/sign-in", data={"token": token})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-dunwell=")
    for part in ("httponly", "samesite=lax", "secure", "path=/"):
        assert part in cookie
    assert "strict-transport-security" in answer.headers
