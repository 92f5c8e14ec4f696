"""SuiteQL: built-in functions, grouping, ROWNUM over joins, the cap on rows."""

from __future__ import annotations

import pytest

from tests.sandbox.netsuite.conftest import Erp, error_of


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
