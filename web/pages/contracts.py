"""Contracts: upload, and the document beside the terms that were read from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, assert_never

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.actor import Person
from flows.contracts import confirming
from flows.contracts.confirming import NAMES, Confirmed, Outcome
from flows.contracts.shown import shown
from flows.contracts.uploading import MOST_BYTES, NewContract, take_contract
from flows.drafts.drafting import Closed, Invalid, Missing
from security.permissions import Permission
from store.contracts import contracts_page
from store.engine import Session
from web.contract_text import Passage, pieces
from web.deps import WebDeps
from web.rendering import frame, page
from web.uploads import sent_file
from web.visitor import Decider, Deps, Reader, Requires, Visitor

router = APIRouter()
_PAGE = 50
_LARGEST = MOST_BYTES + 64 * 1024
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]


@router.get("/contracts")
async def list_page(request: Request, visitor: Reader, before: int = 0) -> Response:
    """Contracts, the newest first, and the form for another one."""
    return await _list(request, visitor, max(0, min(before, 2**62)))


async def _list(
    request: Request,
    visitor: Visitor,
    before: int = 0,
    problems: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        rows = await contracts_page(session, before=before, limit=_PAGE)
        around = await frame(session, deps.clock())
    values = {
        "items": rows,
        "next_before": rows[-1].id if len(rows) == _PAGE else 0,
        "problems": problems or {},
        "typed": typed or {},
        "deal": (typed or {}).get("deal_id") or request.query_params.get("deal", "")[:19],
    }
    status = 422 if problems else 200
    return page(request, "deals/contracts.html", visitor, around, values, status=status)


@router.post("/contracts", max_body_size=_LARGEST)
async def upload(request: Request, deps: Deps, visitor: Uploader) -> Response:
    """Keep a contract and have it read."""
    form = await request.form()
    names = ("kind", "amends_id", "effective_on", "replaces", "deal_id")
    typed = {name: str(form.get(name, ""))[:100].strip() for name in names}
    sent = await sent_file(request, MOST_BYTES)
    if sent.problem:
        return await _list(request, visitor, 0, {"file": sent.problem}, typed)
    wanted = NewContract(
        filename=sent.name,
        content=sent.content,
        kind=typed["kind"] or "new",
        amends_id=_number(typed["amends_id"]),
        effective_on=typed["effective_on"],
        replaces=bool(typed["replaces"]),
        deal_id=_number(typed["deal_id"]),
    )
    async with deps.db.begin() as session:
        kept = await take_contract(session, wanted, visitor.person, deps.clock())
    if isinstance(kept, Invalid):
        return await _list(request, visitor, 0, kept.problems, typed)
    notice = "contract_kept" if kept.created else "contract_known"
    return RedirectResponse(f"/contracts/{kept.contract_id}?notice={notice}", 303)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@router.get("/contracts/{contract_id}")
async def contract_page(
    request: Request, visitor: Reader, contract_id: int, term: int = 0
) -> Response:
    """The document's text beside the terms; `term` is the one whose passage is lit."""
    return await _shown(request, visitor, contract_id, term)


async def _shown(
    request: Request,
    visitor: Visitor,
    contract_id: int,
    term: int = 0,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        found = await shown(session, contract_id)
        if found is None:
            raise HTTPException(404)
        around = await frame(session, deps.clock())
    passages = [Passage(t.id, t.page, t.quote) for t in found.terms if t.quote]
    values = {
        "one": found,
        "pages": pieces(found.row.pages, passages),
        "lit": term,
        "names": NAMES,
        "sure": confirming.SURE,
        "problems": problems or {},
    }
    return page(request, "deals/contract.html", visitor, around, values, status=status)


@router.post("/contracts/{contract_id}/{act}")
async def act(
    request: Request, deps: Deps, visitor: Decider, contract_id: int, act: str
) -> Response:
    """Confirm, correct, answer for a finding, finish or drop."""
    sent = {k: str(v)[:600] for k, v in (await request.form()).items() if isinstance(v, str)}
    async with deps.db.begin() as session:
        answer = await _asked(session, act, contract_id, sent, visitor.person, deps.clock())
    term = _number(sent.get("term", "")) or 0
    match answer:
        case Confirmed(deal_id) if act == "finish" and deal_id is not None:
            return RedirectResponse(f"/deals/{deal_id}?notice=contract_done", 303)
        case Confirmed():
            anchor = f"?term={term}#t{term}" if term else ""
            return RedirectResponse(f"/contracts/{contract_id}{anchor}", 303)
        case Invalid(problems):
            return await _shown(request, visitor, contract_id, term, problems, 422)
        case Closed(reason):
            return await _shown(request, visitor, contract_id, term, {"": reason}, 409)
        case Missing():
            raise HTTPException(404)
        case _:
            assert_never(answer)


async def _asked(
    session: Session,
    act: str,
    contract_id: int,
    sent: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Outcome:
    name, place = sent.get("name", ""), _number(sent.get("place", ""))
    match act:
        case "confirm":
            return await confirming.confirm_term(session, contract_id, name, place or 0, by, now)
        case "confirm-sure":
            return await confirming.confirm_sure(session, contract_id, by, now)
        case "correct":
            words = sent.get("words", "")
            return await confirming.correct_term(session, contract_id, name, place, words, by, now)
        case "settle":
            finding = sent.get("finding", "")
            return await confirming.settle_finding(session, contract_id, finding, by, now)
        case "finish":
            return await confirming.finish(session, contract_id, by, now)
        case "drop":
            return await confirming.drop_contract(session, contract_id, by, now)
        case _:
            raise HTTPException(404)
