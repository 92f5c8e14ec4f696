"""The deal of a contract: what can be billed, and what a person has to settle first."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.contract.correcting import corrected, without
from domain.ledger.contract.deal import deal_of
from domain.ledger.contract.terms import TermName
from domain.ledger.deal import Deal
from domain.ledger.money import Money
from tests.domain.ledger.contract.said import read


def ids(*more: tuple[TermName, str], settled: frozenset[str] = frozenset()) -> set[str]:
    """The findings that keep an order with these words from being a deal."""
    deal = deal_of(read(*more), "c1", settled)
    assert not isinstance(deal, Deal)
    return {finding.id for finding in deal}


def test_an_order_becomes_a_deal_that_can_be_billed() -> None:
    terms = read(
        ("fee", "platform subscription at $10.00 per user per month for 30 users"),
        ("fee", "a one-time setup fee of $900"),
        ("bill_to", "ap@callister.example"),
        ("po_number", "4500-7"),
    )
    deal = deal_of(terms, "c1")
    assert isinstance(deal, Deal)
    assert (deal.source, deal.version, deal.terms) == ("contract", "d1", "30 days from receipt")
    assert (deal.starts_on, deal.ends_on) == (date(2026, 1, 31), date(2028, 1, 30))
    assert (deal.customer.emails, deal.po_number) == (("ap@callister.example",), "4500-7")
    seats, setup = deal.lines
    assert (seats.frequency, seats.billed, seats.priced_per) == ("quarter", "advance", "month")
    assert (seats.amount, setup.amount) == (Money(30_000, "USD"), Money(90_000, "USD"))
    billing = billing_of(deal, "7", 1)
    assert (len(billing.lines), billing.unbillable) == (2, ())


def test_a_price_that_steps_up_has_one_line_a_year() -> None:
    deal = deal_of(read(("fee", "Year 1: $1,200"), ("fee", "Year 2: $2,400")), "c1")
    assert isinstance(deal, Deal)
    assert [(line.starts_on, line.ends_on, line.unit_price.minor) for line in deal.lines] == [
        (date(2026, 1, 31), date(2027, 1, 30), 120_000),
        (date(2027, 1, 31), date(2028, 1, 30), 240_000),
    ]
    assert billing_of(deal, "7", 1).unbillable == ()


def test_a_minimum_owed_with_each_bill_belongs_to_the_usage() -> None:
    deal = deal_of(
        read(
            ("fee", "usage of $1 per call"),
            ("fee", "a minimum of $50 per quarter"),
            ("tax", "exclusive of tax"),
        ),
        "c1",
    )
    assert isinstance(deal, Deal)
    (line,) = deal.lines
    assert (line.billed, line.frequency, line.minimum) == ("usage", "quarter", Money(5_000, "USD"))
    assert deal.tax_included is False
    assert billing_of(deal, "7", 1).unbillable == ()


def test_percentages_that_make_up_the_whole_lose_no_cent() -> None:
    deal = deal_of(
        read(
            ("total", "a total of $100.01"),
            ("milestone", "33.3% upon signing"),
            ("milestone", "33.3% upon delivery"),
            ("milestone", "33.4% upon acceptance"),
        ),
        "c1",
    )
    assert isinstance(deal, Deal)
    assert sum(line.amount.minor for line in deal.lines) == 10_001


def test_milestones_share_the_total() -> None:
    deal = deal_of(
        read(
            ("milestone", "40% upon delivery"),
            ("milestone", "60% upon acceptance"),
            ("total", "a total of $1,000"),
        ),
        "c1",
    )
    assert isinstance(deal, Deal)
    assert [(line.billed, line.amount.minor) for line in deal.lines] == [
        ("milestone", 40_000),
        ("milestone", 60_000),
    ]


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        ((("fee", "subscription at $10 per user per month"),), "contract.quantity"),
        ((("fee", "a fee of $10"),), "contract.frequency"),
        ((("milestone", "40% upon delivery"),), "contract.percent"),
        ((("fee", "an annual fee of $10"), ("total", "a total of $25")), "contract.total"),
        ((("fee", "an annual fee of $10"), ("discount", "5% discount")), "contract.discount"),
        (
            (("fee", "an annual fee of EUR 10"), ("fee", "a one-time fee of $1")),
            "contract.two_currencies",
        ),
        ((("fee", "an annual fee of $10"), ("non_cash", "100 shares")), "contract.non_cash"),
        (
            (("fee", "usage of $1 per call"), ("fee", "a minimum of $50 per month")),
            "contract.minimum",
        ),
        ((("milestone", "40% upon delivery"), ("fee", "a fee of $10")), "contract.percent"),
        ((), "contract.missing.fee"),
    ],
)
def test_what_is_open_is_asked(more: tuple[tuple[TermName, str], ...], finding: str) -> None:
    assert finding in ids(*more)


def test_judgements_can_be_settled_and_gaps_cannot() -> None:
    words: tuple[tuple[TermName, str], ...] = (
        ("fee", "an annual fee of $10"),
        ("discount", "5% discount"),
    )
    settled = frozenset({"contract.discount"})
    assert isinstance(deal_of(read(*words), "c1", settled), Deal)
    gap = frozenset({"contract.frequency"})
    assert ids(("fee", "a fee of $10"), settled=gap) == {"contract.frequency"}


def test_milestones_that_are_more_or_less_than_the_total_are_asked_about() -> None:
    more: tuple[tuple[TermName, str], ...] = (
        ("milestone", "60% upon signing"),
        ("milestone", "$600 upon delivery"),
    )
    less: tuple[tuple[TermName, str], ...] = (
        ("milestone", "30% upon signing"),
        ("milestone", "60% upon delivery"),
    )
    assert ids(("total", "a total of $1,000"), *more) == {"contract.total"}
    assert ids(("total", "a total of $1,000"), *less) == {"contract.total"}


def test_a_price_and_the_milestones_it_is_paid_in_are_not_both_billed() -> None:
    stages: tuple[tuple[TermName, str], ...] = (
        ("milestone", "$500 upon signing"),
        ("milestone", "$500 upon delivery"),
    )
    price: tuple[TermName, str] = ("fee", "a license fee of $1,000 paid once")
    assert ids(price, *stages) == {"contract.twice"}
    assert ids(price, ("total", "a total of $1,000"), *stages) == {
        "contract.twice",
        "contract.total",
    }


def test_quarters_add_up_to_the_total_too() -> None:
    fee: tuple[TermName, str] = ("fee", "subscription of $100 per quarter")
    assert ids(fee, ("total", "a total of $700")) == {"contract.total"}
    assert isinstance(deal_of(read(fee, ("total", "a total of $800")), "c1"), Deal)


def test_bills_of_another_rhythm_than_the_price_are_asked_about() -> None:
    terms = read(
        ("fee", "subscription of $100 per quarter"),
        ("billing_frequency", "annually"),
        without=("billing_frequency",),
    )
    deal = deal_of(terms, "c1")
    assert not isinstance(deal, Deal)
    assert [finding.id for finding in deal] == ["contract.rhythm"]
    assert isinstance(deal_of(terms, "c1", frozenset({"contract.rhythm"})), Deal)


def test_advance_or_arrears_is_never_assumed() -> None:
    words: tuple[TermName, str] = ("fee", "support of $100 per year")
    terms = read(words, ("milestone", "$900 upon delivery"), without=("billing_timing",))
    everything = frozenset(f.id for f in terms.findings)
    deal = deal_of(terms, "c1", everything)
    assert not isinstance(deal, Deal)
    assert [finding.id for finding in deal] == ["contract.missing.billing_timing"]
    told = corrected(terms, "billing_timing", "arrears")
    assert told is not None
    after = deal_of(told, "c1")
    assert isinstance(after, Deal)
    assert after.lines[0].billed == "arrears"


@pytest.mark.parametrize(
    "name", ["fee", "billing_timing", "customer", "currency", "effective_on", "term", "signature"]
)
def test_a_term_taken_away_is_missing(name: TermName) -> None:
    terms = read(("fee", "subscription of $100 per year"))
    assert isinstance(deal_of(terms, "c1"), Deal)
    deal = deal_of(without(terms, name), "c1")
    assert not isinstance(deal, Deal)
    assert f"contract.missing.{name}" in {finding.id for finding in deal}
