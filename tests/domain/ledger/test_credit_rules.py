from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import (
    Claim,
    CreditLimits,
    Memo,
    Setting,
    admitted,
    credit_findings,
    expected_tax,
    setting_findings,
)
from domain.ledger.credits import (
    CreditableInvoice,
    CreditableLine,
    CreditLine,
    CreditRequest,
    Ledger,
    Reason,
    Treatment,
    credited,
    in_full,
    uncredited,
)
from domain.ledger.money import Money, total

ON = date(2026, 3, 10)
BOOKS = Ledger("C-1", "USD", "S-1", "A-1")
SERVICE = Span(date(2026, 3, 1), date(2026, 3, 31))


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def invoice(
    lines: str = "a 60.00, b 40.00", paid: str = "0.00", offset: str = "0.00", rate: str = ""
) -> CreditableInvoice:
    """Lines as `id amount [tax]`."""
    zero = usd("0.00")
    read = tuple(
        CreditableLine(w[0], usd(w[1]), usd(w[2]) if len(w) > 2 else zero, zero, zero)
        for w in (text.split() for text in lines.split(","))
    )
    whole = total((part for line in read for part in (line.amount, line.tax)), "USD")
    return CreditableInvoice("INV-1", BOOKS, whole, read, usd(paid), usd(offset), zero, zero, rate)


def request(
    lines: str, offset: str = "0.00", refund: str = "0.00", balance: str = "0.00"
) -> CreditRequest:
    taken = tuple(
        CreditLine(w[0], usd(w[1]), usd(w[2]) if len(w) > 2 else usd("0.00"), SERVICE)
        for w in (text.split() for text in lines.split(","))
    )
    return CreditRequest(
        BOOKS, ON, taken, usd(offset), usd(refund), usd(balance), Reason.BILLING_ERROR
    )


def ids(
    asked: CreditRequest, of: CreditableInvoice, limits: CreditLimits | None = None
) -> list[str]:
    return [finding.id for finding in credit_findings(asked, of, limits or CreditLimits())]


PAID = invoice(paid="100.00")


@pytest.mark.parametrize(
    ("asked", "of", "broken"),
    [
        (request("a 60.00, b 40.00", "100.00"), invoice(), []),
        (request("a 60.01", "60.01"), invoice(), ["CRM-002"]),
        (request("x 1.00", "1.00"), invoice(), ["CRM-002"]),
        (request("a 30.00, a 30.01", "60.01"), invoice(), ["CRM-002"]),
        (request("a 60.00", "50.00", balance="10.00"), invoice(), []),
        (request("a 60.00", "50.00"), invoice(), ["CRM-012"]),
        (request("a 60.00", "59.99"), invoice(), ["CRM-012"]),
        (request("a 60.00", refund="60.00"), invoice(), ["CRM-005"]),
        (request("a 60.00", refund="60.00"), PAID, []),
        (request("a 60.00", "60.00"), PAID, ["CRM-003"]),
        (request("a 60.00", "20.00", "40.00"), invoice(paid="80.00"), []),
        (request("a 60.00", "21.00", "39.00"), invoice(paid="80.00"), ["CRM-003"]),
        (request("a 0.00"), invoice(), ["CRM-013"]),
        (request("a -1.00, b 2.00", "1.00"), invoice(), ["CRM-013"]),
        (request("a 60.00", "70.00", balance="-10.00"), invoice(), ["CRM-013"]),
        (request("a 100.00", "100.00"), invoice("a 100.00, b -20.00"), ["CRM-001", "CRM-003"]),
        (request("a 100.00, b -20.00", "80.00"), invoice("a 100.00, b -20.00"), []),
        (request("a 100.00, b -30.00", "70.00"), invoice("a 100.00, b -20.00"), ["CRM-002"]),
        (request("a 90.00, b 10.00", "100.00"), invoice("a 100.00, b -20.00"),
         ["CRM-013", "CRM-001", "CRM-003"]),
    ],
)  # fmt: skip
def test_what_a_credit_may_not_do(
    asked: CreditRequest, of: CreditableInvoice, broken: list[str]
) -> None:
    assert ids(asked, of) == broken


@pytest.mark.parametrize(
    ("books", "count"),
    [
        (replace(BOOKS, customer_id="C-2"), 1),
        (replace(BOOKS, subsidiary_id="S-2", ar_account_id="A-2"), 2),
    ],
)
def test_credit_and_invoice_stand_in_the_same_books(books: Ledger, count: int) -> None:
    assert ids(replace(request("a 1.00", "1.00"), ledger=books), invoice()) == ["CRM-004"] * count


