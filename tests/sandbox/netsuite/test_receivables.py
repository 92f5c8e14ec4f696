"""What payments and credit memos do to invoices, balances and the ledger."""

from __future__ import annotations

import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of


def payment(**changed: object) -> dict[str, object]:
    body: dict[str, object] = {
        "customer": {"id": "100"},
        "currency": {"id": "1"},
        "payment": 300.5,
        "tranDate": "2026-03-09",
        "externalId": "dw-pay-1",
        "account": {"id": "1"},
        "undepFunds": {"id": "F"},
        "autoApply": False,
        "toBeEmailed": False,
        "apply": applied(("1001", 100.25), ("1002", 150)),
    }
    return body | changed


def applied(*parts: tuple[str, float]) -> dict[str, object]:
    return {
        "items": [{"doc": {"id": doc}, "line": 0, "apply": True, "amount": a} for doc, a in parts]
    }


def unpaid(erp: Erp, invoice: str) -> tuple[str, str, str]:
    sql = (
        "SELECT foreignamountpaid p, foreignamountunpaid u, status s FROM transaction WHERE id = ?"
    )
    row = erp.rows(sql, invoice)[0]
    return row["p"], row["u"], row["s"]


def test_a_payment_settles_several_invoices_and_keeps_the_rest_unapplied(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment())
    record = erp.http.get(f"{RECORD}/customerPayment/{made}?expandSubResources=true").json()
    assert (record["payment"], record["applied"], record["unapplied"]) == (300.5, 250.25, 50.25)
    lines = [(x["doc"]["id"], x["apply"], x.get("amount")) for x in record["apply"]["items"]]
    assert lines == [("1001", True, 100.25), ("1002", True, 150.0)]
    assert record["status"] == {"id": "Deposited", "refName": "Deposited"}
    assert unpaid(erp, "1001") == ("100.25", "899.75", "A")
    assert unpaid(erp, "1002") == ("150", "100.5", "A")


def test_a_payment_lists_the_customers_other_open_invoices_unapplied(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment(apply=applied(("1001", 1))))
    record = erp.http.get(f"{RECORD}/customerPayment/{made}?expandSubResources=true").json()
    assert [(x["doc"]["id"], x["apply"]) for x in record["apply"]["items"]] == [
        ("1001", True),
        ("1002", False),
    ]


def test_an_invoice_paid_to_the_last_cent_is_paid_in_full(erp: Erp) -> None:
    erp.created("/customerPayment", payment(payment=250.5, apply=applied(("1002", 250.5))))
    assert unpaid(erp, "1002") == ("250.5", "0", "B")
    assert erp.get("/invoice/1002")["status"] == {"id": "Paid In Full", "refName": "Paid In Full"}


def test_unapplying_reopens_the_invoice(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment(payment=250.5, apply=applied(("1002", 250.5))))
    body = {"apply": {"items": [{"doc": {"id": "1002"}, "apply": False}]}}
    assert erp.http.patch(f"{RECORD}/customerPayment/{made}", json=body).status_code == 204
    assert unpaid(erp, "1002") == ("0", "250.5", "A")
    assert erp.get(f"/customerPayment/{made}")["unapplied"] == 250.5


