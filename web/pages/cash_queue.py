"""Payments: the queue by where they stand, its search and its file, and approval of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.money import Money
from effects import decide
from effects.actor import ActorKind
from effects.answers import Refusal
from flows.cash import queue as cash
from flows.cash.queue import QueueLine
from security.permissions import Permission
from store.draft_pages import effects_by_id
from store.effects import EffectRow
from store.engine import Session
from store.matching import effects_of
from store.pages import applied_lines, customer_names, payment
from web import cash_words
from web.chips import View
from web.deps import WebDeps
from web.rendering import frame, page
from web.typed import typed_id
from web.visitor import READING, Deps, Reader, Requires, Visitor
from web.words import PAYMENT_STATES

router = APIRouter()
_PAGE = 50
_MOST = 200
_FIRST = ("proposed", "ambiguous", "unmatched")
_ORDER = tuple(cash_words.CLASSES)
BulkDecider = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=_MOST + 10))]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one of many, with its place."""

    name: str
    href: str
    done: bool
    text: str


@router.get("/payments")
async def queue_page(
    request: Request, visitor: Reader, tab: str = "", search: str = "", after: int = 0
) -> Response:
    """A tab of the queue; without one, the first in which something waits for a person."""
    tab = "all" if request.query_params.get("state") and not tab else tab
    return await _queue(request, visitor, tab, search.strip()[:100], max(0, after))


@router.get("/payments/export.csv", dependencies=READING)
async def export(deps: Deps, tab: str = "proposed", search: str = "", state: str = "") -> Response:
    """A tab as CSV."""
    tab = tab if tab in cash_words.TABS else "proposed"
    state = state if tab == "all" and state in PAYMENT_STATES else ""
    async with deps.db.read() as session:
        content = await cash.export_csv(session, tab, search.strip()[:100], state)
    name = f"payments-{tab}-{deps.clock().date()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(
        content.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers
    )


@router.get("/payments/many", dependencies=READING)
async def back() -> Response:
    """Who opens the address of an answer finds the queue."""
    return RedirectResponse("/payments?tab=proposed", 303)


@router.post("/payments/many")
async def many(request: Request, deps: Deps, visitor: BulkDecider) -> Response:
    """Approve the ticked postings of one class, each bound to what its row showed."""
    form = await request.form()
    klass, search = str(form.get("klass", ""))[:40], str(form.get("search", ""))[:100]
    picks = [pick for pick in map(_pick, form.getlist("pick")) if pick is not None]
    told = [await _approve(deps, visitor, pick, klass) for pick in picks[:_MOST]]
    problem = "" if picks else "Tick the payments first."
    return await _queue(request, visitor, "proposed", search, 0, told, problem)


@dataclass(frozen=True, slots=True)
class Pick:
    """A ticked row: the receipt, and its posting as it was shown."""

    payment_id: int
    effect_id: int
    fingerprint: str


def _pick(sent: object) -> Pick | None:
    first, _, rest = str(sent)[:200].partition(":")
    second, _, fingerprint = rest.partition(":")
    payment_id, effect_id = typed_id(first), typed_id(second)
    if payment_id is None or effect_id is None:
        return None
    return Pick(payment_id, effect_id, fingerprint)


async def _approve(deps: WebDeps, visitor: Visitor, pick: Pick, klass: str) -> Told:
    """In a transaction of its own, so that none holds up another."""
    href = f"/payments/{pick.payment_id}"
    async with deps.db.begin() as session:
        row = await payment(session, pick.payment_id)
        if row is None:
            return Told(f"Payment {pick.payment_id}", "", False, "There is no such payment.")
        name = f"{Money(row.amount_minor, row.currency)} from {row.payer_name or 'unknown payer'}"
        posting = (await effects_by_id(session, {pick.effect_id})).get(pick.effect_id)
        if row.effect_id != pick.effect_id or _klass(row.klass, posting) != klass:
            return Told(name, href, False, "It was matched anew since you saw it.")
        if await _has_more(session, row.id):
            return Told(name, href, False, "A fee or a write-off belongs to it: approve it there.")
        answer = await decide.approve(
            session,
            pick.effect_id,
            pick.fingerprint,
            visitor.person,
            deps.policy,
            deps.clock(),
        )
    if isinstance(answer, Refusal):
        return Told(name, href, False, answer.message)
    return Told(name, href, True, "Approved. It is being posted.")


async def _has_more(session: Session, payment_id: int) -> bool:
    """Whether other proposals belong to the posting, which its row does not show."""
    ids = {one.effect_id for one in await effects_of(session, payment_id)}
    return any(one.state == "proposed" for one in (await effects_by_id(session, ids)).values())


async def _queue(
    request: Request,
    visitor: Visitor,
    tab: str,
    search: str,
    after: int,
    told: Sequence[Told] = (),
    problem: str = "",
) -> Response:
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        counts = await cash.counts(session)
        tab = tab if tab in cash_words.TABS else _first(counts)
        shown = await (_all if tab == "all" else _tab)(request, session, tab, search, after)
        around = await frame(session, now)
    state = str(shown.get("state", ""))
    kept = {"tab": tab, "search": search, "state": state, "after": str(after or "")}
    values = {
        **shown,
        "tab": tab,
        "search": search,
        "after": after,
        "counts": counts,
        "cash": cash_words,
        "link": View("/payments", kept),
        "may": visitor.may("decide"),
        "told": told,
        "problem": problem,
    }
    return page(request, "cash/queue.html", visitor, around, values, status=409 if problem else 200)


def _first(counts: Mapping[str, int]) -> str:
    return next((tab for tab in _FIRST if counts.get(tab)), "all")


async def _tab(
    _request: Request, session: Session, tab: str, search: str, after: int
) -> dict[str, object]:
    lines = await cash.queue(session, tab, search=search, after=after, limit=_PAGE + 1)
    shown = list(lines[:_PAGE])
    return {
        "lines": shown,
        "rows": [],
        "more": shown[-1].payment_id if len(lines) > _PAGE else 0,
        "groups": await _by_class(session, shown) if tab == "proposed" else [],
    }


async def _by_class(
    session: Session, lines: Sequence[QueueLine]
) -> list[tuple[str, list[QueueLine]]]:
    """The lines by class, surest class first: only equals are approved together."""
    effects = await effects_by_id(session, {line.effect_id or 0 for line in lines})
    found: dict[str, list[QueueLine]] = {}
    for line in lines:
        found.setdefault(_klass(line.klass, effects.get(line.effect_id or 0)), []).append(line)
    return sorted(found.items(), key=lambda one: _ORDER.index(one[0]) if one[0] in _ORDER else 99)


def _klass(klass: str, posting: EffectRow | None) -> str:
    """The class of a posting: what a person chose is of its own, whatever matching thought."""
    by_person = posting is not None and posting.proposed_by_kind == ActorKind.PERSON
    return "person" if by_person else klass or "guess"


async def _all(
    request: Request, session: Session, _tab: str, search: str, after: int
) -> dict[str, object]:
    """Every payment, also those that the ERP had already; filtered by state."""
    state = request.query_params.get("state", "")
    state = state if state in PAYMENT_STATES else ""
    rows = await cash.everything(session, state=state, search=search, after=after, limit=_PAGE + 1)
    shown = rows[:_PAGE]
    return {
        "lines": [],
        "groups": [],
        "rows": shown,
        "more": shown[-1].id if len(rows) > _PAGE else 0,
        "state": state,
        "applied": await applied_lines(session, [r.id for r in shown]),
        "customers": await customer_names(session, {r.customer_id or 0 for r in shown}),
    }
