"""The record service: creation, reading, changing, deleting, and its refusals."""

from __future__ import annotations

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

SMALL = {"customer": {"id": "100"}, "payment": 10, "externalId": "dw-pay-9"}


def test_a_create_answers_204_with_the_location_and_no_body(erp: Erp) -> None:
    response = erp.post("/customerPayment", SMALL)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["location"].startswith(f"{erp.url}{RECORD}/customerpayment/")


def test_a_record_has_links_references_typed_numbers_and_a_label_as_status(erp: Erp) -> None:
    record = erp.get("/invoice/1002")
    assert record["total"] == 250.5
    assert record["status"] == {"id": "Open", "refName": "Open"}
    assert record["entity"] == {
        "links": [{"rel": "self", "href": f"{erp.url}{RECORD}/customer/100"}],
        "id": "100",
        "refName": "C100",
    }
    assert record["links"] == [{"rel": "self", "href": f"{erp.url}{RECORD}/invoice/1002"}]
    assert (record["tranDate"], record["dueDate"]) == ("2026-01-15", "2026-02-14")


def test_record_times_are_utc_and_cut_to_the_minute(erp: Erp) -> None:
    made = erp.created("/customerPayment", SMALL)
    assert erp.get(f"/customerPayment/{made}")["lastModifiedDate"] == "2026-03-10T18:30:00Z"


def test_absent_values_are_left_out(erp: Erp) -> None:
    assert "externalId" not in erp.get("/invoice/1001")


def test_sublists_are_stubs_unless_expanded(erp: Erp) -> None:
    stub = erp.get("/invoice/1001")["item"]
    assert stub == {"links": [{"rel": "self", "href": f"{erp.url}{RECORD}/invoice/1001/item"}]}
    expanded = erp.get("/invoice/1001?expandSubResources=true")["item"]
    assert isinstance(expanded, dict)
    assert (expanded["totalResults"], expanded["items"][0]["amount"]) == (1, 1000.0)
    assert erp.get("/invoice/1001/item")["totalResults"] == 1


def test_yen_and_dinar_show_their_own_decimals(erp: Erp) -> None:
    assert (erp.get("/invoice/1004")["total"], erp.get("/invoice/1005")["total"]) == (
        80000,
        1234.567,
    )


def test_an_external_id_is_as_good_as_an_id(erp: Erp) -> None:
    made = erp.created("/customerPayment", SMALL)
    assert erp.get("/customerPayment/eid:dw-pay-9")["id"] == made


def test_the_same_external_id_twice_is_refused_and_creates_nothing(erp: Erp) -> None:
    erp.created("/customerPayment", SMALL)
    status, code, detail = error_of(erp.post("/customerPayment", SMALL))
    assert (status, code) == (400, "USER_ERROR")
    assert detail.endswith("This record already exists.")
    assert len(erp.rows("SELECT id FROM transaction WHERE externalid = ?", "dw-pay-9")) == 1


def test_the_external_id_of_a_payment_is_free_for_a_credit_memo(erp: Erp) -> None:
    erp.created("/customerPayment", SMALL)
    line = {"item": {"id": "501"}, "amount": 5}
    memo = {"entity": {"id": "100"}, "externalId": "dw-pay-9", "item": {"items": [line]}}
    assert erp.post("/creditMemo", memo).status_code == 204


def test_an_unknown_field_is_an_error_only_when_asked_for(erp: Erp) -> None:
    response = erp.post("/customerPayment", SMALL | {"colour": "red"})
    assert error_of(response)[:2] == (400, "INVALID_CONTENT")
    assert response.json()["o:errorDetails"][0]["o:errorPath"] == "colour"
    lax = {"X-NetSuite-PropertyNameValidation": "Warning"}
    body = SMALL | {"colour": "red"}
    assert erp.http.post(f"{RECORD}/customerPayment", json=body, headers=lax).status_code == 204


def test_a_missing_field_is_named(erp: Erp) -> None:
    status, code, detail = error_of(erp.post("/customerPayment", {"payment": 3}))
    assert (status, code) == (400, "USER_ERROR")
    assert "Please enter value(s) for: Customer." in detail


