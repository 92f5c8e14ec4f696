"""Mappings: what ours is called in the ERP, by kind; mapped once and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from flows import mapping
from flows.drafts.drafting import Invalid
from security.permissions import Permission
from store.choices import LISTED, choices, chosen, mapped, mapping_counts
from store.mappings import DEFAULT, KINDS
from web.chips import View
from web.deps import WebDeps
from web.rendering import frame, page
from web.uploads import sent_file
from web.visitor import READING, Decider, Deps, Reader, Requires, Visitor

router = APIRouter()
Uploader = Annotated[Visitor, Depends(Requires(Permission.DECIDE, files=1))]
SHOWN = tuple(kind for kind in KINDS if kind != "customer")
_PAGE = 100
_OFFERED = 300


@router.get("/sync/mapping")
async def mapping_page(
    request: Request,
    visitor: Reader,
    kind: str = "item",
    text: str = "",
    guesses: str = "",
    start: int = 0,
) -> Response:
    """The mappings of one kind, its default first, with what is stale or guessed."""
    kind = kind if kind in KINDS else "item"
    asked = Asked(kind, text[:100], guesses == "yes", max(0, min(start, 1_000_000)))
    return await _shown(request, visitor, asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which mappings to show; `typed` are a word and a target that could not be remembered."""

    kind: str
    text: str = ""
    guesses: bool = False
    first: int = 0
    typed: tuple[str, str] = ("", "")


async def _shown(
    request: Request, visitor: Visitor, asked: Asked, problems: dict[str, str] | None = None
) -> Response:
    deps: WebDeps = request.app.state.deps
    now, kind, text, guesses = deps.clock(), asked.kind, asked.text, asked.guesses
    async with deps.db.read() as session:
        rows = await mapped(
            session, kind, text=text, guesses=guesses, limit=_PAGE + 1, offset=asked.first
        )
        values = {
            "rows": rows[:_PAGE],
            "more": len(rows) > _PAGE,
            "start": asked.first,
            "page_size": _PAGE,
            "kind": kind,
            "kinds": KINDS,
            "text": text,
            "guesses": guesses,
            "listed": kind in LISTED,
            "counts": await mapping_counts(session),
            "offered": await choices(session, kind, limit=_OFFERED),
            "stale": await mapping.stale(session, deps.desk, now),
            "unmapped": await mapping.unmapped(session) if kind == "item" else (),
            "problems": problems or {},
            "typed": asked.typed,
            "link": View(
                "/sync/mapping",
                {"kind": kind, "text": text, "guesses": "yes" if guesses else ""},
            ),
        }
        around = await frame(session, now)
    return page(
        request, "sync/mapping.html", visitor, around, values, status=422 if problems else 200
    )


@router.post("/sync/mapping")
async def remember(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Map one of ours, or confirm a guess."""
    form = await request.form()
    kind, ours, source = (
        str(form.get(name, "")).strip()[:200] for name in ("kind", "ours", "source")
    )
    target = str(form.get("target", "")).strip()[:200]
    if kind not in KINDS:
        raise HTTPException(404)
    ours = ours or (DEFAULT if form.get("default") else "")
    problem: Invalid | None
    async with deps.db.begin() as session:
        found = await chosen(session, kind, target) if kind in LISTED else []
        if kind in LISTED and len(found) != 1:
            many = "More than one entry" if found else "No active entry"
            problem = Invalid({"target": f"{many} has the name or number “{target}”."})
        else:
            netsuite_id = found[0].netsuite_id if found else target
            problem = await mapping.remember(
                session,
                kind,
                ours,
                netsuite_id,
                visitor.person.actor,
                deps.clock(),
                source=source,
            )
    if problem is not None:
        return await _shown(request, visitor, Asked(kind, typed=(ours, target)), problem.problems)
    return RedirectResponse(View("/sync/mapping", {"kind": kind})(notice="mapped"), 303)


@router.post("/sync/mapping/forget")
async def forget(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Drop a mapping."""
    form = await request.form()
    kind, ours, source = (str(form.get(name, ""))[:200] for name in ("kind", "ours", "source"))
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        if kind not in KINDS or not await mapping.forget(
            session, kind, ours, by, now, source=source
        ):
            raise HTTPException(404)
    return RedirectResponse(View("/sync/mapping", {"kind": kind})(notice="unmapped"), 303)


@router.get("/sync/mapping/file", dependencies=READING)
async def download(deps: Deps) -> Response:
    """All mappings as a YAML file."""
    async with deps.db.read() as session:
        text = await mapping.export_file(session)
    headers = {"Content-Disposition": 'attachment; filename="dunwell-mapping.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.post("/sync/mapping/file")
async def upload(request: Request, deps: Deps, visitor: Uploader) -> Response:
    """Mappings from a YAML file, all or none."""
    sent = await sent_file(request)
    answer: mapping.Imported | Invalid = Invalid({"file": sent.problem})
    if not sent.problem:
        try:
            text = sent.content.decode()
        except UnicodeDecodeError:
            answer = Invalid({"file": "The file is not text in UTF-8."})
        else:
            async with deps.db.begin() as session:
                by, now = visitor.person.actor, deps.clock()
                answer = await mapping.import_file(session, text, by, now)
    if isinstance(answer, Invalid):
        return await _shown(request, visitor, Asked("item"), answer.problems)
    return RedirectResponse("/sync/mapping?notice=mappings_read", 303)
