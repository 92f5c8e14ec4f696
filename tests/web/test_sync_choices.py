"""The ERP's lists as choices, and what mappings point to."""

from __future__ import annotations

from datetime import datetime

import pytest

from store.choices import (
    Choice,
    MappingCount,
    choices,
    chosen,
    lists_read_at,
    mapped,
    mapping_counts,
    names_of,
)
from store.engine import Database, Session
from store.erp_masters import ClassificationRow, GlAccountRow, ItemRow, TermRow
from store.mappings import MappingRow, put_mapping
from store.parties import CustomerRow, SubsidiaryRow


async def _lists(session: Session, now: datetime) -> None:
    session.add(ItemRow(netsuite_id="7", name="Seats (annual)", type="NonInvtPart", seen_at=now))
    session.add(ItemRow(netsuite_id="8", name="Old seats", type="NonInvtPart", inactive=True))
    session.add(ItemRow(netsuite_id="9", name="Support", type="Service"))
    session.add(ItemRow(netsuite_id="10", name="support", type="Service"))
    session.add(GlAccountRow(netsuite_id="40", number="4000", name="Revenue", type="Income"))
    session.add(TermRow(netsuite_id="2", name="Net 30", days=30))
    session.add(ClassificationRow(kind="class", netsuite_id="1", name="EMEA"))
    session.add(ClassificationRow(kind="department", netsuite_id="1", name="Sales"))
    session.add(SubsidiaryRow(netsuite_id="1", name="Seller Inc.", currency="USD"))
    session.add(CustomerRow(netsuite_id="100", name="Fir", currency="USD"))
    await session.flush()


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("item", "7", ["7"]),
        ("item", "seats (ANNUAL)", ["7"]),
        ("item", "Seats (annual) (7)", ["7"]),
        ("item", "8", []),
        ("item", "Support", ["10", "9"]),
        ("item", "Nothing", []),
        ("item", "", []),
        ("account", "4000 Revenue", ["40"]),
        ("class", "EMEA", ["1"]),
        ("class", "Sales", []),
        ("department", "1", ["1"]),
        ("terms", "net 30", ["2"]),
        ("subsidiary", "Seller Inc.", ["1"]),
        ("customer", "Fir", ["100"]),
        ("tax", "S-CA", []),
    ],
)
async def test_what_was_typed_names_an_entry(
    db: Database, now: datetime, kind: str, typed: str, found: list[str]
) -> None:
    async with db.begin() as session:
        await _lists(session, now)
        seen = await chosen(session, kind, typed)
    assert sorted(one.netsuite_id for one in seen) == found


async def test_only_active_entries_are_offered_by_name(db: Database, now: datetime) -> None:
    async with db.begin() as session:
        await _lists(session, now)
        offered = await choices(session, "item")
        some = await choices(session, "item", text="SEAT")
        one = await choices(session, "item", limit=1)
        old = await names_of(session, "item", {"8", "99"})
    assert len(offered) == 3
    assert some == [Choice("7", "Seats (annual)")]
    assert len(one) == 1
    assert old == {"8": Choice("8", "Old seats", inactive=True)}


async def test_mappings_show_what_they_point_to(db: Database, now: datetime) -> None:
    async with db.begin() as session:
        await _lists(session, now)
        for ours, target, guess in (
            ("b-seats", "7", False),
            ("*", "9", False),
            ("a-lost", "77", True),
        ):
            row = MappingRow(
                kind="item", ours=ours, netsuite_id=target, guess=guess, remembered_at=now
            )
            await put_mapping(session, row)
        every = await mapped(session, "item", limit=9)
        guesses = await mapped(session, "item", guesses=True, limit=9)
        found = await mapped(session, "item", text="SEATS", limit=9)
        counts = await mapping_counts(session)
        read_at = await lists_read_at(session)
    assert [one.row.ours for one in every] == ["*", "a-lost", "b-seats"]
    assert every[1].target is None
    assert [one.row.ours for one in guesses] == ["a-lost"]
    assert [one.target for one in found] == [Choice("7", "Seats (annual)")]
    assert counts["item"] == MappingCount(3, 1)
    assert counts["terms"] == MappingCount()
    assert read_at == now


async def test_before_the_first_reading_no_list_was_read(db: Database) -> None:
    async with db.read() as session:
        assert await lists_read_at(session) is None
