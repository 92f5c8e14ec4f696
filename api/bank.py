"""The bank by API: files in, lines with their other side, and how each bank writes its CSV."""

from __future__ import annotations

from typing import Annotated, Any, Literal, assert_never

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Cashier
from api.deps import Deps
from api.errors import NotFound, TooLarge, Unprocessable
from api.resources import Page
from api.shapes import Shape
from flows.bank import held, pages
from flows.bank.intake import Taken
from flows.bank.pages import DepositLine, Saved, WrongMapping
from flows.cash.outcomes import Acted, ActRefused
from sources.arrived import RefusedFile
from sources.bank.csv import NeedsMapping
from sources.bank.refusal import MOST_BYTES
from store.bank import BankFileRow, LineFilter

router = APIRouter(prefix="/api/v1/bank")
Limit = Annotated[int, Query(ge=1, le=200)]
RoleAndColumn = Annotated[list[str], Field(min_length=2, max_length=2)]
State = Literal["matched", "difference", "open", "aside"]


class Mapping(BaseModel):
    """How a bank writes its CSV: a role for each column that means something."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, Field(min_length=1, max_length=100)]
    header: Annotated[list[str], Field(min_length=2, max_length=200)]
    columns: Annotated[list[RoleAndColumn], Field(max_length=200)]
    day_order: Literal["YMD", "DMY", "MDY"]
    decimal_mark: Literal[".", ","]
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: Annotated[str, Field(max_length=20)] = ""
    account: Annotated[str, Field(max_length=60)] = ""
    currency: Annotated[str, Field(max_length=3)] = ""
    outgoing: Annotated[list[str], Field(max_length=20)] = []


class WhatItIs(BaseModel):
    """What a held line is."""

    model_config = ConfigDict(extra="forbid", strict=True)
    is_receipt: bool
    reason: Annotated[str, Field(max_length=300)] = ""


@router.post("/files", status_code=201)
async def upload(
    deps: Deps,
    caller: Cashier,
    request: Request,
    response: Response,
    filename: Annotated[str, Query(max_length=200)] = "",
) -> Page:
    """Take in a file: the request's body is its bytes. The same bytes again answer 200."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise TooLarge
    async with deps.db.begin() as session:
        answer = await pages.upload(
            session, bytes(content), filename, caller.person.actor, deps.clock(), origin="api"
        )
    match answer:
        case Taken(file_id, created):
            response.status_code = 201 if created else 200
            return {"id": file_id, "created": created, "state": "pending"}
        case NeedsMapping():
            response.status_code = 202
            return {"state": "needs_mapping", **_table(answer)}
        case RefusedFile(line, reason):
            raise Unprocessable(f"line {line}: {reason}" if line else reason)
        case _:
            assert_never(answer)


@router.get("/files", dependencies=READING)
async def files(deps: Deps, before: int | None = None, limit: Limit = 50) -> Page:
    """Files, newest first; `before` is the last id seen."""
    async with deps.db.read() as session:
        found = await pages.bank_files(session, before=before, limit=limit)
    return {"items": [_file(row) for row in found]}


@router.get("/files/{file_id}/columns", dependencies=READING)
async def columns(deps: Deps, file_id: int) -> Page:
    """The columns of a file that waits for a mapping, some of its rows, and a guess."""
    async with deps.db.read() as session:
        found = await pages.explain(session, file_id)
    if found is None:
        raise NotFound
    return _table(found)


@router.get("/lines", dependencies=READING)
async def lines(
    deps: Deps,
    state: State | None = None,
    text: Annotated[str, Query(max_length=100)] = "",
    account: Annotated[str, Query(max_length=60)] = "",
    file_id: int | None = None,
    before: int | None = None,
    limit: Limit = 50,
) -> Page:
    """Lines beside their receipts, deposits and payouts, newest first."""
    wanted = LineFilter(state or "", text, account, file_id, before, limit)
    async with deps.db.read() as session:
        found = await pages.deposits(session, wanted)
    return {"items": [_line(one) for one in found]}


@router.post("/lines/{line_id}")
async def say(deps: Deps, caller: Cashier, line_id: int, sent: WhatItIs) -> Page:
    """Say what a held line is: a receipt of its own, or money that is recorded already."""
    async with deps.db.begin() as session:
        who, now = caller.person.actor, deps.clock()
        if sent.is_receipt:
            answer = await held.is_receipt(session, line_id, who, now)
        else:
            answer = await held.is_known(session, line_id, sent.reason, who, now)
    match answer:
        case Acted(payment_id):
            return {"payment_id": payment_id or None}
        case ActRefused(reason):
            raise Unprocessable(reason)
        case _:
            assert_never(answer)


@router.get("/mappings", dependencies=READING)
async def mappings(deps: Deps) -> Page:
    """How each bank writes its CSV."""
    async with deps.db.read() as session:
        found = await pages.mappings(session)
    return {"items": [dict(row.mapping) for row in found]}


@router.put("/mappings")
async def save_mapping(deps: Deps, caller: Cashier, sent: Mapping) -> Page:
    """Save a mapping by its name; files that waited for one are read again."""
    async with deps.db.begin() as session:
        answer = await pages.save_mapping(
            session, sent.model_dump(), caller.person.actor, deps.clock()
        )
    match answer:
        case Saved(name, file_ids):
            return {"name": name, "files": list(file_ids)}
        case WrongMapping(problems):
            raise Unprocessable("; ".join(problems[:20]))
        case _:
            assert_never(answer)


def _table(found: NeedsMapping) -> dict[str, Any]:
    return {
        "columns": list(found.columns),
        "rows": [list(row) for row in found.rows],
        "guess": found.guess.as_json(),
    }


def _file(row: BankFileRow) -> Shape:
    return {
        "id": row.id,
        "filename": row.filename,
        "origin": row.origin,
        "size": row.size,
        "state": row.state,
        "format": row.format,
        "account": row.account,
        "line": row.line,
        "reason": row.reason,
        "notes": row.notes,
        "movements": row.movements,
        "received_at": row.received_at.isoformat(),
        "received_by": row.received_by,
    }


def _line(one: DepositLine) -> Shape:
    row = one.row
    return {
        "id": row.id,
        "file_id": row.file_id,
        "role": row.role,
        "account": row.account,
        "booked_on": row.booked_on.isoformat(),
        "value_on": row.value_on.isoformat(),
        "amount": one.amount.plain(),
        "currency": row.currency,
        "channel": row.channel,
        "payer_name": row.payer_name,
        "text": row.text,
        "state": one.state,
        "outcome": row.outcome,
        "reason": row.reason,
        "difference": one.difference.plain() if one.difference is not None else None,
        "raw": row.raw,
        "told": [
            {
                "name": side.name,
                "amount": side.amount.plain(),
                "payment_ids": list(side.payment_ids),
                "line_id": side.line_id,
                "payout_id": side.payout_id,
            }
            for side in one.told
        ],
    }
