"""The record service: creation, reading, changing, deleting, and its refusals."""

from __future__ import annotations

from tests.sandbox.netsuite.conftest import RECORD, Erp


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
        "apply": {
            "items": [
                {"doc": {"id": "1001"}, "line": 0, "apply": True, "amount": 100.25},
                {"doc": {"id": "1002"}, "apply": True, "amount": 150},
            ]
        },
    }
    return body | changed


def test_a_create_answers_204_with_the_location_and_no_body(erp: Erp) -> None:
    response = erp.post("/customerPayment", payment())
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["location"].startswith(f"{erp.url}{RECORD}/customerpayment/")


def test_a_payment_settles_several_invoices_and_keeps_the_rest_unapplied(erp: Erp) -> None:
    made = erp.created("/customerPayment", payment())
    record = erp.http.get(f"{RECORD}/customerPayment/{made}?expandSubResources=true").json()
    assert (record["payment"], record["applied"], record["unapplied"]) == (300.5, 250.25, 50.25)
    lines = [(x["doc"]["id"], x["apply"], x.get("amount")) for x in record["apply"]["items"]]
    assert lines == [("1001", True, 100.25), ("1002", True, 150.0)]
    assert record["status"] == {"id": "Deposited", "refName": "Deposited"}
    first, second = erp.get("/invoice/1001"), erp.get("/invoice/1002")
    assert (first["amountRemaining"], second["amountRemaining"]) == (899.75, 100.5)
