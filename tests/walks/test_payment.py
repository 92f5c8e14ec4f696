"""Money that arrives is posted to the ERP exactly once, or waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.ledger.money import Money
from sandbox.debtors.purse import buyer
from sandbox.stripe.objects import Receipt
from store.effects import EffectRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.worklist import WorkItemRow
from tests.walks.house import House, eventually

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


async def first_invoice(house: House, effect: EffectRow) -> InvoiceRow:
    ids: Any = effect.payload["invoice_ids"]
    return await house.row(InvoiceRow, id=ids[0])


async def pay_by_stripe(house: House, invoice: InvoiceRow, amount: int, key: str) -> str:
    """The debtor pays through Stripe and names the invoice."""
    debtor = house.debtor(await house.customer(invoice.customer_id))
    text, who = f"Payment for {invoice.number}", buyer(debtor)
    metadata = {**who.metadata, "invoice_numbers": invoice.number}
    return house.world.parts.stripe.pay(Receipt(key, who, amount, invoice.currency, text, metadata))


async def in_erp(house: House, row: PaymentRow) -> list[dict[str, Any]]:
    """The customer payments that the ERP keeps for this receipt's effect."""
    effect = await house.row(EffectRow, id=row.effect_id)
    records: list[dict[str, Any]] = await house.erp("records/customerpayment")
    return [r for r in records if r.get("externalId") == effect.payload["external_id"]]


async def posted(house: House, row: PaymentRow) -> PaymentRow:
    """The payment once it is in the ERP; a controller approves what policy leaves to people."""

    async def look() -> Sequence[PaymentRow]:
        return await house.rows(PaymentRow, id=row.id, state="posted")

    await approved(house, row)
    (found,) = await eventually(look, within=50, why="posted")
    return found


async def approved(house: House, row: PaymentRow) -> EffectRow:
    """The posting of a payment, approved by policy or by a controller."""

    async def look() -> EffectRow | None:
        now = await house.row(PaymentRow, id=row.id)
        return await house.effect(now.effect_id) if now.effect_id else None

    effect = await eventually(look, why="a posting")
    if effect.state == "proposed":
        await house.approve(effect)
    return effect


async def test_a_stripe_payment_told_twice_in_any_order_is_posted_once(shared: House) -> None:
    reminder = await shared.reminded("overdue")
    invoice = await first_invoice(shared, reminder)
    disorder = shared.world.parts.courier.disorder["stripe"]
    disorder.duplicates, disorder.shuffle = 1, True
    await pay_by_stripe(shared, invoice, invoice.open_minor, "walk-1")
    disorder.duplicates, disorder.shuffle = 0, False
    arrived = await shared.row(PaymentRow, source="stripe", customer_id=invoice.customer_id)
    row = await posted(shared, arrived)
    effect = await shared.becomes(int(row.effect_id or 0), "done")
    assert effect.proposed_by_id == "matching"
    (record,) = await in_erp(shared, row)
    assert str(record["id"]) == row.netsuite_id
    after = await shared.row(InvoiceRow, id=invoice.id)
    assert (after.open_minor, after.status) == (0, "paid")
    (applied,) = await shared.rows(ApplicationRow, payment_id=row.id)
    assert (applied.invoice_id, applied.amount_minor) == (invoice.id, invoice.open_minor)
    await shared.becomes(reminder.id, "superseded")
    assert shared.mails(reminder.payload["message_id"]) == []

    async def delivered() -> bool:
        return shared.world.parts.courier.waiting("stripe") == 0

    await eventually(delivered)
    await shared.settled()
    assert len(await shared.rows(PaymentRow, source="stripe")) == 1
    kinds = [item["kind"] for item in await shared.timeline(invoice.customer_id)]
    assert "payment" in kinds, kinds
    await shared.audit_is_whole()


async def enter(house: House, invoice: InvoiceRow, amount: int, name: str, text: str) -> PaymentRow:
    """A payment as a person types it into the API."""
    told = await house.api(
        "POST",
        "/payments",
        "approver",
        amount=Money(amount, invoice.currency).plain(),
        currency=invoice.currency,
        received_on=house.now().date().isoformat(),
        source_id=name,
        customer_id=invoice.customer_id,
        reference=text,
    )
    assert told.status_code == 201, told.text
    return await house.row(PaymentRow, id=told.json()["id"])


