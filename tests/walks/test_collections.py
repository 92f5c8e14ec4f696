"""A first import sends nothing to anyone; collections begin where a person switches them on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.effects import EffectRow
from store.parties import CustomerRow
from tests.walks.house import House, eventually, house


@pytest.fixture
async def quiet(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """A service whose newly imported customers are left alone."""
    async with house(
        tmp_path,
        database_url,
        customers=15,
        invoices=60,
        DUNWELL_COLLECTIONS_FOR_NEW="off",
    ) as ready:
        await ready.sync()
        await eventually(lambda: ready.rows(CustomerRow), why="customers")
        await ready.settled()
        yield ready


async def mails(house: House) -> set[int | None]:
    """The customers that any mail was ever proposed for."""
    return {row.customer_id for row in await house.rows(EffectRow, kind="send_email")}


async def sweep(house: House, times: int = 1) -> None:
    for _ in range(times):
        await house.run("followups.sweep", day=house.now().date().isoformat())
        await house.settled()


async def test_nobody_hears_of_an_import_before_somebody_says_so(quiet: House) -> None:
    await sweep(quiet, 3)
    await quiet.sync()
    await quiet.settled()
    assert await mails(quiet) == set()
    assert quiet.world.parts.mail.accepted() == []
    every = await quiet.rows(CustomerRow)
    assert len(every) == 15
    assert {c.auto_followup for c in every} == {False}


async def test_only_the_customer_that_was_switched_on_is_written_to(quiet: House) -> None:
    on, reached = list[int](), set[int | None]()
    for chosen in await quiet.rows(CustomerRow):
        path = f"/customers/{chosen.id}/collections"
        answer = await quiet.api("POST", path, "collector", on=True, reason="they agreed")
        assert answer.status_code == 200, answer.text
        await sweep(quiet)
        on, reached = [*on, chosen.id], await mails(quiet)
        if reached:
            break
    assert reached == set(on[-1:])
