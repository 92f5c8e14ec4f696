"""Every wire case against the sandbox."""

from __future__ import annotations

import json

import pytest

from tests.erp.conformance.cases import CASES, Case
from tests.erp.conformance.conftest import Erp


def fits(found: object, shape: object) -> bool:
    """Whether `found` has at least what `shape` asks for."""
    match shape:
        case type():
            return isinstance(found, shape)
        case dict():
            return isinstance(found, dict) and all(
                name in found and fits(found[name], part) for name, part in shape.items()
            )
        case list():
            return (
                isinstance(found, list)
                and len(found) >= len(shape)
                and all(fits(*pair) for pair in zip(found, shape, strict=False))
            )
    return found == shape


def test_a_shape_can_fail() -> None:
    assert not fits({"id": 1}, {"id": str})
    assert not fits({"items": []}, {"items": [{"id": "1"}]})
    assert not fits({}, {"id": str})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wire_case(erp: Erp, case: Case) -> None:
    if case.knobs:
        assert erp.admin("POST", "knobs", dict(case.knobs)).status_code == 200
    answer = erp.http.request(case.method, case.path, json=case.body, headers=dict(case.sent))
    assert answer.status_code == case.status, answer.text
    if case.media:
        assert answer.headers["content-type"] == case.media
    if case.status in (202, 204):
        assert answer.content == b""
    for name, value in case.headers.items():
        assert name in answer.headers
        assert not value or answer.headers[name] == value
    if case.location:
        assert case.location.lower() in answer.headers["location"].lower()
    found = json.loads(answer.content or b"{}")
    assert isinstance(found, dict)
    assert fits(found, dict(case.shape)), found
    assert not set(case.without) & set(found)


@pytest.mark.parametrize("path", ["/services/rest/record/v1/invoice/1001", "/services/rest/x"])
def test_nobody_gets_in_without_a_login(erp: Erp, path: str) -> None:
    answer = erp.http.get(path, headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401
    detail = answer.json()["o:errorDetails"][0]
    assert detail["o:errorCode"] == "INVALID_LOGIN"
    assert "Login Audit Trail" in detail["detail"]
