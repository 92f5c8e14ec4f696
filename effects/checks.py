"""What is checked before a person's decision counts."""

from __future__ import annotations

from datetime import datetime

from domain.ledger.money import Money
from effects.actor import ActorKind, Person
from effects.answers import FieldChange, Refusal, RefusalCode
from effects.moving import effect_of
from effects.policy import ApprovalPolicy, within_limits
from effects.requests import spent
from store import effect_history, switches
from store.effects import EffectRow, locked
from store.engine import Session


async def locked_as_seen(session: Session, effect_id: int, fingerprint: str) -> EffectRow | Refusal:
    """The effect, its row locked, if it still is what the person saw."""
    row = await locked(session, effect_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such effect.")
    if row.fingerprint == fingerprint:
        return row
    seen = await effect_history.version(session, effect_id, fingerprint)
    changes = differences(seen.payload, row.payload) if seen else ()
    names = ", ".join(change.field for change in changes) or "its content"
    message = f"This changed since you saw it: {names}."
    return Refusal(RefusalCode.CHANGED, message, changes, row.fingerprint)


def differences(before: dict[str, object], after: dict[str, object]) -> tuple[FieldChange, ...]:
    """The fields in which two payloads differ."""
    names = sorted(before.keys() | after.keys())
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


async def stopped(session: Session, row: EffectRow) -> Refusal | None:
    """Whether a kill switch stops this effect."""
    effect = effect_of(row)
    found = await switches.stopping(session, channel=effect.channel, customer_id=row.customer_id)
    if found is None:
        return None
    where = f"{found.scope} {found.value}".strip()
    return Refusal(RefusalCode.STOPPED, f"The {where} switch stops it: {found.reason}")


async def not_own(
    session: Session, row: EffectRow, by: Person, policy: ApprovalPolicy
) -> Refusal | None:
    """Whoever proposed it, or rewrote it where the policy says so, does not approve it."""
    if row.proposed_by_kind == ActorKind.PERSON and row.proposed_by_id == by.actor.id:
        return Refusal(RefusalCode.OWN_PROPOSAL, "You proposed it; somebody else must approve.")
    rules = policy.kinds.get(row.kind)
    if rules is not None and rules.editor_approves:
        return None
    latest = (await effect_history.versions_of(session, row.id))[-1]
    if latest.made_by == str(by.actor):
        return Refusal(RefusalCode.OWN_PROPOSAL, "You edited it; somebody else must approve.")
    return None


async def may_spend(
    session: Session, row: EffectRow, by: Person, policy: ApprovalPolicy, now: datetime
) -> Refusal | None:
    """The person's limits and caps, and the customer's."""
    if row.currency is None or row.amount_minor is None:
        return None
    amount = Money(row.amount_minor, row.currency)
    used = await spent(session, row, by.actor, now)
    over = within_limits(policy, row.kind, amount, by.role, used)
    return None if over is None else Refusal(RefusalCode(over.code), f"{over.message}.")
