"""The seller's rules of matching: listed, proposed, tried over the past, switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.dunning.policy import PolicyError
from domain.matching.decision import NotAReceipt, NotReceiptKind, PayerFound
from domain.matching.dry_run import DryRun, Past, dry_run
from domain.matching.explain import from_json
from domain.matching.policy import MatchingPolicy
from domain.matching.rules import Rule
from effects.actor import Actor
from effects.audit import Entry, record
from flows.cash.following import allocation_in
from flows.cash.inputs import Inputs
from flows.cash.outcomes import Acted, ActRefused
from flows.cash.packing import unpack
from flows.cash.standing import known_rules, rule_body
from sources.matching_rules import rules_from
from store import matching
from store.engine import Session
from store.matching import MatchRuleRow

_MOST_PAST = 1_000
_MOST_RULES = 200


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """A rule in its place. `origin`: file or page; `state`: proposed, active, changed, retired.

    "changed": it was switched on, and what the file says of it is not the same any more.
    """

    name: str
    rule: Rule
    origin: str
    state: str
    words: str
    made_by: str
    decided_by: str
    decided_at: datetime | None


async def list_rules(session: Session, policy: MatchingPolicy) -> Sequence[RuleStanding]:
    """All rules in the order they are read: those of the policy file, then the others."""
    rows = await matching.all_rules(session)
    from_file = {rule.name for rule in policy.rules}
    return [
        _standing(rule, rows.get(rule.name), "file" if rule.name in from_file else "page")
        for rule in known_rules(policy, rows)
    ]


async def propose_rule(
    session: Session,
    policy: MatchingPolicy,
    raw: dict[str, Any],
    by: Actor,
    now: datetime,
    *,
    words: str = "",
) -> RuleStanding | ActRefused:
    """Add a rule, written as in the policy file; it does not act. `words`: how it was asked for."""
    try:
        (rule,) = rules_from({"rules": [raw]})
    except PolicyError as error:
        return ActRefused(str(error)[:500])
    rows = await matching.all_rules(session)
    if rule.name in rows or rule.name in {r.name for r in policy.rules}:
        return ActRefused("There is a rule of this name already.")
    if len(rows) >= _MOST_RULES:
        return ActRefused(f"There are {_MOST_RULES} rules already.")
    row = MatchRuleRow(
        name=rule.name,
        position=max((r.position for r in rows.values()), default=0) + 1,
        body=rule_body(rule),
        words=words[:1000],
        made_by=str(by),
        made_at=now,
    )
    session.add(row)
    await record(session, Entry(by, "rule.proposed", "match_rule", rule.name, row.body), now)
    return _standing(rule, row, "page")


async def dry_run_rule(session: Session, policy: MatchingPolicy, name: str) -> DryRun | ActRefused:
    """What a rule would have made of what people decided, with the rules that act before it."""
    rows = await matching.all_rules(session)
    rules = known_rules(policy, rows)
    wanted = next((n for n, rule in enumerate(rules) if rule.name == name), None)
    if wanted is None:
        return ActRefused("There is no such rule.")
    before = [rule for rule in rules[:wanted] if rule.live]
    return dry_run([*before, rules[wanted]], await history(session))


async def activate_rule(
    session: Session, policy: MatchingPolicy, name: str, by: Actor, now: datetime
) -> Acted | ActRefused:
    """Switch a rule on: not by its writer, and only if nothing people decided contradicts it."""
    written = (await matching.all_rules(session)).get(name)
    if written is not None and written.made_by == str(by):
        return ActRefused("You wrote it; somebody else must switch it on.")
    tried = await dry_run_rule(session, policy, name)
    if isinstance(tried, ActRefused):
        return tried
    if not tried.may_go_live:
        first = tried.contradictions[0]
        return ActRefused(f"It contradicts payment {first.receipt_id}: {first.told}.")
    rows = await matching.all_rules(session)
    rule = next(r for r in known_rules(policy, rows) if r.name == name)
    row = rows.get(name) or MatchRuleRow(name=name, position=0, made_by="policy file", made_at=now)
    row.body, row.state = rule_body(rule), "active"
    row.decided_by, row.decided_at = str(by), now
    row.dry_run = {"tried": tried.tried, "fitted": tried.fitted, "agreed": tried.agreed}
    session.add(row)
    await record(session, Entry(by, "rule.activated", "match_rule", name, row.dry_run), now)
    return Acted(0)


async def retire_rule(
    session: Session, name: str, by: Actor, reason: str, now: datetime
) -> Acted | ActRefused:
    """Switch a rule off."""
    row = (await matching.all_rules(session)).get(name)
    if row is None or row.state == "retired":
        return ActRefused("This rule does not act.")
    row.state, row.decided_by, row.decided_at = "retired", str(by), now
    session.add(row)
    detail = {"reason": reason[:500]}
    await record(session, Entry(by, "rule.retired", "match_rule", name, detail), now)
    return Acted(0)


async def history(session: Session) -> list[Past]:
    """The latest receipts that people decided, as rules are tried over them."""
    found = []
    for row, kept in await matching.decided_by_people(session, _MOST_PAST):
        inputs = unpack(kept.inputs)
        decision = from_json(kept.decision)
        if not isinstance(inputs, Inputs):
            continue
        payer = PayerFound() if isinstance(decision, NotAReceipt) else decision.payer
        family = payer.family or {payer.customer_id}
        found.append(
            Past(
                receipt=replace(inputs.receipt, id=row.id),
                payer=payer,
                allocation=allocation_in(row.allocation) if row.state == "posted" else None,
                kind=NotReceiptKind(row.not_a_receipt) if row.not_a_receipt else None,
                open_then=tuple(
                    i for i in inputs.items if i.customer_id in family and i.open.minor > 0
                ),
            )
        )
    return found


def _standing(rule: Rule, row: MatchRuleRow | None, origin: str) -> RuleStanding:
    state = row.state if row is not None else "proposed"
    if row is not None and state == "active" and row.body != rule_body(rule):
        state = "changed"
    return RuleStanding(
        name=rule.name,
        rule=rule,
        origin=origin,
        state=state,
        words=row.words if row is not None else "",
        made_by=row.made_by if row is not None else "policy file",
        decided_by=row.decided_by if row is not None else "",
        decided_at=row.decided_at if row is not None else None,
    )
