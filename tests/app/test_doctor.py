"""The doctor before real servers: all well, wrong passwords, nobody there, a silent server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from app.doctor import examine
from app.probes.finding import Finding
from app.settings import load
from sandbox.model.app import build_model_app
from sandbox.model.script import Call, Say, Script
from sandbox.server import World, start_world
from sandbox.serving import LoopbackServer
from store.address import plain_url


@dataclass
class Clinic:
    """Settings of a small world, and what the doctor says about them."""

    settings: dict[str, str]

    async def visit(self, seconds: float = 10, **changed: str) -> tuple[dict[str, Finding], str]:
        told: list[str] = []
        found = await examine(load(self.settings | changed), told.append, seconds=seconds)
        assert len(told) == len(found)
        return {finding.name: finding for finding in found}, "\n".join(told)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    today = datetime.now(UTC).date()
    small = start_world(tmp_path / "world", customers=4, invoices=12, today=today)
    async with small as running:
        yield running


@pytest.fixture
def clinic(world: World, tmp_path: Path, database_url: str) -> Clinic:
    ours = {"DUNWELL_DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": database_url}
    return Clinic(world.settings | ours)


async def test_everything_configured_is_well(clinic: Clinic) -> None:
    script = Script([Call("say_number", {"number": 7})])
    async with LoopbackServer(build_model_app(script)) as model:
        found, told = await clinic.visit(OPENAI_BASE_URL=f"{model.url}/v1", OPENAI_MODEL="toy")
    assert [finding for finding in found.values() if not finding.ok] == []
    for name in (
        "database",
        "audit",
        "smtp",
        "imap",
        "sent folder",
        "stripe",
        "model",
        "slack",
        "slack events",
    ):
        assert (name, found[name].fix) == (name, "")
    assert "schema 0001 (newest)" in found["database"].detail
    assert found["netsuite permissions"].detail == "24 granted"
    assert found["slack scopes"].detail == "12 granted"
    assert found["slack alerts"].detail == "#ar-alerts"
    for name in ("SMTP_PASSWORD", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET", "MAIL_INBOUND_SECRET"):
        assert clinic.settings[name] not in told


async def test_wrong_secrets_are_told_apart_from_wrong_addresses(clinic: Clinic) -> None:
    found, told = await clinic.visit(
        SMTP_PASSWORD="wrong-1", IMAP_PASSWORD="wrong-2", STRIPE_API_KEY="sk_test_wrong3"
    )
    assert found["smtp"].fix == "check SMTP_USERNAME and SMTP_PASSWORD"
    assert found["imap"].fix == "check IMAP_USERNAME and IMAP_PASSWORD"
    assert found["stripe"].fix == "check STRIPE_API_KEY"
    assert not any(found[name].ok for name in ("smtp", "imap", "stripe"))
    assert "wrong-1" not in told
    assert "wrong3" not in told


async def test_a_wrong_folder_and_a_model_without_tools(clinic: Clinic) -> None:
    async with LoopbackServer(build_model_app(Script([Say("seven")]))) as model:
        found, _ = await clinic.visit(
            MAIL_SENT_FOLDER="Gone", OPENAI_BASE_URL=f"{model.url}/v1", OPENAI_MODEL="toy"
        )
    assert (found["imap"].ok, found["sent folder"].ok) == (True, False)
    assert found["sent folder"].fix == "check MAIL_SENT_FOLDER"
    assert found["model"].ok
    assert "ignores tools" in found["model"].detail


async def test_nobody_there(clinic: Clinic, free_port: int) -> None:
    port, address = str(free_port), f"http://127.0.0.1:{free_port}"
    found, told = await clinic.visit(
        DATABASE_URL=f"postgresql://me:hidden@127.0.0.1:{port}/x",
        SMTP_PORT=port,
        IMAP_PORT=port,
        STRIPE_API_BASE=address,
        SLACK_BASE_URL=address,
        DUNWELL_SANDBOX_URL=address,
        NETSUITE_BASE_URL=address,
        OPENAI_BASE_URL=address,
        OPENAI_MODEL="toy",
        DUNWELL_WEBHOOK_URLS=f"{address}/hidden-path",
        DUNWELL_WEBHOOK_SECRET=f"whsec_{'A' * 32}",
    )
    wrong = {name for name, finding in found.items() if not finding.ok}
    assert wrong == {
        "database",
        "netsuite sign-in",
        "smtp",
        "imap",
        "stripe",
        "slack",
        "model",
        "demo world",
        "webhooks",
    }
    assert "SMTP_PORT" in found["smtp"].fix
    assert "IMAP_PORT" in found["imap"].fix
    assert "DATABASE_URL" in found["database"].fix
    assert "hidden" not in told


async def test_a_server_that_says_nothing_takes_no_longer_than_allowed(tmp_path: Path) -> None:
    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting.append(writer)

    waiting: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    clinic = Clinic(
        {
            "DUNWELL_DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"postgresql://127.0.0.1:{port}/x",
            "MAIL_FROM": "ar@seller.example",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": port,
            "STRIPE_API_KEY": "sk_test_1",
            "STRIPE_WEBHOOK_SECRET": "whsec_1",
            "STRIPE_API_BASE": f"http://127.0.0.1:{port}",
        }
    )
    async with asyncio.timeout(5):
        found, _ = await clinic.visit(seconds=0.5)
    for writer in waiting:
        writer.close()
    server.close()
    assert [found[name].ok for name in ("database", "smtp", "stripe")] == [False] * 3
    assert found["database"].detail == "no answer within 0.5 s"


async def test_nothing_configured_is_no_failure_but_says_what_to_do(
    tmp_path: Path, database_url: str
) -> None:
    bare = Clinic({"DUNWELL_DATA_DIR": str(tmp_path), "DATABASE_URL": database_url})
    found, told = await bare.visit()
    assert all(finding.ok for finding in found.values())
    assert "--  smtp               not configured: set SMTP_HOST" in told
    assert "works without" in found["model"].detail
    assert "dunwell people add" in found["people"].fix


async def test_weak_spots_of_database_machine_and_policies(
    tmp_path: Path, database_url: str
) -> None:
    with psycopg.connect(plain_url(database_url)) as admin:
        admin.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        admin.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'x')"
        )
    key = tmp_path / "secret.key"
    key.write_text("k")
    key.chmod(0o644)
    (tmp_path / "approval.yaml").write_text("rules: [\n")
    sick = {
        "DUNWELL_DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_url,
        "DUNWELL_POLICY_DIR": str(tmp_path),
        "DUNWELL_PUBLIC_URL": "http://ar.seller.example",
    }
    found, _ = await Clinic(sick).visit()
    wrong = {name for name, finding in found.items() if not finding.ok}
    assert wrong == {
        "audit",
        "workers",
        "secret key",
        "approval policy",
        "dunning policy",
        "public address",
    }
    assert "line 2, column 1" in found["approval policy"].detail
    assert "1 jobs wait" in found["workers"].detail


async def test_an_empty_and_an_old_database(tmp_path: Path, database_url: str) -> None:
    clinic = Clinic({"DUNWELL_DATA_DIR": str(tmp_path), "DATABASE_URL": database_url})
    with psycopg.connect(plain_url(database_url)) as admin:
        admin.execute("UPDATE alembic_version SET version_num = '0000'")
    found, _ = await clinic.visit()
    assert found["database"].fix == "run ./dunwell migrate"
    with psycopg.connect(plain_url(database_url)) as admin:
        admin.execute("UPDATE alembic_version SET version_num = '9999'")
    found, _ = await clinic.visit()
    assert found["database"].fix == "update Dunwell"
    with psycopg.connect(plain_url(database_url)) as admin:
        admin.execute("DROP TABLE alembic_version")
    found, _ = await clinic.visit()
    assert found["database"].ok
    assert "empty" in found["database"].detail


def test_a_line_never_shows_a_secret() -> None:
    line = Finding(
        "x", False, "postgresql://me:hidden@db/x password=abc", "sk_live_12345678"
    ).line()
    assert line.startswith("NO  x")
    for secret in ("hidden", "abc", "12345678"):
        assert secret not in line
