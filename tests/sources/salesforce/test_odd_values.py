"""Whatever a field of the right type holds, reading ends in a deal or in named problems."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.deal import Deal
from sandbox.salesforce.answers import double_text
from sources.salesforce.config import FieldNames, Reading
from sources.salesforce.rest import soql
from sources.salesforce.rest.wire import decode, is_id, long_id, plain_number, stamp_of
from sources.salesforce.values import Unreadable
from sources.salesforce.won.mapping import deal_from
from sources.salesforce.won.reading import Bundle, Misshapen, read
from sources.salesforce.won.records import (
    AccountRow,
    ContractRow,
    LineRow,
    OpportunityRow,
    QuoteRow,
    RoleRow,
    ScheduleRow,
)
from sources.salesforce.won.words import frequency_of

START = stamp_of("2026-03-01T09:00:00Z")
ID = "006000000000001AAA"
STAMP = "2026-03-01T09:00:00.000+0000"
ROW = {"Id": ID, "SystemModstamp": STAMP}

texts = st.none() | st.text(max_size=30) | st.sampled_from(
    ["Monthly", "annual", "every 3 months", "Advance", "arrears", "usage", "milestone", "term",
     "GBP", "JPY", "gbp", "http://[", "a@b.example", "\u202e1", "x" * 5_000]
)  # fmt: skip
numbers = st.none() | st.sampled_from(
    ["0", "-1", "1", "12", "600", "601", "0.0001", "1.0E7", "9.9E30", "-1.25E-4", "12.50"]
) | st.decimals(-10**12, 10**12, places=2).map(str)  # fmt: skip
days = st.none() | st.dates().map(str) | st.sampled_from(["2026-01-31", "2026-02-28", "2027-01-30"])
flags = st.booleans()
ids = st.sampled_from([None, ID, ID[:15], "001000000000001AAA"])
TERM = {"start": days, "end": days, "term_months": numbers, "frequency": texts, "timing": texts}


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({k: st.just(v) for k, v in ROW.items()} | columns)


opportunities = rows(
    Name=texts, StageName=texts, IsWon=flags, IsDeleted=flags, CloseDate=days, Amount=numbers,
    CurrencyIsoCode=st.sampled_from(["GBP", "JPY", "", None, "gbp"]), AccountId=ids,
    po_number=texts, terms=texts, **TERM,
)  # fmt: skip
lines = rows(
    ProductCode=texts, Quantity=numbers, UnitPrice=numbers, ListPrice=numbers, Discount=numbers,
    TotalPrice=numbers, ServiceDate=days, Description=texts, SortOrder=numbers, HasSchedule=flags,
    CurrencyIsoCode=st.sampled_from(["GBP", None, "JPY"]),
    Product2=st.none() | st.fixed_dictionaries({"Name": texts}),
    priced_per=texts, revenue_type=st.none() | texts, tax_code=texts, **TERM,
)  # fmt: skip
schedules = rows(OpportunityLineItemId=st.just(ID), Revenue=numbers, ScheduleDate=days, Type=texts)
accounts = rows(Name=texts, Website=texts, BillingStreet=texts, BillingCountry=texts,
                IsDeleted=flags, MasterRecordId=ids, ParentId=ids)  # fmt: skip
contracts = rows(AccountId=ids, StartDate=days, EndDate=days, ContractTerm=numbers, Status=texts)
quotes = rows(Status=texts, TotalPrice=numbers, ShippingHandling=numbers)
roles = rows(Role=texts, Contact=st.none() | st.fixed_dictionaries({"Email": texts}))


@settings(max_examples=50, deadline=None)
@given(
    opportunities, st.lists(lines, max_size=3), st.lists(schedules, max_size=2),
    st.none() | accounts, st.none() | contracts, st.lists(quotes, max_size=2),
    st.lists(roles, max_size=1), st.sampled_from(["term", "month", None]), texts,
)  # fmt: skip
def test_mapping_never_raises(
    won: Any, many: Any, plan: Any, account: Any, contract: Any, offers: Any, whom: Any, per: Any,
    named: str | None,
) -> None:  # fmt: skip
    try:
        bundle = Bundle(
            read(OpportunityRow, [won])[0],
            read(AccountRow, [account])[0] if account else None,
            read(LineRow, many),
            START,
            read(ScheduleRow, plan),
            read(QuoteRow, offers),
            contract=read(ContractRow, [contract])[0] if contract else None,
            roles=read(RoleRow, whom),
        )
    except Misshapen:
        assert "9.9E30" in str((won, many, plan, account, contract, offers))
        return
    fields = FieldNames(line_frequency="F__c", line_start="S__c" if named else "")
    found = deal_from(bundle, Reading("USD", fields, priced_per=per, timing="advance"))
    match found:
        case Deal():
            assert {line.unit_price.currency for line in found.lines} <= {found.currency}
            billed = billing_of(found, "7", 1)
            assert len(billed.lines) + len(billed.unbillable) == len(found.lines)
        case Unreadable():
            assert found.problems


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
@example(12_500_000, 0)
@example(1, 6)
def test_numbers_as_java_writes_them_are_read_exactly(digits: int, places: int) -> None:
    value, sign = Fraction(digits, 10**places), "-" if digits < 0 else ""
    whole, rest = divmod(abs(digits), 10**places)
    written = double_text(f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}")
    assert Fraction(plain_number(written)) == value
    assert "E" not in plain_number(written)


@pytest.mark.parametrize("text", ["", "1e", "NaN", "Infinity", "1,000", "1E400", "0x10", "١"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no number|out of range"):
        plain_number(text)


@given(st.text(max_size=60))
@example("O'Brien \\' OR Id != '")
def test_no_text_leaves_its_quotes(text: str) -> None:
    try:
        quoted = soql.literal(text)
    except soql.InvalidQuery:
        return
    inner = quoted[1:-1].replace("\\\\", "").replace("\\'", "")
    assert "'" not in inner
    assert not inner.endswith("\\")


def test_names_and_ids_are_checked_before_they_stand_in_a_query() -> None:
    for odd in ("Name; DROP", "Name FROM User", "1__c", "a.b.c.d.e.f", "", "Na me", "Näme"):
        with pytest.raises(soql.InvalidQuery):
            soql.select([odd], "Account", "Id != null")
    for odd in ("' OR 'a' = 'a", "006", "006000000000001AAB", ID.lower()):
        with pytest.raises(soql.InvalidQuery):
            soql.record_id(odd)
    assert is_id(ID)
    assert long_id("001D000000IRFma") == "001D000000IRFmaIAH"
    assert long_id("001D000000IqhSL") == "001D000000IqhSLIAZ"


def test_json_numbers_stay_as_they_were_written() -> None:
    raw = b'{"a": 1.0E7, "b": 0.10, "c": 12, "d": null}'
    assert decode(raw) == {"a": "1.0E7", "b": "0.10", "c": "12", "d": None}
    for broken in (b'{"a": NaN}', b"[" * 100_000, b"\xff", b""):
        with pytest.raises(ValueError):
            decode(broken)
    assert json.loads(raw)["a"] == 10_000_000


def test_times_in_any_zone_are_one_time() -> None:
    utc = stamp_of("2026-03-01T09:00:00.000+0000")
    assert stamp_of("2026-03-01T10:00:00+01:00") == utc == stamp_of("2026-03-01T09:00:00Z")
    for odd in ("2026-03-01", "2026-13-01T09:00:00Z", "now", "2026-03-01T09:00:00"):
        with pytest.raises(ValueError):
            stamp_of(odd)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Monthly", ("month", 1)),
        ("Semi-Annual", ("half_year", 1)),
        ("Every 2 Months", ("month", 2)),
        ("every 0 months", None),
        ("Bimonthly", None),
        ("Two-monthly", ("month", 2)),
        ("Up-front", ("once", 1)),
    ],
)
def test_words_for_how_often(word: str, meant: object) -> None:
    assert frequency_of(word, (("two monthly", "month", 2),)) == meant
