"""Cash: a receipt is matched, proposed for posting, or given to a person with candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, assert_never

from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.payment import Application
from domain.matching.match import match
from domain.matching.outcome import (
    Ambiguous,
    Candidate,
    Certainty,
    Matched,
    MatchOutcome,
    Payer,
    Unmatched,
)
from domain.matching.reference import words
from effects.actor import Actor, ActorKind
from effects.kinds import AppliedAmount, PostCustomerPayment
from effects.lifecycle import EffectState
from effects.propose import Because, Proposed, propose
from erp.identity import external_id
from flows.desk import Desk
from flows.facts import load_case
from flows.followups import retire_stale
from flows.promises import keep_promises
from flows.receipts import (
    Entered,
    Invalid,
    ManualEntry,
    enter_payment,
    handle_stripe,
    match_job,
)
from store import followups, parties, receipts
from store.effects import effect
from store.engine import Session
from store.jobs import enqueue
from store.promises import lock_open
from store.receivables import InvoiceRow, PaymentRow, invoice_value, payment_value
from store.worklist import WorkItemRow, ask_again, close_item

__all__ = [
    "ChoiceRefused",
    "Entered",
    "Invalid",
    "ManualEntry",
    "apply_choice",
    "enter_payment",
    "handle_stripe",
    "match_payment",
    "settled",
]

MATCHER = Actor(ActorKind.SYSTEM, "matching")
_OPEN = ("received", "waiting")
_GIVEN_UP = (EffectState.REJECTED, EffectState.EXPIRED, EffectState.SUPERSEDED)
_REPLACEABLE = ("proposed", "rejected", "expired", "superseded", "failed")


class _Wanted(TypedDict):
    customer_id: int | None
    words: Sequence[str]
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ChoiceRefused:
    """What a person picked cannot be posted, and why."""

    reason: str


async def match_payment(
    session: Session, desk: Desk, payment_id: int, now: datetime
) -> MatchOutcome | None:
    """Match one receipt and act on the outcome. None when there is nothing left to match."""
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or not await _to_match(session, row):
        return None
    payer = await payer_of(session, row)
    outcome = match(payment_value(row), payer, await _invoices(session, row, payer))
    row.match = describe(outcome)
    await _follow(session, desk, row, outcome, now)
    return outcome


async def _to_match(session: Session, row: PaymentRow) -> bool:
    """Whether nobody has placed it yet, or the posting it was placed in will not happen."""
    if row.state in _OPEN:
        return True
    known = await effect(session, row.effect_id or 0) if row.state == "proposed" else None
    return known is not None and known.state in _GIVEN_UP


async def _follow(
    session: Session, desk: Desk, row: PaymentRow, outcome: MatchOutcome, now: datetime
) -> None:
    match outcome:
        case Matched():
            because = Because(f"matching:{outcome.rule}", _proof(outcome))
            lines = outcome.applications
            await _propose(session, desk, row, outcome.customer_id, lines, because, MATCHER, now)
            if row.state == "waiting":
                refused = Ambiguous(outcome.customer_id, ("its posting was turned down",), ())
                await _ask(session, row, refused, now)
            else:
                await close_item(session, _item_key(row), by=str(MATCHER), now=now)
        case Ambiguous() | Unmatched():
            await _ask(session, row, outcome, now)
        case _:
            assert_never(outcome)


async def _invoices(session: Session, row: PaymentRow, payer: Payer) -> tuple[Invoice, ...]:
    """What the receipt may pay, and what it may pay a second time."""
    wanted = _Wanted(
        customer_id=payer.customer_id,
        words=words(row.reference),
        currency=row.currency,
        amount_minor=row.unapplied_minor,
    )
    found = await receipts.invoices_to_match(session, **wanted)
    paid = await receipts.paid_invoices(session, **wanted)
    return (*await _available(session, row, found), *map(invoice_value, paid))


async def _available(
    session: Session, row: PaymentRow, found: Sequence[InvoiceRow]
) -> tuple[Invoice, ...]:
    """Invoices with what other postings on their way will pay taken off their open balance."""
    customers = sorted({i.customer_id for i in found})
    spoken = await receipts.spoken_for(session, customers, except_payment=row.id)
    invoices = [invoice_value(i) for i in found]
    return tuple(
        replace(i, open=Money(max(i.open.minor - spoken.get(i.id, 0), 0), i.open.currency))
        for i in invoices
    )


async def payer_of(session: Session, row: PaymentRow) -> Payer:
    """Who paid, as far as it is certain: a Stripe customer id, or a person's own entry."""
    if row.customer_id is None:
        return Payer()
    if row.source == "stripe":
        found = await receipts.customers_by_stripe(session, row.payer_account)
        if len(found) != 1 or found[0].id != row.customer_id:
            return Payer(row.customer_id)
        return Payer(row.customer_id, Certainty.CERTAIN, "the Stripe customer is this customer's")
    if row.source == "manual":
        return Payer(row.customer_id, Certainty.CERTAIN, "a person named the payer")
    return Payer(row.customer_id)


async def apply_choice(
    session: Session,
    desk: Desk,
    payment_id: int,
    choice: Sequence[tuple[int, Money]],
    by: Actor,
    now: datetime,
) -> Proposed | ChoiceRefused:
    """Propose what a person picked: amounts by invoice id. Somebody else approves it."""
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or row.state not in (*_OPEN, "proposed"):
        return ChoiceRefused("This payment does not wait for a choice.")
    found = await receipts.invoices_named(session, [invoice_id for invoice_id, _ in choice])
    invoices = {i.id: i for i in await _available(session, row, found)}
    refused = await _on_its_way(session, row) or _wrong_choice(row, choice, invoices)
    if refused:
        return ChoiceRefused(refused)
    customer_id = next(iter(invoices.values())).customer_id
    lines = tuple(Application(invoice_id, amount) for invoice_id, amount in choice)
    because = Because("matching:person", {"chosen_by": str(by)})
    proposed = await _propose(session, desk, row, customer_id, lines, because, by, now)
    await close_item(session, _item_key(row), by=str(by), now=now)
    return proposed


