"""Every kind of document, made and unmade by people in the ERP, stands in the mirror as it is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from erp.netsuite.config import NetSuiteConfig
from flows.sync.passes import fast_pass, first_import, wide_pass
from flows.sync.reconcile import nightly
from sandbox.netsuite.store import Value
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.truth import same

COMPANY = small_company(25, 160)
SINCE = START.date() - timedelta(days=90)


@dataclass(slots=True)
class Books:
    """An ERP whose documents people change, and our mirror of it."""

    db: Database
    netsuite: Connected
    since: date = SINCE

    def rows(self, words: str, *values: Value) -> list[Mapping[str, object]]:
        store = self.netsuite.account.store
        found = store.rows(f'SELECT * FROM "transaction" WHERE {words} ORDER BY id', values)
        return [dict(row) for row in found]

    def untouched(self, nth: int = 0) -> Mapping[str, object]:
        """An open invoice nothing was applied to."""
        return self.rows(
            "type = 'CustInvc' AND status = 'A' AND foreignamountpaid = 0 AND foreigntotal > 10000"
        )[nth]

    def act(self, do: str, **spec: object) -> str:
        """Something a person does; the id of what was made or changed."""
        self.netsuite.clock.forward(minutes=2)
        return str(self.netsuite.do(do, **spec).get("id", spec.get("id")))

    async def fast(self) -> None:
        self.netsuite.clock.forward(minutes=3)
        await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())

    async def wide(self) -> None:
        self.netsuite.clock.forward(minutes=3)
        await wide_pass(self.db, self.netsuite.erp, self.netsuite.clock())

    async def night(self) -> None:
        self.netsuite.clock.forward(minutes=3)
        assert await nightly(self.db, self.netsuite.erp, self.netsuite.clock()) is not None

    async def same(self) -> None:
        await same(self.db, self.netsuite.account.store, self.since)


@pytest.fixture(params=[True, False], ids=["bumped", "unbumped"])
async def books(db: Database, request: pytest.FixtureRequest) -> AsyncGenerator[Books]:
    async with connected(COMPANY, bump=request.param) as netsuite:
        await first_import(db, netsuite.erp, START)
        yield Books(db, netsuite)


def deposit_on(books: Books, invoice: Mapping[str, object], amount: str = "50.00") -> str:
    return books.act(
        "create",
        type="customerDeposit",
        fields={
            "customer": {"id": str(invoice["entity"])},
            "currency": {"id": str(invoice["currency"])},
            "payment": amount,
        },
    )


async def test_an_import_holds_every_document_and_line(books: Books) -> None:
    await books.same()


async def test_deposits_and_their_applications(books: Books) -> None:
    invoice = books.untouched()
    deposit = deposit_on(books, invoice)
    await books.fast()
    await books.same()
    line = {"doc": {"id": str(invoice["id"])}, "apply": True, "amount": "20.00"}
    made = books.act(
        "transform",
        id=int(deposit),
        type="depositApplication",
        fields={"apply": {"items": [line]}},
    )
    await books.fast()
    await books.same()
    books.act("delete", id=int(made), release=True)
    await books.fast()
    await books.same()


async def test_refunds_of_payments_and_credits(books: Books) -> None:
    invoice = books.untouched()
    paid = books.act("pay", id=invoice["id"], amount="30.00")
    books.act("unapply", id=int(paid))
    await books.fast()
    await books.same()
    refund = books.act(
        "create",
        type="customerRefund",
        fields={
            "customer": {"id": str(invoice["entity"])},
            "currency": {"id": str(invoice["currency"])},
            "apply": {"items": [{"doc": {"id": paid}, "apply": True, "amount": "12.50"}]},
        },
    )
    await books.fast()
    await books.same()
    books.act("delete", id=int(refund), release=True)
    await books.fast()
    await books.same()


async def test_credit_memos_moved_from_one_invoice_to_another(books: Books) -> None:
    first, second = books.untouched(), books.untouched(1)
    memo = books.act("transform", id=first["id"], type="creditMemo", fields={})
    await books.fast()
    await books.same()
    books.act("unapply", id=int(memo))
    await books.fast()
    await books.same()
    if first["entity"] == second["entity"]:
        books.act("apply", id=int(memo), to=second["id"], amount="1.00")
    await books.fast()
    await books.same()


async def test_a_journal_on_receivables(books: Books) -> None:
    invoice = books.untouched()
    store = books.netsuite.account.store
    receivable = invoice["_araccount"]
    other = store.rows("SELECT id FROM account WHERE accttype = 'Expense' ORDER BY id")[0]["id"]
    lines = [
        {"account": {"id": str(other)}, "debit": "15.00"},
        {
            "account": {"id": str(receivable)},
            "credit": "15.00",
            "entity": {"id": str(invoice["entity"])},
        },
    ]
    made = books.act(
        "create",
        type="journalEntry",
        fields={
            "subsidiary": {"id": str(invoice["_subsidiary"])},
            "currency": {"id": str(invoice["currency"])},
            "line": {"items": lines},
        },
    )
    await books.fast()
    await books.same()
    books.act("delete", id=int(made), release=True)
    await books.fast()
    await books.same()


async def test_voids_edits_and_deletions(books: Books) -> None:
    first, second, third = (books.untouched(nth) for nth in range(3))
    paid = books.act("pay", id=first["id"])
    books.act("edit", id=second["id"], fields={"dueDate": "2026-08-01", "memo": "again"})
    await books.fast()
    await books.same()
    books.act("void", id=int(paid))
    books.act("delete", id=third["id"])
    await books.fast()
    await books.same()


async def test_what_moves_no_time_stamp_is_found_at_night(books: Books) -> None:
    first, second, third = (books.untouched(nth) for nth in range(3))
    paid = books.act("pay", id=first["id"])
    await books.fast()
    books.act("delete", id=int(paid), release=True, quiet=True)
    books.act("edit", id=second["id"], fields={"dueDate": "2026-08-01"}, quiet=True)
    books.act("delete", id=third["id"], quiet=True)
    await books.night()
    await books.same()


async def test_the_wide_pass_finds_what_a_wrong_clock_hid(books: Books) -> None:
    invoice = books.untouched()
    books.act("edit", id=invoice["id"], fields={"dueDate": "2026-08-01"})
    stamp = books.netsuite.account.store.rows(
        'SELECT _modified, lastmodifieddate FROM "transaction" WHERE id = ?',
        (int(str(invoice["id"])),),
    )[0]
    late = {
        "_modified": int(stamp["_modified"]) - 20 * 3600,
        "lastmodifieddate": int(stamp["lastmodifieddate"]) - 20 * 3600,
    }
    books.netsuite.account.store.update("transaction", int(str(invoice["id"])), late)
    await books.fast()
    await books.wide()
    await books.same()


async def test_the_comparison_sees_a_difference(books: Books) -> None:
    books.act("edit", id=books.untouched()["id"], fields={"dueDate": "2026-08-01"})
    with pytest.raises(AssertionError, match="mirrored otherwise"):
        await books.same()


async def test_the_fields_an_account_adds_are_kept_as_they_are(db: Database) -> None:
    kept = ("custbody_dw_project", "custentity_dw_segment", "custbody_nobody_has")

    def adjust(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, fields=replace(config.fields, kept=kept))

    async with connected(COMPANY, adjust=adjust) as netsuite:
        books = Books(db, netsuite)
        row, store = books.untouched(), netsuite.account.store
        store.update("transaction", int(str(row["id"])), {"custbody_dw_project": "P-7"})
        store.update("customer", int(str(row["entity"])), {"custentity_dw_segment": "Large"})
        await first_import(db, netsuite.erp, START)
        async with db.read() as session:
            invoices = await session.exec(
                select(InvoiceRow).where(InvoiceRow.netsuite_id == str(row["id"]))
            )
            customers = await session.exec(
                select(CustomerRow).where(CustomerRow.netsuite_id == str(row["entity"]))
            )
            assert invoices.one().custom == {"custbody_dw_project": "P-7"}
            assert customers.one().custom == {"custentity_dw_segment": "Large"}
