"""Plans of answers: what the mails of one conversation ask for, answered in one mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.effects import EffectRow
from store.engine import Session
from store.parties import CustomerRow


class AnswerPlanRow(SQLModel, table=True):
    """One plan. States: open (its mail waits), closed (it left, was turned down or replaced).

    `parts` holds under "parts" a list of what is answered, each with an id, the answer's kind, the
    mail it answers, its words, invoices and whether it is wanted.
    """

    __tablename__ = "answer_plan"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    thread_id: int | None = ref("mail_thread.id", nullable=True)
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    to_address: str = ""
    parts: dict[str, object] = json()
    state: str = Field(default="open", index=True)
    effect_id: int | None = big(nullable=True, index=True)
    opened_at: datetime = instant()
    changed_at: datetime = instant()


async def latest_open(
    session: Session, customer_id: int, thread_id: int | None, address: str
) -> AnswerPlanRow | None:
    """The open plan of a conversation with this person, its row locked."""
    found = await session.exec(
        select(AnswerPlanRow)
        .where(AnswerPlanRow.customer_id == customer_id, AnswerPlanRow.state == "open")
        .where(AnswerPlanRow.thread_id == thread_id, AnswerPlanRow.to_address == address.lower())
        .order_by(col(AnswerPlanRow.id).desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def withdrawn_plans(
    session: Session, customer_id: int, *, limit: int = 10
) -> Sequence[AnswerPlanRow]:
    """Open plans of a customer whose mail was withdrawn, their rows locked, oldest first."""
    found = await session.exec(
        select(AnswerPlanRow)
        .join(EffectRow, col(EffectRow.id) == col(AnswerPlanRow.effect_id))
        .where(AnswerPlanRow.customer_id == customer_id, AnswerPlanRow.state == "open")
        .where(EffectRow.state == "superseded")
        .order_by(col(AnswerPlanRow.id))
        .limit(limit)
        .with_for_update(of=AnswerPlanRow)
        .execution_options(populate_existing=True)
    )
    return found.all()


async def plan_locked(session: Session, plan_id: int) -> AnswerPlanRow | None:
    """The plan, its row locked."""
    found = await session.exec(
        select(AnswerPlanRow)
        .where(AnswerPlanRow.id == plan_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def plan_of_effect(session: Session, effect_id: int) -> AnswerPlanRow | None:
    """The plan whose mail an effect is, or None."""
    found = await session.exec(
        select(AnswerPlanRow)
        .where(AnswerPlanRow.effect_id == effect_id)
        .order_by(col(AnswerPlanRow.id).desc())
        .limit(1)
    )
    return found.first()


async def waiting_plans(
    session: Session, *, limit: int = 200
) -> Sequence[tuple[AnswerPlanRow, EffectRow, str]]:
    """Plans whose mail waits for approval, with it and the customer's name, oldest first."""
    found = await session.exec(
        select(AnswerPlanRow, EffectRow, CustomerRow.name)
        .join(EffectRow, col(EffectRow.id) == col(AnswerPlanRow.effect_id))
        .join(CustomerRow, col(CustomerRow.id) == col(AnswerPlanRow.customer_id))
        .where(AnswerPlanRow.state == "open", EffectRow.state == "proposed")
        .order_by(col(AnswerPlanRow.opened_at), col(AnswerPlanRow.id))
        .limit(limit)
    )
    return [(plan, effect, name) for plan, effect, name in found.all()]
