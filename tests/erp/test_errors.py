"""What NetSuite says when it refuses."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp.netsuite.errors import Kind, problem_of


def envelope(detail: str, code: str = "USER_ERROR", status: int = 400) -> bytes:
    told = [{"detail": detail, "o:errorCode": code, "o:errorPath": "apply"}]
    return json.dumps({"title": "Bad Request", "status": status, "o:errorDetails": told}).encode()


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        (
            "Error while accessing a resource. This record already exists.",
            Kind.DUPLICATE_EXTERNAL_ID,
        ),
        ("Your current role does not have permission to perform this action.", Kind.PERMISSION),
        (
            (
                "The transaction date you specified is not within the date range of your accounting"
                " period."
            ),
            Kind.PERIOD_CLOSED,
        ),
        ("The posting period Jan 2026 is closed or locked.", Kind.PERIOD_CLOSED),
        ("Record has been changed", Kind.CONFLICT),
        ("This record has been locked by a user defined workflow", Kind.WORKFLOW_LOCK),
        ("Please enter value(s) for: Subsidiary.", Kind.MISSING_FIELD),
        ("Invalid entity reference key 12 for subsidiary 3", Kind.BAD_REFERENCE),
        ("Search error occurred: Unknown identifier 'x'.", Kind.UNKNOWN_FIELD),
        ("Search error occurred: Record 'currency' was not found.", Kind.UNKNOWN_FIELD),
        ("Something about money.", Kind.BUSINESS_RULE),
    ],
)
def test_words_are_classified(detail: str, kind: Kind) -> None:
    problem = problem_of(400, envelope(detail))
    assert problem.kind is kind
    assert problem.detail == detail


def test_status_speaks_first() -> None:
    assert problem_of(401, envelope("already exists", "INVALID_LOGIN", 401)).kind is Kind.LOGIN
    assert problem_of(429, envelope("x", "CONCURRENCY_LIMIT_EXCEEDED", 429)).kind is Kind.BUSY
    assert problem_of(404, envelope("x", "NONEXISTENT_ID", 404)).kind is Kind.NOT_FOUND


def test_a_gateway_answers_in_html() -> None:
    problem = problem_of(502, b"<html><head><title>502 Bad Gateway</title></head></html>")
    assert problem.kind is Kind.SERVER
    assert str(problem) == "502 without a code: 502 Bad Gateway"


def test_top_level_and_oauth_errors() -> None:
    flat = problem_of(400, b'{"detail": "no such action", "o:errorCode": "INVALID_REQUEST"}')
    assert (flat.code, flat.detail) == ("INVALID_REQUEST", "no such action")
    assert problem_of(401, b'{"error": "invalid_client"}').code == "invalid_client"


@given(st.binary(max_size=300), st.integers(400, 599))
def test_any_body_is_survived(body: bytes, status: int) -> None:
    assert problem_of(status, body).status == status


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_any_details_are_survived(details: object) -> None:
    body = json.dumps({"o:errorDetails": details, "title": details}).encode()
    assert problem_of(400, body).kind in Kind
