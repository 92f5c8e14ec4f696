"""What matching learns and must account for: payers, declined pairs, decisions, classes, rules."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.columns import big, big_id, big_list, instant, json, ref


class AliasRow(SQLModel, table=True):
    """What people said about a payer's folded name or "scheme:value": it pays for this customer."""

    __tablename__ = "payer_alias"
    __table_args__ = (UniqueConstraint("key", "customer_id", name="uq_payer_alias"),)
    id: int = big_id()
    key: str = Field(index=True)
    customer_id: int = ref("customer.id")
    confirmed: int = 0
    declined: int = 0
    last_confirmed_on: date | None = None


class DeclinedRow(SQLModel, table=True):
    """A payer and the items a person said its money is not for. It never returns."""

    __tablename__ = "declined_match"
    id: int = big_id()
    payer_key: str = Field(index=True)
    item_ids: list[int] = big_list()
    payment_id: int = ref("payment.id")
    declined_by: str
    reason: str = ""
    declined_at: datetime = instant()


class MatchDecisionRow(SQLModel, table=True):
    """One decision about a receipt. `inputs` is packed: everything it was taken from.

    `digest` is the SHA-256 of the unpacked inputs; equal inputs give the same decision again.
    """

    __tablename__ = "match_decision"
    id: int = big_id()
    payment_id: int = ref("payment.id")
    outcome: str
    tier: int | None = None
    klass: str = ""
    live: bool = False
    digest: str
    inputs: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    decision: dict[str, object] = json()
    decided_at: datetime = instant()


class MatchVerdictRow(SQLModel, table=True):
    """What people came to about one receipt that was matched: the same, or something else."""

    __tablename__ = "match_verdict"
    id: int = big_id()
    payment_id: int = big(unique=True)
    klass: str = Field(index=True)
    tier: int
    live: bool
    confirmed: bool
    said_by: str
    reason: str = ""
    said_at: datetime = instant(index=True)


class MatchClassRow(SQLModel, table=True):
    """Where a class of matches stands: shadow, live or demoted, and since when it is counted."""

    __tablename__ = "match_class"
    id: int = big_id()
    klass: str = Field(unique=True)
    state: str
    since_at: datetime = instant()
    changed_by: str
    reason: str = ""


class MatchRuleRow(SQLModel, table=True):
    """A seller's rule of matching. States: proposed, active, retired. Tried in `position` order."""

    __tablename__ = "match_rule"
    id: int = big_id()
    name: str = Field(unique=True)
    position: int
    body: dict[str, object] = json()
    words: str = ""
    state: str = Field(default="proposed", index=True)
    made_by: str
    made_at: datetime = instant()
    dry_run: dict[str, object] = json()
    decided_by: str = ""
    decided_at: datetime | None = instant(nullable=True)


class PaymentEffectRow(SQLModel, table=True):
    """An effect that belongs to a receipt besides its posting: a fee, a write-off, a reversal."""

    __tablename__ = "payment_effect"
    __table_args__ = (UniqueConstraint("payment_id", "effect_id", name="uq_payment_effect"),)
    id: int = big_id()
    payment_id: int = ref("payment.id")
    effect_id: int = ref("effect.id")
    role: str
