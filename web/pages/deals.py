"""Deals: the list, and one with its whole billing schedule and what people say about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, assert_never

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.billing.true_ups import TrueUp
from effects.actor import Person
from flows.deals import answering
from flows.deals.answering import Answer, Noted, Upload
from flows.deals.grouping import one_per_customer, set_one_per_customer
from flows.deals.shown import listed, shown
from flows.deals.taking import Taken
from flows.deals.truing import TruedUp, preview, true_up
from flows.drafts.drafting import Closed, Invalid, Missing
from security.permissions import Permission
from store.billing import evidence as evidence_row
from store.deals import deal_sources
from store.engine import Session
from web.chips import View
from web.deps import WebDeps
from web.rendering import frame, page
from web.uploads import sent_file
from web.visitor import READING, Decider, Deps, Reader, Requires, Visitor
from web.words import DEAL_STATES

router = APIRouter()
_PAGE = 50
_LARGEST = answering.MOST_BYTES + 64 * 1024
_ANSWERS = ("starts_on", "ends_on", "term_months", "frequency", "interval_count", "billed")
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]
Keeper = Annotated[Visitor, Depends(Requires(Permission.SET_POLICY))]


@router.get("/deals")
async def deals_page(
    request: Request, visitor: Reader, state: str = "", source: str = "", before: int = 0
) -> Response:
    """The list, the newest first. Every filter is in the address."""
    deps: WebDeps = request.app.state.deps
    typed = {"state": state if state in DEAL_STATES else "", "source": source[:30]}
    async with deps.db.read() as session:
        found = await listed(session, **typed, before=max(0, min(before, 2**62)), limit=_PAGE + 1)
        sources = await deal_sources(session)
        together = await one_per_customer(session)
        around = await frame(session, deps.clock())
    values = {
        "items": found[:_PAGE],
        "next_before": found[_PAGE - 1].row.id if len(found) > _PAGE else 0,
        "before": before,
        "typed": typed,
        "sources": sources,
        "together": together,
        "link": View("/deals", typed),
    }
    return page(request, "deals/list.html", visitor, around, values)


@router.post("/deals/grouping")
async def grouping(request: Request, deps: Deps, visitor: Keeper) -> Response:
    """Whether deals of one customer that fall due together share an invoice."""
    on = str((await request.form()).get("together", "")) == "yes"
    async with deps.db.begin() as session:
        await set_one_per_customer(session, on=on, by=visitor.person.actor, now=deps.clock())
    return RedirectResponse("/deals?notice=deals_grouped", 303)


@router.get("/deals/{deal_id}")
async def deal_page(request: Request, visitor: Reader, deal_id: int) -> Response:
    """A deal with its lines, schedule, drafts, evidence and open questions."""
    return await _shown(request, visitor, deal_id)


async def _shown(
    request: Request,
    visitor: Visitor,
    deal_id: int,
    problems: Mapping[str, str] | None = None,
    *,
    about: str = "",
    status: int = 200,
    seen: Mapping[str, object] | None = None,
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        found = await shown(session, deal_id)
        if found is None:
            raise HTTPException(404)
        around = await frame(session, deps.clock())
    values = {"one": found, "problems": problems or {}, "about": about, "seen": seen or {}}
    return page(request, "deals/deal.html", visitor, around, values, status=status)


@router.get("/deals/{deal_id}/true-up")
async def true_up_preview(
    request: Request,
    deps: Deps,
    visitor: Reader,
    deal_id: int,
    line: str = "",
    period_on: str = "",
    used: str = "",
) -> Response:
    """What a true-up would bill, before it is drafted."""
    line, period_on, used = line[:300], period_on[:10], used[:40]
    async with deps.db.read() as session:
        found = await preview(session, deal_id, line, period_on, used, deps.clock().date())
    if not isinstance(found, TrueUp):
        return await _answered(request, visitor, deal_id, found, "", "true-up")
    return await _shown(request, visitor, deal_id, seen={"line": line, "true_up": found})


@router.get("/deals/{deal_id}/evidence/{evidence_id}", dependencies=READING)
async def evidence_file(deps: Deps, deal_id: int, evidence_id: int) -> Response:
    """A document of evidence, to be saved, never shown as a page."""
    async with deps.db.read() as session:
        row = await evidence_row(session, evidence_id)
    if row is None or row.deal_id != deal_id:
        raise HTTPException(404)
    name = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in row.filename)
    headers = {"Content-Disposition": f'attachment; filename="{name or "evidence"}"'}
    return Response(row.body, media_type="application/octet-stream", headers=headers)


@router.post("/deals/{deal_id}/evidence", max_body_size=_LARGEST)
async def evidence(request: Request, deps: Deps, visitor: Uploader, deal_id: int) -> Response:
    """The document that shows a milestone was reached."""
    form = await request.form()
    line, milestone = str(form.get("line", ""))[:300], str(form.get("milestone", ""))[:300]
    accepted_on = str(form.get("accepted_on", ""))[:10]
    sent = await sent_file(request, answering.MOST_BYTES)
    if sent.problem:
        return await _shown(
            request, visitor, deal_id, {"file": sent.problem}, about=milestone, status=422
        )
    file = Upload(sent.name, "", sent.content)
    async with deps.db.begin() as session:
        answer = await answering.show_evidence(
            session, deal_id, line, milestone, accepted_on, file, visitor.person, deps.clock()
        )
    return await _answered(request, visitor, deal_id, answer, "evidence_kept", milestone)


@router.post("/deals/{deal_id}/{act}")
async def act(request: Request, deps: Deps, visitor: Decider, deal_id: int, act: str) -> Response:
    """What a person says: an answer, usage, an end, how a change counts."""
    sent = {k: str(v)[:1000] for k, v in (await request.form()).items() if isinstance(v, str)}
    async with deps.db.begin() as session:
        answer = await _asked(session, act, deal_id, sent, visitor.person, deps.clock())
    return await _answered(request, visitor, deal_id, answer, "deal_noted", sent.get("line", act))


async def _asked(
    session: Session, act: str, deal_id: int, sent: Mapping[str, str], by: Person, now: datetime
) -> Answer | Taken | TruedUp:
    def text(name: str) -> str:
        return sent.get(name, "")

    match act:
        case "answer":
            said: dict[str, object] = {k: v for k, v in sent.items() if k in _ANSWERS}
            parts = _milestones(sent)
            said |= {"milestones": parts} if parts else {}
            return await answering.answer(session, deal_id, text("line"), said, by, now)
        case "usage":
            period, quantity, final = text("period_on"), text("quantity"), bool(text("final"))
            return await answering.enter_usage(
                session, deal_id, text("line"), period, quantity, by, now, final=final
            )
        case "true-up":
            period, quantity = text("period_on"), text("used")
            return await true_up(session, deal_id, text("line"), period, quantity, by, now)
        case "cancel":
            last_on, why = text("last_on"), text("reason")
            return await answering.cancel_deal(session, deal_id, last_on, why, by, now)
        case "resume":
            return await answering.resume_deal(session, deal_id, by, now)
        case "treatment":
            return await answering.treat(session, deal_id, text("treatment"), by, now)
        case "confirm-account":
            return await answering.confirm(session, deal_id, by, now)
        case "draft":
            return await answering.draft_now(session, deal_id, text("key"), by, now)
        case _:
            raise HTTPException(404)


def _milestones(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of the form that somebody wrote into."""
    found = []
    for n in range(1, 21):
        row = {k: sent.get(f"{k}-{n}", "").strip() for k in ("name", "amount", "planned_on")}
        if any(row.values()):
            found.append(row)
    return found


async def _answered(
    request: Request,
    visitor: Visitor,
    deal_id: int,
    answer: Answer | Taken | TruedUp,
    notice: str,
    about: str,
) -> Response:
    match answer:
        case Noted() | Taken() | TruedUp():
            return RedirectResponse(f"/deals/{deal_id}?notice={notice}", 303)
        case Invalid(problems):
            return await _shown(request, visitor, deal_id, problems, about=about, status=422)
        case Closed(reason):
            return await _shown(request, visitor, deal_id, {"": reason}, about=about, status=409)
        case Missing():
            raise HTTPException(404)
        case _:
            assert_never(answer)
