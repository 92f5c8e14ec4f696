"""One receipt beside what it may be for: evidence, gates, journal, and the sheet to allocate it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from domain.ledger.money import Money
from effects.actor import Role, may_approve
from effects.answers import Refusal
from flows.attachments import attached_to
from flows.cash.queue import ReceiptView, receipt_view
from flows.remittance import linked_advices
from store.cash_pages import applied_invoices
from store.draft_pages import effects_by_id
from store.engine import Session
from store.pages import customer_names
from store.people import user_names
from store.receipt_values import arrived_money
from web import cash_words
from web.allocation import EXPLICIT, Sheet, prefilled
from web.deps import WebDeps
from web.judged import judged, proposals_of
from web.rendering import frame, page
from web.typed import typed_id
from web.visitor import Reader, Visitor
from web.who import Who
from web.words import ROLES

router = APIRouter()
PLACEABLE = ("received", "waiting", "proposed")
# Typed text of the small forms, so that a refusal loses nothing.
_TYPED = {"customer": "", "reason": "", "until": ""}


@dataclass(slots=True)
class Answer:
    """What a refused act shows again: the reason, what was typed, and which form it was."""

    problem: str = ""
    refusal: Refusal | None = None
    sheet: Sheet | None = None
    checked: bool = False
    act: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        if self.sheet is not None:
            return 422 if self.sheet.problems and not self.checked else 200
        return 409 if self.problem or self.refusal else 200


@router.get("/payments/{payment_id:int}")
async def receipt_page(request: Request, visitor: Reader, payment_id: int) -> Response:
    """The receipt as it stands."""
    return await show(request, visitor, payment_id, Answer())


async def show(request: Request, visitor: Visitor, payment_id: int, answer: Answer) -> Response:
    """The page, with what became of an act that was refused."""
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        view = await receipt_view(session, payment_id, books=deps.desk.cash)
        if view is None:
            raise HTTPException(404)
        values = await _values(session, view)
        own = await _own(session, view, visitor)
        around = await frame(session, now)
    values |= _acting(request, view, visitor, answer)
    if own:
        values |= {"may_approve": False, "why_not": "You proposed it; somebody else approves it."}
    return page(request, "cash/receipt.html", visitor, around, values, status=answer.status)


async def _values(session: Session, view: ReceiptView) -> dict[str, object]:
    decision = view.decision
    payer_id = getattr(getattr(decision, "payer", None), "customer_id", None)
    ids = {p.allocation.customer_id for p in proposals_of(decision)}
    names = await customer_names(session, {*ids, payer_id or 0, view.line.customer_id or 0})
    return {
        "view": view,
        "row": view.row,
        "arrived": arrived_money(view.row),
        "other": _other(view),
        "judged": judged(view, names),
        "payer": names.get(payer_id or 0, ""),
        "advices": await linked_advices(session, view.line.payment_id),
        "files": await attached_to(session, view.line.payment_id),
        "applied": await applied_invoices(session, view.line.payment_id),
        "who": Who(await user_names(session)),
        "cash": cash_words,
        "explicit": EXPLICIT,
        "tab": _tab(view),
    }


def _other(view: ReceiptView) -> Money | None:
    """What the money may be in another currency: what was sent, else what one invoice has open."""
    ours, sent = view.line.amount.currency, view.receipt.instructed
    if sent is not None and sent.currency != ours:
        return sent
    found = [c.available for c in view.candidates if c.available.currency != ours]
    return found[0] if found else None


async def _own(session: Session, view: ReceiptView, visitor: Visitor) -> bool:
    """Whether this person proposed what waits here."""
    ids = {e.effect_id for e in view.effects if e.state == "proposed"}
    rows = (await effects_by_id(session, ids)).values()
    me = visitor.person.actor
    return any((r.proposed_by_kind, r.proposed_by_id) == (me.kind, me.id) for r in rows)


def _acting(
    request: Request, view: ReceiptView, visitor: Visitor, answer: Answer
) -> dict[str, object]:
    """What this person may do here, and what was typed before."""
    may = visitor.may("decide")
    placeable = may and view.line.state in PLACEABLE
    proposed = [e for e in view.effects if e.state == "proposed"]
    needed = {Role(e.required_role or Role.COLLECTOR) for e in proposed}
    highest = [r for r in needed if not may_approve(visitor.role, r)]
    return {
        "may": may,
        "may_place": placeable,
        "proposed": bool(proposed),
        "may_approve": may and not highest,
        "why_not": _why_not(highest),
        "sheet": (answer.sheet or _sheet(request, view)) if placeable else None,
        "sheet_open": not proposed or answer.sheet is not None or "from" in request.query_params,
        "problem": answer.problem,
        "refusal": answer.refusal,
        "open_act": answer.act,
        "typed": {**_TYPED, **answer.typed},
    }


def _why_not(missing: list[Role]) -> str:
    if not missing:
        return "Your role reads and decides nothing."
    return f"This waits for somebody with the role {ROLES[missing[0]]} or above."


def _sheet(request: Request, view: ReceiptView) -> Sheet:
    """Prefilled with the proposal that the address asks for, else with the best one."""
    proposals = proposals_of(view.decision)
    asked = typed_id(request.query_params.get("from", "1")) or 1
    chosen = proposals[asked - 1] if 0 < asked <= len(proposals) else None
    return prefilled(view, chosen)


def _tab(view: ReceiptView) -> str:
    """The tab of the queue in which this receipt stands."""
    line = view.line
    if line.state in ("parked", "not_a_receipt"):
        return line.state
    if line.state == "proposed":
        return "auto" if line.live and line.effect_state != "proposed" else "proposed"
    if line.state in ("waiting", "received") and line.outcome in ("ambiguous", "unmatched"):
        return line.outcome
    return "all"
