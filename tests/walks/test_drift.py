"""What somebody changes in the ERP is found, stops what it must stop, and is posted never again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from effects.lifecycle import EffectState
from store.drift import DriftFindingRow
from store.effects import EffectRow
from store.erp_mirror import SyncCursorRow, cursor
from store.jobs import Job, enqueue
from store.outgoing import OutgoingEventRow
from store.receivables import InvoiceRow, PaymentRow
from store.worklist import WorkItemRow
from tests.walks.house import House, eventually
from tests.walks.test_payment import enter
from tests.walks.test_payment import posted as until_posted

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


# What a pass advances once it has written and judged everything.
CURSORS = {"sync.fast": "fast", "sync.nightly": "drift"}


async def seen_by(shared: House, task: str) -> None:
    """A pass was made from now on, and judged."""
    begun = shared.now()
    await shared.run(task, "sync", slot="now")

    async def look() -> Sequence[SyncCursorRow]:
        rows = await _cursors(shared, CURSORS[task])
        return [row for row in rows if row.updated_at > begun]

    await eventually(look, within=60, why=task)


async def _cursors(shared: House, stream: str) -> Sequence[SyncCursorRow]:
    async with shared.db.read() as session:
        row = await cursor(session, stream)
    return [row] if row is not None else []


async def found(shared: House, **wanted: object) -> DriftFindingRow:
    """The only such finding, as soon as there is one."""

    async def look() -> Sequence[DriftFindingRow]:
        return await shared.rows(DriftFindingRow, **wanted)

    (row,) = await eventually(look, within=60, why=f"a finding {wanted}")
    return row


async def first_invoice(shared: House, effect: EffectRow) -> InvoiceRow:
    ids: Any = effect.payload["invoice_ids"]
    return await shared.row(InvoiceRow, id=ids[0])


async def posted(shared: House, invoice: InvoiceRow, name: str) -> PaymentRow:
    """A receipt for the whole invoice, entered by hand, approved and posted."""
    row = await enter(shared, invoice, invoice.open_minor, name, f"pays {invoice.number}")
    return await until_posted(shared, row)


async def test_a_void_withdraws_the_mail_and_is_one_finding_told_once(shared: House) -> None:
    mail = await shared.reminded()
    invoice = await first_invoice(shared, mail)
    await shared.erp("act", do="void", id=int(invoice.netsuite_id), release=True)
    await seen_by(shared, "sync.fast")
    finding = await found(shared, netsuite_id=invoice.netsuite_id)
    assert (finding.kind, finding.state) == ("voided", "open")
    await shared.becomes(mail.id, "superseded", within=60)
    assert shared.mails(mail.payload["message_id"]) == []
    await seen_by(shared, "sync.nightly")
    items = await shared.rows(WorkItemRow, kind="drift", customer_id=invoice.customer_id)
    assert [item.title for item in items] == [f"Invoice {invoice.number} was voided in NetSuite"]
    events = await shared.rows(OutgoingEventRow, kind="drift.opened")
    assert [e.payload["finding_id"] for e in events].count(finding.id) == 1

    async def named() -> DriftFindingRow | None:
        row = await shared.row(DriftFindingRow, id=finding.id)
        return row if row.changed_by else None

    row = await eventually(named, within=60, why="who voided it")
    assert row.changed_by == "Sandbox User"


async def test_a_posted_payment_that_is_deleted_is_drift_and_never_posted_again(
    shared: House,
) -> None:
    invoice = await first_invoice(shared, await shared.reminded())
    row = await posted(shared, invoice, "WIRE-GONE")
    await seen_by(shared, "sync.fast")
    await shared.erp("act", do="delete", id=int(row.netsuite_id or "0"), quiet=True)
    await seen_by(shared, "sync.nightly")
    mine = {"customer_id": invoice.customer_id, "state": "open"}
    findings = await shared.rows(DriftFindingRow, **mine)
    assert [(f.kind, f.netsuite_id) for f in findings] == [("deleted", row.netsuite_id)]
    assert (await shared.row(InvoiceRow, id=invoice.id)).open_minor == invoice.open_minor
    async with shared.db.begin() as session:
        await enqueue(session, Job("payments.match", {"payment_id": row.id}))
    await seen_by(shared, "sync.nightly")
    effects = await shared.rows(EffectRow, kind="post_customer_payment")
    ours = [e for e in effects if e.payload["payment_id"] == row.id]
    assert [e.state for e in ours] == [EffectState.DONE]
    records: list[dict[str, Any]] = await shared.erp("records/customerpayment")
    external_id = ours[0].payload["external_id"]
    assert [r for r in records if r.get("externalId") == external_id] == []
    assert len(await shared.rows(DriftFindingRow, **mine)) == 1


async def test_ours_is_pushed_through_the_gate_and_the_finding_closes(shared: House) -> None:
    invoice = await first_invoice(shared, await shared.reminded())
    fields = {"dueDate": "2027-01-31"}
    await shared.erp("act", do="edit", id=int(invoice.netsuite_id), fields=fields)
    await seen_by(shared, "sync.fast")
    finding = await found(shared, netsuite_id=invoice.netsuite_id)
    assert (finding.kind, finding.theirs["due_on"]) == ("due_date_changed", "2027-01-31")
    told = await shared.api(
        "POST", f"/drift/{finding.id}/resolve", "approver", resolution="push", reason="agreed"
    )
    assert told.status_code == 200, told.text
    effect = await shared.effect(told.json()["effect_id"])
    assert effect.state == EffectState.PROPOSED
    await shared.approve(effect)
    await shared.becomes(effect.id, "done", within=60)
    await seen_by(shared, "sync.fast")
    finding = await found(shared, id=finding.id, state="closed")
    assert finding.closed_reason == "equal again"
    assert (await shared.row(InvoiceRow, id=invoice.id)).due_on == invoice.due_on
