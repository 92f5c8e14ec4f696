"""Propose: hand a draft to the guard and the gate. The agent can do nothing beyond this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.slots import fill
from effects.actor import Actor, ActorKind
from effects.propose import Because, Proposed
from flows.desk import Desk
from flows.followups import Blocked, Quiet, give_up, offer, prepare
from flows.slots import slot_values
from store.engine import Session

AGENT = Actor(ActorKind.AGENT, "followup")


@dataclass(frozen=True, slots=True)
class Draft:
    """Paragraphs with slots and who wrote them; without a body the template's words are taken."""

    body: str | None = None
    model: str = ""
    prompt_hash: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)


async def propose_email(
    session: Session, desk: Desk, customer_id: int, draft: Draft, now: datetime
) -> Proposed | Blocked | Quiet:
    """Propose the follow-up that is due with this draft's words; facts are read anew.

    The draft's slots are filled here, from what stands in the books at this moment.
    """
    ready = await prepare(session, desk, customer_id, now)
    if isinstance(ready, Quiet):
        return ready
    body = draft.body
    if body is not None:
        filled = fill(body, slot_values(ready.case, ready.touch, desk))
        if not isinstance(filled, str):
            return Blocked(filled)
        body = filled
    because = Because("cadence", draft.evidence, draft.model, draft.prompt_hash)
    return await offer(session, desk, ready, body=body, by=AGENT, because=because)


async def leave_to_person(
    session: Session, desk: Desk, customer_id: int, blocked: Blocked, now: datetime
) -> None:
    """Nothing that may be said could be written: a person takes over."""
    ready = await prepare(session, desk, customer_id, now)
    if not isinstance(ready, Quiet):
        await give_up(session, ready, blocked.violations)
