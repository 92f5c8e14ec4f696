"""Propose: hand a draft to the guard and the gate. The agent can do nothing beyond this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.masking import mask
from agent.slots import fill
from agent.tools.account_facts import most_words
from domain.dunning.facts import Part, Violation, ViolationKind
from effects.actor import Actor, ActorKind
from effects.propose import Because, Proposed
from flows.desk import Desk
from flows.followups import Blocked, Quiet, Ready, give_up, offer, prepare
from flows.slots import slot_values
from store.engine import Session

_LONGEST_WORD = 12
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
    because = Because("cadence", draft.evidence, draft.model, draft.prompt_hash)
    if draft.body is None:
        return await offer(session, desk, ready, body=None, by=AGENT, because=because)
    slots = await slot_values(session, ready.case, ready.touch, desk)
    filled = _filled(draft.body, ready, slots)
    if isinstance(filled, Blocked):
        return filled
    found = await offer(session, desk, ready, body=filled, by=AGENT, because=because)
    return _without_names(found, ready) if isinstance(found, Blocked) else found


def _filled(body: str, ready: Ready, slots: Mapping[str, str]) -> str | Blocked:
    """The paragraphs with their slots filled; a draft twice as long as asked for is refused."""
    asked = most_words(ready.touch)
    words = re.findall(r"\w+", body)
    if len(words) > 2 * asked or len(body) > 2 * _LONGEST_WORD * asked:
        told = f"it is too long: write at most {asked} words"
        return Blocked((Violation(ViolationKind.LENGTH, told, Part.TEXT),))
    filled = fill(body, slots)
    return filled if isinstance(filled, str) else Blocked(filled)


def _without_names(found: Blocked, ready: Ready) -> Blocked:
    """What is wrong, as a model may be told: a finding quotes the letter, whose slots are filled.

    What only the addresses or the papers of the mail cause, no other words could mend.
    """
    case = ready.case
    mendable = [v for v in found.violations if v.part not in (Part.HEADERS, Part.ATTACHMENT)]
    if not case.policy.mask_names:
        return Blocked(tuple(mendable))
    customer = case.account.customer
    names = [customer.name, customer.legal_name, case.owner]
    names += [word for c in case.account.contacts for word in (c.name, c.email, *c.name.split())]
    return Blocked(tuple(replace(v, detail=mask(v.detail, names).text) for v in mendable))


async def leave_to_person(
    session: Session, desk: Desk, customer_id: int, blocked: Blocked, now: datetime
) -> None:
    """Nothing that may be said could be written: a person takes over."""
    ready = await prepare(session, desk, customer_id, now)
    if not isinstance(ready, Quiet):
        await give_up(session, ready, blocked.violations)
