"""Credits by API: what they would be, proposing them, the list, one; nothing is decided here."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from api import shapes
from api.auth import READING, Reviewer
from api.cash_shapes import plain
from api.credit_bodies import (
    SOURCE,
    AloneSent,
    CreditSent,
    RebillSent,
    RecoverySent,
    RunSent,
    SettingsSent,
    VoidSent,
    WriteOffSent,
    credit_asked,
    day_of,
    write_off_asked,
)
from api.deps import Deps
from api.errors import NotFound, NotReadyToSubmit
from api.resources import After, Id, Limit, Page, listed
from domain.ledger.credits import CreditFinding, Reason
from flows.credits import (
    giving_up,
    rebilling,
    recovering,
    requesting,
    setting,
    showing,
    standing_alone,
    voids,
)
from flows.credits.asked import (
    CreditAsked,
    CreditRefused,
    Planned,
    Requested,
    WriteOffAsked,
)
from flows.credits.showing import Listed

router = APIRouter(prefix="/api/v1/credits")


@router.get("", dependencies=READING)
async def all_credits(
    deps: Deps,
    kind: Literal["", "credit", "write_off", "void", "recovery"] = "",
    customer_id: After = 0,
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """What was asked for, the latest first; `after` is the last id seen."""
    async with deps.db.read() as session:
        found = await showing.listed(
            session, kind=kind, customer_id=customer_id, after=after, limit=limit
        )
    return listed([_listed(one) for one in found], limit, found[-1].row.id if found else None)


@router.get("/{request_id}", dependencies=READING)
async def one_credit(deps: Deps, request_id: Id) -> Page:
    """One request with its lines, its effects and the journal that was approved."""
    async with deps.db.read() as session:
        found = await showing.shown(session, request_id)
    if found is None:
        raise NotFound
    currency = found.listed.row.currency
    lines = [
        {**line.model_dump(mode="json", exclude={"id", "request_id"}), "currency": currency}
        for line in found.lines
    ]
    effects = [shapes.effect(row) | {"payload": row.payload} for row in found.effects]
    return {**_listed(found.listed), "lines": lines, "effects": effects}


@router.post("/preview", dependencies=READING)
async def preview(deps: Deps, sent: CreditSent) -> Page:
    """What a credit would be: findings, lines and the balanced journal. Nothing is written."""
    return await _previewed(deps, credit_asked(sent))


@router.post("/write-offs/preview", dependencies=READING)
async def preview_write_off(deps: Deps, sent: WriteOffSent) -> Page:
    """What a write-off would be. Nothing is written."""
    return await _previewed(deps, write_off_asked(sent))


@router.post("", status_code=201)
async def propose(deps: Deps, caller: Reviewer, sent: CreditSent) -> Page:
    """Propose a credit; somebody else approves it. Warnings are accepted by the note."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await requesting.request_credit(session, deps.desk, credit_asked(sent), by, now)
    return _told(answer)


@router.post("/alone", status_code=201)
async def alone(deps: Deps, caller: Reviewer, sent: AloneSent) -> Page:
    """Propose a credit memo that belongs to no invoice and stays in the customer's favour."""
    by, now = caller.person.actor, deps.clock()
    asked = standing_alone.AloneAsked(
        sent.customer_id, sent.amount.money(), Reason(sent.reason), sent.note, SOURCE, sent.key,
        sent.item_netsuite_id, day_of(sent.on),
    )  # fmt: skip
    async with deps.db.begin() as session:
        return _told(await standing_alone.request_alone(session, deps.desk, asked, by, now))


