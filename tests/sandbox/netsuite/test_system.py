"""Server time, limits, token information, forms, pick lists, attaching contacts."""

from __future__ import annotations

import httpx

from sandbox.netsuite.store import TbaCredentials
from tests.sandbox.netsuite.conftest import RECORD, TRUST, Erp, error_of

SYSTEM = "/services/rest/system/v1"
FORM = {"Accept": "application/vnd.oracle.resource+json; type=create-form"}
EDIT = {"Accept": "application/vnd.oracle.resource+json; type=edit-form"}
OPTIONS = {"Accept": "application/vnd.oracle.resource+json; type=select-options"}
COUNT = "SELECT COUNT(*) n FROM transaction"


def test_the_server_tells_its_time_in_utc_without_permission(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"permissions": {"REPO_ANALYTICS": "NONE"}, "clock_skew_seconds": 9})
    answer = erp.http.get(f"{SYSTEM}/serverTime")
    assert (answer.status_code, answer.json()) == (
        200,
        {"serverTime": "2026-03-10T18:30:54.000Z"},
    )
    assert httpx.get(f"{erp.url}{SYSTEM}/serverTime", verify=TRUST).status_code == 401


def test_only_administrators_see_the_limits(erp: Erp) -> None:
    refused = erp.http.get(f"{SYSTEM}/governanceLimits")
    assert error_of(refused)[:2] == (403, "INSUFFICIENT_PERMISSION")
    erp.admin("POST", "knobs", {"administrator": True, "concurrency": 15})
    assert erp.http.get(f"{SYSTEM}/governanceLimits").json() == {
        "accountConcurrencyLimit": 15,
        "accountUnallocatedConcurrencyLimit": 15,
        "integrationLimitType": "accountLimit",
    }


def test_a_token_tells_company_and_role(erp: Erp) -> None:
    erp.account.store.register_tba(TbaCredentials("ck", "cs", "tk", "ts"))
    shown = erp.http.get("/rest/tokeninfo").json()
    assert (shown["companyId"], shown["roleName"]) == ("TSTDRV1", "Integration")
    assert httpx.get(f"{erp.url}/rest/tokeninfo", verify=TRUST).status_code == 401


def test_a_create_form_shows_defaults_and_saves_nothing(erp: Erp) -> None:
    before = erp.rows(COUNT)
    lines = {"items": [{"item": {"id": "501"}, "quantity": 2, "rate": 5}]}
    body = {"entity": {"id": "100"}, "item": lines}
    answer = erp.http.post(f"{RECORD}/invoice?expandSubResources=true", json=body, headers=FORM)
    shown = answer.json()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORM["Accept"]
    assert (shown["tranDate"], shown["dueDate"], shown["total"]) == ("2026-03-10", "2026-04-09", 10)
    assert (shown["terms"]["refName"], shown["currency"]["refName"]) == ("Net 30", "US Dollar")
    assert shown["item"]["items"][0]["amount"] == 10
    assert "id" not in shown
    assert erp.rows(COUNT) == before
    assert erp.http.post(f"{RECORD}/invoice", json={}, headers=FORM).json() == {}
    bad = body | {"entity": {"id": "9"}}
    assert error_of(erp.http.post(f"{RECORD}/invoice", json=bad, headers=FORM))[0] == 400


def test_a_transform_has_a_form_too(erp: Erp) -> None:
    path = f"{RECORD}/invoice/1002/!transform/customerPayment"
    shown = erp.http.post(path, json={}, headers=FORM).json()
    assert (shown["payment"], shown["customer"]["id"]) == (250.5, "100")
    assert erp.get("/invoice/1002")["amountRemaining"] == 250.5


def test_an_edit_form_shows_what_a_change_would_make(erp: Erp) -> None:
    body = {"terms": {"id": "1"}, "memo": "x"}
    answer = erp.http.patch(f"{RECORD}/invoice/1001", json=body, headers=EDIT)
    assert (answer.json()["id"], answer.json()["memo"]) == ("1001", "x")
    assert erp.get("/invoice/1001")["memo"] == "Support plan"


def test_pick_lists_hold_what_a_field_may_name(erp: Erp) -> None:
    path = f"{RECORD}/customer/100?fields=terms,creditHoldOverride&limit=1000"
    shown = erp.http.patch(path, json={}, headers=OPTIONS).json()
    names = [item["refName"] for item in shown["terms"]["items"]]
    assert "Net 30" in names
    assert "Net 180" not in names
    holds = [item["id"] for item in shown["creditHoldOverride"]["items"]]
    assert holds == ["AUTO", "OFF", "ON"]
    path = f"{RECORD}/invoice?fields=department&limit=1&offset=1"
    page = erp.http.post(path, json={}, headers=OPTIONS).json()["department"]
    assert (page["count"], page["hasMore"], page["totalResults"]) == (1, False, 2)
    unknown = erp.http.post(f"{RECORD}/invoice?fields=memo", json={}, headers=OPTIONS)
    assert error_of(unknown)[1] == "NONEXISTENT_FIELD"
    missing = erp.http.post(f"{RECORD}/invoice", json={}, headers=OPTIONS)
    assert error_of(missing)[1] == "INVALID_PARAMETER"


def test_a_contact_is_attached_and_detached(erp: Erp) -> None:
    sql = "SELECT company FROM contact WHERE id = 501"
    path = f"{RECORD}/customer/101/!attach/contact/501"
    assert erp.http.post(path, json={"role": {"id": "-10"}}).status_code == 204
    assert erp.rows(sql) == [{"company": "101"}]
    path = f"{RECORD}/customer/101/!detach/contact/501"
    assert erp.http.post(path).status_code == 204
    assert erp.rows(sql) == [{}]
    assert "not attached" in error_of(erp.http.post(path))[2]
    wrong = erp.http.post(f"{RECORD}/customer/101/!attach/invoice/1001")
    assert error_of(wrong)[:2] == (400, "INVALID_REQUEST")
