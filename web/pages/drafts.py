"""Invoices on their way into the ERP: the queue, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects import decide
from effects.answers import Refusal
from flows.drafts.drafting import Missing
from flows.invoicing import NotReady, Proposed, Queue, QueueFilter, queue, submit_many
from store.draft_pages import draft_names, draft_sources, effects_by_id
from web.chips import View
from web.deps import WebDeps
from web.rendering import frame, page
from web.visitor import READING, Decider, Deps, Reader, Visitor
from web.words import DRAFT_STATES, STANDINGS, STATES

router = APIRouter()
_PAGE = 50
FILTERS = ("status", "state", "source", "amount_from", "amount_to", "date_from", "date_to")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one of many: `done` or why not."""

    draft_id: int
    done: bool
    text: str


@router.get("/sync/invoices")
async def queue_page(
    request: Request,
    visitor: Reader,
    status: str = "",
    source: str = "",
    state: str = "",
    amount_from: str = "",
    amount_to: str = "",
    date_from: str = "",
    date_to: str = "",
    after: int = 0,
) -> Response:
    """The queue. Every filter is in the address."""
    told = (status, state, source, amount_from, amount_to, date_from, date_to)
    typed = _typed(dict(zip(FILTERS, told, strict=True)))
    return await _queue(request, visitor, typed, max(0, after))


def _typed(sent: Mapping[str, str]) -> dict[str, str]:
    """The filters as far as they mean anything, each bounded."""
    typed = {name: sent.get(name, "").strip()[:60] for name in FILTERS}
    typed["status"] = typed["status"] if typed["status"] in STANDINGS else ""
    typed["state"] = typed["state"] if typed["state"] in DRAFT_STATES else ""
    return typed


@router.get("/sync/invoices/many", dependencies=READING)
async def back() -> Response:
    """Who opens the address of an answer finds the queue."""
    return RedirectResponse("/sync/invoices", 303)


@router.post("/sync/invoices/many")
async def many(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Submit or approve the ticked ones; each is told apart, none holds up another."""
    form = await request.form()
    typed = _typed({name: str(form.get(name, "")) for name in FILTERS})
    picks = [pick for pick in map(_pick, form.getlist("pick")) if pick is not None]
    match str(form.get("act", "")):
        case "submit":
            told = await _submit(deps, visitor, picks)
        case "approve":
            told = await _approve(deps, visitor, picks)
        case _:
            raise HTTPException(404)
    problem = "" if picks else "Tick the invoices first."
    return await _queue(request, visitor, typed, 0, told, problem)


@dataclass(frozen=True, slots=True)
class Pick:
    """A ticked row: the draft, and the proposal as it was shown."""

    draft_id: int
    effect_id: int = 0
    fingerprint: str = ""


def _pick(sent: object) -> Pick | None:
    draft_id, _, rest = str(sent)[:200].partition(":")
    effect_id, _, fingerprint = rest.partition(":")
    numbers = all(n.isascii() and n.isdigit() and len(n) < 19 for n in (draft_id, effect_id or "0"))
    return Pick(int(draft_id), int(effect_id or "0"), fingerprint) if numbers else None


async def _submit(deps: WebDeps, visitor: Visitor, picks: Sequence[Pick]) -> list[Told]:
    ids = [pick.draft_id for pick in picks]
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answers = await submit_many(session, ids, by, deps.desk, now)
    return [Told(draft_id, *said(answer)) for draft_id, answer in answers.items()]


def said(answer: Proposed | NotReady | Missing) -> tuple[bool, str]:
    """Whether it was submitted, and what there is to say about it."""
    match answer:
        case Proposed():
            return True, STATES.get(answer.state, answer.state)
        case NotReady():
            wrong = [one.finding.message for one in answer.findings if one.open]
            more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
            return False, answer.reason or " ".join(wrong[:3]) + more or "It is not ready."
        case Missing():
            return False, "There is no such invoice."
        case _:
            assert_never(answer)


async def _approve(deps: WebDeps, visitor: Visitor, picks: Sequence[Pick]) -> list[Told]:
    """Each in a transaction of its own, bound to the content that the row showed."""
    told = []
    for pick in picks:
        if not pick.effect_id:
            told.append(Told(pick.draft_id, False, "It was not submitted yet."))
            continue
        async with deps.db.begin() as session:
            answer = await decide.approve(
                session,
                pick.effect_id,
                pick.fingerprint,
                visitor.person,
                deps.policy,
                deps.clock(),
            )
        if isinstance(answer, Refusal):
            told.append(Told(pick.draft_id, False, answer.message))
        else:
            told.append(Told(pick.draft_id, True, "Approved for sync."))
    return told


async def _queue(
    request: Request,
    visitor: Visitor,
    typed: Mapping[str, str],
    after: int,
    told: Sequence[Told] = (),
    problem: str = "",
) -> Response:
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    wanted, problems = _wanted(typed)
    async with deps.db.read() as session:
        found = (
            Queue(())
            if problems
            else await queue(session, wanted, deps.desk, now, after=after, limit=_PAGE)
        )
        ids = {one.draft.effect_id for one in found.items if one.draft.effect_id}
        values = {
            "items": found.items,
            "next_after": found.next_after,
            "after": after,
            "effects": await effects_by_id(session, ids),
            "typed": typed,
            "problems": {**problems, **found.problems},
            "sources": await draft_sources(session),
            "link": View("/sync/invoices", typed),
            "told": told,
            "names": await draft_names(session, [one.draft_id for one in told]),
            "problem": problem,
        }
        around = await frame(session, now)
    status = 409 if problem else 422 if values["problems"] else 200
    return page(request, "sync/queue.html", visitor, around, values, status=status)


def _wanted(typed: Mapping[str, str]) -> tuple[QueueFilter, dict[str, str]]:
    problems = {}
    days: dict[str, date | None] = {"date_from": None, "date_to": None}
    for name in days:
        try:
            days[name] = date.fromisoformat(typed[name]) if typed[name] else None
        except ValueError:
            problems[name] = "Please write a date like 2026-03-31."
    wanted = QueueFilter(
        status=typed["status"],
        source=typed["source"],
        state=typed["state"],
        amount_from=typed["amount_from"].replace(",", ""),
        amount_to=typed["amount_to"].replace(",", ""),
        date_from=days["date_from"],
        date_to=days["date_to"],
    )
    return wanted, problems
