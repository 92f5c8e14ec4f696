"""After a silence the newest step is proposed once; two workers still make one of everything."""

from __future__ import annotations

import asyncio
import collections
from pathlib import Path

import pytest

from store.effects import EffectRow
from store.touchpoints import TouchpointRow
from tests.walks.house import House, eventually, house

pytestmark = pytest.mark.timeout(60)


async def followups(ready: House) -> list[EffectRow]:
    rows = await ready.rows(EffectRow, kind="send_email")
    return [row for row in rows if row.payload["purpose"] == "followup"]


async def test_after_twenty_silent_days_each_customer_hears_at_most_one_thing(
    tmp_path: Path, database: str
) -> None:
    async with house(tmp_path, database) as ready:
        first = await ready.reminded("overdue")
        await ready.approve(first)
        await ready.becomes(first.id, "done")
        await ready.settled()
        async with ready.idle():
            before = {row.id for row in await followups(ready)}
            ready.world.parts.clock.advance(days=21)

        async def moved() -> bool:
            return bool({row.id for row in await followups(ready)} - before)

        await eventually(moved)
        await ready.settled()
        waiting = [row for row in await followups(ready) if row.state == "proposed"]
        each = collections.Counter(row.customer_id for row in waiting)
        assert set(each.values()) == {1}
        (again,) = [row for row in waiting if row.customer_id == first.customer_id]
        assert again.key != first.key
        assert len(await ready.rows(TouchpointRow, direction="out")) == 1
        assert ready.world.parts.mail.count_accepted() == 1
        await ready.audit_is_whole()


async def test_two_workers_make_one_of_everything(tmp_path: Path, database: str) -> None:
    async with house(tmp_path, database) as ready:
        stop = asyncio.Event()
        second = asyncio.create_task(ready.run_worker(stop))
        try:
            effects = [await ready.reminded() for _ in range(3)]
            async with ready.idle():
                for effect in effects:
                    await ready.approve(effect)
                    await ready.run("effects.perform", effect_id=effect.id)
            for effect in effects:
                await ready.becomes(effect.id, "done")
                await ready.run("effects.perform", effect_id=effect.id)
            await ready.settled()
        finally:
            stop.set()
            await second
        for effect in effects:
            assert len(ready.mails(effect.payload["message_id"])) == 1
            assert len(await ready.rows(TouchpointRow, effect_id=effect.id)) == 1
        keys = [row.key for row in await followups(ready)]
        assert len(keys) == len(set(keys))
        await ready.audit_is_whole()
