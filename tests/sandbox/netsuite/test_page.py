"""The page for people."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox.netsuite.conftest import ADMIN, TRUST, Erp

PAGE = "/admin/page"


@pytest.fixture
def browser(erp: Erp) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=erp.url, verify=TRUST) as client:
        answer = client.post(f"{PAGE}/login", data={"token": ADMIN})
        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
        yield client


def test_the_page_asks_for_the_token(erp: Erp) -> None:
    with httpx.Client(base_url=erp.url, verify=TRUST) as client:
        shown = client.get(PAGE)
        assert (shown.status_code, "INV-1001" in shown.text) == (401, False)
        assert client.post(f"{PAGE}/login", data={"token": "wrong"}).status_code == 401
        assert client.post(f"{PAGE}/act", data={"do": "void", "id": "1001"}).status_code == 401
    assert erp.rows("SELECT voided FROM transaction WHERE id = 1001") == [{"voided": "F"}]


def test_the_page_loads_nothing_from_elsewhere(browser: httpx.Client) -> None:
    shown = browser.get(PAGE)
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "<script" not in shown.text
    assert "http" not in shown.text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "INV-1001"),
        ("?view=customerpayment", "PYMT-2001"),
        ("?view=invoice&find=INV-1003", "C101"),
        ("?view=periods", "Mar 2026"),
        ("?view=arrived", "Nothing here."),
        ("?id=1001", "1000.00 USD"),
        ("?id=77", "no such transaction"),
    ],
)
def test_a_view(browser: httpx.Client, query: str, text: str) -> None:
    assert text in browser.get(PAGE + query).text


def acted(browser: httpx.Client, **form: str) -> str:
    answer = browser.post(f"{PAGE}/act", data=form)
    assert answer.status_code == 303
    return browser.get(answer.headers["location"]).text


def test_a_person_acts_on_a_transaction(erp: Erp, browser: httpx.Client) -> None:
    assert "Done." in acted(browser, do="pay", id="1002", amount="50")
    assert "Done." in acted(browser, do="edit", id="1002", memo="<b>later</b>")
    assert "&lt;b&gt;later" in browser.get(f"{PAGE}?id=1002").text
    assert "Done." in acted(browser, do="void", id="1001")
    assert "Voided" in browser.get(f"{PAGE}?id=1001").text
    assert "dependent" in acted(browser, do="delete", id="1002")
    assert "do is one of" in acted(browser, do="dance", id="1002")
    sql = "SELECT foreignamountunpaid u, memo FROM transaction WHERE id = 1002"
    assert erp.rows(sql) == [{"u": "200.5", "memo": "<b>later</b>"}]


def test_a_person_applies_and_closes_a_period(erp: Erp, browser: httpx.Client) -> None:
    made = erp.created("/customerPayment", {"customer": {"id": "100"}, "payment": 10})
    assert "Done." in acted(browser, do="apply", id=made, to="1001", amount="4")
    assert erp.get("/invoice/1001")["amountRemaining"] == 996
    assert "customerPayment" in browser.get(f"{PAGE}?view=arrived").text
    assert "Reopen" in acted(browser, do="period", on="2026-03-01", closed="yes")
    assert erp.post("/customerPayment", {"customer": {"id": "100"}, "payment": 1}).is_error
    acted(browser, do="period", on="2026-03-01", closed="no")
    assert erp.created("/customerPayment", {"customer": {"id": "100"}, "payment": 1})


def test_a_form_of_another_site_is_refused(erp: Erp, browser: httpx.Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.post(f"{PAGE}/act", data={"do": "void", "id": "1001"}, headers=headers)
    assert answer.status_code == 401
    assert erp.rows("SELECT voided FROM transaction WHERE id = 1001") == [{"voided": "F"}]


def test_a_person_changes_anything_of_an_invoice(erp: Erp, browser: httpx.Client) -> None:
    assert "Done." in acted(browser, do="edit_lines", id="1001", item="509", lineAmount="12.50")
    assert "Done." in acted(browser, do="edit", id="1001", tranDate="2026-02-03", terms="1")
    assert "Done." in acted(browser, do="move_customer", id="1001", customer="101")
    assert "Done." in acted(browser, do="approve", id="1002", status="pending")
    assert "Done." in acted(browser, do="distort", id="1003", open="1.5")
    sql = (
        "SELECT id, entity, status, foreigntotal t, foreignamountunpaid u,"
        " TO_CHAR(trandate, 'YYYY-MM-DD') d FROM transaction WHERE id IN (1001, 1002, 1003)"
        " ORDER BY id"
    )
    assert [tuple(row.values()) for row in erp.rows(sql)] == [
        ("1001", "101", "A", "12.5", "12.5", "2026-02-03"),
        ("1002", "100", "D", "250.5", "250.5", "2026-01-15"),
        ("1003", "101", "A", "50", "1.5", "2026-01-15"),
    ]


def test_a_person_leaves_no_trace(erp: Erp, browser: httpx.Client) -> None:
    before = erp.get("/invoice/1001")["lastModifiedDate"]
    erp.clock.forward(minutes=5)
    assert "Done." in acted(browser, do="edit", id="1001", memo="x", quiet="yes")
    shown = erp.get("/invoice/1001")
    assert (shown["memo"], shown["lastModifiedDate"]) == ("x", before)
    assert "Done." in acted(browser, do="delete", id="1006", release="yes", quiet="yes")
    assert erp.rows("SELECT recordid FROM deletedrecord") == []


def test_a_person_enters_payments_journals_and_rates(erp: Erp, browser: httpx.Client) -> None:
    assert "Debtor 100" in browser.get(f"{PAGE}?view=customers").text
    assert "New id" in acted(browser, do="receipt", customer="100", amount="5", on="2026-03-01")
    assert "New id" in acted(browser, do="control_gap", subsidiary="1", amount="3.21")
    assert "Done." in acted(browser, do="rate", currency="KWD", rate="3.3")
    assert "Done." in acted(browser, do="unapply", id="2001")
    assert "New id" in acted(browser, do="duplicate", id="2001")
    sql = "SELECT type, foreigntotal t FROM transaction WHERE id > 2002 ORDER BY id"
    assert erp.rows(sql) == [
        {"type": "CustPymt", "t": "5"},
        {"type": "Journal", "t": "3.21"},
        {"type": "CustPymt", "t": "70"},
    ]
    assert "Done." in acted(browser, do="merge", customer="101", into="100")
