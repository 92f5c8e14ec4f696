"""The broad seed: what a grown account holds, tied out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.world import build_company
from tests.sandbox.netsuite.conftest import TODAY


@pytest.fixture(scope="module")
def broad() -> Iterator[ErpStore]:
    store = ErpStore()
    seed(store, build_company(7, TODAY, 80, 600, breadth=True))
    yield store
    store.close()


def test_every_kind_of_document_is_there(broad: ErpStore) -> None:
    found = broad.rows('SELECT DISTINCT type FROM "transaction"')
    assert {row[0] for row in found} == {
        "CustInvc",
        "CustPymt",
        "CustCred",
        "CustDep",
        "DepAppl",
        "CustRfnd",
        "Journal",
        "SalesOrd",
    }


def test_nobody_has_to_be_reminded_of_more_than_without_breadth(broad: ErpStore) -> None:
    plain = ErpStore()
    seed(plain, build_company(7, TODAY, 80, 600))
    sql = "SELECT id, foreignamountunpaid FROM \"transaction\" WHERE type = 'CustInvc'"
    opened = f"{sql} AND status = 'A' ORDER BY id"
    assert [tuple(row) for row in broad.rows(opened)] == [tuple(row) for row in plain.rows(opened)]
    plain.close()


def test_every_document_is_balanced(broad: ErpStore) -> None:
    unbalanced = broad.rows(
        'SELECT "transaction" FROM transactionaccountingline'
        ' GROUP BY "transaction" HAVING SUM(amount) <> 0'
    )
    assert unbalanced == []
    uneven = broad.rows(
        'SELECT l."transaction" FROM transactionline l JOIN "transaction" t'
        " ON t.id = l.\"transaction\" WHERE t.type IN ('CustInvc', 'CustCred', 'SalesOrd')"
        ' GROUP BY l."transaction" HAVING SUM(l.foreignamount) <> 0'
    )
    assert uneven == []


def test_the_control_account_ties_to_the_open_documents(broad: ErpStore) -> None:
    ledger = broad.rows(
        "SELECT l.subsidiary, SUM(a.amount) FROM transactionaccountingline a"
        " JOIN account c ON c.id = a.account JOIN transactionline l"
        ' ON l."transaction" = a."transaction" AND l.mainline = \'T\''
        " WHERE c.accttype = 'AcctRec' GROUP BY l.subsidiary"
    )
    documents = {
        row[0]: (row[1], row[2])
        for row in broad.rows(
            "SELECT _subsidiary, COUNT(*), SUM((foreignamountunpaid - foreignpaymentamountunused)"
            ' * _scale * exchangerate / _basescale) FROM "transaction"'
            " WHERE _open = 1 AND type <> 'CustDep' GROUP BY _subsidiary"
        )
    }
    assert len(ledger) == 2
    for subsidiary, total in ledger:
        count, opened = documents[subsidiary]
        assert abs(total - opened) <= count


def test_lines_have_items_accounts_segments_and_service_dates(broad: ErpStore) -> None:
    deferred = broad.row(
        "SELECT COUNT(*), MIN(revrecenddate - revrecstartdate) FROM transactionline"
        " WHERE expenseaccount = 9 AND department IS NOT NULL AND class = 1"
    )
    assert deferred is not None
    assert deferred[0] > 20
    assert deferred[1] >= 364 * 86400
    assert broad.number("SELECT COUNT(*) FROM transactionline WHERE taxline = 'T'") > 20
    several = "SELECT COUNT(*) FROM transactionline WHERE id = 2 AND item IS NOT NULL"
    assert broad.number(several) > 100


def test_rates_move_and_documents_follow_them(broad: ErpStore) -> None:
    rates = broad.row(
        "SELECT COUNT(DISTINCT r.exchangerate) FROM currencyrate r JOIN currency b"
        " ON b.id = r.basecurrency JOIN currency c ON c.id = r.transactioncurrency"
        " WHERE b.symbol = 'EUR' AND c.symbol = 'GBP'"
    )
    assert rates is not None
    assert rates[0] > 20
    gains = "SELECT COUNT(*) FROM transactionaccountingline WHERE account = 7 AND amount <> 0"
    assert broad.number(gains) > 10


def test_nobody_is_on_credit_hold_but_most_have_a_limit(broad: ErpStore) -> None:
    limited = broad.number("SELECT COUNT(*) FROM customer WHERE creditlimit IS NOT NULL")
    assert 40 < limited < 80
    assert broad.number("SELECT COUNT(*) FROM customer WHERE creditholdoverride <> 'AUTO'") == 0
