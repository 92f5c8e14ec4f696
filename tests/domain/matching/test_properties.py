"""Matching never gives away more than came or than is open, and never depends on order."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from domain.ledger.payment import Application, Payment
from domain.matching.match import match
from domain.matching.outcome import Ambiguous, Certainty, Matched, Payer, Unmatched

DAY = date(2026, 3, 1)


@st.composite
def invoices(draw: st.DrawFn) -> tuple[Invoice, ...]:
    """Up to eight invoices of three customers on few price points, so that ties are common."""
    found = []
    for n in range(draw(st.integers(0, 8))):
        total = draw(st.sampled_from([1000, 2500, 5000, 7500, 10000]))
        open_ = draw(st.sampled_from([total, total // 2, 0]))
        currency = draw(st.sampled_from(["USD", "USD", "EUR"]))
        customer = draw(st.integers(1, 3))
        due = DAY + timedelta(days=draw(st.integers(-30, 30)))
        money, rest = Money(total, currency), Money(open_, currency)
        found.append(Invoice(n + 1, f"INV-{1000 + n}", customer, money, rest, due, due))
    return tuple(found)


@st.composite
def receipts(draw: st.DrawFn) -> Payment:
    amount = Money(draw(st.sampled_from([500, 1000, 2500, 3500, 5000, 7500, 15000])), "USD")
    named = draw(st.lists(st.integers(998, 1010), max_size=3))
    reference = " ".join(f"INV-{n}" for n in named)
    return Payment(1, "stripe", "ch_1", amount, amount, DAY, reference=reference)


payers = st.builds(
    Payer, st.sampled_from([1, 2, 3]), st.sampled_from(list(Certainty)), st.just("x")
)


def _lines(outcome: Matched | Ambiguous | Unmatched) -> list[tuple[Application, ...]]:
    if isinstance(outcome, Matched):
        rival = [outcome.runner_up.applications] if outcome.runner_up else []
        return [outcome.applications, *rival]
    return [c.applications for c in outcome.candidates]


@given(receipts(), payers, invoices())
def test_never_more_than_the_receipt_or_an_open_balance(
    payment: Payment, payer: Payer, items: tuple[Invoice, ...]
) -> None:
    opens = {i.id: i for i in items}
    for lines in _lines(match(payment, payer, items)):
        assert sum(line.amount.minor for line in lines) <= payment.amount.minor
        assert len({line.invoice_id for line in lines}) == len(lines)
        for line in lines:
            assert 0 < line.amount.minor <= opens[line.invoice_id].open.minor
            assert line.amount.currency == opens[line.invoice_id].open.currency
        assert len({opens[line.invoice_id].customer_id for line in lines}) == 1


@given(receipts(), payers, invoices(), st.randoms(use_true_random=False))
def test_order_is_irrelevant(
    payment: Payment, payer: Payer, items: tuple[Invoice, ...], shuffler: Random
) -> None:
    mixed = list(items)
    shuffler.shuffle(mixed)
    assert match(payment, payer, mixed) == match(payment, payer, items)


@given(payers, invoices())
def test_exact_references_with_the_exact_sum_always_win(
    payer: Payer, items: tuple[Invoice, ...]
) -> None:
    mine = [i for i in items if i.customer_id == payer.customer_id and i.open.currency == "USD"]
    chosen = [i for i in mine if i.collectable][:2]
    if not chosen:
        return
    amount = Money(sum(i.open.minor for i in chosen), "USD")
    text = " + ".join(i.number for i in chosen)
    outcome = match(Payment(1, "s", "1", amount, amount, DAY, reference=text), payer, items)
    assert isinstance(outcome, Matched)
    assert {line.invoice_id for line in outcome.applications} == {i.id for i in chosen}


@given(receipts(), payers, invoices())
def test_ties_are_never_guessed(payment: Payment, payer: Payer, items: tuple[Invoice, ...]) -> None:
    outcome = match(payment, payer, items)
    if not isinstance(outcome, Matched) or outcome.rule != "single_amount":
        return
    equal = [i for i in items if i.customer_id == payer.customer_id and i.open == payment.amount]
    assert len(equal) == 1
    assert payer.certainty is Certainty.CERTAIN
