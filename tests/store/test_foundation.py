"""The database keeps instants, appends to the audit only, and holds jobs in the transaction."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from store import audit, inbox
from store.engine import Database
from store.jobs import Job, enqueue


def line(at: datetime, action: str) -> audit.AuditRow:
    return audit.AuditRow(
        at=at, actor_kind="system", actor_id="test", action=action,
        subject_kind="effect", subject_id="1", detail={"n": 1}, previous_hash="", hash="",
    )  # fmt: skip


async def test_instants_come_back_in_utc(db: Database, now: datetime) -> None:
    local = now.astimezone(timezone(timedelta(hours=-5)))
    async with db.begin() as session:
        await inbox.store_once(
            session, source="x", external_id="1", body=b"", headers={}, now=local
        )
    async with db.read() as session:
        row = await inbox.source_event(session, 1)
    assert row is not None
    assert row.received_at == now
    assert row.received_at.utcoffset() == timedelta(0)


async def test_naive_instants_are_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with db.begin() as session:
            await inbox.store_once(
                session, source="x", external_id="1", body=b"", headers={}, now=datetime(2026, 1, 1)
            )


async def test_a_source_event_is_stored_once(db: Database, now: datetime) -> None:
    async with db.begin() as session:
        first = await inbox.store_once(
            session, source="stripe", external_id="evt_1", body=b"a", headers={}, now=now
        )
        again = await inbox.store_once(
            session, source="stripe", external_id="evt_1", body=b"a", headers={}, now=now
        )
    assert first is not None
    assert again is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit",
                                       "TRUNCATE audit"])  # fmt: skip
async def test_the_audit_refuses_changes(db: Database, now: datetime, statement: str) -> None:
    async with db.begin() as session:
        await audit.append(session, line(now, "a"))
    with pytest.raises(DBAPIError, match="append-only"):
        async with db.begin() as session:
            await (await session.connection()).execute(text(statement))


async def test_jobs_follow_their_transaction(db: Database) -> None:
    with pytest.raises(RuntimeError, match="undo"):
        async with db.begin() as session:
            await enqueue(session, Job("effects.perform", {"effect_id": 1}))
            raise RuntimeError("undo")
    async with db.begin() as session:
        assert await enqueue(session, Job("x", {}, once="only"))
        assert not await enqueue(session, Job("x", {}, once="only"))
        count = await (await session.connection()).execute(
            text("SELECT count(*) FROM procrastinate_jobs")
        )
        assert count.scalar_one() == 1
