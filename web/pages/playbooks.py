"""Playbooks: what each does and for whom, its versions, who stands where, questions to answer."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.dunning.expressions import FACTS
from domain.dunning.playbook import Answer, Ask, Playbook, describe, step_at, tree
from effects.answers import Refusal, RefusalCode
from flows import playbook_versions
from flows.playbook_versions import Saved, Taken
from flows.playbooks import answer
from sources.playbook_file import read_playbook
from sources.policy_file import PolicyFileError
from store import playbooks
from store.engine import Session
from store.pages import customer_names
from store.people import user_names
from store.playbooks import PlaybookRow, PlaybookRunRow
from web.deps import WebDeps
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader, Visitor
from web.who import Who

router = APIRouter(prefix="/playbooks")
_STATUS = {RefusalCode.NOT_FOUND: 404, RefusalCode.NOT_ALLOWED: 403}
_AROUND = 3
EXAMPLE = """name: Large accounts
description: Two reminders, then the account manager.
customers: all
start: 4
steps:
  - send_email: {tone: friendly, mode: send}
  - wait: 4 business days
  - if: overdue > 10,000.00 USD or days_overdue > 30
    then:
      - send_email: {tone: firm, mode: draft}
    else:
      - send_email: {tone: professional, mode: send}
  - wait: 5 business days
  - ask: Do they mention a payment plan?
    then:
      - escalate: {reason: they ask for a payment plan}
    else:
      - escalate: {reason: two reminders were not answered}
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text in the editor, and what is wrong with it."""

    body: str
    note: str = ""
    problem: str = ""
    line: int = 0

    def around(self) -> list[tuple[int, str]]:
        """The line of the mistake and those around it, by number."""
        first = max(0, self.line - 1 - _AROUND)
        lines = self.body.splitlines()[first : self.line + _AROUND] if self.line else []
        return list(enumerate(lines, first + 1))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands in a playbook, in words."""

    run: PlaybookRunRow
    customer: str
    next: str
    question: str


@router.get("")
async def list_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Every playbook, the active ones first."""
    async with deps.db.read() as session:
        rows = await playbooks.playbooks(session)
        around = await frame(session, deps.clock())
    return page(request, "playbooks/list.html", visitor, around, {"rows": rows})


@router.get("/new")
async def new_page(request: Request, deps: Deps, visitor: Decider) -> Response:
    """A text to begin with."""
    return await _edit(request, deps, visitor, None, Typed(EXAMPLE))


@router.get("/{playbook_id}/edit")
async def edit_page(request: Request, deps: Deps, visitor: Decider, playbook_id: int) -> Response:
    """The latest version, to be changed."""
    async with deps.db.read() as session:
        row = await _playbook(session, playbook_id)
        known = await playbooks.versions_of(session, playbook_id)
    return await _edit(request, deps, visitor, row, Typed(known[0].body if known else EXAMPLE))


async def _edit(
    request: Request,
    deps: WebDeps,
    visitor: Visitor,
    row: PlaybookRow | None,
    typed: Typed,
    status: int = 200,
) -> Response:
    async with deps.db.read() as session:
        around = await frame(session, deps.clock())
    values = {"row": row, "typed": typed, "facts": FACTS}
    return page(request, "playbooks/edit.html", visitor, around, values, status=status)


@router.post("")
async def create(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Keep a new playbook."""
    return await _save(request, deps, visitor, None)


@router.post("/{playbook_id}/edit")
async def write(request: Request, deps: Deps, visitor: Decider, playbook_id: int) -> Response:
    """Keep a new version of a playbook."""
    async with deps.db.read() as session:
        row = await _playbook(session, playbook_id)
    return await _save(request, deps, visitor, row)


async def _save(
    request: Request, deps: WebDeps, visitor: Visitor, row: PlaybookRow | None
) -> Response:
    form = await request.form()
    body = str(form.get("body", "")).replace("\r\n", "\n")
    note = str(form.get("note", ""))[:300]
    try:
        async with deps.db.begin() as session:
            done = await playbook_versions.save(
                session,
                body,
                by=visitor.person,
                now=deps.clock(),
                playbook_id=row.id if row else None,
                note=note,
            )
    except PolicyFileError as error:
        typed = Typed(body, note, f"{error.problem}. {error.fix}", error.line)
        return await _edit(request, deps, visitor, row, typed, 422)
    if isinstance(done, Saved):
        return RedirectResponse(f"/playbooks/{done.playbook_id}?notice=playbook_saved", 303)
    return await _edit(request, deps, visitor, row, Typed(body, note, done.message), 409)


