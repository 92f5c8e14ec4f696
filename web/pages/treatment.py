"""How one customer is treated beside the policy: shown with what follows from it, and changed."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from domain.dunning.policy_values import SendMode
from domain.ledger.party import CcMode
from effects.answers import Refusal
from flows.facts import load_case
from flows.policy_groups import groups_of
from flows.treatment import Treatment, treat, treatment_of
from store.parties import customer
from store.people import users
from web.pages.review import reason_in
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader

router = APIRouter()
MODES = {
    "": "As the policy says",
    SendMode.UNTIL_SOMEONE_REPLIES: "By themselves until somebody replies",
    SendMode.NEVER: "Never without a person",
}
COPIES = {
    CcMode.DEFAULT: "As the policy says",
    CcMode.ENABLED: "Always",
    CcMode.DISABLED: "Never",
}


@router.get("/customers/{customer_id}/treatment")
async def treatment_page(
    request: Request, deps: Deps, visitor: Reader, customer_id: int
) -> Response:
    """The settings of a customer, and the policy as it holds for them today."""
    now = deps.clock()
    async with deps.db.read() as session:
        row = await customer(session, customer_id)
        case = await load_case(session, deps.desk, customer_id, now)
        if row is None or case is None:
            raise HTTPException(404)
        values = {
            "customer": row,
            "treatment": treatment_of(row),
            "policy": case.policy,
            "group": groups_of(case.policy)["follow_up"],
            "modes": MODES,
            "copies": COPIES,
            "people": [user for user in await users(session) if user.active],
        }
        around = await frame(session, now)
    return page(request, "policy/treatment.html", visitor, around, values)


@router.post("/customers/{customer_id}/treatment")
async def change(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Change the settings of a customer."""
    form = await request.form(max_fields=20)
    reason = reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        row = await customer(session, customer_id)
        if row is None:
            raise HTTPException(404)
        wanted = _wanted(form)
        answer = await treat(session, row, wanted, visitor.person, reason, deps.clock())
    if isinstance(answer, Refusal):
        raise HTTPException(403, answer.message)
    return RedirectResponse(f"/customers/{customer_id}/treatment?notice=treated", 303)


def _wanted(form: FormData) -> Treatment:
    mode, copies = str(form.get("send_mode", "")), str(form.get("cc_mode", ""))
    owner = str(form.get("owner", ""))[:18]
    return Treatment(
        tags=tuple(str(form.get("tags", ""))[:1000].split(",")),
        vip=form.get("vip") == "yes",
        natural_person=form.get("natural_person") == "yes",
        send_mode=mode if mode in list(SendMode) else "",
        cc_mode=CcMode(copies) if copies in list(CcMode) else CcMode.DEFAULT,
        owner_id=int(owner) if owner.isascii() and owner.isdecimal() else None,
    )
