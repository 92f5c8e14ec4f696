"""Revenue events from short lines of text, and short texts from a ledger."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.events import (
    Billed,
    CashOnly,
    Credited,
    Modified,
    Obligation,
    PeriodClosed,
    PeriodReopened,
    RevenueEvent,
    Voided,
    WrittenOff,
)
from domain.revenue.layers import Role
from domain.revenue.ledger import RevenueLedger
from domain.revenue.modification import Treatment
from domain.revenue.periods import Monthly
from domain.revenue.plan import Method, Terms
from domain.revenue.posting import replay
from domain.revenue.reports import roll_forward


def line(
    name: str, amount: Money, terms: Terms, *, customer: str = "Elm", rate: Fraction = Fraction(1)
) -> Obligation:
    return Obligation(
        name, f"contract of {name}", customer, "Main", "subscription", "4000", "2400", "4090",
        amount, terms, rate, "USD",
    )  # fmt: skip


def event(text: str) -> RevenueEvent:
    """One event; a record may carry its revision as INV/2.

    "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31 [rate 1.1] [of Customer]",
    "credit CM of INV 2026-03-10 600.00 [2026-07-01 2026-12-31] [contra]",
    "write-off WO of INV 2026-04-10 300.00", "refund RF of CM 2026-04-10 300.00",
    "void V of CM 2026-05-01", "close 2026-01-31", "reopen 2026-01-31",
    "prospective MOD of INV 2026-04-01 200.00 [even_periods 2026-04-01 2027-03-31]".
    """
    kind, named, *rest = text.split()
    if kind in ("close", "reopen"):
        return _period(kind, date.fromisoformat(named), rest)
    record, _, revision = named.partition("/")
    number = int(revision or 1)
    if kind == "bill":
        return _bill(record, number, rest)
    of, on, *more = rest[1], date.fromisoformat(rest[2]), *rest[3:]
    if kind == "void":
        return Voided(record, number, of, on)
    amount = Money.parse(more[0], "USD")
    if kind == "credit":
        dates = [date.fromisoformat(word) for word in more[1:] if word[0].isdigit()]
        service = (dates[0], dates[1]) if dates else None
        return Credited(record, number, of, on, amount, service, "contra" in more)
    if kind == "write-off":
        return WrittenOff(record, number, of, on, amount)
    if kind == "refund":
        return CashOnly(record, number, of, on, amount)
    terms = _terms(more[1:]) if more[1:] else None
    return Modified(
        record, number, of, on, Treatment(kind), amount, "Noor", "agreed by mail", terms
    )


def _period(kind: str, on: date, rest: list[str]) -> RevenueEvent:
    again = rest[0] if rest else ""
    if kind == "close":
        return PeriodClosed(f"close {on} {again}", 1, on)
    return PeriodReopened(f"reopen {on} {again}", 1, on, "Noor", "an invoice was late")


def _terms(words: list[str]) -> Terms:
    return Terms(Method(words[0]), date.fromisoformat(words[1]), date.fromisoformat(words[2]))


def _bill(record: str, revision: int, words: list[str]) -> Billed:
    on, amount, method, starts_on, ends_on, *more = words
    extra = dict(zip(more[::2], more[1::2], strict=True))
    obligation = line(
        record,
        Money.parse(amount, "EUR" if "rate" in extra else "USD"),
        _terms([method, starts_on, ends_on]),
        customer=extra.get("of", "Elm"),
        rate=Fraction(extra.get("rate", "1")),
    )
    return Billed(record, revision, date.fromisoformat(on), obligation)


def ledger(text: str) -> RevenueLedger:
    """The ledger of the events of a text, one in each line."""
    events = [event(row.strip()) for row in text.strip().splitlines() if row.strip()]
    return replay(events, Monthly())


def posted(books: RevenueLedger, record: str = "", *, base: bool = False) -> dict[str, str]:
    """Amounts by posting period, of one record or of all."""
    found: dict[str, Money] = {}
    for row in books.postings:
        if record in ("", row.record_id):
            amount = row.base if base else row.amount
            name = row.posting_period.name
            found[name] = found[name] + amount if name in found else amount
    return {name: amount.plain() for name, amount in found.items()}


def contra(books: RevenueLedger) -> int:
    return sum(row.amount.minor for row in books.postings if row.role is Role.CONTRA)


def rolled(books: RevenueLedger, period: str, currency: str = "USD") -> str:
    """Opening, billings, recognized, adjustments, contra and closing of a period."""
    row = next(row for row in roll_forward(books, currency) if row.period.name == period)
    amounts = (row.opening, row.billings, row.recognized, row.adjustments, row.contra, row.closing)
    return " ".join(amount.plain() for amount in amounts)


def months(first: int, last: int, year: int = 2026) -> str:
    return "\n".join(f"close {year}-{month:02}-28" for month in range(first, last + 1))
