"""Cases that the cash benchmark found: money that must not be applied alone, or that could be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.ledger.money import total
from domain.matching.book import Book
from domain.matching.decision import Ambiguous, Matched
from domain.matching.item import EarlyDiscount, Item, Remembered
from domain.matching.matcher import decide
from domain.matching.receipt import Channel, RemittanceRow
from tests.domain.matching.ledgers import ALL_LIVE, ON, book, claim, got, party, row, usd

FEES = replace(ALL_LIVE, fees=(usd("10"), usd("15"), usd("25"), usd("30")))


def test_a_stranger_who_names_a_number_of_ours_pays_no_part_of_it() -> None:
    """Other sellers count their invoices too."""
    ours = book([claim("2026/40679 5000.00 USD due 2026-03-01")])
    stranger = got("844.57 USD", "INV 2026/40679", payer=None, name="Granite Insurance Co")
    assert not isinstance(decide(stranger, ours, ALL_LIVE), Matched)


def test_only_a_wire_loses_a_bank_fee() -> None:
    ours = book([claim("INV-05584 2500.00 USD due 2026-03-01")])
    short = got("2470.00 USD", "INV-05584")
    by_ach = replace(short, channel=Channel.ACH)
    by_wire = replace(short, channel=Channel.WIRE)
    assert isinstance(decide(by_ach, ours, FEES), Ambiguous)
    assert isinstance(decide(by_wire, ours, FEES), Matched)


def test_a_fee_that_is_much_of_a_small_invoice_may_as_well_be_a_part_payment() -> None:
    ours = book([claim("INV-06001 398.00 USD due 2026-03-01")])
    short = replace(got("373.00 USD", "INV-06001"), channel=Channel.WIRE)
    assert isinstance(decide(short, ours, FEES), Ambiguous)


def test_a_part_that_was_paid_already_in_the_same_amount_may_be_sent_twice() -> None:
    whole = claim("INV-01103 2000.00 USD due 2026-03-01")
    half_paid = replace(whole, open=usd("1247.44"))
    again = replace(got("752.56 USD"), remittance=(row("INV-01103 752.56 USD"),))
    assert not isinstance(decide(again, book([half_paid]), ALL_LIVE), Matched)
    named = got("752.56 USD", "INV-01103")
    assert not isinstance(decide(named, book([half_paid]), ALL_LIVE), Matched)


def test_a_likely_name_and_the_exact_rows_of_an_advice_are_enough() -> None:
    ours = book(
        [
            claim("S-INV05089 1027.23 USD due 2026-03-01"),
            claim("S-INV05090 99.10 USD due 2026-03-01"),
        ],
        [party(1, "Prairie Brewing Holdings Inc"), party(2, "Other Ltd")],
    )
    paid = got("1027.23 USD", payer=None, name="PRAIRIE BREWING HOLDIN")
    advised = replace(paid, remittance=(row("S-INV05089 1027.23 USD"),))
    assert isinstance(decide(advised, ours, ALL_LIVE), Matched)


def test_a_payment_service_with_the_number_and_the_exact_odd_amount_is_enough() -> None:
    served = replace(ALL_LIVE, payment_services=("Bill.com",))
    items = [claim(f"INV-{n} {n}.37 USD due 2026-03-01", 1 + n % 3) for n in range(80102, 80132)]
    ours = book(items)
    named = got("80107.37 USD", "INV-80107", payer=None, name="Bill.com")
    assert isinstance(decide(named, ours, served), Matched)
    round_one = replace(named, amount=usd("500.00"))
    assert not isinstance(decide(round_one, ours, served), Matched)


def test_rows_that_a_scanner_misread_are_read_with_a_certain_payer() -> None:
    ours = book(
        [
            claim("S-INV05789 305.75 USD due 2026-03-01"),
            claim("S-INV06244 259.99 USD due 2026-03-01"),
        ]
    )
    rows = (row("S-INVO5789 305.75 USD"), row("S-INV06244 259.99 USD"))
    misread = replace(got("565.74 USD"), remittance=rows)
    assert isinstance(decide(misread, ours, ALL_LIVE), Matched)


def test_one_advice_for_two_payments_is_divided_where_it_can_be_in_one_way_only() -> None:
    items = [
        claim(f"INV-10{n} {a} USD due 2026-03-01")
        for n, a in ((1, "296.49"), (2, "163.08"), (3, "362.57"), (4, "2435.66"))
    ]
    rows = tuple(
        row(f"INV-10{n} {a} USD")
        for n, a in ((1, "296.49"), (2, "163.08"), (3, "362.57"), (4, "2435.66"))
    )
    first = replace(got("822.14 USD"), remittance=rows)
    decided = decide(first, book(items), ALL_LIVE)
    assert isinstance(decided, Matched)
    numbers = {line.number for line in decided.proposal.allocation.invoices}
    assert numbers == {"INV-101", "INV-102", "INV-103"}


def test_a_stranger_with_a_number_of_ours_and_a_price_of_ours_is_still_a_stranger() -> None:
    """Prices are round; a number and a list price meet by chance sooner or later."""
    items = [
        claim("INV-704419 29990.00 USD due 2026-03-01", 1),
        claim("INV-704420 99.00 USD due 2026-03-01", 2),
    ]
    stranger = got("29990.00 USD", "INV INV-704419", payer=None, name="Northgate Leasing LLC")
    assert not isinstance(decide(stranger, book(items), ALL_LIVE), Matched)
    known = replace(stranger, payer_name="FIRM1")
    assert isinstance(decide(known, book(items), ALL_LIVE), Matched)


def test_without_a_reference_no_discount_is_read_into_an_amount() -> None:
    """Payers take discounts late as well; then the same amount means another invoice."""
    items = [
        claim("INV-710670 5990.00 USD due 2026-03-01", off="59.90", until="2026-02-20"),
        claim("INV-711796 5990.00 USD due 2026-04-05", off="59.90", until="2026-03-20"),
    ]
    others = [claim(f"INV-9{n} {n}.13 USD due 2026-03-01", 2) for n in range(101, 140)]
    silent = got("5930.10 USD", payer=1)
    assert not isinstance(decide(silent, book([*items, *others]), ALL_LIVE), Matched)


def several_of_customer_8() -> tuple[list[Item], Book]:
    items = [claim(f"INV-51{n} {n * 13}.{n} USD due 2026-03-01", 8) for n in (83, 64, 91)]
    others = [claim(f"INV-52{n} {n * 17}.{n} USD due 2026-03-01", 9) for n in range(10, 60)]
    known = [party(8, "Dorset Foods Inc"), party(9, "Cedar Labs Ltd")]
    clearing = [
        Remembered("payrail clearing", customer, 5, 0, ON - timedelta(days=4))
        for customer in (8, 9)
    ]
    return items, book([*items, *others], known, remembered=clearing)


def test_numbers_that_sum_exactly_tell_which_of_several_known_payers_it_is() -> None:
    """A clearing house that nobody listed as a service, confirmed for two customers."""
    items, ours = several_of_customer_8()
    amount = f"{total((i.open for i in items), 'USD').plain()} USD"
    listed = got(amount, "INV-5183, INV-5164, INV-5191", payer=None, name="PayRail Clearing")
    assert isinstance(decide(listed, ours, ALL_LIVE), Matched)
    rows = tuple(RemittanceRow(i.number, paid=i.open, source="ctx") for i in items)
    advised = replace(got(amount, payer=None, name="PayRail Clearing"), remittance=rows)
    assert isinstance(decide(advised, ours, ALL_LIVE), Matched)
    other = replace(listed, amount=usd("1000.00"))
    assert not isinstance(decide(other, ours, ALL_LIVE), Matched)


def test_a_range_pays_all_of_the_payers_open_invoices_between_its_ends() -> None:
    items = [claim(f"INV-{n} {n}.37 USD due 2026-03-01") for n in range(40600, 40680, 5)]
    foreign = [claim(f"INV-{n} {n}.11 USD due 2026-03-01", 2) for n in range(40601, 40680, 5)]
    ranged = got(f"{total((i.open for i in items), 'USD').plain()} USD", "INV-40600-INV-40675")
    decided = decide(ranged, book([*items, *foreign]), ALL_LIVE)
    assert isinstance(decided, Matched)
    assert len(decided.proposal.allocation.invoices) == len(items)


def test_a_part_in_an_advice_is_not_believed_when_a_slip_of_the_pen_leads_elsewhere() -> None:
    """Only the amount tells a number from its neighbour; a part tells nothing."""
    items = [
        claim("INV-41331 9000.00 USD due 2026-03-01"),
        claim("INV-41313 8000.00 USD due 2026-03-02"),
    ]
    part = replace(got("5421.00 USD"), remittance=(row("INV-41313 5421.00 USD"),))
    assert not isinstance(decide(part, book(items), ALL_LIVE), Matched)
    whole = replace(got("8000.00 USD"), remittance=(row("INV-41313 8000.00 USD"),))
    assert isinstance(decide(whole, book(items), ALL_LIVE), Matched)
    alone = [items[1], claim("INV-50977 9000.00 USD due 2026-03-01")]
    assert isinstance(decide(part, book(alone), ALL_LIVE), Matched)


def test_a_date_is_no_mistyped_number() -> None:
    twins = [claim(f"{n} 490.00 USD due 2026-03-01") for n in (19202, 18421)]
    dated = got("490.00 USD", "10/19/2026 ACH CREDIT")
    assert not isinstance(decide(dated, book(twins), ALL_LIVE), Matched)


def test_a_part_sent_twice_waits_also_where_a_few_cents_would_be_left() -> None:
    tolerant = replace(ALL_LIVE, write_off=(usd("0.05"),), write_off_percent=100)
    half_paid = replace(claim("INV-44785 13.02 USD due 2026-03-01"), open=usd("6.53"))
    assert not isinstance(
        decide(got("6.49 USD", "INV-44785"), book([half_paid]), tolerant), Matched
    )


def test_a_bank_fee_that_may_be_a_discount_waits() -> None:
    """A late discount of one percent was a listed fee to the cent."""
    wires = replace(ALL_LIVE, fees=(usd("25.00"), usd("15.00")))
    round_one = claim("INV-63605 2500.00 USD due 2026-03-01")
    offered = EarlyDiscount(usd("15.00"), date(2026, 1, 10))
    late = replace(claim("INV-63605 1777.35 USD due 2026-03-01"), discount=offered)
    plain = claim("INV-63605 1777.35 USD due 2026-03-01")
    for item, came, alone in (
        (round_one, "2475.00 USD", False),
        (late, "1762.35 USD", False),
        (plain, "1762.35 USD", True),
    ):
        wire = replace(got(came, "INV-63605"), channel=Channel.WIRE)
        assert isinstance(decide(wire, book([item]), wires), Matched) is alone
