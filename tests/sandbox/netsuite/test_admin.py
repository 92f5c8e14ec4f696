"""The sandbox's own door, and a store that survives restarts."""

from __future__ import annotations

from pathlib import Path

import httpx

from sandbox.netsuite.keys import write_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from tests.sandbox.netsuite.conftest import Erp, company, error_of

PAY = {"customer": {"id": "100"}, "payment": 10, "externalId": "dw-pay-9"}


def test_the_admin_door_needs_its_own_token(erp: Erp) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        assert httpx.get(f"{erp.url}/admin/state", headers=headers).status_code == 401
    assert erp.http.get("/admin/state").status_code == 401


def test_every_write_that_arrived_is_listed_without_credentials(erp: Erp) -> None:
    made = erp.created("/customerPayment", PAY)
    erp.post("/customerPayment", PAY)
    erp.get("/invoice/1001")
    writes = erp.admin("GET", "writes").json()
    assert [(w["method"], w["status"]) for w in writes] == [("POST", 204), ("POST", 400)]
    assert writes[0]["location"].endswith(f"/customerpayment/{made}")
    assert writes[0]["headers"]["authorization"] == "[redacted]"
    assert "dw-pay-9" in writes[0]["body"]


def test_the_state_and_the_records_can_be_read(erp: Erp) -> None:
    state = erp.admin("GET", "state").json()
    assert state["records"] == {
        "invoice": 6,
        "customerpayment": 1,
        "creditmemo": 1,
        "customer": 4,
        "contact": 1,
    }
    records = erp.admin("GET", "records/customerPayment").json()
    assert [(r["id"], r["apply"]["items"][0]["doc"]["id"]) for r in records] == [("2001", "1006")]


def test_a_person_can_change_an_amount(erp: Erp) -> None:
    erp.act(do="edit_amount", id=1001, amount="900.10")
    sql = "SELECT foreigntotal t, foreignamountunpaid u FROM transaction WHERE id = 1001"
    assert erp.rows(sql) == [{"t": "900.1", "u": "900.1"}]
    ledger = (
        "SELECT SUM(amount) s, SUM(debit) d FROM transactionaccountingline WHERE transaction = 1001"
    )
    assert erp.rows(ledger) == [{"s": "0", "d": "900.1"}]
    assert erp.rows("SELECT name, field FROM systemnote WHERE recordid = 1001") == [
        {"name": "Sandbox User", "field": "amount"}
    ]


def test_a_person_can_void_an_invoice_that_nothing_settled(erp: Erp) -> None:
    erp.act(do="void", id=1001)
    sql = (
        "SELECT status, voided, foreigntotal, foreignamountunpaid FROM transaction WHERE id = 1001"
    )
    assert erp.rows(sql) == [
        {"status": "V", "voided": "T", "foreigntotal": "0", "foreignamountunpaid": "0"}
    ]
    refused = erp.admin("POST", "act", {"do": "void", "id": 1006})
    assert "must be unapplied" in error_of(refused)[2]


def test_voiding_a_payment_reopens_what_it_paid(erp: Erp) -> None:
    erp.act(do="void", id=2001)
    sql = "SELECT status, foreignamountunpaid FROM transaction WHERE id = 1006"
    assert erp.rows(sql) == [{"status": "A", "foreignamountunpaid": "70"}]


def test_a_person_can_pay_edit_move_and_delete(erp: Erp) -> None:
    erp.act(do="pay", id=1002, amount="50.50")
    erp.act(do="edit", id=1002, fields={"dueDate": "2026-04-01", "memo": "later"})
    erp.act(do="move_customer", id=1001, customer=101)
    erp.act(do="delete", id=2002)
    sql = (
        "SELECT foreignamountunpaid u, TO_CHAR(duedate, 'YYYY-MM-DD') d, memo"
        " FROM transaction WHERE id = 1002"
    )
    assert erp.rows(sql) == [{"u": "200", "d": "2026-04-01", "memo": "later"}]
    assert erp.rows("SELECT entity FROM transaction WHERE id = 1001") == [{"entity": "101"}]
    assert erp.rows("SELECT recordid, name FROM deletedrecord") == [
        {"recordid": "2002", "name": "Credit Memo #CM-2002"}
    ]


def test_an_unknown_act_or_knob_is_refused(erp: Erp) -> None:
    assert erp.admin("POST", "act", {"do": "dance"}).status_code == 400
    assert erp.admin("POST", "act", {"do": "void", "id": 1}).status_code == 400
    assert erp.admin("POST", "knobs", {"speed": 3}).status_code == 400


def test_a_reset_goes_back_to_the_seed_and_keeps_logins(erp: Erp) -> None:
    erp.created("/customerPayment", PAY)
    erp.act(do="void", id=1001)
    assert erp.admin("POST", "reset").status_code == 200
    erp.login()
    assert len(erp.rows("SELECT id FROM transaction")) == 8
    assert erp.rows("SELECT status FROM transaction WHERE id = 1001") == [{"status": "A"}]


def test_a_file_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    first = ErpStore(path)
    seed(first, company())
    first.close()
    second = ErpStore(path)
    assert second.number('SELECT COUNT(*) FROM "transaction"') == 8
    second.close()


def test_a_file_of_an_older_sandbox_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    first = ErpStore(path)
    seed(first, company())
    first.execute('ALTER TABLE "transaction" DROP COLUMN _department')
    first.close()
    second = ErpStore(path)
    assert second.number('SELECT COUNT(*) FROM "transaction" WHERE _department IS NULL') == 8
    second.close()


def test_a_private_key_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    pair = write_key_pair(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "key.pem").read_text() == pair.private_pem


def test_a_copy_has_the_state_and_goes_its_own_way() -> None:
    first = ErpStore()
    seed(first, company())
    second = first.copy()
    second.clear()
    assert first.number('SELECT COUNT(*) FROM "transaction"') == 8
    assert second.number('SELECT COUNT(*) FROM "transaction"') == 0
    first.close()
    second.close()
