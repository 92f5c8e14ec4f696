"""Writing an invoice: a new one, a file of them, changes to a draft or to one of the ERP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from flows.drafts.drafting import (
    Closed,
    Invalid,
    Missing,
    Saved,
    begin_changes,
    create_draft,
    edit_draft,
)
from flows.invoicing import DraftReview, Uploaded, review_of, upload_drafts
from security.permissions import Permission
from store.drafts import locked_draft
from web.deps import WebDeps
from web.draft_form import (
    CHANGE_FIELDS,
    MAX_LINES,
    DraftForm,
    blank,
    changes,
    draft_input,
    of_draft,
    read,
)
from web.draft_lists import customer_named, lists_of
from web.pages.draft import CHANGED, shown
from web.rendering import frame, page, today_of
from web.uploads import sent_file
from web.visitor import Decider, Deps, Requires, Visitor

router = APIRouter()
Writer = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=80 + MAX_LINES * 20))]
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]


@router.get("/sync/invoices/new")
async def new_page(request: Request, deps: Deps, visitor: Decider) -> Response:
    """An empty form."""
    return await _form(request, visitor, blank(today_of(deps.clock())), None)


@router.post("/sync/invoices/new")
async def create(request: Request, deps: Deps, visitor: Writer) -> Response:
    """Put a new invoice on the list, or give the form more lines."""
    sent = await request.form()
    form = read(sent)
    if sent.get("more"):
        form.spare(5)
        return await _form(request, visitor, form, None)
    async with deps.db.begin() as session:
        customer_id = await customer_named(session, form.head["customer_name"])
        wanted = draft_input(form, customer_id)
        answer = await create_draft(session, wanted, visitor.person.actor, deps.clock())
    if isinstance(answer, Invalid):
        form.problems = answer.problems
        return await _form(request, visitor, form, None)
    notice = "drafted" if answer.created else "draft_known"
    return RedirectResponse(f"/sync/invoices/{answer.draft_id}?notice={notice}", 303)


@router.get("/sync/invoices/upload")
async def upload_page(request: Request, visitor: Decider) -> Response:
    """How a file must look, and where to send it."""
    return await _upload(request, visitor, {})


@router.post("/sync/invoices/upload")
async def upload(request: Request, deps: Deps, visitor: Uploader) -> Response:
    """Drafts from a file, all or none."""
    sent = await sent_file(request)
    if sent.problem:
        return await _upload(request, visitor, {"file": sent.problem})
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await upload_drafts(session, sent.name, sent.content, by, now)
    if isinstance(answer, Invalid):
        return await _upload(request, visitor, answer.problems)
    return await _upload(request, visitor, {}, answer)


async def _upload(
    request: Request,
    visitor: Visitor,
    problems: dict[str, str],
    done: Uploaded | None = None,
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        around = await frame(session, deps.clock())
    values = {"problems": problems, "done": done}
    status = 422 if problems else 200
    return page(request, "sync/upload.html", visitor, around, values, status=status)


@router.post("/sync/invoices/changes")
async def change(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Begin changes to an invoice that the ERP has."""
    number = str((await request.form()).get("invoice", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise HTTPException(404)
    async with deps.db.begin() as session:
        answer = await begin_changes(session, int(number), visitor.person.actor, deps.clock())
    if isinstance(answer, Missing):
        raise HTTPException(404)
    if isinstance(answer, Closed):
        raise HTTPException(409, answer.reason)
    return RedirectResponse(f"/sync/invoices/{answer.draft_id}/edit", 303)


@router.get("/sync/invoices/{draft_id}/edit")
async def edit_page(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """The form over a draft."""
    review = await _review(deps, draft_id)
    form = of_draft(review.draft)
    if not review.draft.update:
        form.spare()
    return await _form(request, visitor, form, review)


@router.post("/sync/invoices/{draft_id}/edit")
async def edit(request: Request, deps: Deps, visitor: Writer, draft_id: int) -> Response:
    """Save what differs; what waited for approval is taken back."""
    sent = await request.form()
    form, review = read(sent), await _review(deps, draft_id)
    if sent.get("more"):
        form.spare(5)
        return await _form(request, visitor, form, review)
    by, now = visitor.person.actor, deps.clock()
    answer: Saved | Invalid | Missing | Closed = Closed(CHANGED)
    async with deps.db.begin() as session:
        row = await locked_draft(session, draft_id)
        if row is not None and str(sent.get("version", "")) == str(row.version):
            wanted = _allowed(form, review)
            answer = Saved(draft_id, created=False)
            if wanted:
                answer = await edit_draft(session, draft_id, wanted, by, now)
    match answer:
        case Invalid():
            form.problems = answer.problems
            return await _form(request, visitor, form, review)
        case Missing():
            raise HTTPException(404)
        case Closed():
            return await shown(request, visitor, draft_id, problem=answer.reason)
        case Saved():
            return RedirectResponse(f"/sync/invoices/{draft_id}?notice=draft_edited", 303)


def _allowed(form: DraftForm, review: DraftReview) -> dict[str, object]:
    """What differs; of an invoice that the ERP has, only what may change there."""
    wanted = changes(form, review.draft)
    if review.draft.update:
        return {name: value for name, value in wanted.items() if name in CHANGE_FIELDS}
    return wanted


async def _review(deps: WebDeps, draft_id: int) -> DraftReview:
    async with deps.db.read() as session:
        review = await review_of(session, draft_id, deps.desk, deps.clock())
    if review is None:
        raise HTTPException(404)
    return review


async def _form(
    request: Request, visitor: Visitor, form: DraftForm, review: DraftReview | None
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        values = {
            "form": form,
            "review": review,
            "lists": await lists_of(session),
            "most": MAX_LINES,
        }
        around = await frame(session, deps.clock())
    status = 422 if form.problems else 200
    return page(request, "sync/draft_form.html", visitor, around, values, status=status)
