"""Papers on file: tax forms and papers of one customer that mail may carry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.dunning.reading import DocumentKind
from flows.attachments import download_headers
from flows.documents import REFUSED, NotTaken, upload, withdraw
from security.permissions import Permission
from store import documents
from store.engine import Session
from store.pages import customers_page
from store.parties import customer
from web.rendering import frame, page
from web.uploads import Sent, sent_file
from web.visitor import READING, Deps, Reader, Requires, Visitor

router = APIRouter()
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]
Working = Annotated[Visitor, Depends(Requires(Permission.DECIDE))]
KINDS = tuple(kind for kind in DocumentKind if kind not in (*REFUSED, DocumentKind.STATEMENT))


@router.get("/papers")
async def papers_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """What people put on file, and the form to put more there."""
    return await _page(request, deps, visitor, "")


@router.get("/papers/{paper_id:int}", dependencies=READING)
async def paper(deps: Deps, paper_id: int) -> Response:
    """A paper as a download: those on file, and those that were rendered for a mail."""
    async with deps.db.read() as session:
        row = await documents.paper(session, paper_id)
    if row is None:
        raise HTTPException(404)
    return Response(row.body, headers=download_headers(row.filename, row.content_type))


@router.post("/papers")
async def add(request: Request, deps: Deps, visitor: Uploader) -> Response:
    """Put a paper on file, for one customer or, a tax form, for all."""
    form = await request.form()
    kind, wanted = str(form.get("kind", "")), str(form.get("customer", "")).strip()[:200]
    sent = await sent_file(request)
    problem = sent.problem or await _keep(deps, visitor, kind, wanted, sent)
    if problem:
        return await _page(request, deps, visitor, problem)
    return RedirectResponse("/papers?notice=paper_kept", 303)


@router.post("/papers/{paper_id:int}/withdraw")
async def take_off(deps: Deps, visitor: Working, paper_id: int) -> Response:
    """Take a paper off file; mail that has it will not leave."""
    async with deps.db.begin() as session:
        if not await withdraw(session, visitor.person.actor, paper_id, deps.clock()):
            raise HTTPException(404)
    return RedirectResponse("/papers?notice=paper_withdrawn", 303)


async def _keep(deps: Deps, visitor: Visitor, kind: str, wanted: str, sent: Sent) -> str:
    """Keep the paper; why not, or empty."""
    if kind not in {known.value for known in KINDS}:
        return "Please choose what kind of paper it is."
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        customer_id = await _customer(session, wanted)
        if isinstance(customer_id, str):
            return customer_id
        kept = await upload(
            session, by, DocumentKind(kind), sent.name, sent.content, customer_id, now
        )
    return kept.reason if isinstance(kept, NotTaken) else ""


async def _customer(session: Session, wanted: str) -> int | str | None:
    """The customer that a name or number means, None for nobody, or why it cannot be told."""
    if not wanted:
        return None
    found = await customers_page(session, text=wanted, limit=20)
    same = [
        row.id
        for row in found
        if wanted.casefold() in (row.name.casefold(), row.entity_number.casefold())
    ]
    return same[0] if len(same) == 1 else f"No single customer is called {wanted}."


async def _page(request: Request, deps: Deps, visitor: Visitor, problem: str) -> Response:
    async with deps.db.read() as session:
        rows = await documents.all_uploaded(session)
        owners = {row.customer_id for row in rows if row.customer_id is not None}
        named = {i: await customer(session, i) for i in owners}
        names = {i: row.name for i, row in named.items() if row is not None}
        around = await frame(session, deps.clock())
    values = {"papers": rows, "names": names, "kinds": KINDS, "problem": problem}
    return page(request, "papers.html", visitor, around, values, status=409 if problem else 200)
