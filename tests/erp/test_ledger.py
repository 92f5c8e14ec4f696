"""Every kind of document that stands on a receivable account, and what settles what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.ledger.money import Money
from erp.netsuite.config import Conventions, NetSuiteConfig
from erp.port import (
    ErpApplication,
    ErpInvoice,
    ErpSettlement,
    ErpUnreadable,
)
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company()
LONG_AGO = date(2020, 1, 1)
DAY = timedelta(days=1)


async def an_invoice(netsuite: Connected) -> ErpInvoice:
    ids = [str(claim.id) for claim in netsuite.company.claims]
    found = await netsuite.erp.documents(ids)
    return next(d for d in found if isinstance(d, ErpInvoice) and d.open.minor > 10_000)


async def one(netsuite: Connected, made: object) -> ErpSettlement:
    (found,) = await netsuite.erp.documents([str(made)])
    assert isinstance(found, ErpSettlement)
    return found


def amount(money: Money) -> str:
    return money.plain()


def journal(invoice: ErpInvoice, side: str, money: Money, *, receivable_last: bool) -> object:
    other = "credit" if side == "debit" else "debit"
    receivable = {
        "account": {"id": "2"},
        "entity": {"id": invoice.customer_netsuite_id},
        side: amount(money),
    }
    lines = [receivable, {"account": {"id": "8"}, other: amount(money)}]
    return {
        "subsidiary": {"id": invoice.subsidiary_netsuite_id},
        "currency": {"id": "1"},
        "externalId": "je-1",
        "line": {"items": lines[::-1] if receivable_last else lines},
    }


async def test_an_invoice_carries_its_books() -> None:
    async with connected(COMPANY) as netsuite:
        invoice = await an_invoice(netsuite)
        fields = {"externalId": "theirs-1", "memo": "ours"}
        netsuite.do("edit", id=int(invoice.netsuite_id), fields=fields)
        (read,) = await netsuite.erp.documents([invoice.netsuite_id])
    assert isinstance(read, ErpInvoice)
    assert read.external_id == "theirs-1"
    assert read.period_netsuite_id.isdecimal()
    assert read.terms_netsuite_id.isdecimal()
    assert read.exchange_rate not in ("", "0")
    assert read.modified_at is not None
    assert abs(read.modified_at - START) < timedelta(minutes=1)


async def test_deposit_application_refund() -> None:
    async with connected(COMPANY) as netsuite:
        invoice = await an_invoice(netsuite)
        cent = Money(1, invoice.total.currency)
        customer = {"id": invoice.customer_netsuite_id}
        deposit = netsuite.do(
            "create",
            type="customerDeposit",
            fields={"customer": customer, "payment": amount(Money(500, cent.currency))},
        )["id"]
        line = {"doc": {"id": invoice.netsuite_id}, "apply": True}
        used = netsuite.do(
            "transform",
            id=deposit,
            type="depositApplication",
            fields={"apply": {"items": [line | {"amount": amount(Money(300, cent.currency))}]}},
        )["id"]
        back = netsuite.do("transform", id=deposit, type="customerRefund", fields={})["id"]
        held, took, paid = [await one(netsuite, made) for made in (deposit, used, back)]
        links = await netsuite.erp.applications_of([str(used), str(back), str(deposit)])
    assert [d.kind for d in (held, took, paid)] == ["deposit", "deposit_application", "refund"]
    assert [d.total.minor for d in (held, took, paid)] == [500, 300, 200]
    assert [d.open.minor for d in (held, took, paid)] == [0, 0, 0]
    assert held.status == "applied"
    assert set(links) == {
        ErpApplication(str(used), invoice.netsuite_id, Money(300, cent.currency)),
        ErpApplication(str(back), str(deposit), Money(200, cent.currency)),
    }


@pytest.mark.parametrize("side", ["credit", "debit"])
@pytest.mark.parametrize("receivable_last", [False, True])
async def test_a_journal_on_receivables(side: str, receivable_last: bool) -> None:
    async with connected(COMPANY) as netsuite:
        invoice = await dollars(netsuite)
        part = Money(700, "USD")
        fields = journal(invoice, side, part, receivable_last=receivable_last)
        made = netsuite.do("create", type="journalEntry", fields=fields)["id"]
        read = await one(netsuite, made)
        totals = {t.subsidiary_netsuite_id: t for t in await netsuite.erp.control_totals()}
        pages = [
            page async for page in netsuite.erp.open_documents(closed_since=START.date() + DAY)
        ]
        window = netsuite.erp.changed_documents(since=START - DAY, until=START + DAY)
        changed = [d.netsuite_id async for page in window for d in page]
    sign = 1 if side == "credit" else -1
    assert (read.kind, read.total.minor, read.open.minor) == ("journal", sign * 700, sign * 700)
    assert read.customer_netsuite_id == invoice.customer_netsuite_id
    assert read.external_id == "je-1"
    assert read.status == "approved"
    assert totals[invoice.subsidiary_netsuite_id or ""].balance.currency == "USD"
    ids = [int(d.netsuite_id) for page in pages for d in page]
    assert ids == sorted(set(ids))
    assert int(str(made)) in ids
    assert str(made) in changed


async def dollars(netsuite: Connected) -> ErpInvoice:
    ids = [str(claim.id) for claim in netsuite.company.claims]
    found = [d for d in await netsuite.erp.documents(ids) if isinstance(d, ErpInvoice)]
    return next(d for d in found if d.total.currency == "USD" and d.subsidiary_netsuite_id == "1")


async def test_a_journal_without_receivables_is_no_document() -> None:
    async with connected(COMPANY) as netsuite:
        lines = [
            {"account": {"id": "1"}, "debit": "7.00"},
            {"account": {"id": "8"}, "credit": "7.00"},
        ]
        fields = {"subsidiary": {"id": "1"}, "line": {"items": lines}}
        made = netsuite.do("create", type="journalEntry", fields=fields)["id"]
        assert await netsuite.erp.documents([str(made)]) == []


async def test_two_receivable_lines_are_told_not_guessed() -> None:
    async with connected(COMPANY) as netsuite:
        invoice = await dollars(netsuite)
        fields = journal(invoice, "credit", Money(700, "USD"), receivable_last=False)
        made = netsuite.do("create", type="journalEntry", fields=fields)["id"]
        netsuite.account.store.execute(
            'UPDATE transactionline SET entity = 101 WHERE "transaction" = ?', (int(str(made)),)
        )
        netsuite.account.store.execute(
            'UPDATE transactionaccountingline SET account = 2 WHERE "transaction" = ?',
            (int(str(made)),),
        )
        (read,) = await netsuite.erp.documents([str(made)])
    assert isinstance(read, ErpUnreadable)
    assert "one journal for each customer" in read.reason


async def test_lines_deletions_and_notes() -> None:
    async with connected(COMPANY) as netsuite:
        invoice = await an_invoice(netsuite)
        lines = await netsuite.erp.lines_of([invoice.netsuite_id])
        paged = [
            line
            async for page in netsuite.erp.invoice_lines(closed_since=LONG_AGO)
            for line in page
            if line.invoice_netsuite_id == invoice.netsuite_id
        ]
        netsuite.do("edit", id=int(invoice.netsuite_id), fields={"memo": "changed"})
        notes = await netsuite.erp.notes_of([invoice.netsuite_id])
        paid = netsuite.do("pay", id=int(invoice.netsuite_id), amount="1")["id"]
        netsuite.do("delete", id=paid)
        gone = await netsuite.erp.deleted(START - DAY)
    assert sum(line.amount.minor for line in lines if not line.tax) == invoice.total.minor
    assert paged == lines
    assert notes is not None
    assert [(note.field, note.new) for note in notes][-1] == ("memo", "changed")
    assert notes[-1].by != ""
    assert notes[-1].at is not None
    assert abs(notes[-1].at - START) < timedelta(minutes=1)
    assert gone is not None
    assert [(d.netsuite_id, d.type) for d in gone] == [(str(paid), "customerpayment")]


async def test_hidden_tables_are_none_not_empty() -> None:
    async with connected(COMPANY) as netsuite:
        hidden = {"ADMI_DELETEDRECORD": "NONE", "LIST_SYSTEMNOTES": "NONE", "LIST_ACCOUNT": "NONE"}
        netsuite.account.role.restrict(hidden)
        assert await netsuite.erp.deleted(START - DAY) is None
        assert await netsuite.erp.notes_of(["5001"]) is None
        assert len(await netsuite.erp.documents(["5001"])) == 1


async def test_sums_are_those_of_the_documents() -> None:
    async with connected(small_company(40, 300)) as netsuite:
        everything = netsuite.erp.open_documents(closed_since=LONG_AGO)
        documents = [d async for page in everything for d in page]
        invoices = [d for d in documents if isinstance(d, ErpInvoice)]
        settled = [d for d in documents if isinstance(d, ErpSettlement)]
        opened = await netsuite.erp.open_totals()
        balances = await netsuite.erp.balances()
        spans = await netsuite.erp.period_totals(LONG_AGO, START.date())
        control = await netsuite.erp.control_totals()
    for total in opened:
        mine = [
            d
            for d in invoices
            if d.open
            and d.status == "open"
            and d.subsidiary_netsuite_id == total.subsidiary_netsuite_id
            and d.open.currency == total.open.currency
        ]
        assert (total.count, total.open.minor) == (len(mine), sum(d.open.minor for d in mine))
    for balance in balances:
        key = balance.customer_netsuite_id
        owed = sum(d.open.minor for d in invoices if d.customer_netsuite_id == key)
        owed -= sum(
            d.open.minor
            for d in settled
            if d.customer_netsuite_id == key and d.kind not in ("deposit", "refund")
        )
        assert balance.balance.minor == owed
    received = {
        (d.subsidiary_netsuite_id, d.total.currency): d.total
        for d in settled
        if d.kind == "payment"
    }
    told = {(t.subsidiary_netsuite_id, t.amount.currency) for t in spans if t.figure == "received"}
    assert told == set(received)
    assert {t.figure for t in spans} >= {"invoiced", "received", "deposited"}
    assert {t.subsidiary_netsuite_id for t in control} == {"1", "2"}


async def test_a_payment_over_more_invoices_than_a_page_is_whole() -> None:
    async with connected(COMPANY) as netsuite:
        store = netsuite.account.store
        (row,) = store.rows("SELECT * FROM nexttransactionlinelink ORDER BY nextdoc LIMIT 1")
        many = [{**dict(row), "previousline": n, "foreignamount": 1} for n in range(1, 2501)]
        store.insert_all("nexttransactionlinelink", many)
        every = netsuite.erp.open_applications(closed_since=LONG_AGO)
        links = [link async for page in every for link in page]
        key = str(row["nextdoc"])
        found = [link for link in links if link.settlement_netsuite_id == key]
    assert sum(link.amount.minor for link in found) >= row["foreignamount"] + 2500
    assert len({link.settlement_netsuite_id for link in links}) > 1


async def test_another_name_for_links() -> None:
    def renamed(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, conventions=Conventions(link_types=("Applied",)))

    async with connected(COMPANY, adjust=renamed) as netsuite:
        store = netsuite.account.store
        (row,) = store.rows("SELECT nextdoc FROM nexttransactionlinelink LIMIT 1")
        assert await netsuite.erp.applications_of([str(row[0])]) == []
        store.execute("UPDATE nexttransactionlinelink SET linktype = 'Applied'")
        assert len(await netsuite.erp.applications_of([str(row[0])])) >= 1


async def test_without_subsidiaries_and_currencies() -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_off(["SUBSIDIARIES", "MULTICURRENCY"])
        assert await netsuite.erp.subsidiaries() == []
        (control,) = await netsuite.erp.control_totals()
        (opened,) = await netsuite.erp.open_totals()
        spans = await netsuite.erp.period_totals(LONG_AGO, START.date())
        assert await netsuite.erp.rates(LONG_AGO) == []
        page = await anext(netsuite.erp.open_documents(closed_since=LONG_AGO))
    assert control.subsidiary_netsuite_id == opened.subsidiary_netsuite_id == ""
    assert {control.balance.currency, opened.open.currency} == {"USD"}
    assert len({t.figure for t in spans}) == len(spans)
    assert {d.subsidiary_netsuite_id for d in page if isinstance(d, ErpInvoice)} == {None}


async def test_every_amount_is_explained_by_what_is_set_against_it() -> None:
    """Deposits, refunds, journals, voids and overpayments among ordinary documents."""
    async with connected(replace(small_company(40, 300), breadth=True)) as netsuite:
        everything = netsuite.erp.open_documents(closed_since=LONG_AGO)
        documents = [d async for page in everything for d in page]
        pages = netsuite.erp.open_applications(closed_since=LONG_AGO)
        links = [link async for page in pages for link in page]
        line_pages = netsuite.erp.invoice_lines(closed_since=LONG_AGO)
        lines = [line async for page in line_pages for line in page]
    used, billed = Counter[str](), Counter[str]()
    for link in links:
        used[link.settlement_netsuite_id] += link.amount.minor
        used[link.invoice_netsuite_id] += link.amount.minor
    for line in lines:
        billed[line.invoice_netsuite_id] += line.amount.minor
    kinds = {d.kind for d in documents if isinstance(d, ErpSettlement)}
    assert kinds >= {"payment", "credit_memo", "deposit", "deposit_application", "refund"}
    assert "journal" in kinds
    for document in documents:
        assert not isinstance(document, ErpUnreadable)
        key, total, left = document.netsuite_id, document.total.minor, document.open.minor
        if isinstance(document, ErpInvoice) and document.status in ("open", "paid"):
            assert total - left == used[key], document
            assert billed[key] == total, document
        elif isinstance(document, ErpSettlement) and not document.voided:
            taken = used[key] if document.kind != "deposit" else abs(total) - abs(left)
            assert abs(total) - abs(left) == taken, document
