"""Playbooks at work: what one says for a customer now, and what it does on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.cadence import Situation
from domain.dunning.calendar import zone_named
from domain.dunning.contact_rules import recipients
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.playbook import (
    Answer,
    Ask,
    Escalate,
    Now,
    PauseFor,
    Place,
    Playbook,
    Send,
    Stand,
    Taken,
    passed,
    walk,
)
from domain.dunning.playbook_facts import facts_of
from domain.dunning.policy_values import DunningStep, Phase, Tone, milder
from domain.dunning.rungs import Rung
from domain.dunning.touching import touch_of
from domain.ledger.invoice import Invoice
from domain.ledger.party import Contact
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
from store.worklist import WorkItemRow, close_item, open_item

ASK = "playbooks.ask"
KEEPER = Actor(ActorKind.SYSTEM, "playbooks")
_TURNED_DOWN = ("rejected", "expired")
_MOST_LOGGED = 400


@dataclass(frozen=True, slots=True)
class Looked:
    """A playbook as it stands for a customer who may be written to about `late` now."""

    row: PlaybookRow
    book: Playbook
    run: PlaybookRunRow
    here: Situation
    to: tuple[Contact, ...]
    late: tuple[Invoice, ...]
    stand: Stand

    @property
    def step_key(self) -> str:
        return _key(self.run, self.stand.place.path)


async def planned(
    session: Session, desk: Desk, case: Case, now: datetime
) -> PlannedTouch | Hold | None:
    """What the playbook of a customer says now, done as far as it acts by itself.

    None: there is no playbook, or nothing is overdue; the ladder decides. All stops, waits, caps
    and hours of the policy hold for a playbook's messages too.
    """
    del desk
    found = await _look(session, case, now, lock=True)
    if not isinstance(found, Looked):
        return found
    await _remember(session, found, found.stand.taken, found.stand.place, now)
    match found.stand.step:
        case Escalate() as step:
            return await _escalate(session, found, step, now)
        case PauseFor() as step:
            return await _pause(session, found, step, now)
        case Ask() as step:
            await _ask(session, found, step, now)
    return _says(found)


async def preview(session: Session, case: Case, now: datetime) -> PlannedTouch | Hold | None:
    """The same for people who only look: nothing is done or remembered."""
    found = await _look(session, case, now, lock=False)
    return _says(found) if isinstance(found, Looked) else found


async def answer(
    session: Session, run_id: int, path: str, given: Answer, *, by: Actor, now: datetime
) -> bool:
    """Answer the question at which a run waits; False when it waits there no more."""
    row = await playbooks.run(session, run_id)
    if row is None or row.position != path or path in _answers(row):
        return False
    told = Taken(path, "answer", given.word, given.quote[:500])
    row.log = [*row.log, _line(told, str(by), now)]
    row.moved_at = now
    session.add(row)
    detail = {"path": path, "answer": given.word, "quote": given.quote[:300]}
    await record(session, Entry(by, "playbook.answered", "playbook_run", str(run_id), detail), now)
    await close_item(session, _item_key(row, path), by=str(by), now=now)
    await followups.wake(session, row.customer_id, now)
    return True


async def _look(session: Session, case: Case, now: datetime, *, lock: bool) -> Looked | Hold | None:
    row = await playbooks.active_for(session, case.customer_id)
    zone = zone_named(case.account.customer.timezone)
    if row is None or zone is None:
        return None
    here = Situation(case.account, case.standing, case.policy, case.calendar, now, zone)
    may = _may_write(here)
    if may is None or isinstance(may, Hold):
        return may
    to, late = may
    anchor = min(late, key=lambda i: (i.due_on, i.id))
    run = await _run(session, row, case, anchor, now, lock=lock)
    version = await playbooks.version_of(session, row.id, run.version)
    if version is None:
        return None
    book = read_playbook(version.body, row.name)
    early = _too_early(book, run, here, anchor)
    if early is not None:
        return early
    stand = walk(book, _place(run), await _now(session, case, here, run, version.body))
    return Looked(row, book, run, here, to, late, stand)


def _may_write(
    here: Situation,
) -> tuple[tuple[Contact, ...], tuple[Invoice, ...]] | Hold | None:
    """To whom and about what; what stops it; None when nothing is overdue."""
    stop = next(here.stops(), None)
    if stop is not None:
        return stop
    to = recipients(here.account.contacts)
    if isinstance(to, Hold):
        return to
    free = here.free()
    if isinstance(free, Hold):
        return free
    late = tuple(i for i in free if i.due_on < here.today)
    return (to, late) if late else None


def _too_early(
    book: Playbook, run: PlaybookRunRow, here: Situation, anchor: Invoice
) -> Hold | None:
    """Before the playbook's own start, within days of grace, or just after a stop ended."""
    graced = anchor.due_on + timedelta(days=here.policy.grace_days + 1)
    begin = max(
        here.calendar.add_business_days(anchor.due_on, book.start),
        here.calendar.add_business_days(graced, 0),
    )
    restart = here.standing.restart_of(anchor.id)
    if restart is not None and (run.id is None or restart > run.moved_at):
        day = restart.astimezone(here.zone).date()
        begin = max(begin, here.calendar.add_business_days(day, here.policy.cadence))
    if here.today >= begin:
        return None
    words = f"the playbook {book.name} waits until {begin}"
    return Hold(HoldReason.NOT_DUE, words, here.calendar.opening(begin, here.zone))


async def _run(
    session: Session, row: PlaybookRow, case: Case, anchor: Invoice, now: datetime, *, lock: bool
) -> PlaybookRunRow:
    """Where the customer stands in this cycle; at the beginning if it is new."""
    cycle = anchor.due_on.isoformat()
    found = await playbooks.run_of(session, case.customer_id, row.id, cycle, lock=lock)
    if found is None:
        return PlaybookRunRow(
            playbook_id=row.id, customer_id=case.customer_id, version=row.version, cycle=cycle,
            started_at=now, moved_at=now, loop_in=[], log=[],
        )  # fmt: skip
    return found


