"""Playbooks at work: what one says for a customer now, and what it does on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from domain.dunning.cadence import Situation
from domain.dunning.calendar import zone_named
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.playbook import (
    Answer,
    Ask,
    Escalate,
    PauseFor,
    Place,
    Playbook,
    Taken,
    passed,
)
from domain.dunning.playbook_course import Assigned, Course
from domain.dunning.playbook_run import Addressed, Run, Turn, addressed, says, turn
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from flows.conversations import escalate
from flows.desk import Desk
from flows.facts import Case
from flows.notices import Notice, tell
from flows.pauses import Target, pause
from sources.playbook_file import read_playbook
from store import followups, playbooks
from store.effects import by_key
from store.engine import Session
from store.jobs import Job, enqueue
from store.playbooks import PlaybookRow, PlaybookRunRow
from store.scores import scores_of
from store.worklist import WorkItemRow, ask_again, close_item, open_item

ASK = "playbooks.ask"
KEEPER = Actor(ActorKind.SYSTEM, "playbooks")
_TURNED_DOWN = ("rejected", "expired")
_MOST_LOGGED = 400


@dataclass(frozen=True, slots=True)
class Looked:
    """The turn of a customer who may be written to, with the rows it rests on."""

    row: PlaybookRow
    kept: PlaybookRunRow
    turn: Turn


async def planned(
    session: Session, desk: Desk, case: Case, now: datetime
) -> PlannedTouch | Hold | None:
    """What the playbook of a customer says now, done as far as it acts by itself.

    None: there is no playbook, or nothing is overdue; the ladder decides. All stops, waits, caps
    and hours of the policy hold for a playbook's messages too.
    """
    del desk
    found = await _look(session, case, now)
    if not isinstance(found, Looked):
        return found
    stand = found.turn.stand
    await _remember(session, found, stand.taken, stand.place, now)
    match stand.step:
        case Escalate() as step:
            return await _escalate(session, found, step, now)
        case PauseFor() as step:
            return await _pause(session, found, step, now)
        case Ask() as step:
            await _ask(session, found, step, now)
    return says(replace(found.turn, run=run_value(found.kept, found.turn.run.book)))


async def answer(
    session: Session, run_id: int, path: str, given: Answer, *, by: Actor, now: datetime
) -> bool:
    """Answer the question at which a run waits; False when it waits there no more."""
    row = await playbooks.run(session, run_id)
    if row is None or row.position != path or path in answers_of(row):
        return False
    told = Taken(path, "answer", given.word, given.quote[:500])
    row.log = [*row.log, _line(told, str(by), now)]
    row.moved_at, row.state = now, "running"
    session.add(row)
    detail = {"path": path, "answer": given.word, "quote": given.quote[:300]}
    await record(session, Entry(by, "playbook.answered", "playbook_run", str(run_id), detail), now)
    await close_item(session, _item_key(row, path), by=str(by), now=now)
    await followups.wake(session, row.customer_id, now)
    return True


async def course_of(session: Session, case: Case, now: datetime) -> Course | None:
    """The playbook of a customer as it would go on; nothing is done or remembered.

    None: the customer is in no playbook.
    """
    row = await playbooks.active_for(session, case.customer_id)
    here = _situation(case, now)
    version = await playbooks.version_of(session, row.id, row.version) if row else None
    if row is None or here is None or version is None:
        return None
    book = read_playbook(version.body, row.name)
    about = addressed(here)
    runs: dict[str, Run] = {}
    if isinstance(about, Addressed):
        kept = await playbooks.run_of(session, case.customer_id, row.id, about.cycle, lock=False)
        run = await _value(session, kept, case.customer_id, here) if kept else None
        runs = {about.cycle: run} if run else {}
    score = await _score(session, case, book)
    return Course(Assigned(row.id, row.version, book, runs, score=score))


async def _look(session: Session, case: Case, now: datetime) -> Looked | Hold | None:
    row = await playbooks.active_for(session, case.customer_id)
    here = _situation(case, now)
    if row is None or here is None:
        return None
    about = addressed(here)
    if not isinstance(about, Addressed):
        return about
    kept = await _run(session, row, case, about.cycle, now)
    run = await _value(session, kept, case.customer_id, here)
    if run is None:
        return None
    score = await _score(session, case, run.book)
    found = turn(run, here, about, score=score)
    return found if isinstance(found, Hold) else Looked(row, kept, found)


def _situation(case: Case, now: datetime) -> Situation | None:
    zone = zone_named(case.account.customer.timezone)
    if zone is None:
        return None
    return Situation(case.account, case.standing, case.policy, case.calendar, now, zone)


async def _run(
    session: Session, row: PlaybookRow, case: Case, cycle: str, now: datetime
) -> PlaybookRunRow:
    """Where the customer stands in this cycle; at the beginning if it is new."""
    found = await playbooks.run_of(session, case.customer_id, row.id, cycle)
    return found or PlaybookRunRow(
        playbook_id=row.id, customer_id=case.customer_id, version=row.version, cycle=cycle,
        started_at=now, moved_at=now, loop_in=[], log=[],
    )  # fmt: skip


async def _value(
    session: Session, row: PlaybookRunRow, customer_id: int, here: Situation
) -> Run | None:
    """The row as a domain value; None when its version is gone."""
    version = await playbooks.version_of(session, row.playbook_id, row.version)
    if version is None:
        return None
    book = read_playbook(version.body, "playbook")
    run = run_value(row, book)
    policy, step = run.policy_id, run.key(row.position)
    occasion = f"{customer_id}:{policy}:{step}:{row.cycle}"
    refused: dict[str, date] = {}
    for channel in ("email", "slack"):
        effect = await by_key(session, f"{channel}:followup:{occasion}")
        if effect is not None and effect.state in _TURNED_DOWN:
            refused[row.position] = effect.changed_at.astimezone(here.zone).date()
    return replace(run, turned_down=refused)


def run_value(row: PlaybookRunRow, book: Playbook) -> Run:
    """Where a customer stands, as the row has it."""
    reached = [str(line["reached_on"]) for line in row.log if line.get("reached_on")]
    day = date.fromisoformat(reached[-1]) if reached else row.started_at.date()
    return Run(
        row.playbook_id,
        row.version,
        book,
        row.cycle,
        Place(row.position, day),
        row.moved_at if row.id is not None else None,
        tuple(row.loop_in),
        answers_of(row),
    )


async def _score(session: Session, case: Case, book: Playbook) -> int | None:
    if "score" not in str(book.steps):
        return None
    row = (await scores_of(session, [case.customer_id])).get(case.customer_id)
    return row.per_mille if row is not None else None


async def close_idle(session: Session, now: datetime) -> int:
    """Take questions off the worklist that nobody needs answered any more; how many."""
    keys = await playbooks.idle_questions(session)
    for key in keys:
        await close_item(session, key, by=str(KEEPER), now=now)
    return len(keys)


async def _escalate(session: Session, found: Looked, step: Escalate, now: datetime) -> Hold:
    run, here, at = found.kept, found.turn.here, found.turn.stand.place
    customer, book = here.account.customer, found.turn.run.book
    place, told = passed(book, at, "done", here.today)
    await _remember(session, found, (told,), place, now)
    ids = [invoice.id for invoice in found.turn.about.late]
    await escalate(session, customer.id, "playbook", now=now, invoice_ids=ids, quote=step.reason)
    key = f"playbook:{run.playbook_id}:{customer.id}:{run.cycle}:{at.path}"
    title = f"{customer.name}: {step.reason}"
    item = WorkItemRow(
        key=key,
        kind="escalation",
        customer_id=customer.id,
        title=title[:300],
        detail={"reason": "playbook", "playbook": found.row.name, "words": step.reason},
        opened_at=now,
    )
    await open_item(session, item)
    notice = Notice(key, "escalation", title, customer.id, step.route, work_item_key=key)
    await tell(session, notice, now)
    return Hold(HoldReason.ESCALATED, f"the playbook {book.name}: {step.reason}")


async def _pause(session: Session, found: Looked, step: PauseFor, now: datetime) -> Hold:
    here, book = found.turn.here, found.turn.run.book
    place, told = passed(book, found.turn.stand.place, "done", here.today)
    await _remember(session, found, (told,), place, now)
    target = Target(here.account.customer.id)
    note = f"playbook {book.name}"
    await pause(session, target, step.days, step.reason, by=KEEPER, now=now, note=note)
    return Hold(HoldReason.PAUSED, note)


async def _ask(session: Session, found: Looked, step: Ask, now: datetime) -> None:
    """A question waits for the model or for a person, whoever answers first."""
    run, path = found.kept, found.turn.stand.place.path
    customer = found.turn.here.account.customer
    item = WorkItemRow(
        key=_item_key(run, path),
        kind="playbook_question",
        customer_id=customer.id,
        title=f"{customer.name}: {step.question}"[:300],
        detail={
            "playbook": found.row.name,
            "playbook_id": found.row.id,
            "run_id": run.id,
            "path": path,
        },
        opened_at=now,
    )
    run.state = "waiting"
    session.add(run)
    if await open_item(session, item) is None:
        await ask_again(session, item)
    else:
        job = Job(ASK, {"run_id": run.id, "path": path}, lane=f"customer:{customer.id}")
        await enqueue(session, job)


async def _remember(
    session: Session, found: Looked, taken: tuple[Taken, ...], place: Place, now: datetime
) -> None:
    """Keep where the customer stands and what was done on the way."""
    run = found.kept
    if run.id is None:
        session.add(run)
        await session.flush()
    if not taken and run.position == place.path:
        return
    lines = [_line(told, str(KEEPER), now) for told in taken]
    if lines and place.reached_on is not None:
        lines[-1]["reached_on"] = place.reached_on.isoformat()
    run.log = [*run.log, *lines][-_MOST_LOGGED:]
    looped = [t.step.removeprefix("copies to ") for t in taken if t.step.startswith("copies to ")]
    run.loop_in = list(dict.fromkeys([*run.loop_in, *looped]))
    run.position, run.moved_at = place.path, now
    run.state = "running" if place.path else "done"
    session.add(run)
    await session.flush()


def answers_of(run: PlaybookRunRow) -> Mapping[str, Answer]:
    """What was answered in a run, by the path of the question."""
    return {
        str(line["path"]): Answer(line.get("outcome") == "yes", str(line.get("quote", "")))
        for line in run.log
        if line.get("step") == "answer"
    }


def _line(told: Taken, by: str, now: datetime) -> dict[str, object]:
    return {
        "path": told.path,
        "step": told.step,
        "outcome": told.outcome,
        "quote": told.quote,
        "by": by,
        "at": now.astimezone(UTC).isoformat(),
    }


def _item_key(run: PlaybookRunRow, path: str) -> str:
    return f"playbook:{run.playbook_id}:{run.customer_id}:{run.cycle}:{path}:ask"
