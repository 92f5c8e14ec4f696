"""Propose: a credit of an invoice, or giving it up; shown as a card, approved by somebody else."""

from __future__ import annotations

import re

from agent.spoken.amounts import money_said
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Act, ActKind, Choice, Outcome, question, refusal
from agent.tools.phrasing import effect_link, invoice_link
from agent.tools.pointing import invoice_meant
from domain.ledger.credits import Reason
from domain.ledger.money import Money
from flows.credits.asked import CreditAsked, CreditRefused, Requested, WriteOffAsked
from flows.credits.giving_up import request_write_off
from flows.credits.requesting import request_credit
from security.permissions import Permission
from store.effects import effect
from store.receivables import InvoiceRow

_SOURCE = "chat"
# What people call the reasons; the first that fits is meant.
_REASONS: tuple[tuple[Reason, str], ...] = (
    (Reason.DUPLICATE, r"twice|duplicat|double|again by mistake"),
    (Reason.UNUSED_SERVICE, r"unused|not used|never used|cancell?ed|terminat|unconsumed"),
    (Reason.DISPUTE_LOST, r"dispute|settle"),
    (Reason.GOODWILL, r"good\s?will|gesture|courtesy|apolog"),
    (Reason.CONCESSION, r"concession|discount|rebate|price|agreed|negotiat"),
    (Reason.QUALITY, r"outage|downtime|quality|defect|damag|fault|broken|late|sla|incident"),
    (Reason.BILLING_ERROR, r"error|mistake|wrong|incorrect|mis-?bill|over-?(?:bill|charg)|typo"),
)
_CANNOT_PAY = re.compile(r"(?:can'?t|cannot|won'?t) pay|insolv|bankrupt|bad debt", re.IGNORECASE)
_CHOICES = (
    Choice("a billing error", "A billing error"),
    Choice("a quality problem", "Quality, an outage"),
    Choice("a price concession", "A price concession"),
    Choice("goodwill", "Goodwill"),
    Choice("billed twice", "Billed twice"),
)


class Credit(Arguments):
    """A credit that a customer should get."""

    invoice: str = text("The invoice, as the person wrote it.", Origin.INVOICE)
    amount: str = text("How much, tax included, as the person wrote it.", Origin.AMOUNT)
    reason: str = text("Why, in the person's words.", Origin.WORDS, longest=300)


class GivingUp(Arguments):
    """An invoice that nobody will pay."""

    invoice: str = text("The invoice, as the person wrote it.", Origin.INVOICE)
    amount: str = text("How much, if the person said it.", Origin.AMOUNT)
    reason: str = text("Why, in the person's words.", Origin.WORDS, longest=300)


async def propose_credit(asking: Asking, wanted: Credit) -> Outcome:
    """Propose a credit memo of the amount; the message it was asked in makes it one."""
    row = await invoice_meant(asking, wanted.invoice)
    if isinstance(row, Outcome):
        return row
    if not wanted.amount:
        return question(f"How much is to be credited on {row.number}?", "amount")
    amount = money_said(wanted.amount, row.currency)
    if amount is None or amount.currency != row.currency or amount.minor <= 0:
        return refusal(f'"{wanted.amount}" is no amount in {row.currency}.')
    if _CANNOT_PAY.search(wanted.reason):
        return refusal("A credit for non-payment would reverse revenue.", f"write off {row.number}")
    reason = _reason(wanted.reason)
    if reason is None:
        return question(f"Why are {amount} credited on {row.number}?", "reason", _CHOICES)
    asked = CreditAsked(
        row.id, reason, _SOURCE, f"{asking.message_id}:{row.id}"[:100], wanted.reason, amount
    )
    answer = await request_credit(asking.session, asking.desk, asked, asking.by.actor, asking.now)
    return await _told(asking, row, answer, f"A credit of {amount} on {row.number}")


async def propose_write_off(asking: Asking, wanted: GivingUp) -> Outcome:
    """Propose to give up all that is open of an invoice."""
    row = await invoice_meant(asking, wanted.invoice)
    if isinstance(row, Outcome):
        return row
    left = Money(row.open_minor, row.currency)
    if wanted.amount and money_said(wanted.amount, row.currency) != left:
        return refusal(
            f"A write-off takes all that is open of an invoice: {left} of {row.number}. A part is "
            "given by a credit.",
            f"credit {wanted.amount} on {row.number}",
            f"write off {row.number}",
        )
    note = wanted.reason or "asked for in chat"
    asked = WriteOffAsked(
        row.id, _SOURCE, f"{asking.message_id}:{row.id}:off"[:100], Reason.CANNOT_PAY, note
    )
    answer = await request_write_off(
        asking.session, asking.desk, asked, asking.by.actor, asking.now
    )
    return await _told(asking, row, answer, f"A write-off of {left} on {row.number}")


def _reason(words: str) -> Reason | None:
    """The reason that words mean, None where they mean none of them."""
    return next((one for one, form in _REASONS if re.search(form, words, re.IGNORECASE)), None)


async def _told(
    asking: Asking, row: InvoiceRow, answer: Requested | CreditRefused, what: str
) -> Outcome:
    link = invoice_link(row.number, row.id, row.customer_id)
    about = About(row.customer_id, row.id)
    if isinstance(answer, CreditRefused):
        told = " ".join(f"{one.id}: {one.message} {one.fix}." for one in answer.findings)
        return Outcome(f"Not proposed. {told}", cited=(link,), refused=True, about=about)
    proposed = await effect(asking.session, answer.effect_ids[0])
    if proposed is None:
        raise RuntimeError(f"effect {answer.effect_ids[0]} vanished")
    words = f"{what} waits for approval by somebody else than you."
    warned = " ".join(f"{one.id}: {one.message}" for one in answer.warnings)
    return Outcome(
        f"Mind that {warned}" if warned else "",
        acts=(Act(ActKind.PROPOSED, words, proposed.id),),
        cited=(effect_link(proposed.id, proposed.title), link),
        about=about,
    )


PROPOSE_CREDIT = Tool(
    "propose_credit",
    "Propose a credit memo on an invoice for a reason; somebody else approves it.",
    Credit,
    propose_credit,
    permission=Permission.DECIDE,
    cues=re.compile(r"credit|gutschrift|avoir|abono", re.IGNORECASE),
    example="credit 500 on INV-7 for the outage",
)
PROPOSE_WRITE_OFF = Tool(
    "propose_write_off",
    "Propose to write off what is open of an invoice; a controller approves it.",
    GivingUp,
    propose_write_off,
    permission=Permission.DECIDE,
    cues=re.compile(r"writ\w*[ -]?(?:it )?off|bad debt|ausbuch|abschreib", re.IGNORECASE),
    example="write off INV-7, they are insolvent",
)