@router.post("/write-offs", status_code=201)
async def write_off(deps: Deps, caller: Reviewer, sent: WriteOffSent) -> Page:
    """Propose to give an invoice up."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await giving_up.request_write_off(
            session, deps.desk, write_off_asked(sent), by, now
        )
    return _told(answer)


@router.post("/rebills", status_code=201)
async def rebill(deps: Deps, caller: Reviewer, sent: RebillSent) -> Page:
    """Propose the full credit of an invoice and draft the new one."""
    by, now = caller.person.actor, deps.clock()
    asked = rebilling.RebillAsked(sent.invoice_id, sent.note, SOURCE, sent.key)
    async with deps.db.begin() as session:
        answer = await rebilling.rebill(session, deps.desk, asked, by, now)
    if isinstance(answer, CreditRefused):
        raise _not_done(answer)
    return {**_told(answer.credit), "draft_id": answer.draft_id}


@router.post("/voids", status_code=201)
async def void(deps: Deps, caller: Reviewer, sent: VoidSent) -> Page:
    """Ask that somebody voids a document in the ERP."""
    by, now = caller.person.actor, deps.clock()
    asked = voids.VoidAsked(sent.record, sent.document_id, sent.reason, SOURCE, sent.key)
    async with deps.db.begin() as session:
        return _told(await voids.request_void(session, deps.desk, asked, by, now))


@router.post("/recoveries", status_code=201)
async def recover(deps: Deps, caller: Reviewer, sent: RecoverySent) -> Page:
    """Propose to bring back a claim that was written off, with money that came for it."""
    by, now = caller.person.actor, deps.clock()
    asked = recovering.RecoveryAsked(
        sent.write_off_id, sent.payment_id, sent.amount.money(), sent.note, SOURCE, sent.key
    )
    async with deps.db.begin() as session:
        return _told(await recovering.request_recovery(session, deps.desk, asked, by, now))


@router.post("/settings", status_code=201)
async def set_against(deps: Deps, caller: Reviewer, sent: SettingsSent) -> Page:
    """Propose to set open credit memos against invoices."""
    by, now = caller.person.actor, deps.clock()
    asked = [
        setting.SettingAsked(one.memo_id, one.invoice_id, one.amount.money())
        for one in sent.settings
    ]
    async with deps.db.begin() as session:
        answer = await setting.set_against(session, deps.desk, asked, sent.reason, by, now)
    if isinstance(answer, CreditRefused):
        raise _not_done(answer)
    return {"effect_ids": list(answer)}


@router.post("/small-balances", status_code=201)
async def small_balances(deps: Deps, caller: Reviewer, sent: RunSent) -> Page:
    """Propose to let small balances go, within the caps of the policy."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        done = await giving_up.run_small_balances(session, deps.desk, sent.run, by, now)
    return {"items": [_told(one) for one in done]}


async def _previewed(deps: Deps, asked: CreditAsked | WriteOffAsked) -> Page:
    async with deps.db.read() as session:
        found = await showing.preview(session, deps.desk, asked, deps.clock().date())
    if found is None:
        raise NotFound
    _, planned = found
    return _planned(planned)


def _planned(planned: Planned) -> Page:
    effect = planned.effect
    return {
        "blocked": planned.blocked,
        "findings": [_finding(one) for one in planned.findings],
        "request": plain(planned.request),
        "title": effect.title() if effect is not None else "",
        "lines": [line.payload() for line in effect.lines] if effect is not None else [],
        "journal": plain(planned.journal),
    }


def _listed(one: Listed) -> dict[str, Any]:
    row = one.row
    parts = ("amount", "tax", "offset", "refund", "balance", "undelivered")
    told = {name: {"minor": getattr(row, f"{name}_minor"), "currency": row.currency}
            for name in parts}  # fmt: skip
    kept = row.model_dump(
        mode="json", exclude={*(f"{name}_minor" for name in parts), "detail", "currency"}
    )
    return {**kept, **told, "state": one.state, "customer": one.customer}


def _told(answer: Requested | CreditRefused) -> Page:
    if isinstance(answer, CreditRefused):
        raise _not_done(answer)
    return {
        "request_id": answer.request_id,
        "effect_ids": list(answer.effect_ids),
        "created": answer.created,
        "warnings": [_finding(one) for one in answer.warnings],
    }


def _not_done(answer: CreditRefused) -> NotReadyToSubmit:
    """Each finding with its id, its message and what mends it."""
    return NotReadyToSubmit(answer.words, findings=[_finding(one) for one in answer.findings])


def _finding(one: CreditFinding) -> Page:
    return {
        "id": one.id,
        "severity": "block" if one.blocking else "warn",
        "message": one.message,
        "fix": one.fix,
        "subject": one.subject,
    }
