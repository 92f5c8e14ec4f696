"""The dunning policy in force, and the one that holds for a customer."""

from __future__ import annotations

from functools import lru_cache

from domain.dunning.ladder import DunningPolicy
from flows.desk import Desk
from sources.policy_file import dunning_policy
from store.engine import Session
from store.policies import live_body

DUNNING = "dunning"


async def live(session: Session, desk: Desk) -> DunningPolicy:
    """The version in force, or the policy of the file while no version ever went live."""
    row = await live_body(session, DUNNING)
    return desk.dunning if row is None else _parsed(row.body, f"version {row.id}")


@lru_cache(maxsize=32)
def _parsed(body: str, source: str) -> DunningPolicy:
    return dunning_policy(body, source)
