"""The panel and the command: clock, mailbox, faults, and a clean stop."""

from __future__ import annotations

import asyncio
import base64
import signal
import sys
from pathlib import Path

import aiosmtplib
import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.company import Temperament
from tests.sandbox.receiver import eventually
from tests.sandbox.server.conftest import Town


def panel(town: Town, token: str | None = None) -> httpx.AsyncClient:
    settings = town.world.settings
    secret = settings["DUNWELL_SANDBOX_TOKEN"] if token is None else token
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.AsyncClient(base_url=settings["DUNWELL_SANDBOX_URL"], headers=headers)


async def test_everything_but_health_needs_the_token(town: Town) -> None:
    async with panel(town, "guess") as stranger:
        assert (await stranger.get("/health")).json() == {"ok": True}
        for path in ("/state", "/clock", "/mailbox", "/mailbox/1", "/faults"):
            assert (await stranger.get(path)).status_code == 401
        for path in ("/clock/advance", "/faults", "/pay", "/deliver"):
            assert (await stranger.post(path, json={})).status_code == 401


async def test_the_clock_moves_for_the_service_too(town: Town) -> None:
    async with panel(town) as client:
        answer = await client.post("/clock/advance", json={"days": 3})
        assert answer.json()["offset_seconds"] == 259_200
        wrongs: tuple[dict[str, object], ...] = (
            {},
            {"days": -1},
            {"days": 1.5},
            {"days": 10_000},
            {"days": True},
        )
        for wrong in wrongs:
            assert (await client.post("/clock/advance", json=wrong)).status_code == 400
        assert (await client.post("/clock/advance", content=b"{")).status_code == 400
    shared = SandboxClock(Path(town.world.settings["DUNWELL_CLOCK_FILE"]))
    assert shared.offset() == 259_200


async def test_the_mailbox_shows_what_was_accepted(town: Town) -> None:
    debtor, claims = town.debtor(Temperament.SILENT)
    await town.remind(debtor.people[0].email, claims[0].number)
    token = town.world.settings["DUNWELL_SANDBOX_TOKEN"]
    async with panel(town) as client:
        (found,) = (await client.get("/mailbox", params={"to": debtor.people[0].email})).json()[
            "messages"
        ]
        assert found["message_id"] == "<m1@larkfield.example>"
        assert (await client.get("/mailbox", params={"to": "zzz"})).json()["messages"] == []
        whole = (await client.get(f"/mailbox/{found['id']}")).json()
        assert claims[0].number.encode() in base64.b64decode(whole["raw"])
        assert (await client.get("/mailbox/999")).status_code == 404
    async with httpx.AsyncClient(base_url=town.world.control_url) as browser:
        page = await browser.get(f"/mailbox?token={token}", headers={"Accept": "text/html"})
        assert "Past due" in page.text
        assert page.headers["content-type"].startswith("text/html")


async def test_state_counts(town: Town) -> None:
    async with panel(town) as client:
        state = (await client.get("/state")).json()
    assert (state["debtors"], state["claims"], state["mails_accepted"]) == (24, 200, 0)
    assert set(state["webhooks"]) == {"mail", "stripe"}


async def test_faults_are_ordered_shown_and_cleared(town: Town) -> None:
    async with panel(town) as client:
        order = {
            "mail": [{"where": "rcpt", "do": "451"}],
            "webhooks": {"stripe": {"duplicates": 2, "shuffle": True}},
            "stripe": {"fail": 1, "status": 503},
        }
        shown = (await client.post("/faults", json=order)).json()
        assert shown["mail"][0]["do"] == "451"
        assert shown["webhooks"]["stripe"] == {"duplicates": 2, "shuffle": True}
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await town.remind("a@b.example", "INV1")
        assert (await client.post("/faults", json={"mail": [{"do": "x"}]})).status_code == 400
        fax = await client.post("/faults", json={"webhooks": {"fax": {}}})
        assert fax.status_code == 400
        cleared = (await client.delete("/faults")).json()
        assert (cleared["mail"], cleared["stripe"]["fail"]) == ([], 0)


async def test_payments_and_mails_by_hand(town: Town) -> None:
    debtor, _ = town.debtor(Temperament.SILENT)
    async with panel(town) as client:
        order = {"debtor_id": debtor.id, "amount": 4200, "description": "INV1", "key": "k"}
        first = (await client.post("/pay", json=order)).json()
        assert first == (await client.post("/pay", json=order)).json()
        assert (await client.post("/pay", json={"debtor_id": 1, "amount": 1})).status_code == 400
        raw = base64.b64encode(b"Message-ID: <x@y.example>\r\n\r\nhello").decode()
        mail = {"from": "x@y.example", "to": "ar@larkfield.example", "raw": raw}
        assert (await client.post("/deliver", json=mail)).json() == {"delivered": True}
        assert (await client.post("/deliver", json=mail)).json() == {"delivered": False}
        mail["raw"] = "***"
        assert (await client.post("/deliver", json=mail)).status_code == 400
    await eventually(lambda: len(town.receiver.hooks) == 3)


async def test_the_erp_is_up_and_takes_only_its_own_key(town: Town) -> None:
    path = "/services/rest/query/v1/suiteql"
    async with httpx.AsyncClient(base_url=town.world.erp_url) as client:
        answer = await client.post(path, json={"q": "SELECT id FROM customer"})
    assert answer.status_code == 401


def settings_in(folder: Path) -> dict[str, str]:
    text = (folder / "service.env").read_text()
    return dict(line.split("=", 1) for line in text.splitlines())


def is_private(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0


async def test_the_command_starts_writes_settings_and_stops_on_a_signal(tmp_path: Path) -> None:
    arguments = ("--data", str(tmp_path), "--customers", "5", "--invoices", "20")
    for number in (signal.SIGTERM, signal.SIGINT):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sandbox", *arguments, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        lines = [(await process.stdout.readline()).decode() for _ in range(7)]
        assert lines[0] == "company  Larkfield Instruments: 5 customers, 20 invoices\n"
        settings = settings_in(tmp_path)
        assert lines[1].strip().endswith(settings["NETSUITE_BASE_URL"])
        assert is_private(tmp_path / "service.env")
        assert is_private(Path(settings["NETSUITE_PRIVATE_KEY_FILE"]))
        process.send_signal(number)
        assert await process.wait() == 0
