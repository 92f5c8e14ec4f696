from __future__ import annotations

from typing import Any

import pytest

from evals.revenue_billing import answer

TERM = ["2026-01-31", "2029-01-30"]
YEAR = ["2026-01-01", "2026-12-31"]


def billing(**given: Any) -> Any:
    return answer({"kind": "billing", "given": given})


def credit(request: dict[str, Any], prior: Any = None, **invoice: Any) -> Any:
    told = {"total": "100.00", "lines": {"a": "60.00", "b": "40.00"}, "paid": "0.00"}
    told |= {"currency": "USD"} | invoice
    return answer({"kind": "credit", "invoice": told, "prior": prior or {}, "request": request})


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        (
            {"term": TERM, "amount_per_year": "36000.00", "frequency": "annual"},
            "2026-01-31 36000.00, 2027-01-31 36000.00, 2028-01-31 36000.00",
        ),
        (
            {"term": YEAR, "total": "100.00", "frequency": "every 5 months"},
            "2026-01-01 41.59, 2026-06-01 41.59, 2026-11-01 16.82",
        ),
        (
            {"term": YEAR, "amount_per_month": "10.00", "frequency": "semiannual",
             "timing": "arrears"},
            "2026-07-01 60.00, 2027-01-01 60.00",
        ),
        (
            {"term": YEAR, "amount_per_year": ["100.00"], "frequency": "quarterly"},
            "2026-01-01 25.00, 2026-04-01 25.00, 2026-07-01 25.00, 2026-10-01 25.00",
        ),
        (
            {"start": "2026-02-14", "end": "2026-03-31", "price": "28.00", "frequency": "monthly",
             "billing_day": 31},
            "2026-02-14 14.00, 2026-02-28 28.00, 2026-03-31 0.93",
        ),
        (
            {"start": "2026-02-14", "term_months": 12, "price": "365.00", "frequency": "P1Y",
             "bcd": 1},
            "2026-02-14 15.00, 2026-03-01 350.00",
        ),
        ({"term": YEAR, "amount": "9.00", "frequency": "prepaid"}, "2026-01-01 9.00"),
        ({"term": TERM, "amount_per_year": "9.00", "frequency": "upfront"}, "2026-01-31 27.00"),
        ({"term": YEAR, "total": "9.00", "timing": "arrears"}, "2027-01-01 9.00"),
        ({"amount": "9.00", "on": "2026-05-05"}, "2026-05-05 9.00"),
        (
            {"segments": [["2026-01-01", "2026-12-31", "10.00"],
                          {"term": ["2027-01-01", "2027-12-31"], "amount_per_month": "2.00"}],
             "frequency": "annual"},
            "2026-01-01 10.00, 2027-01-01 24.00",
        ),
        (
            {"usage": {"2026-01": "1200", "2026-02": "10"}, "unit_price": "0.50",
             "minimum": "100.00", "included": "1000"},
            "2026-02-01 100.00, 2026-03-01 100.00",
        ),
        (
            {"committed": "10", "used": "12", "unit_price": "5.00", "on": "2026-12-31"},
            "2026-12-31 10.00",
        ),
        (
            {"term": YEAR, "frequency": "annual",
             "add_on": {"start": "2026-07-02", "price": "365.00"}},
            "2026-07-02 183.00",
        ),
        (
            {"total": "10.01", "milestones": [
                {"name": "A", "percent": "50", "date": "2026-01-01", "evidence": "D-1"},
                {"name": "B", "percent": "50", "date": "2026-02-01", "evidence": None}]},
            "2026-01-01 5.00",
        ),
        (
            {"total": "100.00", "term": YEAR, "installments": 3},
            "2026-01-01 33.33, 2026-05-01 33.33, 2026-09-01 33.34",
        ),
        (
            {"total": "10.00", "start": "2026-01-31", "installments": "2", "frequency": "monthly"},
            "2026-01-31 5.00, 2026-02-28 5.00",
        ),
        (
            {"term": ["2026-01-01", "2026-02-28"], "usage": ["4", "5"], "unit_price": "0.005"},
            "2026-02-01 0.02, 2026-03-01 0.03",
        ),
        (
            {"usage": [{"period": "2026-01", "quantity": "4"}], "unit_price": "1.00"},
            "2026-02-01 4.00",
        ),
        ({"usage": [["2026-01", "4"]], "unit_price": "1.00"}, "2026-02-01 4.00"),
        (
            {"milestones": [{"amount": "1.00", "date": "2026-01-01"}]},
            "2026-01-01 1.00",
        ),
    ],
)  # fmt: skip
def test_billing_rows(given: dict[str, Any], rows: str) -> None:
    assert billing(**given) == [text.split() for text in rows.split(", ")]


def test_other_questions_about_billing() -> None:
    months = billing(anchor="2026-01-31", frequency="monthly", count=3)
    assert months == ["2026-01-31", "2026-02-28", "2026-03-31"]
    due = billing(terms="30 days from receipt", invoice_date="2026-01-01", received_on="2026-01-03")
    assert due == {"due_on": "2026-02-02"}
    ended = billing(term=YEAR, total="4.00", frequency="quarterly", cancel_on="2026-04-01")
    rows = [["2026-01-01", "1.00"], ["2026-04-01", "1.00"]]
    assert ended == {"kept": rows, "dropped": 2}


