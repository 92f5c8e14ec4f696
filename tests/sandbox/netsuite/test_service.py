"""Upserts, searches, metadata, parts of records, jobs and batches."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

JOBS = "/services/rest/async/v1/job"
LATER = {"Prefer": "respond-async"}
KEY = "6c0b1a52-3a5b-4d1e-9d0a-0f8f6f3b7a11"
PAY = {"customer": {"id": "100"}, "payment": 10}
BATCH = LATER | {"Content-Type": "application/vnd.oracle.resource+json; type=collection"}


def test_a_put_makes_the_record_and_then_changes_it(erp: Erp) -> None:
    address = f"{RECORD}/customerPayment/eid:dw-1"
    first = erp.http.put(address, json=PAY | {"memo": "one"})
    second = erp.http.put(address, json={"memo": "two"})
    assert (first.status_code, second.status_code) == (204, 204)
    assert first.headers["location"] == second.headers["location"]
    assert erp.get("/customerPayment/eid:dw-1")["memo"] == "two"
    assert error_of(erp.http.put(f"{RECORD}/customerPayment/2001", json={}))[0] == 405


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("tranId IS INV-1001", ["1001"]),
        ("total GREATER 500 AND total LESS 900", []),
        ("total EQUAL 250.5", ["1002"]),
        ("tranId IS INV-1001 OR tranId IS INV-1002 AND total LESS 1", ["1001"]),
        ("(tranId IS INV-1001 OR tranId IS INV-1002) AND total LESS 300", ["1002"]),
        ('memo CONTAIN "support PLAN" AND id LESS_OR_EQUAL 1002', ["1001", "1002"]),
        ("tranId START_WITH_NOT INV", []),
        ("tranId ENDWITH 03", ["1003"]),
        ("externalId EMPTY AND entity EQUAL 101", ["1003"]),
        ("id ANY_OF [1001, 1003]", ["1001", "1003"]),
        ("total BETWEEN [200, 300]", ["1002"]),
        ('dueDate AFTER "2/14/2026"', []),
        ('dueDate ON "2/14/2026" AND id EQUAL 1001', ["1001"]),
        ('dueDate ON_OR_AFTER "2/14/2026" AND id EQUAL 1001', ["1001"]),
        ('tranDate BEFORE "1/15/2026"', []),
    ],
)
def test_a_search(erp: Erp, search: str, ids: list[str]) -> None:
    response = erp.http.get(f"{RECORD}/invoice", params={"q": search})
    assert response.status_code == 200, response.text
    found = response.json()
    assert sorted(item["id"] for item in found["items"]) == ids
    assert found["totalResults"] == len(ids)


@pytest.mark.parametrize(
    ("search", "code", "said"),
    [
        ("colour IS red", "NONEXISTENT_FIELD", "colour"),
        ('dueDate AFTER "2026-02-14"', "INVALID_PARAMETER", "failed with date format"),
        ("total SOUNDS 5", "INVALID_PARAMETER", "SOUNDS"),
        ("total EQUAL x", "INVALID_PARAMETER", "not a number"),
        ("(total EQUAL 5", "INVALID_PARAMETER", "too early"),
        ("total EQUAL 5 5", "INVALID_PARAMETER", "near"),
    ],
)
def test_a_search_that_is_refused(erp: Erp, search: str, code: str, said: str) -> None:
    status, found, detail = error_of(erp.http.get(f"{RECORD}/invoice", params={"q": search}))
    assert (status, found) == (400, code)
    assert said in detail


def described(erp: Erp, path: str, accept: str) -> httpx.Response:
    return erp.http.get(f"{RECORD}/metadata-catalog{path}", headers={"Accept": accept})


def test_the_catalog_has_three_faces(erp: Erp) -> None:
    plain = described(erp, "", "application/json").json()
    names = {item["name"] for item in plain["items"]}
    assert {"invoice", "customerpayment", "journalentry", "salesorder", "location"} <= names
    openapi = described(erp, "?select=invoice,customer", "application/swagger+json").json()
    assert set(openapi["components"]["schemas"]) == {
        "invoice", "invoice-itemCollection", "invoice-itemElement", "customer",
    }  # fmt: skip
    assert "/invoice/eid:{externalId}" in openapi["paths"]
    response = described(erp, "/invoice", "application/schema+json")
    assert response.headers["content-type"] == "application/schema+json"
    schema = response.json()
    assert schema["properties"]["total"]["type"] == "number"
    assert "dueDate" in schema["x-ns-filterable"]
    custom = described(erp, "/customer", "application/schema+json").json()
    assert custom["properties"]["custentity_dw_timezone"]["x-ns-custom-field"] is True
    assert described(erp, "/unicorn", "application/json").status_code == 404


def test_every_field_of_a_record_is_in_its_schema(erp: Erp) -> None:
    for kind, key in (("invoice", "1001"), ("customerPayment", "2001"), ("customer", "100")):
        schema = described(erp, f"/{kind}", "application/schema+json").json()
        assert set(erp.get(f"/{kind}/{key}")) <= set(schema["properties"])


def test_parts_of_a_record_can_be_asked_for(erp: Erp) -> None:
    line = erp.get("/customerPayment/2001/apply/doc=1006,line=0")
    assert (line["apply"], line["amount"]) == (True, 70)
    assert erp.get("/invoice/1001/item/1")["amount"] == 1000
    assert erp.http.get(f"{RECORD}/invoice/1001/item/9").status_code == 404
    assert set(erp.get("/invoice/1001?fields=tranId,total")) == {"links", "id", "tranId", "total"}
    assert erp.get("/invoice/1001?simpleEnumFormat=true")["status"] == "Open"


def test_unknown_fields_are_told_in_a_warning(erp: Erp) -> None:
    for mode, told in (("Warning", True), ("Ignore", False)):
        headers = {"X-NetSuite-PropertyNameValidation": mode}
        response = erp.http.patch(
            f"{RECORD}/invoice/1001", json={"colour": "red", "memo": "x"}, headers=headers
        )
        assert response.status_code == 204
        assert ("colour" in response.headers.get("warning", "")) is told


def later(erp: Erp, key: str = "", body: object = PAY) -> httpx.Response:
    headers = LATER | ({"X-NetSuite-Idempotency-Key": key} if key else {})
    return erp.http.post(f"{RECORD}/customerPayment", json=body, headers=headers)


def done(erp: Erp, answer: httpx.Response) -> str:
    """The address of a job after the time it takes."""
    assert answer.status_code == 202, answer.text
    erp.clock.forward(seconds=2)
    return str(answer.headers["location"])


def test_a_job_takes_its_time_and_can_be_polled(erp: Erp) -> None:
    answer = later(erp)
    assert (answer.status_code, answer.headers["preference-applied"]) == (202, "respond-async")
    job = answer.headers["location"]
    count = "SELECT COUNT(*) n FROM transaction WHERE type = 'CustPymt'"
    seen = []
    for _ in range(3):
        shown, task = erp.http.get(job).json(), erp.http.get(f"{job}/task/1").json()
        assert (shown["completed"], shown["progress"]) == (task["completed"], task["progress"])
        seen.append((shown["progress"], erp.rows(count)[0]["n"]))
        if not shown["completed"]:
            assert erp.http.get(f"{job}/task/1/result").status_code == 404
            assert "endTime" not in task
        erp.clock.forward(seconds=1)
    assert seen == [("pending", "1"), ("processing", "1"), ("succeeded", "2")]
    task = erp.http.get(f"{job}/task/1").json()
    assert (task["startTime"], task["endTime"]) == ("2026-03-10T18:30:45Z", "2026-03-10T18:30:47Z")
    assert {link["rel"] for link in task["links"]} == {"self", "related"}


def test_a_job_replays_what_it_was_answered(erp: Erp) -> None:
    job = done(erp, later(erp))
    assert erp.http.get(job).json()["completed"] is True
    tasks = erp.http.get(f"{job}/task").json()["items"]
    assert [(task["id"], task["progress"]) for task in tasks] == [("1", "succeeded")]
    assert erp.http.get(f"{job}/task/1").json()["completed"] is True
    result = erp.http.get(f"{job}/task/1/result")
    assert result.status_code == 204
    made = result.headers["location"].rsplit("/", 1)[1]
    assert erp.get(f"/customerPayment/{made}")["payment"] == 10
    assert erp.http.get(f"{job}/task/2/result").status_code == 404
    assert erp.http.get(f"{JOBS}/99").status_code == 404


def test_a_refusal_inside_a_job_is_its_result(erp: Erp) -> None:
    job = done(erp, later(erp, body={"payment": 1}))
    assert erp.http.get(f"{job}/task/1").json()["progress"] == "failed"
    assert error_of(erp.http.get(f"{job}/task/1/result"))[:2] == (400, "USER_ERROR")


def test_an_idempotency_key_works_once_and_only_for_jobs(erp: Erp) -> None:
    first = later(erp, KEY)
    again = later(erp, KEY)
    assert error_of(again)[:2] == (400, "IDEMPOTENCY_ERROR")
    assert (again.json()["title"], again.headers["location"]) == (
        "Conflict",
        first.headers["location"],
    )
    assert error_of(later(erp, "not-a-uuid"))[0] == 400
    done(erp, first)
    headers = {"X-NetSuite-Idempotency-Key": KEY}
    for _ in range(2):
        sync = erp.http.post(f"{RECORD}/customerPayment", json=PAY, headers=headers)
        assert sync.status_code == 204
    sql = "SELECT COUNT(*) n FROM transaction WHERE type = 'CustPymt' AND entity = 100"
    assert erp.rows(sql) == [{"n": "4"}]


def test_a_batch_is_done_record_by_record(erp: Erp) -> None:
    body = {"items": [PAY | {"externalId": "b-1"}, {"payment": 1}, PAY | {"externalId": "b-2"}]}
    address = f"{RECORD}/customerPayment"
    assert error_of(erp.http.post(address, json=body, headers=BATCH | {"Prefer": ""}))[0] == 400
    job = done(erp, erp.http.post(address, json=body, headers=BATCH))
    progress = [task["progress"] for task in erp.http.get(f"{job}/task").json()["items"]]
    assert progress == ["succeeded", "failed", "succeeded"]
    made = erp.get("/customerPayment/eid:b-1")["id"]
    changed = {"items": [{"id": made, "memo": "batch"}]}
    done(erp, erp.http.patch(address, json=changed, headers=BATCH))
    upserted = {"items": [{"externalId": "b-2", "memo": "put"}, PAY | {"externalId": "b-3"}]}
    done(erp, erp.http.put(address, json=upserted, headers=BATCH))
    memos = [erp.get(f"/customerPayment/eid:b-{n}").get("memo") for n in (1, 2, 3)]
    assert memos == ["batch", "put", None]
    done(erp, erp.http.delete(f"{address}?ids=eid:b-1,eid:b-2", headers=LATER))
    assert erp.http.get(f"{address}/eid:b-1").status_code == 404


def test_many_records_are_read_in_one_job(erp: Erp) -> None:
    address = f"{RECORD}/invoice?expandRecords=true&ids=1001,1002,9999"
    job = done(erp, erp.http.get(address, headers=LATER))
    results = [erp.http.get(f"{job}/task/{n}/result") for n in (1, 2, 3)]
    assert [r.status_code for r in results] == [200, 200, 404]
    assert results[1].json()["total"] == 250.5
    too_many = {"items": [PAY] * 101}
    response = erp.http.post(f"{RECORD}/customerPayment", json=too_many, headers=BATCH)
    assert error_of(response)[:2] == (400, "INVALID_CONTENT")


def test_queries_are_never_jobs(erp: Erp) -> None:
    response = erp.http.post(
        "/services/rest/query/v1/suiteql", json={"q": "SELECT 1 x FROM dual"}, headers=LATER
    )
    assert error_of(response)[0] == 400
