"""Every change behind the integration's back, by the admin door."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.netsuite.account import Account
from sandbox.netsuite.control.backdoor import act
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from tests.sandbox.netsuite.conftest import Clock, Erp, company, error_of

STAMPS = (
    "SELECT TO_CHAR(createddate, 'YYYY-MM-DD HH24:MI') c,"
    " TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI') m FROM transaction WHERE id = ?"
)


def header(erp: Erp, transaction: str | int, *columns: str) -> list[str]:
    sql = f"SELECT {', '.join(columns)} FROM transaction WHERE id = ?"
    row = erp.rows(sql, str(transaction))[0]
    return [row.get(name, "") for name in columns]


def amounts(erp: Erp, transaction: str | int) -> list[str]:
    return header(
        erp, transaction, "foreigntotal", "foreignamountunpaid", "foreignpaymentamountunused"
    )


def balanced(erp: Erp) -> bool:
    sql = "SELECT transaction, SUM(amount) s FROM transactionaccountingline GROUP BY transaction"
    return {row["s"] for row in erp.rows(sql)} == {"0"}


def refusal(erp: Erp, **spec: object) -> str:
    answer = erp.admin("POST", "act", spec)
    assert answer.status_code == 400
    told = answer.json()
    return str(told.get("error") or error_of(answer)[2])


@pytest.mark.parametrize(
    ("spec", "columns", "becomes"),
    [
        ({"do": "edit_amount", "amount": "1200"}, ("foreigntotal",), ["1200"]),
        ({"do": "edit", "fields": {"memo": "x"}}, ("memo",), ["x"]),
        ({"do": "edit", "fields": {"dueDate": "2026-05-01"}}, ("duedate",), ["5/1/2026"]),
        ({"do": "edit", "fields": {"tranDate": "2026-02-02"}}, ("trandate",), ["2/2/2026"]),
        ({"do": "edit", "fields": {"otherRefNum": "PO-9"}}, ("otherrefnum",), ["PO-9"]),
        ({"do": "edit", "fields": {"postingPeriod": {"id": "1"}}}, ("postingperiod",), ["1"]),
        ({"do": "move_customer", "customer": 101}, ("entity",), ["101"]),
        ({"do": "approve", "status": "pending"}, ("status", "posting"), ["D", "F"]),
        ({"do": "approve", "status": "rejected"}, ("status", "approvalstatus"), ["E", "3"]),
        ({"do": "void"}, ("status", "voided", "foreigntotal"), ["V", "T", "0"]),
        ({"do": "distort", "open": "5"}, ("foreignamountunpaid", "status"), ["5", "A"]),
        ({"do": "distort", "status": "B"}, ("status", "foreignamountunpaid"), ["B", "1000"]),
    ],
)
@pytest.mark.parametrize("quiet", [False, True])
def test_a_change_of_an_invoice_with_and_without_a_trace_of_time(
    erp: Erp, spec: dict[str, object], columns: tuple[str, ...], becomes: list[str], quiet: bool
) -> None:
    before = erp.rows(STAMPS, "1001")
    assert header(erp, 1001, *columns) != becomes
    erp.act(id=1001, quiet=quiet, **spec)
    assert header(erp, 1001, *columns) == becomes
    assert (erp.rows(STAMPS, "1001") == before) is quiet
    notes = "SELECT name FROM systemnote WHERE recordid = 1001"
    assert {row["name"] for row in erp.rows(notes)} == {"Sandbox User"}
    assert balanced(erp)


def test_lines_of_an_invoice_are_edited(erp: Erp) -> None:
    item = {"item": {"id": "509"}, "quantity": 3, "rate": "100.10", "description": "new"}
    erp.act(do="edit", id=1001, fields={"item": {"items": [item]}}, replace=["item"])
    assert amounts(erp, 1001)[:2] == ["300.3", "300.3"]
    sql = "SELECT item, foreignamount a FROM transactionline WHERE transaction = 1001 AND id > 0"
    assert erp.rows(sql) == [{"item": "509", "a": "-300.3"}]


def test_an_exchange_rate_and_a_currency_are_changed(erp: Erp) -> None:
    erp.act(do="edit", id=1005, fields={"exchangeRate": "3.5"})
    assert header(erp, 1005, "exchangerate", "foreigntotal") == ["3.5", "1234.567"]
    erp.act(do="currency", id=1005, currency="JPY")
    assert header(erp, 1005, "foreigntotal") == ["1234"]
    usd = "SELECT BUILTIN.DF(currency) c, exchangerate r FROM transaction WHERE id = 1005"
    assert erp.rows(usd) == [{"c": "Japanese Yen", "r": "0.0067"}]
    assert "applications" in refusal(erp, do="currency", id=1006, currency="JPY")
    assert "currency" in refusal(erp, do="currency", id=1001, currency="XXX")
    assert balanced(erp)


def test_documents_are_deleted_even_when_something_settled_them(erp: Erp) -> None:
    assert "dependent" in refusal(erp, do="delete", id=1006)
    erp.act(do="delete", id=1006, release=True)
    assert amounts(erp, 2001) == ["70", "0", "70"]
    erp.act(do="delete", id=2001)
    erp.act(do="delete", id=2002, quiet=True)
    listed = {row["recordid"] for row in erp.rows("SELECT recordid FROM deletedrecord")}
    assert listed == {"1006", "2001"}
    gone = erp.rows("SELECT id FROM transaction WHERE id IN (1006, 2001, 2002)")
    assert gone == []
    assert amounts(erp, 1003)[1] == "50"


def test_a_settled_invoice_is_voided_after_it_is_released(erp: Erp) -> None:
    assert "unapplied" in refusal(erp, do="void", id=1006)
    erp.act(do="void", id=1006, release=True)
    assert header(erp, 1006, "status") == ["V"]
    assert amounts(erp, 2001)[2] == "70"


def test_applications_are_taken_back_changed_and_made(erp: Erp) -> None:
    links = "SELECT previousdoc d, foreignamount a FROM nexttransactionlinelink WHERE nextdoc = ?"
    erp.act(do="unapply", id=2001)
    assert (erp.rows(links, "2001"), amounts(erp, 1006)[1]) == ([], "70")
    erp.act(do="apply", id=2001, to=1002, amount="50")
    erp.act(do="apply", id=2001, to=1001)
    found = {(row["d"], row["a"]) for row in erp.rows(links, "2001")}
    assert found == {("1002", "50"), ("1001", "20")}
    erp.act(do="apply", id=2001, to=1002, amount="10")
    erp.act(do="unapply", id=2001, **{"from": 1001})
    assert erp.rows(links, "2001") == [{"d": "1002", "a": "10"}]
    assert "nothing is applied" in refusal(erp, do="unapply", id=2001, **{"from": 1001})


def test_a_quiet_application_moves_no_timestamp_of_any_document_or_link(erp: Erp) -> None:
    before = [erp.rows(STAMPS, key) for key in ("2002", "1003")]
    erp.clock.forward(minutes=30)
    erp.act(do="apply", id=2002, to=1003, amount="7", quiet=True)
    assert [erp.rows(STAMPS, key) for key in ("2002", "1003")] == before
    sql = "SELECT COUNT(*) n FROM nexttransactionlinelink WHERE lastmodifieddate > SYSDATE - 30"
    links = "SELECT foreignamount a FROM nexttransactionlinelink WHERE nextdoc = 2002"
    assert erp.rows(links) == [{"a": "7"}]
    assert erp.rows(f"{sql} AND nextdoc = 2002") == [{"n": "0"}]


def test_a_period_is_closed_locked_and_opened_again(erp: Erp) -> None:
    sql = "SELECT closed, arlocked FROM accountingperiod WHERE periodname = 'Mar 2026'"
    erp.act(do="period", on="2026-03-15", closed=True, arlocked=True)
    assert erp.rows(sql) == [{"closed": "T", "arlocked": "T"}]
    assert "closed" in refusal(erp, do="pay", id=1001)
    erp.act(do="period", on="2026-03-15", closed=False, arlocked=False)
    assert erp.rows(sql) == [{"closed": "F", "arlocked": "F"}]
    assert erp.act(do="pay", id=1001).json()["id"]
    assert "flag" in refusal(erp, do="period", on="2026-03-15")


def test_a_document_is_backdated_and_may_look_old(erp: Erp) -> None:
    fields = {"customer": {"id": "100"}, "payment": 5, "tranDate": "2025-11-03"}
    made = erp.act(do="create", type="customerPayment", fields=fields).json()["id"]
    assert header(erp, made, "trandate") == ["11/3/2025"]
    assert erp.rows(STAMPS, str(made)) == [{"c": "2026-03-10 11:30", "m": "2026-03-10 11:30"}]
    old = erp.act(
        do="create",
        type="customerPayment",
        fields=fields,
        quiet=True,
        as_of="2025-11-03T20:00:00+00:00",
    ).json()["id"]
    assert erp.rows(STAMPS, str(old)) == [{"c": "2025-11-03 12:00", "m": "2025-11-03 12:00"}]
    assert erp.get(f"/customerPayment/{old}")["createdDate"] == "2025-11-03T20:00:00Z"
    assert "time zone" in refusal(
        erp, do="create", type="contact", fields={"entityId": "x"}, quiet=True, as_of="2025-01-01"
    )


@pytest.mark.parametrize(("source", "total"), [(2001, "70"), (1001, "1000"), (2002, "-20")])
def test_a_duplicate_has_amount_reference_and_customer_but_no_application(
    erp: Erp, source: int, total: str
) -> None:
    erp.act(do="edit", id=source, fields={"otherRefNum": "CHQ 7"})
    made = erp.act(do="duplicate", id=source, on="2026-03-05").json()["id"]
    same = ("foreigntotal", "entity", "currency", "otherrefnum", "type", "memo")
    assert header(erp, made, *same) == header(erp, source, *same)
    assert header(erp, made, "trandate", "foreigntotal") == ["3/5/2026", total]
    links = "SELECT nextdoc FROM nexttransactionlinelink WHERE nextdoc = ? OR previousdoc = ?"
    assert erp.rows(links, str(made), str(made)) == []
    assert balanced(erp)


def test_a_journal_without_a_customer_parts_ledger_and_documents(erp: Erp) -> None:
    ledger = (
        "SELECT SUM(a.amount) s FROM transactionaccountingline a JOIN account c"
        " ON c.id = a.account WHERE c.accttype = 'AcctRec'"
    )
    before = erp.rows(ledger)[0]["s"]
    balances = "SELECT SUM(balancesearch) s FROM customer"
    owed = erp.rows(balances)
    made = erp.act(do="control_gap", amount="12.34").json()["id"]
    assert float(erp.rows(ledger)[0]["s"]) == pytest.approx(float(before) + 12.34)
    assert erp.rows(balances) == owed
    assert header(erp, made, "type", "entity") == ["Journal", ""]
    assert balanced(erp)


def test_a_distorted_open_amount_contradicts_total_and_links(erp: Erp) -> None:
    erp.act(do="distort", id=1006, open="12.50", status="A")
    assert header(erp, 1006, "status", "foreigntotal", "foreignamountunpaid") == [
        "A",
        "70",
        "12.5",
    ]
    erp.act(do="distort", id=2002, open="1")
    assert amounts(erp, 2002)[2] == "1"
    assert "one of" in refusal(erp, do="distort", id=1006, status="Z")
    assert "needed" in refusal(erp, do="distort", id=1006)


def test_a_merged_customer_vanishes_without_a_deletion(erp: Erp) -> None:
    erp.act(do="merge", customer=101, into=100)
    assert header(erp, 1003, "entity") == ["100"]
    assert header(erp, 2002, "entity") == ["100"]
    assert erp.http.get("/services/rest/record/v1/customer/101").status_code == 404
    assert erp.rows("SELECT recordid FROM deletedrecord") == []
    assert "two customers" in refusal(erp, do="merge", customer=102, into=100)


def test_a_customer_and_a_contact_are_edited_and_deleted(erp: Erp) -> None:
    erp.act(do="edit", type="customer", id=100, fields={"email": "new@debtor100.example"})
    sql = "SELECT email FROM customer WHERE id = 100"
    assert erp.rows(sql) == [{"email": "new@debtor100.example"}]
    erp.act(do="delete", type="contact", id=501)
    assert erp.rows("SELECT id FROM contact") == []
    assert "no such record type" in refusal(erp, do="delete", type="unicorn", id=1)


def test_a_refused_quiet_change_leaves_nothing_behind(erp: Erp) -> None:
    for _ in range(2):
        assert "unapplied" in refusal(erp, do="void", id=1006, quiet=True)
    erp.act(do="edit", id=1006, fields={"memo": "x"}, quiet=True)
    erp.clock.forward(minutes=3)
    before = erp.rows(STAMPS, "1006")
    erp.act(do="edit", id=1006, fields={"memo": "y"})
    assert erp.rows(STAMPS, "1006") != before


def test_a_kept_file_takes_quiet_changes_too(tmp_path: Path) -> None:
    store = ErpStore(tmp_path / "erp.db")
    seed(store, company())
    account = Account(store, Clock())
    sql = 'SELECT memo, lastmodifieddate FROM "transaction" WHERE id = 1001'
    before = store.rows(sql)[0]
    act(account, {"do": "edit", "id": 1001, "fields": {"memo": "x"}, "quiet": True})
    assert tuple(store.rows(sql)[0]) == ("x", before[1])
    store.close()