def test_a_change_merges_applications_and_replaces_them_on_request(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment(apply=applied(("1001", 100))))
    address = f"{RECORD}/customerPayment/{made}"
    erp.http.patch(address, json={"apply": applied(("1002", 50))})
    assert (unpaid(erp, "1001")[0], unpaid(erp, "1002")[0]) == ("100", "50")
    erp.http.patch(f"{address}?replace=apply", json={"apply": applied(("1002", 60))})
    assert (unpaid(erp, "1001")[0], unpaid(erp, "1002")[0]) == ("0", "60")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"apply": applied(("1002", 250.51))}, "cannot exceed the amount due 250.50"),
        ({"apply": applied(("1001", 200), ("1002", 200))}, "cannot exceed the payment amount"),
        ({"apply": applied(("1003", 10))}, "Invalid Field Value 1003"),
        ({"apply": applied(("1004", 10))}, "Invalid Field Value 1004"),
        ({"apply": applied(("1001", -1))}, "cannot exceed the amount due"),
        ({"apply": applied(("1001", 1), ("1001", 2))}, "listed twice"),
        ({"currency": {"id": "2"}}, "Invalid Field Value 2"),
        ({"customer": {"id": "4444"}}, "Invalid Field Value 4444"),
        ({"payment": -5}, "must be positive"),
        ({"tranDate": "1999-01-01"}, "not within the date range of your accounting period"),
        ({"account": {"id": "4"}}, "Invalid Field Value 4"),
    ],
)
def test_a_wrong_payment_is_refused_and_changes_nothing(
    erp: Erp, changed: dict[str, object], said: str
) -> None:
    before = erp.rows("SELECT id, foreignamountunpaid, status FROM transaction ORDER BY id")
    status, _, detail = error_of(erp.post("/customerPayment", payment(**changed)))
    assert status == 400
    assert said in detail
    after = erp.rows("SELECT id, foreignamountunpaid, status FROM transaction ORDER BY id")
    assert after == before
    assert erp.rows("SELECT SUM(foreignamount) s FROM nexttransactionlinelink") == [{"s": "75"}]


@pytest.mark.parametrize("flag", ["closed", "alllocked", "arlocked"])
def test_a_closed_or_locked_period_refuses_the_payment(erp: Erp, flag: str) -> None:
    erp.act(do="period", on="2026-03-09", **{flag: True})
    status, code, detail = error_of(erp.post("/customerPayment", payment()))
    assert (status, code) == (400, "USER_ERROR")
    assert "period Mar 2026 is closed or locked" in detail
    erp.act(do="period", on="2026-03-09", **{flag: False})
    assert erp.post("/customerPayment", payment()).status_code == 204


def test_an_invoice_that_waits_for_approval_cannot_be_paid(erp: Erp) -> None:
    erp.act(do="approve", id=1001, approved=False)
    response = erp.post("/customerPayment", payment(apply=applied(("1001", 1))))
    assert "is not open" in error_of(response)[2]


def test_without_a_bank_account_money_is_undeposited(erp: Erp) -> None:
    body = payment(undepFunds={"id": "T"})
    del body["account"]
    made = erp.created("/customerPayment", body)
    sql = "SELECT status, BUILTIN.DF(status) label FROM transaction WHERE id = ?"
    assert erp.rows(sql, made) == [{"status": "B", "label": "Not Deposited"}]
    debit = "SELECT account FROM transactionaccountingline WHERE transaction = ? AND debit > 0"
    assert erp.rows(debit, made) == [{"account": "3"}]


def test_links_lead_from_the_invoice_to_what_settled_it(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment())
    columns = "previousdoc, nextdoc, nexttype, linktype, foreignamount"
    for table in ("NextTransactionLineLink", "PreviousTransactionLineLink"):
        found = erp.rows(f"SELECT {columns} FROM {table} WHERE previousdoc = ?", "1001")
        assert found == [
            {
                "previousdoc": "1001",
                "nextdoc": made,
                "nexttype": "CustPymt",
                "linktype": "Payment",
                "foreignamount": "100.25",
            }
        ]


def test_customer_balances_follow(erp: Erp) -> None:
    sql = (
        "SELECT balancesearch b, overduebalancesearch o, daysoverduesearch d"
        " FROM customer WHERE id = ?"
    )
    assert erp.rows(sql, "100") == [{"b": "1250.5", "o": "1250.5", "d": "24"}]
    erp.created("/customerPayment", payment())
    assert erp.rows(sql, "100") == [{"b": "950", "o": "1000.25", "d": "24"}]


def test_every_document_balances_in_the_ledger(erp: Erp) -> None:
    erp.created("/customerPayment", payment())
    sql = "SELECT transaction, SUM(amount) s FROM transactionaccountingline GROUP BY transaction"
    assert {row["s"] for row in erp.rows(sql)} == {"0"}
    lines = (
        "SELECT transaction, SUM(foreignamount) s FROM transactionline"
        " WHERE transaction <= 1006 GROUP BY transaction"
    )
    assert {row["s"] for row in erp.rows(lines)} == {"0"}


