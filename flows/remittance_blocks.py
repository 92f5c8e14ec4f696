"""Another remittance block: proposed by one administrator, put in force by a second one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from domain.ledger.remittance_block import RemittanceBlock, mistakes
from effects.actor import Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.paying_to import as_proposed, content_of, fingerprint_of
from security.permissions import Permission, allows
from security.tokens import same
from store import parties, remittance_blocks
from store.engine import Session
from store.remittance_blocks import RemittanceBlockRow

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wrong:
    """The block cannot be proposed: why, in words."""

    problems: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join(self.problems)


@dataclass(frozen=True, slots=True)
class Waits:
    """Proposed; nothing is printed otherwise before somebody else confirms it."""

    block_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Papers made from now on carry it; `before` was printed until now."""

    block_id: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """The proposal is over; what was printed is printed still."""

    block_id: int


async def offer(
    session: Session,
    block: RemittanceBlock,
    reason: str,
    by: Person,
    now: datetime,
    *,
    subsidiary_id: int | None = None,
    currency: str = "",
) -> Waits | Wrong | Refusal:
    """Propose the block of a subsidiary and a currency; neither: of all that have none."""
    if not allows(by.role, Permission.SET_REMITTANCE):
        return _not_allowed(by)
    before = await _in_force(session, subsidiary_id, currency)
    problems = [*mistakes(block), *await _wrong(session, reason, subsidiary_id, currency)]
    if (content_of(before) if before else RemittanceBlock()) == block:
        problems.append("It is what is printed already.")
    if problems:
        return Wrong(tuple(problems))
    parent = before.id if before else None
    row = RemittanceBlockRow(
        holder=block.holder,
        bank=block.bank,
        iban=block.iban,
        bic=block.bic,
        routing=block.routing,
        account=block.account,
        subsidiary_id=subsidiary_id,
        currency=currency,
        fingerprint=fingerprint_of(block, subsidiary_id, currency, parent),
        reason=reason.strip()[:_LONGEST],
        parent_id=parent,
        proposed_by=str(by.actor),
        proposed_at=now,
    )
    block_id = await remittance_blocks.add_block(session, row)
    await _told(session, "remittance_block.proposed", row, by, now)
    return Waits(block_id, row.fingerprint)


async def confirm(
    session: Session, block_id: int, fingerprint: str, by: Person, now: datetime
) -> InForce | Refusal:
    """Put a proposal in force as it was seen; never by whoever proposed it."""
    if not allows(by.role, Permission.SET_REMITTANCE):
        return _not_allowed(by)
    await remittance_blocks.take_turn(session)
    row = await remittance_blocks.block(session, block_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such block.")
    if row.proposed_by == str(by.actor):
        return Refusal(RefusalCode.OWN_PROPOSAL, "You proposed it; another administrator confirms.")
    if row.confirmed_at is not None or row.dropped_at is not None:
        return Refusal(RefusalCode.WRONG_STATE, "It does not wait any more.")
    if not same(row.fingerprint, fingerprint) or not as_proposed(row):
        return Refusal(RefusalCode.CHANGED, "It is not what you saw; look at it again.")
    before = await _in_force(session, row.subsidiary_id, row.currency)
    if mistakes(content_of(row)) or row.parent_id != (before.id if before else None):
        told = "Another block was confirmed since it was proposed: propose it again."
        return Refusal(RefusalCode.WRONG_STATE, told)
    row.confirmed_by, row.confirmed_at = str(by.actor), now
    session.add(row)
    await session.flush()
    await _told(session, "remittance_block.confirmed", row, by, now)
    return InForce(row.id, row.parent_id)


async def drop(session: Session, block_id: int, by: Person, now: datetime) -> Dropped | Refusal:
    """End a proposal that waits, one's own or another's."""
    if not allows(by.role, Permission.SET_REMITTANCE):
        return _not_allowed(by)
    row = await remittance_blocks.block(session, block_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such block.")
    if row.confirmed_at is not None or row.dropped_at is not None:
        return Refusal(RefusalCode.WRONG_STATE, "It does not wait any more.")
    row.dropped_by, row.dropped_at = str(by.actor), now
    session.add(row)
    await _told(session, "remittance_block.dropped", row, by, now)
    return Dropped(row.id)


async def _in_force(
    session: Session, subsidiary_id: int | None, currency: str
) -> RemittanceBlockRow | None:
    rows = await remittance_blocks.confirmed_last(session)
    return next(
        (r for r in rows if (r.subsidiary_id, r.currency) == (subsidiary_id, currency)), None
    )


async def _wrong(
    session: Session, reason: str, subsidiary_id: int | None, currency: str
) -> list[str]:
    found = []
    if not reason.strip():
        found.append("It does not say why it changes.")
    if currency and not re.fullmatch(r"[A-Z]{3}", currency):
        found.append("The currency is no code of three capitals.")
    if subsidiary_id is not None and not await parties.subsidiary_netsuite_id(
        session, subsidiary_id
    ):
        found.append("There is no such subsidiary.")
    return found


async def _told(
    session: Session, action: str, row: RemittanceBlockRow, by: Person, now: datetime
) -> None:
    """The audit has the fingerprint and the last signs of the account, not the whole number."""
    shown = replace(content_of(row), iban=row.iban[-4:], account=row.account[-4:]).payload()
    detail: dict[str, object] = {
        **shown, "fingerprint": row.fingerprint, "before": row.parent_id, "reason": row.reason,
        "subsidiary_id": row.subsidiary_id, "currency": row.currency,
        "proposed_by": row.proposed_by,
    }  # fmt: skip
    await record(session, Entry(by.actor, action, "remittance_block", str(row.id), detail), now)


def _not_allowed(by: Person) -> Refusal:
    return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot change where customers pay.")
