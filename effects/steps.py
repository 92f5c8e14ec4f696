"""The transactions of carrying out an effect: each one a locked row, one move, one audit line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.actor import Actor, ActorKind
from effects.kinds import Effect
from effects.lifecycle import EffectState
from effects.moving import Move, ask_person, effect_of, move, schedule
from effects.outcomes import Done, NotNow
from store import companions, effect_history, effects, switches
from store.effects import EffectRow
from store.engine import Session

_S = EffectState
_PERFORMER = Actor(ActorKind.SYSTEM, "performer")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how long to try: real time, doubling from the first to the longest.

    `resends` is how often something is done again that was looked for and is not there.
    """

    attempts: int = 12
    resends: int = 1
    first_retry: timedelta = timedelta(seconds=5)
    longest_retry: timedelta = timedelta(minutes=15)
    first_look: timedelta = timedelta(seconds=5)
    longest_look: timedelta = timedelta(minutes=15)
    ask_after: timedelta = timedelta(hours=1)
    while_stopped: timedelta = timedelta(minutes=5)
    while_busy: timedelta = timedelta(seconds=2)

    def retry_wait(self, attempts: int) -> timedelta:
        doubled = self.first_retry * (1 << max(attempts - 1, 0))
        return min(doubled, self.longest_retry)


PACE = Pace()


class NotApproved(RuntimeError):
    """An effect stands as approved but nobody approved this content."""


async def stop_reason(session: Session, effect: Effect) -> str:
    """Why a kill switch stops this effect, empty when none does."""
    found = await switches.stopping(session, channel=effect.channel, customer_id=effect.customer_id)
    return "" if found is None else f"stopped: {found.scope} {found.value} {found.reason}".strip()


async def claim(session: Session, effect_id: int, now: datetime, pace: Pace) -> Effect | str:
    """Begin an attempt, or say why not. Raises NotApproved: that would be a broken gate."""
    row = await _row(session, effect_id)
    if row.state != _S.APPROVED:
        return row.state
    if row.next_at is not None and row.next_at > now + pace.first_retry:
        await schedule(session, effect_id, min(row.next_at - now, pace.longest_retry))
        return "waiting"
    effect = effect_of(row)
    if effect.fingerprint() != row.fingerprint or not await effect_history.approval_of(
        session, effect_id, row.fingerprint
    ):
        raise NotApproved(f"effect {effect_id}")
    stopped = await stop_reason(session, effect)
    if stopped:
        row.next_at, row.outcome = now + pace.while_stopped, {"waits": stopped}
        session.add(row)
        await schedule(session, effect_id, pace.while_stopped)
        return "stopped"
    number = await effects.begin_attempt(session, effect_id, now)
    row.attempts, row.next_at = row.attempts + 1, None
    step = Move(_S.PERFORMING, _PERFORMER, "effect.performing", {"attempt": number})
    await move(session, row, step, now)
    return effect


async def lose(
    session: Session,
    effect_id: int,
    now: datetime,
    *,
    reason: str = "whoever performed it stopped in the middle",
    happened: Done | None = None,
) -> None:
    """An effect left in the middle is unknown; `happened` when only its traces are missing."""
    row = await _row(session, effect_id)
    if happened is not None:
        row.outcome = {"happened": dict(happened.evidence)}
    if row.state == _S.PERFORMING:
        await _end(session, row, _S.UNKNOWN, "effect.unknown", reason, now)
    session.add(row)


async def give_back(
    session: Session, effect_id: int, not_now: NotNow, now: datetime
) -> EffectState:
    """Nothing was done: it waits, and this did not count as a try."""
    row = await _row(session, effect_id)
    row.attempts, row.next_at = row.attempts - 1, now + not_now.wait
    row.outcome = {"waits": not_now.reason}
    await _end(session, row, _S.APPROVED, "effect.waits", not_now.reason, now)
    await schedule(session, effect_id, not_now.wait)
    return _S.APPROVED


async def settle_changed(
    session: Session, effect_id: int, reason: str, now: datetime
) -> EffectState:
    """The facts moved: it ends here. Money that waits is a person's to see."""
    row = await _row(session, effect_id)
    row.outcome = {"reason": reason}
    await _end(session, row, _S.SUPERSEDED, "effect.superseded", reason, now)
    if row.amount_minor is not None:
        await ask_person(session, row, "failed_effect", f"the facts changed: {reason}", now)
    return _S.SUPERSEDED


