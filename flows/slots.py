"""What the slots of a draft stand for: every figure and name of a planned letter, ready to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.dunning.planned import PlannedTouch
from domain.dunning.standing import PromiseStatus
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from flows.desk import Desk
from flows.facts import Case
from flows.letters import contacts_of, invoices_of
from outreach.compose import totals_of
from outreach.wording import (
    amount,
    day,
    language_of,
    locale_of,
    one_line,
    shown_name,
    shown_reference,
)
from store.engine import Session
from store.receivables import paid_by_invoice


async def slot_values(
    session: Session, case: Case, touch: PlannedTouch, desk: Desk
) -> Mapping[str, str]:
    """The text of each slot a draft may hold: "amount:INV-1", "total", "contact".

    What was paid is money that was applied: a credit makes an invoice smaller and pays nothing.
    """
    paid = await paid_by_invoice(session, touch.invoice_ids)
    contact = contacts_of(case, touch)[0]
    customer = case.account.customer
    locale = locale_of(language_of(contact.language or customer.language), customer.country)
    invoices = invoices_of(case, touch.invoice_ids)
    values = {
        "company": one_line(desk.sender.company),
        "customer": shown_name(customer.name),
        "contact": shown_name(contact.name),
        "owner": shown_name(case.owner),
        "total": ", ".join(totals_of(invoices, locale)),
        "terms": _terms(invoices),
    }
    broken = [
        p.promised_on
        for p in case.standing.promises
        if p.status is PromiseStatus.BROKEN and any(p.covers(i) for i in touch.invoice_ids)
    ]
    values["promised"] = day(max(broken), locale) if broken else ""
    for invoice in invoices:
        values |= _of_invoice(invoice, case, locale, paid.get(invoice.id, 0))
    return {name: text for name, text in values.items() if text}


def _terms(invoices: Sequence[Invoice]) -> str:
    """The days of payment that the contract gives, where they are the same for all invoices."""
    days = {(invoice.due_on - invoice.issued_on).days for invoice in invoices}
    return str(*days) if len(days) == 1 and min(days) > 0 else ""


def paid_slot(invoice: Invoice) -> str:
    """The slot of what was paid on an invoice; it has a value only where something was."""
    return f"paid:{one_line(invoice.number)}"


def _of_invoice(invoice: Invoice, case: Case, locale: str, paid: int) -> dict[str, str]:
    late = invoice.days_past_due(case.today)
    key, money = one_line(invoice.number), Money(paid, invoice.total.currency)
    return {
        f"invoice:{key}": key,
        f"amount:{key}": amount(invoice.open, locale),
        f"due:{key}": day(invoice.due_on, locale),
        f"days:{key}": str(late) if late > 0 else "",
        paid_slot(invoice): amount(money, locale) if paid else "",
        f"po:{key}": shown_reference(invoice.po_number),
    }