async def test_a_part_of_an_invoice_leaves_the_rest_open(shared: House) -> None:
    invoice = await first_invoice(shared, await shared.reminded("overdue"))
    part = invoice.open_minor // 3
    row = await enter(shared, invoice, part, "WIRE-PART", f"part of {invoice.number}")

    async def decided() -> Sequence[PaymentRow]:
        rows = await shared.rows(PaymentRow, id=row.id)
        return [r for r in rows if r.outcome]

    await eventually(decided)
    amount = {"amount": Money(part, invoice.currency).plain(), "currency": invoice.currency}
    chosen = await shared.api(
        "POST",
        f"/cash/receipts/{row.id}/choose",
        "collector",
        lines=[{"invoice_id": invoice.id, "amount": amount}],
        explicit="partial",
    )
    assert chosen.status_code == 200, chosen.text
    await posted(shared, row)
    assert (await shared.row(InvoiceRow, id=invoice.id)).open_minor == invoice.open_minor - part


async def test_more_than_is_owed_waits_for_a_person(shared: House) -> None:
    invoice = await first_invoice(shared, await shared.reminded("overdue"))
    row = await enter(shared, invoice, invoice.open_minor + 12300, "WIRE-OVER", invoice.number)

    async def asked() -> Sequence[WorkItemRow]:
        return await shared.rows(WorkItemRow, payment_id=row.id)

    (item,) = await eventually(asked)
    assert item.kind == "payment"
    waiting = await shared.row(PaymentRow, id=row.id)
    assert (waiting.state, waiting.netsuite_id) == ("waiting", None)


async def test_an_answer_lost_after_the_commit_ends_in_one_record(shared: House) -> None:
    invoice = await first_invoice(shared, await shared.reminded("overdue"))
    await shared.erp(
        "faults", what="drop", moment="after", method="POST", path="/services/rest/record/v1/"
    )
    await pay_by_stripe(shared, invoice, invoice.open_minor, "walk-drop")
    arrived = await shared.row(PaymentRow, source="stripe", customer_id=invoice.customer_id)
    row = await posted(shared, arrived)
    assert row.effect_id is not None
    await shared.becomes(row.effect_id, "done", within=50)
    assert len(await in_erp(shared, row)) == 1
    (struck,) = await shared.erp("faults")
    assert struck["struck"] == 1
    lines = (await shared.api("GET", f"/audit?subject={row.effect_id}", "auditor")).json()
    actions = [line["action"] for line in lines["items"] if line["subject"]["kind"] == "effect"]
    assert "effect.unknown" in actions, actions
    assert actions[0] == "effect.done"
    await shared.audit_is_whole()


async def test_a_closed_period_posts_nothing_and_tells_a_person(shared: House) -> None:
    invoice = await first_invoice(shared, await shared.reminded("overdue"))
    today = shared.now().date().isoformat()
    await shared.erp("act", do="period", on=today, closed=True, alllocked=True, arlocked=True)
    try:
        await pay_by_stripe(shared, invoice, invoice.open_minor, "walk-closed")
        row = await shared.row(PaymentRow, source="stripe", customer_id=invoice.customer_id)

        async def told() -> Sequence[WorkItemRow]:
            items = await shared.rows(WorkItemRow, customer_id=invoice.customer_id)
            return items or await shared.rows(WorkItemRow, payment_id=row.id)

        effect = await approved(shared, row)
        assert await eventually(told)
        row = await shared.row(PaymentRow, id=row.id)
        assert row.netsuite_id is None
        assert await in_erp(shared, row) == []
        ended = await shared.effect(effect.id)
        assert ended.state == "superseded"
        assert "period" in str(ended.outcome).lower()
    finally:
        await shared.erp(
            "act", do="period", on=today, closed=False, alllocked=False, arlocked=False
        )
    await shared.audit_is_whole()