async def settle_done(session: Session, row: EffectRow, done: Done, now: datetime) -> None:
    """It happened, and its traces are in this transaction.

    A performer that lost its hold may bring the news late: the truth is that it happened.
    """
    if row.state == _S.FAILED:
        await move(session, row, Move(_S.APPROVED, _PERFORMER, "effect.late"), now)
    if row.state == _S.APPROVED:
        await move(session, row, Move(_S.PERFORMING, _PERFORMER, "effect.late"), now)
    row.outcome, row.next_at = dict(done.evidence), None
    for effect_id in await companions.wake(session, row.key):
        await schedule(session, effect_id)
    await effect_history.close_work_items(session, row.id, by=str(_PERFORMER), now=now)
    await _end(session, row, _S.DONE, "effect.done", "", now, evidence=dict(done.evidence))


async def settle_retry(
    session: Session, effect_id: int, reason: str, now: datetime, pace: Pace
) -> EffectState:
    """It certainly did not happen: again later, but not for ever."""
    row = await _row(session, effect_id)
    if row.attempts >= pace.attempts:
        return await _fail(session, row, f"{reason} (tried {row.attempts} times)", now)
    wait = pace.retry_wait(row.attempts)
    row.next_at, row.outcome = now + wait, {"reason": reason}
    await _end(session, row, _S.APPROVED, "effect.retry", reason, now)
    await schedule(session, effect_id, wait)
    return _S.APPROVED


async def settle_refused(
    session: Session, effect_id: int, reason: str, now: datetime
) -> EffectState:
    """It certainly did not happen and will not as it stands."""
    return await _fail(session, await _row(session, effect_id), reason, now)


async def settle_unknown(
    session: Session, effect_id: int, reason: str, now: datetime, pace: Pace
) -> EffectState:
    """It may have happened: look before anything else."""
    row = await _row(session, effect_id)
    row.outcome, row.next_at = {"reason": reason}, now + pace.first_look
    await _end(session, row, _S.UNKNOWN, "effect.unknown", reason, now)
    await schedule(session, effect_id, pace.first_look)
    return _S.UNKNOWN


async def settle_absent(session: Session, effect_id: int, now: datetime, pace: Pace) -> EffectState:
    """Looked, and it is not there: it may be tried again."""
    row = await _row(session, effect_id)
    if row.state != _S.UNKNOWN:
        return EffectState(row.state)
    if row.attempts >= pace.attempts or row.resends >= pace.resends:
        return await _fail(session, row, f"not there after {row.attempts} tries", now)
    row.next_at, row.outcome, row.resends = None, {}, row.resends + 1
    step = Move(_S.APPROVED, _PERFORMER, "effect.absent", {"looked": True})
    await move(session, row, step, now)
    await schedule(session, effect_id)
    return _S.APPROVED


async def settle_look_again(
    session: Session,
    effect_id: int,
    wait: timedelta,
    since: timedelta,
    now: datetime,
    pace: Pace,
) -> EffectState:
    """Not to be seen yet. After a while a person hears of it; the looking goes on."""
    row = await _row(session, effect_id)
    if row.state != _S.UNKNOWN:
        return EffectState(row.state)
    row.next_at = now + wait
    session.add(row)
    if since >= pace.ask_after:
        await ask_person(session, row, "unknown_effect", "it cannot be found out so far", now)
    await schedule(session, effect_id, wait)
    return _S.UNKNOWN


async def settle_cannot_look(
    session: Session, effect_id: int, reason: str, now: datetime
) -> EffectState:
    """The channel cannot be asked: a person must say."""
    row = await _row(session, effect_id)
    if row.state != _S.UNKNOWN:
        return EffectState(row.state)
    row.next_at, row.outcome = now + timedelta(hours=1), {"reason": reason}
    session.add(row)
    await ask_person(session, row, "unknown_effect", reason, now)
    return _S.UNKNOWN


async def _fail(session: Session, row: EffectRow, reason: str, now: datetime) -> EffectState:
    row.outcome, row.next_at = {"reason": reason}, None
    await _end(session, row, _S.FAILED, "effect.failed", reason, now)
    await ask_person(session, row, "failed_effect", reason, now)
    return _S.FAILED


async def _end(
    session: Session,
    row: EffectRow,
    to: EffectState,
    action: str,
    reason: str,
    now: datetime,
    evidence: dict[str, object] | None = None,
) -> None:
    """Close the attempt and move. The audit line comes last, for writers of it take turns."""
    await effects.finish_attempts(session, row.id, outcome=action, detail=reason, now=now)
    detail: dict[str, object] = {"reason": reason} if reason else {}
    if evidence:
        detail["evidence"] = evidence
    await move(session, row, Move(to, _PERFORMER, action, detail), now)


async def _row(session: Session, effect_id: int) -> EffectRow:
    row = await effects.locked(session, effect_id)
    if row is None:
        raise RuntimeError(f"effect {effect_id} vanished")
    return row
