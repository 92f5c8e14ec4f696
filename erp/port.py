"""What the service asks of an ERP: one protocol, values in and out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.ledger.money import Money
from erp.documents import (
    Document,
    ErpApplication,
    ErpBalance,
    ErpControlTotal,
    ErpCreditLine,
    ErpDeleted,
    ErpInvoice,
    ErpInvoiceLine,
    ErpLedgerBalance,
    ErpNote,
    ErpOpenTotal,
    ErpPeriodTotal,
    ErpSettlement,
    ErpUnreadable,
    SettlementKind,
)
from erp.masters import (
    ErpAccount,
    ErpClassification,
    ErpContact,
    ErpCustomer,
    ErpItem,
    ErpPeriod,
    ErpRate,
    ErpSubsidiary,
    ErpTerm,
)
from erp.revenue import ElementsNotShown, ErpPlanLine, ErpRevenueElement
from erp.writes import (
    ApplicationsToPut,
    ApplicationsToSet,
    CreditMemoToPost,
    CreditToUse,
    CustomerToCreate,
    DepositToApply,
    InvoiceChanges,
    InvoiceToPost,
    JournalLineToPost,
    JournalToPost,
    LineToPost,
    NotSent,
    PaymentToPost,
    Posted,
    RecordKind,
    RefundStanding,
    RefundToPost,
    Rejected,
    Unclear,
    WriteOutcome,
)

__all__ = [
    "ApplicationsToPut",
    "ApplicationsToSet",
    "CreditMemoToPost",
    "CreditToUse",
    "CustomerToCreate",
    "DepositToApply",
    "Document",
    "ElementsNotShown",
    "Erp",
    "ErpAccount",
    "ErpApplication",
    "ErpBalance",
    "ErpClassification",
    "ErpContact",
    "ErpControlTotal",
    "ErpCreditLine",
    "ErpCustomer",
    "ErpDeleted",
    "ErpInvoice",
    "ErpInvoiceLine",
    "ErpItem",
    "ErpLedgerBalance",
    "ErpNote",
    "ErpOpenTotal",
    "ErpPeriod",
    "ErpPeriodTotal",
    "ErpPlanLine",
    "ErpRate",
    "ErpRefused",
    "ErpRevenueElement",
    "ErpSettlement",
    "ErpSubsidiary",
    "ErpTerm",
    "ErpUnavailable",
    "ErpUnreadable",
    "InvoiceChanges",
    "InvoiceToPost",
    "JournalLineToPost",
    "JournalToPost",
    "LineToPost",
    "NotSent",
    "PaymentToPost",
    "Posted",
    "RecordKind",
    "RefundStanding",
    "RefundToPost",
    "Rejected",
    "SettlementKind",
    "Unclear",
    "WriteOutcome",
]


class Erp(Protocol):
    """An ERP with accounts receivable. Failed reads raise ErpUnavailable or ErpRefused."""

    async def subsidiaries(self) -> Sequence[ErpSubsidiary]: ...

    async def periods(self) -> Sequence[ErpPeriod]: ...

    def customers(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpCustomer]]:
        """Pages of customers by id; those changed since an instant, or all of them."""
        ...

    async def customers_by_id(self, netsuite_ids: Sequence[str]) -> Sequence[ErpCustomer]: ...

    def contacts(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpContact]]:
        """Pages of contacts by id; those changed since an instant, or all of them."""
        ...

    def open_documents(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[Document]]:
        """Pages, by id, of documents that are open or were dated or closed since."""
        ...

    def open_applications(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpApplication]]:
        """Pages, by settlement id, of the applications of `open_documents`.

        A settlement is never split over two pages.
        """
        ...

    def changed_documents(
        self, *, since: datetime, until: datetime
    ) -> AsyncIterator[Sequence[Document]]:
        """Pages of documents changed in the window; a little more than asked, never less."""
        ...

    async def changed_links(self, *, since: datetime, until: datetime) -> Sequence[ErpApplication]:
        """Applications made or changed in the window."""
        ...

    async def documents(self, netsuite_ids: Sequence[str]) -> Sequence[Document]: ...

    async def applications_of(
        self, settlement_netsuite_ids: Sequence[str]
    ) -> Sequence[ErpApplication]: ...

    async def applications_to(self, netsuite_ids: Sequence[str]) -> Sequence[ErpApplication]:
        """What is set against these documents: the other end of `applications_of`."""
        ...

    async def now(self) -> datetime:
        """The ERP's own clock, in UTC."""
        ...

    async def find_payment(self, external_id: str) -> str | None:
        """The id of the customer payment with this external id, or None."""
        ...

    async def similar_payments(
        self, customer_netsuite_id: str, amount: Money, on: date, *, days: int = 3
    ) -> Sequence[ErpSettlement]:
        """Payments of that customer and amount dated within `days` of `on`."""
        ...

    async def read_payment(self, netsuite_id: str) -> PaymentToPost | None:
        """The payment as it stands, with its applied lines, or None if there is none."""
        ...

    async def post_payment(self, payment: PaymentToPost) -> WriteOutcome: ...

    def link(self, kind: str, netsuite_id: str) -> str:
        """The address of a record ("invoice", "payment", "customer") in the ERP's own pages."""
        ...

    # Breadth: what the first import and the nightly pass read besides open documents.

    def invoice_lines(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpInvoiceLine]]:
        """Pages, by invoice id, of the lines of the invoices of `open_documents`; never split."""
        ...

    async def lines_of(self, invoice_netsuite_ids: Sequence[str]) -> Sequence[ErpInvoiceLine]: ...

    async def credit_lines_of(
        self, credit_netsuite_ids: Sequence[str]
    ) -> Sequence[ErpCreditLine]: ...

    async def ledger_balances(
        self, account_netsuite_ids: Sequence[str], through: date
    ) -> Sequence[ErpLedgerBalance]:
        """Balances of accounts over posting periods that end by a day, from posted lines."""
        ...

    async def posts_revenue(self) -> bool | None:
        """Whether the account has revenue arrangements; None where the role cannot tell."""
        ...

    def revenue_elements(
        self, *, since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpRevenueElement] | ElementsNotShown]:
        """Pages, by id, of elements that recognize since a day, or have no end, with their plans.

        Where the account or role does not show them it says so, once; that is never an empty list.
        """
        ...

    async def terms(self) -> Sequence[ErpTerm]: ...

    async def items(self) -> Sequence[ErpItem]: ...

    async def accounts(self) -> Sequence[ErpAccount]: ...

    async def classifications(self) -> Sequence[ErpClassification]: ...

    async def rates(self, since: date) -> Sequence[ErpRate]: ...

    async def deleted(self, since: datetime) -> Sequence[ErpDeleted] | None:
        """Deletions since an instant; None where the account or role does not show them."""
        ...

    async def notes_of(self, netsuite_ids: Sequence[str]) -> Sequence[ErpNote] | None:
        """System notes of documents, oldest first; None where the role may not read them."""
        ...

    async def balances(self) -> Sequence[ErpBalance]:
        """Customers whose balance is not zero."""
        ...

    async def control_totals(self) -> Sequence[ErpControlTotal]:
        """The A/R control total of each subsidiary, from posted ledger lines."""
        ...

    async def open_totals(self) -> Sequence[ErpOpenTotal]:
        """Count and sum of open invoices by subsidiary and currency, added up by the ERP."""
        ...

    async def period_totals(self, first: date, last: date) -> Sequence[ErpPeriodTotal]:
        """What was invoiced, received, credited and deposited between two days, by the ERP."""
        ...

    # Writes. None is repeated by the adapter once it may have arrived.

    async def find_record(self, kind: RecordKind, external_id: str) -> str | None:
        """The id of the record of that kind with this external id, or None."""
        ...

    async def post_invoice(self, invoice: InvoiceToPost) -> WriteOutcome: ...

    async def read_invoice(self, netsuite_id: str) -> InvoiceToPost | None:
        """The invoice as it stands, with its lines, or None if there is none."""
        ...

    async def change_invoice(self, changes: InvoiceChanges) -> WriteOutcome: ...

    async def create_customer(self, customer: CustomerToCreate) -> WriteOutcome: ...

    async def read_customer(self, netsuite_id: str) -> CustomerToCreate | None: ...

    async def similar_customers(self, name: str, email: str) -> Sequence[ErpCustomer]:
        """Customers that may be the same: by normalised name, or by e-mail address or domain."""
        ...

    async def put_applications(self, wanted: ApplicationsToPut) -> WriteOutcome: ...

    async def set_applications(self, wanted: ApplicationsToSet) -> WriteOutcome:
        """Change some applications of a payment or credit memo and leave the others."""
        ...

    async def post_journal(self, journal: JournalToPost) -> WriteOutcome: ...

    async def read_journal(self, netsuite_id: str) -> JournalToPost | None:
        """The journal as it stands, with its lines, or None if there is none."""
        ...

    async def apply_deposit(self, wanted: DepositToApply) -> WriteOutcome: ...

    async def post_credit_memo(self, memo: CreditMemoToPost) -> WriteOutcome: ...

    async def read_credit_memo(self, netsuite_id: str) -> CreditMemoToPost | None:
        """The credit memo as it stands, with its lines, or None if there is none."""
        ...

    async def post_refund(self, refund: RefundToPost) -> WriteOutcome: ...

    async def read_refund(self, netsuite_id: str) -> RefundStanding | None:
        """The refund as it stands, or None; `applications_of` tells what it is paid out of."""
        ...


class ErpUnavailable(Exception):
    """The ERP could not be reached or did not answer in time."""


class ErpRefused(Exception):
    """The ERP refused a read: credentials, permission or a missing feature."""
