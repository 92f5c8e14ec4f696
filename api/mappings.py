"""What ours is called in the ERP, by API: read, remembered, carried in and out as YAML."""

from __future__ import annotations

from typing import Annotated, Literal, assert_never

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, TooLarge, Unprocessable
from api.resources import Page
from api.shapes import Shape
from flows import mapping
from flows.drafts.drafting import Invalid
from flows.mapping import Imported, ShownMapping

router = APIRouter(prefix="/api/v1/mappings")
Kind = Literal[
    "item", "account", "department", "class", "location", "terms", "tax", "subsidiary", "customer"
]
_MOST_BYTES = 512 * 1024


class Word(BaseModel):
    """A word of ours, * for the default; `source` is empty where it holds for all."""

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Kind
    ours: Annotated[str, Field(min_length=1, max_length=200)]
    source: Annotated[str, Field(max_length=30)] = ""


class NewMapping(Word):
    """A word and the ERP's internal id."""

    netsuite_id: Annotated[str, Field(min_length=1, max_length=20)]


@router.get("", dependencies=READING)
async def mappings(deps: Deps, kind: Kind | None = None) -> Page:
    """All mappings with the names of their targets and what is wrong with them."""
    async with deps.db.read() as session:
        found = await mapping.listed(session, kind or "")
        stale = await mapping.stale(session, deps.desk, deps.clock())
    return {
        "items": [_shape(one) for one in found],
        "lists_read_at": stale.read_at.isoformat() if stale.read_at else None,
        "lists_too_old": stale.too_old,
    }


@router.put("")
async def remember(deps: Deps, caller: Reviewer, sent: NewMapping) -> Page:
    """Map once; remembered."""
    async with deps.db.begin() as session:
        problem = await mapping.remember(
            session, sent.kind, sent.ours, sent.netsuite_id, caller.person.actor, deps.clock(),
            source=sent.source,
        )  # fmt: skip
    if problem is not None:
        raise Unprocessable(_told(problem))
    return sent.model_dump()


@router.post("/forget")
async def forget(deps: Deps, caller: Reviewer, sent: Word) -> Page:
    """Drop a mapping."""
    async with deps.db.begin() as session:
        known = await mapping.forget(
            session, sent.kind, sent.ours, caller.person.actor, deps.clock(), source=sent.source
        )
    if not known:
        raise NotFound
    return sent.model_dump()


@router.get("/unmapped", dependencies=READING)
async def unmapped(deps: Deps) -> Page:
    """Products on waiting drafts that have no item."""
    async with deps.db.read() as session:
        found = await mapping.unmapped(session)
    return {"items": [{"source": source, "product": product} for source, product in found]}


@router.get("/targets/{kind}", dependencies=READING)
async def targets(deps: Deps, kind: Kind, text: Annotated[str, Query(max_length=100)] = "") -> Page:
    """What words of a kind may be mapped to."""
    async with deps.db.read() as session:
        found = await mapping.targets(session, kind)
    wanted = text.casefold()
    named = [one for one in found if wanted in one.name.casefold()]
    return {"items": [{"netsuite_id": one.netsuite_id, "name": one.name} for one in named]}


@router.get("/file", dependencies=READING)
async def export(deps: Deps) -> Response:
    """All mappings as YAML."""
    async with deps.db.read() as session:
        text = await mapping.export_file(session)
    headers = {"Content-Disposition": 'attachment; filename="mappings.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.put("/file")
async def bring_in(deps: Deps, caller: Reviewer, request: Request) -> Page:
    """Mappings from the bytes of a YAML file, all or none."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _MOST_BYTES:
            raise TooLarge
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unprocessable("The file is not UTF-8 text.") from error
    async with deps.db.begin() as session:
        answer = await mapping.import_file(session, text, caller.person.actor, deps.clock())
    match answer:
        case Imported(changed, same):
            return {"changed": changed, "same": same}
        case Invalid():
            raise Unprocessable(_told(answer))
        case _:
            assert_never(answer)


def _shape(one: ShownMapping) -> Shape:
    row = one.row
    return {
        "kind": row.kind,
        "source": row.source,
        "ours": row.ours,
        "netsuite_id": row.netsuite_id,
        "name": one.target_name,
        "guess": row.guess,
        "score": row.score,
        "problem": one.problem,
        "remembered_by": row.remembered_by,
        "remembered_at": row.remembered_at.isoformat(),
    }


def _told(problem: Invalid) -> str:
    return " ".join(f"{at}: {what}" for at, what in list(problem.problems.items())[:20])
