"""Systems that cannot be reached: the work waits, the page says so, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.mail.faults import Fault
from sandbox.server import start_world
from store.parties import CustomerRow
from store.slots import ConnectionRow
from store.touchpoints import TouchpointRow
from tests.walks.house import MUTE, NOON, House, eventually, service, set_clock

pytestmark = pytest.mark.timeout(60)


async def connection(house: House, name: str, *, ok: bool) -> ConnectionRow:
    async def look() -> ConnectionRow | None:
        found = await house.rows(ConnectionRow, name=name)
        return found[0] if found and found[0].ok is ok else None

    return await eventually(look, why=f"{name} {ok}")


async def test_an_erp_that_is_down_at_the_start_is_imported_when_it_is_back(
    tmp_path: Path, database: str
) -> None:
    set_clock(tmp_path / "world", NOON)
    async with start_world(
        tmp_path / "world", customers=25, invoices=120, today=NOON.date(), pace=MUTE
    ) as world:
        token = world.parts.secrets.control_token
        fault = {"what": "drop", "moment": "before", "path": "/services", "times": 10**6}
        async with service(world, database, tmp_path) as house:
            await house.stop_worker()
            await house.erp("faults", **fault)
            house.start_worker()
            down = await connection(house, "netsuite", ok=False)
            assert down.detail
            assert token not in down.detail
            await house.http.delete(
                f"{world.erp_url}/admin/faults", headers={"Authorization": f"Bearer {token}"}
            )
            await connection(house, "netsuite", ok=True)
            assert len(await house.rows(CustomerRow)) == len(world.parts.company.debtors)
            assert await house.reminded()


async def test_a_mail_server_that_refuses_for_a_while_gets_the_mail_once(
    tmp_path: Path, database: str
) -> None:
    set_clock(tmp_path / "world", NOON)
    async with (
        start_world(
            tmp_path / "world", customers=25, invoices=120, today=NOON.date(), pace=MUTE
        ) as world,
        service(world, database, tmp_path) as house,
    ):
        effect = await house.reminded()
        world.parts.mail_faults.arm(Fault(where="connect", do="cut", times=2))
        await house.approve(effect)
        done = await house.becomes(effect.id, "done", within=20)
        assert done.attempts == 3
        assert len(house.mails(effect.payload["message_id"])) == 1
        assert len(await house.rows(TouchpointRow, effect_id=effect.id)) == 1
        await house.audit_is_whole()
