"""What people's decisions teach: who a payer is, what is never proposed again, how good a class is.

A machine's own posting teaches nothing about payers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.ledger.money import Money
from domain.matching.book import payer_keys
from domain.matching.decision import Allocation, Matched
from domain.matching.explain import from_json
from domain.matching.item import Remembered
from domain.matching.memory import after_confirm, after_decline
from domain.matching.settings import MatchSettings
from effects.kinds import PostCustomerPayment
from flows.cash.inputs import own_key
from flows.cash.standing import demote_if_wrong
from flows.desk import Desk
from store import matching
from store.engine import Session
from store.matching import AliasRow, DeclinedRow, MatchVerdictRow
from store.receipt_values import accounts_in
from store.receivables import PaymentRow


def keys_of(row: PaymentRow) -> tuple[str, ...]:
    """Under which names and accounts the payer of a receipt is remembered."""
    return payer_keys(row.payer_name, accounts_in(row))


async def learn_posting(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    effect: PostCustomerPayment,
    by: str,
    now: datetime,
) -> None:
    """A receipt was posted: by a person's approval, or by the policy's (`by` says).

    The match is confirmed where exactly that was posted, and corrected where something else was.
    """
    match = matched_in(row)
    if match is not None:
        same = _same(match.proposal.allocation, effect)
        if same or by.startswith("person:"):
            await _judge(session, desk, row, match, by, "", now, confirmed=same)
    if not by.startswith("person:"):
        return
    settings = desk.matching.settings
    for key in keys_of(row):
        await _confirm(session, key, effect.customer_id, now.date(), settings)


async def learn_decline(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    items: Sequence[int],
    by: str,
    reason: str,
    now: datetime,
) -> None:
    """A person said that a receipt is not for these items: never again for this payer."""
    keys = keys_of(row) or (own_key(row.source, row.source_id),)
    rows = [
        DeclinedRow(
            payer_key=key,
            item_ids=list(items),
            payment_id=row.id,
            declined_by=by,
            reason=reason[:500],
            declined_at=now,
        )
        for key in keys
    ]
    await matching.decline(session, rows)
    match = matched_in(row)
    if match is not None and _items(match.proposal.allocation) == sorted(items):
        await _judge(session, desk, row, match, by, reason, now, confirmed=False)


async def learn_correction(
    session: Session, desk: Desk, row: PaymentRow, by: str, reason: str, now: datetime
) -> None:
    """What was posted of a receipt had to be undone: its match was wrong."""
    match = matched_in(row)
    if match is not None:
        await _judge(session, desk, row, match, by, reason, now, confirmed=False)


async def learn_payer(
    session: Session, desk: Desk, row: PaymentRow, customer_id: int, now: datetime
) -> None:
    """A person named the payer: what was remembered of others under these keys was wrong."""
    settings, today = desk.matching.settings, now.date()
    for key in keys_of(row):
        for known in await matching.aliases(session, key):
            if known.customer_id != customer_id:
                await _put(session, after_decline(_value(known), today, settings))
        await _confirm(session, key, customer_id, today, settings)


def matched_in(row: PaymentRow) -> Matched | None:
    """The match that matching left with a receipt, if it came to one."""
    if row.outcome != "matched":
        return None
    found = from_json(row.match)
    return found if isinstance(found, Matched) else None


async def _judge(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    match: Matched,
    by: str,
    reason: str,
    now: datetime,
    *,
    confirmed: bool,
) -> None:
    klass = str(match.proposal.klass)
    verdict = MatchVerdictRow(
        payment_id=row.id,
        klass=klass,
        tier=int(match.tier),
        live=match.live,
        confirmed=confirmed,
        said_by=by,
        reason=reason[:500],
        said_at=now,
    )
    if await matching.put_verdict(session, verdict) and not confirmed:
        await demote_if_wrong(session, desk.matching, klass, now)


async def _confirm(
    session: Session, key: str, customer_id: int, today: date, settings: MatchSettings
) -> None:
    row = await matching.alias(session, key, customer_id)
    known = _value(row) if row is not None else Remembered(key, customer_id, 0, 0)
    await _put(session, after_confirm(known, today, settings))


async def _put(session: Session, known: Remembered) -> None:
    await matching.put_alias(
        session,
        AliasRow(
            key=known.key,
            customer_id=known.customer_id,
            confirmed=known.confirmed,
            declined=known.declined,
            last_confirmed_on=known.last_confirmed_on,
        ),
    )


def _value(row: AliasRow) -> Remembered:
    return Remembered(row.key, row.customer_id, row.confirmed, row.declined, row.last_confirmed_on)


def _items(allocation: Allocation) -> list[int]:
    return sorted(line.item_id for line in allocation.invoices)


def _same(allocation: Allocation, effect: PostCustomerPayment) -> bool:
    """Whether exactly this allocation is posted."""
    zero = Money.zero(effect.amount.currency)
    wanted = {i.item_id: (i.amount, i.discount) for i in allocation.invoices}
    posted = {a.invoice_id: (a.amount, a.discount or zero) for a in effect.applications}
    credits_ = {c.item_id: c.amount for c in allocation.credits}
    used = {c.document_id: c.amount for c in effect.credits}
    return wanted == posted and credits_ == used and allocation.fee == (effect.fee or zero)
