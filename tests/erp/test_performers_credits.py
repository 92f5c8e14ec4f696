"""Credit memos, write-offs and voids as the ERP ends up with them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from sqlmodel import select

from effects.kinds import UsedCredit
from effects.outcomes import Changed, Done, NotNow, Refused, Unchanged
from erp.port import ErpInvoice, ErpSettlement, Posted
from erp.writes import InvoiceToPost, LineToPost
from store.engine import Database
from store.receivables import CreditMemoRow
from tests.erp.stage import DAY, Stage, staged
from tests.erp.test_performers_cash import act, balanced, mirrored, open_in_erp


@pytest.fixture
async def stage(db: Database) -> AsyncGenerator[Stage]:
    async with staged(db) as ready:
        yield ready


def booked(stage: Stage, netsuite_id: str) -> dict[int, int]:
    """Debits less credits of a transaction by account."""
    rows = stage.netsuite.account.store.rows(
        'SELECT account, SUM(amount) FROM transactionaccountingline WHERE "transaction" = ?'
        " GROUP BY account",
        (int(netsuite_id),),
    )
    return {int(row[0]): int(row[1]) for row in rows}


async def test_a_credit_lowers_the_invoice_at_once(stage: Stage) -> None:
    before = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    memo = stage.memo("9")
    assert await stage.still_true(memo) == Unchanged()
    done = await stage.hands(memo).act(memo)
    assert isinstance(done, Done), done
    await stage.record(memo, done)
    assert await mirrored(stage, 1) == before - stage.money("9")
    assert booked(stage, str(done.evidence["netsuite_id"])) == {2: -900, 4: 900}
    async with stage.db.read() as session:
        (row,) = (await session.exec(select(CreditMemoRow))).all()
    assert (row.external_id, row.open_minor, row.total_minor) == ("dw-crm-stage", 0, 900)
    again = await stage.hands(memo).act(memo)
    assert isinstance(again, Done)
    otherwise = replace(memo, lines=(replace(memo.lines[0], item_netsuite_id="502"),))
    seen = await stage.hands(memo).act(otherwise)
    assert isinstance(seen, Refused)
    assert "line 1: item 501 instead of 502" in seen.reason


async def test_a_write_off_keeps_revenue_and_books_what_was_not_delivered_apart(
    stage: Stage,
) -> None:
    before = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    given_up = stage.given_up("6", "4")
    done = await stage.hands(given_up).act(given_up)
    assert isinstance(done, Done), done
    await stage.record(given_up, done)
    assert booked(stage, str(done.evidence["netsuite_id"])) == {2: -1000, 8: 600, 9: 400}
    assert await mirrored(stage, 1) == before - stage.money("10")
    assert balanced(stage)


async def test_what_is_credited_of_a_paid_invoice_is_paid_back_out_of_the_new_memo(
    stage: Stage,
) -> None:
    memo = stage.memo("9", applications=())
    source = UsedCredit("credit_memo", 0, "", "", stage.money("9"))
    refund = stage.refunded(source, credit_external_id=memo.external_id)
    early = await stage.still_true(refund)
    assert isinstance(early, Changed)
    await act(stage, memo, refund)
    found = await stage.netsuite.erp.find_record("credit_memo", memo.external_id)
    assert not await open_in_erp(stage, str(found))


async def test_tax_comes_back_in_proportion_and_the_last_credit_takes_the_rest(
    stage: Stage,
) -> None:
    erp, store = stage.netsuite.erp, stage.netsuite.account.store
    lines = (LineToPost("501", stage.money("60")), LineToPost("502", stage.money("40")))
    wanted = InvoiceToPost("tax-1", stage.customer.netsuite_id, stage.customer.currency, DAY, lines)
    made = await erp.post_invoice(wanted)
    assert isinstance(made, Posted)
    number = int(made.netsuite_id)
    store.execute(
        'INSERT INTO transactionline ("transaction", id, uniquekey, linesequencenumber, mainline,'
        " taxline, foreignamount, netamount, expenseaccount, entity, subsidiary, _scale,"
        " _basescale, memo) VALUES (?, 3, ?, 3, 'F', 'T', -1900, -1900, 10, ?, 1, 10, 10, 'VAT')",
        (number, number * 1000 + 3, int(stage.customer.netsuite_id)),
    )
    store.execute(
        'UPDATE "transaction" SET foreigntotal = 11900, foreignamountunpaid = 11900 WHERE id = ?',
        (number,),
    )
    taxes = []
    for n, amount in enumerate(("33.33", "33.33", "33.34")):
        line = replace(stage.memo(amount).lines[0])
        credit = stage.memo(
            amount, lines=(line,), applications=(), occasion=str(n), external_id=f"dw-crm-{n}",
            invoice_netsuite_id=made.netsuite_id, invoice_number="INV", tax=stage.money("0"),
        )  # fmt: skip
        seen = await stage.hands(credit).act(credit)
        assert isinstance(seen, Refused)
        assert "total" in seen.reason
        found = await erp.find_record("credit_memo", credit.external_id)
        (document,) = await erp.documents([str(found)])
        assert isinstance(document, ErpSettlement)
        taxes.append((document.total - line.amount).minor)
    assert taxes == [633, 634, 633]


async def test_a_void_waits_for_a_person_in_the_erp(stage: Stage) -> None:
    wanted = stage.to_void(1)
    waits = await stage.still_true(wanted)
    assert isinstance(waits, NotNow)
    assert "somebody to void" in waits.reason
    stage.netsuite.do("void", id=int(wanted.netsuite_id))
    assert await stage.still_true(wanted) == Unchanged()
    await act(stage, wanted)
    (document,) = await stage.netsuite.erp.documents([wanted.netsuite_id])
    assert isinstance(document, ErpInvoice)
    assert document.status == "voided"
    assert not await mirrored(stage, 1)
