"""Whom and what a call is about: names become rows, or a question goes back."""

from __future__ import annotations

from agent.tools.calling import Asking
from agent.tools.outcome import Choice, Outcome, question, refusal
from flows.questions.names import Unclear, customer_called, invoice_called
from store import pages, parties
from store.parties import CustomerRow
from store.receivables import InvoiceRow


async def customer_meant(
    asking: Asking, phrase: str, *, exactly: bool = False
) -> CustomerRow | Outcome:
    """The customer, from the phrase or from what was talked about before.

    `exactly`: an act needs a name without a slip; a near one is asked back.
    """
    if not phrase:
        row = await parties.customer(asking.session, asking.about.customer_id)
        return row if row is not None else question("Which customer?", "customer")
    found = await customer_called(asking.session, phrase)
    if isinstance(found, Unclear):
        return _unclear(found, phrase, "customer")
    if found.slip and exactly:
        name = found.row.name
        choice = Choice(f"id:{found.row.id}", name)
        return question(f"Do you mean {name}?", "customer", (choice,))
    return found.row


async def invoice_meant(asking: Asking, number: str) -> InvoiceRow | Outcome:
    """The invoice of a number, or the one that was talked about before."""
    if not number:
        row = await pages.invoice(asking.session, asking.about.invoice_id)
        return row if row is not None else question("Which invoice?", "invoice")
    found = await invoice_called(asking.session, number)
    return _unclear(found, number, "invoice") if isinstance(found, Unclear) else found


def _unclear(found: Unclear, phrase: str, what: str) -> Outcome:
    choices = tuple(Choice(value, label) for value, label in found.choices)
    if not found.nobody:
        more = f" {found.more} more fit: write more of the name." if found.more else ""
        return question(f"Which {what} do you mean?{more}", what, choices)
    if choices:
        return question(
            f'No {what} is called "{phrase}". Did you mean one of these?', what, choices
        )
    return refusal(f'No {what} is called "{phrase}".')
