"""The rows that hold what an effect says, and who said yes or no to exactly that."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Actor
from effects.kinds import Effect, amount_of
from store.effects import DecisionRow, EffectRow, EffectVersionRow


def put_content(row: EffectRow, effect: Effect) -> None:
    """Put an effect's content into its row."""
    amount = amount_of(effect)
    row.payload = effect.payload()
    row.fingerprint = effect.fingerprint()
    row.title = effect.title()
    row.customer_id = effect.customer_id
    row.currency = amount.currency if amount else None
    row.amount_minor = amount.minor if amount else None


def version_of(row: EffectRow, by: Actor, now: datetime) -> EffectVersionRow:
    """The record of the content the row now has."""
    return EffectVersionRow(
        effect_id=row.id,
        version=row.version,
        payload=row.payload,
        fingerprint=row.fingerprint,
        made_by=str(by),
        made_at=now,
    )


def decision(
    row: EffectRow, verdict: str, actor: Actor, reason: str, now: datetime, role: str = ""
) -> DecisionRow:
    """A decision about the content the row now has."""
    return DecisionRow(
        effect_id=row.id,
        fingerprint=row.fingerprint,
        verdict=verdict,
        actor_kind=actor.kind,
        actor_id=actor.id,
        role=role,
        reason=reason,
        currency=row.currency,
        amount_minor=row.amount_minor,
        at=now,
    )
