"""Files of banks on their way to the ERP: receipt, match, one payment, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from store.bank import BankFileRow, BankLineRow
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from tests.sources.bank.files import (
    ach_entry,
    bai2,
    camt,
    entry,
    lockbox,
    lockbox_check,
    nacha,
    transaction,
)
from tests.walks.house import House, eventually
from tests.walks.test_payment import in_erp, posted

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]


async def owed(house: House, currency: str) -> tuple[InvoiceRow, CustomerRow]:
    """An open invoice of a customer that no other test has, as soon as there is one."""

    async def look() -> Sequence[tuple[InvoiceRow, CustomerRow]]:
        async with house.db.read() as session:
            found = await session.exec(
                select(InvoiceRow, CustomerRow)
                .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
                .where(InvoiceRow.status == "open", InvoiceRow.currency == currency)
                .where(col(InvoiceRow.open_minor) > 10_000, col(CustomerRow.parent_id).is_(None))
                .where(col(InvoiceRow.customer_id).not_in(house.taken or {0}))
                .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
                .limit(1)
            )
            return found.all()

    ((invoice, customer),) = await eventually(look, why=f"an open invoice in {currency}")
    house.taken.add(customer.id)
    return invoice, customer


async def arrives(house: House, body: bytes) -> BankFileRow:
    """The file as soon as it is read."""
    headers = {"Authorization": f"Bearer {house.keys['approver']}"}
    answer = await house.http.post("/api/v1/bank/files?filename=x", content=body, headers=headers)
    assert answer.status_code == 201, answer.text
    file_id = answer.json()["id"]

    async def look() -> Sequence[BankFileRow]:
        return await house.rows(BankFileRow, id=file_id, state="read")

    (file,) = await eventually(look, why="a file that is read")
    return file


async def paid(house: House, invoice: InvoiceRow, source: str) -> PaymentRow:
    """The receipt of an invoice's amount, once one payment of it is in the ERP."""
    known = {"source": source, "amount_minor": invoice.open_minor, "currency": invoice.currency}
    row = await posted(house, await house.row(PaymentRow, **known))
    (record,) = await in_erp(house, row)
    assert str(record["id"]) == row.netsuite_id
    after = await house.row(InvoiceRow, id=invoice.id)
    assert (after.open_minor, after.status) == (0, "paid")
    return row


def on(house: House) -> str:
    return f"{house.now():%y%m%d}"


async def test_a_camt_batch_pays_two_customers(shared: House) -> None:
    first, one = await owed(shared, "EUR")
    second, two = await owed(shared, "EUR")
    parts = [
        transaction(Money(i.open_minor, "EUR").plain(), ref=f"T{i.id}", name=c.name, text=i.number)
        for i, c in ((first, one), (second, two))
    ]
    total = Money(first.open_minor + second.open_minor, "EUR").plain()
    day = shared.now().date().isoformat()
    await arrives(shared, camt(entry(total, *parts, ref="BATCH", on=day)))
    for invoice in (first, second):
        await paid(shared, invoice, "bank")
    line = await shared.row(BankLineRow, role="line", currency="EUR")
    assert (line.state, line.payment_id) == ("matched", None)


async def test_a_bai2_credit_pays_an_invoice_and_told_again_adds_nothing(shared: House) -> None:
    invoice, customer = await owed(shared, "USD")
    text = f"ORIG CO NAME:{customer.name} IND ID:{invoice.number}"
    credit = f"16,165,{invoice.open_minor},,BAI1,,{text}"
    await arrives(shared, bai2(credit, as_of=on(shared)))
    await paid(shared, invoice, "bank")
    await arrives(shared, bai2(credit, "16,475,100,,CHK,,check paid", as_of=on(shared)))
    rows = await shared.rows(PaymentRow, source="bank", amount_minor=invoice.open_minor)
    assert len(rows) == 1


async def test_an_ach_entry_that_is_returned_reopens_its_invoice(shared: House) -> None:
    invoice, customer = await owed(shared, "USD")
    paying = ach_entry(invoice.open_minor, f"RMR*IV*{invoice.number}", trace=41)
    await arrives(shared, nacha(paying, company=customer.name[:16], on=on(shared)))
    row = await paid(shared, invoice, "nacha")
    back = ach_entry(invoice.open_minor, "99R01091000010000041      09100001", code="26", trace=42)
    await arrives(shared, nacha(back, sec="PPD", on=on(shared)))

    async def proposed() -> list[dict[str, Any]]:
        found = await shared.api("GET", "/effects?state=proposed&limit=200")
        return [one for one in found.json()["items"] if one["kind"] == "reverse_payment"]

    assert await eventually(proposed, why="a reversal")
    line = await shared.row(BankLineRow, role="return")
    assert (line.payment_id, line.return_code) == (row.id, "R01")


async def test_a_lockbox_deposit_pays_in_parts_and_meets_its_line(shared: House) -> None:
    pairs = [await owed(shared, "USD") for _ in range(2)]
    checks = [
        lockbox_check("001", f"{n:03}", i.open_minor, (i.number[:10], i.open_minor), number=str(n))
        for n, (i, _) in enumerate(pairs, 1)
    ]
    await arrives(shared, lockbox(("001", checks), on=on(shared)))
    total = sum(invoice.open_minor for invoice, _ in pairs)
    line = f"16,115,{total},,BOX,,LOCKBOX DEPOSIT"
    await arrives(shared, bai2(line, as_of=on(shared)))
    for invoice, _ in pairs:
        row = await paid(shared, invoice, "lockbox")
        assert row.bank_line_id is not None
    assert await shared.rows(PaymentRow, source="bank", amount_minor=total) == []
    await shared.audit_is_whole()
