"""Files beside a receipt: what the payer sent along, kept, and read where it is an advice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.actor import Actor
from flows.attachments import BIGGEST, NotAttached, attach, download
from flows.remittance import link_by_hand, upload_advice
from security.permissions import Permission
from sources.arrived import RefusedFile
from sources.remittance.detect import Opened, open_advice
from store.engine import Session
from store.pages import payment
from web.pages.cash_receipt import Answer, show
from web.uploads import FORM, Sent, sent_file
from web.visitor import READING, Deps, Requires, Visitor

router = APIRouter()
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]


@router.get("/payments/{payment_id:int}/files/{file_id:int}", dependencies=READING)
async def file(deps: Deps, payment_id: int, file_id: int) -> Response:
    """A file as a download; a browser never shows or runs it."""
    async with deps.db.read() as session:
        found = await download(session, payment_id, file_id)
    if found is None:
        raise HTTPException(404)
    return Response(found.body, headers=dict(found.headers))


@router.post("/payments/{payment_id:int}/files", max_body_size=BIGGEST + FORM)
async def add(request: Request, deps: Deps, visitor: Uploader, payment_id: int) -> Response:
    """Keep a file; where it is said to be a remittance advice, also read it."""
    is_advice = (await request.form()).get("advice") == "yes"
    sent = await sent_file(request, BIGGEST)
    problem = sent.problem or await keep(deps, visitor, payment_id, sent, is_advice=is_advice)
    if problem:
        return await show(request, visitor, payment_id, Answer(problem, act="file"))
    notice = "advice" if is_advice else "attached"
    return RedirectResponse(f"/payments/{payment_id}?notice={notice}", 303)


async def keep(
    deps: Deps, visitor: Visitor, payment_id: int, sent: Sent, *, is_advice: bool
) -> str:
    """Keep the file and link what it says; why not, or empty. All of it or nothing."""
    opened = await open_advice(sent.content, sent.name) if is_advice else None
    if isinstance(opened, RefusedFile):
        return _told(opened)
    by, now = visitor.person.actor, deps.clock()
    try:
        async with deps.db.begin() as session:
            kept = await attach(session, payment_id, sent.name, sent.content, by, now)
            if isinstance(kept, NotAttached):
                return kept.reason
            if opened is not None:
                await _read(session, payment_id, sent, opened, by, now)
    except _NotRead as error:
        return error.problem
    return ""


async def _read(
    session: Session, payment_id: int, sent: Sent, opened: Opened, by: Actor, now: datetime
) -> None:
    row = await payment(session, payment_id)
    if row is None:
        raise HTTPException(404)
    taken = await upload_advice(
        session,
        sent.content,
        sent.name,
        by,
        now,
        customer_id=row.customer_id,
        currency=row.currency,
        opened=opened,
    )
    if isinstance(taken, RefusedFile):
        raise _NotRead(_told(taken))
    for advice_id in (*taken.advice_ids, *taken.known_ids):
        problem = await link_by_hand(session, advice_id, payment_id, by, now)
        if problem:
            raise _NotRead(problem)


class _NotRead(Exception):
    """The file is no advice about this receipt, so it is not taken."""

    def __init__(self, problem: str) -> None:
        super().__init__(str(self.__doc__))
        self.problem = problem


def _told(refused: RefusedFile) -> str:
    where = f"Line {refused.line}: " if refused.line else ""
    reason = refused.reason if where else refused.reason[:1].upper() + refused.reason[1:]
    return f"{where}{reason}{'' if reason.endswith('.') else '.'}"
