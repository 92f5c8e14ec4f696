"""Faults on order: dropped answers, errors, throttling, and killed callers."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import httpx
import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

PAY = {"customer": {"id": "100"}, "payment": 10, "externalId": "dw-pay-9"}
POST = {"method": "POST", "path": "/services/rest/record/v1/customerPayment"}


def stored(erp: Erp) -> int:
    return len(erp.rows("SELECT id FROM transaction WHERE externalid = ?", "dw-pay-9"))


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("after", 1), ("drop", 1)])
def test_a_dropped_connection_leaves_the_caller_in_doubt(erp: Erp, moment: str, count: int) -> None:
    erp.fault(what="drop", moment=moment, **POST)
    with pytest.raises(httpx.RemoteProtocolError):
        erp.post("/customerPayment", PAY)
    assert stored(erp) == count
    assert erp.post("/customerPayment", PAY).status_code == (400 if count else 204)


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("after", 1)])
def test_an_error_may_hide_a_write(erp: Erp, moment: str, count: int) -> None:
    erp.fault(what="error", moment=moment, **POST)
    assert error_of(erp.post("/customerPayment", PAY))[:2] == (500, "UNEXPECTED_ERROR")
    assert stored(erp) == count


def test_a_gateway_error_is_html(erp: Erp) -> None:
    erp.fault(what="bad_gateway", moment="before", **POST)
    response = erp.post("/customerPayment", PAY)
    assert (response.status_code, response.headers["content-type"][:9]) == (502, "text/html")


def test_a_delay_outlasts_the_callers_patience_after_recording(erp: Erp) -> None:
    erp.fault(what="delay", seconds=0.5, **POST)
    with pytest.raises(httpx.ReadTimeout):
        erp.http.post(f"{RECORD}/customerPayment", json=PAY, timeout=0.2)
    assert stored(erp) == 1


def test_tokens_can_expire_early(erp: Erp) -> None:
    erp.fault(what="expire_tokens", moment="before", **POST)
    assert error_of(erp.post("/customerPayment", PAY))[:2] == (401, "INVALID_LOGIN")
    erp.login()
    assert erp.post("/customerPayment", PAY).status_code == 204


def test_a_fault_strikes_the_nth_match_and_as_often_as_told(erp: Erp) -> None:
    erp.fault(what="error", moment="before", method="GET", path=f"{RECORD}/INVOICE", nth=2, times=2)
    codes = [erp.http.get(f"{RECORD}/invoice/1001").status_code for _ in range(4)]
    assert codes == [200, 500, 500, 200]
    assert erp.admin("GET", "faults").json()[0]["struck"] == 2
    erp.admin("DELETE", "faults")
    assert erp.admin("GET", "faults").json() == []


@pytest.mark.parametrize(
    ("moment", "name", "count"), [("before", "KILL", 0), ("after", "KILL", 1), ("after", "TERM", 1)]
)
def test_the_caller_is_killed_at_the_chosen_moment(
    erp: Erp, moment: str, name: str, count: int
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as victim:
        erp.fault(what="kill", moment=moment, pid=victim.pid, signal=name, **POST)
        with pytest.raises(httpx.RemoteProtocolError):
            erp.post("/customerPayment", PAY)
        assert victim.wait(10) == -getattr(signal, f"SIG{name}")
    assert stored(erp) == count


@pytest.mark.parametrize(
    "spec",
    [
        {"what": "explode"},
        {"what": "kill", "pid": 1},
        {"what": "kill", "pid": 99, "signal": "STOP"},
        {"what": "drop", "moment": "never"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(erp: Erp, spec: dict[str, object]) -> None:
    assert erp.admin("POST", "faults", spec).status_code == 400


async def test_more_than_five_at_once_are_blocked_and_not_carried_out(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"latency_seconds": 0.3})
    headers = dict(erp.http.headers)
    async with httpx.AsyncClient(base_url=erp.url, headers=headers) as client:
        bodies = [PAY | {"externalId": f"many-{n}"} for n in range(8)]
        calls = [client.post(f"{RECORD}/customerPayment", json=body) for body in bodies]
        responses = await asyncio.gather(*calls)
    codes = sorted(response.status_code for response in responses)
    assert codes == [204] * 5 + [429] * 3
    blocked = next(r for r in responses if r.status_code == 429).json()
    assert blocked == {
        "type": "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html",
        "title": "Bad Request",
        "status": 429,
        "o:errorCode": "USER_ERROR",
        "o:errorDetails": [
            {
                "detail": "Concurrent request limit exceeded. Request blocked.",
                "o:errorCode": "CONCURRENCY_LIMIT_EXCEEDED",
            }
        ],
    }
    assert len(erp.rows("SELECT id FROM transaction WHERE externalid LIKE 'many-%'")) == 5
