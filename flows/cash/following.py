"""What follows from a decision: a proposal, a question to a person, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from domain.ledger.money import Money
from domain.matching.decision import (
    Allocation,
    Ambiguous,
    Decision,
    MatchClass,
    Matched,
    NotAReceipt,
    PayerFound,
    Proposal,
    Tier,
    Unmatched,
)
from domain.matching.explain import as_json, from_json
from effects.actor import Actor, ActorKind
from effects.kinds import Effect
from effects.lifecycle import EffectState
from effects.propose import Because, Proposed, propose
from effects.withdraw import withdraw_all
from flows.cash.posting import CannotPost, Plan, plan
from flows.desk import Desk
from store import matching
from store.engine import Session
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, ask_again, close_item

MATCHER = Actor(ActorKind.SYSTEM, "matching")
GIVEN_UP = (EffectState.REJECTED, EffectState.EXPIRED, EffectState.SUPERSEDED)
_COMPANIONS = (
    "bank_fee",
    "fx_rounding",
    "write_off",
    "write_off_applied",
    "withheld",
    "withheld_applied",
)


_ZERO = Money.zero("USD")
_NOTHING = Proposal(Allocation(0, (), _ZERO, _ZERO), MatchClass.GUESS, 0, ())


@dataclass(frozen=True, slots=True)
class Question:
    """Why a person must look at a receipt, best reason first."""

    customer_id: int | None
    reasons: tuple[str, ...]


async def follow(
    session: Session, desk: Desk, row: PaymentRow, decision: Decision, now: datetime
) -> None:
    """Act on a decision about a receipt whose row is locked."""
    match decision:
        case Matched():
            proposal = decision.proposal
            await _propose_match(session, desk, row, proposal, proof(decision), now)
        case Ambiguous() if too_large(decision):
            await _propose_match(session, desk, row, decision.proposals[0], _doubt(decision), now)
        case Ambiguous() | Unmatched():
            await ask(session, row, Question(decision.payer.customer_id, decision.reasons), now)
        case NotAReceipt():
            await _withdraw_posting(session, row, now)
            row.state, row.not_a_receipt = "not_a_receipt", decision.kind
            session.add(row)
            await close_item(session, item_key(row), by=str(MATCHER), now=now)
        case _:
            assert_never(decision)


async def _propose_match(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    proposal: Proposal,
    evidence: Mapping[str, object],
    now: datetime,
) -> None:
    allocation = proposal.allocation
    planned = await plan(session, desk, row, allocation)
    if isinstance(planned, CannotPost):
        question = Question(allocation.customer_id, (planned.reason,))
        return await ask(session, row, question, now)
    by = _booker(row)
    if by is not None:
        words = f"a person said what it is in {row.currency}"
        evidence = {**evidence, "confidence": 99, "review": words}
    because = Because(f"matching:{proposal.klass}", evidence)
    await propose_plan(session, desk, row, allocation, planned, because, by or MATCHER, now)
    if row.state == "waiting":
        question = Question(planned.customer_id, ("its posting was turned down",))
        return await ask(session, row, question, now)
    await close_item(session, item_key(row), by=str(MATCHER), now=now)
    return None


def _booker(row: PaymentRow) -> Actor | None:
    """The person who had the receipt booked in another currency: does not approve it alone."""
    kind, _, name = (row.booked_by or "").partition(":")
    return Actor(ActorKind(kind), name) if name else None


async def propose_plan(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    allocation: Allocation,
    planned: Plan,
    because: Because,
    by: Actor,
    now: datetime,
) -> tuple[Proposed, ...]:
    """Propose all effects of a plan; what belonged to another plan of the receipt is withdrawn.

    One of them that was turned down takes the others with it, and the receipt waits.
    """
    done: list[tuple[str, Proposed]] = []
    for role, effect in planned.effects:
        done.append((role, await _propose(session, desk, effect, because, by, now)))
    kept = {proposed.effect_id for _, proposed in done}
    await _withdraw_others(session, row, kept, now)
    for role, proposed in done[1:]:
        await matching.add_effect(session, row.id, proposed.effect_id, role)
    turned_down = any(proposed.state in GIVEN_UP for _, proposed in done)
    row.customer_id = planned.customer_id
    row.effect_id = done[0][1].effect_id
    row.state = "waiting" if turned_down else "proposed"
    row.allocation = allocation_json(allocation)
    session.add(row)
    if turned_down:
        reasons = dict.fromkeys(kept, "another part of the posting was turned down")
        await withdraw_all(session, reasons, by=MATCHER, now=now)
    return tuple(proposed for _, proposed in done)


async def _propose(
    session: Session, desk: Desk, effect: Effect, because: Because, by: Actor, now: datetime
) -> Proposed:
    return await propose(session, effect, policy=desk.approval, because=because, by=by, now=now)


async def _withdraw_others(
    session: Session, row: PaymentRow, kept: set[int], now: datetime
) -> None:
    known = await matching.effects_of(session, row.id)
    stale = {one.effect_id for one in known if one.role in _COMPANIONS} - kept
    reasons = dict.fromkeys(stale, "the payment is applied in another way")
    if reasons:
        await withdraw_all(session, reasons, by=MATCHER, now=now)


async def _withdraw_posting(session: Session, row: PaymentRow, now: datetime) -> None:
    """What was proposed of it before does not stand any more."""
    if row.effect_id is not None:
        reasons = {row.effect_id: "the payment fits something else now"}
        await withdraw_all(session, reasons, by=MATCHER, now=now)


async def ask(session: Session, row: PaymentRow, question: Question, now: datetime) -> None:
    """Put a receipt before a person, as a question about the payer's money or as suspense."""
    await _withdraw_posting(session, row, now)
    row.state = "waiting"
    session.add(row)
    amount = Money(row.amount_minor, row.currency)
    why = question.reasons[0] if question.reasons else "it must be looked at"
    await ask_again(
        session,
        WorkItemRow(
            key=item_key(row),
            kind="payment",
            customer_id=question.customer_id,
            payment_id=row.id,
            title=f"{amount} from {row.payer_name or 'an unknown payer'}: {why}"[:500],
            detail={**row.match, "suspense": question.customer_id is None},
            opened_at=now,
        ),
    )


