"""The playbooks that customers are in today, with what is on record of them, for a trial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.dunning.playbook import (
    Answer,
    Ask,
    Place,
    Playbook,
    Taken,
    next_place,
    questions,
    step_at,
)
from domain.dunning.playbook_course import Assigned, moved
from domain.dunning.playbook_run import Run
from sources.playbook_file import read_playbook
from store import playbooks
from store.engine import Session
from store.playbooks import PlaybookRow, PlaybookRunRow

Books = Mapping[tuple[int, int], Playbook]


async def books_of(
    session: Session, runs: Sequence[PlaybookRunRow]
) -> tuple[Sequence[PlaybookRow], Books]:
    """The active playbooks, and every version that is in force or that somebody began."""
    active = [row for row in await playbooks.playbooks(session) if row.active]
    ids = {row.id for row in active}
    wanted = {(row.id, row.version) for row in active}
    wanted |= {(run.playbook_id, run.version) for run in runs if run.playbook_id in ids}
    found: dict[tuple[int, int], Playbook] = {}
    for playbook_id, version in sorted(wanted):
        kept = await playbooks.version_of(session, playbook_id, version)
        if kept is not None:
            found[playbook_id, version] = read_playbook(kept.body, "playbook")
    return active, found


def assigned(
    customer_id: int,
    active: Sequence[PlaybookRow],
    books: Books,
    runs: Sequence[PlaybookRunRow],
    since: date,
    score: int | None,
) -> Assigned | None:
    """The playbook of a customer as it stood when a trial begins; None: they are in none."""
    row = next((p for p in active if p.everybody or customer_id in p.customer_ids), None)
    book = books.get((row.id, row.version)) if row is not None else None
    if row is None or book is None:
        return None
    begin = datetime.combine(since, time(), tzinfo=UTC)
    begun: dict[str, Run] = {}
    answered: list[tuple[str, str, datetime, Answer]] = []
    for run in runs:
        own = books.get((run.playbook_id, run.version))
        if run.playbook_id != row.id or own is None:
            continue
        if run.started_at < begin:
            begun[run.cycle] = _then(run, own, begin)
        goes_by = own if run.cycle in begun else book
        answered += [(run.cycle, *one) for one in _answered(run, own, goes_by)]
    return Assigned(row.id, row.version, book, begun, tuple(answered), score)


def _then(row: PlaybookRunRow, book: Playbook, begin: datetime) -> Run:
    """Where a run stood at a moment, from its log."""
    first = Place("0", row.started_at.date())
    run = Run(row.playbook_id, row.version, book, row.cycle, first, row.started_at)
    for line in row.log:
        at = datetime.fromisoformat(str(line["at"]))
        if line.get("step") == "answer" or at >= begin:
            continue
        told = Taken(str(line["path"]), str(line["step"]), str(line["outcome"]))
        day = line.get("reached_on")
        reached = date.fromisoformat(str(day)) if day else run.place.reached_on
        run = moved(run, (told,), Place(next_place(book.steps, told), reached), at)
    return replace(run, answers={})


def _answered(
    run: PlaybookRunRow, own: Playbook, goes_by: Playbook
) -> Iterable[tuple[str, datetime, Answer]]:
    """The answers of a run, each at the place where the version gone by asks the same."""
    asked = questions(goes_by.steps)
    for line in run.log:
        step = step_at(own.steps, str(line.get("path")))
        if line.get("step") != "answer" or not isinstance(step, Ask):
            continue
        path = str(line["path"]) if goes_by is own else asked.get(step.question)
        if path is not None:
            given = Answer(line.get("outcome") == "yes", str(line.get("quote", "")))
            yield path, datetime.fromisoformat(str(line["at"])), given
