"""Cases that the cash benchmark found: money that must not be applied alone, or that could be."""

from __future__ import annotations

from dataclasses import replace

from domain.matching.decision import Ambiguous, Matched
from domain.matching.matcher import decide
from domain.matching.receipt import Channel
from tests.domain.matching.ledgers import ALL_LIVE, book, claim, got, row, usd

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
