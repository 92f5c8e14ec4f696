"""Bank files, what their columns mean, and each line beside the receipts and payouts it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from flows.bank import held, pages
from flows.bank.pages import WrongMapping
from flows.cash.outcomes import ActRefused
from security.permissions import Permission
from sources.arrived import RefusedFile
from sources.bank.csv import NeedsMapping
from sources.bank.refusal import MOST_BYTES
from store.bank import LineFilter
from store.people import user_names
from web import cash_words, csv_form
from web.chips import View
from web.csv_form import CsvForm
from web.deps import WebDeps
from web.rendering import frame, page
from web.uploads import FORM, sent_file
from web.visitor import Decider, Deps, Reader, Requires, Visitor
from web.who import Who

router = APIRouter(prefix="/payments/bank")
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]
Explainer = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=200))]
_PAGE = 50
_FILES = 15


@router.get("")
async def bank_page(
    request: Request,
    visitor: Reader,
    state: str = "",
    search: str = "",
    file: int = 0,
    before: int = 0,
) -> Response:
    """The files and the lines. Every filter is in the address."""
    wanted = LineFilter(
        state if state in cash_words.LINE_STATES else "",
        search.strip()[:100],
        file_id=file or None,
        before=before or None,
        limit=_PAGE + 1,
    )
    return await _page(request, visitor, wanted)


@router.post("/files", max_body_size=MOST_BYTES + FORM)
async def upload(request: Request, deps: Deps, visitor: Uploader) -> Response:
    """Take a file in, whole or not at all."""
    sent = await sent_file(request, MOST_BYTES)
    if sent.problem:
        return await _page(request, visitor, LineFilter(limit=_PAGE + 1), sent.problem)
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await pages.upload(session, sent.content, sent.name, by, now)
    if isinstance(answer, RefusedFile):
        where = f"Line {answer.line}: " if answer.line else ""
        problem = f"The file is not taken. {where}{answer.reason}."
        return await _page(request, visitor, LineFilter(limit=_PAGE + 1), problem)
    if isinstance(answer, NeedsMapping):
        return await _columns(request, visitor, csv_form.asked(answer), sent.name)
    notice = "bank_file" if answer.created else "bank_file_known"
    return RedirectResponse(f"/payments/bank?notice={notice}", 303)


@router.get("/files/{file_id:int}/columns")
async def columns(request: Request, deps: Deps, visitor: Decider, file_id: int) -> Response:
    """The form for a kept file whose columns nobody explained."""
    async with deps.db.begin() as session:
        needed = await pages.explain(session, file_id)
    if needed is None:
        return RedirectResponse("/payments/bank", 303)
    return await _columns(request, visitor, csv_form.asked(needed), "")


@router.post("/mapping")
async def mapping(request: Request, deps: Deps, visitor: Explainer) -> Response:
    """Remember what the columns mean; files that waited for it are read."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await pages.save_mapping(session, csv_form.told(form), by, now)
    if isinstance(answer, WrongMapping):
        return await _columns(request, visitor, csv_form.again(form, answer.problems), "")
    return RedirectResponse("/payments/bank?notice=bank_mapping", 303)


@router.post("/lines/{line_id:int}/{verdict}")
async def told(
    request: Request, deps: Deps, visitor: Decider, line_id: int, verdict: str
) -> Response:
    """A person says whether a held line is money of its own."""
    reason = str((await request.form()).get("reason", "")).strip()[:300]
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        match verdict:
            case "receipt":
                answer = await held.is_receipt(session, line_id, by, now)
            case "known":
                answer = await held.is_known(session, line_id, reason, by, now)
            case _:
                raise HTTPException(404)
    if isinstance(answer, ActRefused):
        return await _page(request, visitor, LineFilter(limit=_PAGE + 1), answer.reason)
    return RedirectResponse("/payments/bank?notice=bank_line", 303)


async def _columns(request: Request, visitor: Visitor, form: CsvForm, filename: str) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        around = await frame(session, deps.clock())
    values = {
        "form": form,
        "filename": filename,
        "roles": csv_form.ROLES,
        "day_orders": csv_form.DAY_ORDERS,
        "marks": csv_form.MARKS,
    }
    status = 422 if form.problems else 200
    return page(request, "cash/mapping.html", visitor, around, values, status=status)


async def _page(
    request: Request, visitor: Visitor, wanted: LineFilter, problem: str = ""
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        found = await pages.deposits(session, wanted)
        shown = list(found[:_PAGE])
        values = {
            "lines": shown,
            "more": shown[-1].row.id if len(found) > _PAGE else 0,
            "files": await pages.bank_files(session, limit=_FILES),
            "mappings": await pages.mappings(session),
            "who": Who(await user_names(session)),
            "cash": cash_words,
            "wanted": wanted,
            "link": View("/payments/bank", _kept(wanted)),
            "may": visitor.may("decide"),
            "problem": problem,
        }
        around = await frame(session, deps.clock())
    status = 409 if problem else 200
    return page(request, "cash/bank.html", visitor, around, values, status=status)


def _kept(wanted: LineFilter) -> dict[str, str]:
    return {
        "state": wanted.state,
        "search": wanted.text,
        "file": str(wanted.file_id or ""),
    }
