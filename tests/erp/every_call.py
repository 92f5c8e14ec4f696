"""Every method of the port as a call that a test can repeat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.ledger.money import Money
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import Written
from erp.netsuite.wire import reference
from erp.port import (
    ApplicationsToPut,
    ApplicationsToSet,
    CreditMemoToPost,
    CreditToUse,
    CustomerToCreate,
    DepositToApply,
    ErpInvoice,
    InvoiceChanges,
    InvoiceToPost,
    JournalLineToPost,
    JournalToPost,
    LineToPost,
    PaymentToPost,
    Posted,
    RefundToPost,
    WriteOutcome,
)
from tests.erp.account import START, Connected

LONG_AGO = date(2020, 1, 1)
ON = date(2026, 3, 9)
SINCE = START - timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Known:
    """Records of the account that calls are about."""

    invoice: ErpInvoice
    payment_id: str
    customer_id: str
    account_payment_id: str
    deposit_id: str
    journal_id: str
    refund_id: str
    memo_id: str = ""


Read = Callable[[NetSuite, Known], Awaitable[object]]


async def _all(pages: AsyncIterator[Sequence[object]]) -> list[object]:
    return [one async for page in pages for one in page]


async def _said(pages: AsyncIterator[object]) -> list[object]:
    return [page async for page in pages]


PLAIN: dict[str, Callable[[NetSuite], Awaitable[object]]] = {
    "subsidiaries": lambda e: e.subsidiaries(),
    "periods": lambda e: e.periods(),
    "customers": lambda e: _all(e.customers(since=SINCE, until=START)),
    "contacts": lambda e: _all(e.contacts(since=None, until=START)),
    "open_documents": lambda e: _all(e.open_documents(closed_since=LONG_AGO)),
    "open_applications": lambda e: _all(e.open_applications(closed_since=LONG_AGO)),
    "changed_documents": lambda e: _all(e.changed_documents(since=SINCE, until=START)),
    "changed_links": lambda e: e.changed_links(since=SINCE, until=START),
    "now": lambda e: e.now(),
    "find_payment": lambda e: e.find_payment("known-1"),
    "invoice_lines": lambda e: _all(e.invoice_lines(closed_since=LONG_AGO)),
    "ledger_balances": lambda e: e.ledger_balances(["1"], START.date()),
    "posts_revenue": lambda e: e.posts_revenue(),
    "revenue_elements": lambda e: _said(e.revenue_elements(since=LONG_AGO)),
    "terms": lambda e: e.terms(),
    "items": lambda e: e.items(),
    "accounts": lambda e: e.accounts(),
    "classifications": lambda e: e.classifications(),
    "rates": lambda e: e.rates(LONG_AGO),
    "deleted": lambda e: e.deleted(SINCE),
    "balances": lambda e: e.balances(),
    "control_totals": lambda e: e.control_totals(),
    "open_totals": lambda e: e.open_totals(),
    "period_totals": lambda e: e.period_totals(LONG_AGO, START.date()),
    "find_record": lambda e: e.find_record("customer", "known-2"),
    "similar_customers": lambda e: e.similar_customers("Sparrow Systems", "x@sparrow.example"),
}
ABOUT: dict[str, Read] = {
    "customers_by_id": lambda e, k: e.customers_by_id([k.customer_id]),
    "documents": lambda e, k: e.documents([k.invoice.netsuite_id, k.payment_id]),
    "applications_to": lambda e, k: e.applications_to([k.invoice.netsuite_id]),
    "applications_of": lambda e, k: e.applications_of([k.payment_id]),
    "similar_payments": lambda e, k: e.similar_payments(
        k.customer_id, Money(1_000, k.invoice.total.currency), date(2026, 3, 9)
    ),
    "read_payment": lambda e, k: e.read_payment(k.payment_id),
    "lines_of": lambda e, k: e.lines_of([k.invoice.netsuite_id]),
    "credit_lines_of": lambda e, k: e.credit_lines_of([k.memo_id]),
    "notes_of": lambda e, k: e.notes_of([k.payment_id]),
    "read_invoice": lambda e, k: e.read_invoice(k.invoice.netsuite_id),
    "read_journal": lambda e, k: e.read_journal(k.journal_id),
    "read_refund": lambda e, k: e.read_refund(k.refund_id),
    "read_customer": lambda e, k: e.read_customer(k.customer_id),
    "read_credit_memo": lambda e, k: e.read_credit_memo(k.memo_id),
}


def _alone(call: Callable[[NetSuite], Awaitable[object]]) -> Read:
    def ask(erp: NetSuite, known: Known) -> Awaitable[object]:
        del known
        return call(erp)

    return ask


READS = {name: _alone(call) for name, call in PLAIN.items()} | ABOUT


@dataclass(frozen=True, slots=True)
class Write:
    """A write, and how often it stands in the account; `key` makes each one of its own."""

    path: str
    method: str
    do: Callable[[NetSuite, Known, str], Awaitable[WriteOutcome]]
    stands: Callable[[Connected, Known, str], int]


def _payment(known: Known, key: str) -> PaymentToPost:
    cent = Money(1, known.invoice.total.currency)
    on = date(2026, 3, 9)
    parts = ((known.invoice.netsuite_id, cent),)
    return PaymentToPost(f"dw-pay-{key}", known.customer_id, cent, on, parts)


def _invoice(known: Known, key: str) -> InvoiceToPost:
    currency = known.invoice.total.currency
    lines = (LineToPost("501", Money(1_000, currency)),)
    return InvoiceToPost(f"dw-inv-{key}", known.customer_id, currency, date(2026, 3, 9), lines)


def _customer(known: Known, key: str) -> CustomerToCreate:
    subsidiary = known.invoice.subsidiary_netsuite_id or ""
    currency = known.invoice.total.currency
    return CustomerToCreate(
        f"dw-cus-{key}", f"C {key}", currency, subsidiary_netsuite_id=subsidiary
    )


def _named(table: str, prefix: str) -> Callable[[Connected, Known, str], int]:
    def count(netsuite: Connected, known: Known, key: str) -> int:
        del known
        sql = f'SELECT COUNT(*) FROM "{table}" WHERE externalid = ?'
        return netsuite.account.store.number(sql, (f"{prefix}{key}",))

    return count


def _memo_stands(netsuite: Connected, known: Known, key: str) -> int:
    sql = 'SELECT COUNT(*) FROM "transaction" WHERE id = ? AND memo = ?'
    return netsuite.account.store.number(sql, (int(known.invoice.netsuite_id), f"memo {key}"))


def _amount_of(key: str) -> int:
    """Another amount for each key: 1 to 900 minor units."""
    return int(key) % 900 + 1


def _applied(netsuite: Connected, known: Known, key: str) -> int:
    sql = "SELECT COUNT(*) FROM nexttransactionlinelink WHERE nextdoc = ? AND foreignamount = ?"
    return netsuite.account.store.number(sql, (int(known.payment_id), _amount_of(key)))


def _put(known: Known, key: str) -> ApplicationsToPut:
    part = Money(_amount_of(key), known.invoice.total.currency)
    return ApplicationsToPut(known.payment_id, ((known.invoice.netsuite_id, part),))


def _set(known: Known, key: str) -> ApplicationsToSet:
    parts = _put(known, key).applications
    return ApplicationsToSet("payment", known.payment_id, parts)


def _journal(known: Known, key: str) -> JournalToPost:
    cent = Money(1, known.invoice.total.currency)
    lines = (JournalLineToPost("8", cent), JournalLineToPost("1", -cent))
    return JournalToPost(
        f"dw-jrn-{key}", cent.currency, ON, lines, known.invoice.subsidiary_netsuite_id or ""
    )


def _deposit(known: Known, key: str) -> DepositToApply:
    parts = ((known.invoice.netsuite_id, Money(1, known.invoice.total.currency)),)
    return DepositToApply(f"dw-app-{key}", known.deposit_id, ON, parts)


def _refund(known: Known, key: str) -> RefundToPost:
    cent = Money(1, known.invoice.total.currency)
    sources = (CreditToUse("payment", known.account_payment_id, cent),)
    return RefundToPost(f"dw-ref-{key}", known.customer_id, ON, sources, "1")


def _memo(known: Known, key: str) -> CreditMemoToPost:
    cent = Money(1, known.invoice.total.currency)
    lines = (LineToPost("501", cent),)
    return CreditMemoToPost(f"dw-crm-{key}", known.customer_id, cent.currency, ON, lines)


_RECORDS = "/services/rest/record/v1"
WRITES: dict[str, Write] = {
    "post_payment": Write(
        f"{_RECORDS}/customerPayment",
        "POST",
        lambda e, k, key: e.post_payment(_payment(k, key)),
        _named("transaction", "dw-pay-"),
    ),
    "post_invoice": Write(
        f"{_RECORDS}/invoice",
        "POST",
        lambda e, k, key: e.post_invoice(_invoice(k, key)),
        _named("transaction", "dw-inv-"),
    ),
    "change_invoice": Write(
        f"{_RECORDS}/invoice",
        "PATCH",
        lambda e, k, key: e.change_invoice(
            InvoiceChanges(k.invoice.netsuite_id, memo=f"memo {key}")
        ),
        _memo_stands,
    ),
    "create_customer": Write(
        f"{_RECORDS}/customer",
        "POST",
        lambda e, k, key: e.create_customer(_customer(k, key)),
        _named("customer", "dw-cus-"),
    ),
    "put_applications": Write(
        f"{_RECORDS}/customerPayment",
        "PATCH",
        lambda e, k, key: e.put_applications(_put(k, key)),
        _applied,
    ),
    "set_applications": Write(
        f"{_RECORDS}/customerPayment",
        "PATCH",
        lambda e, k, key: e.set_applications(_set(k, key)),
        _applied,
    ),
    "post_journal": Write(
        f"{_RECORDS}/journalEntry",
        "POST",
        lambda e, k, key: e.post_journal(_journal(k, key)),
        _named("transaction", "dw-jrn-"),
    ),
    "apply_deposit": Write(
        f"{_RECORDS}/customerDeposit",
        "POST",
        lambda e, k, key: e.apply_deposit(_deposit(k, key)),
        _named("transaction", "dw-app-"),
    ),
    "post_refund": Write(
        f"{_RECORDS}/customerRefund",
        "POST",
        lambda e, k, key: e.post_refund(_refund(k, key)),
        _named("transaction", "dw-ref-"),
    ),
    "post_credit_memo": Write(
        f"{_RECORDS}/creditMemo",
        "POST",
        lambda e, k, key: e.post_credit_memo(_memo(k, key)),
        _named("transaction", "dw-crm-"),
    ),
}


async def known_in(netsuite: Connected) -> Known:
    """An open invoice, and a payment of its customer that has money left."""
    ids = [str(claim.id) for claim in netsuite.company.claims]
    found = [d for d in await netsuite.erp.documents(ids) if isinstance(d, ErpInvoice)]
    invoice = next(d for d in found if d.open.minor > 50_000)
    erp, currency = netsuite.erp, invoice.total.currency
    customer, whole = invoice.customer_netsuite_id, Money(1_000, currency)
    parts = ((invoice.netsuite_id, whole),)
    paid = await _made(erp.post_payment(PaymentToPost("known-1", customer, whole, ON, parts)))
    left = await _made(erp.post_payment(PaymentToPost("known-3", customer, whole, ON, ())))
    body = {"customer": reference(customer), "payment": whole}
    deposit = await erp.client.create(f"{_RECORDS}/customerDeposit", body)
    assert isinstance(deposit, Written)
    known = Known(invoice, paid, customer, left, deposit.netsuite_id, "", "")
    return replace(
        known,
        journal_id=await _made(erp.post_journal(_journal(known, "known"))),
        refund_id=await _made(erp.post_refund(_refund(known, "known"))),
        memo_id=await _made(erp.post_credit_memo(_memo(known, "known"))),
    )


async def _made(writing: Awaitable[WriteOutcome]) -> str:
    outcome = await writing
    assert isinstance(outcome, Posted)
    return outcome.netsuite_id
