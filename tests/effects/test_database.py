"""The database itself refuses what nobody approved, whoever writes the SQL."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from effects import decide
from effects.answers import Approved
from effects.performer import perform
from store.engine import Database
from tests.effects.contents import change, invoice
from tests.effects.outside import CLEO, NOW, POLICY, Clock, Outside, hands, offer


@pytest.fixture
async def waiting(db: Database) -> int:
    """An invoice that waits for approval."""
    return (await offer(db, invoice())).effect_id


async def run(db: Database, statement: str, **values: object) -> None:
    async with db.begin() as session:
        await (await session.connection()).execute(text(statement), values)


async def approve(db: Database, effect_id: int) -> None:
    async with db.begin() as session:
        print_ = await (await session.connection()).scalar(
            text("SELECT fingerprint FROM effect WHERE id = :id"), {"id": effect_id}
        )
        answer = await decide.approve(session, effect_id, str(print_), CLEO, POLICY, NOW)
    assert answer == Approved(effect_id)


async def state(db: Database, effect_id: int) -> object:
    async with db.read() as session:
        return await (await session.connection()).scalar(
            text("SELECT state FROM effect WHERE id = :id"), {"id": effect_id}
        )


@pytest.mark.parametrize("to", ["approved", "performing", "unknown", "done"])
async def test_nothing_moves_without_an_approval(db: Database, waiting: int, to: str) -> None:
    with pytest.raises(DBAPIError, match="is not approved as it stands"):
        await run(db, "UPDATE effect SET state = :to WHERE id = :id", to=to, id=waiting)
    assert await state(db, waiting) == "proposed"


async def test_a_new_row_cannot_begin_as_done(db: Database, waiting: int) -> None:
    with pytest.raises(DBAPIError, match="is not approved as it stands"):
        await run(
            db,
            "INSERT INTO effect (kind, key, version, payload, fingerprint, state, title, because,"
            " proposed_by_kind, proposed_by_id, proposed_at, required_role, policy_reason,"
            " attempts, resends, outcome, changed_at)"
            " SELECT kind, 'another', version, payload, fingerprint, 'done', title, because,"
            " proposed_by_kind, proposed_by_id, proposed_at, required_role, policy_reason,"
            " attempts, resends, outcome, changed_at FROM effect WHERE id = :id",
            id=waiting,
        )


@pytest.mark.parametrize("verdict", ["reject", "edit", "respond"])
async def test_only_a_yes_counts(db: Database, waiting: int, verdict: str) -> None:
    decided = (
        "INSERT INTO decision (effect_id, fingerprint, verdict, actor_kind, actor_id, role,"
        " reason, at) SELECT id, fingerprint, :verdict, 'person', '3', '', '', now()"
        " FROM effect WHERE id = :id"
    )
    await run(db, decided, verdict=verdict, id=waiting)
    with pytest.raises(DBAPIError, match="is not approved as it stands"):
        await run(db, "UPDATE effect SET state = 'performing' WHERE id = :id", id=waiting)


async def test_the_approval_of_other_content_does_not_count(db: Database, waiting: int) -> None:
    await approve(db, waiting)
    with pytest.raises(DBAPIError, match="is not approved as it stands"):
        await run(
            db,
            "UPDATE effect SET fingerprint = 'x', state = 'performing' WHERE id = :id",
            id=waiting,
        )
    assert await state(db, waiting) == "approved"


@pytest.mark.parametrize(
    "change_", ["fingerprint = 'x'", "payload = '{}'", "key = 'x'", "kind = 'send_email'"]
)
async def test_what_has_begun_keeps_its_content(db: Database, waiting: int, change_: str) -> None:
    await approve(db, waiting)
    await perform(db, waiting, hands(Outside()), Clock())
    assert await state(db, waiting) == "done"
    with pytest.raises(DBAPIError, match="its content stands"):
        await run(db, f"UPDATE effect SET {change_} WHERE id = :id", id=waiting)


@pytest.mark.parametrize(
    "statement", ["UPDATE decision SET verdict = 'reject'", "DELETE FROM decision"]
)
async def test_a_decision_stands(db: Database, waiting: int, statement: str) -> None:
    await approve(db, waiting)
    with pytest.raises(DBAPIError, match="stands as it was taken"):
        await run(db, statement)


async def test_an_approved_effect_is_carried_out_as_ever(db: Database) -> None:
    outside = Outside()
    effect_id = (await offer(db, change())).effect_id
    await approve(db, effect_id)
    await perform(db, effect_id, hands(outside), Clock())
    assert outside.reached == [change().key()]
