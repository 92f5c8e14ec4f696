"""A payout in the books: from Stripe's clearing account to the bank, with Stripe's fees."""

from __future__ import annotations

from datetime import datetime

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.kinds_journal import EntryLine, PostJournal
from effects.propose import Because, propose
from erp.identity import external_id
from flows.desk import Desk
from store.engine import Session
from store.payouts import PayoutRow

KEEPER = Actor(ActorKind.SYSTEM, "payouts")


async def propose_journal(
    session: Session, desk: Desk, payout: PayoutRow, now: datetime
) -> int | None:
    """Propose the journal of a payout whose every cent is explained; the effect's id.

    None while there is nothing to book, or no clearing account is configured: then Stripe's money
    is not kept apart in this ledger.
    """
    explained = payout.difference_minor == 0 and payout.status == "paid"
    if not explained or payout.amount_minor <= 0 or not desk.cash.clearing.netsuite_id:
        return None
    because = Because("payout:explained", {"payout": payout.source_id, "trace": payout.trace})
    proposed = await propose(
        session,
        journal_of(desk, payout),
        policy=desk.approval,
        because=because,
        by=KEEPER,
        now=now,
    )
    return proposed.effect_id


def journal_of(desk: Desk, payout: PayoutRow) -> PostJournal:
    """Debit the bank and the fees, credit the clearing account with what was taken in."""
    books, currency = desk.cash, payout.currency
    net, fee = Money(payout.amount_minor, currency), Money(payout.fee_minor or 0, currency)
    lines = [EntryLine(books.bank.netsuite_id, books.bank.name, debit=net)]
    if fee.minor > 0:
        lines.append(EntryLine(books.fee.netsuite_id, books.fee.name, debit=fee))
    if fee.minor < 0:
        lines.append(EntryLine(books.fee.netsuite_id, books.fee.name, credit=-fee))
    clearing = books.clearing
    lines.append(EntryLine(clearing.netsuite_id, clearing.name, credit=net + fee))
    return PostJournal(
        purpose="payout",
        customer_id=None,
        customer_netsuite_id="",
        lines=tuple(lines),
        posted_on=payout.arrives_on,
        occasion=f"{payout.source}:{payout.source_id}",
        external_id=external_id(desk.tenant, payout.source, payout.source_id, "journal"),
        memo=f"Stripe payout {payout.source_id}",
    )
