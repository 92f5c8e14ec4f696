"""Mappings: remembered once, carried out and in again, and told when they are no longer good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from flows import mapping
from flows.drafts.drafting import Invalid
from flows.invoicing import LineInput
from flows.mapping import Imported
from store.erp_masters import ItemRow
from store.mappings import MappingRow, put_mapping
from tests.flows.office import Office
from tests.flows.scene import NOW, Scene


@pytest.fixture
async def office(scene: Scene) -> Office:
    made = Office(scene)
    await made.open()
    return made


async def remember(
    office: Office, kind: str, ours: str, netsuite_id: str, source: str = ""
) -> object:
    async with office.db.begin() as session:
        return await mapping.remember(
            session, kind, ours, netsuite_id, office.ida.actor, office.now, source=source
        )


async def bring_in(office: Office, text: str) -> Imported | Invalid:
    async with office.db.begin() as session:
        return await mapping.import_file(session, text, office.ida.actor, office.now)


async def test_what_is_mapped_is_remembered_and_can_be_forgotten(office: Office) -> None:
    assert await office.open_ids(await office.draft(lines=(LineInput("Zeppelin", "1.00"),))) == [
        "LIN-002"
    ]
    async with office.db.read() as session:
        assert await mapping.unmapped(session) == [("manual", "Zeppelin")]
    assert await remember(office, "item", " Zeppelin ", "11") is None
    async with office.db.read() as session:
        assert await mapping.unmapped(session) == []
        (shown,) = await mapping.listed(session, "item")
    assert (shown.row.ours, shown.target_name, shown.problem) == ("Zeppelin", "Platform", "")
    async with office.db.begin() as session:
        by = office.ida.actor
        assert await mapping.forget(session, "item", "Zeppelin", by, NOW)
        assert not await mapping.forget(session, "item", "Zeppelin", by, NOW)


@pytest.mark.parametrize(
    ("kind", "ours", "netsuite_id", "field"),
    [
        ("colour", "red", "1", "kind"),
        ("item", "", "10", "ours"),
        ("item", "Seat", "99", "netsuite_id"),
        ("item", "Seat", "ten", "netsuite_id"),
    ],
)
async def test_what_leads_nowhere_is_not_remembered(
    office: Office, kind: str, ours: str, netsuite_id: str, field: str
) -> None:
    answer = await remember(office, kind, ours, netsuite_id)
    assert isinstance(answer, Invalid)
    assert list(answer.problems) == [field]
    assert await office.scene.all(MappingRow) == []


async def test_a_file_carries_every_mapping_out_and_in(office: Office) -> None:
    await remember(office, "item", 'Seat "gold": 5', "10")
    await remember(office, "item", "*", "11", "file")
    await remember(office, "terms", "net30", "2")
    await remember(office, "account", "receivable", "110")
    async with office.db.read() as session:
        text = await mapping.export_file(session)
    assert await bring_in(office, text) == Imported(changed=0, same=4)
    async with office.db.begin() as session:
        for row in await office.scene.all(MappingRow):
            await mapping.forget(session, row.kind, row.ours, office.ida.actor, NOW,
                                 source=row.source)  # fmt: skip
    assert await bring_in(office, text) == Imported(changed=4, same=0)
    async with office.db.read() as session:
        assert await mapping.export_file(session) == text


async def test_a_wrong_line_of_a_file_changes_nothing(office: Office) -> None:
    good = 'item:\n  - ours: Seat\n    netsuite_id: "10"\n'
    for text, line in (
        (good + '  - ours: Desk\n    netsuite_id: "99"\n', "line 4"),
        (good + "  - ours: Desk\n", "line 4"),
        (good + '  - ours: Seat\n    netsuite_id: "11"\n', "line 4"),
        (good + "colour:\n  - red\n", "line 4"),
        (good + "  - ours: [", "line 4"),
        ("- a\n", "line 1"),
    ):
        answer = await bring_in(office, text)
        assert isinstance(answer, Invalid), text
        assert list(answer.problems) == [line], text
    assert await office.scene.all(MappingRow) == []


async def test_stale_mappings_are_named(office: Office) -> None:
    await remember(office, "item", "Seat", "10")
    async with office.db.begin() as session:
        guess = MappingRow(kind="item", ours="Desk", netsuite_id="11", guess=True, score=81,
                           remembered_at=NOW)  # fmt: skip
        await put_mapping(session, guess)
        gone = update(ItemRow).where(col(ItemRow.netsuite_id) == "10").values(inactive=True)
        await session.exec(gone)
    async with office.db.read() as session:
        fresh = await mapping.stale(session, office.desk, NOW)
        later = await mapping.stale(session, office.desk, NOW + timedelta(hours=25))
        problems = {one.row.ours: one.problem for one in await mapping.listed(session)}
    assert [one.row.ours for one in fresh.broken] == ["Seat"]
    assert (fresh.too_old, later.too_old) == (False, True)
    assert problems["Desk"] == "a guess (81%): confirm it"
