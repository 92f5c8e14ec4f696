"""Journals, likeness of names, customers, mappings, fixes and standing: values in, values out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from erp.mapping import Mapped, Mappings, resolved
from erp.review.customers import Prospect, candidates
from erp.review.draft import BillTo, Draft, DraftFacts, DraftLine
from erp.review.exact import converted, number, rounded, units
from erp.review.finding import Candidate
from erp.review.fixes import Refresh, fixed
from erp.review.journal import Posting, gaps, preview
from erp.review.names import domain_of, likeness, same_name
from erp.review.policy import MatchRules
from erp.review.standing import changes, differences, standing
from erp.review.subject import KnownLine
from erp.review.vat import valid_form
from tests.erp.review.cases import (
    ACCOUNTS,
    DRAFT,
    ITEMS,
    LINE,
    MASTERS,
    PLATFORM,
    day,
    prior,
    subject,
    usd,
    with_line,
)

AMOUNTS = st.integers(-10_000_000, 10_000_000)
RATES = st.decimals("0.0001", "9999", places=6).map(lambda d: format(d, "f"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Acme Corp", "Acme Europe GmbH", 53),
        ("First National Bank of Omaha", "First National Bank of Chicago", 75),
        ("SOFTBANK Corp.", "SoftBank Group Corp", 72),
        ("Müller & Söhne GmbH", "Muller Sohne", 100),
        ("I.B.M. Inc", "IBM", 100),
        ("", "Acme", 0),
    ],
)
def test_likeness_in_percent(one: str, other: str, alike: int) -> None:
    assert likeness(one, other) == likeness(other, one) == alike


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_whole_only_for_the_same_letters(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


def test_free_mail_tells_no_company() -> None:
    assert domain_of("joe@gmail.com") == ""
    assert domain_of("Joe@Brightwater.example") == "brightwater.example"
    assert same_name("The Co", "THE CO.")


BRIGHT = Prospect(7, "700", "C-700", "Brightwater Labs", "Brightwater Labs Inc", "US", "crm-9",
                  frozenset({"brightwater.example"}),
                  tax_ids=frozenset({"DE123456789"}))  # fmt: skip
LOOSE = replace(DRAFT, customer_id=None, customer_name="Brightwater Labs", bill_to=BillTo())


def match(draft: Draft, *others: Prospect, linked: str = "") -> tuple[Candidate, ...]:
    return candidates(draft, (BRIGHT, *others), MatchRules(), linked=linked)


@pytest.mark.parametrize(
    ("draft", "others", "linked", "accepted"),
    [
        (LOOSE, (), "", False),
        (LOOSE, (), "700", True),
        (replace(LOOSE, customer_email="ap@brightwater.example"), (), "", True),
        (replace(LOOSE, customer_email="ap@gmail.com"), (), "", False),
        (replace(LOOSE, bill_to=BillTo(country="US")), (), "", False),
        (replace(LOOSE, facts=DraftFacts(customer_external_id="crm-9")), (), "", True),
        (replace(LOOSE, facts=DraftFacts(customer_external_id="C-700")), (), "", True),
        (replace(LOOSE, facts=DraftFacts(customer_erp_id="700")), (), "", True),
        (replace(LOOSE, bill_to=BillTo(tax_id="DE 123.456.789")), (), "", True),
        (replace(LOOSE, bill_to=BillTo(tax_id="DE123456780")), (), "", False),
        (
            replace(LOOSE, customer_name="Zorn", facts=DraftFacts(customer_external_id="crm-9")),
            (), "", False,
        ),
        (
            replace(LOOSE, customer_email="ap@brightwater.example"),
            (replace(BRIGHT, id=8, netsuite_id="800", name="Brightwater Lab"),), "", False,
        ),
    ],
)  # fmt: skip
def test_who_is_chosen_without_a_question(
    draft: Draft, others: tuple[Prospect, ...], linked: str, *, accepted: bool
) -> None:
    found = match(draft, *others, linked=linked)
    assert found[0].netsuite_id == "700"
    assert found[0].accepted is accepted
    assert not any(one.accepted for one in found[1:])


def test_what_is_not_alike_is_not_proposed() -> None:
    assert match(replace(LOOSE, customer_name="Zorn Optics")) == ()


def test_a_line_becomes_an_item_by_choice_mapping_sku_default_or_guess() -> None:
    known = Mappings({
        ("item", "", "seat"): Mapped("11"),
        ("item", "file", "seat"): Mapped("10"),
        ("item", "", "*"): Mapped("13"),
    })  # fmt: skip

    def item(product: str, mappings: Mappings, source: str = "manual", chosen: str = "") -> object:
        line = DraftLine(product, usd("1.00"), item_netsuite_id=chosen)
        draft = replace(DRAFT, source=source, lines=(line,))
        (found,) = resolved(draft, mappings, ITEMS, guess_from=70)
        return found.item.netsuite_id if found.item else None, found.found

    assert item("Seat", known) == ("11", "mapped")
    assert item("seat", known, "file") == ("10", "mapped")
    assert item("seat", known, chosen="12") == ("12", "given")
    assert item("hosting", known) == ("13", "sku")
    assert item("Zeppelin", known) == ("13", "default")
    assert item("Hostings", Mappings()) == ("13", "guess")
    assert item("Zeppelin", Mappings()) == (None, "none")
    assert item("Zeppelin", Mappings({("item", "", "zeppelin"): Mapped("99")})) == (None, "mapped")


def test_classifications_come_from_line_then_invoice_then_default() -> None:
    known = Mappings({("class", "", "*"): Mapped("7")})
    line = replace(LINE, department_netsuite_id="1")
    draft = replace(DRAFT, lines=(line, LINE), department_netsuite_id="2")
    first, second = resolved(draft, known, ITEMS, guess_from=70)
    assert first.classes == {"department": "1", "class": "7", "location": ""}
    assert second.classes["department"] == "2"


def test_revenue_that_is_earned_later_is_deferred_and_tax_stands_apart() -> None:
    taxed = replace(LINE, tax=usd("80.00"))
    journal = subject(replace(DRAFT, lines=(PLATFORM, taxed))).journal
    assert [(j.account_netsuite_id, j.debit, j.credit) for j in journal] == [
        ("110", usd("2280.00"), None),
        ("250", None, usd("1200.00")),
        ("400", None, usd("1000.00")),
        ("260", None, usd("80.00")),
    ]


@given(st.lists(AMOUNTS, min_size=1, max_size=8), RATES, AMOUNTS)
def test_every_journal_balances_in_both_currencies(amounts: list[int], rate: str, tax: int) -> None:
    chosen = ("10", "11", "13", "12")
    lines = tuple(
        replace(LINE, amount=Money(minor, "EUR"), item_netsuite_id=chosen[n % 4])
        for n, minor in enumerate(amounts)
    )
    made = subject(replace(DRAFT, currency="EUR", lines=lines))
    posting = Posting(ACCOUNTS["111"], made.lines, Money(tax, "EUR"), None, "EUR", "USD", rate)
    assert gaps(preview(posting, MASTERS)) == ()


def test_without_a_rate_nothing_is_said_of_base_currency() -> None:
    made = subject(replace(DRAFT, subsidiary_netsuite_id="2"))
    assert {(j.base_debit, j.base_credit) for j in made.journal} == {(None, None)}


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("0.005", "USD", 1), ("-0.005", "USD", -1), ("1.4", "JPY", 1)]
)
def test_half_a_unit_goes_away_from_zero(text: str, currency: str, minor: int) -> None:
    value = number(text)
    assert value is not None
    assert rounded(value, currency) == Money(minor, currency)


def test_conversion_is_exact() -> None:
    assert converted(Money(100, "JPY"), "0.0067", "USD") == usd("0.67")
    assert converted(usd("1.00"), "one", "EUR") is None
    assert units(Money(1234, "KWD")) == number("1.234")


def test_fixes_change_what_they_say_and_nothing_else() -> None:
    spoiled = replace(with_line(amount=usd("1.00")), number="INV-50", due_on=day("2026-09-09"))
    made = subject(spoiled, same_external_id=prior())

    def after(name: str, part: str = "") -> Draft:
        found = fixed(name, part, made)
        assert isinstance(found, Draft)
        return found

    assert after("HDR-003") == replace(spoiled, number="")
    assert after("HDR-011") == replace(spoiled, due_on=day("2026-04-09"))
    assert after("LIN-005", "line 1") == replace(
        spoiled, lines=(replace(LINE, amount=usd("1000.00")),)
    )
    assert after("HDR-004") == replace(spoiled, netsuite_id="5000", state="pushed")
    assert fixed("LIN-005", "line 2", made) is None
    assert fixed("REV-001", "line 1", made) is None
    assert isinstance(fixed("SYN-004", "", made), Refresh)


def test_tax_is_left_to_the_erp_or_worked_out_again() -> None:
    taxed = with_line(tax=usd("99.00"), tax_rate="8.25")
    again = fixed("TAX-004", "", subject(taxed))
    assert isinstance(again, Draft)
    assert again.tax == usd("82.50")
    left = fixed("TAX-003", "", subject(taxed))
    assert isinstance(left, Draft)
    assert [line.tax for line in left.lines] == [None]


def test_standing_against_the_erps_copy() -> None:
    copy = prior(
        total=usd("1000.00"), issued_on=DRAFT.issued_on, due_on=day("2026-04-09"), po_number="",
        terms_netsuite_id="2", lines=(KnownLine(usd("1000.00"), "10"),),
    )  # fmt: skip
    pushed = replace(DRAFT, netsuite_id="5000", state="pushed")
    lines = subject(pushed).lines
    assert standing(None, ()) == "new"
    assert differences(pushed, lines, copy) == ()
    assert standing(copy, ()) == "up_to_date"
    taxed = replace(
        copy,
        total=usd("1080.00"),
        lines=(*copy.lines, KnownLine(usd("80.00"), "", "260", tax=True)),
    )
    assert differences(pushed, lines, taxed) == ()
    other = replace(copy, lines=(KnownLine(usd("1000.00"), "13"),), po_number="PO-9")
    found = differences(replace(pushed, po_number="PO-8"), lines, other)
    assert [one.field for one in found] == ["po_number", "line 1"]
    assert standing(other, found) == "has_changes"


def test_only_what_moves_no_money_may_be_changed() -> None:
    edited = replace(DRAFT, netsuite_id="5000", state="draft", po_number="", memo="new",
                     due_on=None, terms_netsuite_id="")  # fmt: skip
    assert changes(edited, prior(memo="old", terms_netsuite_id="2")) == {
        "po_number": ("PO-1", ""),
        "memo": ("old", "new"),
    }


@pytest.mark.parametrize(
    ("text", "country", "valid"),
    [("DE 123 456 789", "DE", True), ("123456789", "DE", False), ("EL123456789", "GR", True),
     ("DE123456789", "FR", False), ("GB123456789", "GB", False)],
)  # fmt: skip
def test_vat_numbers_by_form(text: str, country: str, *, valid: bool) -> None:
    assert valid_form(text, country) is valid
