"""`dunwell revenue`: settings, what stands in the way, closing and reopening, from a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.failures import Mistake
from app.cli.main import app
from app.cli.revenue import points
from app.revenue_desk import RevenueDesk
from app.settings import load
from flows.revenue.close import Waiting
from store.engine import Database
from store.parties import SubsidiaryRow
from store.people import add_user
from tests.conftest import NOW


async def test_the_list_of_each_subsidiary_and_who_may_close(
    database_url: str, db: Database, tmp_path: Path
) -> None:
    async with db.begin() as session:
        for number, name in enumerate(("Main", "Europe"), 1):
            session.add(SubsidiaryRow(netsuite_id=str(number), name=name, currency="USD"))
        for name, role in (("ann", "controller"), ("bea", "approver")):
            await add_user(session, email=f"{name}@x.example", name=name, role=role, now=NOW)
    known = load({"DUNWELL_DATA_DIR": str(tmp_path), "DATABASE_URL": database_url})
    desk = RevenueDesk(database_url, known)
    main, europe = await desk.standing()
    first, second, *_ = points(main)
    assert first.startswith("Main")
    assert second.split()[:3] == ["open", "sync", "controller"]
    assert europe.subsidiary.name == "Europe"
    day = main.period.starts_on
    waiting = await desk.close(day, "Main", "ann@x.example")
    assert isinstance(waiting, Waiting)
    for asked, told in (
        (("", "ann@x.example"), "which subsidiary: Main, Europe"),
        (("1", "nobody@x.example"), "nobody with the address"),
        (("1", "bea@x.example"), "closed by a controller"),
    ):
        with pytest.raises(Mistake, match=told):
            await desk.close(day, *asked)
    with pytest.raises(Mistake, match="is not closed"):
        await desk.reopen(date(2026, 1, 1), "1", "late", "ann@x.example")


def test_the_settings_are_printed_and_a_day_is_a_day(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUNWELL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    shown = CliRunner().invoke(app, ["revenue", "settings"])
    assert shown.exit_code == 0, shown.output
    assert "method exact_days, without dates hold" in shown.output
    wrong = CliRunner().invoke(app, ["revenue", "close", "October", "--by", "a@x.example"])
    assert wrong.exit_code == 1
    assert "is no day" in wrong.output
