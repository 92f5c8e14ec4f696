"""Where customers are asked to pay: what papers carry, and the two who change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, assert_never

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from domain.ledger.remittance_block import block_of
from effects.answers import Refusal, RefusalCode
from flows import paying_to
from flows.paying_to import content_of
from flows.remittance_blocks import Waits, Wrong, confirm, drop, offer
from security.permissions import Permission
from store import remittance_blocks
from store.people import user_names
from store.remittance_blocks import RemittanceBlockRow
from store.review_facts import subsidiaries
from web.rendering import frame, page
from web.visitor import Deps, Reader, Requires, Visitor
from web.who import Who

router = APIRouter(prefix="/settings/remittance")
BlockKeeper = Annotated[Visitor, Depends(Requires(Permission.SET_REMITTANCE))]
FIELDS = (
    "holder", "bank", "iban", "bic", "routing", "account", "subsidiary", "currency", "reason",
)  # fmt: skip
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A version on the page: its parts, for whom it is, what it replaces."""

    row: RemittanceBlockRow
    parts: dict[str, str]
    scope: str
    before: dict[str, str]
    mine: bool


@router.get("")
async def blocks_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """The blocks in force, those that wait for a second person, and the versions before."""
    return await _page(request, deps, visitor, {}, "")


@router.post("")
async def propose(request: Request, deps: Deps, visitor: BlockKeeper) -> Response:
    """Propose another block; nothing is printed otherwise before it is confirmed."""
    form = await request.form()
    typed = {name: _typed(form, name) for name in FIELDS}
    scope = typed["subsidiary"]
    if scope and not (scope.isascii() and scope.isdigit() and len(scope) < 16):
        raise HTTPException(404)
    async with deps.db.begin() as session:
        answer = await offer(
            session,
            block_of(typed),
            typed["reason"],
            visitor.person,
            deps.clock(),
            subsidiary_id=int(scope) if scope else None,
            currency=typed["currency"].upper(),
        )
    match answer:
        case Waits():
            return RedirectResponse("/settings/remittance?notice=block_proposed", 303)
        case Wrong():
            return await _page(request, deps, visitor, typed, answer.words)
        case Refusal():
            raise _refused(answer)
        case _:
            assert_never(answer)


@router.post("/{block_id:int}/confirm")
async def put_in_force(
    request: Request, deps: Deps, visitor: BlockKeeper, block_id: int
) -> Response:
    """Put a proposal in force, as the page showed it."""
    seen = _typed(await request.form(), "fingerprint")
    async with deps.db.begin() as session:
        answer = await confirm(session, block_id, seen, visitor.person, deps.clock())
    if isinstance(answer, Refusal):
        raise _refused(answer)
    return RedirectResponse("/settings/remittance?notice=block_confirmed", 303)


@router.post("/{block_id:int}/drop")
async def end(deps: Deps, visitor: BlockKeeper, block_id: int) -> Response:
    """End a proposal."""
    async with deps.db.begin() as session:
        answer = await drop(session, block_id, visitor.person, deps.clock())
    if isinstance(answer, Refusal):
        raise _refused(answer)
    return RedirectResponse("/settings/remittance?notice=block_dropped", 303)


def _typed(form: FormData, name: str) -> str:
    return str(form.get(name, ""))[:_LONGEST].strip()


def _refused(answer: Refusal) -> HTTPException:
    codes = {RefusalCode.NOT_FOUND: 404, RefusalCode.NOT_ALLOWED: 403}
    return HTTPException(codes.get(answer.code, 409), answer.message)


async def _page(
    request: Request, deps: Deps, visitor: Visitor, typed: dict[str, str], problem: str
) -> Response:
    async with deps.db.read() as session:
        rows = await remittance_blocks.blocks(session)
        live = await paying_to.in_force(session)
        sellers = await subsidiaries(session)
        who = Who(await user_names(session))
        around = await frame(session, deps.clock())
    names = {row.id: row.name for row in sellers}
    known = {row.id: row for row in (*rows, *live)}
    me = str(visitor.person.actor)
    values = {
        "live": [_shown(row, names, known, me) for row in live],
        "waiting": [_shown(r, names, known, me) for r in rows if _waits(r)],
        "past": [_shown(r, names, known, me) for r in rows if not _waits(r)],
        "in_force": {row.id for row in live},
        "sellers": sellers,
        "who": who,
        "typed": {name: typed.get(name, "") for name in FIELDS},
        "problem": problem,
    }
    return page(
        request, "remittance_blocks.html", visitor, around, values, status=422 if problem else 200
    )


def _waits(row: RemittanceBlockRow) -> bool:
    return row.confirmed_at is None and row.dropped_at is None


def _shown(
    row: RemittanceBlockRow, names: dict[int, str], known: dict[int, RemittanceBlockRow], me: str
) -> Shown:
    seller = names.get(row.subsidiary_id, "a subsidiary") if row.subsidiary_id else ""
    replaced = known.get(row.parent_id) if row.parent_id is not None else None
    return Shown(
        row=row,
        parts=content_of(row).shown(),
        scope=", ".join(filter(None, (seller, row.currency))) or "all invoices",
        before=content_of(replaced).shown() if replaced is not None else {},
        mine=row.proposed_by == me,
    )
