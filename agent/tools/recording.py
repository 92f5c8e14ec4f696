"""Propose: money that a colleague knows of, recorded once and matched."""

from __future__ import annotations

import re
from datetime import date

from agent.chat import Cited
from agent.spoken.amounts import currency_named, money_said
from agent.spoken.days import days_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Act, ActKind, Choice, Outcome, question, refusal
from agent.tools.phrasing import customer_link, day, effect_link
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from domain.matching.decision import Ambiguous, Decision
from flows.cash import Invalid, ManualEntry, enter_payment, match_payment
from flows.cash.acts import choice_of, choose
from security.permissions import Permission
from store import effects, pages, receipts
from store.parties import CustomerRow


class Paid(Arguments):
    """Money that came in."""

    customer: str = text("Who paid, as the person wrote it.", Origin.NAME)
    amount: str = text("How much, as the person wrote it.", Origin.AMOUNT)
    currency: str = text("The currency, if the person named one.", Origin.CURRENCY, longest=12)
    received: str = text("When, as the person wrote it; empty: today.", Origin.DAY)
    reference: str = text("The bank's reference or check number.", Origin.WORDS)
    invoice: str = text("The invoice it is for, if the person named one.", Origin.INVOICE)


async def record_payment(asking: Asking, wanted: Paid) -> Outcome:
    """Record a receipt; matching proposes where it goes, and a person approves the posting."""
    row = await customer_meant(asking, wanted.customer, exactly=True)
    if isinstance(row, Outcome):
        return row
    if not wanted.amount:
        return question(f"How much did {row.name} pay?", "amount")
    amount = money_said(wanted.amount, currency_named(wanted.currency) or row.currency)
    if amount is None:
        return refusal(f'I cannot read "{wanted.amount}" as an amount; write it like 12,400.00.')
    received = _received(asking, wanted.received)
    if isinstance(received, Outcome):
        return received
    entry = ManualEntry(
        amount=amount.plain(),
        currency=amount.currency,
        received_on=received.isoformat(),
        source_id=wanted.reference or f"chat {asking.message_id}"[:100],
        customer_id=row.id,
        payer_name=row.name,
        reference=wanted.invoice,
    )
    entered = await enter_payment(asking.session, entry, asking.by.actor, asking.now)
    if isinstance(entered, Invalid):
        return refusal(f"Not recorded: {' '.join(entered.problems.values())}")
    said = f"{amount} from {row.name}, received on {day(received)}"
    if not entered.created:
        link = Cited(said, f"/payments/{entered.payment_id}")
        return Outcome(f"{said}: recorded before.", cited=(link,), about=About(row.id))
    return await _matched(asking, row, entered.payment_id, said)


def _received(asking: Asking, words: str) -> date | Outcome:
    if not words:
        return asking.today
    days = days_meant(words, asking.today, past=True)
    if len(days) == 1:
        return days[0]
    if not days:
        return refusal(f'I cannot read "{words}" as a day.')
    choices = tuple(Choice(d.isoformat(), day(d)) for d in days)
    return question("Which day do you mean?", "received", choices)


async def _matched(asking: Asking, row: CustomerRow, payment_id: int, said: str) -> Outcome:
    """Match it at once, unless others came before it: then the job does, in their order."""
    session = asking.session
    if not await receipts.undecided_before(session, payment_id, limit=1):
        decision = await match_payment(session, asking.desk, payment_id, asking.now)
        await _choose_the_only_one(asking, payment_id, decision)
    known = await pages.payment(session, payment_id)
    acts = [Act(ActKind.RECORDED, f"{said}, is recorded.")]
    links = [Cited(said, f"/payments/{payment_id}"), customer_link(row)]
    posting = await effects.effect(session, known.effect_id) if known and known.effect_id else None
    if posting is not None and posting.state == "proposed":
        words = f"Its posting waits for approval: {posting.title}."
        acts.append(Act(ActKind.PROPOSED, words, posting.id))
        links.append(effect_link(posting.id, posting.title))
        return Outcome("", acts=tuple(acts), cited=tuple(links), about=About(row.id))
    waits = known is not None and known.state == "waiting"
    told = "Nobody knows yet what it pays: choose on its page." if waits else ""
    return Outcome(
        told or "Where it goes is worked out next.",
        acts=tuple(acts),
        cited=tuple(links),
        about=About(row.id),
    )


async def _choose_the_only_one(asking: Asking, payment_id: int, decision: Decision | None) -> None:
    """What matching may not post alone but alone explains the money: the person proposes it.

    Only to the cent: a part of an invoice or a difference is chosen on the receipt's page.
    """
    if not isinstance(decision, Ambiguous) or len(decision.proposals) != 1:
        return
    proposal = decision.proposals[0]
    lines = {line.item_id: line.amount for line in proposal.allocation.invoices}
    rows = await receipts.invoices_named(asking.session, list(lines))
    whole = all(Money(r.open_minor, r.currency) == lines[r.id] for r in rows)
    if whole and len(rows) == len(lines) and not proposal.allocation.unapplied:
        choice = choice_of(proposal, "recorded in chat; the only explanation")
        await choose(asking.session, asking.desk, payment_id, choice, asking.by.actor, asking.now)


RECORD_PAYMENT = Tool(
    "record_payment",
    "Record money that came in; its posting is proposed and somebody approves it.",
    Paid,
    record_payment,
    permission=Permission.ENTER_PAYMENT,
    cues=re.compile(
        r"paid|payment|wire|check|cheque|transfer|deposit|receiv|record|post\b|bezahlt|payé|pag[oó]|"
        r"got\b|sent us",
        re.IGNORECASE,
    ),
    example="Acme paid 12,400 by wire today, ref 88-201",
)
