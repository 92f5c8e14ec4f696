"""Carry out one approved effect: claim it, act once, and write down what came of it.

The claim is committed before anything leaves; the outcome is committed with its traces. Whoever
dies in between leaves an effect that is `performing` with nobody holding it: the next one looks
before it repeats anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from effects.kinds import Effect
from effects.lifecycle import EffectState
from effects.moving import effect_of, schedule_once
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Performer,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from effects.steps import (
    PACE,
    Pace,
    claim,
    give_back,
    lose,
    settle_absent,
    settle_cannot_look,
    settle_changed,
    settle_done,
    settle_look_again,
    settle_refused,
    settle_retry,
    settle_unknown,
    stop_reason,
)
from store import effect_history, effects
from store.effects import EffectRow
from store.engine import Database

Clock = Callable[[], datetime]
Performers = Mapping[str, Performer]
_S = EffectState
_MOVING = (_S.APPROVED, _S.PERFORMING, _S.UNKNOWN)
logger = logging.getLogger(__name__)


class NoPerformer(RuntimeError):
    """Nothing is wired to carry out this kind of effect."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody alive is at it."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """There was nothing to do in this state."""

    state: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What this run led to."""

    state: EffectState


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: the effect as claimed, and everything needed to go on with it."""

    db: Database
    effect_id: int
    effect: Effect
    performer: Performer
    clock: Clock
    pace: Pace


async def perform(
    db: Database,
    effect_id: int,
    performers: Performers,
    clock: Clock,
    pace: Pace = PACE,
) -> Ended | Busy | Nothing:
    """Take an effect one step further. Safe to call any number of times, by any number of workers.

    Two effects for one customer's account in the ERP never run at the same moment: the second
    would act on balances that the first is changing.

    Raises what the database or a performer's `record` raises; the next call then finds out.
    """
    row = await _read(db, effect_id)
    if row is None:
        return Nothing("missing")
    if row.kind not in performers:
        raise NoPerformer(row.kind)
    if row.state not in _MOVING:
        return Nothing(row.state)
    account = row.customer_id if effect_of(row).channel == "erp" else None
    async with effect_history.holding(db, effect_id, account) as held:
        if not held:
            async with db.begin() as session:
                await schedule_once(session, effect_id, pace.while_busy)
            return Busy()
        row = await _read(db, effect_id) or row
        run = _Run(db, effect_id, effect_of(row), performers[row.kind], clock, pace)
        return await _step(run, EffectState(row.state))


async def _read(db: Database, effect_id: int) -> EffectRow | None:
    async with db.read() as session:
        return await effects.effect(session, effect_id)


async def _step(run: _Run, state: EffectState) -> Ended | Nothing:
    match state:
        case _S.APPROVED:
            return await _carry_out(run)
        case _S.PERFORMING:
            async with run.db.begin() as session:
                await lose(session, run.effect_id, run.clock())
            return await _look(run)
        case _S.UNKNOWN:
            return await _look(run)
        case _:
            return Nothing(state)


async def _carry_out(run: _Run) -> Ended | Nothing:
    async with run.db.begin() as session:
        claimed = await claim(session, run.effect_id, run.clock(), run.pace)
    if isinstance(claimed, str):
        return Nothing(claimed)
    run = _Run(run.db, run.effect_id, claimed, run.performer, run.clock, run.pace)
    ready = await _facts(run)
    match ready:
        case Unchanged(evidence):
            if evidence:
                async with run.db.begin() as session:
                    await effects.note_evidence(session, run.effect_id, evidence)
            return await _finish(run, await _act(run))
        case Changed(reason):
            async with run.db.begin() as session:
                return Ended(await settle_changed(session, run.effect_id, reason, run.clock()))
        case NotNow():
            async with run.db.begin() as session:
                return Ended(await give_back(session, run.effect_id, ready, run.clock()))
        case RetryLater():
            return await _finish(run, ready)
        case _:
            assert_never(ready)


async def _facts(run: _Run) -> Unchanged | Changed | NotNow | RetryLater:
    """The switches and the facts, read again at the last moment."""
    try:
        async with run.db.read() as session:
            stopped = await stop_reason(session, run.effect)
            if stopped:
                return NotNow(stopped, run.pace.while_stopped)
            return await run.performer.still_true(session, run.effect)
    except Exception as error:
        logger.exception("facts of effect %s could not be read", run.effect_id)
        return RetryLater(f"facts could not be read: {_words(error)}")


async def _act(run: _Run) -> Done | RetryLater | Refused | Unknown:
    try:
        return await run.performer.act(run.effect)
    except Exception as error:
        logger.exception("the act of effect %s broke off", run.effect_id)
        return Unknown(_words(error))


async def _finish(run: _Run, answer: Done | RetryLater | Refused | Unknown) -> Ended:
    if isinstance(answer, Done):
        return await _record(run, answer)
    async with run.db.begin() as session:
        match answer:
            case RetryLater(reason):
                state = await settle_retry(session, run.effect_id, reason, run.clock(), run.pace)
            case Refused(reason):
                state = await settle_refused(session, run.effect_id, reason, run.clock())
            case Unknown(reason):
                state = await settle_unknown(session, run.effect_id, reason, run.clock(), run.pace)
            case _:
                assert_never(answer)
    return Ended(state)


async def _record(run: _Run, done: Done) -> Ended:
    """Write the outcome with its traces; if that fails, at least remember that it happened."""
    try:
        async with run.db.begin() as session:
            row = await effects.locked(session, run.effect_id)
            if row is None or row.state == _S.DONE:
                return Ended(_S.DONE)
            await run.performer.record(session, run.effect, run.effect_id, done)
            await settle_done(session, row, done, run.clock())
    except Exception as error:
        async with run.db.begin() as session:
            reason = f"done, but not yet recorded: {_words(error)}"
            await lose(session, run.effect_id, run.clock(), reason=reason, happened=done)
        raise
    return Ended(_S.DONE)


async def _look(run: _Run) -> Ended:
    async with run.db.read() as session:
        row = await effects.effect(session, run.effect_id)
        since = await effect_history.elapsed(session, run.effect_id)
    known = row.outcome.get("happened") if row else None
    if isinstance(known, dict):
        return await _record(run, Done(known))
    answer = await _seen(run, since)
    if isinstance(answer, Done):
        return await _record(run, answer)
    async with run.db.begin() as session:
        match answer:
            case Absent():
                state = await settle_absent(session, run.effect_id, run.clock(), run.pace)
            case LookAgain(wait):
                state = await settle_look_again(
                    session, run.effect_id, wait, since, run.clock(), run.pace
                )
            case CannotLook(reason):
                state = await settle_cannot_look(session, run.effect_id, reason, run.clock())
            case _:
                assert_never(answer)
    return Ended(state)


async def _seen(run: _Run, since: timedelta) -> Done | Absent | LookAgain | CannotLook:
    try:
        return await run.performer.look(run.effect, since)
    except Exception:
        logger.exception("looking for effect %s broke off", run.effect_id)
        return LookAgain(min(max(since, run.pace.first_look), run.pace.longest_look))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