def _place(run: PlaybookRunRow) -> Place:
    reached = [str(line.get("reached_on", "")) for line in run.log if line.get("reached_on")]
    begun = run.started_at.date()
    return Place(run.position, date.fromisoformat(reached[-1]) if reached else begun)


async def _now(
    session: Session, case: Case, here: Situation, run: PlaybookRunRow, body: str
) -> Now:
    score = None
    if "score" in body:
        row = (await scores_of(session, [case.customer_id])).get(case.customer_id)
        score = row.per_mille if row is not None else None
    facts = facts_of(case.account, case.standing, case.policy, score=score)
    sent = await _sent(session, case, here.zone, run)
    return Now(here.today, here.calendar, facts, _answers(run), sent)


async def _sent(
    session: Session, case: Case, zone: ZoneInfo, run: PlaybookRunRow
) -> dict[str, date]:
    """Steps of this run whose message left, or was turned down by a person, and when."""
    prefix = _key(run, "")
    found = {
        touch.step.removeprefix(prefix): touch.at.astimezone(zone).date()
        for touch in case.standing.sent()
        if touch.cycle == run.cycle and touch.step.startswith(prefix)
    }
    policy = _policy_id(run)
    occasion = f"{case.customer_id}:{policy}:{_key(run, run.position)}:{run.cycle}"
    for channel in ("email", "slack"):
        effect = await by_key(session, f"{channel}:followup:{occasion}")
        if effect is not None and effect.state in _TURNED_DOWN:
            found[run.position] = effect.changed_at.astimezone(zone).date()
    return found


def _says(found: Looked) -> PlannedTouch | Hold:
    """The message that is due, or what the playbook waits for."""
    step, here = found.stand.step, found.here
    name = f"the playbook {found.book.name}"
    if isinstance(step, Send):
        return _touch(found, step)
    if step is None:
        return Hold(HoldReason.EXHAUSTED, f"{name} is at its end; a person decides what next")
    if isinstance(step, Ask):
        return Hold(HoldReason.AWAITING_DECISION, f"{name} asks: {step.question}")
    if isinstance(step, Escalate):
        return Hold(HoldReason.ESCALATED, f"{name}: {step.reason}")
    until = found.stand.until
    at = here.calendar.opening(until, here.zone) if until else None
    return Hold(HoldReason.NOT_DUE, f"{name} waits until {until}" if until else name, at)


def _touch(found: Looked, step: Send) -> PlannedTouch | Hold:
    here = found.here
    hold = next(here.waits(found.late, found.to), None)
    if hold is not None:
        return hold
    before = [t for t in here.standing.sent() if t.cycle == found.run.cycle]
    tone = step.tone if before else milder(step.tone, Tone.PROFESSIONAL)
    rung = DunningStep(
        found.step_key, Phase.OVERDUE, 1, tone, draft_only=step.draft, channel=step.channel
    )
    touch = touch_of(
        here.account,
        Rung(rung, found.run.cycle, tone, found.late),
        found.to,
        here.standing,
        replace(here.policy, steps=(rung,)),
        here.calendar,
        here.now,
        here.zone,
    )
    return replace(
        touch,
        policy_id=_policy_id(found.run),
        ordinal=len(before) + 1,
        loop_in=tuple(found.run.loop_in),
    )


async def _escalate(session: Session, found: Looked, step: Escalate, now: datetime) -> Hold:
    run, customer = found.run, found.here.account.customer
    place, told = passed(found.book, found.stand.place, "done", found.here.today)
    await _remember(session, found, (told,), place, now)
    ids = [invoice.id for invoice in found.late]
    await escalate(session, customer.id, "playbook", now=now, invoice_ids=ids, quote=step.reason)
    key = f"playbook:{run.playbook_id}:{customer.id}:{run.cycle}:{found.stand.place.path}"
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
    return Hold(HoldReason.ESCALATED, f"the playbook {found.book.name}: {step.reason}")


async def _pause(session: Session, found: Looked, step: PauseFor, now: datetime) -> Hold:
    place, told = passed(found.book, found.stand.place, "done", found.here.today)
    await _remember(session, found, (told,), place, now)
    target = Target(found.here.account.customer.id)
    note = f"playbook {found.book.name}"
    await pause(session, target, step.days, step.reason, by=KEEPER, now=now, note=note)
    return Hold(HoldReason.PAUSED, note)


async def _ask(session: Session, found: Looked, step: Ask, now: datetime) -> None:
    """A question waits for the model or for a person, whoever answers first."""
    run, path = found.run, found.stand.place.path
    customer = found.here.account.customer
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
    if await open_item(session, item) is not None:
        job = Job(ASK, {"run_id": run.id, "path": path}, lane=f"customer:{customer.id}")
        await enqueue(session, job)


async def _remember(
    session: Session, found: Looked, taken: tuple[Taken, ...], place: Place, now: datetime
) -> None:
    """Keep where the customer stands and what was done on the way."""
    run = found.run
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


def _answers(run: PlaybookRunRow) -> Mapping[str, Answer]:
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


def _policy_id(run: PlaybookRunRow) -> str:
    return f"playbook-{run.playbook_id}-{run.version}"


def _key(run: PlaybookRunRow, path: str) -> str:
    return f"playbook_{run.playbook_id}_{run.version}_{path}"


def _item_key(run: PlaybookRunRow, path: str) -> str:
    return f"playbook:{run.playbook_id}:{run.customer_id}:{run.cycle}:{path}:ask"
