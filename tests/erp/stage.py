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
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    CreditLineContent,
    Effect,
    EntryLine,
    InvoiceLineContent,
    PostCustomerPayment,
    PostJournal,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    UpdateInvoice,
    UsedCredit,
    VoidRequest,
    WriteOffInvoice,
)
from effects.outcomes import Changed, Done, NotNow, Performer, Unchanged
from erp.netsuite.client import Written
from erp.netsuite.wire import reference
from erp.performers import (
    ApplyCreditPerformer,
    CreateCreditMemoPerformer,
    CreateCustomerPerformer,
    CreateInvoicePerformer,
    PostCustomerPaymentPerformer,
    PostJournalPerformer,
    PutApplicationsPerformer,
    RefundCustomerPerformer,
    ReversePaymentPerformer,
    UnapplyPaymentPerformer,
    UpdateInvoicePerformer,
    VoidRequestPerformer,
    WriteOffInvoicePerformer,
)
from erp.performers.once import Clock
from erp.port import Erp, ErpInvoice, PaymentToPost, Posted
from store.drafts import InvoiceDraftRow, insert_draft
from store.effects import EffectRow, insert_new
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from tests.effects.outside import approval
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
    ApplyCredit.kind: ApplyCreditPerformer,
    UnapplyPayment.kind: UnapplyPaymentPerformer,
    ReversePayment.kind: ReversePaymentPerformer,
    RefundCustomer.kind: RefundCustomerPerformer,
    PostJournal.kind: PostJournalPerformer,
    CreateCreditMemo.kind: CreateCreditMemoPerformer,
    WriteOffInvoice.kind: WriteOffInvoicePerformer,
}
GUIDED = {VoidRequest.kind: VoidRequestPerformer}
# Where each kind's write goes, and with which method.
WRITES = {
    PostCustomerPayment.kind: ("POST", f"{RECORDS}/customerPayment"),
    CreateInvoice.kind: ("POST", f"{RECORDS}/invoice"),
    UpdateInvoice.kind: ("PATCH", f"{RECORDS}/invoice"),
    CreateCustomer.kind: ("POST", f"{RECORDS}/customer"),
    PutApplications.kind: ("PATCH", f"{RECORDS}/customerPayment"),
    ApplyCredit.kind: ("PATCH", f"{RECORDS}/creditMemo"),
    UnapplyPayment.kind: ("PATCH", f"{RECORDS}/customerPayment"),
    ReversePayment.kind: ("PATCH", f"{RECORDS}/customerPayment"),
    RefundCustomer.kind: ("POST", f"{RECORDS}/customerRefund"),
    PostJournal.kind: ("POST", f"{RECORDS}/journalEntry"),
    CreateCreditMemo.kind: ("POST", f"{RECORDS}/invoice"),
    WriteOffInvoice.kind: ("POST", f"{RECORDS}/creditMemo"),
}
BANK, RECEIVABLE, BAD_DEBT, FEES = (
    ("1", "Checking"),
    ("2", "A/R"),
    ("8", "Bad debt"),
    ("17", "Fees"),
)


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
        made = (PERFORMERS | GUIDED)[effect.kind]
        return made(self.netsuite.erp, self.netsuite.clock)

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
        plain: dict[str, Callable[[], Effect]] = {
            CreateInvoice.kind: self.invoice,
            UpdateInvoice.kind: self.update,
            CreateCustomer.kind: self.newcomer,
            UnapplyPayment.kind: self.freed,
            PutApplications.kind: self.moved,
            PostJournal.kind: lambda: self.journal("2.50", (FEES, BANK)),
            CreateCreditMemo.kind: lambda: self.memo("9"),
            WriteOffInvoice.kind: lambda: self.given_up("6", "4"),
        }
        match kind:
            case PostCustomerPayment.kind:
                return await self.receipt()
            case ApplyCredit.kind:
                return self.credited(await self.credit_memo("7"))
            case ReversePayment.kind:
                return await self.returned()
            case RefundCustomer.kind:
                return self.refunded(await self.on_account("7"))
            case _:
                return plain[kind]()

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

    async def credit_memo(self, amount: str) -> UsedCredit:
        """A credit memo in the ERP, none of it used."""
        line = {"item": reference("501"), "amount": self.money(amount)}
        made = await self.netsuite.erp.client.create(
            f"{RECORDS}/creditMemo",
            {"entity": reference(self.customer.netsuite_id), "item": {"items": [line]}},
        )
        assert isinstance(made, Written)
        return UsedCredit("credit_memo", 1, made.netsuite_id, "CM", self.money(amount))

    async def deposit(self, amount: str) -> UsedCredit:
        """A customer deposit in the ERP."""
        made = await self.netsuite.erp.client.create(
            f"{RECORDS}/customerDeposit",
            {"customer": reference(self.customer.netsuite_id), "payment": self.money(amount)},
        )
        assert isinstance(made, Written)
        return UsedCredit("deposit", 1, made.netsuite_id, "DEP", self.money(amount))

    async def on_account(self, amount: str) -> UsedCredit:
        """A payment in the ERP that is applied to nothing."""
        money = self.money(amount)
        paid = await self.netsuite.erp.post_payment(
            PaymentToPost(f"on-account-{amount}", self.customer.netsuite_id, money, DAY, ())
        )
        assert isinstance(paid, Posted)
        return UsedCredit("payment", 1, paid.netsuite_id, "PYMT", money)

    def credited(self, credit: UsedCredit, **rest: Any) -> ApplyCredit:
        """The whole of a credit set against the second invoice."""
        known: dict[str, Any] = {
            "customer_id": self.customer.id, "customer_netsuite_id": self.customer.netsuite_id,
            "credit": credit, "applications": (self.applied(1, credit.amount),),
            "occasion": "1", "applied_on": DAY, "external_id": "dw-app-stage",
        }  # fmt: skip
        return ApplyCredit(**{**known, **rest})

    def freed(self) -> UnapplyPayment:
        """The payment off the first invoice."""
        return UnapplyPayment(
            payment_id=self.payment.id, payment_netsuite_id=str(self.payment.netsuite_id),
            customer_id=self.customer.id, customer_netsuite_id=self.customer.netsuite_id,
            removed=(self.applied(0, self.money("10")),), occasion="1",
        )  # fmt: skip

    def journal(
        self, amount: str, accounts: tuple[tuple[str, str], tuple[str, str]], **rest: Any
    ) -> PostJournal:
        """A debit and a credit; a line on receivables names the customer."""
        whole, named = self.money(amount), self.customer.netsuite_id
        (debit, debit_name), (credit, credit_name) = accounts
        lines = (
            EntryLine(debit, debit_name, whole, None, named if debit == RECEIVABLE[0] else ""),
            EntryLine(credit, credit_name, None, whole, named if credit == RECEIVABLE[0] else ""),
        )
        known: dict[str, Any] = {
            "purpose": "bank_fee", "customer_id": self.customer.id, "customer_netsuite_id": named,
            "lines": lines, "posted_on": DAY, "occasion": "1", "external_id": "dw-jrn-stage",
        }  # fmt: skip
        return PostJournal(**{**known, **rest})

    async def returned(self, **rest: Any) -> ReversePayment:
        """The payment that came back; the journal that says so stands."""
        journal = self.journal("10", (RECEIVABLE, BANK), purpose="return",
                               external_id="dw-jrn-return")  # fmt: skip
        assert isinstance(await self.hands(journal).act(journal), Done)
        await self.done(journal)
        known: dict[str, Any] = {
            "payment_id": self.payment.id, "payment_netsuite_id": self.payment.netsuite_id,
            "customer_id": self.customer.id, "customer_netsuite_id": self.customer.netsuite_id,
            "reason_code": "R01", "reversed_on": DAY, "amount": self.money("10"),
            "applications": (self.applied(0, self.money("10")),), "occasion": "1",
            "journal_external_id": journal.external_id, "waits_for": journal.key(),
        }  # fmt: skip
        return ReversePayment(**{**known, **rest})

    def refunded(self, *sources: UsedCredit, **rest: Any) -> RefundCustomer:
        amount = Money(sum(one.amount.minor for one in sources), self.customer.currency)
        known: dict[str, Any] = {
            "customer_id": self.customer.id, "customer_netsuite_id": self.customer.netsuite_id,
            "sources": sources, "amount": amount, "refunded_on": DAY, "occasion": "1",
            "account_netsuite_id": "1", "external_id": "dw-ref-stage",
        }  # fmt: skip
        return RefundCustomer(**{**known, **rest})

    def memo(self, amount: str, **rest: Any) -> CreateCreditMemo:
        """A credit of the second invoice, all of it set against that invoice."""
        row, whole = self.invoices[1], self.money(amount)
        line = CreditLineContent("501", "Support plan", whole, "4", "Sales", "outage", 1)
        known: dict[str, Any] = {
            "request_id": 0, "customer_id": self.customer.id,
            "customer_netsuite_id": self.customer.netsuite_id, "lines": (line,),
            "tax": self.money("0"), "applications": (self.applied(1, whole),), "issued_on": DAY,
            "reason": "concession", "occasion": "1", "external_id": "dw-crm-stage",
            "invoice_id": row.id, "invoice_netsuite_id": row.netsuite_id,
            "invoice_number": row.number, "memo": "outage",
        }  # fmt: skip
        return CreateCreditMemo(**{**known, **rest})

    def given_up(self, delivered: str, undelivered: str, **rest: Any) -> WriteOffInvoice:
        """A part of the second invoice written off, some of it never delivered."""
        parts = (("515", "Bad debt", delivered), ("516", "Service not delivered", undelivered))
        lines = tuple(
            CreditLineContent(item, name, self.money(amount)) for item, name, amount in parts
        )
        whole = self.money(delivered) + self.money(undelivered)
        known: dict[str, Any] = {
            "request_id": 0, "customer_id": self.customer.id,
            "customer_netsuite_id": self.customer.netsuite_id, "invoice": self.applied(1, whole),
            "lines": lines, "undelivered": self.money(undelivered), "written_off_on": DAY,
            "reason": "cannot_pay", "occasion": "1", "external_id": "dw-crm-stage",
        }  # fmt: skip
        return WriteOffInvoice(**{**known, **rest})

    def to_void(self, place: int, **rest: Any) -> VoidRequest:
        """An invoice that somebody shall void."""
        row = self.invoices[place]
        known: dict[str, Any] = {
            "request_id": 0, "record": "invoice", "netsuite_id": row.netsuite_id,
            "number": row.number, "customer_id": self.customer.id,
            "customer_netsuite_id": self.customer.netsuite_id,
            "amount": Money(row.total_minor, row.currency), "reason": "made twice", "occasion": "1",
        }  # fmt: skip
        return VoidRequest(**{**known, **rest})

    async def done(self, effect: Effect, state: str = "done") -> int:
        """An effect on record in a state; its id."""
        row = EffectRow(
            kind=effect.kind, key=effect.key(), payload=effect.payload(), state=state,
            fingerprint=effect.fingerprint(), proposed_by_kind="system", proposed_by_id="t",
            proposed_at=START, changed_at=START,
        )  # fmt: skip
        async with self.db.begin() as session:
            made = await insert_new(session, row)
            assert made is not None
            row.id = made
            session.add(approval(row))
        return made

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
            query = "SELECT id FROM \"transaction\" WHERE externalid LIKE 'dw-%-stage'"
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
