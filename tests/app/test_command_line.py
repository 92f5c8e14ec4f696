"""The command line: what it prints and how it ends, in this process and in one of its own."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from store.address import plain_url
from store.engine import Database
from tests.app.shell import ROOT, Shell


@pytest.fixture
def shell(tmp_path: Path, database_url: str) -> Shell:
    return Shell({"DUNWELL_DATA_DIR": str(tmp_path), "DATABASE_URL": database_url})


def test_settings_are_listed_without_values(shell: Shell) -> None:
    code, out, _ = shell.process(
        "settings", STRIPE_API_KEY="sk_test_9", STRIPE_WEBHOOK_SECRET="w9w"
    )
    assert code == 0
    assert "* STRIPE_API_KEY (set, secret)" in out
    assert "  DUNWELL_PORT (default 8400)" in out
    assert "sk_test_9" not in out
    assert shell.settings["DATABASE_URL"] not in out
    code, _, err = shell.run("settings", DUNWELL_PORT="x", MAIL_FROM="a@b")
    assert code == 1
    assert "DUNWELL_PORT: must be a whole number" in err
    assert "SMTP_HOST: is missing" in err


def test_people_links_and_keys(shell: Shell) -> None:
    code, out, _ = shell.run("people", "add", "Kim@Seller.example", "Kim Lee", "--role", "admin")
    assert (code, out) == (0, "Kim Lee <Kim@Seller.example> may sign in as admin.\n")
    assert shell.run("people", "list")[1].split() == ["admin", "Kim", "Lee", "<kim@seller.example>"]
    code, out, _ = shell.run("sign-in-link", "kim@seller.example")
    assert code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8400/sign-in/\S{20,}\n", out)
    code, _, err = shell.run("sign-in-link", "nobody@seller.example")
    assert code == 1
    assert "nobody@seller.example" in err


def test_an_unknown_role_is_refused_with_the_roles(shell: Shell) -> None:
    code, _, err = shell.run("people", "add", "kim@seller.example", "Kim", "--role", "boss")
    assert code == 1
    assert "no role 'boss'" in err
    assert "controller" in err


async def test_a_tampered_audit_is_found(shell: Shell, db: Database, now: datetime) -> None:
    async with db.begin() as session:
        for number in ("1", "2", "3"):
            entry = Entry(
                Actor(ActorKind.PERSON, "7"), "approved", "effect", number, {"amount": "100"}
            )
            await record(session, entry, now)
    code, out, _ = await asyncio.to_thread(shell.run, "audit", "verify")
    assert code == 0
    assert "The audit is intact: 3 rows" in out
    with psycopg.connect(plain_url(db.url)) as admin:
        admin.execute("ALTER TABLE audit DISABLE TRIGGER ALL")
        admin.execute("""UPDATE audit SET detail = '{"amount": "900"}' WHERE subject_id = '2'""")
        admin.execute("ALTER TABLE audit ENABLE TRIGGER ALL")
        row = admin.execute("SELECT id FROM audit WHERE subject_id = '2'").fetchone()
    assert row is not None
    code, out, _ = await asyncio.to_thread(shell.run, "audit", "verify")
    assert code == 1
    assert f"broken at row {row[0]}: its content" in out


def test_migrate_says_where_the_database_stands(shell: Shell) -> None:
    code, out, _ = shell.run("migrate")
    assert (code, out) == (0, "The database is at revision 0001.\n")


def test_tables_that_are_missing_and_databases_that_are_newer(shell: Shell) -> None:
    with psycopg.connect(plain_url(shell.settings["DATABASE_URL"])) as admin:
        admin.execute("ALTER TABLE app_user RENAME TO gone")
        admin.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, err = shell.run("people", "list")
    assert code == 1
    assert "./dunwell migrate" in err
    code, _, err = shell.run("migrate")
    assert code == 1
    assert "newer Dunwell" in err


@pytest.mark.parametrize("command", ["work", "web"])
def test_a_database_that_is_away_is_said(shell: Shell, command: str, free_port: int) -> None:
    url = f"postgresql://me:hidden@127.0.0.1:{free_port}/x"
    code, _, err = shell.run(command, DATABASE_URL=url)
    assert code == 1
    assert "The database cannot be reached" in err
    assert "hidden" not in err


@pytest.mark.parametrize("command", ["web", "up"])
def test_a_policy_file_that_is_wrong_is_pointed_at(
    shell: Shell, command: str, tmp_path: Path
) -> None:
    for name in ("approval.yaml", "dunning.yaml"):
        text = (ROOT / "app" / "defaults" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "approval.yaml").write_text("rules: [\n")
    code, _, err = shell.run(command, DUNWELL_POLICY_DIR=str(tmp_path))
    assert code == 1
    assert f"{tmp_path / 'approval.yaml'}, line 2, column 1: " in err


def test_a_key_file_that_holds_no_key_is_said(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "netsuite.pem"
    key.write_text("not a key")
    code, _, err = shell.process(
        "work",
        NETSUITE_ACCOUNT_ID="1234567",
        NETSUITE_CLIENT_ID="c",
        NETSUITE_CERTIFICATE_ID="c",
        NETSUITE_PRIVATE_KEY_FILE=str(key),
    )
    assert code == 1
    assert "not an unencrypted PEM key" in err


def test_the_doctor_ends_with_the_count(shell: Shell, free_port: int) -> None:
    code, out, _ = shell.run("doctor")
    assert code == 0
    assert out.splitlines()[-1].endswith("checks are fine.")
    code, out, _ = shell.run("doctor", DATABASE_URL=f"postgresql://127.0.0.1:{free_port}/x")
    assert code == 1
    assert "NO  database" in out


def test_the_doctor_looks_at_one_area_only(shell: Shell) -> None:
    code, out, _ = shell.run("doctor", "stripe")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines()[:-1]] == ["stripe"]
    code, _, err = shell.run("doctor", "weather")
    assert code == 1
    assert "not at weather" in err
    assert "netsuite" in err
