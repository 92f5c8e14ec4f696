"""The close of a period: its checklist, closing, reopening, what people say, decided changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.revenue.modification import Treatment
from flows.revenue import changes, close
from flows.revenue.checklist import Checklist, Point
from flows.revenue.close import Locked, Refused
from flows.revenue.reports.around import read_books
from flows.revenue.reports.catalogue import REPORTS
from flows.revenue.reports.tie_out import ties
from store import revenue_changes, revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenueModificationRow, RevenueObligationRow
from web.deps import WebDeps
from web.pages.review import reason_in
from web.rendering import frame, page
from web.revenue_words import CHECKS, MODES, figures_of, place_of
from web.visitor import Closer, Deps, Reader, Visitor

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
    """Take the period as far as it goes: post, propose journals, lock."""
    form = await request.form()
    raw = (str(form.get("subsidiary", "")), str(form.get("on", "")))
    async with deps.db.begin() as session:
        wanted = await _wanted(session, *raw)
        found = await close.close(
            session, wanted.subsidiary, _on(wanted), deps.desk, visitor.person, deps.clock()
        )
    if isinstance(found, Refused):
        return await _shown(request, deps, visitor, *raw, found.why)
    if isinstance(found, Locked):
        notice = "revenue_closed"
    else:
        notice = "revenue_posted" if found.done else "revenue_waits"
    return RedirectResponse(f"{wanted.address}&notice={notice}", 303)


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
        now, desk = deps.clock(), deps.desk
        found = await close.standing(session, wanted.subsidiary, desk, now, wanted.on)
        point = next((one for one in found.points if subject in one.open), None)
        if point is None:
            raise HTTPException(404)
        minor, currency = await _amount(session, deps, found, point, subject)
        said = await close.review(
            session, wanted.subsidiary, _on(wanted), subject, reason, desk, visitor.person, now,
            amount_minor=minor, currency=currency,
        )  # fmt: skip
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
        around = await frame(session, now)
    values = {
        "found": found,
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


async def _amount(
    session: Session, deps: WebDeps, found: Checklist, point: Point, subject: str
) -> tuple[int | None, str]:
    """What a word is about: the count of a point, or what is left of a difference."""
    if subject == point.check.value:
        return int(point.told.split(" ", 1)[0]), ""
    if not subject.startswith("tie_out:"):
        return None, ""
    around = await read_books(session, deps.desk.revenue, deps.clock().date())
    for tie in await ties(session, around, found.subsidiary.id, found.period):
        if tie.subject == subject:
            return tie.left, tie.seller.currency
    return None, ""
