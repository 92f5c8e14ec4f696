"""The production ledger on vectors of kind scenario: dated facts, months closed one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from domain.ledger.money import Money
from domain.revenue.events import (
    Billed,
    CashOnly,
    Credited,
    Fact,
    Modified,
    Obligation,
    PeriodClosed,
    RevenueEvent,
    Voided,
    WrittenOff,
)
from domain.revenue.ledger import RevenueLedger
from domain.revenue.modification import Treatment
from domain.revenue.periods import Calendar, Period, following
from domain.revenue.posting import replay
from domain.revenue.reports import (
    Dimension,
    RollForward,
    recognized_by,
    roll_forward,
    waterfall,
)
from evals.revenue_reading import BadVector, Vector, calendar, day, money, rate, terms, text

_PREFIXES = {"CM": "credit", "RF": "refund", "WO": "write_off", "PAY": "payment", "VOID": "void"}
_KINDS = {
    "credit_memo": "credit", "writeoff": "write_off", "write-off": "write_off",
    "void_credit": "void", "modify": "modification",
}  # fmt: skip
_DIRECT = ("scope", "unused", "error", "duplicate")
_PIVOTS = {
    "recognized_by_customer": Dimension.CUSTOMER,
    "recognized_by_gl_account": Dimension.ACCOUNT,
    "recognized_by_type": Dimension.REVENUE_TYPE,
    "recognized_by_contract": Dimension.CONTRACT,
}


def scenario(vector: Vector) -> dict[str, Any]:
    """Every report at `as_of`, each month closed when it ends, facts known on their dates."""
    cut, as_of = calendar(vector), day(text(vector, "as_of"))
    facts = sorted(_facts(vector), key=lambda fact: (fact.on, fact.record_id))
    known = [fact for fact in facts if fact.on <= as_of]
    books = replay(_closing(known, cut, as_of), cut)
    currency = text(vector, "currency", default=_currency(known))
    found: dict[str, Any] = {"deferred_rollforward": _rolled(books, currency, cut.of(as_of))}
    for name, dimension in _PIVOTS.items():
        pivot = recognized_by(books, currency, dimension)
        found[name] = {
            period: {row: amount.plain() for row, amount in cells.items()}
            for period, cells in pivot.items()
        }
    left = waterfall(books, currency)
    found["waterfall"] = {period: amount.plain() for period, amount in left.items()}
    bad_debt = sum(row.bad_debt.minor for row in books.documents)
    found["bad_debt"] = Money(bad_debt, currency).plain()
    return found


def _currency(facts: Sequence[Fact]) -> str:
    found = {fact.obligation.amount.currency for fact in facts if isinstance(fact, Billed)}
    if len(found) > 1:
        raise BadVector("several currencies: the field currency says which one to report")
    return found.pop() if found else "USD"


def _closing(facts: Sequence[Fact], cut: Calendar, as_of: date) -> Iterator[RevenueEvent]:
    """Facts in order of date, every period closed before the first fact after it."""
    if not facts:
        return
    period = cut.of(facts[0].on)
    for fact in facts:
        while fact.on > period.ends_on:
            yield PeriodClosed(f"close {period.name}", 1, period.ends_on)
            period = following(cut, period)
        yield fact
    while period.starts_on <= as_of:
        yield PeriodClosed(f"close {period.name}", 1, period.ends_on)
        period = following(cut, period)


def _rolled(books: RevenueLedger, currency: str, last: Period) -> list[dict[str, str]]:
    """A row for each period from the first movement on; quiet periods carry the balance."""
    rows = {row.period: row for row in roll_forward(books, currency)}
    found, balance = list[dict[str, str]](), Money.zero(currency)
    period = min(rows, default=following(books.calendar, last))
    while period <= last:
        zero = Money.zero(currency)
        row = rows.get(period, RollForward(period, balance, zero, zero, zero, zero, balance))
        balance = row.closing
        names = ("opening", "billings", "recognized", "adjustments", "contra", "closing")
        found.append({"period": period.name} | {name: getattr(row, name).plain() for name in names})
        period = following(books.calendar, period)
    return found


def _facts(vector: Vector) -> Iterable[Fact]:
    rows = sorted(vector["facts"], key=lambda row: text(row, "date"))
    open_claims = dict[str, Money]()
    for row in rows:
        fact = _fact(row, vector.get("policy", {}), rows, open_claims)
        if isinstance(fact, Billed):
            open_claims[fact.record_id] = fact.obligation.amount
        elif isinstance(fact, Credited) or _kind(row) == "payment":
            _lower(open_claims, fact)
        yield fact


def _lower(open_claims: dict[str, Money], fact: Fact) -> None:
    if isinstance(fact, Credited | CashOnly) and fact.of in open_claims:
        open_claims[fact.of] -= fact.amount


def _kind(row: Vector) -> str:
    named = row.get("kind") or row.get("type")
    if named:
        return _KINDS.get(str(named), str(named))
    prefix = text(row, "id").split("-")[0]
    return _PREFIXES.get(prefix, "credit") if "of" in row else "invoice"


def _fact(
    row: Vector, policy: Vector, rows: Sequence[Vector], open_claims: dict[str, Money]
) -> Fact:
    record, on = text(row, "id"), day(text(row, "date"))
    kind = _kind(row)
    if kind == "invoice":
        return Billed(record, 1, on, _obligation(row))
    of = text(row, "of")
    currency = next((text(r, "currency", default="USD") for r in rows if r["id"] == of), "USD")
    if kind == "void":
        return Voided(record, 1, of, on)
    if kind == "write_off" and row.get("amount") is None:
        return WrittenOff(record, 1, of, on, open_claims[of])
    amount = money(row, "net", "amount", "added", currency=currency)
    if kind == "credit":
        dates = row.get("service_dates") or row.get("service")
        service = (day(dates[0]), day(dates[1])) if dates else None
        return Credited(record, 1, of, on, amount, service, _contra(row, policy, service))
    if kind == "write_off":
        return WrittenOff(record, 1, of, on, amount)
    if kind == "modification":
        return _modified(row, amount)
    if kind in ("refund", "payment", "recovery"):
        return CashOnly(record, 1, of, on, amount)
    raise BadVector(f"a fact of kind {kind}")


def _contra(row: Vector, policy: Vector, service: object) -> bool:
    """A concession goes to contra revenue; without a reason the stated policy decides."""
    reason = text(row, "reason", default="").lower()
    if "concession" in reason or "goodwill" in reason or "quality" in reason:
        return True
    if service is not None or any(word in reason for word in _DIRECT):
        return False
    return "contra" in text(policy, "credit_without_service_dates", default="contra").lower()


def _modified(row: Vector, added: Money) -> Modified:
    return Modified(
        text(row, "id"), 1, text(row, "of"), day(text(row, "date")),
        Treatment(text(row, "treatment")), added,
        text(row, "decided_by", default="the vector"), text(row, "reason", default="as given"),
        terms(row, added.currency) if "method" in row else None,
    )  # fmt: skip


def _obligation(row: Vector) -> Obligation:
    amount = money(row, "net", "amount")
    account = text(row, "account", default="revenue")
    return Obligation(
        text(row, "id"),
        text(row, "contract", default=text(row, "id")),
        text(row, "customer"),
        text(row, "subsidiary", default=""),
        text(row, "revenue_type", default=""),
        account,
        text(row, "deferred_account", default="deferred revenue"),
        text(row, "contra_account", default="contra revenue"),
        amount,
        terms(row, amount.currency),
        *rate(row, amount.currency),
    )
