"""Read: who owes, who is late, how old it is, and what everybody owes together."""

from __future__ import annotations

from agent.chat import Cited
from agent.spoken.amounts import currency_named, money_said
from agent.tools.calling import Arguments, Asking, Origin, Tool, count, text
from agent.tools.outcome import About, Choice, Outcome, refusal
from agent.tools.phrasing import MOST_ROWS, counted, customer_link, day, link_of, sums, table
from agent.tools.pointing import customer_meant
from domain.ledger.aging import BUCKETS
from domain.ledger.money import Money, total
from flows.sync.first_import import closed_days_in_scope
from store import asked, overdue, pages
from store.asked import Debtor, Debtors, Wanted

_MOST = 15
_AGES = {"1-30": (1, 30), "31-60": (31, 60), "61-90": (61, 90), "90+": (91, None)}
_BUCKETS = {
    "current": "not due",
    "1-30": "1-30 days late",
    "31-60": "31-60 days late",
    "61-90": "61-90 days late",
    "90+": "over 90 days late",
}


class ListDebtors(Arguments):
    """Which debtors to list."""

    over_days: int = count("Only what is more than so many days past due.", most=3650)
    to_days: int = count("Only what is at most so many days past due.", most=3650)
    age: str = text("An aging bucket: 1-30, 31-60, 61-90 or 90+.", Origin.FREE, longest=8)
    least: str = text("Only sums above this amount, as the person wrote it.", Origin.AMOUNT)
    currency: str = text("Only this currency (ISO code).", Origin.CURRENCY, longest=12)
    top: int = count("How many customers to show.", most=50)


async def list_overdue(asking: Asking, wanted: ListDebtors) -> Outcome:
    """Customers whose invoices are late, by how late and how much."""
    late_from, late_to = _AGES.get(wanted.age, (wanted.over_days + 1, wanted.to_days or None))
    return await _listed(asking, wanted, Wanted(late_from, late_to), "overdue")


async def who_owes(asking: Asking, wanted: ListDebtors) -> Outcome:
    """Customers by what they owe, due or not."""
    return await _listed(asking, wanted, Wanted(-36_500), "open")


async def _listed(asking: Asking, wanted: ListDebtors, lateness: Wanted, word: str) -> Outcome:
    currency = currency_named(wanted.currency)
    if wanted.currency and not currency:
        return refusal(f'"{wanted.currency}" is no currency I know.')
    least = await _least(asking, wanted.least, currency)
    if wanted.least and not least:
        return refusal(f'I cannot read "{wanted.least}" as an amount; write it like 10,000 USD.')
    narrowed = Wanted(lateness.late_from, lateness.late_to, currency, least)
    most = wanted.top or _MOST
    found = await asked.debtors(asking.session, narrowed, asking.today, limit=most)
    told = _described(narrowed, wanted.least, word)
    if not found.rows:
        return Outcome(f"No customer has {told}.")
    both = word != "open"
    columns = (
        "Customer",
        word.capitalize(),
        *(("Open",) if both else ()),
        "Invoices",
        "Oldest due",
    )
    rows = [_row(r, both=both) for r in found.rows]
    return Outcome(
        text=f"{_who(found)} {told}: {sums(found.sums)}{_shown(found, most)}.",
        tables=(table(columns, rows, left=found.count - len(found.rows)),),
        cited=tuple(link_of(r.customer_id, r.name) for r in found.rows[:5]),
        suggestions=(f"what does {found.rows[0].name} owe",),
        listed=tuple(Choice(f"id:{r.customer_id}", r.name) for r in found.rows[:MOST_ROWS]),
        about=About(found.rows[0].customer_id) if found.customers == 1 else About(),
    )


def _who(found: Debtors) -> str:
    return f"{counted(found.customers, 'customer')} {'has' if found.customers == 1 else 'have'}"


def _shown(found: Debtors, most: int) -> str:
    return f". The table shows the largest {most}" if found.count > most else ""


def _row(one: Debtor, *, both: bool) -> tuple[str, ...]:
    sums = (str(one.late), str(one.open)) if both else (str(one.open),)
    return (one.name, *sums, str(one.count), day(one.oldest_on))


async def _least(asking: Asking, said: str, currency: str) -> dict[str, int]:
    """The bound in minor units of every currency it may be meant in."""
    if not said:
        return {}
    known = [currency] if currency else await overdue.currencies(asking.session)
    named = [money_said(said, one) for one in known]
    return {m.currency: m.minor for m in named if m is not None}


