"""The dunning policy in force, and the one that holds for a customer."""

from __future__ import annotations

from functools import lru_cache

from domain.dunning.effective import effective
from domain.dunning.ladder import DunningPolicy
from domain.dunning.segments import Band, Beside
from domain.ledger.account import Account
from domain.ledger.party import Customer
from flows.desk import Desk
from sources.policy_file import dunning_policy
from store.engine import Session
from store.parties import subsidiary_netsuite_id
from store.policies import live_body
from store.scores import scores_of

DUNNING = "dunning"


async def live(session: Session, desk: Desk) -> DunningPolicy:
    """The version in force, or the policy of the file while no version ever went live."""
    row = await live_body(session, DUNNING)
    return desk.dunning if row is None else _parsed(row.body, f"version {row.id}")


async def policy_for(session: Session, desk: Desk, account: Account) -> DunningPolicy:
    """The policy in force as it holds for this customer today."""
    return await applied(session, await live(session, desk), account)


async def applied(session: Session, policy: DunningPolicy, account: Account) -> DunningPolicy:
    """A policy as it would hold for this customer today."""
    return effective(policy, account, await _beside(session, policy, account.customer))


async def _beside(session: Session, policy: DunningPolicy, customer: Customer) -> Beside:
    """What segments ask beside the account, read only when one of them asks."""
    asked = [segment.match for segment in policy.segments]
    score = None
    if any(match.score != Band() for match in asked):
        row = (await scores_of(session, [customer.id])).get(customer.id)
        score = row.per_mille if row is not None else None
    subsidiary = ""
    if any(match.subsidiaries for match in asked) and customer.subsidiary_id:
        subsidiary = await subsidiary_netsuite_id(session, customer.subsidiary_id)
    return Beside(score, subsidiary)


@lru_cache(maxsize=32)
def _parsed(body: str, source: str) -> DunningPolicy:
    return dunning_policy(body, source)
