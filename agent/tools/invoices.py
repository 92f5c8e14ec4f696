"""Read: one invoice, and why nobody asks for it."""

from __future__ import annotations

from datetime import date, datetime

from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Outcome
from agent.tools.phrasing import (
    clipped,
    customer_link,
    day,
    days_late,
    invoice_link,
    listed,
    table,
)
from agent.tools.pointing import customer_meant, invoice_meant
from domain.dunning.planned import Hold, HoldReason
from domain.dunning.why_not import WhyNot
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from flows import why_not
from flows.facts import load_case
from store import parties
from store.applied_to import payments_on
from store.parties import CustomerRow
from store.receivables import InvoiceRow, invoice_value

HOLDS: dict[str, str] = {
    "paid": "it is paid",
    "not_collectable": "there is nothing to collect",
    "disputed": "it is in dispute",
    "promised": "payment was promised",
    "paused": "it is paused",
    "credit_hold": "the customer is on credit hold",
    "legal": "it is with legal",
    "insolvency": "the customer is insolvent",
    "resolved": "the conversation was closed",
    "escalated": "a person has the conversation",
    "payment_arrived": "a payment came that is not posted yet",
    "switched_off": "a switch stops what leaves",
    "blocked": "the reminder would have said something false and waits on the worklist",
    "inactive": "the customer is inactive in the ERP",
    "auto_followup_off": "collections are off for this customer",
    "manual_only": "only people write to this customer",
    "first_message_off": "the first message is left to a person",
    "no_recipient": "no billing contact is known",
    "suppressed": "the contact asked not to be written to",
    "unknown_timezone": "the customer's time zone is not known",
    "replied": "the customer replied and a person answers",
    "awaiting_decision": "a mail waits for approval",
    "small_balance": "the balance is below the floor",
    "not_due": "it is not time yet",
    "gap": "the customer was written to recently",
    "cap_reached": "enough was sent for now",
    "exhausted": "all steps are done and a person takes over",
    "outside_window": "it is outside business hours at the customer",
}


class OfInvoice(Arguments):
    """An invoice; empty: the one the conversation is about."""

    invoice: str = text("The invoice's number, as the person wrote it.", Origin.INVOICE)


async def invoice_lookup(asking: Asking, wanted: OfInvoice) -> Outcome:
    """Amounts, dates and state of one invoice, and what was paid on it."""
    row = await invoice_meant(asking, wanted.invoice)
    if isinstance(row, Outcome):
        return row
    owner = await _owner(asking, row)
    found = await payments_on(asking.session, row.id)
    paid = [(p.number or p.reference or p.source_id, day(p.received_on), str(m)) for p, m in found]
    return Outcome(
        text=_state(invoice_value(row), owner.name, asking.today),
        tables=(table(("Payment", "Received", "Applied"), paid),) if paid else (),
        cited=(invoice_link(row.number, row.id, owner.id), customer_link(owner)),
        suggestions=(f"why did nobody chase {row.number}",) if row.open_minor else (),
        about=About(owner.id, row.id),
    )


async def _owner(asking: Asking, row: InvoiceRow) -> CustomerRow:
    owner = await parties.customer(asking.session, row.customer_id)
    if owner is None:
        raise RuntimeError(f"customer {row.customer_id} vanished")
    return owner


def _state(invoice: Invoice, name: str, today: date) -> str:
    head = f"{invoice.number} of {name}: {invoice.total}, issued {day(invoice.issued_on)}"
    if not invoice.collectable:
        return f"{head}, due {day(invoice.due_on)}. It is {invoice.status.value.replace('_', ' ')}."
    paid = Money(invoice.total.minor - invoice.open.minor, invoice.total.currency)
    settled = f"{paid} is paid or credited, {invoice.open} is open" if paid else "all of it is open"
    po = f" The purchase order is {invoice.po_number}." if invoice.po_number else ""
    return f"{head}, due {day(invoice.due_on)} ({days_late(invoice, today)}); {settled}.{po}"


