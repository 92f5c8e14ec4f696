"""Record: a promise to pay that a colleague was told, on the phone or in a meeting."""

from __future__ import annotations

import re
from datetime import date

from agent.spoken.amounts import currency_named, money_said
from agent.spoken.days import days_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Act, ActKind, Choice, Outcome, question, refusal
from agent.tools.phrasing import customer_link, day, listed
from agent.tools.pointing import customer_meant, invoice_meant
from domain.ledger.money import Money
from effects.answers import Refusal
from flows.promises_by_hand import Promised, record_by_hand
from security.permissions import Permission
from store.parties import CustomerRow

_MOST_INVOICES = 20


class Promising(Arguments):
    """Who promised to pay what, by when."""

    customer: str = text("Who promised, as the person wrote it.", Origin.NAME)
    by: str = text("By which day, as the person wrote it.", Origin.DAY)
    amount: str = text("How much, if the person said it; empty: all that is open.", Origin.AMOUNT)
    currency: str = text("The currency, if the person named one.", Origin.CURRENCY, longest=12)
    invoice: str = text("The invoices it is for, if the person named any.", Origin.INVOICE)


async def record_promise(asking: Asking, wanted: Promising) -> Outcome:
    """Keep a promise; reminders of what was promised rest until after its day."""
    row = await customer_meant(asking, wanted.customer, exactly=True)
    if isinstance(row, Outcome):
        return row
    by = _day(wanted.by, asking.today, row.name)
    if isinstance(by, Outcome):
        return by
    amount = None
    if wanted.amount:
        amount = money_said(wanted.amount, currency_named(wanted.currency) or row.currency)
        if amount is None:
            return refusal(
                f'I cannot read "{wanted.amount}" as an amount; write it like 12,400.00.'
            )
    ids = await _invoices(asking, wanted.invoice)
    if isinstance(ids, Outcome):
        return ids
    said = Promised(by, ids, amount, f"{asking.by.name} in a conversation: {asking.said[:400]}")
    done = await record_by_hand(asking.session, row.id, said, by=asking.by, now=asking.now)
    if isinstance(done, Refusal):
        return refusal(f"Not recorded. {done.message}")
    return _told(row, amount, by, wanted.invoice.split())


def _day(words: str, today: date, name: str) -> date | Outcome:
    days = days_meant(words, today) if words else ()
    if len(days) == 1:
        return days[0]
    if not days:
        return question(f"By which day does {name} pay?", "by")
    choices = tuple(Choice(d.isoformat(), day(d)) for d in days)
    return question("Which day do you mean?", "by", choices)


async def _invoices(asking: Asking, numbers: str) -> tuple[int, ...] | Outcome:
    found = []
    named = numbers.split()
    if len(named) > _MOST_INVOICES:
        return refusal(f"Not recorded: name {_MOST_INVOICES} invoices at once, at the most.")
    for number in named:
        invoice = await invoice_meant(asking, number)
        if isinstance(invoice, Outcome):
            return invoice
        found.append(invoice.id)
    return tuple(found)


def _told(row: CustomerRow, amount: Money | None, by: date, numbers: list[str]) -> Outcome:
    what = str(amount) if amount is not None else "all that is open"
    what += f" of {listed(numbers)}" if numbers else ""
    words = (
        f"The promise of {row.name} to pay {what} by {day(by)} is recorded; reminders about it "
        "rest until after that day."
    )
    act = Act(ActKind.RECORDED, words)
    return Outcome("", acts=(act,), cited=(customer_link(row),), about=About(row.id))


RECORD_PROMISE = Tool(
    "record_promise",
    "Record that a customer promised to pay by a day, as a colleague was told.",
    Promising,
    record_promise,
    permission=Permission.DECIDE,
    cues=re.compile(r"promis|commit|will pay|'ll pay|zugesagt|promet", re.IGNORECASE),
    example="Acme promised to pay 5,000 by Friday",
)
