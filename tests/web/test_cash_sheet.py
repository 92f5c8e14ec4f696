"""The allocation sheet adds up exactly, says what is wrong, and reads no amount it must guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.matching.decision import Allocation, Line, MatchClass, Proposal
from domain.matching.item import Item, ItemKind
from domain.matching.receipt import Receipt
from flows.cash.queue import CandidateInvoice, QueueLine, ReceiptView
from store.receivables import PaymentRow
from web.allocation import Sheet, prefilled, typed
from web.typed import plain_amount, typed_amount

TODAY = date(2026, 3, 10)


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def item(kind: ItemKind, ident: int, open_: str, late: int = 10) -> Item:
    due_on = TODAY - timedelta(days=late)
    number = f"{'INV' if kind is ItemKind.INVOICE else 'CM'}-{ident}"
    return Item(kind, ident, number, 1, usd(open_), usd(open_), due_on, due_on)


def view(amount: str, invoices: dict[int, str], credits_: dict[int, str]) -> ReceiptView:
    """A receipt of `amount` beside open invoices and credits, by id."""
    row = PaymentRow(
        id=7, source="manual", source_id="W7", currency="USD", amount_minor=1, received_on=TODAY
    )
    money = usd(amount)
    line = QueueLine(
        7, TODAY, money, money, "ALDER", 1, "Alder", "", "manual", "", "", None, "waiting",
        "ambiguous", False, "", (), None, "", "", None,
    )  # fmt: skip
    found = (item(ItemKind.INVOICE, i, text) for i, text in invoices.items())
    return ReceiptView(
        line=line,
        row=row,
        receipt=Receipt(7, money, TODAY),
        decision=None,
        proposal_digests=(),
        advices=(),
        candidates=tuple(CandidateInvoice(i, "Alder", i.open, 10, False) for i in found),
        credits=tuple(item(ItemKind.CREDIT_MEMO, i, text) for i, text in credits_.items()),
        effects=(),
        history=(),
        journal=(),
        parts=(),
    )


def sheet(amount: str, **sent: str) -> Sheet:
    """What was typed for INV-1 of 100.00, INV-2 of 50.00 and the credit CM-3 of 20.00."""
    named = {name.replace("_", "."): text for name, text in sent.items()}
    named = {n.replace("credit.3", "credit.credit_memo.3"): t for n, t in named.items()}
    shown = view(amount, {1: "100.00", 2: "50.00"}, {3: "20.00"})
    return typed(shown, {"explicit": "exact", **named})


def test_an_exact_sheet_becomes_exactly_this_choice() -> None:
    found = sheet("125.00", pay_1="98.00", discount_1="2.00", pay_2="50", credit_3="20.00", fee="3")
    choice = found.choice()
    assert found.problems == {}
    assert choice is not None
    assert [(c.invoice_id, str(c.amount), c.discount) for c in choice.lines] == [
        (1, "98.00 USD", usd("2.00")),
        (2, "50.00 USD", None),
    ]
    assert [(c.kind, c.id, c.amount) for c in choice.credits] == [("credit_memo", 3, usd("20"))]
    assert (choice.fee, choice.keep_unapplied, choice.explicit) == (usd("3"), False, "exact")


@pytest.mark.parametrize(
    ("amount", "sent", "field", "said"),
    [
        ("125.00", {"pay_1": "1.2.3"}, "pay.1", "like 1,234.50"),
        ("125.00", {"pay_1": "12,50"}, "pay.1", "like 1,234.50"),
        ("125.00", {"pay_1": "-5"}, "pay.1", "like 1,234.50"),
        ("125.00", {"pay_1": "100.01"}, "pay.1", "at most 100.00 USD"),
        ("125.00", {"pay_1": "99", "discount_1": "2"}, "pay.1", "at most 100.00 USD"),
        ("125.00", {"pay_1": "98", "deduction_1": "3", "code_1": "other"}, "deduction.1", "left"),
        ("125.00", {"pay_1": "98", "deduction_1": "2"}, "code.1", "deducted for"),
        ("90.00", {"pay_1": "100", "credit_3": "20.01"}, "credit.credit_memo.3", "left"),
        ("125.00", {}, "sums", "at least one invoice"),
        ("125.00", {"pay_1": "100", "pay_2": "50"}, "sums", "25.00 USD more than there is"),
        ("125.00", {"pay_1": "100"}, "sums", "25.00 USD is left over"),
        ("125.00", {"pay_1": "75", "pay_2": "50"}, "sums", "stays open"),
        ("100.00", {"pay_1": "100", "explicit": "over"}, "sums", "Nothing is left over"),
    ],
)
def test_what_does_not_add_up_is_no_choice(
    amount: str, sent: dict[str, str], field: str, said: str
) -> None:
    found = sheet(amount, **sent)
    assert found.choice() is None
    assert said in found.problems[field]


@pytest.mark.parametrize(
    ("amount", "sent"),
    [
        ("75.00", {"pay_1": "75", "explicit": "partial"}),
        ("75.00", {"pay_1": "75", "deduction_1": "25", "code_1": "freight"}),
        ("120.00", {"pay_1": "100", "explicit": "over"}),
    ],
)
def test_a_difference_that_is_meant_is_a_choice(amount: str, sent: dict[str, str]) -> None:
    found = sheet(amount, **sent)
    choice = found.choice()
    assert choice is not None
    assert choice.keep_unapplied == (sent.get("explicit") == "over")


def test_an_amount_for_what_is_not_open_any_more_is_told() -> None:
    found = sheet("100.00", pay_1="100", pay_99="50")
    assert found.choice() is None
    assert "not open any more" in found.problems["sums"]
    assert sheet("100.00", pay_1="100", pay_99=" ", left="1").choice() is not None


@given(st.integers(0, 10_000), st.integers(0, 5_000), st.integers(0, 2_000), st.integers(0, 500))
@settings(max_examples=60)
def test_a_choice_never_applies_more_than_there_is(
    first: int, second: int, credit: int, fee: int
) -> None:
    whole = usd("90.00")
    texts = (Money(n, "USD").plain() for n in (first, second, credit, fee))
    sent = dict(zip(("pay_1", "pay_2", "credit_3", "fee"), texts, strict=True))
    for explicit in ("exact", "partial", "over"):
        choice = sheet("90.00", **sent, explicit=explicit).choice()
        if choice is None:
            continue
        applied = sum(line.amount.minor for line in choice.lines)
        there = whole.minor + sum(c.amount.minor for c in choice.credits) + fee
        assert applied < there if choice.keep_unapplied else applied == there


def test_a_proposal_written_into_the_sheet_is_that_proposal() -> None:
    zero = usd("0")
    line = Line(ItemKind.INVOICE, 1, "INV-1", usd("98"), usd("2"), zero, zero, zero)
    credit = Line(ItemKind.CREDIT_MEMO, 3, "CM-3", usd("20"), zero, zero, zero, zero)
    allocation = Allocation(1, (line,), zero, usd("3"), (credit,))
    proposal = Proposal(allocation, MatchClass.REFERENCE_ADJUSTED, 1, ())
    shown = view("75.00", {1: "100.00"}, {3: "20.00"})
    choice = prefilled(shown, proposal).choice()
    assert choice is not None
    assert (choice.lines[0].amount, choice.lines[0].discount) == (usd("98"), usd("2"))
    assert (choice.credits[0].amount, choice.fee, choice.explicit) == (
        usd("20"),
        usd("3"),
        "exact",
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1,234.50", 123450), ("1 234.5", 123450), ("1234", 123400), ("", 0), ("1\u00a0000", 100000)],
)
def test_amounts_as_people_write_them(text: str, minor: int) -> None:
    assert typed_amount(text, "USD") == Money(minor, "USD")


@pytest.mark.parametrize("text", ["1.234,50", "12,50", "1,2345", "1.005", "-1", "1e3", "٣", "1 2"])
def test_amounts_that_could_mean_something_else_are_refused(text: str) -> None:
    assert typed_amount(text, "USD") is None
    assert plain_amount(text) == text