@router.get("/{playbook_id}")
async def playbook_page(
    request: Request, deps: Deps, visitor: Reader, playbook_id: int
) -> Response:
    """What it does, for whom, its versions, and where customers stand in it."""
    return await _page(request, deps, visitor, playbook_id, "")


async def _page(
    request: Request, deps: WebDeps, visitor: Visitor, playbook_id: int, problem: str
) -> Response:
    async with deps.db.read() as session:
        row = await _playbook(session, playbook_id)
        versions = await playbooks.versions_of(session, playbook_id)
        books = {v.version: read_playbook(v.body, row.name) for v in versions}
        runs = await playbooks.runs_of(session, playbook_id)
        begun = await playbooks.runs_count(session, playbook_id)
        ids = {run.customer_id for run in runs} | set(row.customer_ids[:200])
        names = await customer_names(session, ids)
        who = Who(await user_names(session))
        around = await frame(session, deps.clock())
    shown = books.get(row.version) or next(iter(books.values()), None)
    values = {
        "row": row,
        "versions": versions,
        "lines": tree(shown.steps) if shown else [],
        "stand": [_standing(run, books.get(run.version), names) for run in runs],
        "begun": begun,
        "names": names,
        "who": who,
        "problem": problem,
    }
    status = 409 if problem else 200
    return page(request, "playbooks/playbook.html", visitor, around, values, status=status)


def _standing(run: PlaybookRunRow, book: Playbook | None, names: dict[int, str]) -> Standing:
    step = step_at(book.steps, run.position) if book and run.position else None
    answered = any(
        line.get("path") == run.position and line.get("step") == "answer" for line in run.log
    )
    question = step.question if isinstance(step, Ask) and not answered else ""
    told = describe(step) if step is not None else "at the end"
    return Standing(run, names.get(run.customer_id, ""), told, question)


@router.post("/{playbook_id}/activate")
async def activate(request: Request, deps: Deps, visitor: Decider, playbook_id: int) -> Response:
    """Let a version act for its customers."""
    form = await request.form()
    version = str(form.get("version", ""))
    if not version.isdigit():
        raise HTTPException(404)
    async with deps.db.begin() as session:
        done = await playbook_versions.activate(
            session, playbook_id, int(version[:6]), by=visitor.person, now=deps.clock()
        )
    if isinstance(done, Taken):
        return await _page(request, deps, visitor, playbook_id, done.message)
    if isinstance(done, Refusal):
        if done.code in _STATUS:
            raise HTTPException(_STATUS[done.code], done.message)
        return await _page(request, deps, visitor, playbook_id, done.message)
    return RedirectResponse(f"/playbooks/{playbook_id}?notice=playbook_live", 303)


@router.post("/{playbook_id}/deactivate")
async def deactivate(deps: Deps, visitor: Decider, playbook_id: int) -> Response:
    """Let the policy's own steps decide again."""
    async with deps.db.begin() as session:
        done = await playbook_versions.deactivate(
            session, playbook_id, by=visitor.person, now=deps.clock()
        )
    if isinstance(done, Refusal):
        raise HTTPException(_STATUS.get(done.code, 409), done.message)
    return RedirectResponse(f"/playbooks/{playbook_id}?notice=playbook_off", 303)


@router.post("/{playbook_id}/answer")
async def answer_it(request: Request, deps: Deps, visitor: Decider, playbook_id: int) -> Response:
    """A person answers the question at which a customer waits."""
    form = await request.form()
    run_id, path = str(form.get("run", "")), str(form.get("step", ""))[:100]
    said = str(form.get("answer", ""))
    if not run_id.isdigit() or said not in ("yes", "no"):
        raise HTTPException(404)
    given = Answer(said == "yes", str(form.get("quote", "")).strip()[:300])
    async with deps.db.begin() as session:
        run = await playbooks.run(session, int(run_id[:18]))
        if run is None or run.playbook_id != playbook_id:
            raise HTTPException(404)
        done = await answer(session, run.id, path, given, by=visitor.person.actor, now=deps.clock())
    if not done:
        return await _page(request, deps, visitor, playbook_id, "It was answered already.")
    return RedirectResponse(f"/playbooks/{playbook_id}?notice=playbook_answered", 303)


async def _playbook(session: Session, playbook_id: int) -> PlaybookRow:
    row = await playbooks.playbook(session, playbook_id)
    if row is None:
        raise HTTPException(404)
    return row
