"""Who may come in: people, one-time links, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from app.access import (
    DEMO_PEOPLE,
    FIRST_PERSON,
    NewPerson,
    add_person,
    create_key,
    first_link,
    link_for,
    people,
)
from app.cli.failures import Mistake
from app.settings import Settings, load
from effects.audit import Intact, verify
from store.audit import AuditRow
from store.engine import Database


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"DUNWELL_DATA_DIR": str(tmp_path), "DUNWELL_PUBLIC_URL": "https://ar.example/"})


async def test_the_first_start_adds_people_and_later_ones_do_not(
    database_url: str, settings: Settings
) -> None:
    link = await first_link(database_url, settings, DEMO_PEOPLE)
    assert link.startswith("https://ar.example/sign-in/")
    again = await first_link(database_url, settings, FIRST_PERSON)
    assert again != link
    assert {person.email for person in await people(database_url)} == {
        person.email for person in DEMO_PEOPLE
    }


async def test_adding_somebody_again_changes_name_and_role(
    database_url: str, settings: Settings
) -> None:
    await add_person(database_url, settings, NewPerson("Kim@x.example", "Kim", "viewer"))
    await add_person(database_url, settings, NewPerson("kim@X.example", "Kim Lee", "controller"))
    (kim,) = await people(database_url)
    assert (kim.email, kim.name, kim.role) == ("kim@x.example", "Kim Lee", "controller")
    with pytest.raises(Mistake, match="collector"):
        await add_person(database_url, settings, NewPerson("kim@x.example", "Kim", "owner"))


async def test_links_and_keys_are_for_known_people(database_url: str, settings: Settings) -> None:
    await add_person(database_url, settings, NewPerson("kim@x.example", "Kim", "admin"))
    assert await link_for(database_url, settings, "KIM@x.example")
    assert await link_for(database_url, settings, "no@x.example") is None
    first = await create_key(database_url, settings, "kim@x.example", "reports", ["read"])
    second = await create_key(database_url, settings, "kim@x.example", "reports", ["read"])
    assert first
    assert first != second
    assert await create_key(database_url, settings, "no@x.example", "reports", ["read"]) is None


async def test_who_was_let_in_is_in_the_audit(database_url: str, settings: Settings) -> None:
    await add_person(database_url, settings, NewPerson("kim@x.example", "Kim", "admin"))
    await link_for(database_url, settings, "kim@x.example")
    key = await create_key(database_url, settings, "kim@x.example", "reports", ["read"])
    database = Database(database_url)
    async with database.read() as session:
        rows = (await session.exec(select(AuditRow).order_by(col(AuditRow.id)))).all()
        assert isinstance(await verify(session), Intact)
    await database.close()
    assert [row.action for row in rows] == ["person.set", "sign_in_link.made", "api_key.made"]
    assert {row.actor_id for row in rows} == {"command line"}
    assert rows[0].detail == {"name": "Kim", "role": "admin"}
    assert key is not None
    assert key not in str([row.detail for row in rows])