class WhyNotAsked(Arguments):
    """An invoice or a customer; empty: what the conversation is about."""

    invoice: str = text("The invoice's number, as the person wrote it.", Origin.INVOICE)
    customer: str = text("The customer, as the person wrote it.", Origin.NAME)


async def why_nothing(asking: Asking, wanted: WhyNotAsked) -> Outcome:
    """Every reason why nothing is sent, and when the next message is planned."""
    if wanted.invoice or (not wanted.customer and asking.about.invoice_id):
        row = await invoice_meant(asking, wanted.invoice)
        if isinstance(row, Outcome):
            return row
        return await _about_invoice(asking, row)
    owner = await customer_meant(asking, wanted.customer)
    return owner if isinstance(owner, Outcome) else await _about_customer(asking, owner)


async def _about_invoice(asking: Asking, row: InvoiceRow) -> Outcome:
    owner = await _owner(asking, row)
    found = await why_not.reasons_of_invoice(asking.session, asking.desk, row.id, asking.now)
    links = (invoice_link(row.number, row.id, owner.id), customer_link(owner))
    if found is None:
        status = row.status.replace("_", " ")
        words = f"{row.number} of {owner.name} is not chased: it is {status}, nothing is open."
        return Outcome(words, cited=links, about=About(owner.id, row.id))
    text_ = f"{row.number} of {owner.name}: {_reasons(found, asking)}"
    return Outcome(text_, cited=links, about=About(owner.id, row.id))


async def _about_customer(asking: Asking, owner: CustomerRow) -> Outcome:
    case = await load_case(asking.session, asking.desk, owner.id, asking.now)
    found = await why_not.of_case(asking.session, case) if case is not None else {}
    if case is None or not found:
        return Outcome(
            f"{owner.name} owes nothing, so nobody writes to them.",
            cited=(customer_link(owner),),
            about=About(owner.id),
        )
    known = {i.id: i for i in case.account.invoices}
    told = {i: _reasons(one, asking) for i, one in found.items()}
    same = set(told.values())
    rows = [(known[i].number, day(known[i].due_on), words) for i, words in told.items()]
    first = min(found, key=lambda i: (known[i].due_on, known[i].number))
    return Outcome(
        text=f"{owner.name}, oldest invoice {known[first].number}: {told[first]}",
        tables=(table(("Invoice", "Due", "Why"), rows),) if len(same) > 1 else (),
        cited=(customer_link(owner),),
        about=About(owner.id),
    )


def _reasons(found: WhyNot, asking: Asking) -> str:
    if found.touch is not None:
        review = f" It waits for a person: {found.touch.because}." if found.touch.because else ""
        return f"a {found.touch.tone.value} reminder is due now.{review}"
    words = listed([_hold(hold) for hold in found.reasons])
    return f"nothing is sent because {words}. {_next(found.next_touch_at, asking)}"


def _hold(hold: Hold) -> str:
    known = HOLDS.get(hold.reason.value, hold.reason.value.replace("_", " "))
    quiet = hold.reason in (HoldReason.PAID, HoldReason.AUTO_FOLLOWUP_OFF)
    return known if quiet or not hold.detail else f"{known} ({clipped(hold.detail, 120)})"


def _next(at: datetime | None, asking: Asking) -> str:
    if at is None:
        return "Nothing more is planned until something changes."
    return f"The next message is planned for {day(at.astimezone(asking.zone).date())}."


INVOICE_LOOKUP = Tool(
    "invoice_lookup",
    "One invoice by its number: total, open balance, dates, state, payments on it.",
    OfInvoice,
    invoice_lookup,
    example="show INV-1042",
)
WHY_NOT = Tool(
    "why_not",
    "Why no reminder is sent about an invoice or to a customer, and when the next one is planned.",
    WhyNotAsked,
    why_nothing,
    example="why did nobody chase INV-1042",
)
