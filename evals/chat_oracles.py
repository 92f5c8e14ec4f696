"""The figures an answer must state, reckoned from the rows of the world: never typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from domain.ledger.money import Money, exponent
from evals.chat_facts import Cast
from store.parties import CustomerRow
from store.receivables import InvoiceRow

Oracle = Callable[..., list[str]]
_BUCKETS = {"1-30": (1, 30), "31-60": (31, 60), "61-90": (61, 90), "90+": (91, 100_000)}


def figures(cast: Cast, wanted: str) -> list[str]:
    """The texts for "open:late" or "late_above:60:10000". Raises KeyError for an unknown one."""
    name, *arguments = wanted.split(":")
    return _ORACLES[name](cast, *arguments)


def day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


def _open(cast: Cast, part: str) -> list[str]:
    return [str(cast.facts.open_of(cast.parts[part]))]


def _late(cast: Cast, part: str) -> list[str]:
    return [str(cast.facts.late_of(cast.parts[part]))]


def _oldest(cast: Cast, part: str) -> list[str]:
    invoice = cast.facts.oldest(cast.parts[part])
    late = (cast.facts.today - invoice.due_on).days
    return [invoice.number, day(invoice.due_on), f"{late} day"]


def _invoice(cast: Cast, part: str) -> list[str]:
    invoice = cast.facts.oldest(cast.parts[part])
    return [*_claim(invoice), str(Money(invoice.open_minor, invoice.currency))]


def _settled(cast: Cast) -> list[str]:
    found = next(i for i in cast.facts.invoices if i.number == cast.words["settled"])
    return [*_claim(found), "paid"]


def _claim(invoice: InvoiceRow) -> list[str]:
    total = Money(invoice.total_minor, invoice.currency)
    return [invoice.number, str(total), day(invoice.issued_on), day(invoice.due_on)]


def _late_above(cast: Cast, days: str, units: str = "", currency: str = "") -> list[str]:
    """Sums by currency of customers whose invoices so late sum to more than so many units."""
    facts = cast.facts

    def amount(customer: CustomerRow) -> Money:
        return facts.late_of(customer, int(days))

    chosen = [
        c
        for c in facts.customers
        if amount(c).minor > (int(units) * 10 ** exponent(c.currency) if units else 0)
        and currency in ("", c.currency)
    ]
    sums = [str(m) for m in facts.by_currency(amount, chosen)]
    return [*sums, f"{len(chosen)} customer"] if chosen else ["No customer"]


def _between(cast: Cast, age: str, currency: str) -> list[str]:
    first, last = _BUCKETS[age]
    facts = cast.facts
    minor = sum(
        i.open_minor
        for i in facts.invoices
        if i.currency == currency and first <= (facts.today - i.due_on).days <= last
    )
    return [str(Money(minor, currency))]


def _late_between(cast: Cast, first: str, last: str) -> list[str]:
    """Sums by currency of what is so many days late."""
    today = cast.facts.today
    found = [
        Money(i.open_minor, i.currency)
        for i in cast.facts.invoices
        if i.open_minor and int(first) <= (today - i.due_on).days <= int(last)
    ]
    return _sums(found)


def _owing(cast: Cast, units: str) -> list[str]:
    """Sums by currency of customers who owe more than so many units, due or not."""
    facts = cast.facts
    above = [
        facts.open_of(c)
        for c in facts.customers
        if facts.open_of(c).minor > int(units) * 10 ** exponent(c.currency)
    ]
    return [*_sums(above), f"{len(above)} customer"]


def _due(cast: Cast, first: str, last: str) -> list[str]:
    """How many open invoices fall due from a day to a day from now, and their sums."""
    today = cast.facts.today
    found = [
        i
        for i in cast.facts.invoices
        if i.open_minor and int(first) <= (i.due_on - today).days <= int(last)
    ]
    sums = _sums([Money(i.open_minor, i.currency) for i in found])
    return [*sums, f"{len(found)} open invoice"]


def _issued(cast: Cast, month: str) -> list[str]:
    """How many invoices were issued in a month of this year, and their totals."""
    found = [i for i in cast.facts.invoices if _in_month(i.issued_on, cast, month)]
    return [*_sums([Money(i.total_minor, i.currency) for i in found]), f"{len(found)} invoice"]


def _received(cast: Cast, month: str) -> list[str]:
    """How many payments came in a month of this year, and their sums."""
    found = [p for p in cast.facts.payments if _in_month(p.received_on, cast, month)]
    return [*_sums([Money(p.amount_minor, p.currency) for p in found]), f"{len(found)} payment"]


def _in_month(on: date, cast: Cast, month: str) -> bool:
    return (on.year, on.month) == (cast.facts.today.year, int(month))


def _sums(amounts: list[Money]) -> list[str]:
    by: dict[str, int] = {}
    for one in amounts:
        by[one.currency] = by.get(one.currency, 0) + one.minor
    return [str(Money(minor, currency)) for currency, minor in sorted(by.items())]


def _ranked(cast: Cast, place: str, currency: str) -> list[str]:
    """Who owes most, or second most, in a currency."""
    facts = cast.facts
    debtors = sorted(
        (c for c in facts.customers if c.currency == currency),
        key=lambda c: (-facts.open_of(c).minor, c.name),
    )
    found = debtors[int(place) - 1]
    return [f"{found.name} owes {facts.open_of(found)}"]


def _largest(cast: Cast, currency: str) -> list[str]:
    """The largest open invoice of a currency, as the first row of its list."""
    found = max(
        (i for i in cast.facts.invoices if i.currency == currency), key=lambda i: i.open_minor
    )
    return [f"{found.number}  ", str(Money(found.open_minor, currency))]


def _contacts(cast: Cast, part: str) -> list[str]:
    mine = [c for c in cast.facts.contacts if c.customer_id == cast.parts[part].id]
    return [word for c in mine for word in (c.name, c.email)]


def _dso(cast: Cast, currency: str) -> list[str]:
    """Open balance by what was billed in 90 days, times 90, rounded."""
    facts, today = cast.facts, cast.facts.today
    mine = [i for i in facts.invoices if i.currency == currency]
    billed = sum(i.total_minor for i in mine if today - timedelta(days=89) <= i.issued_on <= today)
    open_ = sum(i.open_minor for i in mine)
    return [f"DSO is {(open_ * 180 + billed) // (billed * 2)} day"]


def _total(cast: Cast) -> list[str]:
    return [str(m) for m in cast.facts.by_currency(cast.facts.open_of, cast.facts.customers)]


def _total_late(cast: Cast) -> list[str]:
    return [str(m) for m in cast.facts.by_currency(cast.facts.late_of, cast.facts.customers)]


def _top(cast: Cast, currency: str) -> list[str]:
    facts = cast.facts
    first = max(
        (c for c in facts.customers if c.currency == currency), key=lambda c: facts.open_of(c).minor
    )
    return [first.name, str(facts.open_of(first))]


def _aged(cast: Cast, part: str) -> list[str]:
    customer, facts = cast.parts[part], cast.facts
    found = []
    for first, last in _BUCKETS.values():
        minor = sum(
            i.open_minor
            for i in facts.open_invoices(customer)
            if first <= (facts.today - i.due_on).days <= last
        )
        found += [str(Money(minor, customer.currency))] if minor else []
    return [*found, str(facts.open_of(customer))]


def _promise(cast: Cast, part: str) -> list[str]:
    row = next(p for p in cast.facts.promises if p.customer_id == cast.parts[part].id)
    return [str(Money(row.amount_minor or 0, row.currency or "")), day(row.promised_on)]


def _paid(cast: Cast, part: str) -> list[str]:
    mine = [p for p in cast.facts.payments if p.customer_id == cast.parts[part].id]
    last = max(mine, key=lambda p: (p.received_on, p.id))
    return [str(Money(last.amount_minor, last.currency)), day(last.received_on)]


def _wrote(cast: Cast, part: str) -> list[str]:
    row = next(
        m for m in cast.facts.mails
        if m.customer_id == cast.parts[part].id and m.direction == "in"
    )  # fmt: skip
    return [day(row.occurred_at.date()), row.excerpt]


def _sent(cast: Cast, part: str) -> list[str]:
    row = next(
        m for m in cast.facts.mails
        if m.customer_id == cast.parts[part].id and m.direction == "out"
    )  # fmt: skip
    return [day(row.occurred_at.date())]


def _in(cast: Cast, days: str) -> list[str]:
    return [day(cast.facts.today + timedelta(days=int(days)))]


def _amount(cast: Cast, part: str, units: str) -> list[str]:
    currency = cast.parts[part].currency
    return [str(Money(int(units) * 10 ** exponent(currency), currency))]


def _name(cast: Cast, part: str) -> list[str]:
    return [cast.words[part]]


_ORACLES: Mapping[str, Oracle] = {
    "open": _open,
    "overdue": _late,
    "oldest": _oldest,
    "invoice": _invoice,
    "settled": _settled,
    "late_above": _late_above,
    "between": _between,
    "late_between": _late_between,
    "owing": _owing,
    "due": _due,
    "issued": _issued,
    "received": _received,
    "ranked": _ranked,
    "largest": _largest,
    "contacts": _contacts,
    "dso": _dso,
    "total": _total,
    "total_late": _total_late,
    "top": _top,
    "aged": _aged,
    "promise": _promise,
    "paid": _paid,
    "wrote": _wrote,
    "sent": _sent,
    "in": _in,
    "amount": _amount,
    "name": _name,
}
