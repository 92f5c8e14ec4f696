"""Gather what the approval policy looks at: the effect, its evidence and what was spent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind, Role
from effects.complete import missing
from effects.kinds import (
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    Effect,
    PostCustomerPayment,
    PostJournal,
    PostToCustomerChannel,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    SendEmail,
    UnapplyPayment,
    UpdateInvoice,
    VoidRequest,
    WriteOffInvoice,
    amount_of,
)
from effects.policy import Auto, Forbidden, NeedsApproval, Request, Spent, Verdict
from store import effect_history
from store.effects import EffectRow
from store.engine import Session

_DAY = timedelta(hours=24)


async def request_for(
    session: Session, row: EffectRow, effect: Effect, policy_name: str, now: datetime
) -> Request:
    """The question to ask the policy about an effect."""
    evidence = row.because.get("evidence")
    known = evidence if isinstance(evidence, dict) else {}
    confidence, review = known.get("confidence"), known.get("review")
    purpose, step, written_by = _writing(effect)
    return Request(
        kind=effect.kind,
        amount=amount_of(effect),
        confidence=confidence if type(confidence) is int else None,
        purpose=purpose,
        step=step,
        written_by=written_by,
        review=missing(effect) or (review if isinstance(review, str) else ""),
        done_before=await effect_history.count_done(
            session, kind=row.kind, customer_id=row.customer_id
        ),
        spent=await spent(session, row, Actor(ActorKind.POLICY, policy_name), now),
    )


async def spent(session: Session, row: EffectRow, by: Actor, now: datetime) -> Spent:
    """What `by` and everybody approved in 24 hours; others who ask wait for this transaction."""
    if row.currency is None:
        return Spent()
    kind, currency, since = row.kind, row.currency, now - _DAY
    await effect_history.take_turns(session, kind, currency)
    own = await effect_history.approved_since(
        session, since, kind=kind, currency=currency, actor=(by.kind, by.id)
    )
    customer = await effect_history.approved_since(
        session, since, kind=kind, currency=currency, customer_id=row.customer_id
    )
    mine = Money(own, currency)
    policy_spends = by.kind is ActorKind.POLICY
    return Spent(
        by_policy=mine if policy_spends else None,
        by_person=None if policy_spends else mine,
        for_customer=Money(customer, currency),
    )


def role_after(verdict: Verdict) -> str:
    """The role that must approve, empty when nobody must or may."""
    match verdict:
        case NeedsApproval(role):
            return role
        case Auto() | Forbidden():
            return ""
        case _:
            assert_never(verdict)


def least_role(verdict: Verdict) -> Role:
    """The role that must approve once a person has touched it: somebody always must."""
    return verdict.role if isinstance(verdict, NeedsApproval) else Role.COLLECTOR


def _writing(effect: Effect) -> tuple[str, str, str]:
    match effect:
        case SendEmail() | PostToCustomerChannel():
            return effect.purpose, effect.step, effect.written_by
        case PostCustomerPayment() | CreateInvoice() | CreateCustomer():
            return effect.source, "", ""
        case PostJournal():
            return effect.purpose, "", ""
        case ReversePayment():
            return effect.reason_code, "", ""
        case ApplyCredit():
            return effect.credit.kind, "", ""
        case CreateCreditMemo() | WriteOffInvoice():
            return effect.reason, "", ""
        case VoidRequest():
            return effect.record, "", ""
        case UpdateInvoice() | PutApplications() | UnapplyPayment() | RefundCustomer():
            return "", "", ""
        case _:
            assert_never(effect)
