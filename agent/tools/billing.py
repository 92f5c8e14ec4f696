"""Propose: an invoice that a colleague asks for, put on the list as a draft."""

from __future__ import annotations

import re

from agent.chat import Cited
from agent.spoken.amounts import currency_named, money_said
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Act, ActKind, Outcome, question, refusal
from agent.tools.phrasing import customer_link
from agent.tools.pointing import customer_meant
from flows.drafts.drafting import DraftInput, Invalid, LineInput, create_draft
from security.permissions import Permission


class Bill(Arguments):
    """An invoice that somebody should get."""

    customer: str = text("Whom to bill, as the person wrote it.", Origin.NAME)
    amount: str = text("How much, as the person wrote it.", Origin.AMOUNT)
    currency: str = text("The currency, if the person named one.", Origin.CURRENCY, longest=12)
    product: str = text("What it is for, in the person's words.", Origin.WORDS, longest=200)


async def draft_invoice(asking: Asking, wanted: Bill) -> Outcome:
    """Put an invoice on the list: it is reviewed and approved before it reaches the ERP."""
    row = await customer_meant(asking, wanted.customer, exactly=True)
    if isinstance(row, Outcome):
        return row
    if not wanted.amount:
        return question(f"How much is {row.name} to be billed?", "amount")
    if not wanted.product:
        return question("What is it for?", "product")
    amount = money_said(wanted.amount, currency_named(wanted.currency) or row.currency)
    if amount is None or amount.minor <= 0:
        return refusal(f'I cannot read "{wanted.amount}" as an amount; write it like 12,400.00.')
    made = await create_draft(
        asking.session,
        DraftInput(
            source="chat",
            source_id=f"{asking.thread} {asking.message_id}"[:200],
            currency=amount.currency,
            issued_on=asking.today.isoformat(),
            customer_id=row.id,
            customer_name=row.name,
            lines=(LineInput(wanted.product, amount.plain(), description=wanted.product),),
        ),
        asking.by.actor,
        asking.now,
    )
    if isinstance(made, Invalid):
        return refusal(f"Not drafted: {' '.join(made.problems.values())}")
    said = f"An invoice of {amount} to {row.name} for {wanted.product}"
    link = Cited("the draft", f"/sync/invoices/{made.draft_id}")
    known = (link, customer_link(row))
    if not made.created:
        return Outcome(f"{said} was drafted before.", cited=known, about=About(row.id))
    act = Act(ActKind.RECORDED, f"{said} is on the list as a draft.")
    told = "It is reviewed and approved before it reaches NetSuite: see what it still lacks."
    return Outcome(told, acts=(act,), cited=known, about=About(row.id))


DRAFT_INVOICE = Tool(
    "draft_invoice",
    "Draft an invoice; it is reviewed and somebody approves it before NetSuite has it.",
    Bill,
    draft_invoice,
    permission=Permission.DECIDE,
    cues=re.compile(r"invoice|bill\b|rechnung|factur|fattura", re.IGNORECASE),
    example="invoice Acme 1,500 for training days",
)
