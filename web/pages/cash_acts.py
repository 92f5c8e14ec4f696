"""What a person does with one receipt. What leaves the house is approved by somebody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.money import Money
from domain.matching.decision import NotReceiptKind
from effects import decide
from effects.answers import Refusal
from flows.cash import acts
from flows.cash.acts import Choice, Part, choice_of
from flows.cash.converting import book_in
from flows.cash.outcomes import Acted, ActRefused, Chosen
from flows.cash.queue import ReceiptView, receipt_view
from security.permissions import Permission
from store.engine import Session
from web.allocation import Sheet, prefilled, typed
from web.deps import WebDeps
from web.judged import proposals_of
from web.named import customer_named
from web.other_invoices import with_others
from web.pages.cash_receipt import PLACEABLE, Answer, show
from web.rendering import today_of
from web.typed import HOW_AMOUNTS, typed_amount, typed_day, typed_id
from web.visitor import Decider, Deps, Requires, Visitor

router = APIRouter(prefix="/payments/{payment_id:int}")
SheetWriter = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=600))]
_MOST_PARTS = 6
_Outcome = Acted | Chosen | ActRefused
_Act = Callable[[Session], Awaitable[_Outcome]]


@router.post("/allocate")
async def allocate(request: Request, deps: Deps, visitor: SheetWriter, payment_id: int) -> Response:
    """Propose the sheet as it was filled in, or show what it adds up to."""
    sent = await _sent(request)
    view, also = await _placeable(deps, payment_id), sent.get("also", "")
    if also:
        async with deps.db.read() as session:
            view = await with_others(session, view, also, today_of(deps.clock()))
    sheet = typed(view, sent)
    if sent.get("check"):
        if sent["check"] == "sums":
            sheet.choice()
        return await show(request, visitor, payment_id, Answer(sheet=sheet, checked=True))
    return await _propose(request, visitor, payment_id, sheet)


@router.post("/take")
async def take(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Propose what matching proposed, as it stands."""
    digest = (await _sent(request)).get("digest", "")
    view = await _placeable(deps, payment_id)
    ways = dict(zip(view.proposal_digests, proposals_of(view.decision), strict=False))
    if digest not in ways:
        gone = Answer(problem="This is no longer proposed. Please look again.")
        return await show(request, visitor, payment_id, gone)
    choice, sheet = choice_of(ways[digest]), prefilled(view, ways[digest])
    return await _chosen(request, visitor, payment_id, choice, sheet)


async def _propose(request: Request, visitor: Visitor, payment_id: int, sheet: Sheet) -> Response:
    choice = sheet.choice()
    if choice is None:
        return await show(request, visitor, payment_id, Answer(sheet=sheet))
    return await _chosen(request, visitor, payment_id, choice, sheet)


async def _chosen(
    request: Request, visitor: Visitor, payment_id: int, choice: Choice, sheet: Sheet
) -> Response:
    """Propose it; where that is refused, the sheet shows why."""
    deps: WebDeps = request.app.state.deps
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await acts.choose(session, deps.desk, payment_id, choice, by, now)
    if isinstance(answer, ActRefused):
        sheet.problems["sums"] = answer.reason
        return await show(request, visitor, payment_id, Answer(sheet=sheet))
    return _back(payment_id, "chosen")


