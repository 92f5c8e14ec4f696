"""The switch for collections: who may move it, what it withdraws, what is told."""

from __future__ import annotations

import pytest
from sqlmodel import select

from effects.actor import Person, Role
from effects.answers import Refusal, RefusalCode
from flows.collections import MOST, Switched, settle_new, switch
from store.audit import AuditRow
from store.effects import effect
from store.outgoing import OutgoingEventRow
from store.parties import CustomerRow
from tests.flows.scene import NOW, Scene
from tests.web.seeding import mail

ANNA = Person(7, "Anna", Role.COLLECTOR)


async def moved(scene: Scene, *ids: int, on: bool, by: Person = ANNA) -> Switched | Refusal:
    async with scene.db.begin() as session:
        return await switch(session, ids, on=on, by=by, reason="agreed", now=NOW)


async def standing(scene: Scene) -> dict[int, bool]:
    return {row.id: row.auto_followup for row in await scene.all(CustomerRow)}


async def test_only_those_that_stood_otherwise_are_moved(scene: Scene) -> None:
    acme, birch = await scene.customer("Acme"), await scene.customer("Birch")
    assert await moved(scene, acme, on=False) == Switched((acme,), on=False)
    assert await moved(scene, acme, on=False) == Switched((), on=False)
    assert await moved(scene, acme, birch, 99, on=False) == Switched((birch,), on=False)
    assert await standing(scene) == {acme: False, birch: False}


async def test_switching_is_audited_told_and_swept(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await moved(scene, acme, on=False)
    await moved(scene, acme, on=True)
    lines = [row for row in await scene.all(AuditRow) if row.action.startswith("collections.")]
    assert [(row.action, row.actor_id, row.detail["reason"]) for row in lines] == [
        ("collections.off", "7", "agreed"),
        ("collections.on", "7", "agreed"),
    ]
    events = [(e.kind, e.subject, e.payload["on"]) for e in await scene.all(OutgoingEventRow)]
    assert events == [("collections.switched", str(acme), on) for on in (False, True)]
    assert await scene.jobs("followups.sweep") == [{"day": NOW.date().isoformat()}]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMIN])
async def test_those_who_do_not_collect_cannot_switch(scene: Scene, role: Role) -> None:
    acme = await scene.customer("Acme")
    answer = await moved(scene, acme, on=False, by=Person(1, "Vic", role))
    assert isinstance(answer, Refusal)
    assert answer.code is RefusalCode.NOT_ALLOWED
    assert await standing(scene) == {acme: True}


async def test_too_many_at_once_are_refused(scene: Scene) -> None:
    answer = await moved(scene, *range(1, MOST + 2), on=True)
    assert isinstance(answer, Refusal)


async def test_new_customers_stand_as_the_settings_say_once(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    for on in (True, False):
        async with scene.db.begin() as session:
            await settle_new(session, NOW, on=on)
    assert await standing(scene) == {acme: True}
    birch = await scene.customer("Birch")
    async with scene.db.begin() as session:
        assert await settle_new(session, NOW, on=False) == 1
    assert await standing(scene) == {acme: True, birch: False}


async def test_a_decision_of_a_person_stands_over_the_settings(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await moved(scene, acme, on=True)
    async with scene.db.begin() as session:
        assert await settle_new(session, NOW, on=False) == 0
    assert await standing(scene) == {acme: True}
    assert (await scene.all(AuditRow))[0].subject_id == str(acme)


async def test_switching_off_withdraws_the_follow_up_that_waits(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await scene.invoice(acme, "INV-1000 1234.50 USD due 2026-02-18")
    async with scene.db.begin() as session:
        effect_id = await mail(session, acme, NOW)
    assert await moved(scene, acme, on=False) == Switched((acme,), on=False, withdrawn=1)
    async with scene.db.read() as session:
        row = await effect(session, effect_id)
        assert row is not None
        found = await session.exec(select(AuditRow).where(AuditRow.action == "effect.withdrawn"))
        (line,) = found.all()
    assert row.state == "superseded"
    assert line.detail["reason"] == "collections were switched off for this customer"
