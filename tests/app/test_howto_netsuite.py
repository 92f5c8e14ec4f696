"""docs/howto/netsuite.md, followed word by word against the sandbox ERP."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.options import OPTIONS
from sandbox.netsuite.access.roles import PERMISSIONS
from sandbox.server import World, start_world

ROOT = Path(__file__).resolve().parent.parent.parent
HOWTO = (ROOT / "docs" / "howto" / "netsuite.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.timeout(120)


@dataclass
class Reader:
    """Somebody with an empty folder and the page; `dunwell` is the module in this checkout."""

    folder: Path
    surroundings: dict[str, str]

    async def types(self, command: str) -> tuple[int, str]:
        ours = command.replace("./dunwell", f"{sys.executable} -m app")
        process = await asyncio.create_subprocess_shell(
            ours,
            cwd=self.folder,
            env=self.surroundings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(60):
            out, _ = await process.communicate()
        return process.returncode or 0, out.decode()

    def saves_settings(self, **filled: str) -> None:
        """The block of the page, with its gaps filled."""
        (block,) = re.findall(r"```sh\n(.*?)```", HOWTO, re.S)
        lines = dict(line.split("=", 1) for line in block.split())
        assert set(filled) - set(lines) == {"NETSUITE_BASE_URL"}
        text = "".join(f"{name}={value}\n" for name, value in (lines | filled).items())
        (self.folder / "dunwell.env").write_text(text, encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", HOWTO, re.S)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    today = datetime.now(UTC).date()
    small = start_world(tmp_path / "world", customers=15, invoices=60, today=today)
    async with small as running:
        yield running


@pytest.fixture
def reader(tmp_path: Path, database_url: str) -> Reader:
    folder = tmp_path / "empty"
    folder.mkdir()
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": database_url}
    return Reader(folder, known | {"DUNWELL_DATA_DIR": str(folder / "data")})


async def test_following_the_page_ends_with_an_import_that_ties(
    world: World, reader: Reader
) -> None:
    make_key, protect, doctor, start, report = commands()
    assert (await reader.types(make_key))[0] == 0
    assert (await reader.types(protect))[0] == 0
    certificate = (reader.folder / "netsuite.pem").read_text(encoding="ascii")
    world.erp.register_integration("from-the-page", "certificate-1", certificate)
    reader.saves_settings(
        NETSUITE_ACCOUNT_ID="TSTDRV1",
        NETSUITE_CLIENT_ID="from-the-page",
        NETSUITE_CERTIFICATE_ID="certificate-1",
        NETSUITE_BASE_URL=world.erp_url,
    )
    code, told = await reader.types(doctor)
    assert (code, "netsuite" in told) == (0, True), told
    code, told = await reader.types(start)
    assert (code, "Everything ties." in told) == (0, True), told
    code, again = await reader.types(report)
    assert code == 0, again
    assert again.strip() in told


def test_the_page_names_every_permission_the_sandbox_asks_for() -> None:
    named = set(re.findall(r"`((?:ADMI|LIST|TRAN|REPO)_\w+)`", HOWTO))
    assert named >= PERMISSIONS - {"TRAN_SALESORD"}


def test_the_page_names_settings_that_exist() -> None:
    named = set(re.findall(r"`((?:NETSUITE|DUNWELL)_\w+)`", HOWTO))
    assert named
    assert named <= set(OPTIONS)