@router.post("/approve")
async def approve(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Approve the posting and what belongs to it, as shown: all of it or nothing."""
    form = await request.form()
    picks = [str(one).partition(":") for one in form.getlist("pick")]
    try:
        async with deps.db.begin() as session:
            for effect_id, _, fingerprint in picks:
                await _approve(session, deps, visitor, effect_id, fingerprint)
    except _Refused as refused:
        answer = Answer(refusal=refused.refusal)
        return await show(request, visitor, payment_id, answer)
    return _back(payment_id, "approved")


class _Refused(Exception):
    """One of several approvals was refused, so none counts."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(self.__doc__))
        self.refusal = refusal


async def _approve(
    session: Session, deps: WebDeps, visitor: Visitor, effect_id: str, fingerprint: str
) -> None:
    answer = await decide.approve(
        session,
        typed_id(effect_id) or 0,
        fingerprint,
        visitor.person,
        deps.policy,
        deps.clock(),
    )
    if isinstance(answer, Refusal):
        raise _Refused(answer)


@router.post("/decline")
async def decline(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """This way is wrong: it never returns."""
    sent = await _sent(request)
    digest, reason = sent.get("digest", ""), sent.get("reason", "")
    by, now = visitor.person.actor, deps.clock()

    async def act(session: Session) -> _Outcome:
        return await acts.decline(session, deps.desk, payment_id, digest, reason, by, now)

    return await _done(request, visitor, payment_id, act, "declined", needs_reason=True)


@router.post("/payer")
async def payer(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """This customer paid it."""
    sent = await _sent(request)
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.read() as session:
        customer_id = await customer_named(session, sent.get("customer", ""))
    if customer_id is None:
        wrong = Answer("No single customer has this name or number.", act="payer", typed=sent)
        return await show(request, visitor, payment_id, wrong)
    remember = sent.get("remember") == "yes"

    async def act(session: Session) -> _Outcome:
        return await acts.assign_payer(
            session, deps.desk, payment_id, customer_id, by, now, remember=remember
        )

    return await _done(request, visitor, payment_id, act, "payer")


@router.post("/on-account")
async def on_account(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Propose to post it without invoices."""
    reason = (await _sent(request)).get("reason", "")
    by, now = visitor.person.actor, deps.clock()

    async def act(session: Session) -> _Outcome:
        return await acts.on_account(session, deps.desk, payment_id, reason, by, now)

    return await _done(request, visitor, payment_id, act, "chosen", "account", needs_reason=True)


@router.post("/park")
async def park(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Lay it aside."""
    sent = await _sent(request)
    reason, told = sent.get("reason", ""), sent.get("until", "")
    until, by, now = typed_day(told), visitor.person.actor, deps.clock()
    if told and until is None:
        wrong = Answer("Please write the day like 2026-03-31.", act="park", typed=sent)
        return await show(request, visitor, payment_id, wrong)

    async def act(session: Session) -> _Outcome:
        return await acts.park(session, deps.desk, payment_id, reason, until, by, now)

    return await _done(request, visitor, payment_id, act, "parked", "park", needs_reason=True)


@router.post("/currency")
async def currency(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Book it in the currency of the invoices that it pays, or as it came again."""
    sent = await _sent(request)
    code, by, now = sent.get("currency", "").upper(), visitor.person.actor, deps.clock()
    amount = typed_amount(sent.get("amount", ""), code)
    if not amount:
        wrong = Answer(f"{HOW_AMOUNTS} A currency has three letters.", act="currency", typed=sent)
        return await show(request, visitor, payment_id, wrong)
    booked: Money = amount

    async def act(session: Session) -> _Outcome:
        return await book_in(session, payment_id, booked, sent.get("reason", ""), by, now)

    return await _done(
        request, visitor, payment_id, act, "booked_in", "currency", needs_reason=True
    )


@router.post("/unpark")
async def unpark(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Take it up again."""
    by, now = visitor.person.actor, deps.clock()

    async def act(session: Session) -> _Outcome:
        return await acts.unpark(session, deps.desk, payment_id, by, now)

    return await _done(request, visitor, payment_id, act, "unparked")


@router.post("/not-a-receipt")
async def not_a_receipt(
    request: Request, deps: Deps, visitor: Decider, payment_id: int
) -> Response:
    """No customer sent it for an invoice; or one did, after all."""
    sent = await _sent(request)
    kind, reason = sent.get("kind", ""), sent.get("reason", "")
    by, now = visitor.person.actor, deps.clock()
    if kind and kind not in {k.value for k in NotReceiptKind}:
        raise HTTPException(404)

    async def act(session: Session) -> _Outcome:
        return await acts.not_a_receipt(session, deps.desk, payment_id, kind, reason, by, now)

    notice = "not_a_receipt" if kind else "unparked"
    return await _done(request, visitor, payment_id, act, notice, "not", needs_reason=True)


@router.post("/apply")
async def apply(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Propose to put what stands unapplied on invoices."""
    sent = await _sent(request)
    currency = (await _view(deps, payment_id)).line.amount.currency
    typed = {k.removeprefix("pay."): v for k, v in sent.items() if k.startswith("pay.") and v}
    amounts = {typed_id(k): typed_amount(v, currency) for k, v in typed.items()}
    if not amounts or None in amounts or not all(amounts.values()):
        wrong = Answer(HOW_AMOUNTS, act="apply", typed=sent)
        return await show(request, visitor, payment_id, wrong)
    asked = {k: v for k, v in amounts.items() if k is not None and v is not None}
    by, now = visitor.person.actor, deps.clock()

    async def act(session: Session) -> _Outcome:
        reason = sent.get("reason", "")
        return await acts.apply_unapplied(session, deps.desk, payment_id, asked, reason, by, now)

    return await _done(request, visitor, payment_id, act, "chosen", "apply", needs_reason=True)


@router.post("/unapply")
async def unapply(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Propose to take a posted payment off invoices."""
    form = await request.form()
    ids = [i for i in map(typed_id, form.getlist("invoice")) if i is not None]
    reason = (await _sent(request)).get("reason", "")
    by, now = visitor.person.actor, deps.clock()
    if not ids:
        return await show(request, visitor, payment_id, Answer("Tick the invoices first."))

    async def act(session: Session) -> _Outcome:
        return await acts.unapply(session, deps.desk, payment_id, ids, reason, by, now)

    return await _done(request, visitor, payment_id, act, "chosen", needs_reason=True)


@router.post("/refund")
async def refund(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Propose to give unapplied money back."""
    sent = await _sent(request)
    view = await _view(deps, payment_id)
    amount = typed_amount(sent.get("amount", ""), view.line.amount.currency)
    if not amount:
        return await show(request, visitor, payment_id, Answer(HOW_AMOUNTS))
    asked: Money = amount
    by, now = visitor.person.actor, deps.clock()

    async def act(session: Session) -> _Outcome:
        reason = sent.get("reason", "")
        return await acts.refund(session, deps.desk, payment_id, asked, reason, by, now)

    return await _done(request, visitor, payment_id, act, "chosen", needs_reason=True)


@router.post("/split")
async def split(request: Request, deps: Deps, visitor: Decider, payment_id: int) -> Response:
    """Take it apart into its payers."""
    sent = await _sent(request)
    view = await _view(deps, payment_id)
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.read() as session:
        parts, problem = await _parts(session, view, sent)
    if problem:
        wrong = Answer(problem, act="split", typed=sent)
        return await show(request, visitor, payment_id, wrong)

    async def act(session: Session) -> _Outcome:
        return await acts.split(session, deps.desk, payment_id, parts, by, now)

    return await _done(request, visitor, payment_id, act, "split", "split")


async def _parts(
    session: Session, view: ReceiptView, sent: Mapping[str, str]
) -> tuple[list[Part], str]:
    """The parts that were typed, and what is wrong with them."""
    parts, currency = [], view.line.amount.currency
    for n in range(1, _MOST_PARTS + 1):
        told = sent.get(f"amount.{n}", "")
        if not told:
            continue
        amount, name = typed_amount(told, currency), sent.get(f"customer.{n}", "")
        if not amount:
            return [], f"Part {n}: {HOW_AMOUNTS}"
        customer_id = await customer_named(session, name) if name else None
        if name and customer_id is None:
            return [], f"Part {n}: no single customer has this name or number."
        told_by = sent.get(f"payer.{n}", ""), sent.get(f"reference.{n}", "")
        parts.append(Part(amount, told_by[0], customer_id, told_by[1]))
    whole = sum((part.amount for part in parts), Money.zero(currency))
    if len(parts) < 2:
        return [], "Give at least two parts an amount."
    if whole != view.line.amount:
        return [], f"The parts add up to {whole}, not to {view.line.amount}."
    return parts, ""


async def _done(
    request: Request,
    visitor: Visitor,
    payment_id: int,
    act: _Act,
    notice: str,
    which: str = "",
    *,
    needs_reason: bool = False,
) -> Response:
    """Carry it out in one transaction and go back to the receipt, or say why not."""
    deps: WebDeps = request.app.state.deps
    sent = await _sent(request)
    if needs_reason and not sent.get("reason"):
        wrong = Answer("Please say why.", act=which, typed=sent)
        return await show(request, visitor, payment_id, wrong)
    async with deps.db.begin() as session:
        answer = await act(session)
    if isinstance(answer, ActRefused):
        refused = Answer(answer.reason, act=which, typed=sent)
        return await show(request, visitor, payment_id, refused)
    return _back(payment_id, notice)


async def _view(deps: WebDeps, payment_id: int) -> ReceiptView:
    async with deps.db.read() as session:
        view = await receipt_view(session, payment_id)
    if view is None:
        raise HTTPException(404)
    return view


async def _placeable(deps: WebDeps, payment_id: int) -> ReceiptView:
    view = await _view(deps, payment_id)
    if view.line.state not in PLACEABLE:
        raise HTTPException(409, "This payment does not wait for a choice any more.")
    return view


async def _sent(request: Request) -> dict[str, str]:
    """The form's text fields, each bounded."""
    form = await request.form()
    return {name: str(value).strip()[:1000] for name, value in form.items()}


def _back(payment_id: int, notice: str) -> Response:
    return RedirectResponse(f"/payments/{payment_id}?notice={notice}", 303)