@pytest.mark.parametrize(
    ("request_", "invoice", "expected"),
    [
        ({"lines": {"a": "60.00", "b": "40.00"}, "offset": "100.00"}, {}, "0.00"),
        ({"lines": {"a": "60.01"}, "offset": "60.01"}, {}, "CRM-002"),
        ({"lines": {"a": "60.00"}, "refund": "60.00"}, {}, "CRM-005"),
        ({"lines": {"a": "60.00"}, "offset": "60.00"}, {"paid": "50.00"}, "CRM-003"),
        ({"lines": {"a": "60.00"}, "offset": "50.00"}, {}, "does_not_match_item_amounts"),
        ({"lines": {"a": "0.00"}}, {}, "total_amount_must_be_positive"),
        ({"lines": {"a": "60.00"}, "offset": "60.00", "currency": "EUR"}, {}, "CRM-004"),
        ({"amount": "100.01", "offset": "100.01"}, {"lines": None}, "CRM-002"),
    ],
)
def test_credits(request_: dict[str, Any], invoice: dict[str, Any], expected: str) -> None:
    found = credit(request_, **invoice)
    assert found.get("error", found.get("open_balance")) == expected
    assert found["ok"] is ("open_balance" in found)


def test_earlier_credits_count() -> None:
    asked = {"lines": {"a": "30.00"}, "offset": "30.00"}
    assert credit(asked, {"a": "30.00"}) == {"ok": True, "open_balance": "40.00"}
    assert credit(asked, {"a": "30.01"}) == {"ok": False, "error": "CRM-002"}
    earlier = [{"lines": {"a": "10.00"}, "offset": "10.00"}, {"lines": {"a": "21.00"}}]
    assert credit(asked, earlier) == {"ok": False, "error": "CRM-002"}


def test_where_a_credit_goes() -> None:
    asked = {"lines": {"a": "60.00"}, "offset": "20.00", "refund": "30.00", "credit": "10.00"}
    assert credit(asked, paid="80.00") == {
        "ok": True, "open_balance": "0.00", "refunded": "30.00", "credit_balance": "10.00",
    }  # fmt: skip


def test_tax_and_rate_are_told_as_warnings() -> None:
    lines = {"a": {"amount": "100.00", "tax": "19.00"}}
    asked = {"lines": {"a": "50.00"}, "tax": {"a": "9.00"}, "offset": "59.00"}
    found = credit(asked | {"exchange_rate": "1.2"}, total="119.00", lines=lines,
                   exchange_rate="1.1")  # fmt: skip
    assert found == {"ok": True, "open_balance": "60.00", "warnings": ["CRM-006", "CRM-011"]}


def test_limits_and_closed_periods() -> None:
    told = {"total": "10.00", "lines": {"a": "10.00"}}
    asked = {"lines": {"a": "10.00"}, "offset": "10.00", "date": "2026-03-05"}
    vector = {"kind": "credit", "invoice": told, "request": asked}
    assert answer(vector | {"limit": "9.99"}) == {"ok": False, "error": "CRM-010"}
    assert answer(vector | {"closed_through": "2026-03-31"}) == {"ok": False, "error": "CRM-008"}
    assert answer(vector | {"closed_through": "2026-02-28"}) == {"ok": True, "open_balance": "0.00"}


@pytest.mark.parametrize(
    "vector",
    [
        {"kind": "billing"},
        {"kind": "billing", "given": {"term": ["x", "y"], "total": "1"}},
        {"kind": "billing", "given": {"term": YEAR, "total": "1", "frequency": "sometimes"}},
        {"kind": "billing", "given": {"segments": [{"price": "1"}]}},
        {"kind": "credit", "invoice": {}, "request": {}},
        {"kind": "credit", "invoice": {"total": "1.001"}, "request": {}},
    ],
)
def test_what_cannot_be_read_is_an_error_of_that_vector(vector: dict[str, Any]) -> None:
    found = answer(vector)
    assert isinstance(found, dict)
    assert set(found) == {"error"}


@pytest.mark.parametrize(
    "vector",
    [
        {"kind": "schedule"},
        {"kind": "billing", "given": {}},
        {"kind": "billing", "given": {"terms": "as agreed", "invoice_date": "2026-01-01"}},
        {"kind": "billing", "given": {"term": YEAR, "frequency": "monthly"}},
        {"kind": "billing", "given": {"frequency": "monthly", "total": "1.00"}},
        {"kind": "billing", "given": {"anchor": "2026-01-31"}},
        {"kind": "billing", "given": {"add_on": {"price": "1.00"}, "frequency": "monthly"}},
        {"kind": "billing", "given": {"amount": "1.00"}},
        {"kind": "billing", "given": {"amount": "1.00", "installments": "2"}},
        {"kind": "billing", "given": {"amount": "1.00", "on": "2026-01-01", "installments": 2}},
    ],
)
def test_what_we_do_not_know_has_no_answer(vector: dict[str, Any]) -> None:
    assert answer(vector) is None
