"""Who paid, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.book import Book, account_key, build_book, payer_keys
from domain.matching.decision import Certainty, PayerFound
from domain.matching.item import Party, Remembered
from domain.matching.names import NameIndex, name_key, words_of
from domain.matching.payer import find_payer
from domain.matching.receipt import AccountScheme, PayerAccount
from domain.matching.settings import MatchSettings
from tests.domain.matching.ledgers import ON, account, claim, got

SETTINGS = MatchSettings(payment_services=("Bill.com", "Ariba Network"))
PARTIES = (
    Party(1, ("Acme Freight Inc.", "ACME"), accounts=(account(1),)),
    Party(2, ("Borealis Möbel GmbH",)),
    Party(3, ("Borealis Handels GmbH",)),
    Party(4, ("Corvel Holdings",)),
    Party(5, ("Corvel Retail Ltd",), parent_id=4),
    Party(6, ("Dupont & Frères SARL",)),
    Party(7, ("Dupont SARL",)),
    Party(8, ("Dupont SAS",)),
)
ITEMS = (
    claim("INV-10010 100.01 USD due 2026-03-01", 1),
    claim("INV-20020 60.00 USD due 2026-03-01", 2),
    claim("INV-30030 60.00 USD due 2026-03-01", 3),
    claim("INV-20021 75.50 USD due 2026-03-01", 2),
    claim("INV-40040 900.00 USD due 2026-03-01", 1),
)
IBAN = PayerAccount(AccountScheme.IBAN, "DE89370400440532013000")


def ledger(*remembered: Remembered, parties: tuple[Party, ...] = PARTIES) -> Book:
    return build_book(ITEMS, parties, remembered)


def who(
    name: str = "",
    text: str = "",
    *,
    amount: str = "42.00 USD",
    iban: bool = False,
    payer: int | None = None,
    book: Book | None = None,
) -> PayerFound:
    receipt = got(amount, text, payer=payer, name=name)
    if iban:
        receipt = replace(receipt, accounts=(IBAN,))
    return find_payer(receipt, book or ledger(), SETTINGS, ON)


def alias(key: str, customer: int, confirmed: int, declined: int = 0, days: int = 5) -> Remembered:
    return Remembered(key, customer, confirmed, declined, ON - timedelta(days=days))


def test_an_account_of_one_customer_is_certain() -> None:
    found = who(payer=1)
    assert (found.customer_id, found.certainty) == (1, Certainty.CERTAIN)
    assert found.family == {1}


def test_an_account_of_two_customers_tells_nothing_for_certain() -> None:
    shared = tuple(replace(p, accounts=(IBAN,)) for p in PARTIES[1:3])
    assert who(iban=True, book=ledger(parties=shared)).certainty is not Certainty.CERTAIN


def test_whom_the_source_or_a_person_names_is_certain() -> None:
    named = replace(got("1.00 USD", payer=1, name="Somebody"), customer_id=6, named_by="person")
    found = find_payer(named, ledger(), SETTINGS, ON)
    assert (found.customer_id, found.certainty) == (6, Certainty.CERTAIN)


@pytest.mark.parametrize(
    ("name", "customer"),
    [
        ("ACME FREIGHT", 1),
        ("Acme Freight, Incorporated", 1),
        ("BOREALIS MOEBEL", None),
        ("Borealis Mobel", 2),
        ("BOREALIS MÖBEL G.m.b.H.", 2),
        ("Borealis", None),
        ("Dupont", None),
        ("DUPONT & FRERES", 6),
        ("CORVEL RETAIL LTD 0042", 5),
        ("Nobody Known LLC", None),
        ("", None),
    ],
)
def test_a_name_is_likely_when_one_customer_alone_bears_it(name: str, customer: int | None) -> None:
    found = who(name)
    assert found.customer_id == customer
    assert found.certainty is (Certainty.LIKELY if customer else Certainty.UNKNOWN)


@pytest.mark.parametrize("name", ["Bill.com", "BILL COM INC", "ARIBA NETWORK FBO ACME"])
def test_payment_services_carry_no_identity(name: str) -> None:
    known = ledger(alias(name_key(name), 1, 9), alias(account_key(IBAN), 1, 9))
    assert who(name, iban=True, book=known) == PayerFound(
        evidence=(f"{name} pays for many: it tells nothing",)
    )


def test_aliases_that_people_confirmed_often_enough_are_certain_until_they_fade() -> None:
    key = name_key("Jane Q Public")
    assert who("Jane Q Public", book=ledger(alias(key, 6, 3))).certainty is Certainty.CERTAIN
    for weak in (alias(key, 6, 2), alias(key, 6, 3, days=400)):
        assert who("Jane Q Public", book=ledger(weak)).certainty is Certainty.LIKELY
    assert who("Jane Q Public", book=ledger(alias(key, 6, 0, declined=1))).customer_id is None


def test_an_account_that_paid_before_proves_with_the_ledgers_own_name() -> None:
    once = ledger(alias(account_key(IBAN), 6, 1))
    assert who("Dupont Frères", iban=True, book=once).certainty is Certainty.CERTAIN
    assert who("D.F. Trading", iban=True, book=once).certainty is Certainty.LIKELY
    thrice = ledger(alias(account_key(IBAN), 6, 3, days=900))
    assert who("D.F. Trading", iban=True, book=thrice).certainty is Certainty.CERTAIN


def test_a_name_and_an_invoice_number_that_agree_are_certain() -> None:
    found = who("Acme Freight", "INV-10010")
    assert (found.customer_id, found.certainty) == (1, Certainty.CERTAIN)


def test_a_number_alone_is_certain_only_with_its_exact_and_unequalled_amount() -> None:
    assert who(text="INV-10010").certainty is Certainty.LIKELY
    assert who(text="INV-10010", amount="100.01 USD").certainty is Certainty.CERTAIN
    assert who(text="INV-20020", amount="60.00 USD").certainty is Certainty.LIKELY
    both = who(text="INV-20020 INV-20021", amount="135.50 USD")
    assert (both.customer_id, both.certainty) == (2, Certainty.CERTAIN)


def test_what_contradicts_itself_is_not_certain() -> None:
    other = who("Acme Freight", "INV-20021", amount="75.50 USD")
    assert other.certainty is not Certainty.CERTAIN
    two = who("Acme Freight", iban=True, book=ledger(alias(account_key(IBAN), 6, 9)))
    assert (two.customer_id, two.certainty) == (6, Certainty.LIKELY)


def test_parents_and_children_are_one_family_if_the_seller_says_so() -> None:
    key = name_key("Corvel Retail")
    child = who("Corvel Retail", book=ledger(alias(key, 5, 5)))
    assert child.family == {4, 5}
    parent = who("Corvel Holdings", book=ledger(alias(name_key("Corvel Holdings"), 4, 5)))
    assert parent.certainty is Certainty.CERTAIN
    assert parent.family == {4, 5}
    apart = replace(SETTINGS, parent_pays_children=False)
    alone = find_payer(got("1.00 USD", payer=None, name="Corvel Holdings"), ledger(), apart, ON)
    assert alone.family == {4}


def test_legal_forms_and_accents_tell_nothing() -> None:
    assert name_key("Dupont & Frères, S.A.R.L.") == name_key("DUPONT & FRERES SARL")
    assert name_key("田中商事株式会社") != ""
    assert words_of("GmbH") == ("gmbh",)


def test_a_name_cut_short_by_the_bank_is_found_when_it_is_the_only_one() -> None:
    names = NameIndex()
    names.add(1, "Northwind Logistics International")
    names.add(2, "Northgate Printing")
    assert [hit.customer_id for hit in names.like("NORTHWIND LOGISTI")] == [1]
    names.add(3, "Northwind Logistics Iberia")
    first, second = names.like("NORTHWIND LOGISTI")
    assert first.score == second.score


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_parties_and_memory_has_no_influence(
    name: str, text: str, random: object
) -> None:
    memory = (alias(name_key("Acme"), 6, 1), alias(account_key(IBAN), 1, 1))
    one = build_book(ITEMS, PARTIES, memory)
    other = build_book(ITEMS[::-1], PARTIES[::-1], memory[::-1])
    receipt = replace(got("60.00 USD", text, payer=None, name=f"Acme {name}"), accounts=(IBAN,))
    assert find_payer(receipt, one, SETTINGS) == find_payer(receipt, other, SETTINGS)


def test_keys_of_a_payer() -> None:
    assert payer_keys("Acme, Inc.", (IBAN,)) == ("iban:DE89370400440532013000", "acme")
    assert payer_keys("", ()) == ()
