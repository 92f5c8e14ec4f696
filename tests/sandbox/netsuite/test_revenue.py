"""Revenue arrangements, elements and plans: made from lines, by NetSuite's own rules."""

from __future__ import annotations

import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

ELEMENTS = (
    "SELECT e.id, e.source, e.referenceid, e.revenuearrangement, e.salesamount, e.exchangerate,"
    " e.allocationtype, TO_CHAR(e.revrecstartdate, 'YYYY-MM-DD') AS starts FROM revenueelement e"
    " ORDER BY e.id"
)
PLANNED = (
    "SELECT a.periodname, p.amount, p.isrecognized, p.journal, BUILTIN.DF(p.postingperiod) AS post"
    " FROM revenueplanplannedrevenue p JOIN revenueplan r ON r.id = p.revenueplan"
    " JOIN accountingperiod a ON a.id = p.plannedperiod WHERE r.createdfrom = ? ORDER BY p.id"
)
YEAR = {"revRecStartDate": "2026-01-15", "revRecEndDate": "2026-04-14"}


@pytest.fixture
def arm(erp: Erp) -> Erp:
    answer = erp.admin("POST", "knobs", {"features_on": ["ADVANCEDREVENUERECOGNITION"]})
    assert answer.status_code == 200
    return erp


def invoice(erp: Erp, amount: str = "1000.00", entity: str = "100", **line: object) -> str:
    item = {"item": {"id": "506"}, "amount": float(amount), **line}
    body = {"entity": {"id": entity}, "tranDate": "2026-01-15", "item": {"items": [item]}}
    return erp.created("/invoice", body)


def planned(erp: Erp, element: str) -> list[str]:
    return [f"{row['periodname']} {row['amount']}" for row in erp.rows(PLANNED, element)]


def test_an_account_without_the_feature_shows_nothing_of_it(erp: Erp) -> None:
    detail = error_of(erp.query("SELECT id FROM revenueelement"))[2]
    assert "Record 'revenueelement' was not found" in detail
    detail = error_of(erp.query("SELECT i.createrevenueplanson FROM item i"))[2]
    assert "Unknown identifier" in detail
    assert erp.admin("POST", "act", {"do": "update_revenue"}).status_code == 400
    assert erp.admin("POST", "knobs", {"features_on": ["MAGIC"]}).status_code == 400


def test_a_line_with_a_rule_becomes_an_element_with_a_plan(arm: Erp) -> None:
    made = invoice(arm, **YEAR)
    invoice(arm, "10.00")
    assert arm.act(do="update_revenue").json() == {"elements": 2}
    assert arm.act(do="update_revenue").json() == {"elements": 0}
    first, second = arm.rows(ELEMENTS)
    assert first["source"] == f"Invoice #INV{made}"
    assert (first["salesamount"], first["starts"]) == ("1000", "2026-01-15")
    assert planned(arm, first["id"]) == [
        "Jan 2026 250", "Feb 2026 250", "Mar 2026 250", "Apr 2026 250",
    ]  # fmt: skip
    assert planned(arm, second["id"]) == []
    sql = "SELECT tl.revenueelement FROM transactionline tl WHERE tl.transaction = ? AND tl.id = 1"
    assert arm.rows(sql, made) == [{"revenueelement": first["id"]}]


def test_dates_that_change_later_are_ignored_and_amounts_are_not(arm: Erp) -> None:
    made = invoice(arm, **YEAR)
    arm.act(do="update_revenue")
    arm.act(do="recognize_revenue", on="2026-01-31")
    line = {"line": 1, "amount": 1200.00, "revRecEndDate": "2026-12-31"}
    arm.act(do="edit", id=int(made), fields={"item": {"items": [line]}})
    arm.act(do="update_revenue")
    assert planned(arm, "1") == ["Jan 2026 250", "Feb 2026 350", "Mar 2026 300", "Apr 2026 300"]


def test_a_credit_memo_has_an_arrangement_of_its_own(arm: Erp) -> None:
    made = invoice(arm, **YEAR)
    arm.act(do="transform", id=int(made), type="creditMemo", fields={})
    arm.act(do="update_revenue")
    sold, credited = arm.rows(ELEMENTS)
    assert (credited["salesamount"], credited["allocationtype"]) == ("-1000", "Exclude")
    assert sold["revenuearrangement"] != credited["revenuearrangement"]
    assert planned(arm, credited["id"])[0] == "Jan 2026 -250"


def test_revenue_is_posted_into_the_first_open_period(arm: Erp) -> None:
    invoice(arm, **YEAR)
    arm.act(do="update_revenue")
    arm.act(do="period", on="2026-01-10", closed=True)
    journals = arm.act(do="recognize_revenue", on="2026-01-31").json()["journals"]
    rows = arm.rows(PLANNED, "1")
    assert [(row["isrecognized"], row.get("post")) for row in rows[:2]] == [
        ("T", "Feb 2026"), ("F", None),
    ]  # fmt: skip
    assert rows[0]["journal"] == str(journals[0])
    sql = "SELECT account, amount FROM transactionaccountingline WHERE transaction = ? ORDER BY 1"
    booked = arm.rows(sql, str(journals[0]))
    assert {(row["account"], row["amount"]) for row in booked} == {("9", "250"), ("11", "-250")}
    assert arm.act(do="recognize_revenue", on="2026-01-31").json() == {"journals": []}


def test_other_methods_and_other_currencies(arm: Erp) -> None:
    arm.act(do="revenue_rule", id=1, method="STRAIGHT_LINE_PRORATE_FIRST_LAST_PERIOD")
    invoice(arm, "900.00", revRecStartDate="2026-01-16", revRecEndDate="2026-04-15")
    arm.act(do="revenue_rule", id=1, method="STRAIGHT_LINE_EXACT_DAYS")
    arm.act(do="update_revenue")
    invoice(arm, "100.00", "103", revRecStartDate="2026-01-31", revRecEndDate="2026-02-01")
    arm.act(do="update_revenue")
    assert planned(arm, "1") == ["Jan 2026 160", "Feb 2026 280", "Mar 2026 310", "Apr 2026 150"]
    plan = arm.rows("SELECT r.revenueplancurrency, r.amount FROM revenueplan r WHERE r.id = 2")
    assert plan == [{"revenueplancurrency": "USD", "amount": "325"}]
    assert planned(arm, "2") == ["Jan 2026 162.5", "Feb 2026 162.5"]


def test_without_classic_recognition_lines_have_custom_dates_only(arm: Erp) -> None:
    arm.admin("POST", "knobs", {"features_off": ["REVENUERECOGNITION"]})
    line = {"item": {"id": "506"}, "amount": 10.0, **YEAR}
    refused = arm.post("/invoice", {"entity": {"id": "100"}, "item": {"items": [line]}})
    assert "Unknown reference or field 'revRecEndDate'" in error_of(refused)[2]
    described = arm.http.get(
        f"{RECORD}/metadata-catalog/invoice", headers={"Accept": "application/swagger+json"}
    ).json()
    fields = described["components"]["schemas"]["invoice-itemElement"]["properties"]
    assert "custcol_dw_service_start" in fields
    assert "revRecStartDate" not in fields
    dates = {"custcol_dw_service_start": "2026-01-01", "custcol_dw_service_end": "2026-01-31"}
    invoice(arm, "10.00", **dates)
    arm.act(do="update_revenue")
    assert arm.rows(ELEMENTS)[0]["starts"] == "2026-01-01"
    assert "Unknown identifier" in arm.query("SELECT revrecstartdate FROM transactionline").text
