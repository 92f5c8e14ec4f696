"""Contracts by API: upload, the terms that were read, and confirming or correcting each."""

from __future__ import annotations

from typing import Annotated, Any, assert_never

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import Conflict, NotFound, TooLarge, Unprocessable
from api.resources import Id, Limit, Page
from flows.contracts import confirming
from flows.contracts.confirming import Confirmed, Outcome
from flows.contracts.shown import ShownContract, shown
from flows.contracts.uploading import MOST_BYTES, NewContract, take_contract
from flows.drafts.drafting import Closed, Invalid, Missing
from store.contracts import ContractRow, contracts_page
from store.engine import Session

router = APIRouter(prefix="/api/v1/contracts")
Name = Annotated[str, Field(max_length=60)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TermName(_Body):
    """A term. `place` counts terms of one name from 0."""

    name: Name
    place: Annotated[int, Field(ge=0, le=1000)] = 0


class Correction(_Body):
    """What the contract says, in words; empty: it says nothing of it. Without place: one more."""

    name: Name
    place: Annotated[int, Field(ge=0, le=1000)] | None = None
    words: Annotated[str, Field(max_length=500)]


class FindingId(_Body):
    """A finding that a person answers for."""

    finding: Annotated[str, Field(max_length=100)]


@router.get("", dependencies=READING)
async def contracts(deps: Deps, before: Annotated[int, Query(ge=0)] = 0, limit: Limit = 50) -> Page:
    """Contracts, the newest first."""
    async with deps.db.read() as session:
        rows = await contracts_page(session, before=before, limit=limit)
    following = str(rows[-1].id) if len(rows) == limit else None
    return {"items": [_row(row) for row in rows], "next": following}


@router.post("", status_code=201)
async def upload(
    deps: Deps,
    caller: Reviewer,
    request: Request,
    name: Annotated[str, Query(max_length=200)],
    kind: Annotated[str, Query(max_length=20)] = "new",
    amends: Annotated[int | None, Query(ge=1)] = None,
    effective_on: Annotated[str, Query(max_length=10)] = "",
    deal: Annotated[int | None, Query(ge=1)] = None,
    *,
    replaces: bool = False,
) -> Page:
    """A contract as the body: PDF, DOCX or text. The same file twice is one contract."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise TooLarge
    sent = NewContract(name, bytes(content), kind, amends, effective_on, replaces, deal)
    async with deps.db.begin() as session:
        kept = await take_contract(session, sent, caller.person, deps.clock())
        if isinstance(kept, Invalid):
            raise Unprocessable(_told(kept.problems))
        return await _shown(session, kept.contract_id) | {"created": kept.created}


@router.get("/{contract_id}", dependencies=READING)
async def one(deps: Deps, contract_id: Id) -> Page:
    """A contract with its terms, quotations, findings and pages."""
    async with deps.db.read() as session:
        return await _shown(session, contract_id)


@router.post("/{contract_id}/confirm")
async def confirm(deps: Deps, caller: Reviewer, contract_id: Id, sent: TermName) -> Page:
    """The term is as it was read."""
    async with deps.db.begin() as session:
        found = await confirming.confirm_term(
            session, contract_id, sent.name, sent.place, caller.person, deps.clock()
        )
        return await _answered(session, contract_id, found)


@router.post("/{contract_id}/confirm-sure")
async def confirm_sure(deps: Deps, caller: Reviewer, contract_id: Id) -> Page:
    """All terms that were read with little doubt and nobody looked at yet."""
    async with deps.db.begin() as session:
        found = await confirming.confirm_sure(session, contract_id, caller.person, deps.clock())
        return await _answered(session, contract_id, found)


@router.post("/{contract_id}/correct")
async def correct(deps: Deps, caller: Reviewer, contract_id: Id, sent: Correction) -> Page:
    """The term is what the caller says."""
    async with deps.db.begin() as session:
        found = await confirming.correct_term(
            session, contract_id, sent.name, sent.place, sent.words, caller.person, deps.clock()
        )
        return await _answered(session, contract_id, found)


@router.post("/{contract_id}/settle")
async def settle(deps: Deps, caller: Reviewer, contract_id: Id, sent: FindingId) -> Page:
    """The caller looked at a finding and answers for it."""
    async with deps.db.begin() as session:
        found = await confirming.settle_finding(
            session, contract_id, sent.finding, caller.person, deps.clock()
        )
        return await _answered(session, contract_id, found)


@router.post("/{contract_id}/finish")
async def finish(deps: Deps, caller: Reviewer, contract_id: Id) -> Page:
    """Every term was looked at: make its deal."""
    async with deps.db.begin() as session:
        found = await confirming.finish(session, contract_id, caller.person, deps.clock())
        return await _answered(session, contract_id, found)


@router.post("/{contract_id}/drop")
async def drop(deps: Deps, caller: Reviewer, contract_id: Id) -> Page:
    """Give it up."""
    async with deps.db.begin() as session:
        found = await confirming.drop_contract(session, contract_id, caller.person, deps.clock())
        return await _answered(session, contract_id, found)


async def _answered(session: Session, contract_id: int, found: Outcome) -> Page:
    match found:
        case Confirmed():
            return await _shown(session, contract_id)
        case Invalid(problems):
            raise Unprocessable(_told(problems))
        case Missing():
            raise NotFound
        case Closed(reason):
            raise Conflict(reason)
        case _:
            assert_never(found)


async def _shown(session: Session, contract_id: int) -> Page:
    found = await shown(session, contract_id)
    if found is None:
        raise NotFound
    return _contract(found)


def _row(row: ContractRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "problem": row.problem,
        "deal_id": row.deal_id,
        "amends_id": row.amends_id,
        "effective_on": row.effective_on.isoformat() if row.effective_on else None,
        "sha256": row.digest,
    }


def _contract(found: ShownContract) -> Page:
    return _row(found.row) | {
        "ready": found.ready,
        "unseen": found.unseen,
        "pages": list(found.row.pages),
        "terms": [
            {"name": t.name, "place": t.place, "value": t.value,
             "normalized": t.normalized.get("v"), "quote": t.quote, "page": t.page,
             "confidence": t.confidence, "state": t.state, "by": t.by_name}
            for t in found.terms
        ],
        "findings": [
            {"id": f.finding.id, "message": f.finding.message, "blocking": f.finding.blocking,
             "quote": f.finding.quote, "page": f.finding.page, "settled_by": f.settled_by}
            for f in found.findings
        ],
        "stops": [{"id": f.id, "message": f.message} for f in found.stops],
    }  # fmt: skip


def _told(problems: dict[str, str]) -> str:
    return " ".join(f"{at}: {what}" for at, what in list(problems.items())[:20])
