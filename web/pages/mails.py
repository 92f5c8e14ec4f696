"""Mails as they came: the raw mail, its files, and whose a mail is that nobody knows."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal, RefusalCode
from flows.attaching import attach_by_hand
from flows.attachments import Download
from flows.kept_mail import file_of, raw_mail
from store.engine import Session
from store.naming import customer_meant
from store.pages import work_item
from store.worklist import WorkItemRow
from web.pages.worklist import show_item
from web.visitor import READING, Decider, Deps

router = APIRouter()


@router.get("/worklist/{item_id}/mail", dependencies=READING)
async def raw(deps: Deps, item_id: int) -> Response:
    """The mail as it came, as a download; a browser never shows it."""
    async with deps.db.read() as session:
        found = await raw_mail(session, await _item(session, item_id))
    return _download(found)


@router.get("/worklist/{item_id}/files/{number}", dependencies=READING)
async def file(deps: Deps, item_id: int, number: int) -> Response:
    """One attached file as a download, if it is of a kind that is handed out."""
    async with deps.db.read() as session:
        found = await file_of(session, await _item(session, item_id), number)
    return _download(found)


@router.post("/worklist/{item_id}/attach")
async def attach(request: Request, deps: Deps, visitor: Decider, item_id: int) -> Response:
    """Say which customer a mail is of; it is read then."""
    form = await request.form()
    number, chosen = str(form.get("number", ""))[:100], str(form.get("customer", ""))
    answer: int | Refusal = Refusal(RefusalCode.NOT_FOUND, "Nobody has that number or name.")
    async with deps.db.begin() as session:
        meant = await customer_meant(session, number)
        if not number.strip() and chosen.isascii() and chosen.isdecimal():
            meant = int(chosen[:18])
        if meant is not None:
            by, now = visitor.person, deps.clock()
            answer = await attach_by_hand(session, item_id, meant, by=by, now=now)
    if isinstance(answer, Refusal):
        return await show_item(request, visitor, item_id, answer.message)
    return RedirectResponse(f"/worklist/{item_id}?notice=mail_attached", 303)


async def _item(session: Session, item_id: int) -> WorkItemRow:
    item = await work_item(session, item_id)
    if item is None:
        raise HTTPException(404)
    return item


def _download(found: Download | None) -> Response:
    if found is None:
        raise HTTPException(404)
    return Response(found.body, headers=dict(found.headers))
