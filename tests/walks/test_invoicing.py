"""From a draft to an invoice in the ERP, over the API and the sandbox, with everything between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from store.drafts import InvoiceDraftRow
from store.effects import EffectRow
from store.erp_masters import ItemRow
from store.lines import InvoiceLineRow
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import InvoiceRow
from tests.walks.house import NOON, House, eventually

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]
DAY = NOON.date()


async def called(house: House, method: str, path: str, **body: Any) -> Any:
    answer = await house.api(method, path, "collector", **body)
    assert answer.status_code < 300, answer.text
    return answer.json()


async def _lines(house: House, invoice_id: int) -> Sequence[InvoiceLineRow]:
    return await house.rows(InvoiceLineRow, invoice_id=invoice_id)


async def trading(house: House) -> CustomerRow:
    """A customer in dollars that may be invoiced."""

    async def look() -> CustomerRow | None:
        for row in await house.rows(CustomerRow, currency="USD", inactive=False):
            billed = await house.rows(InvoiceRow, customer_id=row.id, status="open")
            items = await house.rows(ItemRow)
            read = bool(billed and await _lines(house, billed[0].id))
            if read and items and not row.credit_hold:
                return row
        return None

    return await eventually(look, within=60, why="the first import")


async def ready(house: House, found: dict[str, Any]) -> dict[str, Any]:
    """Accept what may be accepted; the review then."""
    for one in found["findings"]:
        if one["open"] and one["severity"] == "warn":
            found = await called(
                house, "POST", f"/invoice-drafts/{found['draft']['id']}/acknowledge",
                finding=one["id"], subject=one["subject"], reason="seen in the walk",
                content_hash=found["content_hash"],
            )  # fmt: skip
    assert found["ready"], [one["message"] for one in found["findings"] if one["open"]]
    return found


async def submitted(house: House, found: dict[str, Any]) -> EffectRow:
    path = f"/invoice-drafts/{found['draft']['id']}/submit"
    answer = await called(house, "POST", path, content_hash=found["content_hash"])
    return await house.effect(answer["effect_id"])


async def test_a_draft_becomes_an_invoice_that_equals_what_was_approved(shared: House) -> None:
    customer = await trading(shared)
    item = (await shared.rows(ItemRow, inactive=False))[0]
    found = await called(
        shared, "POST", "/invoice-drafts",
        source_id="walk-1", currency="USD", issued_on=DAY.isoformat(),
        due_on=(DAY + timedelta(days=3)).isoformat(),
        customer_id=customer.id, customer_name=customer.name, po_number="PO-WALK",
        lines=[
            {"product": "Walk hours", "amount": "120.00", "quantity": "3", "rate": "40.50"},
            {"product": "Walk hours", "amount": "10.00"},
        ],
    )  # fmt: skip
    draft_id = found["draft"]["id"]
    assert not found["ready"]
    found = await called(
        shared, "POST", f"/invoice-drafts/{draft_id}/item", line=1,
        item_netsuite_id=item.netsuite_id,
    )  # fmt: skip
    for name in ("LIN-005", "HDR-011"):
        for one in found["findings"]:
            if one["id"] == name:
                found = await called(
                    shared, "POST", f"/invoice-drafts/{draft_id}/fix", finding=name,
                    subject=one["subject"], content_hash=found["content_hash"],
                )  # fmt: skip
    assert found["draft"]["total"]["amount"] == "131.50"
    effect = await submitted(shared, await ready(shared, found))
    assert (effect.kind, effect.state) == ("create_invoice", "proposed")
    await shared.approve(effect)
    done = await shared.becomes(effect.id, "done", within=50)
    row = await shared.row(InvoiceDraftRow, id=draft_id)
    assert (row.state, row.netsuite_id) == ("pushed", done.outcome["netsuite_id"])
    invoice = await shared.row(InvoiceRow, netsuite_id=row.netsuite_id)
    assert (invoice.total_minor, invoice.po_number) == (13_150, "PO-WALK")
    assert invoice.customer_id == customer.id
    lines = await shared.rows(InvoiceLineRow, invoice_id=invoice.id)
    assert [line.amount_minor for line in lines if not line.tax] == [12_150, 1_000]
    found = await called(shared, "GET", f"/invoice-drafts/{draft_id}")
    assert found["status"] == "up_to_date", found["differences"]


async def test_changes_reach_the_invoice(shared: House) -> None:
    customer = await trading(shared)
    invoice = (await shared.rows(InvoiceRow, customer_id=customer.id, status="open"))[0]
    found = await called(shared, "POST", f"/invoice-drafts/of-invoice/{invoice.id}")
    assert found["status"] == "up_to_date", found["differences"]
    path = f"/invoice-drafts/{found['draft']['id']}"
    found = await called(
        shared, "PATCH", path, po_number="PO-LATE", memo="moved",
        due_on=(invoice.due_on + timedelta(days=10)).isoformat(),
    )  # fmt: skip
    assert found["status"] == "has_changes"
    effect = await submitted(shared, await ready(shared, found))
    assert effect.kind == "update_invoice"
    await shared.approve(effect)
    await shared.becomes(effect.id, "done", within=50)
    after = await shared.row(InvoiceRow, id=invoice.id)
    assert (after.po_number, after.memo) == ("PO-LATE", "moved")
    assert after.due_on == invoice.due_on + timedelta(days=10)
    assert (await called(shared, "GET", path))["status"] == "up_to_date"


async def test_a_new_customer_is_created_first_and_then_invoiced(shared: House) -> None:
    usual = await trading(shared)
    item = (await shared.rows(ItemRow, inactive=False))[0]
    found = await called(
        shared, "POST", "/invoice-drafts",
        source_id="walk-new", currency="USD", issued_on=DAY.isoformat(),
        customer_name="Quillfeather Zoology", customer_email="ap@quillfeather.example",
        lines=[{"product": "Walk talk", "amount": "75.00", "item_netsuite_id": item.netsuite_id}],
    )  # fmt: skip
    path = f"/invoice-drafts/{found['draft']['id']}"
    own = await shared.row(SubsidiaryRow, id=usual.subsidiary_id)
    await called(shared, "PATCH", path, subsidiary_netsuite_id=own.netsuite_id)
    found = await called(shared, "POST", f"{path}/customer", new=True, reason="first order")
    assert found["next_step"] == "create_customer"
    effect = await submitted(shared, await ready(shared, found))
    await shared.approve(effect)
    await shared.becomes(effect.id, "done", within=50)

    async def again() -> Any:
        told = await called(shared, "GET", path)
        return told if told["next_step"] == "create_invoice" else None

    found = await ready(shared, await eventually(again, why="the invoice is next"))
    effect = await submitted(shared, found)
    await shared.approve(effect)
    await shared.becomes(effect.id, "done", within=50)
    made = await shared.row(CustomerRow, name="Quillfeather Zoology")
    invoice = await shared.row(InvoiceRow, customer_id=made.id)
    assert invoice.total_minor == 7_500
