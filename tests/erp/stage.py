"""An account with a little of it mirrored, and one effect of each kind about it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.ledger.money import Money
from effects.kinds import (
    AppliedAmount,
    CreateCustomer,
    CreateInvoice,
    Effect,
    InvoiceLineContent,
    PostCustomerPayment,
    PutApplications,
    UpdateInvoice,
)
from effects.outcomes import Changed, Done, NotNow, Performer, Unchanged
from erp.performers import (
    CreateCustomerPerformer,
    CreateInvoicePerformer,
    PostCustomerPaymentPerformer,
    PutApplicationsPerformer,
    UpdateInvoicePerformer,
)
from erp.performers.once import Clock
from erp.port import Erp, ErpInvoice, PaymentToPost, Posted
from store.drafts import InvoiceDraftRow, insert_draft
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company()
DAY = date(2026, 3, 9)
RECORDS = "/services/rest/record/v1"
PERFORMERS: dict[str, Callable[[Erp, Clock], Performer]] = {
    PostCustomerPayment.kind: PostCustomerPaymentPerformer,
    CreateInvoice.kind: CreateInvoicePerformer,
    UpdateInvoice.kind: UpdateInvoicePerformer,
    CreateCustomer.kind: CreateCustomerPerformer,
    PutApplications.kind: PutApplicationsPerformer,
}
# Where each kind's write goes, and with which method.
WRITES = {
    PostCustomerPayment.kind: ("POST", f"{RECORDS}/customerPayment"),
    CreateInvoice.kind: ("POST", f"{RECORDS}/invoice"),
    UpdateInvoice.kind: ("PATCH", f"{RECORDS}/invoice"),
    CreateCustomer.kind: ("POST", f"{RECORDS}/customer"),
    PutApplications.kind: ("PATCH", f"{RECORDS}/customerPayment"),
}


@dataclass(slots=True)
class Stage:
    """One customer with two open invoices and a payment on the first, all mirrored by hand."""

    db: Database
    netsuite: Connected
    customer: CustomerRow
    invoices: tuple[InvoiceRow, InvoiceRow]
    seen: tuple[ErpInvoice, ErpInvoice]
    payment: PaymentRow

    def hands(self, effect: Effect) -> Performer:
        return PERFORMERS[effect.kind](self.netsuite.erp, self.netsuite.clock)

    async def still_true(self, effect: Effect) -> Unchanged | Changed | NotNow:
        async with self.db.read() as session:
            return await self.hands(effect).still_true(session, effect)

    async def record(self, effect: Effect, done: Done) -> None:
        async with self.db.begin() as session:
            await self.hands(effect).record(session, effect, 7, done)

    def money(self, text: str) -> Money:
        return Money.parse(text, self.customer.currency)

    async def of(self, kind: str) -> Effect:
        """The effect of a kind that this stage is set for."""
        match kind:
            case PostCustomerPayment.kind:
                return await self.receipt()
            case CreateInvoice.kind:
                return self.invoice()
            case UpdateInvoice.kind:
                return self.update()
            case CreateCustomer.kind:
                return self.newcomer()
            case _:
                return self.moved()

    async def receipt(self) -> PostCustomerPayment:
        amount = self.money("5")
        async with self.db.begin() as session:
            row = PaymentRow(
                source="stripe", source_id="ch_1", customer_id=self.customer.id,
                currency=amount.currency, amount_minor=amount.minor,
                unapplied_minor=amount.minor, received_on=DAY,
            )  # fmt: skip
            session.add(row)
            await session.flush()
        return PostCustomerPayment(
            payment_id=row.id, source="stripe", source_id="ch_1", customer_id=self.customer.id,
            customer_netsuite_id=self.customer.netsuite_id, amount=amount, received_on=DAY,
            applications=(self.applied(1, amount),), external_id="dw-pay-stage", reference="ch_1",
        )  # fmt: skip

    def invoice(self, **rest: Any) -> CreateInvoice:
        lines = (
            InvoiceLineContent(
                "509", "Software subscription", self.money("100"), "2", "50", "Seats",
                service_starts_on=date(2026, 3, 1), service_ends_on=date(2026, 3, 31),
            ),
            InvoiceLineContent("501", "Support plan", self.money("25")),
        )  # fmt: skip
        known: dict[str, Any] = {
            "draft_id": 0, "source": "manual", "source_id": "1", "customer_id": self.customer.id,
            "customer_netsuite_id": self.customer.netsuite_id, "currency": self.customer.currency,
            "total": self.money("125"), "issued_on": DAY, "due_on": DAY + timedelta(days=30),
            "lines": lines, "external_id": "dw-inv-stage", "number": "D-1", "po_number": "PO-1",
            "memo": "March", "terms_netsuite_id": "3", "review": {"content_hash": "x"},
        }  # fmt: skip
        return CreateInvoice(**{**known, **rest})

    def update(self, **rest: Any) -> UpdateInvoice:
        seen, row = self.seen[1], self.invoices[1]
        known: dict[str, Any] = {
            "invoice_id": row.id, "netsuite_id": row.netsuite_id, "number": row.number,
            "customer_id": self.customer.id, "occasion": "1",
            "before": {"due_on": seen.due_on.isoformat(), "memo": seen.memo},
            "after": {"due_on": "2026-06-30", "memo": "moved"},
            "expected_modified_at": seen.modified_at,
            "customer_netsuite_id": self.customer.netsuite_id,
        }  # fmt: skip
        return UpdateInvoice(**{**known, **rest})

    def newcomer(self, **rest: Any) -> CreateCustomer:
        known: dict[str, Any] = {
            "source": "manual", "source_id": "1", "name": "Zebra Optics", "currency": "USD",
            "external_id": "dw-cus-stage", "legal_name": "Zebra Optics Inc.",
            "email": "ap@zebraoptics.example", "phone": "+1 555 0100",
            "subsidiary_netsuite_id": "1", "terms_netsuite_id": "3",
        }  # fmt: skip
        return CreateCustomer(**{**known, **rest})

    def moved(self, **rest: Any) -> PutApplications:
        """The payment moved from the first invoice to the second."""
        amount = Money(self.payment.amount_minor, self.payment.currency)
        known: dict[str, Any] = {
            "payment_id": self.payment.id, "payment_netsuite_id": self.payment.netsuite_id,
            "customer_id": self.customer.id, "amount": amount, "occasion": "1",
            "before": (self.applied(0, self.money("10")),),
            "after": (self.applied(1, self.money("7")),),
            "customer_netsuite_id": self.customer.netsuite_id,
        }  # fmt: skip
        return PutApplications(**{**known, **rest})

    def applied(self, place: int, amount: Money) -> AppliedAmount:
        row = self.invoices[place]
        return AppliedAmount(row.id, row.netsuite_id, row.number, amount)

    async def draft(self, **rest: Any) -> int:
        """A submitted draft; its id."""
        known: dict[str, Any] = {
            "source": "manual", "source_id": "1", "currency": "USD", "issued_on": DAY,
            "total_minor": 12500, "state": "submitted", "created_by": "t", "created_at": START,
            "updated_at": START,
        }  # fmt: skip
        async with self.db.begin() as session:
            made = await insert_draft(session, InvoiceDraftRow(**{**known, **rest}))
        assert made is not None
        return made

    def records(self, kind: str) -> int:
        """How many records the account has that a creation of this kind made."""
        if kind == CreateCustomer.kind:
            query = "SELECT id FROM customer WHERE externalid = 'dw-cus-stage'"
        else:
            query = (
                "SELECT id FROM \"transaction\" WHERE externalid IN ('dw-inv-stage','dw-pay-stage')"
            )
        return len(self.netsuite.account.store.rows(query))


@asynccontextmanager
async def staged(db: Database) -> AsyncGenerator[Stage]:
    async with connected(COMPANY) as netsuite:
        first, second = await _two_open(netsuite)
        ten = Money.parse("10", first.total.currency)
        paid = await netsuite.erp.post_payment(
            PaymentToPost(
                "by-hand", first.customer_netsuite_id, ten, DAY, ((first.netsuite_id, ten),)
            )
        )
        assert isinstance(paid, Posted)
        yield await _mirrored(db, netsuite, await _again(netsuite, first, second), paid.netsuite_id)


async def _two_open(netsuite: Connected) -> tuple[ErpInvoice, ErpInvoice]:
    """Two untouched open invoices of one customer whose currency has cents."""
    by_customer: dict[str, list[ErpInvoice]] = {}
    async for page in netsuite.erp.open_documents(closed_since=START.date()):
        for one in page:
            if isinstance(one, ErpInvoice) and one.status == "open" and one.open == one.total:
                by_customer.setdefault(one.customer_netsuite_id, []).append(one)
    pairs = (found for found in by_customer.values() if len(found) >= 2)
    first, second = next(p for p in pairs if p[0].total.currency in ("USD", "EUR", "GBP"))[:2]
    return first, second


async def _again(
    netsuite: Connected, first: ErpInvoice, second: ErpInvoice
) -> tuple[ErpInvoice, ErpInvoice]:
    found = await netsuite.erp.documents([first.netsuite_id, second.netsuite_id])
    by_id = {one.netsuite_id: one for one in found if isinstance(one, ErpInvoice)}
    return by_id[first.netsuite_id], by_id[second.netsuite_id]


async def _mirrored(
    db: Database, netsuite: Connected, seen: tuple[ErpInvoice, ErpInvoice], paid: str
) -> Stage:
    theirs = (await netsuite.erp.customers_by_id([seen[0].customer_netsuite_id]))[0]
    async with db.begin() as session:
        customer = CustomerRow(
            netsuite_id=theirs.netsuite_id, name=theirs.name, currency=theirs.currency
        )
        session.add(customer)
        await session.flush()
        rows = [_row(one, customer.id) for one in seen]
        session.add_all(rows)
        payment = PaymentRow(
            source="netsuite", source_id=paid, netsuite_id=paid, customer_id=customer.id,
            currency=customer.currency, amount_minor=1000, unapplied_minor=0, received_on=DAY,
            state="posted",
        )  # fmt: skip
        session.add(payment)
        await session.flush()
        session.add(ApplicationRow(invoice_id=rows[0].id, payment_id=payment.id, amount_minor=1000))
    return Stage(db, netsuite, customer, (rows[0], rows[1]), seen, payment)


def _row(one: ErpInvoice, customer_id: int) -> InvoiceRow:
    return InvoiceRow(
        netsuite_id=one.netsuite_id, number=one.number, customer_id=customer_id,
        currency=one.total.currency, total_minor=one.total.minor, open_minor=one.open.minor,
        issued_on=one.issued_on, due_on=one.due_on, memo=one.memo, row_hash="seen",
    )  # fmt: skip
