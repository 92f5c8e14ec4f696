"""Line items as lines of a deal: what is clear is mapped, everything else is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.deal import Deal, DealLine
from domain.ledger.money import Money
from sandbox.hubspot.derived import derived
from sources.hubspot.account import HubSpotAccount, PropertyNames
from sources.hubspot.moments import Length, day_of, length_of
from sources.hubspot.rest.records import LineProperties, Record
from sources.hubspot.values import Unreadable
from sources.hubspot.won.lines import line_of, position
from sources.hubspot.won.mapping import Found, deal_of
from sources.hubspot.won.notes import Notes
from tests.sources.hubspot.world import line_item, record

ACCOUNT = HubSpotAccount()
STARTS = "2026-04-01"


def mapped(text: str = "1 x 100.00", **properties: str) -> DealLine:
    found = line_of(line_item(text, **properties), "USD", None, ACCOUNT)
    assert isinstance(found, DealLine), found
    return found


def names(text: str = "1 x 100.00", **properties: str) -> list[str]:
    found = line_of(line_item(text, **properties), "USD", None, ACCOUNT)
    assert isinstance(found, tuple), found
    return [problem.name for problem in found]


def recurring(every: str = "monthly", period: str = "", **properties: str) -> dict[str, str]:
    given = {"recurringbillingfrequency": every, "hs_recurring_billing_start_date": STARTS}
    return given | ({"hs_recurring_billing_period": period} if period else {}) | properties


@pytest.mark.parametrize(
    ("word", "frequency", "count"),
    [
        ("weekly", "week", 1),
        ("biweekly", "week", 2),
        ("monthly", "month", 1),
        ("quarterly", "quarter", 1),
        ("per_six_months", "half_year", 1),
        ("annually", "year", 1),
        ("per_two_years", "year", 2),
        ("per_five_years", "year", 5),
        ("", "once", 1),
    ],
)
def test_frequencies(word: str, frequency: str, count: int) -> None:
    line = mapped(**recurring(word))
    assert (line.frequency, line.interval_count) == (frequency, count)
    assert line.billed == ("advance" if word else "once")


@pytest.mark.parametrize(
    ("properties", "months", "ends_on"),
    [
        (recurring(period="P12M"), 12, None),
        (recurring(period="P1Y6M"), 18, None),
        (recurring("weekly", "P12W"), None, date(2026, 6, 23)),
        (recurring("", "P90D"), None, date(2026, 6, 29)),
        (recurring("", "P1Y"), 12, None),
        (recurring(hs_recurring_billing_number_of_payments="8"), 8, None),
        (recurring("quarterly", hs_recurring_billing_number_of_payments="4"), 12, None),
        (recurring("biweekly", hs_recurring_billing_number_of_payments="2"), None,
         date(2026, 4, 28)),
        (recurring(hs_term_in_months="6"), 6, None),
        (recurring(hs_term_in_months="6", hs_recurring_billing_terms="AUTOMATICALLY_RENEW"),
         None, None),
        (recurring(period="P1Y", hs_recurring_billing_end_date="2027-04-01"), 12, None),
        (recurring(period="P1Y", hs_recurring_billing_end_date="2027-03-31"), 12, None),
        (recurring(period="P1Y", hs_recurring_billing_end_date="2027-03-01"), 12, None),
        (recurring("", hs_recurring_billing_end_date="2026-12-31"), None, date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_terms(properties: dict[str, str], months: int | None, ends_on: date | None) -> None:
    line = mapped(**properties)
    assert (line.term_months, line.ends_on, line.starts_on) == (months, ends_on, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"recurringbillingfrequency": "fortnightly"}, "frequency_unknown"),
        (recurring(period="24"), "term_unreadable"),
        (recurring(period="P0M"), "term_unreadable"),
        (recurring(period="P12M", hs_recurring_billing_number_of_payments="6"), "payments_differ"),
        (recurring("annually", "P18M", hs_recurring_billing_number_of_payments="2"),
         "payments_differ"),
        (recurring(period="P12M", hs_term_in_months="6"), "term_differs"),
        (recurring(period="P12M", hs_term_in_months="6.5"), "term_unreadable"),
        (recurring("per_five_years", hs_recurring_billing_number_of_payments="900"),
         "term_unreadable"),
        (recurring(hs_recurring_billing_end_date="2027-03-31"), "end_without_term"),
        (recurring(period="P1Y", hs_recurring_billing_end_date="2028-03-31"), "end_differs"),
        (recurring(hs_recurring_billing_start_date="soon"), "date_unreadable"),
        ({"recurringbillingfrequency": "weekly", "hs_recurring_billing_period": "P6W"},
         "start_missing"),
        ({"hs_billing_start_delay_type": "hs_billing_start_delay_days"}, "start_delayed"),
        ({"hs_pricing_model": "graduated"}, "price_tiered"),
        ({"hs_line_item_currency_code": "EUR"}, "currency_differs"),
        ({"discount": "10", "hs_discount_percentage": "5"}, "discount_unclear"),
        ({"discount": "101"}, "discount_unclear"),
        ({"hs_discount_percentage": "-1"}, "discount_unclear"),
        ({"hs_discount_percentage": "ten"}, "discount_unclear"),
        ({"amount": "100.02"}, "amount_differs"),
        ({"amount": "many"}, "amount_differs"),
    ],
)  # fmt: skip
def test_what_is_unclear_is_named(properties: dict[str, str], expected: str) -> None:
    assert names(**properties) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" x 5", "quantity_unreadable"),
        ("-1 x 5", "quantity_unreadable"),
        ("1e3 x 5", "quantity_unreadable"),
        ("1 x ", "price_unreadable"),
        ("1 x -5", "price_unreadable"),
        ("1 x 1,000.00", "price_unreadable"),
        ("1 x 10000000000000.01", "price_unreadable"),
        ("1000000000 x 999999999", "price_unreadable"),
        ("0.001 x 0.123456789123456", "price_unreadable"),
    ],
)
def test_numbers_that_are_none(text: str, expected: str) -> None:
    assert names(text) == [expected]


def test_every_problem_of_a_line_is_told_at_once() -> None:
    assert names("x x y", recurringbillingfrequency="often") == [
        "quantity_unreadable",
        "price_unreadable",
        "frequency_unknown",
    ]


@pytest.mark.parametrize(
    ("text", "properties", "amount"),
    [
        ("3 x 33.335", {"amount": "100.005"}, 10_001),
        ("2 x 6000.00", {"amount": "12000.000"}, 1_200_000),
        ("1000 x 0.0004", {"amount": "0.400"}, 40),
        ("2 x 50", {"discount": "5", "amount": "90"}, 9_000),
        ("3 x 10", {"hs_discount_percentage": "33.333", "amount": "20.000"}, 2_000),
        ("2 x 50", {"discount": "0", "hs_discount_percentage": "0.00"}, 10_000),
        ("0 x 50", {"amount": "0"}, 0),
        ("1 x 50", {"discount": "50"}, 0),
    ],
)
def test_amounts(text: str, properties: dict[str, str], amount: int) -> None:
    assert mapped(text, **properties).amount == Money(amount, "USD")


def test_own_properties_say_timing_and_revenue_type() -> None:
    account = HubSpotAccount(names=PropertyNames(timing="when", revenue_type="what"))
    late = line_item(**recurring(period="P1Y", when="Arrears", what="subscription"))
    line = line_of(late, "USD", None, account)
    assert isinstance(line, DealLine)
    assert (line.billed, line.revenue_type) == ("arrears", "subscription")
    odd = line_of(line_item(when="sometime", what="gift"), "USD", None, account)
    assert isinstance(odd, tuple)
    assert [problem.name for problem in odd] == ["timing_unknown", "revenue_type_unknown"]


def test_a_weekly_term_may_start_with_the_deal() -> None:
    item = line_item(recurringbillingfrequency="weekly", hs_recurring_billing_period="P2W")
    line = line_of(item, "USD", date(2026, 4, 1), ACCOUNT)
    assert isinstance(line, DealLine)
    assert (line.starts_on, line.ends_on) == (None, date(2026, 4, 14))


def test_days_lengths_and_positions() -> None:
    assert day_of("2026-03-31T23:30:00Z", "Europe/Berlin") == date(2026, 4, 1)
    assert day_of("1774915200000") == date(2026, 3, 31)
    assert [day_of(text) for text in ("9999-12-31", "2026-02-30", "9" * 14, "x")] == [None] * 4
    assert length_of("P1Y2M1W1D") == Length(14, 8)
    assert [length_of(text) for text in ("P", "P0Y", "PT5M", "12", "P1.5M")] == [None] * 5
    order = [record("3"), record("2", hs_position_on_quote="1.0"), record("1")]
    assert [one.id for one in sorted(order, key=position)] == ["2", "1", "3"]


def test_what_hubspot_derives_never_contradicts_what_it_is_derived_from() -> None:
    for every in ("weekly", "monthly", "quarterly", "annually"):
        base = recurring(every, "P52W" if every == "weekly" else "P1Y")
        item = line_item("3 x 99.99", **base, hs_discount_percentage="12.5")
        made = derived({name: str(value) for name, value in item.properties.items()})
        assert isinstance(
            line_of(record(**(item.properties | made)), "USD", None, ACCOUNT), DealLine
        )


WORDS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["", "0", "1", "-1", "12", "99999999999999999999", "0.001", "1e9", "NaN", "P1Y", "P9999M",
         "P9999W", "P52W", "monthly", "weekly", "annually", "2026-01-31", "0001-01-01",
         "9999-12-31", "1774915200000", "-99999999999999", "2026-01-01T00:00:00+14:00", "true",
         "USD", "EUR", "JPY", "flat", "ACCEPTED", "AUTOMATICALLY_RENEW", "1" * 5_000, "٣",
         "a\x00b", "\ud800"]
    ),
    st.booleans(),
    st.lists(st.integers(), max_size=1),
)  # fmt: skip
LINES = st.fixed_dictionaries({}, optional=dict.fromkeys(LineProperties.model_fields, WORDS))
SANE = {"name": "Seat", "quantity": "2", "price": "10.00"}


@settings(max_examples=50, deadline=None)
@given(LINES, st.booleans(), st.sampled_from(["USD", "JPY", "KWD"]))
def test_no_line_raises(given: dict[str, object], sane: bool, currency: str) -> None:
    item = Record(id="1", properties=given | (SANE if sane else {}))
    found = line_of(item, currency, None, ACCOUNT)
    if isinstance(found, DealLine):
        assert found.amount.minor >= 0
        assert "\x00" not in found.product + found.description + found.sku
    else:
        assert found


@settings(max_examples=50, deadline=None)
@given(
    LINES,
    st.dictionaries(
        st.sampled_from(
            ["dealname", "amount", "deal_currency_code", "closedate", "begin", "end", "po",
             "hs_lastmodifieddate", "hs_merged_object_ids", "hs_currency", "domain", "email"]
        ),
        WORDS,
    ),
    st.booleans(),
)  # fmt: skip
def test_no_deal_raises_and_each_can_be_planned(
    line: dict[str, object], own: dict[str, object], quoted: bool
) -> None:
    account = HubSpotAccount(names=PropertyNames(starts_on="begin", ends_on="end", po_number="po"))
    empty = dict.fromkeys(("begin", "end", "po"))
    properties = {"deal_currency_code": "USD"} | empty | own
    found = Found(
        deal=Record(id="1", properties=properties),
        quote=Record(id="2", properties=own) if quoted else None,
        line_ids=("3",),
        lines=(Record(id="3", properties=line | SANE),),
        company_id="4",
        company=Record(id="4", properties={"name": "Acme"} | own),
        contacts=(Record(id="5", properties=own),),
    )
    deal = deal_of(found, account, Notes("deal 1"))
    if isinstance(deal, Deal):
        billing_of(deal, "c1", 1)
        assert deal.amount is None or abs(deal.amount.minor) < 2**63
        assert deal.version
    else:
        assert isinstance(deal, Unreadable)
        assert deal.problems