def test_an_invoice_transforms_into_a_payment_of_what_is_due(erp: Erp) -> None:
    made = erp.created("/invoice/1002/!transform/customerPayment", {"externalId": "t-1"})
    record = erp.get(f"/customerPayment/{made}")
    assert (record["payment"], record["unapplied"], record["externalId"]) == (250.5, 0, "t-1")
    assert unpaid(erp, "1002")[2] == "B"


def test_an_invoice_transforms_into_a_partial_credit_memo(erp: Erp) -> None:
    body = {
        "externalId": "cr-1",
        "item": {"items": [{"item": {"id": "501"}, "amount": 40.5}]},
        "apply": applied(("1001", 40.5)),
    }
    made = erp.created("/invoice/1001/!transform/creditMemo?replace=item", body)
    record = erp.get(f"/creditMemo/{made}")
    assert (record["total"], record["unapplied"]) == (40.5, 0)
    assert record["status"] == {"id": "Fully Applied", "refName": "Fully Applied"}
    assert unpaid(erp, "1001") == ("40.5", "959.5", "A")
    again = erp.post("/invoice/1001/!transform/creditMemo", body)
    assert error_of(again)[2].endswith("This record already exists.")


def test_other_transforms_are_refused(erp: Erp) -> None:
    response = erp.post("/customer/100/!transform/creditMemo", {})
    assert error_of(response)[:2] == (400, "INVALID_REQUEST")


def test_an_invoice_is_created_with_a_due_date_from_its_terms(erp: Erp) -> None:
    line = {"item": {"id": "501"}, "quantity": 3, "rate": 10.1}
    body = {"entity": {"id": "100"}, "tranDate": "2026-03-01", "item": {"items": [line]}}
    record = erp.get(f"/invoice/{erp.created('/invoice', body)}")
    assert (record["total"], record["dueDate"]) == (30.3, "2026-03-31")


def test_deleting_a_payment_reopens_invoices_and_leaves_a_trace(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment())
    assert erp.http.delete(f"{RECORD}/customerPayment/{made}").status_code == 204
    assert unpaid(erp, "1001") == ("0", "1000", "A")
    assert erp.rows("SELECT recordid, type FROM deletedrecord") == [
        {"recordid": made, "type": "Customer Payment"}
    ]
    again = erp.created("/customerPayment", payment())
    assert int(again) > int(made)


def test_an_invoice_with_a_payment_cannot_be_deleted(erp: Erp) -> None:
    assert "dependent" in error_of(erp.http.delete(f"{RECORD}/invoice/1006"))[2]


@pytest.mark.parametrize("bump", [True, False])
def test_whether_a_payment_touches_the_invoices_modified_date_is_a_knob(
    erp: Erp, bump: bool
) -> None:
    erp.admin("POST", "knobs", {"bump_invoice_lmd_on_apply": bump})
    sql = (
        "SELECT TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') m FROM transaction WHERE id = ?"
    )
    before = erp.rows(sql, "1001")
    made = erp.created("/customerPayment", payment())
    assert erp.rows(sql, made) == [{"m": "2026-03-10 11:30:45"}]
    assert (erp.rows(sql, "1001") != before) is bump


def test_foreign_currency_is_posted_in_the_subsidiarys_currency(erp: Erp) -> None:
    sql = "SELECT debit FROM transactionaccountingline WHERE transaction = ? AND debit > 0"
    assert erp.rows(sql, "1005") == [{"debit": "4012.34"}]


@pytest.mark.parametrize(
    ("rate", "debit"), [("3.25", "32.5"), ("3.123456", "31.23"), ("1.0000001", ""), ("-1", "")]
)
def test_an_exchange_rate_that_is_sent_is_used(erp: Erp, rate: str, debit: str) -> None:
    body = {"customer": {"id": "103"}, "payment": 10, "exchangeRate": rate}
    response = erp.post("/customerPayment", body)
    if not debit:
        assert error_of(response)[1] == "INVALID_CONTENT"
        return
    made = response.headers["location"].rsplit("/", 1)[1]
    sql = "SELECT debit FROM transactionaccountingline WHERE transaction = ? AND debit > 0"
    assert erp.rows(sql, made) == [{"debit": debit}]
