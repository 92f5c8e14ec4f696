"""Files of banks on their way to the ERP: receipt, match, one payment, and back again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

import pytest
import pytest_asyncio
from sqlalchemy import func
from sqlmodel import col, select

from domain.ledger.money import Money
from store.bank import BankFileRow, BankLineRow
from store.effects import EffectRow
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
from tests.walks.house import House, eventually, house
from tests.walks.test_payment import in_erp, posted

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


# The sandbox's chart of accounts.
RECEIVABLE, UNDEPOSITED = "2", "3"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(
    module_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """A house that knows the accounts which reversals are booked on."""
    folder = tmp_path_factory.mktemp("house")
    async with house(
        folder,
        module_database,
        customers=60,
        invoices=240,
        NETSUITE_RECEIVABLE_ACCOUNT_ID=RECEIVABLE,
        NETSUITE_UNDEPOSITED_ACCOUNT_ID=UNDEPOSITED,
    ) as ready:
        yield ready


async def owed(at: House, currency: str) -> tuple[InvoiceRow, CustomerRow]:
    """An open invoice of a customer that no other test has, as soon as there is one.

    No other open one has its amount, which would leave it open who paid, and it is within what is
    posted alone.
    """

    single = (
        select(InvoiceRow.open_minor)
        .where(InvoiceRow.status == "open", InvoiceRow.currency == currency)
        .group_by(col(InvoiceRow.open_minor))
        .having(func.count() == 1)
    )

    async def look() -> Sequence[tuple[InvoiceRow, CustomerRow]]:
        async with at.db.read() as session:
            found = await session.exec(
                select(InvoiceRow, CustomerRow)
                .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
                .where(InvoiceRow.status == "open", InvoiceRow.currency == currency)
                .where(col(InvoiceRow.open_minor).between(10_000, 4_000_000))
                .where(col(InvoiceRow.open_minor).in_(single), col(CustomerRow.parent_id).is_(None))
                .where(col(InvoiceRow.customer_id).not_in(at.taken or {0}))
                .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
                .limit(1)
            )
            return found.all()

    ((invoice, customer),) = await eventually(look, why=f"an open invoice in {currency}")
    at.taken.add(customer.id)
    return invoice, customer


async def arrives(at: House, body: bytes) -> BankFileRow:
    """The file as soon as it is read."""
    headers = {"Authorization": f"Bearer {at.keys['approver']}"}
    answer = await at.http.post("/api/v1/bank/files?filename=x", content=body, headers=headers)
    assert answer.status_code == 201, answer.text
    file_id = answer.json()["id"]

    async def look() -> Sequence[BankFileRow]:
        return await at.rows(BankFileRow, id=file_id, state="read")

    (file,) = await eventually(look, why="a file that is read")
    return file


async def paid(at: House, invoice: InvoiceRow, source: str) -> PaymentRow:
    """The receipt of an invoice's amount, once one payment of it is in the ERP."""
    known = {"source": source, "amount_minor": invoice.open_minor, "currency": invoice.currency}
    row = await posted(at, await at.row(PaymentRow, **known))
    (record,) = await in_erp(at, row)
    assert str(record["id"]) == row.netsuite_id
    after = await at.row(InvoiceRow, id=invoice.id)
    assert (after.open_minor, after.status) == (0, "paid")
    return row


def on(at: House) -> str:
    return f"{at.now():%y%m%d}"


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

    async def proposed() -> Sequence[EffectRow]:
        found = await shared.rows(EffectRow, state="proposed", customer_id=customer.id)
        return [one for one in found if one.kind not in ("send_email", "post_customer_payment")]

    for effect in await eventually(proposed, why="a reversal"):
        await shared.approve(effect)
        await shared.becomes(effect.id, "done")
    line = await shared.row(BankLineRow, role="return")
    assert (line.payment_id, line.return_code) == (row.id, "R01")

    async def reopened() -> Sequence[InvoiceRow]:
        await shared.sync()
        return await shared.rows(InvoiceRow, id=invoice.id, open_minor=invoice.open_minor)

    assert await eventually(reopened, why="an invoice that is open again")


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