def test_another_currency_is_told_without_adding_it_up() -> None:
    euro = Money(100, "EUR")
    none = Money.zero("EUR")
    asked = CreditRequest(
        replace(BOOKS, currency="EUR"), ON, (CreditLine("a", euro, none),), euro, none, none
    )
    assert ids(asked, invoice()) == ["CRM-004"]
    assert ids(replace(asked, ledger=BOOKS), invoice()) == ["CRM-004"]


def test_a_closed_period_names_the_first_open_day() -> None:
    closed = (Span(date(2026, 4, 1), date(2026, 4, 30)), Span(date(2026, 3, 1), date(2026, 3, 31)))
    limits = CreditLimits(closed=closed)
    (found,) = credit_findings(request("a 1.00", "1.00"), invoice(), limits)
    assert (found.id, found.values["first_open_on"]) == ("CRM-008", "2026-05-01")
    assert ids(request("a 1.00", "1.00"), invoice(), CreditLimits(closed=closed[:1])) == []


def test_a_line_of_tax_only() -> None:
    (line,) = invoice("a 0.00 5.00").lines
    assert expected_tax(line, usd("0.00")) == usd("5.00")


def test_more_than_a_person_may_approve() -> None:
    limits = CreditLimits(approves_up_to=usd("59.99"), next_role="the CFO")
    (found,) = credit_findings(request("a 60.00", "60.00"), invoice(), limits)
    assert (found.id, found.message) == ("CRM-010", "60.00 USD needs the CFO.")
    assert ids(request("a 59.99", "59.99"), invoice(), limits) == []
    assert ids(request("a 1.00", "1.00"), invoice(), CreditLimits(
        approves_up_to=Money(100, "EUR"))) == ["CRM-010"]  # fmt: skip


def test_the_rate_of_the_invoice() -> None:
    asked = replace(request("a 1.00", "1.00"), exchange_rate="1.10")
    assert ids(asked, invoice(rate="1.1")) == []
    assert ids(asked, invoice(rate="1.11")) == ["CRM-006"]
    assert ids(asked, invoice()) == ["CRM-006"]


def test_a_deferrable_line_wants_the_days_it_is_credited_for() -> None:
    of = invoice()
    of = replace(of, lines=(replace(of.lines[0], deferrable=True), of.lines[1]))
    asked = request("a 1.00", "1.00")
    assert ids(asked, of) == []
    bare = replace(asked, lines=(replace(asked.lines[0], service=None),))
    found = credit_findings(bare, of, CreditLimits())
    assert [f.id for f in found] == ["CRM-007"]
    assert admitted(found)


@pytest.mark.parametrize(
    ("reason", "treatment", "broken"),
    [
        (None, "reduce_revenue", True),
        (Reason.CANNOT_PAY, "reduce_revenue", True),
        (Reason.CANNOT_PAY, "bad_debt", False),
        (Reason.CONCESSION, "reduce_revenue", True),
        (Reason.CONCESSION, "contra_revenue", False),
        (Reason.SMALL_BALANCE, "small_difference", False),
        (Reason.DUPLICATE, "bad_debt", True),
    ],
)
def test_reason_and_treatment_agree(
    reason: Reason | None, treatment: Treatment, broken: bool
) -> None:
    asked = replace(request("a 1.00", "1.00"), treatment=treatment)
    asked = replace(asked, reason=reason)
    assert ids(asked, invoice()) == (["CRM-009"] if broken else [])


@pytest.mark.parametrize(
    ("taken", "broken"),
    [
        ("a 10.00 1.90", []),
        ("a 10.00 1.89", []),
        ("a 10.00 1.80", ["CRM-011"]),
        ("a 60.00 11.40", []),
        ("a 60.00 11.39", ["CRM-011"]),
        ("a 10.00", ["CRM-011"]),
    ],
)
def test_tax_is_credited_in_proportion(taken: str, broken: list[str]) -> None:
    asked = request(taken)
    asked = replace(asked, offset=asked.total)
    assert ids(asked, invoice("a 60.00 11.40, b 40.00 7.60")) == broken


def test_blocks_come_before_warnings() -> None:
    asked = replace(request("a 60.01", "60.01"), reason=None)
    found = credit_findings(asked, invoice(), CreditLimits())
    assert [f.id for f in found] == ["CRM-002", "CRM-009"]
    assert not admitted(found)


