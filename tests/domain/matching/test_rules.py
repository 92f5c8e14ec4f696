"""Rules of the seller: what they fit, their order, and what the past says about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.ledger.money import Money
from domain.matching.decision import (
    Allocation,
    Certainty,
    Line,
    NotReceiptKind,
    PayerFound,
)
from domain.matching.dry_run import Past, dry_run
from domain.matching.item import Item, ItemKind
from domain.matching.pattern import Pattern, PatternError
from domain.matching.receipt import Channel, Receipt, Reference, ReferenceKind
from domain.matching.rules import (
    Action,
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    Shortfall,
    TreatShort,
    When,
    WholeBalanceOnly,
    apply_rules,
)

DAY = date(2026, 3, 1)
NOBODY = PayerFound()
ANY = When(sources=frozenset({"bai2"}))


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def came(amount: str = "100.00", payer: str = "ACME  West", reference: str = "PO 4711") -> Receipt:
    named = (Reference(ReferenceKind.REMITTANCE, reference),)
    return Receipt(7, usd(amount), DAY, Channel.WIRE, payer, references=named, source="bai2")


def rule(then: Action, when: When = ANY, name: str = "r", *, live: bool = True) -> Rule:
    return Rule(name, when, then, live)


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (When(payer_contains=("other", "acme west")), True),
        (When(payer_contains=("acme east",)), False),
        (When(reference_contains=("po 47",)), True),
        (When(reference_matches=Pattern(r"po \d{4}\b")), True),
        (When(reference_matches=Pattern(r"po \d{5}")), False),
        (When(at_least=(usd("100.00"),), at_most=(usd("100.00"),)), True),
        (When(at_least=(usd("100.01"),)), False),
        (When(at_most=(Money(10**9, "EUR"),)), False),
        (When(channels=frozenset({Channel.ACH})), False),
        (When(customers=frozenset({3})), False),
        (When(customers=frozenset({1}), currencies=frozenset({"USD"})), True),
    ],
)
def test_what_a_rule_fits(when: When, fits: bool) -> None:
    hit = apply_rules([rule(Hold(), when)], came(), PayerFound(1, Certainty.LIKELY))
    assert (hit is not None) is fits


def test_the_first_that_fits_decides_and_a_named_payer_lets_the_reading_go_on() -> None:
    rules = [
        rule(Hold("not yet live"), name="off", live=False),
        rule(PayerIs(4), name="who"),
        rule(PayerIs(5), name="who else"),
        rule(OldestFirst(4), name="oldest"),
        rule(Hold(), name="never reached"),
    ]
    hit = apply_rules(rules, came(), NOBODY)
    assert hit is not None
    assert (hit.names, hit.customer_id, hit.action) == (("who", "oldest"), 4, OldestFirst(4))


def test_no_rule_contradicts_a_certain_payer() -> None:
    sure = PayerFound(1, Certainty.CERTAIN, family=frozenset({1, 2}))
    assert apply_rules([rule(PayerIs(4))], came(), sure) is None
    assert apply_rules([rule(OldestFirst(4))], came(), sure) is None
    child = apply_rules([rule(PayerIs(2))], came(), sure)
    assert child is not None
    assert child.customer_id == 2


@pytest.mark.parametrize(
    "text",
    ["", "a+", "a*", "(a|b)", "a{1,9}b{1,9}c{1,99}", "a||b", "\\1", "a??", "[a", "x{99", "a" * 121],
)
def test_patterns_that_could_be_slow_or_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern(text)


def test_patterns_find_what_they_say() -> None:
    assert Pattern(r"INV[- ]?\d{3,6}|^PO").found_in("pays inv-1234")
    assert Pattern(r"INV[- ]?\d{3,6}|^PO").found_in("po 1")
    assert not Pattern(r"INV[- ]?\d{3,6}|^PO").found_in("the po 1 inv 12")


def invoice(id_: int, amount: str, due: int) -> Item:
    on = date(2026, 2, due)
    return Item(ItemKind.INVOICE, id_, f"INV-{id_}", 1, usd(amount), usd(amount), on, on)


def line(id_: int, amount: str, writeoff: str = "0") -> Line:
    zero = usd("0")
    kind = ItemKind.INVOICE
    return Line(kind, id_, f"INV-{id_}", usd(amount), zero, usd(writeoff), zero, zero)


def past(amount: str, *lines: Line, fee: str = "0", customer: int = 1) -> Past:
    allocation = Allocation(customer, lines, usd("0"), usd(fee))
    open_then = (invoice(1, "60.00", 1), invoice(2, "40.00", 2), invoice(3, "40.00", 3))
    return Past(came(amount), PayerFound(1, Certainty.LIKELY), allocation, open_then=open_then)


WRITE_OFF = TreatShort(Shortfall.WRITE_OFF, (usd("1.00"),), 200)
NO_RECEIPT = replace(past("9.00"), allocation=None, kind=NotReceiptKind.PAYOUT)


@pytest.mark.parametrize(
    ("then", "history", "told"),
    [
        (PayerIs(1), past("60.00", line(1, "60.00")), ""),
        (PayerIs(1), past("60.00", line(1, "60.00"), customer=2), "customer 2"),
        (PayerIs(1), NO_RECEIPT, "payout"),
        (NoReceipt(NotReceiptKind.PAYOUT), NO_RECEIPT, ""),
        (NoReceipt(NotReceiptKind.FEE), NO_RECEIPT, "something else"),
        (NoReceipt(NotReceiptKind.PAYOUT), past("60.00", line(1, "60.00")), "applied it"),
        (OldestFirst(1), past("80.00", line(1, "60.00"), line(2, "20.00")), ""),
        (OldestFirst(1), past("40.00", line(2, "40.00")), "other invoices"),
        (WholeBalanceOnly(), past("140.00", line(1, "60"), line(2, "40"), line(3, "40")), ""),
        (WholeBalanceOnly(), past("140.00", line(1, "60.00"), line(2, "40.00")), "whole balance"),
        (WRITE_OFF, past("59.50", line(1, "59.50", "0.50")), ""),
        (WRITE_OFF, past("59.50", line(1, "59.50")), "took 0.00 USD of it for a write_off"),
        (WRITE_OFF, past("58.50", line(1, "58.50")), ""),
        (TreatShort(Shortfall.FEE, (usd("9"),)), past("52", line(1, "60"), fee="8"), ""),
        (TreatShort(Shortfall.FEE, (usd("9"),)), past("52", line(1, "52")), "for a fee"),
    ],
)
def test_the_past_speaks_against_a_rule_or_not(then: Action, history: Past, told: str) -> None:
    found = dry_run([rule(then, live=False)], [history])
    assert (found.tried, found.fitted) == (1, 1)
    assert found.may_go_live is not bool(told)
    assert found.agreed == (0 if told else 1)
    assert [told in d.told for d in found.differences] == ([True] if told else [])


def test_waiting_differs_and_contradicts_nobody() -> None:
    history = [past("40.00", line(2, "40.00")), replace(past("40.00"), receipt=came(payer="Zed"))]
    only_acme = When(payer_contains=("acme",))
    found = dry_run([rule(WholeBalanceOnly(), only_acme)], history)
    assert (found.tried, found.fitted, found.agreed, found.may_go_live) == (2, 1, 0, True)
    assert [d.contradicts for d in found.differences] == [False]
