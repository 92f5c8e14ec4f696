"""Credits beside invoices: undone, recovered, memos set against invoices, and one alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.credits import CreditFinding, Reason
from domain.ledger.money import Money
from flows.credits import recovering, setting, standing_alone, voids
from flows.credits.asked import CreditRefused, Requested
from security.permissions import Permission
from store import applied_memos, credit_requests
from store.credit_requests import CreditRequestRow
from store.engine import Session
from store.parties import customer
from store.receivables import CreditMemoRow, InvoiceRow, open_invoices
from web.credit_form import SOURCE
from web.deps import WebDeps
from web.pages.crediting import show_one
from web.rendering import frame, page
from web.reviewed_credits import REASONS
from web.typed import HOW_AMOUNTS, typed_amount, typed_id
from web.visitor import Decider, Deps, Requires, Visitor

router = APIRouter(prefix="/credits")
Asker = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=1000))]
_ALONE = (Reason.GOODWILL, Reason.CONCESSION, Reason.QUALITY)
_MOST_MEMOS, _MOST_INVOICES = 5, 40
_Findings = tuple[CreditFinding, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was typed, and why it was not done."""

    typed: Mapping[str, str] = field(default_factory=dict)
    refused: _Findings = ()


@router.post("/{request_id:int}/void")
async def void(request: Request, deps: Deps, visitor: Decider, request_id: int) -> Response:
    """Ask that the credit memo of a request is voided in the ERP."""
    reason = str((await request.form()).get("reason", ""))[:500]
    async with deps.db.begin() as session:
        row = await _request(session, request_id)
        memo = await applied_memos.memo_named(session, row.netsuite_id)
        if memo is None:
            raise HTTPException(404)
        asked = voids.VoidAsked("credit_memo", memo.id, reason, SOURCE, f"void:{request_id}")
        by = visitor.person.actor
        answer = await voids.request_void(session, deps.desk, asked, by, deps.clock())
    return await _answered(request, visitor, request_id, answer)


@router.post("/{request_id:int}/recover")
async def recover(request: Request, deps: Deps, visitor: Decider, request_id: int) -> Response:
    """Take unapplied money for what was written off."""
    form = await request.form()
    payment = typed_id(form.get("payment", "")) or 0
    async with deps.db.begin() as session:
        row = await _request(session, request_id)
        amount = typed_amount(str(form.get("amount", "")), row.currency)
        asked = recovering.RecoveryAsked(
            request_id,
            payment,
            amount or Money.zero(row.currency),
            str(form.get("note", ""))[:500],
            SOURCE,
            f"recover:{request_id}:{payment}:{amount.minor if amount else 0}",
        )
        by = visitor.person.actor
        answer = await recovering.request_recovery(session, deps.desk, asked, by, deps.clock())
    return await _answered(request, visitor, request_id, answer)


@router.get("/customers/{customer_id:int}")
async def customer_page(request: Request, visitor: Decider, customer_id: int) -> Response:
    """Open memos beside open invoices, and a form for a credit of no invoice."""
    return await _customer(request, visitor, customer_id, _Tried())


@router.post("/customers/{customer_id:int}/settings")
async def settle(request: Request, deps: Deps, visitor: Asker, customer_id: int) -> Response:
    """Propose to set memos against invoices as typed: all or none."""
    sent = await _sent(request)
    async with deps.db.begin() as session:
        memos, invoices = await _open(session, customer_id)
        asked, problems = _settings(sent, memos, invoices)
        refused: _Findings = tuple(problems)
        if not problems:
            reason = sent.get("reason", "")
            by = visitor.person.actor
            answer = await setting.set_against(session, deps.desk, asked, reason, by, deps.clock())
            refused = answer.findings if isinstance(answer, CreditRefused) else ()
    if refused:
        return await _customer(request, visitor, customer_id, _Tried(sent, refused))
    return RedirectResponse(f"/credits/customers/{customer_id}?notice=credit_asked", 303)


@router.post("/customers/{customer_id:int}/alone")
async def alone(request: Request, deps: Deps, visitor: Asker, customer_id: int) -> Response:
    """Propose a credit that belongs to no invoice."""
    sent = await _sent(request)
    async with deps.db.begin() as session:
        owner = await customer(session, customer_id)
        if owner is None:
            raise HTTPException(404)
        amount = typed_amount(sent.get("amount", ""), owner.currency)
        reason = next((one for one in _ALONE if one == sent.get("why")), Reason.GOODWILL)
        asked = standing_alone.AloneAsked(
            customer_id,
            amount or Money.zero(owner.currency),
            reason,
            sent.get("note", ""),
            SOURCE,
            f"alone:{customer_id}:{visitor.user_id}:{sent.get('key', '')[:20]}",
        )
        by = visitor.person.actor
        answer = await standing_alone.request_alone(session, deps.desk, asked, by, deps.clock())
    if isinstance(answer, CreditRefused):
        return await _customer(request, visitor, customer_id, _Tried(sent, answer.findings))
    return RedirectResponse(f"/credits/{answer.request_id}?notice=credit_asked", 303)


async def _sent(request: Request) -> dict[str, str]:
    return {name[:60]: str(value)[:1000] for name, value in (await request.form()).items()}


async def _request(session: Session, request_id: int) -> CreditRequestRow:
    row = await credit_requests.request(session, request_id)
    if row is None:
        raise HTTPException(404)
    return row


async def _answered(
    request: Request, visitor: Visitor, request_id: int, answer: Requested | CreditRefused
) -> Response:
    if isinstance(answer, CreditRefused):
        return await show_one(request, visitor, request_id, answer.findings)
    return RedirectResponse(f"/credits/{answer.request_id}?notice=credit_asked", 303)


async def _open(session: Session, customer_id: int) -> tuple[list[CreditMemoRow], list[InvoiceRow]]:
    memos = list(await applied_memos.open_memos(session, customer_id))[:_MOST_MEMOS]
    invoices = list(await open_invoices(session, customer_id))[:_MOST_INVOICES]
    return memos, invoices


def _settings(
    sent: Mapping[str, str], memos: list[CreditMemoRow], invoices: list[InvoiceRow]
) -> tuple[list[setting.SettingAsked], list[CreditFinding]]:
    asked: list[setting.SettingAsked] = []
    problems: list[CreditFinding] = []
    for memo in memos:
        for invoice in invoices:
            amount = typed_amount(sent.get(f"m-{memo.id}-{invoice.id}", ""), memo.currency)
            if amount is None:
                words = f"{invoice.number}: this is no amount."
                problems.append(CreditFinding("CRM-013", True, words, HOW_AMOUNTS))
            elif amount:
                asked.append(setting.SettingAsked(memo.id, invoice.id, amount))
    return asked, problems


async def _customer(
    request: Request, visitor: Visitor, customer_id: int, tried: _Tried
) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        owner = await customer(session, customer_id)
        if owner is None:
            raise HTTPException(404)
        memos, invoices = await _open(session, customer_id)
        latest = await credit_requests.requests_page(session, customer_id=customer_id, limit=1)
        around = await frame(session, deps.clock())
    values = {
        "customer": owner,
        "memos": memos,
        "invoices": invoices,
        "typed": tried.typed,
        "refused": tried.refused,
        "key": str(latest[0][0].id if latest else 0),
        "reasons": {str(one): REASONS[one] for one in _ALONE},
    }
    status = 422 if tried.refused else 200
    return page(request, "credits/customer.html", visitor, around, values, status=status)
