"""SuiteQL: built-in functions, grouping, ROWNUM over joins, the cap on rows."""

from __future__ import annotations

import pytest

from sandbox.netsuite.account import Account
from sandbox.netsuite.control.backdoor import act
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.suiteql.engine import run
from tests.sandbox.netsuite.conftest import Clock, Erp, company, error_of


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("BUILTIN.RELATIVE_RANGES('TODAY', 'START')", "2026-03-10 00:00:00"),
        ("BUILTIN.RELATIVE_RANGES('TODAY', 'END')", "2026-03-10 23:59:59"),
        ("BUILTIN.RELATIVE_RANGES('DAGO7', 'START', 'DATETIME')", "2026-03-03 00:00:00"),
        ("BUILTIN.RELATIVE_RANGES('TW', 'START')", "2026-03-08 00:00:00"),
        ("BUILTIN.RELATIVE_RANGES('LM', 'END')", "2026-02-28 23:59:59"),
        ("BUILTIN.RELATIVE_RANGES('LY', 'START')", "2025-01-01 00:00:00"),
    ],
)
def test_a_relative_range(erp: Erp, expression: str, value: str) -> None:
    sql = f"SELECT TO_CHAR({expression}, 'YYYY-MM-DD HH24:MI:SS') v FROM dual"
    assert erp.rows(sql) == [{"v": value}]


def test_consolidation_gives_the_amount_of_the_books(erp: Erp) -> None:
    sql = (
        "SELECT BUILTIN.CONSOLIDATE(a.debit, 'LEDGER', 'DEFAULT', 'DEFAULT', 1, 1, 'DEFAULT') v"
        " FROM transactionaccountingline a WHERE a.transaction = 1005 AND a.debit > 0"
    )
    assert erp.rows(sql) == [{"v": "4012.34"}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT type, entity, COUNT(*) FROM transaction GROUP BY type",
        "SELECT id, MAX(foreigntotal) FROM transaction",
        "SELECT type, UPPER(memo) FROM transaction GROUP BY type",
        "SELECT type FROM transaction GROUP BY type HAVING entity > 1",
    ],
)
def test_a_column_that_is_not_grouped_is_refused(erp: Erp, sql: str) -> None:
    status, _, detail = error_of(erp.query(sql))
    assert (status, "GROUP BY" in detail) == (400, True)


def test_grouped_expressions_may_be_shown(erp: Erp) -> None:
    sql = (
        "SELECT t.type, BUILTIN.DF(t.status) label, COUNT(*) || '' n FROM transaction t"
        " WHERE t.type = 'CustInvc' GROUP BY t.type, BUILTIN.DF(t.status) ORDER BY 2"
    )
    assert [(row["label"], row["n"]) for row in erp.rows(sql)] == [
        ("Open", "5"),
        ("Paid In Full", "1"),
    ]


def test_rownum_counts_the_rows_of_a_join(erp: Erp) -> None:
    sql = (
        "SELECT t.id, l.id line FROM transaction t LEFT JOIN transactionline l"
        " ON l.transaction = t.id AND l.mainline = 'F' WHERE ROWNUM <= 3 ORDER BY t.id DESC"
    )
    assert len(erp.rows(sql)) == 3
    inner = sql.replace("LEFT JOIN", "JOIN").replace("<= 3", "< 3")
    assert [row["id"] for row in erp.rows(inner)] == ["1002", "1001"]


def test_a_result_ends_at_a_hundred_thousand_rows(erp: Erp) -> None:
    tables = ", ".join(f"transaction t{n}" for n in range(6))
    sql = f"SELECT t0.id FROM {tables} ORDER BY t0.id, t1.id, t2.id, t3.id, t4.id, t5.id"
    last = erp.query(sql, page="?limit=1000&offset=99000").json()
    assert (last["totalResults"], last["count"], last["hasMore"]) == (100_000, 1000, False)
    beyond = erp.query(sql, page="?limit=1000&offset=100000").json()
    assert (beyond["count"], beyond["items"]) == (0, [])


def test_the_cap_can_be_lowered_for_small_tests(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"row_cap": 5})
    found = erp.query("SELECT id FROM transaction ORDER BY id").json()
    assert (found["totalResults"], found["count"]) == (5, 5)


def walked(erp: Erp, sql: str, size: int) -> tuple[list[str], list[int]]:
    """The keys of a walk by keyset pages, and the total each page told."""
    read: list[str] = []
    totals: list[int] = []
    while True:
        page = erp.query(sql, read[-1] if read else "0", page=f"?limit={size}&offset=0").json()
        totals.append(page["totalResults"])
        read += [row["id"] for row in page["items"]]
        if not page["hasMore"]:
            return read, totals