def test_a_bad_reference_names_value_field_and_path(erp: Erp) -> None:
    line = {"doc": {"id": "9999"}, "apply": True, "amount": 1}
    response = erp.post("/customerPayment", SMALL | {"apply": {"items": [line]}})
    assert error_of(response)[1] == "INVALID_CONTENT"
    told = response.json()["o:errorDetails"][0]
    assert "Invalid Field Value 9999 for the following field: doc" in told["detail"]
    assert told["o:errorPath"] == "apply.items[0].doc"
    assert erp.rows("SELECT id FROM transaction WHERE externalid = ?", "dw-pay-9") == []


def test_a_missing_record_is_404(erp: Erp) -> None:
    assert error_of(erp.http.get(f"{RECORD}/invoice/77"))[:2] == (404, "NONEXISTENT_ID")
    assert error_of(erp.http.get(f"{RECORD}/invoice/2001"))[:2] == (404, "NONEXISTENT_ID")
    assert error_of(erp.http.get(f"{RECORD}/unicorn/1"))[0] == 404


def test_a_body_that_is_no_object_is_refused(erp: Erp) -> None:
    for raw in (b"[1]", b"{", b'{"payment": NaN}', b'{"memo": "\\u0000#1"}'):
        response = erp.http.post(f"{RECORD}/customerPayment", content=raw)
        assert error_of(response)[:2] == (400, "INVALID_CONTENT")


def test_more_decimals_than_the_currency_has_are_refused(erp: Erp) -> None:
    response = erp.post("/customerPayment", SMALL | {"payment": 1.005})
    assert error_of(response)[1] == "INVALID_CONTENT"


def test_customers_and_contacts_can_be_added_changed_and_deleted(erp: Erp) -> None:
    body = {"companyName": "New Ltd", "subsidiary": {"id": "1"}, "externalId": "crm-1"}
    made = erp.created("/customer", body)
    contact = erp.created("/contact", {"entityId": "Bo Payer", "company": {"id": made}})
    patched = erp.http.patch(f"{RECORD}/contact/{contact}", json={"email": "bo@new.example"})
    assert patched.status_code == 204
    sql = "SELECT email FROM contact WHERE company = ?"
    assert erp.rows(sql, made) == [{"email": "bo@new.example"}]
    assert error_of(erp.post("/customer", body))[2].endswith("This entity already exists.")
    assert erp.http.delete(f"{RECORD}/customer/{made}").status_code == 204
    assert erp.http.get(f"{RECORD}/customer/{made}").status_code == 404
    assert error_of(erp.http.delete(f"{RECORD}/customer/100"))[1] == "USER_ERROR"


def test_masters_can_be_read_but_not_written(erp: Erp) -> None:
    assert erp.get("/term/1")["daysUntilNetDue"] == 30
    assert erp.get("/currency/1")["symbol"] == "USD"
    assert erp.get("/subsidiary/1")["name"] == "Seller Inc"
    assert erp.get("/account/1")["acctType"] == {"id": "Bank", "refName": "Bank"}
    assert erp.get("/accountingPeriod/1")["closed"] is False
    assert error_of(erp.post("/term", {"name": "Net 99"}))[:2] == (405, "INVALID_METHOD")


def test_a_collection_lists_ids_by_pages_in_no_order(erp: Erp) -> None:
    first = erp.get("/invoice?limit=4&offset=0")
    second = erp.get("/invoice?limit=4&offset=4")
    assert (first["count"], first["hasMore"], first["totalResults"]) == (4, True, 6)
    assert (second["count"], second["hasMore"]) == (2, False)
    items = [*_items(first), *_items(second)]
    ids = [str(item["id"]) for item in items]
    assert sorted(ids) == ["1001", "1002", "1003", "1004", "1005", "1006"]
    assert ids != sorted(ids)


def _items(page: dict[str, object]) -> list[dict[str, object]]:
    found = page["items"]
    assert isinstance(found, list)
    return found


def test_the_offset_must_be_a_multiple_of_the_limit(erp: Erp) -> None:
    for query in ("limit=4&offset=3", "limit=1001", "limit=0", "limit=x"):
        response = erp.http.get(f"{RECORD}/invoice?{query}")
        assert error_of(response)[:2] == (400, "INVALID_PARAMETER")


def test_an_unknown_address_is_a_refusal_not_a_crash(erp: Erp) -> None:
    assert erp.http.get("/services/rest/nothing/v1").status_code == 404
    assert erp.http.put(f"{RECORD}/invoice/1001", json={}).status_code == 405
