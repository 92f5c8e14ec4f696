"""What a missing permission, a missing feature, or lost credentials look like."""

from __future__ import annotations

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

PAY = {"customer": {"id": "100"}, "payment": 10}


def restrict(erp: Erp, **levels: str) -> None:
    assert erp.admin("POST", "knobs", {"permissions": levels}).status_code == 200


def test_without_the_workbook_permission_ids_work_and_searches_fail(erp: Erp) -> None:
    restrict(erp, REPO_ANALYTICS="NONE")
    made = erp.created("/customerPayment", PAY)
    assert erp.get(f"/customerPayment/{made}")["payment"] == 10
    for response in (
        erp.query("SELECT id FROM customer"),
        erp.http.get(f"{RECORD}/invoice"),
        erp.http.get(f"{RECORD}/invoice", params={"q": "memo EMPTY"}),
    ):
        status, code, detail = error_of(response)
        assert (status, code) == (400, "USER_ERROR")
        assert "does not have permission" in detail


def test_levels_of_a_permission(erp: Erp) -> None:
    restrict(erp, TRAN_CUSTPYMT="VIEW")
    assert erp.http.get(f"{RECORD}/customerPayment/2001").status_code == 200
    for method in ("PATCH", "DELETE"):
        response = erp.http.request(method, f"{RECORD}/customerPayment/2001", json={"memo": "x"})
        assert error_of(response)[:2] == (400, "USER_ERROR")
    assert error_of(erp.post("/customerPayment", PAY))[:2] == (400, "USER_ERROR")
    assert error_of(erp.post("/invoice/1001/!transform/customerPayment", {}))[0] == 400
    restrict(erp, TRAN_CUSTPYMT="NONE")
    assert error_of(erp.http.get(f"{RECORD}/customerPayment/2001"))[:2] == (400, "USER_ERROR")


def test_a_missing_permission_may_be_403(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"permissions": {"TRAN_CUSTINVC": "NONE"}, "forbids": True})
    response = erp.http.get(f"{RECORD}/invoice/1001")
    assert error_of(response)[:2] == (403, "INSUFFICIENT_PERMISSION")


def test_without_rest_web_services_everything_is_403(erp: Erp) -> None:
    restrict(erp, ADMI_RESTWEBSERVICES="NONE")
    assert error_of(erp.http.get(f"{RECORD}/invoice/1001"))[0] == 403
    assert error_of(erp.query("SELECT id FROM customer"))[0] == 403


def test_without_the_login_permission_there_is_no_token(erp: Erp) -> None:
    restrict(erp, ADMI_LOGIN_OAUTH2="NONE")
    refused = erp.token_response(erp.assertion())
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_grant"})


def test_a_table_without_permission_was_not_found(erp: Erp) -> None:
    restrict(erp, ADMI_DELETEDRECORD="NONE")
    detail = error_of(erp.query("SELECT recordid FROM deletedrecord"))[2]
    assert "Record 'deletedrecord' was not found" in detail
    assert erp.rows("SELECT id FROM customer WHERE id = 100")


def test_a_feature_that_is_off_has_no_table_and_no_column(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"features_off": ["MULTICURRENCY", "CLASSES"]})
    detail = error_of(erp.query("SELECT id FROM currency"))[2]
    assert "Record 'currency' was not found" in detail
    detail = error_of(erp.query("SELECT currency FROM transaction"))[2]
    assert "Unknown identifier 'currency'" in detail
    assert "currency" not in erp.rows("SELECT * FROM transaction WHERE id = 1001")[0]
    assert erp.http.get(f"{RECORD}/currency/1").status_code == 404


def test_unknown_permissions_and_features_are_refused(erp: Erp) -> None:
    for knob in ({"permissions": {"NOPE": "VIEW"}}, {"features_off": ["MAGIC"]}):
        assert erp.admin("POST", "knobs", knob).status_code == 400


def test_a_record_a_workflow_locked_cannot_even_be_read(erp: Erp) -> None:
    erp.act(do="lock", id=1001)
    detail = error_of(erp.http.get(f"{RECORD}/invoice/1001"))[2]
    assert "locked by a user defined workflow" in detail
    erp.act(do="lock", id=1001, locked=False)
    assert erp.http.get(f"{RECORD}/invoice/1001").status_code == 200


def test_a_sandbox_refresh_wipes_the_credentials(erp: Erp) -> None:
    erp.admin("POST", "snapshot")
    erp.admin("POST", "refresh")
    assert error_of(erp.http.get(f"{RECORD}/invoice/1001"))[:2] == (401, "INVALID_LOGIN")
    refused = erp.token_response(erp.assertion())
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})
    erp.admin("POST", "restore")
    assert erp.http.get(f"{RECORD}/invoice/1001").status_code == 200


def test_a_snapshot_brings_back_what_was(erp: Erp) -> None:
    assert erp.admin("POST", "restore").status_code == 400
    erp.admin("POST", "snapshot")
    erp.act(do="void", id=1001)
    erp.admin("POST", "restore")
    assert erp.rows("SELECT status FROM transaction WHERE id = 1001") == [{"status": "A"}]


def test_a_clock_that_is_ahead_refuses_the_assertion(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"clock_skew_seconds": 900})
    refused = erp.token_response(erp.assertion())
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_request"})


def test_somebody_else_may_have_changed_the_record(erp: Erp) -> None:
    erp.fault(what="conflict", moment="before", method="PATCH", path=RECORD)
    response = erp.http.patch(f"{RECORD}/invoice/1001", json={"memo": "x"})
    assert "Record has been changed" in error_of(response)[2]
    assert erp.http.patch(f"{RECORD}/invoice/1001", json={"memo": "x"}).status_code == 204
