"""Examples of what is proved, what is doubtful and what is nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.payment import Application
from domain.matching.match import match
from domain.matching.outcome import Ambiguous, Matched, Payer, Unmatched
from tests.domain.matching.papers import ACME, NOBODY, inv, receipt

A = inv("INV-1001 100.00 USD due 2026-03-01")
B = inv("INV-1002 60.00 USD due 2026-03-02")
C = inv("INV-1003 40.00 USD due 2026-03-03")
EURO = inv("INV-1004 100.00 EUR due 2026-03-04")
OTHER = inv("INV-2001 100.00 USD due 2026-03-01", customer=2)


def _applied(outcome: object) -> dict[int, str]:
    assert isinstance(outcome, Matched), outcome
    return {line.invoice_id: line.amount.plain() for line in outcome.applications}


def test_exact_reference_and_sum_prove_it_even_without_a_payer() -> None:
    outcome = match(receipt("160.00 USD", "Payment INV-1001, inv 1002"), NOBODY, (C, B, A))
    assert _applied(outcome) == {1001: "100.00", 1002: "60.00"}
    assert isinstance(outcome, Matched)
    assert outcome.rule == "reference_exact"
    assert outcome.customer_id == 1
    assert "INV-1001" in outcome.reasons[0]


def test_a_part_of_the_one_named_invoice_is_a_partial_payment() -> None:
    outcome = match(receipt("25.50 USD", "INV-1001 first part"), NOBODY, (A, B))
    assert _applied(outcome) == {1001: "25.50"}


def test_single_amount_needs_a_certain_payer() -> None:
    assert _applied(match(receipt("60.00 USD"), ACME, (A, B))) == {1002: "60.00"}
    doubt = match(receipt("60.00 USD"), NOBODY, (A, B))
    assert isinstance(doubt, Ambiguous)
    assert doubt.candidates[0].numbers == ("INV-1002",)
    assert isinstance(match(receipt("60.00 USD"), Payer(1), (A, B)), Ambiguous)


@pytest.mark.parametrize(
    ("amount", "reference", "invoices", "word"),
    [
        ("100.00 USD", "", (A, inv("INV-1009 100.00 USD due 2026-03-08")), "several invoices"),
        ("100.00 USD", "", (A, B, C), "other invoices together"),
        ("100.00 USD", "INV-0999", (A,), "no open invoice"),
        ("100.00 USD", "INV-2001", (A, OTHER), "another customer"),
        ("200.00 USD", "INV-1001 INV-2001", (A, OTHER), "several customers"),
        ("100.00 USD", "INV-1004", (A, EURO), "EUR"),
        ("150.00 USD", "INV-1001", (A,), "100.00 USD open"),
        ("90.00 USD", "INV-1001 INV-1002", (A, B), "160.00 USD open"),
        ("100.00 USD", "INV-100-1", (A, inv("INV-100 1.00 USD due 2026-03-01")), "several"),
    ],
)
def test_doubt_goes_to_a_person(
    amount: str, reference: str, invoices: tuple[Invoice, ...], word: str
) -> None:
    outcome = match(receipt(amount, reference), ACME, invoices)
    assert isinstance(outcome, Ambiguous), outcome
    assert word in outcome.reasons[0]
    assert outcome.candidates


def test_nothing_near_is_unmatched() -> None:
    assert isinstance(match(receipt("5.00 USD"), NOBODY, (A, B)), Unmatched)
    assert isinstance(match(receipt("5.00 USD"), NOBODY, ()), Unmatched)
    assert isinstance(match(receipt("100.00 EUR"), ACME, (A,)), Unmatched)


def test_part_of_a_longer_number_is_no_reference() -> None:
    outcome = match(receipt("60.00 USD", "order 91002 77"), NOBODY, (A, B))
    assert isinstance(outcome, Ambiguous)
    assert outcome.candidates[0].points == 40


def test_the_same_number_at_two_customers_is_contested() -> None:
    twin = inv("INV-1001 100.00 USD due 2026-03-01", customer=2, id_=5)
    outcome = match(receipt("100.00 USD", "INV-1001"), NOBODY, (A, twin))
    assert isinstance(outcome, Ambiguous)
    assert {c.customer_id for c in outcome.candidates} == {1, 2}


def test_candidates_are_ranked_with_reasons_and_a_runner_up() -> None:
    outcome = match(receipt("100.00 USD", "INV-1001"), ACME, (A, B, C, OTHER))
    assert isinstance(outcome, Matched)
    assert outcome.runner_up is not None
    assert outcome.runner_up.numbers == ("INV-2001",)
    doubt = match(receipt("130.00 USD"), ACME, (A, B, C))
    assert isinstance(doubt, Ambiguous)
    first = doubt.candidates[0]
    assert first.applications == (
        Application(1001, A.open),
        Application(1002, receipt("30.00 USD").amount),
    )
    assert "it would pay a part only" in first.reasons


def test_a_used_up_receipt_matches_nothing() -> None:
    used = receipt("0.00 USD", "INV-1001")
    assert isinstance(match(used, ACME, (A,)), Unmatched)


def _paid(text: str) -> Invoice:
    invoice = inv(text)
    return replace(invoice, open=Money(0, invoice.open.currency), status=InvoiceStatus.PAID)


def test_what_is_paid_already_is_not_set_against_another_invoice_of_that_amount() -> None:
    paid, other = _paid("10045 60.00 USD due 2026-01-01"), inv("10099 60.00 USD due 2026-03-01")
    outcome = match(receipt("60.00 USD", "10045"), ACME, (paid, other))
    assert isinstance(outcome, Ambiguous)
    assert outcome.reasons == ("the reference names 10045, already paid",)


def test_a_second_payment_of_an_invoice_says_which_one_it_equals() -> None:
    outcome = match(receipt("60.00 USD"), ACME, (_paid("INV-7 60.00 USD due 2026-01-01"),))
    assert isinstance(outcome, Unmatched)
    assert outcome.reasons[0] == "it equals INV-7, already paid"


def test_the_monthly_amount_pays_the_open_month() -> None:
    last, this = _paid("INV-7 60.00 USD due 2026-01-01"), inv("INV-8 60.00 USD due 2026-02-01")
    assert _applied(match(receipt("60.00 USD"), ACME, (last, this))) == {8: "60.00"}


def test_a_year_is_no_reference_to_a_part_of_an_invoice() -> None:
    invoice = inv("2026 500.00 USD due 2026-03-01")
    assert isinstance(match(receipt("60.00 USD", "May 2026"), NOBODY, (invoice,)), Ambiguous)
    assert _applied(match(receipt("500.00 USD", "May 2026"), NOBODY, (invoice,))) == {
        2026: "500.00"
    }
