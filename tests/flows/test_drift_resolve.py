"""A person settles a finding: theirs, ours, not now, never; each audited with name and reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.ledger.drift import Change, DocumentState, DriftKind
from domain.ledger.money import Money
from effects.actor import Person, Role
from effects.answers import Refusal, RefusalCode
from effects.kinds import PutApplications
from flows import drift
from flows.drift.push import CannotPush, todo
from flows.drift.resolve import Accept, Ignore, Push, Resolution, Settled, Unsyncable, resolve
from store.audit import AuditRow
from store.drift import DriftFindingRow, counts
from store.effects import EffectRow
from store.engine import Database
from store.erp_states import document_states
from store.outgoing import OutgoingEventRow
from store.receivables import ApplicationRow, InvoiceRow
from store.worklist import WorkItemRow
from tests.flows.scene import APPROVAL, NOW, Scene

ANN = Person(7, "Ann", Role.APPROVER)
COLE = Person(8, "Cole", Role.COLLECTOR)
TODAY = NOW.date()


async def mirrored(db: Database, netsuite_id: str) -> DocumentState:
    async with db.read() as session:
        return (await document_states(session, [netsuite_id]))[netsuite_id]


async def see(db: Database, before: DocumentState | None, after: DocumentState | None) -> None:
    async with db.begin() as session:
        await drift.observe(session, [Change(before, after)], NOW)


async def settle(
    db: Database, finding_id: int, wanted: Resolution, by: Person = ANN
) -> Settled | CannotPush | Refusal:
    async with db.begin() as session:
        return await resolve(session, finding_id, wanted, by=by, policy=APPROVAL, now=NOW)


async def the(scene: Scene) -> DriftFindingRow:
    (row,) = await scene.all(DriftFindingRow)
    return row


@pytest.fixture
async def moved(db: Database, scene: Scene) -> DriftFindingRow:
    """The due date of INV-1 was changed, in the mirror too."""
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1 100.00 USD due 2026-03-01")
    before = await mirrored(db, "ns-INV-1")
    await shift(db, date(2026, 5, 1))
    await see(db, before, await mirrored(db, "ns-INV-1"))
    return await the(scene)


async def shift(db: Database, to: date) -> None:
    async with db.begin() as session:
        row = await session.get(InvoiceRow, 1)
        assert row is not None
        row.due_on = to
        session.add(row)


async def test_accepting_makes_theirs_what_we_rely_on(
    db: Database, scene: Scene, moved: DriftFindingRow
) -> None:
    answer = await settle(db, moved.id, Accept("agreed with Acme"))
    assert answer == Settled(moved.id, "closed")
    row = await the(scene)
    assert (row.resolution, row.resolved_by, row.closed_by) == ("accepted", "Ann", "person:7")
    (line,) = await scene.all(AuditRow)
    assert (line.action, line.actor_id, line.detail["reason"]) == (
        "drift.accepted",
        "7",
        "agreed with Acme",
    )
    assert line.detail["ours"] == row.ours
    (item,) = await scene.all(WorkItemRow)
    assert item.closed_by == "person:7"
    assert [e.kind for e in await scene.all(OutgoingEventRow)] == ["drift.opened", "drift.closed"]
    now = await mirrored(db, "ns-INV-1")
    await see(db, now, replace(now, reference="PO 7"))
    assert (await the(scene)).state == "closed"


async def test_ignoring_hides_until_a_day_and_opens_again(
    db: Database, scene: Scene, moved: DriftFindingRow
) -> None:
    await settle(db, moved.id, Ignore("on holiday", TODAY + timedelta(days=3)))
    assert (await the(scene)).state == "ignored"
    async with db.read() as session:
        assert (await counts(session))["ignored"] == {"due_date_changed": 1}
    for days, state in ((3, "ignored"), (4, "open")):
        async with db.begin() as session:
            await drift.recheck(session, NOW + timedelta(days=days))
        assert (await the(scene)).state == state
    (item,) = await scene.all(WorkItemRow)
    assert item.closed_at is None


async def test_what_is_ignored_still_closes_when_equal_again(
    db: Database, scene: Scene, moved: DriftFindingRow
) -> None:
    await settle(db, moved.id, Ignore("on holiday", TODAY + timedelta(days=3)))
    await shift(db, date(2026, 3, 1))
    async with db.begin() as session:
        await drift.recheck(session, NOW)
    row = await the(scene)
    assert (row.state, row.closed_reason, row.ignored_until) == ("closed", "equal again", None)


async def test_unsyncable_is_hidden_for_good_but_counted(
    db: Database, scene: Scene, moved: DriftFindingRow
) -> None:
    await settle(db, moved.id, Unsyncable("written by a script of theirs"))
    async with db.begin() as session:
        await drift.recheck(session, NOW + timedelta(days=900))
    assert (await the(scene)).state == "unsyncable"
    async with db.read() as session:
        assert (await counts(session))["unsyncable"] == {"due_date_changed": 1}


async def test_pushing_proposes_the_change_through_the_gate(
    db: Database, scene: Scene, moved: DriftFindingRow
) -> None:
    answer = await settle(db, moved.id, Push("the contract says so"), COLE)
    assert isinstance(answer, Settled)
    assert answer.state == "open"
    (effect,) = await scene.all(EffectRow)
    assert effect.id == answer.effect_id
    assert effect.kind == "update_invoice"
    assert effect.payload["before"] == {"due_on": "2026-05-01"}
    assert effect.payload["after"] == {"due_on": "2026-03-01"}
    actions = [line.action for line in await scene.all(AuditRow)]
    assert "drift.pushed" in actions
    again = await settle(db, moved.id, Push(), COLE)
    assert isinstance(again, Settled)
    assert again.effect_id == answer.effect_id


async def test_pushing_applications_puts_back_what_a_payment_was_applied_to(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1 100.00 USD due 2026-03-01")
    await scene.invoice(acme, "INV-2 100.00 USD due 2026-03-01")
    paid = await scene.receipt(
        "60.00 USD", customer_id=acme, netsuite_id="700", state="posted", unapplied_minor=0
    )
    await scene.add(ApplicationRow(invoice_id=one, payment_id=paid, amount_minor=6000))
    before = await mirrored(db, "700")
    after = replace(before, applications=(("ns-INV-2", Money(6000, "USD")),))
    await see(db, before, after)
    answer = await settle(db, (await the(scene)).id, Push())
    assert isinstance(answer, Settled)
    (effect,) = await scene.all(EffectRow)
    assert effect.kind == "put_applications"
    assert effect.title == "Payment 700 applied to INV-1"
    content = PutApplications.from_payload(effect.payload)
    assert [line.number for line in content.before] == ["INV-2"]
    assert [line.number for line in content.after] == ["INV-1"]


async def test_what_cannot_be_pushed_says_what_to_do(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1 100.00 USD due 2026-03-01")
    await see(db, await mirrored(db, "ns-INV-1"), None)
    answer = await settle(db, (await the(scene)).id, Push())
    assert isinstance(answer, CannotPush)
    assert "never post it again" in answer.todo
    assert await scene.all(EffectRow) == []


async def test_applications_to_invoices_we_do_not_know_cannot_be_pushed(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.receipt("60.00 USD", customer_id=acme, netsuite_id="700", state="posted")
    before = replace(await mirrored(db, "700"), applications=(("9999", Money(6000, "USD")),))
    await see(db, before, replace(before, applications=()))
    assert isinstance(await settle(db, (await the(scene)).id, Push()), CannotPush)


@pytest.mark.parametrize(
    ("wanted", "by", "code"),
    [
        (Accept("why"), COLE, RefusalCode.NOT_ALLOWED),
        (Ignore("why", TODAY + timedelta(days=3)), COLE, RefusalCode.NOT_ALLOWED),
        (Unsyncable("why"), Person(9, "Vic", Role.VIEWER), RefusalCode.NOT_ALLOWED),
        (Push(), Person(9, "Ada", Role.ADMIN), RefusalCode.NOT_ALLOWED),
        (Accept("  "), ANN, RefusalCode.NOT_ALLOWED),
        (Ignore("why", TODAY), ANN, RefusalCode.NOT_ALLOWED),
        (Ignore("why", TODAY + timedelta(days=400)), ANN, RefusalCode.NOT_ALLOWED),
    ],
)
async def test_what_is_refused_changes_nothing(
    db: Database,
    scene: Scene,
    moved: DriftFindingRow,
    wanted: Resolution,
    by: Person,
    code: RefusalCode,
) -> None:
    answer = await settle(db, moved.id, wanted, by)
    assert isinstance(answer, Refusal)
    assert answer.code is code
    assert (await the(scene)).model_dump() == moved.model_dump()
    assert await scene.all(AuditRow) == []


async def test_a_closed_or_unknown_finding_is_not_settled_again(
    db: Database, moved: DriftFindingRow
) -> None:
    await settle(db, moved.id, Accept("fine"))
    closed, unknown = await settle(db, moved.id, Accept("x")), await settle(db, 99, Accept("x"))
    assert isinstance(closed, Refusal)
    assert isinstance(unknown, Refusal)
    assert (closed.code, unknown.code) == (RefusalCode.WRONG_STATE, RefusalCode.NOT_FOUND)


@pytest.mark.parametrize("kind", list(DriftKind))
def test_every_kind_says_what_to_do_in_netsuite(kind: DriftKind) -> None:
    assert todo(kind).endswith(".")
