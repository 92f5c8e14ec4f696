"""The ten behaviours that make the sandbox faithful, one test each; details in the other files."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.netsuite.conftest import RECORD, TODAY, Erp, company, error_of

PAY = {"customer": {"id": "100"}, "payment": 10, "externalId": "dw-1"}


def line(document: str, amount: float) -> dict[str, object]:
    return {"items": [{"doc": {"id": document}, "apply": True, "amount": amount}]}


def test_behaviour_1_wire_shapes(erp: Erp) -> None:
    created = erp.post("/customerPayment", PAY)
    assert (created.status_code, created.content) == (204, b"")
    record = erp.get("/invoice/1001")
    assert (record["total"], record["status"]) == (1000, {"id": "Open", "refName": "Open"})
    made = erp.get("/customerPayment/eid:dw-1")
    assert made["lastModifiedDate"] == "2026-03-10T18:30:00Z"
    sql = (
        "SELECT status, foreigntotal, lastmodifieddate d, otherrefnum,"
        " TO_CHAR(lastmodifieddate, 'HH24:MI:SS') t FROM transaction WHERE externalid = 'dw-1'"
    )
    assert erp.rows(sql) == [
        {"status": "B", "foreigntotal": "10", "d": "3/10/2026", "t": "11:30:45"}
    ]


def test_behaviour_2_paging(erp: Erp) -> None:
    page = erp.query("SELECT id FROM transaction", page="?limit=4&offset=4").json()
    assert (page["hasMore"], page["totalResults"], page["offset"]) == (False, 8, 4)
    assert erp.query("SELECT id FROM transaction", page="?limit=4&offset=2").status_code == 400
    assert erp.query("SELECT id FROM transaction", page="?limit=1001").status_code == 400
    ids = [row["id"] for row in erp.rows("SELECT id FROM transaction")]
    assert ids != sorted(ids)


def test_behaviour_3_identity_and_validation(erp: Erp) -> None:
    erp.created("/customerPayment", PAY)
    assert "already exists" in error_of(erp.post("/customerPayment", PAY))[2]
    assert erp.http.put(f"{RECORD}/customerPayment/eid:dw-1", json={"memo": "x"}).is_success
    assert error_of(erp.http.get(f"{RECORD}/invoice/7"))[:2] == (404, "NONEXISTENT_ID")
    assert error_of(erp.post("/customerPayment", PAY | {"colour": 1}))[1] == "INVALID_CONTENT"
    bad = erp.post("/customerPayment", {"customer": {"id": "9"}, "payment": 1}).json()
    assert bad["o:errorDetails"][0]["o:errorPath"] == "customer"
    erp.fault(what="conflict", moment="before", method="PATCH", path=RECORD)
    changed = erp.http.patch(f"{RECORD}/invoice/1001", json={"memo": "x"})
    assert "Record has been changed" in error_of(changed)[2]


def test_behaviour_4_accounting(erp: Erp) -> None:
    over = PAY | {"apply": line("1002", 11)}
    assert "cannot exceed the payment" in error_of(erp.post("/customerPayment", over))[2]
    made = erp.created("/customerPayment", PAY | {"payment": 300, "apply": line("1002", 250.5)})
    assert erp.get(f"/customerPayment/{made}")["unapplied"] == 49.5
    assert erp.get("/invoice/1002")["status"] == {"id": "Paid In Full", "refName": "Paid In Full"}
    erp.http.patch(f"{RECORD}/customerPayment/{made}", json={"apply": line("1002", 0)})
    assert erp.get("/invoice/1002")["amountRemaining"] == 250.5
    foreign = {"customer": {"id": "103"}, "payment": 10, "exchangeRate": 3}
    gained = erp.created("/customerPayment", foreign | {"apply": line("1005", 10)})
    sql = "SELECT account, amount FROM transactionaccountingline WHERE transaction = ?"
    found = {row["account"]: row["amount"] for row in erp.rows(sql, gained)}
    assert found == {"2": "-32.5", "3": "30", "7": "2.5"}


def test_behaviour_5_periods_approval_voids_deletes(erp: Erp) -> None:
    erp.act(do="period", on="2026-03-10", arlocked=True)
    assert "closed or locked" in error_of(erp.post("/customerPayment", PAY))[2]
    erp.act(do="period", on="2026-03-10", arlocked=False)
    erp.act(do="approve", id=1002, approved=False)
    refused = erp.post("/customerPayment", PAY | {"apply": line("1002", 1)})
    assert "is not open" in error_of(refused)[2]
    assert erp.http.post(f"{RECORD}/invoice/1001/@void").status_code == 405
    erp.act(do="void", id=1001)
    erp.admin("POST", "knobs", {"void_by_journal": True})
    assert erp.act(do="void", id=2001).json()["id"]
    assert erp.http.delete(f"{RECORD}/invoice/1003").status_code == 400
    assert erp.http.delete(f"{RECORD}/creditMemo/2002").status_code == 204
    assert erp.rows("SELECT recordid FROM deletedrecord") == [{"recordid": "2002"}]
    notes = {row["r"] for row in erp.rows("SELECT DISTINCT recordid r FROM systemnote")}
    assert {"1001", "1002", "2001", "2002"} <= notes


@pytest.mark.parametrize("bump", [True, False])
def test_behaviour_6_the_knob_of_the_invoices_timestamp(erp: Erp, bump: bool) -> None:
    erp.admin("POST", "knobs", {"bump_invoice_lmd_on_apply": bump})
    before = erp.get("/invoice/1001")["lastModifiedDate"]
    erp.created("/customerPayment", PAY | {"apply": line("1001", 1)})
    assert (erp.get("/invoice/1001")["lastModifiedDate"] != before) is bump


def test_behaviour_7_limits_and_permissions(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"permissions": {"REPO_ANALYTICS": "NONE"}})
    assert erp.http.get(f"{RECORD}/invoice/1001").is_success
    assert error_of(erp.query("SELECT id FROM customer"))[:2] == (400, "USER_ERROR")
    erp.admin("POST", "knobs", {"permissions": {}, "features_off": ["LOCATIONS"]})
    assert "was not found" in error_of(erp.query("SELECT id FROM location"))[2]
    erp.admin("POST", "knobs", {"concurrency": 0})
    blocked = erp.http.get(f"{RECORD}/invoice/1001")
    assert error_of(blocked)[:2] == (429, "CONCURRENCY_LIMIT_EXCEEDED")


def test_behaviour_8_faults(erp: Erp) -> None:
    erp.fault(what="drop", moment="after", method="POST", path=RECORD)
    with pytest.raises(httpx.RemoteProtocolError):
        erp.post("/customerPayment", PAY)
    assert erp.get("/customerPayment/eid:dw-1")["payment"] == 10
    erp.fault(what="bad_gateway", moment="before", method="GET", path=RECORD)
    assert erp.http.get(f"{RECORD}/invoice/1001").headers["content-type"].startswith("text/html")
    erp.admin("POST", "knobs", {"clock_skew_seconds": -900})
    assert erp.token_response(erp.assertion()).status_code == 400
    erp.admin("POST", "refresh")
    assert erp.http.get(f"{RECORD}/invoice/1001").status_code == 401


def test_behaviour_9_the_query_engine(erp: Erp) -> None:
    sql = (
        "SELECT t.tranid || '/' || NVL(t.memo, '-') v, BUILTIN.CF(t.status) s"
        " FROM Transaction t INNER JOIN Customer c ON c.ID = t.entity"
        " WHERE c.entityid = ? AND t.trandate >= TO_DATE('2026-01-01', 'YYYY-MM-DD')"
        " AND t.duedate < BUILTIN.RELATIVE_RANGES('TODAY', 'START')"
        " ORDER BY t.id DESC FETCH FIRST 1 ROWS ONLY"
    )
    assert erp.rows(sql, "C100") == [{"v": "INV-1006/Support plan", "s": "CustInvc:B"}]
    for refused in ("SELECT id FROM customer LIMIT 1", "SELECT x FROM customer", "DROP TABLE y"):
        assert error_of(erp.query(refused))[:2] == (400, "INVALID_PARAMETER")


def test_behaviour_10_the_admin_door(erp: Erp) -> None:
    erp.admin("POST", "snapshot")
    erp.act(do="pay", id=1002)
    assert erp.get("/invoice/1002")["amountRemaining"] == 0
    erp.admin("POST", "restore")
    assert erp.get("/invoice/1002")["amountRemaining"] == 250.5
    assert company() == company()
    assert company().today == TODAY
