"""Review: the queue, the thing exactly as it will leave, and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.ledger.money import Money
from effects import decide
from effects.actor import Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.complete import missing
from effects.kinds import (
    CreateCustomer,
    CreateInvoice,
    Effect,
    PostCustomerPayment,
    PostToCustomerChannel,
    PutApplications,
    SendEmail,
    UpdateInvoice,
    waits_for,
)
from effects.moving import effect_of
from erp.review.finding import JournalLine
from flows.cash_books import CashBooks
from flows.cash_journal import journal_preview
from flows.edited_mail import changes_of, guard
from store import companions
from store.effects import (
    AttemptRow,
    DecisionRow,
    EffectRow,
    attempts_of,
    by_key,
    decisions_of,
    effect,
    in_states,
)
from store.engine import Session
from store.erp_names import erp_names
from store.overdue import overdue_of
from store.pages import customer_names, invoice, payment
from store.people import user_names
from store.receivables import PaymentRow
from web.deps import WebDeps
from web.evidence import Evidence, evidence_of
from web.hardening import MAIL_POLICY
from web.rendering import frame, page, today_of
from web.reviewed import Preview, preview_of
from web.visitor import READING, Decider, Deps, Reader, Visitor

router = APIRouter()
WAITING = ("unknown", "failed", "proposed")
_QUEUE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice of a payment posting, before and after."""

    number: str
    netsuite_id: str
    amount: Money
    open_before: Money | None
    discount: Money | None = None

    @property
    def open_after(self) -> Money | None:
        if self.open_before is None:
            return None
        left = self.open_before - self.amount
        return left if self.discount is None else left - self.discount


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything the page shows of one effect."""

    row: EffectRow
    content: Effect
    evidence: Evidence
    decisions: Sequence[DecisionRow]
    attempts: Sequence[AttemptRow]
    lines: list[Line]
    receipt: PaymentRow | None
    preview: Preview | None
    journal: Sequence[JournalLine]
    lacking: str
    follows: EffectRow | None
    companions: Sequence[EffectRow]
    customer: str
    may_decide: bool


@router.get("/review")
async def queue_page(
    request: Request, visitor: Reader, kind: str = "", state: str = "", after: int = 0
) -> Response:
    """The queue with its first item open, or the one that stood behind the item `after`."""
    return await _page(request, visitor, None, kind, state, after=after)


@router.get("/review/{effect_id}")
async def item_page(
    request: Request, visitor: Reader, effect_id: int, kind: str = "", state: str = ""
) -> Response:
    """One item, whatever its state."""
    return await _page(request, visitor, effect_id, kind, state)


@router.get("/review/{effect_id}/mail", dependencies=READING)
async def mail_document(deps: Deps, effect_id: int) -> Response:
    """The HTML part of a proposed mail as its own, powerless document."""
    async with deps.db.read() as session:
        row = await effect(session, effect_id)
    content = effect_of(row) if row is not None else None
    if not isinstance(content, SendEmail):
        raise HTTPException(404)
    return HTMLResponse(content.html, headers={"Content-Security-Policy": MAIL_POLICY})


@router.post("/review/{effect_id}/approve")
async def approve(request: Request, deps: Deps, visitor: Decider, effect_id: int) -> Response:
    form = await request.form()
    async with deps.db.begin() as session:
        answer = await decide.approve(
            session,
            effect_id,
            str(form.get("fingerprint", "")),
            visitor.person,
            deps.policy,
            deps.clock(),
            reason_in(str(form.get("reason", ""))),
        )
    return await _answer(request, visitor, effect_id, answer, "approved")


@router.post("/review/{effect_id}/reject")
async def reject(request: Request, deps: Deps, visitor: Decider, effect_id: int) -> Response:
    form = await request.form()
    reason = reason_in(str(form.get("reason", "")))
    if not reason:
        refusal = Refusal(RefusalCode.FORBIDDEN, "Please say why you reject it. Nothing changed.")
        return await _answer(request, visitor, effect_id, refusal, "")
    async with deps.db.begin() as session:
        answer = await decide.reject(
            session,
            effect_id,
            str(form.get("fingerprint", "")),
            visitor.person,
            deps.policy,
            deps.clock(),
            reason,
        )
    return await _answer(request, visitor, effect_id, answer, "rejected")


@router.post("/review/{effect_id}/edit")
async def edit(request: Request, deps: Deps, visitor: Decider, effect_id: int) -> Response:
    form = await request.form()
    now = deps.clock()
    subject, text = str(form.get("subject", "")).strip(), str(form.get("text", ""))
    async with deps.db.begin() as session:
        row = await effect(session, effect_id)
        content = effect_of(row) if row is not None else None
        if not isinstance(content, SendEmail):
            raise HTTPException(404)
        stay = [int(str(p)) for p in form.getlist("paper") if str(p).isdecimal()]
        papers = stay if "papers" in form else None
        changes = await changes_of(session, content, subject=subject, text=text, papers=papers)
        answer = await decide.edit(
            session,
            effect_id,
            str(form.get("fingerprint", "")),
            changes,
            visitor.person,
            deps.policy,
            now,
            reason_in(str(form.get("reason", ""))),
            guard=guard(session, deps.desk, now),
        )
    if isinstance(answer, Refusal):
        draft = {"subject": subject, "text": text}
        return await _page(request, visitor, effect_id, "", "", refusal=answer, draft=draft)
    return RedirectResponse(f"/review/{effect_id}?notice=edited", 303)


@router.post("/review/{effect_id}/resolve")
async def resolve(request: Request, deps: Deps, visitor: Decider, effect_id: int) -> Response:
    """A person says whether an unclear act happened."""
    form = await request.form()
    happened = form.get("happened") == "yes"
    number = str(form.get("netsuite_id", "")).strip()[:20]
    async with deps.db.begin() as session:
        answer = await decide.resolve_unknown(
            session,
            effect_id,
            visitor.person,
            deps.clock(),
            happened=happened,
            reason=reason_in(str(form.get("reason", ""))),
            evidence={"netsuite_id": number} if number else None,
        )
    notice = "happened" if happened else "not_happened"
    return await _answer(request, visitor, effect_id, answer, notice)


@router.post("/review/{effect_id}/retry")
async def retry(request: Request, deps: Deps, visitor: Decider, effect_id: int) -> Response:
    """Try a failed act again as it stands."""
    form = await request.form()
    async with deps.db.begin() as session:
        answer = await decide.retry(
            session,
            effect_id,
            str(form.get("fingerprint", "")),
            visitor.person,
            deps.clock(),
            reason_in(str(form.get("reason", ""))),
        )
    return await _answer(request, visitor, effect_id, answer, "retried")


def reason_in(text: str) -> str:
    """A reason as it is kept: trimmed, at most 1,000 characters."""
    return text.strip()[:1000]


async def _answer(
    request: Request, visitor: Visitor, effect_id: int, answer: object, notice: str
) -> Response:
    if isinstance(answer, Refusal):
        if answer.code is RefusalCode.NOT_FOUND:
            raise HTTPException(404)
        return await _page(request, visitor, effect_id, "", "", refusal=answer)
    form = await request.form()
    where = {"kind": str(form.get("kind", ""))[:40], "state": str(form.get("state", ""))[:20]}
    kept = {k: v for k, v in where.items() if v}
    after = {"notice": notice, "decided": str(effect_id), "after": str(effect_id)}
    return RedirectResponse(f"/review?{urlencode(after | kept)}", 303)


async def _page(
    request: Request,
    visitor: Visitor,
    effect_id: int | None,
    kind: str,
    state: str,
    *,
    refusal: Refusal | None = None,
    draft: dict[str, str] | None = None,
    after: int = 0,
) -> Response:
    deps: Deps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        states = (state,) if state in WAITING else WAITING
        queue = [r for r in await in_states(session, states, limit=_QUEUE) if kind in ("", r.kind)]
        chosen = effect_id if effect_id is not None else await _next(session, queue, after)
        ids = {r.customer_id or 0 for r in queue}
        subject = await _subject(session, chosen, visitor, deps) if chosen is not None else None
        values: dict[str, object] = {
            "queue": queue,
            "subject": subject,
            "kind": kind,
            "state": state,
            "refusal": refusal,
            "draft": draft,
            "decided": request.query_params.get("decided", ""),
            "customers": await customer_names(session, ids),
            "owed": await overdue_of(session, sorted(ids), today_of(now)),
            "names": await user_names(session),
        }
        around = await frame(session, now)
    status = 409 if refusal else 200
    return page(request, "review.html", visitor, around, values, status=status)


async def _next(session: Session, queue: Sequence[EffectRow], after: int) -> int | None:
    """The item behind a decided one, so that work goes on where it was; else the first."""
    decided = await effect(session, after) if after else None
    behind = [
        r.id
        for r in queue
        if decided is not None and (r.proposed_at, r.id) > (decided.proposed_at, decided.id)
    ]
    left = behind or [r.id for r in queue]
    return left[0] if left else None


async def _subject(session: Session, effect_id: int, visitor: Visitor, deps: WebDeps) -> Subject:
    row = await effect(session, effect_id)
    if row is None:
        raise HTTPException(404)
    content = effect_of(row)
    receipt, lines, preview = None, [], None
    facts = (content.facts or {}) if isinstance(content, SendEmail | PostToCustomerChannel) else {}
    if isinstance(content, PostCustomerPayment):
        receipt = await payment(session, content.payment_id)
        lines = await _lines(session, content)
    elif not isinstance(content, SendEmail | PostToCustomerChannel):
        preview = preview_of(content, await erp_names(session))
    names = await customer_names(session, {row.customer_id or 0})
    needed = Role(row.required_role or Role.COLLECTOR)
    return Subject(
        row=row,
        content=content,
        journal=await _journal(session, deps.desk.cash, content),
        lacking=missing(content),
        follows=await by_key(session, waits_for(content)),
        companions=await companions.waiting_for(session, row.key),
        evidence=evidence_of(row.because, facts),
        decisions=await decisions_of(session, effect_id),
        attempts=await attempts_of(session, effect_id),
        lines=lines,
        receipt=receipt,
        preview=preview,
        customer=names.get(row.customer_id or 0, ""),
        may_decide=visitor.may("decide") and may_approve(visitor.role, needed),
    )


async def _journal(session: Session, books: CashBooks, content: Effect) -> Sequence[JournalLine]:
    """What an act on cash does to the ledger; an invoice brings its journal along."""
    if isinstance(content, SendEmail | CreateInvoice | UpdateInvoice | CreateCustomer):
        return ()
    if isinstance(content, PutApplications | PostToCustomerChannel):
        return ()
    return await journal_preview(session, books, content)


async def _lines(session: Session, content: PostCustomerPayment) -> list[Line]:
    lines = []
    for applied in content.applications:
        row = await invoice(session, applied.invoice_id)
        before = Money(row.open_minor, row.currency) if row is not None else None
        if before is not None and before.currency != applied.amount.currency:
            before = None
        found = Line(applied.number, applied.netsuite_id, applied.amount, before, applied.discount)
        lines.append(found)
    return lines
