"""Drift: what was changed in NetSuite behind our back, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.drift_urgency import Urgency, ends_of, urgency
from effects.answers import Refusal
from flows.drift.push import CannotPush, pushable, todo
from flows.drift.resolve import Accept, Ignore, Push, Resolution, Unsyncable, resolve
from store import drift, drift_around, drift_subjects
from store.drift import DriftFindingRow
from store.engine import Session
from store.pages import customer_names
from web.chips import View
from web.deps import WebDeps
from web.drift_cards import KINDS, STATES, TONES, URGENCIES, WHY, Names, lines_of, states_of
from web.pages.review import reason_in
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
_PAGE = 50
_SHOWN = {
    "open": (drift.OPEN,),
    "hidden": drift.HIDDEN,
    "closed": (drift.CLOSED,),
    "all": drift.STATES,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters in force."""

    kind: str
    urgency: str
    customer: str
    state: str

    @property
    def view(self) -> View:
        state = "" if self.state == "open" else self.state
        filters = {
            "kind": self.kind,
            "urgency": self.urgency,
            "customer": self.customer,
            "state": state,
        }
        return View("/sync/drift", filters)


@router.get("/sync/drift")
async def findings(
    request: Request,
    deps: Deps,
    visitor: Reader,
    kind: str = "",
    urgency: str = "",
    customer: str = "",
    state: str = "open",
    after: int = 0,
) -> Response:
    """The list, with how many there are of each."""
    wanted = Wanted(
        kind if kind in KINDS else "",
        urgency if urgency in URGENCIES else "",
        customer[:100],
        state if state in _SHOWN else "open",
    )
    async with deps.db.read() as session:
        values = await _listed(session, wanted, max(0, after), deps.clock().date())
        around = await frame(session, deps.clock())
    return page(request, "drift.html", visitor, around, values)


@router.get("/sync/drift/{finding_id}")
async def finding(request: Request, visitor: Reader, finding_id: int) -> Response:
    """One finding: ours beside NetSuite's."""
    return await _one(request, visitor, finding_id, "")


@router.post("/sync/drift/{finding_id}")
async def settle(request: Request, deps: Deps, visitor: Decider, finding_id: int) -> Response:
    """Settle a finding as the pressed button says."""
    form = await request.form()
    sent = {name: str(form.get(name, "")) for name in ("resolution", "reason", "until")}
    wanted = _resolution(sent["resolution"], reason_in(sent["reason"]), sent["until"])
    if isinstance(wanted, str):
        return await _one(request, visitor, finding_id, wanted)
    async with deps.db.begin() as session:
        answer = await resolve(
            session,
            finding_id,
            wanted,
            by=visitor.person,
            policy=deps.policy,
            now=deps.clock(),
        )
    if isinstance(answer, Refusal):
        return await _one(request, visitor, finding_id, answer.message)
    if isinstance(answer, CannotPush):
        return await _one(request, visitor, finding_id, answer.todo)
    if answer.effect_id is not None:
        return RedirectResponse(f"/review/{answer.effect_id}", 303)
    return RedirectResponse("/sync/drift?notice=drift_settled", 303)


def _resolution(name: str, reason: str, until: str) -> Resolution | str:
    """What is wanted, or what is wrong with how it was said."""
    if name == "push":
        return Push(reason)
    if name not in ("accept", "ignore", "unsyncable"):
        raise HTTPException(404)
    if not reason:
        return "Say why: a reason is needed."
    if name != "ignore":
        return Accept(reason) if name == "accept" else Unsyncable(reason)
    try:
        return Ignore(reason, date.fromisoformat(until))
    except ValueError:
        return "Say until which day it is to be ignored."


async def _listed(session: Session, wanted: Wanted, after: int, today: date) -> dict[str, object]:
    bounds = ends_of(Urgency(wanted.urgency), today) if wanted.urgency else (None, None)
    rows = await drift.open_findings(
        session,
        kind=wanted.kind,
        states=_SHOWN[wanted.state],
        customer=wanted.customer,
        ends_after=bounds[0],
        ends_by=bounds[1],
        after=after,
        limit=_PAGE + 1,
    )
    shown = rows[:_PAGE]
    counted = await drift.counts(session)
    return {
        "rows": [(row, urgency(row.period_ends_on, today)) for row in shown],
        "more": shown[-1].id if len(rows) > _PAGE else 0,
        "wanted": wanted,
        "link": wanted.view,
        "counts": _counts(counted),
        "kinds": _kinds(counted, wanted.state),
        "names": await customer_names(session, {row.customer_id or 0 for row in shown}),
        **_WORDS,
    }


_WORDS: dict[str, object] = {
    "kind_words": KINDS,
    "urgency_words": URGENCIES,
    "tones": TONES,
    "state_words": STATES,
    "why_words": WHY,
}


def _counts(counted: dict[str, dict[str, int]]) -> dict[str, int]:
    sums = {state: sum(kinds.values()) for state, kinds in counted.items()}
    return {name: sum(sums[state] for state in states) for name, states in _SHOWN.items()}


def _kinds(counted: dict[str, dict[str, int]], state: str) -> dict[str, int]:
    return {kind: sum(counted[s].get(kind, 0) for s in _SHOWN[state]) for kind in KINDS}


async def _one(request: Request, visitor: Visitor, finding_id: int, problem: str) -> Response:
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        row = await drift.finding(session, finding_id)
        if row is None:
            raise HTTPException(404)
        customers = await customer_names(session, {row.customer_id or 0})
        values: dict[str, object] = {
            "row": row,
            "urgency": urgency(row.period_ends_on, now.date()),
            "lines": lines_of(row, await _names(session, row)),
            "customer": customers.get(row.customer_id or 0, ""),
            "pushable": pushable(row),
            "todo": todo(row.kind),
            "may_settle": visitor.role in ("approver", "controller"),
            "problem": problem,
            **_WORDS,
        }
        around = await frame(session, now)
    status = 409 if problem else 200
    return page(request, "drift_finding.html", visitor, around, values, status=status)


async def _names(session: Session, row: DriftFindingRow) -> Names:
    states = [state for state in states_of(row) if state is not None]
    owners = await drift_around.owners(session, {one.customer_netsuite_id for one in states})
    others = {other for one in states for other, _ in one.applications}
    invoices = await drift_subjects.invoices(session, sorted(others))
    return Names(
        customers={key: owner.name for key, owner in owners.items()},
        periods={p.netsuite_id: p.name for p in await drift_around.posting_periods(session)},
        numbers={key: invoice.number for key, invoice in invoices.items()},
    )
