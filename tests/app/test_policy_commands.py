"""`dunwell policy`: what-if over recorded history, and going live, from a terminal."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.failures import Mistake
from app.cli.main import app
from app.cli.policy import lines
from app.policy_versions import Keeper
from app.settings import load
from store.engine import Database
from store.people import add_user
from tests.web.seeding import seed

BODY = "cadence: 6\nsteps:\n  - {key: one}\n  - {key: two, tone: firm}\n"
SENDS = "  - send_email: {tone: firm}\n"
BOOK = f"name: Tried\ncustomers: all\nsteps:\n{SENDS}{SENDS}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {"DUNWELL_DATA_DIR": str(tmp_path), "DATABASE_URL": database_url}


async def test_a_version_goes_from_a_file_to_being_in_force(
    settings: dict[str, str], database_url: str, db: Database, now: datetime, tmp_path: Path
) -> None:
    await seed(db, now)
    async with db.begin() as session:
        for name, role in (("ann", "controller"), ("bea", "admin")):
            await add_user(session, email=f"{name}@x.example", name=name, role=role, now=now)
    keeper = Keeper(database_url, load(settings))
    number = await keeper.write(BODY, "new.yaml", "calmer", "ann@x.example")
    (tmp_path / "new.yaml").write_text(BODY)
    found = await keeper.diff("file", str(tmp_path / "new.yaml"), "90d", shown=5)
    assert [line for line in lines(found) if line.startswith("messages")]
    (tmp_path / "book.yaml").write_text(BOOK)
    tried = await keeper.diff("file", "file", "90d", shown=5, playbook=str(tmp_path / "book.yaml"))
    assert tried["differences"]
    told = "\n".join(lines(tried))
    assert "are in a playbook, the tried one among them." in told
    assert "Tried, a message (" in told
    with pytest.raises(Mistake, match="somebody else"):
        await keeper.make_live(number, "ann@x.example")
    assert (await keeper.make_live(number, "bea@x.example")).before is None
    rows, in_force = await keeper.listed()
    assert ([row.id for row in rows], in_force) == ([number], number)
    assert await keeper.text("live") == BODY
    for name in ("999", "nobody@x.example"):
        with pytest.raises((Mistake, OSError)):
            await keeper.text(name)
    with pytest.raises(Mistake, match="no span"):
        await keeper.diff("live", "file", "soon", shown=5)


def test_the_command_prints_both_sides(
    settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    file = tmp_path / "p.yaml"
    file.write_text(BODY)
    ran = CliRunner().invoke(app, ["policy", "diff", "live", str(file), "--over", "12m", "--json"])
    assert ran.exit_code == 0, ran.output
    assert set(json.loads(ran.stdout)) >= {"old", "new", "differences", "violations"}
    file.write_text(BODY.replace("firm", "rude"))
    wrong = CliRunner().invoke(app, ["policy", "diff", "live", str(file)])
    assert wrong.exit_code == 1
    assert "line 4, column 16" in wrong.output
    assert "file is in force" in CliRunner().invoke(app, ["policy", "list"]).output.replace(
        "the policy of the ", ""
    )
