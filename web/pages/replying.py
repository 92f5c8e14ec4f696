"""What replies left for people: answers in parts, disputes with their clock, new contacts."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal
from flows import contacts, disputes, plans_of_answers, silencing
from flows.plans_of_answers import Chosen
from store import answer_plans, contact_proposals, stops
from store import disputes as dispute_rows
from store.pages import customer_names
from store.people import user_names, users
from store.receivables import open_invoices
from store.standing import DisputeRow
from web.rendering import frame, page, today_of
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
_INVOICES = 100


@router.get("/answers")
async def answers_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Answers that wait, each with what it does."""
    async with deps.db.read() as session:
        waiting = await answer_plans.waiting_plans(session)
        values: dict[str, object] = {
            "plans": [(plan, effect, name) for plan, effect, name in waiting]
        }
        around = await frame(session, deps.clock())
    return page(request, "replying/answers.html", visitor, around, values)


@router.get("/answers/{plan_id}")
async def plan_page(request: Request, visitor: Reader, plan_id: int) -> Response:
    """One plan of answers with its parts."""
    return await _plan(request, visitor, plan_id, "")


async def _plan(request: Request, visitor: Visitor, plan_id: int, problem: str) -> Response:
    deps = request.app.state.deps
    async with deps.db.read() as session:
        found = await plans_of_answers.view(session, plan_id)
        if found is None:
            raise HTTPException(404)
        names = await customer_names(session, {found.plan.customer_id})
        around = await frame(session, deps.clock())
    values = {"view": found, "customer": names.get(found.plan.customer_id, ""), "problem": problem}
    status = 409 if problem else 200
    return page(request, "replying/plan.html", visitor, around, values, status=status)


@router.post("/answers/{plan_id}")
async def choose(request: Request, deps: Deps, visitor: Decider, plan_id: int) -> Response:
    """Answer only the parts that are ticked; the mail as it stands then waits in Review."""
    form = await request.form()
    wanted = [str(value)[:80] for value in form.getlist("part")][:50]
    async with deps.db.begin() as session:
        answer = await plans_of_answers.choose(
            session, deps.desk, plan_id, wanted, by=visitor.person, now=deps.clock()
        )
    match answer:
        case Refusal(message=message):
            return await _plan(request, visitor, plan_id, message)
        case Chosen(None):
            return RedirectResponse("/answers", 303)
        case Chosen(effect_id):
            return RedirectResponse(f"/review/{effect_id}", 303)


@router.get("/disputes")
async def disputes_page(request: Request, visitor: Reader) -> Response:
    """Open disputes, what is due first on top."""
    return await _disputes(request, visitor, "")


async def _disputes(request: Request, visitor: Visitor, problem: str) -> Response:
    deps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        found = await dispute_rows.open_cases(session)
        whole = [row for row, _ in found if row.invoice_id is None]
        owed = {
            row.customer_id: (await open_invoices(session, row.customer_id))[:_INVOICES]
            for row in whole[:20]
        }
        numbers = await dispute_rows.numbers_of(session, [r.invoice_id for r, _ in found])
        values: dict[str, object] = {
            "cases": found,
            "owed": owed,
            "numbers": numbers,
            "people": [u for u in await users(session) if u.active],
            "names": await user_names(session),
            "problem": problem,
            "today": today_of(now),
        }
        around = await frame(session, now)
    status = 409 if problem else 200
    return page(request, "replying/disputes.html", visitor, around, values, status=status)


@router.post("/disputes/{dispute_id}")
async def change_dispute(
    request: Request, deps: Deps, visitor: Decider, dispute_id: int
) -> Response:
    """Settle a dispute, give it to somebody, or say which invoices it is about."""
    form = await request.form()
    act, by, now = str(form.get("act", "")), visitor.person, deps.clock()
    answer: DisputeRow | int | Refusal
    async with deps.db.begin() as session:
        if act == "resolve":
            words = str(form.get("resolution", ""))
            answer = await disputes.resolve(session, dispute_id, by=by, resolution=words, now=now)
        elif act == "assign":
            owner = str(form.get("owner", ""))
            user_id = int(owner) if owner.isascii() and owner.isdecimal() else None
            answer = await disputes.assign(session, dispute_id, user_id, by=by, now=now)
        elif act == "narrow":
            ids = [int(v) for v in map(str, form.getlist("invoice")) if v.isdecimal()][:_INVOICES]
            answer = await disputes.narrow(session, dispute_id, ids, by=by, now=now)
        else:
            raise HTTPException(422)
    if isinstance(answer, Refusal):
        return await _disputes(request, visitor, answer.message)
    return RedirectResponse("/disputes", 303)


@router.get("/contacts")
async def contacts_page(request: Request, visitor: Reader) -> Response:
    """Contacts that mails named and nobody confirmed."""
    return await _contacts(request, visitor, "")


async def _contacts(request: Request, visitor: Visitor, problem: str) -> Response:
    deps = request.app.state.deps
    async with deps.db.read() as session:
        rows = await contact_proposals.undecided(session)
        names = await customer_names(session, {row.customer_id for row in rows})
        around = await frame(session, deps.clock())
    values = {"rows": rows, "customers": names, "problem": problem}
    status = 409 if problem else 200
    return page(request, "replying/contacts.html", visitor, around, values, status=status)


@router.post("/contacts/{proposal_id}")
async def decide_contact(
    request: Request, deps: Deps, visitor: Decider, proposal_id: int
) -> Response:
    """Confirm a contact, or refuse it."""
    form = await request.form()
    said, by, now = str(form.get("how", "")).strip()[:500], visitor.person, deps.clock()
    async with deps.db.begin() as session:
        if form.get("act") == "confirm":
            answer = await contacts.confirm(session, proposal_id, by=by, how=said, now=now)
        else:
            answer = await contacts.refuse_contact(
                session, proposal_id, by=by, reason=said, now=now
            )
    if isinstance(answer, Refusal):
        return await _contacts(request, visitor, answer.message)
    return RedirectResponse("/contacts", 303)


@router.post("/contacts/on-file/{contact_id}")
async def change_contact(
    request: Request, deps: Deps, visitor: Decider, contact_id: int
) -> Response:
    """Write to an address on file no more, or again."""
    form = await request.form()
    reason, by, now = str(form.get("reason", ""))[:300], visitor.person, deps.clock()
    acts = {"silence": silencing.silence, "restore": silencing.restore}
    act = acts.get(str(form.get("act", "")))
    if act is None:
        raise HTTPException(422)
    async with deps.db.begin() as session:
        answer = await act(session, contact_id, by=by, reason=reason, now=now)
        row = await stops.contact_locked(session, contact_id)
    if isinstance(answer, Refusal):
        return await _contacts(request, visitor, answer.message)
    where = f"/customers/{row.customer_id}" if row is not None else "/contacts"
    return RedirectResponse(where, 303)