def test_totals_of_a_walk_stay_true_while_records_are_added(erp: Erp) -> None:
    sql = "SELECT t.id FROM transaction t WHERE t.type = 'CustInvc' AND t.id > ? ORDER BY t.id ASC"
    assert walked(erp, sql, 2) == (["1001", "1002", "1003", "1004", "1005", "1006"], [6, 4, 2])
    erp.query(sql, "0", page="?limit=2&offset=0")
    line = {"items": [{"item": {"id": "501"}, "amount": 1}]}
    erp.created("/invoice", {"entity": {"id": "100"}, "item": line})
    assert erp.query(sql, "1002", page="?limit=2&offset=0").json()["totalResults"] == 5


def test_totals_of_a_walk_with_repeated_keys_are_counted_exactly(erp: Erp) -> None:
    lines = {"items": [{"item": {"id": "501"}, "amount": n} for n in (1, 2, 3)]}
    made = [erp.created("/invoice", {"entity": {"id": "100"}, "item": lines}) for _ in range(3)]
    sql = (
        "SELECT l.transaction AS id FROM transactionline l WHERE l.mainline = 'F'"
        " AND l.item = 501 AND l.transaction > ? ORDER BY l.transaction ASC, l.id ASC"
    )
    first = erp.query(sql, "1006", page="?limit=4&offset=0").json()
    assert (first["totalResults"], [r["id"] for r in first["items"]][-1]) == (10, made[0])
    after = {key: erp.query(sql, key, page="?limit=4&offset=0").json() for key in ("2002", *made)}
    assert {key: page["totalResults"] for key, page in after.items()} == {
        "2002": 9,
        made[0]: 6,
        made[1]: 3,
        made[2]: 0,
    }


def test_rows_are_numbered_within_a_part(erp: Erp) -> None:
    sql = (
        "SELECT t.id, ROW_NUMBER() OVER (PARTITION BY t.entity ORDER BY t.foreigntotal DESC) n,"
        " RANK() OVER (ORDER BY t.entity) r, COUNT(*) OVER (PARTITION BY t.entity) c,"
        " SUM(t.foreigntotal) OVER (PARTITION BY t.entity ORDER BY t.id) s"
        " FROM transaction t WHERE t.type = 'CustInvc' AND t.entity IN (100, 101) ORDER BY t.id"
    )
    assert erp.rows(sql) == [
        {"id": "1001", "n": "1", "r": "1", "c": "3", "s": "1000"},
        {"id": "1002", "n": "2", "r": "1", "c": "3", "s": "1250.5"},
        {"id": "1003", "n": "1", "r": "4", "c": "1", "s": "50"},
        {"id": "1006", "n": "3", "r": "1", "c": "3", "s": "1320.5"},
    ]
    latest = (
        "SELECT q.id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY entity ORDER BY id DESC) n"
        " FROM transaction WHERE type = 'CustInvc') q WHERE q.n = 1 ORDER BY q.id"
    )
    assert [row["id"] for row in erp.rows(latest)] == ["1003", "1004", "1005", "1006"]


@pytest.mark.parametrize(
    "window",
    ["ROW_NUMBER() OVER (PARTITION BY entity)", "UPPER(memo) OVER (ORDER BY id)"],
)
def test_a_window_that_is_refused(erp: Erp, window: str) -> None:
    assert error_of(erp.query(f"SELECT {window} x FROM transaction"))[0] == 400


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("Asia/Kolkata", "2026-03-11 00:00:45"),
        ("America/St_Johns", "2026-03-10 16:00:45"),
        ("Pacific/Kiritimati", "2026-03-11 08:30:45"),
    ],
)
def test_an_account_lives_in_its_own_time_zone(zone: str, wall: str) -> None:
    store = ErpStore(zone=zone)
    seed(store, company())
    account = Account(store, Clock(), date_format="DD/MM/YYYY")
    act(account, {"do": "edit", "id": 1001, "fields": {"memo": "x"}})
    sql = (
        "SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS') now, trandate,"
        " TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') m FROM transaction WHERE id = 1001"
    )
    found = run(store, sql, [], 1, 0, account.setting()).rows
    assert found == [{"now": wall, "trandate": "15/01/2026", "m": wall}]
    utc = store.number('SELECT _modified FROM "transaction" WHERE id = 1001')
    assert utc == int(Clock().now.timestamp())
    store.close()
