"""The close of a period: its checklist, closing, reopening, what people say, decided changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.revenue.modification import Treatment
from flows.revenue import changes, close, closing
from flows.revenue.checklist import Checklist
from flows.revenue.close import Refused
from flows.revenue.explaining import NotOpen, explain, subjects
from flows.revenue.reports.catalogue import REPORTS
from store import revenue_changes, revenue_closing, revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenueModificationRow, RevenueObligationRow
from store.revenue_closing import RevenueClosingRow
from web.deps import WebDeps
from web.pages.review import reason_in
from web.rendering import fragment, frame, page
from web.revenue_words import CHECKS, MODES, STEPS, figures_of, place_of
from web.visitor import READING, Closer, Deps, Reader, Visitor

router = APIRouter()
_MOST = 50


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The books and the day a form is about."""

    subsidiary: SubsidiaryRow
    on: date | None

    @property
    def address(self) -> str:
        told = {"subsidiary": str(self.subsidiary.id)}
        if self.on is not None:
            told["on"] = self.on.isoformat()
        return f"/revenue/close?{urlencode(told)}"


@router.get("/revenue/close")
async def close_page(
    request: Request, deps: Deps, visitor: Reader, subsidiary: str = "", on: str = ""
) -> Response:
    """Every point between a period and its lock, with its state and who settles it."""
    return await _shown(request, deps, visitor, subsidiary, on, "")


@router.post("/revenue/close")
async def close_period(request: Request, deps: Deps, visitor: Closer) -> Response:
    """Have the worker take the period as far as it goes: post, propose journals, lock."""
    form = await request.form()
    raw = (str(form.get("subsidiary", "")), str(form.get("on", "")))
    async with deps.db.begin() as session:
        wanted = await _wanted(session, *raw)
        found = await closing.ask(
            session, wanted.subsidiary, _on(wanted), deps.desk, visitor.person, deps.clock()
        )
    if isinstance(found, Refused):
        return await _shown(request, deps, visitor, *raw, found.why)
    return RedirectResponse(f"{wanted.address}&notice=revenue_closing", 303)


@router.get("/revenue/closings/{closing_id:int}", dependencies=READING)
async def progress(deps: Deps, closing_id: int) -> Response:
    """How far a closing is, for the page that waits; once it ended, the page is to be read anew."""
    async with deps.db.read() as session:
        row = await revenue_closing.closing(session, closing_id) if closing_id < 2**62 else None
    if row is None:
        raise HTTPException(404)
    answer = fragment("revenue/closing.html", {"closing": row, "steps": STEPS})
    if row.state == revenue_closing.ENDED:
        answer.headers["HX-Refresh"] = "true"
    return answer


@router.post("/revenue/reopen")
async def reopen_period(request: Request, deps: Deps, visitor: Closer) -> Response:
    """Let a locked period take postings again, with a reason."""
    form = await request.form()
    raw = (str(form.get("subsidiary", "")), str(form.get("on", "")))
    reason = reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        wanted = await _wanted(session, *raw)
        now = deps.clock()
        found = await close.reopen(
            session, wanted.subsidiary, _on(wanted), reason, deps.desk, visitor.person, now
        )
    if isinstance(found, Refused):
        return await _shown(request, deps, visitor, *raw, found.why)
    return RedirectResponse(f"{wanted.address}&notice=revenue_reopened", 303)


@router.post("/revenue/review")
async def review(request: Request, deps: Deps, visitor: Closer) -> Response:
    """Keep what a person says about an exception or a difference."""
    form = await request.form()
    raw = (str(form.get("subsidiary", "")), str(form.get("on", "")))
    subject, reason = str(form.get("subject", ""))[:200], reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        wanted = await _wanted(session, *raw)
        now, by = deps.clock(), visitor.person
        said = await explain(
            session, wanted.subsidiary, _on(wanted), subject, reason, deps.desk, by, now
        )
    if isinstance(said, NotOpen):
        raise HTTPException(404)
    if isinstance(said, Refused):
        return await _shown(request, deps, visitor, *raw, said.why)
    return RedirectResponse(f"{wanted.address}&notice=revenue_reviewed", 303)


@router.post("/revenue/changes/{change_id}")
async def decide(request: Request, deps: Deps, visitor: Closer, change_id: int) -> Response:
    """Choose the treatment of a change, with a reason."""
    form = await request.form()
    raw = (str(form.get("subsidiary", "")), str(form.get("on", "")))
    try:
        treatment = Treatment(str(form.get("treatment", "")))
    except ValueError as error:
        raise HTTPException(422, "Choose one of the treatments.") from error
    async with deps.db.begin() as session:
        wanted = await _wanted(session, *raw)
        person = visitor.person
        found = await changes.decide(
            session,
            change_id,
            treatment,
            by=person.actor,
            name=person.name,
            reason=reason_in(str(form.get("reason", ""))),
            settings=deps.desk.revenue,
            now=deps.clock(),
        )
    if isinstance(found, changes.NotDecided):
        return await _shown(request, deps, visitor, *raw, found.why)
    return RedirectResponse(f"{wanted.address}&notice=revenue_decided", 303)


async def _shown(
    request: Request, deps: WebDeps, visitor: Visitor, subsidiary: str, on: str, problem: str
) -> Response:
    now = deps.clock()
    async with deps.db.read() as session:
        sellers = await revenue_periods.subsidiaries(session)
        found, waiting = None, list[tuple[RevenueModificationRow, RevenueObligationRow]]()
        if sellers:
            wanted = await _wanted(session, subsidiary or str(sellers[0].id), on)
            found = await close.standing(session, wanted.subsidiary, deps.desk, now, wanted.on)
            waiting += await revenue_changes.open_changes(
                session, subsidiary_id=wanted.subsidiary.id, limit=_MOST
            )
        last = await _last(session, found) if found else None
        around = await frame(session, now)
    values = {
        "found": found,
        "closing": last,
        "steps": STEPS,
        "subjects": subjects,
        "sellers": sellers,
        "waiting": waiting,
        "checks": CHECKS,
        "place_of": place_of,
        "figures_of": figures_of,
        "mode": MODES[found.mode.value] if found else "",
        "problem": problem,
        "reports": REPORTS,
    }
    status = 409 if problem else 200
    return page(request, "revenue/close.html", visitor, around, values, status=status)


async def _last(session: Session, found: Checklist) -> RevenueClosingRow | None:
    """The closing under way, or how the last one ended; not that of an earlier posting."""
    last = await revenue_closing.latest(session, found.subsidiary.id, found.period.starts_on)
    if last is None or last.outcome == "locked":
        return None
    reopened_at = found.row.reopened_at if found.row else None
    return None if reopened_at and last.asked_at < reopened_at else last


async def _wanted(session: Session, subsidiary: str, on: str) -> _Wanted:
    number = int(subsidiary) if subsidiary.isascii() and subsidiary.isdecimal() else 0
    row = await revenue_periods.subsidiary(session, number) if 0 < number < 2**62 else None
    if row is None:
        raise HTTPException(404)
    try:
        day = date.fromisoformat(on[:10]) if on else None
    except ValueError:
        raise HTTPException(404) from None
    if day is not None and not 1990 <= day.year <= 2200:
        raise HTTPException(404)
    return _Wanted(row, day)


def _on(wanted: _Wanted) -> date:
    if wanted.on is None:
        raise HTTPException(422, "Say which period.")
    return wanted.on
