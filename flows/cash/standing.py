"""Where the classes of matches stand: tried, live, or sent back; and which rules act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.matching import calibration
from domain.matching.calibration import Demoted, Record
from domain.matching.decision import MatchClass, Tier
from domain.matching.policy import MatchingPolicy
from domain.matching.rules import Rule
from domain.matching.settings import MatchSettings
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from flows.cash.outcomes import Acted, ActRefused
from flows.cash.packing import plain, value_of
from store import matching
from store.engine import Session
from store.worklist import WorkItemRow, ask_again

KEEPER = Actor(ActorKind.SYSTEM, "matching")
LIVE, SHADOW, DEMOTED = "live", "shadow", "demoted"
_PROPOSALS = (MatchClass.GUESS, MatchClass.ON_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Standing:
    """The settings with the classes that are live at this moment, and the rules with theirs."""

    settings: MatchSettings
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """A class of matches as the page shows it.

    `state` is live, shadow or demoted. Without an error, 3/N bounds the wrong rate at 95 %;
    `bound_ppm` is that bound, in millionths, with errors too. `ready`: a person may let it act.
    """

    klass: MatchClass
    state: str
    allowed: bool
    n: int
    confirmed: int
    corrected: int
    bound_ppm: int
    target_ppm: int
    needed: int
    ready: bool
    reason: str
    since_at: datetime | None
    changed_by: str


async def standing_now(session: Session, policy: MatchingPolicy) -> Standing:
    """What may act alone now: what the policy allows, a person let act, and nothing sent back."""
    rows = await matching.classes(session)
    live = frozenset(k for k in policy.settings.live if _state(rows, k) == LIVE)
    rules = known_rules(policy, await matching.all_rules(session))
    return Standing(replace(policy.settings, live=live), rules)


async def standing_of_classes(session: Session, policy: MatchingPolicy) -> Sequence[ClassStanding]:
    """Every class that could act alone, with its count."""
    rows = await matching.classes(session)
    counts = await matching.verdict_counts(session)
    found = []
    for klass in MatchClass:
        if klass in _PROPOSALS:
            continue
        found.append(_told(klass, rows.get(klass), counts.get(klass, (0, 0)), policy))
    return found


async def go_live(
    session: Session, policy: MatchingPolicy, klass: str, by: Actor, now: datetime
) -> Acted | ActRefused:
    """Let a class act alone: only after its trial, and only what the policy allows at all."""
    known = {str(s.klass): s for s in await standing_of_classes(session, policy)}
    found = known.get(klass)
    if found is None:
        return ActRefused("There is no such class.")
    if found.state == LIVE:
        return ActRefused("It acts alone already.")
    if not found.allowed:
        return ActRefused("The matching policy does not list it under may_act_alone.")
    if not found.ready:
        left = max(found.needed - found.n, 0)
        told = f"{found.corrected} wrong" if found.corrected else f"{left} cases are missing"
        return ActRefused(f"Its trial is not over: {told}.")
    await matching.put_class(
        session, klass, LIVE, by=str(by), reason=f"{found.n} cases without an error", now=now
    )
    told_all = {"n": found.n, "bound_ppm": found.bound_ppm}
    await record(session, Entry(by, "matching.class_live", "match_class", klass, told_all), now)
    return Acted(0)


async def back_to_review(
    session: Session, klass: str, by: Actor, reason: str, now: datetime
) -> Acted | ActRefused:
    """Let a class act no longer; its trial begins anew."""
    if klass not in {str(k) for k in MatchClass if k not in _PROPOSALS}:
        return ActRefused("There is no such class.")
    if not reason.strip():
        return ActRefused("Say why.")
    await matching.put_class(session, klass, DEMOTED, by=str(by), reason=reason[:500], now=now)
    detail = {"reason": reason[:500]}
    await record(session, Entry(by, "matching.class_back", "match_class", klass, detail), now)
    return Acted(0)


async def demote_if_wrong(
    session: Session, policy: MatchingPolicy, klass: str, now: datetime
) -> bool:
    """Send a class back to review by itself when too much of it was wrong; whether it was."""
    rows = await matching.classes(session)
    row = rows.get(klass)
    confirmed, corrected = (await matching.verdict_counts(session)).get(klass, (0, 0))
    live = row is not None and row.state == LIVE
    trial = policy.trial
    said = calibration.standing(
        Record(MatchClass(klass), Tier.PROOF, confirmed, corrected, live),
        trial.wrong_ppm,
        trial.cases,
    )
    if not isinstance(said, Demoted):
        return False
    reason = said.reason
    await matching.put_class(session, klass, DEMOTED, by=str(KEEPER), reason=reason, now=now)
    detail = {"reason": reason, "n": said.n, "errors": said.errors}
    await record(
        session, Entry(KEEPER, "matching.class_demoted", "match_class", klass, detail), now
    )
    if live:
        await ask_again(session, _told_item(klass, reason, now))
    return live


def _told_item(klass: str, reason: str, now: datetime) -> WorkItemRow:
    words = klass.replace("_", " ")
    return WorkItemRow(
        key=f"match_class:{klass}",
        kind="match_class",
        title=f"Matches by {words} went back to review: {reason}",
        detail={"reason": reason, "class": klass},
        opened_at=now,
    )


def known_rules(
    policy: MatchingPolicy, rows: Mapping[str, matching.MatchRuleRow]
) -> tuple[Rule, ...]:
    """The file's rules, then those added since; live is what a person switched on as it stands."""
    named = {rule.name for rule in policy.rules}
    added = sorted((r.position, r.name) for r in rows.values() if r.name not in named)
    others = [value_of(rows[name].body) for _, name in added]
    rules = (*policy.rules, *(rule for rule in others if isinstance(rule, Rule)))
    return tuple(replace(rule, live=_is_active(rule, rows)) for rule in rules)


def _is_active(rule: Rule, rows: Mapping[str, matching.MatchRuleRow]) -> bool:
    row = rows.get(rule.name)
    return row is not None and row.state == "active" and row.body == rule_body(rule)


def rule_body(rule: Rule) -> dict[str, object]:
    """What identifies a rule's content, whether it is live or not."""
    found = plain(replace(rule, live=False))
    return found if isinstance(found, dict) else {}


def _state(rows: Mapping[str, matching.MatchClassRow], klass: str) -> str:
    row = rows.get(klass)
    return row.state if row is not None else SHADOW


def _told(
    klass: MatchClass,
    row: matching.MatchClassRow | None,
    counted: tuple[int, int],
    policy: MatchingPolicy,
) -> ClassStanding:
    confirmed, corrected = counted
    state = row.state if row is not None else SHADOW
    trial = policy.trial
    record_ = Record(klass, Tier.PROOF, confirmed, corrected, live=state == LIVE)
    said = calibration.standing(record_, trial.wrong_ppm, trial.cases)
    return ClassStanding(
        klass=klass,
        state=state,
        allowed=klass in policy.settings.live,
        n=record_.n,
        confirmed=confirmed,
        corrected=corrected,
        bound_ppm=calibration.upper_bound(confirmed, corrected),
        target_ppm=trial.wrong_ppm,
        needed=trial.cases,
        ready=isinstance(said, calibration.Shadow) and said.ready,
        reason=row.reason if row is not None else "",
        since_at=row.since_at if row is not None else None,
        changed_by=row.changed_by if row is not None else "",
    )
