"""SuiteQL: texts only, pages, dates, functions, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sandbox.netsuite.conftest import SUITEQL, Erp, error_of


def test_every_value_is_text_and_nulls_are_absent(erp: Erp) -> None:
    row = erp.rows("SELECT * FROM transaction WHERE id = 1001")[0]
    assert all(isinstance(value, str) for value in row.values())
    assert (row["foreigntotal"], row["voided"], row["exchangerate"]) == ("1000", "F", "1")
    assert "externalid" not in row
    assert not any(name.startswith("_") or name != name.lower() for name in row)


def test_the_page_envelope(erp: Erp) -> None:
    body = erp.query("SELECT id FROM customer ORDER BY id", page="?limit=3&offset=0").json()
    assert (body["count"], body["hasMore"], body["offset"], body["totalResults"]) == (3, True, 0, 4)
    assert [row["links"] for row in body["items"]] == [[], [], []]
    assert {link["rel"] for link in body["links"]} == {"self", "next", "last"}
    last = erp.query("SELECT id FROM customer ORDER BY id", page="?limit=3&offset=3").json()
    assert (last["count"], last["hasMore"]) == (1, False)


def test_the_transient_preference_is_required(erp: Erp) -> None:
    response = erp.http.post(SUITEQL, json={"q": "SELECT id FROM customer"})
    assert error_of(response)[0] == 400


@pytest.mark.parametrize("page", ["?limit=1001", "?limit=3&offset=2", "?limit=0"])
def test_pages_outside_the_rules_are_refused(erp: Erp, page: str) -> None:
    assert error_of(erp.query("SELECT id FROM customer", page=page))[1] == "INVALID_PARAMETER"


def test_without_an_order_rows_come_shuffled(erp: Erp) -> None:
    ids = [row["id"] for row in erp.rows("SELECT id FROM transaction")]
    assert ids != sorted(ids)
    assert len(set(ids)) == 8


def test_parameters_bind_in_order_and_never_become_sql(erp: Erp) -> None:
    sql = "SELECT id FROM transaction WHERE type = ? AND id BETWEEN ? AND ? ORDER BY id"
    found = erp.rows(sql, "CustInvc", "1002", "1004")
    assert [row["id"] for row in found] == ["1002", "1003", "1004"]
    assert erp.rows("SELECT id FROM customer WHERE entityid = ?", "x' OR '1'='1") == []
    assert error_of(erp.query(sql, "CustInvc"))[0] == 400


def test_a_question_mark_inside_a_text_is_no_parameter(erp: Erp) -> None:
    assert erp.rows("SELECT id FROM customer WHERE entityid <> 'a?' AND id = ?", "100") == [
        {"id": "100"}
    ]


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [("M/D/YYYY", "1/15/2026"), ("DD.MM.YYYY", "15.01.2026"), ("YYYY-MM-DD", "2026-01-15")],
)
def test_bare_dates_follow_the_accounts_display_format(erp: Erp, pattern: str, shown: str) -> None:
    erp.admin("POST", "knobs", {"date_format": pattern})
    assert erp.rows("SELECT trandate FROM transaction WHERE id = 1001") == [{"trandate": shown}]


def test_the_clock_is_the_wall_clock_of_the_accounts_zone(erp: Erp) -> None:
    sql = "SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS') now FROM dual"
    assert erp.rows(sql) == [{"now": "2026-03-10 11:30:45"}]
    erp.clock.forward(days=300)
    erp.login()
    assert erp.rows(sql) == [{"now": "2027-01-04 10:30:45"}]


def test_a_relative_window_finds_what_changed_within_it(erp: Erp) -> None:
    erp.clock.now -= timedelta(minutes=20)
    erp.created("/customerPayment", {"customer": {"id": "101"}, "payment": 1, "externalId": "old"})
    erp.clock.forward(minutes=20)
    erp.created("/customerPayment", {"customer": {"id": "101"}, "payment": 1, "externalId": "new"})
    sql = "SELECT externalid FROM transaction WHERE lastmodifieddate >= SYSDATE - ?/1440"
    assert erp.rows(sql, "15") == [{"externalid": "new"}]
    assert len(erp.rows(sql, "25")) == 2


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("TO_CHAR(duedate, 'YYYY-MM-DD')", "2026-02-14"),
        ("TO_CHAR(duedate, 'Mon DD, YYYY')", "Feb 14, 2026"),
        ("TO_CHAR(ADD_MONTHS(duedate, 1), 'YYYY-MM-DD')", "2026-03-14"),
        ("TO_CHAR(TRUNC(duedate, 'MM'), 'YYYY-MM-DD')", "2026-02-01"),
        ("TO_CHAR(trandate + 30, 'YYYY-MM-DD')", "2026-02-14"),
        ("duedate - trandate", "30"),
        ("TRUNC(SYSDATE) - duedate", "24"),
        ("NVL(externalid, 'none')", "none"),
        ("COALESCE(externalid, otherrefnum, 'x')", "PO-7"),
        ("DECODE(status, 'A', 'open', 'B', 'paid', '?')", "open"),
        ("CASE WHEN foreignamountunpaid >= 250.50 THEN 'big' ELSE 'small' END", "big"),
        ("CASE status WHEN 'A' THEN 1 ELSE 0 END", "1"),
        ("foreigntotal * 2", "501"),
        ("foreigntotal - foreignamountpaid + 0.25", "250.75"),
        ("foreigntotal / 100", "2.505"),
        ("tranid || '/' || otherrefnum", "INV-1002/PO-7"),
        ("UPPER(memo)", "SUPPORT PLAN"),
        ("BUILTIN.DF(entity)", "C100"),
        ("BUILTIN.DF(status)", "Open"),
        ("BUILTIN.DF(voided)", "No"),
        ("BUILTIN.DF(postingperiod)", "Jan 2026"),
        ("BUILTIN.CF(status)", "CustInvc:A"),
        ("TO_CHAR(foreigntotal)", "250.5"),
    ],
)
def test_an_expression(erp: Erp, expression: str, value: str) -> None:
    assert erp.rows(f"SELECT {expression} AS v FROM transaction WHERE id = 1002") == [{"v": value}]


def test_dates_compare_through_to_date(erp: Erp) -> None:
    day = "TO_DATE('2026-02-01', 'YYYY-MM-DD')"
    sql = f"SELECT id FROM transaction WHERE trandate {{}} {day} ORDER BY id"
    assert [row["id"] for row in erp.rows(sql.format(">"))] == ["2002"]
    assert [row["id"] for row in erp.rows(sql.format("="))] == ["2001"]


def test_joins_groups_and_subqueries(erp: Erp) -> None:
    sql = """
        SELECT c.entityid, COUNT(*) n, SUM(t.foreignamountunpaid) due
        FROM transaction t
        INNER JOIN customer c ON c.id = t.entity
        INNER JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'
        WHERE t.recordtype = 'invoice'
          AND t.currency IN (SELECT id FROM currency WHERE symbol = 'USD')
        GROUP BY c.entityid HAVING SUM(t.foreignamountunpaid) > 0 ORDER BY due DESC"""
    assert erp.rows(sql) == [
        {"entityid": "C100", "n": "3", "due": "1250.5"},
        {"entityid": "C101", "n": "1", "due": "45"},
    ]
    comma = (
        "SELECT t.id FROM transaction t, customer c"
        " WHERE c.id = t.entity AND c.entityid = ? ORDER BY 1"
    )
    assert [row["id"] for row in erp.rows(comma, "C101")] == ["1003", "2002"]
    inner = "SELECT SUM(foreigntotal) total FROM transaction WHERE type = 'CustCred'"
    nested = f"SELECT q.total FROM ({inner}) q"
    assert erp.rows(nested) == [{"total": "-20"}]


def test_left_joins_keep_rows_without_a_match(erp: Erp) -> None:
    sql = (
        "SELECT c.id, p.email FROM customer c LEFT JOIN contact p ON p.company = c.id ORDER BY c.id"
    )
    assert erp.rows(sql) == [
        {"id": "100", "email": "ann@debtor100.example"},
        {"id": "101"},
        {"id": "102"},
        {"id": "103"},
    ]


def test_fetch_first_follows_the_order_and_rownum_precedes_it(erp: Erp) -> None:
    fetch = "SELECT id FROM transaction ORDER BY id DESC FETCH FIRST 2 ROWS ONLY"
    assert [row["id"] for row in erp.rows(fetch)] == ["2002", "2001"]
    rownum = "SELECT id FROM transaction WHERE ROWNUM <= 2 ORDER BY id DESC"
    assert [row["id"] for row in erp.rows(rownum)] == ["1002", "1001"]


def test_debtor_fields_people_need_are_there(erp: Erp) -> None:
    sql = (
        "SELECT c.language, c.custentity_dw_timezone tz, c.custentity_dw_country country,"
        " p.custentity_dw_role role, p.custentity_dw_language lang, t.daysuntilnetdue days"
        " FROM customer c JOIN contact p ON p.company = c.id JOIN term t ON t.id = c.terms"
    )
    assert erp.rows(sql) == [
        {
            "language": "en",
            "tz": "America/New_York",
            "country": "US",
            "role": "billing",
            "lang": "en",
            "days": "30",
        }
    ]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT id FROM transaction LIMIT 5", "LIMIT"),
        ("SELECT nope FROM transaction", "Unknown identifier 'nope'"),
        ("SELECT t.nope FROM transaction t", "Unknown identifier 't.nope'"),
        ("SELECT _open FROM transaction", "Unknown identifier '_open'"),
        ("SELECT id FROM _token", "Record '_token' was not found"),
        ("SELECT id FROM sqlite_master", "Record 'sqlite_master' was not found"),
        ("SELECT id FROM customer, contact", "'id' is ambiguous"),
        ("SELECT id FROM transaction WHERE trandate > '2026-01-01'", "use TO_DATE"),
        ("SELECT NOPE(id) FROM transaction", "Unknown function 'NOPE'"),
        ("SELECT load_extension('x') FROM dual", "Unknown function"),
        ("DELETE FROM transaction", "unsupported search"),
        ("SELECT id FROM customer; DROP TABLE customer", "unsupported search"),
        ("WITH a AS (SELECT id FROM customer) SELECT id FROM a", "WITH"),
        ("SELEC", "unsupported search"),
        ("SELECT TO_DATE('x', 'YYYY-MM-DD') d FROM dual", "does not fit its format"),
    ],
)
def test_a_query_that_is_refused(erp: Erp, sql: str, said: str) -> None:
    status, code, detail = error_of(erp.query(sql))
    assert (status, code) == (400, "INVALID_PARAMETER")
    assert said in detail
    assert len(erp.rows("SELECT id FROM customer")) == 4


def test_a_long_result_is_read_whole_by_keyset_pages(erp: Erp) -> None:
    line = {"item": {"id": "501"}, "amount": 1}
    body = {"entity": {"id": "100"}, "item": {"items": [line]}}
    for _ in range(12):
        erp.created("/invoice", body)
    sql = "SELECT id FROM transaction WHERE type = 'CustInvc' AND id > ? ORDER BY id ASC"
    read: list[str] = []
    while True:
        page = erp.query(sql, read[-1] if read else "0", page="?limit=5&offset=0").json()
        assert page["totalResults"] == 18 - len(read)
        read += [row["id"] for row in page["items"]]
        if not page["hasMore"]:
            break
    assert len(read) == len(set(read)) == 18