def _described(wanted: Wanted, least: str, word: str) -> str:
    above = f" above {least}" if least else ""
    above += " in their own currency" if least and len(wanted.least) > 1 else ""
    where = f" in {wanted.currency}" if wanted.currency and wanted.currency not in least else ""
    if word == "open":
        return f"an open balance{above}{where}"
    if wanted.late_to is not None:
        return f"invoices {wanted.late_from}-{wanted.late_to} days overdue{above}{where}"
    late = f"more than {wanted.late_from - 1} days overdue" if wanted.late_from > 1 else "overdue"
    return f"invoices {late}{f', in sum{above}' if above else ''}{where}"


class OfAnyone(Arguments):
    """A customer, or nobody for all of them."""

    customer: str = text("The customer, as the person wrote it; empty for all.", Origin.NAME)
    currency: str = text("Only this currency (ISO code).", Origin.CURRENCY, longest=12)


async def aging(asking: Asking, wanted: OfAnyone) -> Outcome:
    """Open balances by how late they are, a row for each currency."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    of = row.id if row is not None else None
    found = await pages.aging_table(asking.session, asking.today, customer_id=of)
    currency = currency_named(wanted.currency)
    kept = {c: b for c, b in found.items() if not currency or c == currency}
    whose = row.name if row is not None else "everybody"
    if not kept:
        return Outcome(f"Nothing is open for {whose}.")
    rows = [
        (c, *(str(b[name]) for name in BUCKETS), str(total(b.values(), c))) for c, b in kept.items()
    ]
    return Outcome(
        text=" ".join(_aged(c, b, whose) for c, b in kept.items()),
        tables=(table(("Currency", *(_BUCKETS[b] for b in BUCKETS), "Total"), rows),),
        cited=(customer_link(row),) if row is not None else (),
        about=About(row.id) if row is not None else About(),
    )


def _aged(currency: str, buckets: dict[str, Money], whose: str) -> str:
    whole = total(buckets.values(), currency)
    late = [f"{buckets[b]} is {_BUCKETS[b]}" for b in BUCKETS[1:] if buckets[b]]
    return f"Open for {whose}: {whole}; {', '.join(late) or 'nothing of it late'}."


async def totals(asking: Asking, wanted: OfAnyone) -> Outcome:
    """Open, overdue, collected this month and not applied, a row for each currency."""
    places = await pages.positions(asking.session, asking.today)
    currency = currency_named(wanted.currency)
    kept = [p for p in places if not currency or p.currency == currency]
    kept = [p for p in kept if p.open or p.collected or p.unapplied]
    if not kept:
        return Outcome("Nothing is open.")
    honest = await closed_days_in_scope(asking.session) >= pages.DSO_DAYS
    days = {p.currency: counted(p.dso, "day") for p in kept if honest and p.dso is not None}
    said = [
        f"{p.open} is open, {p.overdue} of it overdue; {p.collected} was received this month"
        + (f"; DSO is {days[p.currency]}." if p.currency in days else ".")
        for p in kept
    ]
    columns = ("Currency", "Open", "Overdue", "Received this month", "Not applied", "DSO")
    rows = [
        (
            p.currency, str(p.open), str(p.overdue), str(p.collected), str(p.unapplied),
            days.get(p.currency, "n/a"),
        )
        for p in kept
    ]  # fmt: skip
    today = (Cited("Today", "/today"),)
    return Outcome(" ".join(said), tables=(table(columns, rows),), cited=today)


LIST_OVERDUE = Tool(
    "list_overdue",
    "Customers whose invoices are late: by days past due, aging bucket, sum, currency.",
    ListDebtors,
    list_overdue,
    example="who is over 60 days late and above 10k",
)
WHO_OWES = Tool(
    "who_owes",
    "Customers by all they owe, due or not, the largest first.",
    ListDebtors,
    who_owes,
    example="who owes us the most",
)
AGING = Tool(
    "aging",
    "Open balances by aging bucket, of everybody or of one customer.",
    OfAnyone,
    aging,
    example="aging of Acme",
)
TOTALS = Tool(
    "totals",
    "What everybody owes together, what is overdue, received this month, not applied, and DSO.",
    OfAnyone,
    totals,
    example="how much do we have outstanding",
)
