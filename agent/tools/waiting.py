"""Read: what waits for a person."""

from __future__ import annotations

from agent.chat import Cited
from agent.tools.calling import Arguments, Asking, Tool
from agent.tools.outcome import Choice, Outcome
from agent.tools.phrasing import MOST_ROWS, clipped, day, effect_link, found_of, table
from effects.actor import Role, may_approve
from store.effects import EffectRow, in_states
from store.worklist import open_items

_MOST = 30


class Nothing(Arguments):
    """No arguments."""


async def waiting(asking: Asking, wanted: Nothing) -> Outcome:
    """Proposals to decide on and open work items, the oldest first."""
    del wanted
    effects = await in_states(asking.session, ["proposed"], limit=_MOST)
    items = await open_items(asking.session, limit=_MOST)
    if not effects and not items:
        return Outcome("Nothing waits for anybody.")
    mine = sum(_may(asking, e) for e in effects)
    rows = [("Proposal", e.title, day(e.proposed_at.date())) for e in effects]
    rows += [(i.kind.replace("_", " ").capitalize(), clipped(i.title, 90), day(i.opened_at.date()))
             for i in items]  # fmt: skip
    whose = [(e.customer_id, e.title) for e in effects]
    whose += [(i.customer_id, i.title) for i in items]
    proposals = found_of(len(effects), _MOST, "proposal")
    told = f"{proposals} and {found_of(len(items), _MOST, 'work item')} wait"
    wait = told if len(effects) + len(items) != 1 else f"{told}s"
    yours = f"; you may decide on {mine or 'none'} of the proposals" if effects else ""
    return Outcome(
        text=f"{wait[:1].upper()}{wait[1:]}{yours}.",
        tables=(table(("Kind", "What", "Since"), rows),),
        listed=tuple(Choice(f"id:{of or 0}", title) for of, title in whose)[:MOST_ROWS],
        cited=(
            *(effect_link(e.id, e.title) for e in effects[:3]),
            Cited("Review", "/review"),
            Cited("Worklist", "/worklist"),
        ),
    )


def _may(asking: Asking, row: EffectRow) -> bool:
    """Whether the person's role is enough, and it is not their own."""
    own = (row.proposed_by_kind, row.proposed_by_id) == ("person", asking.by.actor.id)
    required = row.required_role
    return bool(required) and not own and may_approve(asking.by.role, Role(required))


WAITING = Tool(
    "waiting",
    "What waits for a person: proposals to approve and open work items.",
    Nothing,
    waiting,
    example="what needs my approval",
)
