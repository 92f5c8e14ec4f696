"""The sandbox's SOQL answers as Salesforce's does, and refuses what Salesforce refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.salesforce.answers import QueryRefused, answer, double_text, encoded
from sandbox.salesforce.soql import MalformedQuery, parse
from sandbox.salesforce.store import NoSuchField, Org

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def org() -> Org:
    made = Org(lambda: AT)
    oak = made.create("Account", Name="O'Brien \\ Oak")
    elm = made.create("Account", Name="elm", ParentId=oak)
    for name, account, amount, day in (
        ("Small", oak, "10.5", "2026-01-10"),
        ("Large", elm, "12500000", "2026-02-10"),
        ("Loose", None, None, None),
    ):
        made.create("Opportunity", Name=name, AccountId=account, Amount=amount, CloseDate=day)
    return made


def rows(query: str, *, deleted: bool = False, where: Org | None = None) -> list[dict[str, Any]]:
    return answer(where or org(), parse(query), deleted=deleted, root="/services/data/v66.0")


def names(where: str, *, deleted: bool = False, org: Org | None = None) -> list[str]:
    query = f"SELECT Name FROM Opportunity WHERE {where} ORDER BY Id"
    return [row["Name"] for row in rows(query, deleted=deleted, where=org)]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("Name = 'SMALL'", ["Small"]),
        ("Name != 'small'", ["Large", "Loose"]),
        ("Amount > 10.5", ["Large"]),
        ("Amount >= 10.5 AND CloseDate < 2026-02-01", ["Small"]),
        ("Amount = null", ["Loose"]),
        ("Amount != null", ["Small", "Large"]),
        ("Amount < 1", []),
        ("(Name = 'Small' OR Name = 'Large') AND Account.ParentId = null", ["Small"]),
        ("NOT Name LIKE 'L%'", ["Small"]),
        ("Name LIKE '_arge'", ["Large"]),
        ("Name IN ('small', 'loose')", ["Small", "Loose"]),
        ("Name NOT IN ('small')", ["Large", "Loose"]),
        ("Account.Name = 'O\\'Brien \\\\ Oak'", ["Small"]),
        ("Account.Parent.Name LIKE 'O%'", ["Large"]),
        ("IsDeleted = false AND SystemModstamp = 2026-03-01T10:00:00+01:00",
         ["Small", "Large", "Loose"]),
        ("SystemModstamp > 2026-03-01T09:00:00Z", []),
    ],
)  # fmt: skip
def test_conditions(where: str, expected: list[str]) -> None:
    assert names(where) == expected


def test_parents_order_and_limit() -> None:
    found = rows("select Name, Account.Name, account.parent.name from Opportunity "
                 "order by Amount desc, Name limit 2")  # fmt: skip
    assert [row["Name"] for row in found] == ["Large", "Small"]
    assert found[0]["Account"]["Parent"]["Name"] == "O'Brien \\ Oak"
    assert found[1]["Account"]["Parent"] is None
    assert found[0]["attributes"]["type"] == "Opportunity"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT Nme FROM Account", "INVALID_FIELD"),
        ("SELECT Owner.Name FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Invoice", "INVALID_TYPE"),
        ("SELECT Id FROM Account WHERE SystemModstamp > '2026-03-01'", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE SystemModstamp > 2026-03-01", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Opportunity WHERE Amount = 'x'", "INVALID_FIELD"),
    ],
)
def test_what_does_not_exist_is_refused(query: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        rows(query)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT FROM Account",
        "SELECT Id Account",
        "SELECT Id FROM Account WHERE",
        "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
        "SELECT Id FROM Account WHERE Name = 'it's'",
        'SELECT Id FROM Account WHERE Name = "a"',
        "SELECT Id FROM Account LIMIT x",
        "SELECT Id FROM Account; DELETE",
        "SELECT Id FROM Account WHERE Name IN ()",
        "SELECT Id FROM Account WHERE Name NOT = 'a'",
        "SELECT Id FROM Account WHERE Name = b",
    ],
)
def test_what_is_no_query_is_refused(query: str) -> None:
    with pytest.raises(MalformedQuery):
        parse(query)


def test_the_recycle_bin_is_seen_by_query_all_only() -> None:
    made = org()
    (deal,) = [str(r["Id"]) for r in made.records["Opportunity"].values() if r["Name"] == "Small"]
    line = made.create("OpportunityLineItem", OpportunityId=deal, Quantity="2", UnitPrice="5")
    assert made.records["Opportunity"][deal]["Amount"] == "10"
    made.delete("Opportunity", deal)
    assert names("Name = 'Small'", org=made) == []
    assert names("Name = 'Small'", deleted=True, org=made) == ["Small"]
    assert made.records["OpportunityLineItem"][line]["IsDeleted"] is True
    with pytest.raises(NoSuchField):
        made.change("Opportunity", deal, Amout="1")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12", "12.0"), ("0", "0.0"), ("-1.5", "-1.5"), ("9999999.99", "9999999.99"),
        ("10000000", "1.0E7"), ("12500000", "1.25E7"), ("-123456789.12", "-1.2345678912E8"),
        ("0.0045", "0.0045"), ("0.00045", "4.5E-4"), ("100000000", "1.0E8"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_java_does(text: str, written: str) -> None:
    assert double_text(text) == written
    assert encoded({"a": [None, True, "x"]}) == '{"a":[null,true,"x"]}'
