"""Creating and changing customers and invoices with lines over REST."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

EXPANDED = "?expandSubResources=true"


def line(amount: float | None = None, **more: object) -> dict[str, object]:
    return {"item": {"id": "501"}} | ({} if amount is None else {"amount": amount}) | more


def invoice(*lines: Mapping[str, object], customer: str = "100", **more: object) -> object:
    return {"entity": {"id": customer}, "item": {"items": list(lines)}} | more


def lines_of(erp: Erp, invoice_id: str) -> list[tuple[object, ...]]:
    record = erp.get(f"/invoice/{invoice_id}{EXPANDED}")
    sublist = record["item"]
    assert isinstance(sublist, dict)
    return [
        (i["item"]["id"], i["quantity"], i["rate"], i["amount"], i.get("description"))
        for i in sublist["items"]
    ]


def entries(erp: Erp, transaction: str) -> list[tuple[str, str]]:
    sql = (
        "SELECT account, amount FROM transactionaccountingline WHERE transaction = ?"
        " ORDER BY transactionline"
    )
    return [(row["account"], row["amount"]) for row in erp.rows(sql, transaction)]


def test_lines_with_quantity_rate_segments_and_service_dates(erp: Erp) -> None:
    year = {"revRecStartDate": "2026-03-01", "revRecEndDate": "2027-02-28"}
    subscription = {"item": {"id": "509"}, "quantity": 2.5, "rate": 33.333, **year}
    segments = {"department": {"id": "2"}, "class": {"id": "1"}, "location": {"id": "1"}}
    made = erp.created("/invoice", invoice(subscription, line(10.5, description="x", **segments)))
    assert lines_of(erp, made) == [
        ("509", 2.5, 33.333, 83.33, "Software subscription"),
        ("501", 1, 10.5, 10.5, "x"),
    ]
    assert entries(erp, made) == [("2", "93.83"), ("9", "-83.33"), ("4", "-10.5")]
    sql = (
        "SELECT l.id, l.quantity, l.rate, l.foreignamount, l.department, l.taxline,"
        " TO_CHAR(l.revrecstartdate, 'YYYY-MM-DD') starts,"
        " TO_CHAR(l.revrecenddate, 'YYYY-MM-DD') ends, a.account"
        " FROM transactionline l JOIN transactionaccountingline a"
        " ON a.transaction = l.transaction AND a.transactionline = l.id"
        " WHERE l.transaction = ? AND l.mainline = 'F' ORDER BY l.id"
    )
    assert erp.rows(sql, made) == [
        {
            "id": "1",
            "quantity": "-2.5",
            "rate": "33.333",
            "foreignamount": "-83.33",
            "taxline": "F",
            "starts": "2026-03-01",
            "ends": "2027-02-28",
            "account": "9",
        },
        {
            "id": "2",
            "quantity": "-1",
            "rate": "10.5",
            "foreignamount": "-10.5",
            "department": "2",
            "taxline": "F",
            "account": "4",
        },
    ]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"quantity": 10_000_000_000}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"rate": "a lot"}, "rate"),
        ({"revRecStartDate": "2026-03-02", "revRecEndDate": "2026-03-01"}, "cannot precede"),
        ({"item": {"id": "513"}}, "Invalid Field Value 513"),
        ({"department": {"id": "77"}}, "Invalid Field Value 77"),
    ],
)
def test_a_bad_line_is_refused(erp: Erp, bad: dict[str, object], said: str) -> None:
    status, _, detail = error_of(erp.post("/invoice", invoice(line(5) | bad)))
    assert status == 400
    assert said in detail


def test_patched_lines_are_keyed_by_their_number(erp: Erp) -> None:
    made = erp.created("/invoice", invoice(line(100), line(50, description="second")))
    body = {"item": {"items": [{"line": 2, "quantity": 3, "rate": 20}, line(7)]}}
    assert erp.http.patch(f"{RECORD}/invoice/{made}", json=body).status_code == 204
    assert lines_of(erp, made) == [
        ("501", 1, 100, 100, "Support plan"),
        ("501", 3, 20, 60, "second"),
        ("501", 1, 7, 7, "Support plan"),
    ]
    assert erp.get(f"/invoice/{made}")["total"] == 167
    assert entries(erp, made)[0] == ("2", "167")
    replaced = {"item": {"items": [line(1.25)]}}
    erp.http.patch(f"{RECORD}/invoice/{made}?replace=item", json=replaced)
    assert lines_of(erp, made) == [("501", 1, 1.25, 1.25, "Support plan")]
    assert erp.get(f"/invoice/{made}")["amountRemaining"] == 1.25


def test_lines_cannot_fall_below_what_is_paid(erp: Erp) -> None:
    body = {"item": {"items": [{"line": 1, "amount": 69.99}]}}
    refused = erp.http.patch(f"{RECORD}/invoice/1006", json=body)
    assert "less than what is applied" in error_of(refused)[2]
    more = {"item": {"items": [{"line": 1, "amount": 71}]}}
    assert erp.http.patch(f"{RECORD}/invoice/1006", json=more).status_code == 204
    shown = erp.get("/invoice/1006")
    assert (shown["status"], shown["amountRemaining"]) == ({"id": "Open", "refName": "Open"}, 1)


def test_new_terms_move_the_due_date_unless_one_is_sent(erp: Erp) -> None:
    path = f"{RECORD}/invoice/1001"
    net_180 = erp.rows("SELECT id FROM term WHERE name = 'Net 180'")[0]["id"]
    assert erp.http.patch(path, json={"terms": {"id": net_180}}).status_code == 204
    assert erp.get("/invoice/1001")["dueDate"] == "2026-07-14"
    erp.http.patch(path, json={"terms": {"id": "1"}, "dueDate": "2026-05-05"})
    assert erp.get("/invoice/1001")["dueDate"] == "2026-05-05"


def test_an_exchange_rate_moves_the_books_and_what_was_cleared(erp: Erp) -> None:
    apply = {"items": [{"doc": {"id": "1005"}, "apply": True, "amount": 234.567}]}
    paid = {"customer": {"id": "103"}, "payment": 234.567, "apply": apply}
    payment = erp.created("/customerPayment", paid)
    assert len(entries(erp, payment)) == 2
    body = {"exchangeRate": 3.5}
    assert erp.http.patch(f"{RECORD}/invoice/1005", json=body).status_code == 204
    assert entries(erp, "1005") == [("2", "4320.98"), ("4", "-4320.98")]
    assert entries(erp, payment) == [("2", "-820.98"), ("3", "762.34"), ("7", "58.64")]
    sql = "SELECT exchangerate FROM transaction WHERE id = 1005"
    assert erp.rows(sql) == [{"exchangerate": "3.5"}]


def test_a_posting_period_can_be_moved_to_an_open_one(erp: Erp) -> None:
    period = "SELECT id FROM accountingperiod WHERE periodname = 'Feb 2026'"
    february = erp.rows(period)[0]["id"]
    path = f"{RECORD}/invoice/1001"
    assert erp.http.patch(path, json={"postingPeriod": {"id": february}}).status_code == 204
    sql = "SELECT BUILTIN.DF(postingperiod) p FROM transaction WHERE id = 1001"
    assert erp.rows(sql) == [{"p": "Feb 2026"}]
    erp.act(do="period", on="2026-03-01", closed=True)
    march = erp.rows(period.replace("Feb", "Mar"))[0]["id"]
    refused = erp.http.patch(path, json={"postingPeriod": {"id": march}})
    assert "closed or locked" in error_of(refused)[2]


def test_a_customer_is_created_and_changed(erp: Erp) -> None:
    body = {
        "companyName": "Bo Ltd",
        "subsidiary": {"id": "1"},
        "externalId": "dw-cus-1",
        "email": "ap@bo.example",
        "phone": "+1 555 0100",
        "terms": {"id": "1"},
        "creditLimit": 2500.5,
        "creditHoldOverride": {"id": "ON"},
        "custentity_dw_segment": "mid",
    }
    made = erp.created("/customer", body)
    sql = (
        "SELECT externalid, email, terms, creditlimit, creditholdoverride, oncredithold,"
        " custentity_dw_segment segment FROM customer WHERE id = ?"
    )
    assert erp.rows(sql, made) == [
        {
            "externalid": "dw-cus-1",
            "email": "ap@bo.example",
            "terms": "1",
            "creditlimit": "2500.5",
            "creditholdoverride": "ON",
            "oncredithold": "T",
            "segment": "mid",
        }
    ]
    path = f"{RECORD}/customer/{made}"
    assert erp.http.patch(path, json={"creditHoldOverride": {"id": "AUTO"}}).status_code == 204
    assert erp.rows(sql, made)[0]["oncredithold"] == "F"
    erp.created("/invoice", invoice(line(2500.51), customer=made))
    assert erp.rows(sql, made)[0]["oncredithold"] == "T"
    bad = erp.http.patch(path, json={"creditHoldOverride": {"id": "SOMETIMES"}})
    assert error_of(bad)[0] == 400


def test_applications_are_replaced_as_a_whole(erp: Erp) -> None:
    apply = {"items": [{"doc": {"id": "1001"}, "apply": True, "amount": 30}]}
    body = {"customer": {"id": "100"}, "payment": 100, "apply": apply}
    made = erp.created("/customerPayment", body)
    other = {"apply": {"items": [{"doc": {"id": "1002"}, "apply": True, "amount": 60}]}}
    path = f"{RECORD}/customerPayment/{made}?replace=apply"
    assert erp.http.patch(path, json=other).status_code == 204
    links = "SELECT previousdoc d, foreignamount a FROM nexttransactionlinelink WHERE nextdoc = ?"
    assert erp.rows(links, made) == [{"d": "1002", "a": "60"}]
    assert erp.get("/invoice/1001")["amountRemaining"] == 1000
    none = erp.http.patch(path, json={"apply": {"items": []}})
    assert (none.status_code, erp.rows(links, made)) == (204, [])
