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
