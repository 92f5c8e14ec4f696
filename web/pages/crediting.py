"""Credits: asking for one from an invoice with its preview, the list, and one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.credits import CreditFinding
from flows.credits import giving_up, rebilling, requesting, showing, voids
from flows.credits.asked import CreditAsked, CreditRefused, Planned, Requested, WriteOffAsked
from flows.credits.gathering import Books, books_of
from flows.credits.rebilling import Rebilled
from security.permissions import Permission
from store import applied_memos, credit_requests
from store.engine import Session
from web.credit_form import (
    ACTS,
    REASONS_OF,
    SOURCE,
    CreditForm,
    credit_asked,
    read,
    write_off_asked,
)
from web.deps import WebDeps
from web.rendering import frame, page, today_of
from web.reviewed_credits import REASONS
from web.visitor import Decider, Deps, Reader, Requires, Visitor

router = APIRouter(prefix="/credits")
Asker = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=1000))]
KINDS = {"credit": "Credits", "write_off": "Write-offs", "void": "Voids", "recovery": "Recoveries"}
_PAGE = 50
_Answer = Requested | Rebilled | CreditRefused


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the form shows beside itself."""

    planned: Planned | None = None
    refused: tuple[CreditFinding, ...] = ()


@router.get("")
async def list_page(request: Request, visitor: Reader, kind: str = "", after: int = 0) -> Response:
    """What was asked for, the latest first."""
    chosen = kind if kind in KINDS else ""
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        found = await showing.listed(session, kind=chosen, after=max(0, after), limit=_PAGE)
        around = await frame(session, deps.clock())
    values = {
        "found": found,
        "kind": chosen,
        "kinds": KINDS,
        "reasons": REASONS,
        "more": found[-1].row.id if len(found) == _PAGE else 0,
        "small": deps.desk.credits.small,
    }
    return page(request, "credits/list.html", visitor, around, values)


@router.get("/new")
async def ask_page(request: Request, visitor: Decider, invoice: int = 0) -> Response:
    """An empty form for an invoice."""
    deps: WebDeps = request.app.state.deps
    form = read({"act": request.query_params.get("act", "credit")}, "")
    async with deps.db.read() as session:
        form.key = await _key(session, visitor, invoice)
    return await _form(request, visitor, invoice, form, _Shown())


@router.post("/new")
async def ask(request: Request, deps: Deps, visitor: Asker, invoice: int = 0) -> Response:
    """Show what it would be, or propose it."""
    sent = {name: str(value) for name, value in (await request.form()).items()}
    form = read(sent, f"{invoice}:1")
    async with deps.db.begin() as session:
        books = await books_of(session, invoice)
        if books is None:
            raise HTTPException(404)
        if sent.get("do") != "propose":
            shown = await _previewed(session, deps, form, books)
            answer: _Answer | None = None
        else:
            answer = await _proposed(session, deps, visitor, form, books)
            shown = _Shown(refused=answer.findings if isinstance(answer, CreditRefused) else ())
    if answer is None or isinstance(answer, CreditRefused):
        return await _form(request, visitor, invoice, form, shown)
    asked = answer.credit if isinstance(answer, Rebilled) else answer
    notice = urlencode({"notice": "credit_asked"})
    return RedirectResponse(f"/credits/{asked.request_id}?{notice}", 303)


@router.post("/small-balances")
async def small_balances(deps: Deps, visitor: Decider) -> Response:
    """Propose the small balances of today's run."""
    now = deps.clock()
    run = f"{today_of(now)}"
    async with deps.db.begin() as session:
        by = visitor.person.actor
        done = await giving_up.run_small_balances(session, deps.desk, run, by, now)
    notice = "small_proposed" if done else "small_none"
    return RedirectResponse(f"/credits?kind=write_off&notice={notice}", 303)


@router.get("/{request_id:int}")
async def one_page(request: Request, visitor: Reader, request_id: int) -> Response:
    """One request, its lines, and where its effects stand."""
    return await show_one(request, visitor, request_id, ())


async def show_one(
    request: Request, visitor: Visitor, request_id: int, refused: tuple[CreditFinding, ...]
) -> Response:
    """The page of a request, with why something asked from it was not done."""
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        found = await showing.shown(session, request_id)
        if found is None:
            raise HTTPException(404)
        row = found.listed.row
        lost = row.kind == "write_off" and row.posted_at is not None and row.voided_at is None
        values = {
            "one": found,
            "row": row,
            "reasons": REASONS,
            "refused": refused,
            "money_in": await applied_memos.unapplied_payments(
                session, row.customer_id, row.currency
            )
            if lost
            else (),
        }
        around = await frame(session, deps.clock())
    status = 422 if refused else 200
    return page(request, "credits/one.html", visitor, around, values, status=status)


async def _previewed(session: Session, deps: WebDeps, form: CreditForm, books: Books) -> _Shown:
    asked = _typed(form, books)
    if asked is None:
        return _Shown()
    found = await showing.preview(session, deps.desk, asked, today_of(deps.clock()))
    return _Shown(found[1]) if found is not None else _Shown()


def _typed(form: CreditForm, books: Books) -> CreditAsked | WriteOffAsked | None:
    match form.act:
        case "credit":
            return credit_asked(form, books)
        case "write_off":
            return write_off_asked(form, books)
        case "rebill":
            return rebilling.credit_of(_rebill(form, books))
        case _:
            return None


def _rebill(form: CreditForm, books: Books) -> rebilling.RebillAsked:
    return rebilling.RebillAsked(books.row.id, form.note, SOURCE, form.key)


async def _proposed(
    session: Session, deps: WebDeps, visitor: Visitor, form: CreditForm, books: Books
) -> _Answer | None:
    by, now, desk = visitor.person.actor, deps.clock(), deps.desk
    if form.act == "rebill":
        return await rebilling.rebill(session, desk, _rebill(form, books), by, now)
    if form.act == "void":
        wanted = voids.VoidAsked("invoice", books.row.id, form.note, SOURCE, form.key)
        return await voids.request_void(session, desk, wanted, by, now)
    asked = _typed(form, books)
    if isinstance(asked, CreditAsked):
        return await requesting.request_credit(session, desk, asked, by, now)
    if isinstance(asked, WriteOffAsked):
        return await giving_up.request_write_off(session, desk, asked, by, now)
    return None


async def _key(session: Session, visitor: Visitor, invoice_id: int) -> str:
    """A name for what somebody asks next of an invoice: sent twice, it is one."""
    known = await credit_requests.requests_on(session, invoice_id)
    return f"{invoice_id}:{visitor.user_id}:{known[0][0].id if known else 0}"


async def _form(
    request: Request, visitor: Visitor, invoice_id: int, form: CreditForm, shown: _Shown
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        books = await books_of(session, invoice_id)
        if books is None:
            raise HTTPException(404)
        before = await credit_requests.requests_on(session, invoice_id)
        around = await frame(session, deps.clock())
    planned = shown.planned
    values = {
        "books": books,
        "row": books.row,
        "form": form,
        "acts": ACTS,
        "reasons": {str(one): REASONS[one] for one in REASONS_OF[form.act]},
        "planned": planned,
        "refused": shown.refused,
        "before": [(row, showing.standing(row, state)) for row, state in before],
    }
    wrong = bool(form.problems or shown.refused or (planned and planned.blocked))
    return page(request, "credits/ask.html", visitor, around, values, status=422 if wrong else 200)
