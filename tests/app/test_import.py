"""The import command: bars, an interrupted process, the report, and what goes wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from sandbox.server import World, start_world
from store.engine import Database
from store.erp_mirror import SyncCursorRow
from store.outgoing import OutgoingEventRow
from store.parties import CustomerRow
from tests.app.shell import ROOT, Shell


@dataclass
class Ended:
    code: int
    out: str
    err: str


def _interruptible() -> None:
    """A shell gives what it runs in the background SIGINT as ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Command:
    """Runs `dunwell import` beside the world of this process."""

    settings: dict[str, str]

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """As a process, which a signal can interrupt."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "app",
            "import",
            *arguments,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | self.settings,
            cwd=self.settings["DUNWELL_DATA_DIR"],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=_interruptible,
        )

    async def run(self, *arguments: str, **changed: str) -> Ended:
        """In a thread of this process, with an event loop of its own."""
        shell = Shell(self.settings)
        code, out, err = await asyncio.to_thread(shell.run, "import", *arguments, **changed)
        return Ended(code, out, err)


async def ended(process: asyncio.subprocess.Process) -> Ended:
    async with asyncio.timeout(40):
        out, err = await process.communicate()
    assert b"Traceback" not in err, err.decode()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    today = datetime.now(UTC).date()
    small = start_world(tmp_path / "world", customers=15, invoices=60, today=today)
    async with small as running:
        yield running


@pytest.fixture
def command(world: World, tmp_path: Path, database_url: str) -> Command:
    ours = {
        "DUNWELL_DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_url,
        "DUNWELL_COLLECTIONS_FOR_NEW": "off",
    }
    return Command(world.settings | ours)


async def test_an_import_shows_bars_and_ties(command: Command, db: Database) -> None:
    done = await command.run("--progress")
    assert done.code == 0, done.err
    for words in ("customers", "documents", "rows", "Everything ties.", "owing without contact"):
        assert words in done.out
    async with db.read() as session:
        customers = (await session.exec(select(CustomerRow))).all()
        events = (await session.exec(select(OutgoingEventRow))).all()
    assert len(customers) == 15
    assert not any(customer.auto_followup for customer in customers)
    assert [event.kind for event in events] == ["import.finished"]
    assert events[0].payload["ties"] is True
    again = await command.run()
    assert again.code == 0
    assert again.out == (await command.run("--report")).out
    repeated = await command.run("--again")
    assert "Everything ties." in repeated.out


async def slowness(world: World, seconds: float) -> None:
    """How long the ERP takes for each request."""
    token = {"Authorization": f"Bearer {world.parts.secrets.control_token}"}
    async with httpx.AsyncClient(base_url=world.erp_url, headers=token) as client:
        answer = await client.post("/admin/knobs", json={"latency_seconds": seconds})
        answer.raise_for_status()


async def begun(db: Database) -> bool:
    """Whether a first import is under way."""
    async with db.read() as session:
        found = (await session.exec(select(SyncCursorRow))).all()
    return any(row.stream.startswith("first:") for row in found)


async def test_an_interrupted_import_goes_on(command: Command, world: World, db: Database) -> None:
    await slowness(world, 0.6)
    process = await command.start("--progress")
    for _ in range(1_000):
        if await begun(db):
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("the import did not begin")
    process.send_signal(signal.SIGINT)
    cut = await ended(process)
    assert cut.code == 130
    assert "goes on from there" in cut.err
    await slowness(world, 0)
    done = await command.run()
    assert done.code == 0, done.err
    assert "Everything ties." in done.out


async def test_what_is_wrong_is_said(command: Command, free_port: int) -> None:
    none = await command.run("--report")
    assert (none.code, none.out) == (1, "")
    assert "No first import was finished yet" in none.err
    away = await command.run(NETSUITE_BASE_URL=f"http://127.0.0.1:{free_port}")
    assert away.code == 1
    assert "NetSuite cannot be reached" in away.err
    unset = {name: "" for name in command.settings if name.startswith("NETSUITE_")}
    missing = await command.run(**unset)
    assert missing.code == 1
    assert "set NETSUITE_ACCOUNT_ID" in missing.err