async def settled(session: Session, desk: Desk, customer_id: int, now: datetime) -> None:
    """A customer's balance moved: promises it keeps are kept, mail that still asks for what is
    paid is withdrawn, receipts that wait are matched again, and the cadence looks again.
    """
    await lock_open(session, customer_id)
    for row in await receipts.to_match_again(session, customer_id):
        row.state = "received" if row.state == "proposed" else row.state
        session.add(row)
        await enqueue(session, match_job(row.id))
    case = await load_case(session, desk, customer_id, now)
    if case is not None:
        await retire_stale(session, desk, case)
    await keep_promises(session, customer_id, now)
    await followups.wake(session, customer_id, now)


async def _on_its_way(session: Session, row: PaymentRow) -> str:
    if row.effect_id is None:
        return ""
    known = await effect(session, row.effect_id)
    if known is None or known.state in _REPLACEABLE:
        return ""
    return f"Its posting is {known.state} already."


def _wrong_choice(
    row: PaymentRow, choice: Sequence[tuple[int, Money]], invoices: dict[int, Invoice]
) -> str:
    if not choice or len({invoice_id for invoice_id, _ in choice}) != len(choice):
        return "Pick each invoice once."
    for invoice_id, amount in choice:
        invoice = invoices.get(invoice_id)
        if invoice is None or not invoice.collectable:
            return f"Invoice {invoice_id} is not open."
        if amount.currency != row.currency or invoice.open.currency != row.currency:
            return f"{invoice.number} is not in the currency of the payment."
        if not 0 < amount.minor <= invoice.open.minor:
            return f"{invoice.number} can take at most {invoice.open}."
    if len({i.customer_id for i in invoices.values()}) != 1:
        return "The invoices belong to several customers."
    applied = total((amount for _, amount in choice), row.currency)
    if applied.minor > row.unapplied_minor:
        return f"{applied} is more than the payment has left."
    return ""


async def _propose(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    customer_id: int,
    lines: tuple[Application, ...],
    because: Because,
    by: Actor,
    now: datetime,
) -> Proposed:
    posting = await _posting(session, desk, row, customer_id, lines)
    proposed = await propose(
        session, posting, policy=desk.approval, because=because, by=by, now=now
    )
    turned_down = proposed.state in _GIVEN_UP
    row.customer_id = customer_id
    row.effect_id = proposed.effect_id
    row.state = "waiting" if turned_down else "proposed"
    session.add(row)
    return proposed


async def _posting(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    customer_id: int,
    lines: tuple[Application, ...],
) -> PostCustomerPayment:
    customer = await parties.customer(session, customer_id)
    if customer is None:
        raise LookupError(f"customer {customer_id} vanished")
    found = await receipts.invoices_named(session, [line.invoice_id for line in lines])
    known = {i.id: i for i in found}
    return PostCustomerPayment(
        payment_id=row.id,
        source=row.source,
        source_id=row.source_id,
        customer_id=customer_id,
        customer_netsuite_id=customer.netsuite_id,
        amount=Money(row.amount_minor, row.currency),
        received_on=row.received_on,
        applications=tuple(
            AppliedAmount(
                line.invoice_id,
                known[line.invoice_id].netsuite_id,
                known[line.invoice_id].number,
                line.amount,
            )
            for line in lines
        ),
        external_id=external_id(desk.tenant, row.source, row.source_id),
        reference=row.reference[:200],
        memo=f"{row.source} {row.source_id}"[:200],
    )


async def _ask(
    session: Session, row: PaymentRow, outcome: Ambiguous | Unmatched, now: datetime
) -> None:
    row.state = "waiting"
    session.add(row)
    amount = Money(row.amount_minor, row.currency)
    await ask_again(
        session,
        WorkItemRow(
            key=_item_key(row),
            kind="payment",
            customer_id=outcome.customer_id,
            payment_id=row.id,
            title=f"{amount} from {row.payer_name or 'an unknown payer'}: {outcome.reasons[0]}",
            detail=dict(row.match),
            opened_at=now,
        ),
    )


def _item_key(row: PaymentRow) -> str:
    return f"payment:{row.id}"


def _proof(outcome: Matched) -> dict[str, object]:
    rival = outcome.runner_up
    return {
        "confidence": 100,
        "reasons": list(outcome.reasons),
        "runner_up": _candidate(rival) if rival else None,
    }


def describe(outcome: MatchOutcome) -> dict[str, object]:
    """The outcome as plain JSON, for the payment, its work item and pages."""
    told: dict[str, object] = {
        "outcome": type(outcome).__name__.lower(),
        "customer_id": outcome.customer_id,
        "reasons": list(outcome.reasons),
    }
    if isinstance(outcome, Matched):
        rival = outcome.runner_up
        told |= {"rule": outcome.rule, "runner_up": _candidate(rival) if rival else None}
        told["applications"] = _lines(outcome.applications)
    else:
        told["candidates"] = [_candidate(c) for c in outcome.candidates]
    return told


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "customer_id": candidate.customer_id,
        "numbers": list(candidate.numbers),
        "points": candidate.points,
        "reasons": list(candidate.reasons),
        "applications": _lines(candidate.applications),
    }


def _lines(lines: tuple[Application, ...]) -> list[dict[str, object]]:
    return [
        {
            "invoice_id": line.invoice_id,
            "minor": line.amount.minor,
            "currency": line.amount.currency,
        }
        for line in lines
    ]
