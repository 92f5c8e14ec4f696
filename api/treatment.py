"""How a customer is treated beside the policy, by API."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused
from api.resources import Id
from domain.ledger.party import CcMode
from effects.answers import Refusal
from flows.facts import load_case
from flows.treatment import Treatment, treat, treatment_of
from store.parties import CustomerRow, customer

router = APIRouter(prefix="/api/v1")


class Wanted(BaseModel):
    """How the customer shall be treated; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    tags: list[str] | None = Field(default=None, max_length=20)
    vip: bool | None = None
    natural_person: bool | None = None
    send_mode: Literal["", "always", "until_someone_replies", "never"] | None = None
    cc_mode: CcMode | None = None
    owner_id: int | None = Field(default=None, description="A user's id; null: nobody's.")
    reason: str = Field(default="", max_length=1000)


@router.get("/customers/{customer_id}/treatment", dependencies=READING)
async def shown(deps: Deps, customer_id: Id) -> dict[str, Any]:
    """The customer's settings, and the segment they are in today."""
    async with deps.db.read() as session:
        row = await customer(session, customer_id)
        case = await load_case(session, deps.desk, customer_id, deps.clock())
    if row is None or case is None:
        raise NotFound
    manual = case.policy.manual_only
    return {**_shape(row), "segment": case.policy.segment or None, "manual_only": manual}


@router.patch("/customers/{customer_id}/treatment")
async def change(deps: Deps, caller: Reviewer, customer_id: Id, sent: Wanted) -> dict[str, Any]:
    """Change some of the customer's settings."""
    async with deps.db.begin() as session:
        row = await customer(session, customer_id)
        if row is None:
            raise NotFound
        now = treatment_of(row)
        wanted = Treatment(
            tags=now.tags if sent.tags is None else tuple(sent.tags),
            vip=now.vip if sent.vip is None else sent.vip,
            natural_person=(
                now.natural_person if sent.natural_person is None else sent.natural_person
            ),
            send_mode=now.send_mode if sent.send_mode is None else sent.send_mode,
            cc_mode=now.cc_mode if sent.cc_mode is None else sent.cc_mode,
            owner_id=sent.owner_id if "owner_id" in sent.model_fields_set else now.owner_id,
        )
        answer = await treat(session, row, wanted, caller.person, sent.reason, deps.clock())
        if isinstance(answer, Refusal):
            raise Refused(answer)
        return {**_shape(row), "changed": answer.changed, "withdrawn": answer.withdrawn}


def _shape(row: CustomerRow) -> dict[str, Any]:
    treated = treatment_of(row)
    return {
        "tags": list(treated.tags),
        "vip": treated.vip,
        "natural_person": treated.natural_person,
        "send_mode": treated.send_mode or None,
        "cc_mode": treated.cc_mode.value,
        "owner_id": treated.owner_id,
    }
