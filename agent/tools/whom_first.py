"""Read: whom to work on first, who rests, what is new, and what money is expected."""

from __future__ import annotations

from agent.chat import Cited
from agent.spoken.amounts import currency_named
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import Choice, Outcome
from agent.tools.phrasing import clipped, counted, day, link_of, sums, table
from agent.tools.waiting import Nothing
from flows.priority import queue
from flows.slack.digest import digest
from store.asked_lists import holds_asked, silenced
from store.expected import WEEKS_AHEAD, expected_cash
from store.overdue import Filter

_FIRST, _MOST = 10, 50


class OfCurrency(Arguments):
    """Everybody, or one currency."""

    currency: str = text("Only this currency (ISO code).", Origin.CURRENCY, longest=12)


async def whom_first(asking: Asking, wanted: OfCurrency) -> Outcome:
    """The worklist's order: who is likely to pay late comes first, then who owes more."""
    asked = Filter(currency=currency_named(wanted.currency), order="priority")
    found = await queue(asking.session, asked, asking.now, limit=_FIRST)
    if not found:
        return Outcome("Nothing is overdue: there is nobody to chase.")
    rows = [
        (
            r.name,
            str(r.overdue),
            day(r.due_on) if r.due_on else "",
            f"{(r.score + 5) // 10} %" if r.score is not None else "not known",
            r.status.replace("_", " "),
        )
        for r in found
    ]
    return Outcome(
        text=f"First {found[0].name}: {found[0].overdue} overdue. Who is likely to pay late "
        "comes first, and of those alike who owes more.",
        tables=(table(("Customer", "Overdue", "Oldest due", "Pays late", "Status"), rows),),
        cited=(
            Cited("Queue", "/queue"),
            *dict.fromkeys(link_of(r.customer_id, r.name) for r in found[:5]),
        ),
        listed=tuple(Choice(f"id:{r.customer_id}", r.name) for r in found),
        suggestions=(f"who is the contact at {found[0].name}", f"history of {found[0].name}"),
    )


async def who_is_paused(asking: Asking, wanted: Nothing) -> Outcome:
    """Reminders that rest and contacts that are not written to."""
    del wanted
    holds = await holds_asked(asking.session, asking.today, limit=_MOST)
    quiet = await silenced(asking.session, limit=_MOST)
    if not holds and not quiet:
        return Outcome("Nobody is paused, and nobody asked us to stop.")
    rows = [
        (
            name,
            number or "the whole account",
            (row.why or row.reason).replace("_", " "),
            day(row.until_on) if row.until_on else "no end",
        )
        for row, name, number in holds
    ]
    rows += [(n, c.email, clipped(c.suppressed_reason.replace("_", " ") or "asked us to stop", 60),
              "no end") for c, n in quiet]  # fmt: skip
    more = " or more" if _MOST in (len(holds), len(quiet)) else ""
    stops, silent = counted(len(holds), "stop"), counted(len(quiet), "contact")
    return Outcome(
        text=f"{stops} in force, {silent} not to be written to{more}.",
        tables=(table(("Customer", "What", "Why", "Until"), rows),),
        cited=tuple(dict.fromkeys(link_of(h.customer_id, name) for h, name, _ in holds[:5])),
        listed=tuple(Choice(f"id:{h.customer_id}", name) for h, name, _ in holds),
    )


async def cash_expected(asking: Asking, wanted: OfCurrency) -> Outcome:
    """Open balances by the week in which they are expected: an estimate, never a promise."""
    currency = currency_named(wanted.currency)
    weeks = await expected_cash(asking.session, asking.today)
    found = [w for w in weeks if not currency or w.currency == currency]
    if not found:
        return Outcome("Nothing is open, so no money is expected.")
    ahead = [f"Week {n + 1}" for n in range(WEEKS_AHEAD)]
    rows = [(w.currency, str(w.past), *(str(m) for m in w.weeks)) for w in found]
    return Outcome(
        text=f"Expected this week, from today on: {sums(w.weeks[0] for w in found)}. The table "
        f"shows {WEEKS_AHEAD} weeks: an estimate from promises, due dates and how late each "
        "customer usually pays; what is later than usual already stands apart.",
        tables=(table(("Currency", "Later than usual", *ahead), rows),),
        cited=(Cited("Today", "/today"),),
    )


async def whats_new(asking: Asking, wanted: Nothing) -> Outcome:
    """What the morning's message would say now."""
    del wanted
    found = await digest(asking.session, asking.now)
    if not found.sections:
        return Outcome("Nothing new: nothing waits, and nothing happened since yesterday.")
    heads = [f"{s.title}: {s.count}" for s in found.sections]
    rows = [(s.title, e.text) for s in found.sections for e in s.entries]
    left = sum(s.count for s in found.sections) - len(rows)
    return Outcome(
        text=f"{'; '.join(heads)}.",
        tables=(table(("List", "What"), rows, left=left),),
        cited=tuple(Cited(s.title, s.path) for s in found.sections),
    )


WHOM_FIRST = Tool(
    "whom_first",
    "Whom to call or chase first: overdue customers by how likely they pay late.",
    OfCurrency,
    whom_first,
    example="who should I call first",
)
WHO_IS_PAUSED = Tool(
    "who_is_paused",
    "Customers and invoices whose reminders rest, and contacts who asked not to be written to.",
    Nothing,
    who_is_paused,
    example="who is paused",
)
CASH_EXPECTED = Tool(
    "cash_expected",
    "Cash forecast: open balances by the week in which they are expected, an estimate.",
    OfCurrency,
    cash_expected,
    example="cash forecast",
)
WHATS_NEW = Tool(
    "whats_new",
    "What is new since yesterday and what waits: proposals, replies, promises, drift, postings.",
    Nothing,
    whats_new,
    example="what happened since yesterday",
)
