"""Versions of the dunning policy: written by one person, tried on history, made live by another."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from domain.dunning.ladder import DunningPolicy
from effects.actor import Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from flows.desk import Desk
from flows.policies import DUNNING, applied, live
from flows.policy_history import history
from flows.policy_names import named_in_vain
from flows.policy_preview import compare
from security.permissions import Permission, allows
from sources.policy_file import PolicyFileError, dunning_policy
from store import policies
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.policies import PolicyVersionRow
from store.receivables import load_account

PREVIEW = "policy.preview"
_NOTE = 500
LONGEST = 65_536
_TRIED_WITHIN = timedelta(days=7)
_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Wrong:
    """The text cannot be a policy: where, what, and what to write instead."""

    line: int
    column: int
    problem: str
    fix: str

    @property
    def words(self) -> str:
        return f"Line {self.line}, column {self.column}: {self.problem}. {self.fix}"


@dataclass(frozen=True, slots=True)
class Drafted:
    """The version is stored and waits for somebody else to make it live."""

    version_id: int


@dataclass(frozen=True, slots=True)
class WentLive:
    """The version is in force; `before` was until now (None: the file).

    `withdrawn` follow-ups waited for customers whom only people write to from now on.
    """

    version_id: int
    before: int | None
    withdrawn: int = 0


def check_text(body: str) -> DunningPolicy | Wrong:
    """The policy in a text, or the first mistake."""
    if len(body) > LONGEST:
        line = body.count("\n", 0, LONGEST) + 1
        return Wrong(line, 1, f"the text is longer than {LONGEST:,} characters", "Shorten it")
    try:
        return dunning_policy(body, "the text")
    except PolicyFileError as error:
        return Wrong(error.line, error.column, error.problem, error.fix)


async def draft(
    session: Session, body: str, note: str, by: Person, now: datetime
) -> Drafted | Wrong | Refusal:
    """Store a new version and have it tried on what happened lately. It is not in force yet."""
    if not allows(by.role, Permission.SET_POLICY):
        return _not_allowed(by)
    text = "\n".join(body.splitlines()).rstrip() + "\n"
    policy = check_text(text)
    if isinstance(policy, Wrong):
        return policy
    before = await policies.live_body(session, DUNNING)
    row = PolicyVersionRow(
        kind=DUNNING,
        body=text,
        author=str(by.actor),
        note=note.strip()[:_NOTE],
        created_at=now,
        parent_id=before.id if before else None,
    )
    version_id = (await policies.add_version(session, row)).id
    detail: dict[str, object] = {"note": row.note, "parent": row.parent_id}
    await record(session, Entry(by.actor, "policy.written", "policy", str(version_id), detail), now)
    await enqueue(session, Job(PREVIEW, {"version_id": version_id}, lane="policy"))
    return Drafted(version_id)


async def make_live(
    session: Session, version_id: int, by: Person, now: datetime
) -> WentLive | Wrong | Refusal:
    """Put a version in force: not by whoever wrote it, not before it was tried on history.

    Its text is read again by the rules of today.
    """
    if not allows(by.role, Permission.SET_POLICY):
        return _not_allowed(by)
    row = await policies.version(session, version_id, for_update=True)
    if row is None or row.kind != DUNNING:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such version.")
    if row.author == str(by.actor):
        return Refusal(RefusalCode.OWN_PROPOSAL, "You wrote it; somebody else makes it live.")
    before = await policies.live_body(session, DUNNING)
    if before is not None and before.id == row.id:
        return Refusal(RefusalCode.WRONG_STATE, "It is in force already.")
    policy = check_text(row.body)
    if isinstance(policy, Wrong):
        return policy
    was = before.id if before else None
    if trial_is_old(row, was, now):
        told = "It was not tried against the policy in force within a week. Try it again."
        return Refusal(RefusalCode.WRONG_STATE, told)
    row.live_at, row.live_by = now, str(by.actor)
    session.add(row)
    withdrawn = await _leave_to_people(session, policy, by, now)
    detail: dict[str, object] = {
        "before": was, "author": row.author, "note": row.note, "withdrawn": withdrawn,
    }  # fmt: skip
    await record(session, Entry(by.actor, "policy.live", "policy", str(row.id), detail), now)
    return WentLive(row.id, was, withdrawn)


def trial_is_old(row: PolicyVersionRow, in_force: int | None, now: datetime) -> bool:
    """Whether a version has no trial against what is in force, or one from long ago."""
    if row.previewed_at is None or row.preview_of != in_force:
        return True
    return row.previewed_at < now - _TRIED_WITHIN


async def _leave_to_people(
    session: Session, policy: DunningPolicy, by: Person, now: datetime
) -> int:
    """Withdraw what waits for customers whom only people write to by this policy."""
    segments = any(segment.changes.manual_only for segment in policy.segments)
    if not segments and not any(override.manual_only for override in policy.overrides):
        return 0
    reasons: dict[int, str] = {}
    for customer_id, waiting in groupby(
        await policies.waiting_follow_ups(session), key=lambda row: row.customer_id
    ):
        account = await load_account(session, customer_id or 0, now.date())
        if account and (await applied(session, policy, account)).manual_only:
            reasons |= {row.id: "only people write to this customer now" for row in waiting}
    return await withdraw_all(session, reasons, by=by.actor, now=now)


async def preview(db: Database, desk: Desk, version_id: int, now: datetime) -> bool:
    """Try a version against the policy in force on the last 90 days; False if it is gone."""
    async with db.read() as session:
        row = await policies.version(session, version_id)
        if row is None:
            return False
        before = await policies.live_body(session, DUNNING)
        old = await live(session, desk)
        past = await history(session, desk, now.date() - _OVER, now.date())
        new = check_text(row.body)
        vain = [] if isinstance(new, Wrong) else await named_in_vain(session, new)
    if isinstance(new, Wrong):
        found: dict[str, object] = {"wrong": new.words}
    else:
        found = await asyncio.to_thread(compare, past, old, new, desk.approval)
        found["in_vain"] = vain
    async with db.begin() as session:
        fresh = await policies.version(session, version_id, for_update=True)
        if fresh is None:
            return False
        fresh.preview, fresh.previewed_at = found, now
        fresh.preview_of = before.id if before else None
        session.add(fresh)
    return True


async def try_again(session: Session, version_id: int) -> None:
    """Have a version tried on history once more."""
    await enqueue(session, Job(PREVIEW, {"version_id": version_id}, lane="policy"))


def since_of(over: str, until: date) -> date | None:
    """So long before a day: "12m", "90d", "8w" or "1y"; None when it cannot be read."""
    number, unit = over[:-1], over[-1:]
    days = {"d": 1, "w": 7, "m": 30.4375, "y": 365.25}.get(unit)
    if days is None or not number.isascii() or not number.isdigit() or len(number) > 4:
        return None
    back = timedelta(days=int(int(number) * days))
    return until - back if timedelta(0) < back <= timedelta(days=3653) else None


def _not_allowed(by: Person) -> Refusal:
    return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot change policies.")