def item_key(row: PaymentRow) -> str:
    """The work item of a receipt that waits for a person."""
    return f"payment:{row.id}"


def proof(decision: Matched) -> dict[str, object]:
    """What the policy and the reviewer are told. Only a live match is certain.

    `review` makes a person see every match of a class that is not live, whatever the policy says.
    """
    rival = decision.runner_up
    proposal = decision.proposal
    told: dict[str, object] = {
        "tier": int(decision.tier),
        "class": str(proposal.klass),
        "rule": decision.rule,
        "reasons": list(proposal.reasons),
        "gates": [gate.told for gate in decision.gates],
        "runner_up": _rival(rival) if rival else None,
    }
    if decision.live:
        return told | {"confidence": 100}
    words = str(proposal.klass).replace("_", " ")
    which = f"the rule {decision.rule}" if decision.tier is Tier.RULE else f"matches by {words}"
    return told | {"confidence": 99, "review": f"{which} are still in review"}


def too_large(decision: Ambiguous) -> bool:
    """Whether nothing but its size stands in the way: it is proposed, for a person."""
    failed = {gate.name for gate in decision.gates if not gate.passed}
    return bool(decision.proposals) and failed == {"cap"}


def _doubt(decision: Ambiguous) -> dict[str, object]:
    best = decision.proposals[0]
    rival = decision.proposals[1] if len(decision.proposals) > 1 else None
    return {
        "confidence": 99,
        "review": decision.reasons[0],
        "class": str(best.klass),
        "reasons": list(best.reasons),
        "gates": [gate.told for gate in decision.gates],
        "runner_up": _rival(rival) if rival else None,
    }


def _rival(rival: Proposal) -> dict[str, object]:
    numbers = [line.number for line in rival.allocation.invoices]
    return {"numbers": numbers, "reasons": list(rival.reasons)}


def allocation_json(allocation: Allocation) -> dict[str, object]:
    """An allocation as a receipt's row keeps it, in the words of domain.matching.explain."""
    shell = Matched(PayerFound(), Proposal(allocation, MatchClass.GUESS, 0, ()), Tier.PROPOSAL, ())
    found = as_json(shell)["proposal"]
    return {k: v for k, v in found.items() if k not in ("class", "millibits", "reasons")}


def allocation_in(raw: Mapping[str, Any]) -> Allocation | None:
    """The allocation that a receipt's row keeps, None where it keeps none."""
    if "invoices" not in raw:
        return None
    shell = as_json(Matched(PayerFound(), _NOTHING, Tier.PROPOSAL, ()))
    told = {**shell["proposal"], **{k: v for k, v in raw.items() if k != "deduction_codes"}}
    found = from_json({**shell, "proposal": told})
    return found.proposal.allocation if isinstance(found, Matched) else None
