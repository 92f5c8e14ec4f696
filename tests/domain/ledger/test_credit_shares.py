"""Credits of an amount: to the cent with their tax, and never more than was billed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import CreditLimits, admitted, credit_findings
from domain.ledger.credit_shares import (
    line_taxes,
    nearest_gross,
    net_of,
    of_gross,
    of_lines,
    tax_with,
    undelivered,
)
from domain.ledger.credits import (
    CreditableInvoice,
    CreditableLine,
    CreditLine,
    CreditRequest,
    Ledger,
    Reason,
    credited,
    uncredited,
)
from domain.ledger.money import Money, total

BOOKS = Ledger("1", "EUR")
DAY = date(2026, 3, 10)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def billed(nets: list[int], percent: int) -> CreditableInvoice:
    """An invoice of lines in cents with tax of so many percent, nothing paid or credited."""
    amounts = [eur(net) for net in nets]
    tax = eur(round(sum(nets) * percent / 100))
    lines = tuple(
        CreditableLine(str(n), net, share, eur(0), eur(0))
        for n, (net, share) in enumerate(zip(amounts, line_taxes(tax, amounts), strict=True), 1)
    )
    whole = total(amounts, "EUR") + tax
    return CreditableInvoice("INV", BOOKS, whole, lines, eur(0), eur(0), eur(0), eur(0))


def request(invoice: CreditableInvoice, lines: tuple[CreditLine, ...]) -> CreditRequest:
    whole = total((part for line in lines for part in (line.amount, line.tax)), "EUR")
    return CreditRequest(BOOKS, DAY, lines, whole, eur(0), eur(0), Reason.BILLING_ERROR)


INVOICES = st.builds(
    billed, st.lists(st.integers(1, 500_00), min_size=1, max_size=4), st.integers(0, 25)
)


@settings(max_examples=50, deadline=None)
@given(INVOICES, st.lists(st.integers(1, 100), min_size=1, max_size=4))
def test_any_credits_until_nothing_is_left_give_all_of_the_tax_and_no_more(
    invoice: CreditableInvoice, percents: list[int]
) -> None:
    stands, asked = invoice, list[CreditRequest]()
    for percent in [*percents, 100]:
        left = {line.id: line.remaining for line in stands.lines}
        nets = {key: eur(rest.minor * percent // 100) for key, rest in left.items()}
        nets = {key: net for key, net in nets.items() if net}
        if not nets:
            continue
        lines = of_lines(stands, nets)
        one = request(stands, lines)
        assert admitted(credit_findings(one, stands, CreditLimits()))
        assert total((line.tax for line in lines), "EUR").minor >= 0
        stands, asked = credited(stands, one), [*asked, one]
    assert stands.open == stands.creditable == eur(0)
    assert all(not line.remaining and line.tax == line.tax_credited for line in stands.lines)
    for one in reversed(asked):
        stands = uncredited(stands, one)
    assert stands == invoice


@settings(max_examples=50, deadline=None)
@given(INVOICES, st.integers(1, 600_00))
def test_an_amount_is_met_to_the_cent_or_told_the_next_below(
    invoice: CreditableInvoice, minor: int
) -> None:
    gross = eur(min(minor, invoice.total.minor))
    lines = of_gross(invoice, gross)
    if lines is not None:
        assert request(invoice, lines).total == gross
        assert {line.line_id for line in lines} <= {line.id for line in invoice.lines}
        return
    lower = nearest_gross(invoice, gross)
    assert lower < gross
    assert not lower or net_of(invoice, lower) is not None


def test_the_whole_amount_takes_what_is_left_of_every_line() -> None:
    invoice = billed([3_333, 3_333, 3_334], 19)
    lines = of_gross(invoice, invoice.total)
    assert lines is not None
    assert [line.amount.minor for line in lines] == [3_333, 3_333, 3_334]
    assert [tax_with(invoice, eur(n)).minor for n in (3_333, 6_666, 10_000)] == [633, 1_267, 1_900]


def test_a_line_that_is_not_there_is_left_to_the_rules() -> None:
    invoice = billed([100], 0)
    (line,) = of_lines(invoice, {"9": eur(5)})
    found = credit_findings(request(invoice, (line,)), invoice, CreditLimits())
    assert "CRM-002" in {one.id for one in found}
    assert of_gross(billed([0], 0), eur(5)) is None
    assert nearest_gross(billed([0], 0), eur(1)) == eur(0)
    assert line_taxes(eur(0), [eur(0)]) == (eur(0),)
    assert not tax_with(billed([0], 0), eur(5))


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2025, 12, 31), 36_500),
        (date(2026, 1, 1), 36_400),
        (date(2026, 12, 30), 100),
        (date(2026, 12, 31), 0),
        (date(2027, 5, 1), 0),
    ],
)
def test_what_was_not_delivered_goes_by_days(on: date, left: int) -> None:
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert undelivered(eur(36_500), year, on) == eur(left)
    assert undelivered(eur(36_500), None, on) == eur(0)
