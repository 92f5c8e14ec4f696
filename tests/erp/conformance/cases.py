"""The table of wire cases."""

from __future__ import annotations

from tests.erp.conformance.services import SERVICES
from tests.erp.conformance.shapes import (
    INVOICE,
    KEY,
    LATER,
    MANY,
    PAGE,
    PAYMENT,
    QUERY,
    RECORD,
    REFERENCE,
    SINGLE,
    TRANSIENT,
    Case,
    refused,
)

__all__ = ["CASES", "Case"]


def asked(sql: str, *params: str) -> dict[str, object]:
    """The body of a query."""
    return {"q": sql, "params": list(params)}


READS = (
    Case(
        "an invoice has typed values, references and stubs",
        "GET",
        f"{RECORD}/invoice/1002",
        200,
        media=SINGLE,
        shape={
            "links": [{"rel": "self", "href": str}],
            "id": "1002",
            "entity": REFERENCE,
            "currency": REFERENCE,
            "total": 250.5,
            "amountRemaining": 250.5,
            "tranDate": "2026-01-15",
            "status": {"id": "Open", "refName": "Open"},
            "lastModifiedDate": str,
            "item": {"links": [{"rel": "self", "href": str}]},
        },
        without=("externalId", "closeDate"),
    ),
    Case(
        "an expanded sublist has items and a count",
        "GET",
        f"{RECORD}/invoice/1002?expandSubResources=true",
        200,
        shape={"item": {"items": [{"line": 1, "amount": 250.5}], "totalResults": 1}},
    ),
    Case(
        "an expanded payment is keyed by document",
        "GET",
        f"{RECORD}/customerPayment/2001?expandSubResources=true",
        200,
        shape={
            "applied": 70.0,
            "apply": {"items": [{"doc": {"id": "1006"}, "apply": True, "amount": 70.0}]},
        },
    ),
    Case("the type's case does not matter", "GET", f"{RECORD}/customerpayment/2001", 200),
    Case("a sub-resource", "GET", f"{RECORD}/invoice/1001/item", 200, shape={"totalResults": 1}),
    Case("a line", "GET", f"{RECORD}/invoice/1001/item/1", 200, shape={"amount": 1000.0}),
    Case(
        "a collection has ids and links only",
        "GET",
        f"{RECORD}/customer?limit=2",
        200,
        media=MANY,
        shape=PAGE | {"count": 2, "hasMore": True, "totalResults": 4, "offset": 0},
    ),
    Case("a search", "GET", f"{RECORD}/invoice?q=total EQUAL 250.5", 200, shape={"count": 1}),
    Case("the catalog", "GET", f"{RECORD}/metadata-catalog", 200, shape={"items": list}),
    *(
        Case(f"{kind} can be read", "GET", f"{RECORD}/{kind}/1", 200, shape={"id": "1"})
        for kind in (
            "term",
            "account",
            "currency",
            "subsidiary",
            "accountingPeriod",
            "department",
            "classification",
            "location",
        )
    ),
    refused("an id nobody has", ("GET", f"{RECORD}/invoice/99"), (404, "NONEXISTENT_ID")),
    refused("a type nobody has", ("GET", f"{RECORD}/unicorn/1"), (404, "INVALID_REQUEST")),
    refused(
        "too large a page", ("GET", f"{RECORD}/invoice?limit=1001"), (400, "INVALID_PARAMETER")
    ),
    refused(
        "an offset between pages",
        ("GET", f"{RECORD}/invoice?limit=2&offset=1"),
        (400, "INVALID_PARAMETER"),
    ),
    refused(
        "a search of an unknown field",
        ("GET", f"{RECORD}/invoice?q=nope IS 1"),
        (400, "NONEXISTENT_FIELD"),
    ),
)
WRITES = (
    *(
        Case(f"{kind} is created", "POST", f"{RECORD}/{kind}", 204, body, location=kind)
        for kind, body in (
            ("customerPayment", PAYMENT),
            ("customerDeposit", PAYMENT),
            ("invoice", INVOICE),
            ("creditMemo", INVOICE),
            ("salesOrder", INVOICE),
            ("contact", {"entityId": "Bo"}),
            ("customer", {"companyName": "Bo Ltd", "subsidiary": {"id": "1"}}),
            (
                "journalEntry",
                {
                    "subsidiary": {"id": "1"},
                    "line": {
                        "items": [
                            {"account": {"id": "8"}, "debit": 1},
                            {"account": {"id": "4"}, "credit": 1},
                        ]
                    },
                },
            ),
            (
                "customerRefund",
                {
                    "customer": {"id": "101"},
                    "apply": {"items": [{"doc": {"id": "2002"}, "apply": True, "amount": 5}]},
                },
            ),
        )
    ),
    Case("a change", "PATCH", f"{RECORD}/invoice/1001", 204, {"memo": "x"}, location="invoice"),
    Case("null clears", "PATCH", f"{RECORD}/invoice/1001", 204, {"memo": None}, location="invoice"),
    Case(
        "an upsert", "PUT", f"{RECORD}/customerPayment/eid:x-1", 204, PAYMENT, location="customerP"
    ),
    Case("a delete", "DELETE", f"{RECORD}/invoice/1001", 204),
    Case(
        "a transform is at the target's address",
        "POST",
        f"{RECORD}/invoice/1001/!transform/customerPayment",
        204,
        {},
        location="customerPayment",
    ),
    Case(
        "a job",
        "POST",
        f"{RECORD}/customerPayment",
        202,
        PAYMENT,
        LATER | {"X-NetSuite-Idempotency-Key": KEY},
        location="job",
    ),
    refused(
        "a missing field",
        ("POST", f"{RECORD}/customerPayment"),
        (400, "USER_ERROR"),
        {"payment": 1},
    ),
    refused(
        "a bad reference has a path",
        ("POST", f"{RECORD}/invoice"),
        (400, "INVALID_CONTENT"),
        INVOICE | {"item": {"items": [{"item": {"id": "9999"}, "amount": 5}]}},
        path="item.items[0].item",
    ),
    refused(
        "an unknown field has a path",
        ("PATCH", f"{RECORD}/invoice/1001"),
        (400, "INVALID_CONTENT"),
        {"colour": 1},
        path="colour",
    ),
    refused(
        "a broken body",
        ("PATCH", f"{RECORD}/invoice/1001"),
        (400, "INVALID_CONTENT"),
        [1],
    ),
    refused("a put by id", ("PUT", f"{RECORD}/invoice/1001"), (405, "INVALID_METHOD"), {}),
    refused(
        "a delete of what others need",
        ("DELETE", f"{RECORD}/invoice/1006"),
        (400, "USER_ERROR"),
    ),
    refused(
        "a batch at once",
        ("PATCH", f"{RECORD}/invoice"),
        (400, "INVALID_HEADER"),
        {"items": []},
    ),
    refused("an unknown address", ("GET", "/services/rest/nowhere"), (404, "INVALID_REQUEST")),
)
QUERIES = (
    Case(
        "a query answers texts and leaves out nulls",
        "POST",
        QUERY,
        200,
        asked("SELECT id, foreigntotal, voided, externalid FROM transaction WHERE id = ?", "1002"),
        TRANSIENT,
        MANY,
        shape=PAGE
        | {
            "items": [{"links": [], "id": "1002", "foreigntotal": "250.5", "voided": "F"}],
            "totalResults": 1,
        },
    ),
    Case(
        "a status is a letter here",
        "POST",
        QUERY,
        200,
        asked("SELECT status, trandate FROM transaction WHERE id = 1002"),
        TRANSIENT,
        shape={"items": [{"status": "A", "trandate": "1/15/2026"}]},
    ),
    refused(
        "a query that is not transient",
        ("POST", QUERY),
        (400, "INVALID_HEADER"),
        asked("SELECT id FROM customer"),
    ),
    *(
        refused(
            f"the query {sql!r}", ("POST", QUERY), (400, "INVALID_PARAMETER"), asked(sql), TRANSIENT
        )
        for sql in (
            "SELECT id FROM customer LIMIT 1",
            "SELECT nope FROM customer",
            "SELECT id FROM nowhere",
            "SELECT id, COUNT(*) FROM customer",
            "SELECT id FROM transaction WHERE trandate > '2026-01-01'",
            "UPDATE customer SET email = 'x'",
        )
    ),
)
CASES = (*READS, *WRITES, *QUERIES, *SERVICES)
