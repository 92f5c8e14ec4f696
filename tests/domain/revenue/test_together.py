"""Lines of an invoice that are priced apart: nothing is lost, and their order decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.revenue.plan import Method
from domain.revenue.reading import BilledLine, KnownItem
from domain.revenue.settings import ItemRule, RevenueSettings
from domain.revenue.together import Reads, SoldLine, read_lines

ITEMS = {key: KnownItem(key, f"Item {key}", f"4{key}", f"24{key}") for key in "12345"}


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def priced(**prices: int) -> RevenueSettings:
    """`priced(i1=900_00)`: stand-alone prices by item; nothing for the residual item."""
    rules = {
        name[1:]: ItemRule(stand_alone={"USD": usd(minor)}) if minor else ItemRule(residual=True)
        for name, minor in prices.items()
    }
    return RevenueSettings(items=rules, method=Method.EVEN_PERIODS)


def sold(number: int, item: str, minor: int, quantity: Fraction | None = Fraction(1)) -> SoldLine:
    days = (date(2026, 1, 1), date(2026, 12, 31))
    billed = BilledLine(
        f"invoice:7:{number}", "c", "1", "1", item, days[0], usd(minor), "USD",
        starts_on=days[0], ends_on=days[1],
    )  # fmt: skip
    return SoldLine(number, billed, quantity)


def amounts(reads: Reads) -> dict[str, int]:
    return {
        one.obligation.obligation_id.removeprefix("invoice:7:"): one.obligation.amount.minor
        for line in reads.values()
        for one in line
    }


def by_item(reads: Reads) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in reads.values():
        for one in line:
            found[one.item_netsuite_id] = (
                found.get(one.item_netsuite_id, 0) + one.obligation.amount.minor
            )
    return found


def test_a_line_gives_what_others_are_allocated_on_its_own_deferred_account() -> None:
    lines = [sold(1, "1", 1_000_00), sold(2, "2", 500_00)]
    reads = read_lines(lines, ITEMS, priced(i1=900_00, i2=300_00), together=True)
    assert amounts(reads) == {"1": 1_000_00, "2": 375_00, "2~1": 125_00}
    part = reads[2][1]
    assert [one.stand_alone for line in reads.values() for one in line] == [
        usd(900_00), usd(300_00), None,
    ]  # fmt: skip
    assert (part.obligation.revenue_account, part.obligation.deferred_account) == ("41", "242")
    assert part.because == (
        "125.00 USD of line 2 is for line 1, allocated 1,125.00 USD:"
        " 1,500.00 USD x 90000 / 120000 by stand-alone price"
    )


def test_the_residual_line_takes_what_the_prices_leave_or_all_wait() -> None:
    known = priced(i1=900_00, i2=0)
    lines = [sold(1, "1", 1_000_00), sold(2, "2", 500_00)]
    assert by_item(read_lines(lines, ITEMS, known, together=True)) == {"1": 900_00, "2": 600_00}
    cheap = [sold(1, "1", 400_00), sold(2, "2", 500_00)]
    reads = read_lines(cheap, ITEMS, known, together=True)
    assert [one.hold for line in reads.values() for one in line] == ["no_price", "no_price"]
    assert amounts(reads) == {"1": 400_00, "2": 500_00}


def test_a_line_without_price_or_quantity_leaves_every_line_at_its_own() -> None:
    own = {"1": 1_000_00, "2": 500_00}
    known = priced(i1=900_00, i2=300_00)
    lines = [sold(1, "1", 1_000_00), sold(2, "2", 500_00)]
    assert amounts(read_lines(lines, ITEMS, known, together=False)) == own
    assert amounts(read_lines(lines, ITEMS, priced(i1=900_00), together=True)) == own
    strange = [lines[0], replace(lines[1], quantity=None)]
    assert amounts(read_lines(strange, ITEMS, known, together=True)) == own


def test_usage_keeps_its_own_price_and_is_known_as_allocated() -> None:
    known = priced(i1=900_00, i2=300_00)
    usage = {**known.items, "3": ItemRule(method=Method.USAGE_AS_BILLED)}
    lines = [sold(1, "1", 1_000_00), sold(2, "2", 500_00), sold(3, "3", 70_00)]
    reads = read_lines(lines, ITEMS, replace(known, items=usage), together=True)
    assert amounts(reads) == {"1": 1_000_00, "2": 375_00, "2~1": 125_00, "3": 70_00}
    assert reads[3][0].because == "usage keeps its own price"


def test_what_was_revenue_when_it_was_billed_cannot_wait_for_the_service_of_another_line() -> None:
    items = ITEMS | {"2": replace(ITEMS["2"], deferral_account="")}
    at_once = sold(2, "2", 500_00)
    at_once = replace(at_once, billed=replace(at_once.billed, starts_on=None, ends_on=None))
    lines, known = [sold(1, "1", 1_000_00), at_once], priced(i1=900_00, i2=300_00)
    part = read_lines(lines, items, known, together=True)[2][1]
    assert (part.obligation.amount, part.obligation.deferred_account) == (usd(125_00), "42")
    assert (part.hold, part.obligation.terms.method) == ("no_deferral", Method.MANUAL)
    assert part.reason == "the item of line 2 has no deferred revenue account to hold it"
    other = read_lines(lines, items, priced(i1=900_00, i2=900_00), together=True)[1][1]
    assert (other.hold, other.obligation.deferred_account) == (None, "241")


LINES = st.lists(
    st.tuples(st.sampled_from("12345"), st.integers(1, 10_000_00), st.integers(1, 50)),
    min_size=2,
    max_size=6,
)


@given(LINES, st.lists(st.integers(1, 5_000_00), min_size=5, max_size=5))
def test_every_cent_stays_on_its_line_whatever_the_order(
    told: list[tuple[str, int, int]], prices: list[int]
) -> None:
    known = priced(**{f"i{n}": minor for n, minor in enumerate(prices, 1)})
    lines = [
        sold(n, item, minor, Fraction(quantity))
        for n, (item, minor, quantity) in enumerate(told, 1)
    ]
    reads = read_lines(lines, ITEMS, known, together=True)
    for n, (_, minor, _) in enumerate(told, 1):
        assert sum(one.obligation.amount.minor for one in reads[n]) == minor
        assert {one.obligation.deferred_account for one in reads[n]} == {f"24{told[n - 1][0]}"}
    assert all(one.because for line in reads.values() for one in line)
    assert read_lines(lines[::-1], ITEMS, known, together=True) == reads
    whole = sum(minor for _, minor, _ in told)
    weights = {item: Fraction(0) for item, _, _ in told}
    for item, _, quantity in told:
        weights[item] += quantity * prices[int(item) - 1]
    for item, minor in by_item(reads).items():
        fair = whole * weights[item] / sum(weights.values())
        assert abs(minor - fair) <= len(told)
