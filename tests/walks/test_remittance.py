"""A customer's mail says what its wire is for; two days later the wire finds its invoices."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from domain.ledger.money import Money
from store.effects import EffectRow
from store.receivables import InvoiceRow, PaymentRow
from store.remittances import AdviceRow
from tests.walks.house import House
from tests.walks.letters import Correspondence, correspondence
from tests.walks.test_payment import in_erp, posted

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(90)]
DAMAGED, MOST = 100, 3_500_000


async def advised(
    house: House, story: Correspondence, paid: Sequence[tuple[str, int, int]]
) -> None:
    """The person answers with a table: number, minor units paid, minor units deducted."""
    currency = story.debtor.currency
    lines = ["Invoice,Paid,Deduction,Reason,Currency"]
    for number, minor, deducted in paid:
        less = Money(deducted, currency).plain() if deducted else ""
        lines.append(f"{number},{Money(minor, currency).plain()},{less},damaged,{currency}")
    total = Money(sum(minor for _, minor, _ in paid), currency)
    lines.append(f"Total,{total.plain()},,,")
    raw = story.written(house, "Please find attached our remittance advice.", "remit-walk")
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    message.add_attachment("\n".join(lines), subtype="csv", filename="remittance.csv")
    house.world.parts.inbound.receive(story.person.email, story.letter.reply_to, message.as_bytes())


async def small(house: House) -> tuple[Correspondence, list[InvoiceRow]]:
    """A reminder whose invoices sum to what may match alone."""
    for _ in range(6):
        effect = await house.reminded("overdue")
        asked: Any = effect.payload["invoice_ids"]
        invoices = [await house.row(InvoiceRow, id=one) for one in asked]
        if sum(one.open_minor for one in invoices) < MOST:
            await house.approve(effect)
            await house.becomes(effect.id, "done")
            return await correspondence(house, effect), invoices
    raise AssertionError("every reminder asks for too much")


async def test_a_wire_two_days_after_its_advice_is_posted_over_the_advised_lines(
    shared: House,
) -> None:
    story, invoices = await small(shared)
    first = invoices[0]
    paid = [(i.number, i.open_minor - (DAMAGED if i is first else 0), 0) for i in invoices]
    paid[0] = (first.number, first.open_minor - DAMAGED, DAMAGED)
    await advised(shared, story, paid)
    advice = await shared.row(AdviceRow, customer_id=story.customer_id)
    assert (advice.proven, advice.filename) == (True, "remittance.csv")
    customer = await shared.customer(story.customer_id)
    told = await shared.api(
        "POST",
        "/payments",
        "approver",
        amount=Money(sum(minor for _, minor, _ in paid), first.currency).plain(),
        currency=first.currency,
        received_on=(shared.now() + timedelta(days=1)).date().isoformat(),
        source_id="WIRE-REMIT",
        payer_name=customer.name,
        reference="",
    )
    assert told.status_code == 201, told.text
    row = await shared.row(PaymentRow, id=told.json()["id"])
    row = await posted(shared, row)
    effect = await shared.row(EffectRow, id=row.effect_id)
    lines: Any = effect.payload["applications"]
    applied = {line["number"]: line["amount"]["minor"] for line in lines}
    assert applied == {number: minor for number, minor, _ in paid}
    assert len(await in_erp(shared, row)) == 1
    assert (await shared.row(InvoiceRow, id=first.id)).open_minor == DAMAGED
    await shared.audit_is_whole()
