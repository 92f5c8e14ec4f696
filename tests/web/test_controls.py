"""The stop switch and the sandbox's clock, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sandbox.server import start_world
from store.engine import Database
from store.switches import switches_on
from tests.web.seeding import seed
from tests.web.serving import Site, serving
from web.deps import Sandbox


@pytest.mark.timeout(90)
async def test_the_button_moves_the_clock_of_the_sandbox(
    tmp_path: Path, new_database: Callable[[], str], now: datetime
) -> None:
    address = new_database()
    database = Database(address)
    await seed(database, now)
    async with start_world(tmp_path, customers=5, invoices=10, seed=3) as world:
        given = Sandbox(world.control_url, world.parts.secrets.control_token)
        async with (
            serving(address, database, now, sandbox=given) as site,
            site.signed_in("controller") as browser,
        ):
            before = world.parts.clock()
            answer = await browser.post("/sandbox/advance", days="7", back="/review")
            assert answer.headers["location"] == "/review?notice=advanced"
            moved = world.parts.clock() - before
            assert timedelta(days=7) <= moved < timedelta(days=7, minutes=1)
            odd = await browser.post("/sandbox/advance", days="999")
            abroad = await browser.post("/sandbox/advance", days="1", back="//evil.example")
    assert odd.status_code == 404
    assert abroad.headers["location"] == "/today?notice=advanced"
    await database.close()


async def test_without_a_sandbox_no_button_moves_time(site: Site) -> None:
    async with site.signed_in("controller") as browser:
        assert "Advance" not in (await browser.get("/today")).text
        assert (await browser.post("/sandbox/advance", days="1")).status_code == 404


async def test_a_sandbox_that_is_gone_is_told(
    database_url: str, db: Database, now: datetime, free_port: int
) -> None:
    await seed(db, now)
    gone = Sandbox(f"http://127.0.0.1:{free_port}", "token")
    async with (
        serving(database_url, db, now, sandbox=gone) as site,
        site.signed_in("controller") as browser,
    ):
        answer = await browser.post("/sandbox/advance", days="1", back="/today")
        page = await browser.get(answer.headers["location"])
    assert "its clock did not move" in page.text


async def test_who_may_stop_and_who_may_switch_on_again(site: Site) -> None:
    async with site.signed_in("viewer") as viewer:
        refused = await viewer.post("/settings/stop", what="global:", reason="drill")
    assert refused.status_code == 403
    async with site.signed_in("collector") as collector:
        stopped = await collector.post("/settings/stop", what="channel:email", reason="A drill")
        assert stopped.status_code == 303, stopped.text
        page = await collector.get("/today")
        assert "Nothing leaves by email" in page.text
        assert "A drill" in page.text
        again = await collector.post("/settings/resume", what="channel:email", reason="over")
        assert again.status_code == 403
    async with site.db.read() as session:
        assert len(await switches_on(session)) == 1
    async with site.signed_in("controller") as controller:
        answer = await controller.post("/settings/resume", what="channel:email", reason="over")
        assert answer.status_code == 303
    async with site.db.read() as session:
        assert await switches_on(session) == []


async def test_stopped_mail_cannot_be_approved(site: Site) -> None:
    async with site.signed_in("controller") as browser:
        await browser.post("/settings/stop", what="global:", reason="drill")
        page = await browser.get(f"/review/{site.ids['mail']}")
        fingerprint = page.text.split('name="fingerprint" value="')[1].split('"')[0]
        path = f"/review/{site.ids['mail']}/approve"
        answer = await browser.post(path, fingerprint=fingerprint)
    assert answer.status_code == 409
    assert "Not done." in answer.text