def test_many_memos_on_many_invoices() -> None:
    memos = [Memo("M1", BOOKS, usd("30.00")), Memo("M2", BOOKS, usd("50.00"))]
    claims = [Claim("I1", BOOKS, usd("40.00")), Claim("I2", BOOKS, usd("40.00"))]
    settings = [
        Setting("M1", "I1", usd("30.00")), Setting("M2", "I1", usd("10.00")),
        Setting("M2", "I2", usd("40.00")),
    ]  # fmt: skip
    assert setting_findings(memos, claims, settings) == ()
    more = [*settings, Setting("M2", "I2", usd("0.01"))]
    found = setting_findings(memos, claims, more)
    assert [(f.id, f.subject) for f in found] == [("CRM-003", "I2"), ("CRM-003", "M2")]
    assert setting_findings(memos, claims, reversed(more)) == found


def test_memos_of_other_books_are_not_set_off() -> None:
    other = replace(BOOKS, customer_id="C-2")
    memos = [Memo("M1", BOOKS, usd("30.00"))]
    claims = [Claim("I1", other, usd("40.00")), Claim("I2", BOOKS, usd("40.00"))]
    wanted = [
        Setting("M1", "I1", usd("1.00")), Setting("M9", "I1", usd("1.00")),
        Setting("M1", "I9", usd("1.00")), Setting("M1", "I2", usd("0.00")),
        Setting("M1", "I2", Money(1, "EUR")),
    ]  # fmt: skip
    found = sorted(f.id for f in setting_findings(memos, claims, wanted))
    assert found == ["CRM-004", "CRM-004", "CRM-004", "CRM-004", "CRM-013"]


AMOUNTS = st.integers(0, 7_000)
REQUESTS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), max_size=8)


def _asked(a: int, b: int, offset: int, refund: int) -> CreditRequest:
    lines = (CreditLine("a", Money(a, "USD"), usd("0.00")),
             CreditLine("b", Money(b, "USD"), usd("0.00")))  # fmt: skip
    offset = min(offset, a + b)
    refund = min(refund, a + b - offset)
    rest = Money(a + b - offset - refund, "USD")
    return CreditRequest(
        BOOKS, ON, lines, Money(offset, "USD"), Money(refund, "USD"), rest, Reason.BILLING_ERROR
    )


@given(REQUESTS, st.integers(0, 10_000))
def test_credits_never_exceed_and_their_order_does_not_matter(
    wanted: list[tuple[int, int, int, int]], paid: int
) -> None:
    start = replace(invoice(), paid=Money(paid, "USD"))
    state, taken = start, []
    for each in wanted:
        asked = _asked(*each)
        if admitted(credit_findings(asked, state, CreditLimits())):
            state = credited(state, asked)
            taken.append(asked)
        assert min(state.open.minor, state.creditable.minor, state.refundable.minor) >= 0
        assert all(line.remaining.minor >= 0 for line in state.lines)
        assert state.offset + state.refunded + state.to_balance <= state.total
    other = start
    for asked in reversed(taken):
        assert admitted(credit_findings(asked, other, CreditLimits()))
        other = credited(other, asked)
    assert other == state
    for asked in taken:
        other = uncredited(other, asked)
    assert other == start


@given(st.integers(0, 10_000), st.integers(1, 5_999), st.integers(1, 9_999))
def test_a_full_credit_takes_exactly_what_is_left(paid: int, first: int, tax: int) -> None:
    of = invoice(f"a 60.00 {Money(tax, 'USD').plain()}, b 40.00")
    of = replace(of, paid=Money(paid, "USD"))
    part = Money(first, "USD")
    line = CreditLine("a", part, expected_tax(of.lines[0], part))
    amount = line.amount + line.tax
    partial = replace(in_full(of, ON, Reason.BILLING_ERROR), lines=(line,))
    offset = min(amount, of.open)
    partial = replace(partial, offset=offset, to_balance=amount - offset)
    assert ids(partial, of) == []
    state = credited(of, partial)
    rest = in_full(state, ON, Reason.BILLING_ERROR)
    assert ids(rest, state) == []
    done = credited(state, rest)
    assert done.creditable == usd("0.00")
    assert all(line.remaining == usd("0.00") for line in done.lines)
    assert all(line.tax == line.tax_credited for line in done.lines)
