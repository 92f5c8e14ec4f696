"""Where customers are asked to pay, by API: what is printed, proposing another, confirming it."""

from __future__ import annotations

from typing import Any, assert_never

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, BlockKeeper
from api.deps import Deps
from api.errors import Refused, Unprocessable
from api.resources import Id
from domain.ledger.remittance_block import block_of
from effects.answers import Refusal
from flows import paying_to
from flows.paying_to import content_of
from flows.remittance_blocks import Dropped, InForce, Waits, Wrong, confirm, drop, offer
from store import remittance_blocks
from store.remittance_blocks import RemittanceBlockRow

router = APIRouter(prefix="/api/v1/remittance-blocks")


class BlockSent(BaseModel):
    """Bank details, for whom and why; without any part nothing is printed any more."""

    model_config = ConfigDict(extra="forbid")
    holder: str = Field(default="", max_length=100)
    bank: str = Field(default="", max_length=100)
    iban: str = Field(default="", max_length=60)
    bic: str = Field(default="", max_length=20)
    routing: str = Field(default="", max_length=20)
    account: str = Field(default="", max_length=60)
    subsidiary_id: int | None = Field(default=None, ge=1, le=2**53)
    currency: str = Field(default="", max_length=3)
    reason: str = Field(min_length=1, max_length=500)


class Seen(BaseModel):
    """The fingerprint of the proposal as it was read."""

    model_config = ConfigDict(extra="forbid")
    fingerprint: str = Field(min_length=64, max_length=64)


@router.get("", dependencies=READING)
async def all_blocks(deps: Deps) -> dict[str, Any]:
    """The versions that papers carry, by scope, and the latest versions with their state."""
    async with deps.db.read() as session:
        live = await paying_to.in_force(session)
        rows = await remittance_blocks.blocks(session)
    return {"in_force": [row.id for row in live], "blocks": [_shape(row) for row in rows]}


@router.post("", status_code=201)
async def propose(deps: Deps, caller: BlockKeeper, sent: BlockSent) -> dict[str, Any]:
    """Propose a block. It is printed once another administrator confirms it."""
    typed = sent.model_dump(include={"holder", "bank", "iban", "bic", "routing", "account"})
    async with deps.db.begin() as session:
        answer = await offer(
            session,
            block_of(typed),
            sent.reason,
            caller.person,
            deps.clock(),
            subsidiary_id=sent.subsidiary_id,
            currency=sent.currency.upper(),
        )
    match answer:
        case Waits(block_id, fingerprint):
            return {"id": block_id, "fingerprint": fingerprint}
        case Wrong():
            raise Unprocessable(answer.words)
        case Refusal():
            raise Refused(answer)
        case _:
            assert_never(answer)


@router.post("/{block_id}/confirm")
async def put_in_force(deps: Deps, caller: BlockKeeper, block_id: Id, sent: Seen) -> dict[str, Any]:
    """Put a proposal in force that somebody else made, as it was read."""
    async with deps.db.begin() as session:
        answer = await confirm(session, block_id, sent.fingerprint, caller.person, deps.clock())
    match answer:
        case InForce():
            return {"id": answer.block_id, "before": answer.before}
        case Refusal():
            raise Refused(answer)
        case _:
            assert_never(answer)


@router.post("/{block_id}/drop")
async def end(deps: Deps, caller: BlockKeeper, block_id: Id) -> dict[str, Any]:
    """End a proposal that waits."""
    async with deps.db.begin() as session:
        answer = await drop(session, block_id, caller.person, deps.clock())
    match answer:
        case Dropped():
            return {"id": answer.block_id}
        case Refusal():
            raise Refused(answer)
        case _:
            assert_never(answer)


def _shape(row: RemittanceBlockRow) -> dict[str, Any]:
    kept = {"id", "subsidiary_id", "currency", "fingerprint", "reason", "proposed_by"}
    dated = {"proposed_at", "confirmed_by", "confirmed_at", "dropped_by", "dropped_at"}
    told = row.model_dump(mode="json", include=kept | dated)
    return {**told, "replaces": row.parent_id, "parts": content_of(row).shown()}
