"""Cash by API: the queue, one receipt, what people do with it, classes and rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api import cash_shapes as shapes
from api.auth import READING, Caller, Reviewer
from api.deps import Deps
from api.errors import KeyInsufficient, NotFound, Unprocessable
from api.resources import After, Id, Limit, Page, listed
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from effects import decide
from effects.answers import Refusal
from flows.cash import acts, queue, rules, standing
from flows.cash.converting import book_in
from flows.cash.outcomes import Acted, ActRefused, Chosen
from security.permissions import Permission, allows

router = APIRouter(prefix="/api/v1/cash")
Tab = Literal["auto", "proposed", "ambiguous", "unmatched", "not_a_receipt", "parked"]
Text = Annotated[str, Field(max_length=500)]
Search = Annotated[str, Query(max_length=100)]
_STRICT = ConfigDict(extra="forbid", strict=True)


class Amount(BaseModel):
    """Decimal text and its currency."""

    model_config = _STRICT
    amount: Annotated[str, Field(max_length=40)]
    currency: Annotated[str, Field(min_length=3, max_length=3)]

    def money(self) -> Money:
        try:
            return Money.parse(self.amount, self.currency)
        except LedgerError as error:
            raise Unprocessable(str(error)) from error


class Line(BaseModel):
    """What of the money goes to one invoice, and what closes more of it."""

    model_config = _STRICT
    invoice_id: int
    amount: Amount
    discount: Amount | None = None
    writeoff: Amount | None = None
    deduction: Amount | None = None
    deduction_code: Annotated[str, Field(max_length=60)] = ""


class Credit(BaseModel):
    """What of a credit is taken with the money."""

    model_config = _STRICT
    kind: Literal["credit_memo", "deposit", "journal", "unapplied_payment"]
    id: int
    amount: Amount


class Allocation(BaseModel):
    """How the receipt is to be applied."""

    model_config = _STRICT
    lines: Annotated[list[Line], Field(max_length=500)]
    credits: Annotated[list[Credit], Field(max_length=50)] = []
    fee: Amount | None = None
    keep_unapplied: bool = False
    explicit: Literal["exact", "partial", "over"] = "exact"
    reason: Text = ""


class AppliedSent(BaseModel):
    """What of the unapplied money goes to one invoice."""

    model_config = _STRICT
    invoice_id: int
    amount: Amount


class Applied(BaseModel):
    """How unapplied money is put on invoices, and why."""

    model_config = _STRICT
    applications: Annotated[list[AppliedSent], Field(min_length=1, max_length=500)]
    reason: Text = ""


_Plain = Literal["decline", "payer", "park", "unpark", "on_account", "not_a_receipt", "unapply"]
_OfMoney = Literal["refund", "book_in"]


class Act(BaseModel):
    """What is done with a receipt. Each act reads its own fields."""

    model_config = _STRICT
    reason: Text = ""
    digest: Annotated[str, Field(max_length=64)] = ""
    customer_id: int = 0
    remember: bool = False
    until: Annotated[str, Field(max_length=10)] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    invoice_ids: Annotated[list[int], Field(max_length=500)] = []
    amount: Amount | None = None


class PartSent(BaseModel):
    """One payer's part."""

    model_config = _STRICT
    amount: Amount
    payer_name: Annotated[str, Field(max_length=200)] = ""
    customer_id: int | None = None
    reference: Annotated[str, Field(max_length=1000)] = ""


class Pick(BaseModel):
    """An effect as it was seen."""

    model_config = _STRICT
    effect_id: int
    fingerprint: Annotated[str, Field(min_length=64, max_length=64)]


class Many(BaseModel):
    """Postings of one class to approve, each decided on its own."""

    model_config = _STRICT
    klass: Annotated[str, Field(max_length=40)]
    picks: Annotated[list[Pick], Field(min_length=1, max_length=200)]


class RuleSent(BaseModel):
    """A rule as the matching policy writes it."""

    model_config = _STRICT
    rule: dict[str, Any]
    words: Annotated[str, Field(max_length=1000)] = ""


class Reason(BaseModel):
    """Why."""

    model_config = _STRICT
    reason: Text = ""


@router.get("/queue", dependencies=READING)
async def lines(
    deps: Deps, tab: Tab = "proposed", search: Search = "", after: After = 0, limit: Limit = 50
) -> Page:
    """Receipts of a tab, the latest first; `after` is the last id seen."""
    async with deps.db.read() as session:
        found = await queue.queue(session, tab, search=search, after=after, limit=limit)
        counts = await queue.counts(session)
    last = found[-1].payment_id if found else None
    return {**listed([shapes.line(x) for x in found], limit, last), "counts": counts}


@router.get("/queue.csv", dependencies=READING)
async def as_csv(deps: Deps, tab: Tab = "proposed", search: Search = "") -> Response:
    """A tab as CSV."""
    async with deps.db.read() as session:
        content = await queue.export_csv(session, tab, search)
    return Response(content.encode("utf-8-sig"), media_type="text/csv; charset=utf-8")


@router.get("/receipts/{payment_id}", dependencies=READING)
async def one(deps: Deps, payment_id: Id) -> Page:
    """One receipt beside what it may be for."""
    async with deps.db.read() as session:
        view = await queue.receipt_view(session, payment_id, books=deps.desk.cash)
    if view is None:
        raise NotFound
    return shapes.view(view)


@router.post("/receipts/{payment_id}/choose")
async def choose(deps: Deps, caller: Reviewer, payment_id: Id, sent: Allocation) -> Page:
    """Propose an allocation; somebody else approves it."""
    choice = acts.Choice(
        lines=tuple(_line(line) for line in sent.lines),
        credits=tuple(acts.ChoiceCredit(c.kind, c.id, c.amount.money()) for c in sent.credits),
        fee=_maybe(sent.fee),
        keep_unapplied=sent.keep_unapplied,
        explicit=sent.explicit,
        reason=sent.reason,
    )
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        return _told(await acts.choose(session, deps.desk, payment_id, choice, by, now))


@router.post("/receipts/{payment_id}/split")
async def split(deps: Deps, caller: Reviewer, payment_id: Id, parts: list[PartSent]) -> Page:
    """Take a receipt apart into its payers."""
    if len(parts) > 200:
        raise Unprocessable("At most 200 parts.")
    wanted = [acts.Part(p.amount.money(), p.payer_name, p.customer_id, p.reference) for p in parts]
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        return _told(await acts.split(session, deps.desk, payment_id, wanted, by, now))


@router.post("/receipts/{payment_id}/apply")
async def apply(deps: Deps, caller: Reviewer, payment_id: Id, sent: Applied) -> Page:
    """Propose to put what stands unapplied on invoices."""
    amounts = {line.invoice_id: line.amount.money() for line in sent.applications}
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        at = (session, deps.desk, payment_id)
        return _told(await acts.apply_unapplied(*at, amounts, sent.reason, by, now))


@router.post("/receipts/{payment_id}/{act}")
async def act(
    deps: Deps,
    caller: Reviewer,
    payment_id: Id,
    act: _Plain | _OfMoney,
    sent: Act,
) -> Page:
    """Do one of the simple acts."""
    by, now, desk = caller.person.actor, deps.clock(), deps.desk
    async with deps.db.begin() as session:
        at = (session, desk, payment_id)
        match act:
            case "decline":
                return _told(await acts.decline(*at, sent.digest, sent.reason, by, now))
            case "payer":
                return _told(
                    await acts.assign_payer(*at, sent.customer_id, by, now, remember=sent.remember)
                )
            case "park":
                return _told(await acts.park(*at, sent.reason, _day(sent.until), by, now))
            case "unpark":
                return _told(await acts.unpark(*at, by, now))
            case "on_account":
                return _told(await acts.on_account(*at, sent.reason, by, now))
            case "not_a_receipt":
                return _told(await acts.not_a_receipt(*at, sent.kind, sent.reason, by, now))
            case "unapply":
                return _told(await acts.unapply(*at, sent.invoice_ids, sent.reason, by, now))
            case "refund":
                return _told(await acts.refund(*at, _said(sent), sent.reason, by, now))
            case "book_in":
                return _told(await book_in(session, payment_id, _said(sent), sent.reason, by, now))


def _said(sent: Act) -> Money:
    if sent.amount is None:
        raise Unprocessable("Say how much.")
    return sent.amount.money()


@router.post("/approve")
async def approve_many(deps: Deps, caller: Reviewer, sent: Many) -> Page:
    """Approve postings of one class; each is decided on its own, in a transaction of its own."""
    told = []
    for pick in sent.picks:
        async with deps.db.begin() as session:
            if await queue.class_of(session, pick.effect_id) != sent.klass:
                told.append({"effect_id": pick.effect_id, "problem": "It is of another class."})
                continue
            answer = await decide.approve(
                session,
                pick.effect_id,
                pick.fingerprint,
                caller.person,
                deps.desk.approval,
                deps.clock(),
            )
        problem = answer.message if isinstance(answer, Refusal) else ""
        told.append({"effect_id": pick.effect_id, "problem": problem})
    return {"items": told}


@router.get("/classes", dependencies=READING)
async def classes(deps: Deps) -> Page:
    """Where each class of matches stands, with its count and bound."""
    async with deps.db.read() as session:
        found = await standing.standing_of_classes(session, deps.desk.matching)
    return {"items": [shapes.plain(one) for one in found]}


@router.post("/classes/{klass}/live")
async def live(deps: Deps, caller: Reviewer, klass: str) -> Page:
    """Let a class act alone, if its trial is over. Only for those who may automate."""
    _may_automate(caller)
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        policy = deps.desk.matching
        return _told(await standing.go_live(session, policy, klass[:40], by, now))


@router.post("/classes/{klass}/review")
async def back(deps: Deps, caller: Reviewer, klass: str, sent: Reason) -> Page:
    """Let a class act no longer."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        return _told(await standing.back_to_review(session, klass[:40], by, sent.reason, now))


@router.get("/rules", dependencies=READING)
async def all_rules(deps: Deps) -> Page:
    """The rules in the order they are read."""
    async with deps.db.read() as session:
        found = await rules.list_rules(session, deps.desk.matching)
    return {"items": [shapes.rule(one) for one in found]}


@router.post("/rules", status_code=201)
async def propose_rule(deps: Deps, caller: Reviewer, sent: RuleSent) -> Page:
    """Add a rule that does not act yet."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        found = await rules.propose_rule(
            session, deps.desk.matching, sent.rule, by, now, words=sent.words
        )
    if isinstance(found, ActRefused):
        raise Unprocessable(found.reason)
    return shapes.rule(found)


@router.get("/rules/{name}/dry-run", dependencies=READING)
async def tried(deps: Deps, name: str) -> Page:
    """What a rule would have made of what people decided."""
    async with deps.db.read() as session:
        found = await rules.dry_run_rule(session, deps.desk.matching, name[:120])
    if isinstance(found, ActRefused):
        raise NotFound
    return {**_plain(found), "may_go_live": found.may_go_live}


@router.post("/rules/{name}/activate")
async def activate(deps: Deps, caller: Reviewer, name: str) -> Page:
    """Switch a rule on, if nothing that people decided contradicts it."""
    _may_automate(caller)
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        policy = deps.desk.matching
        return _told(await rules.activate_rule(session, policy, name[:120], by, now))


@router.post("/rules/{name}/retire")
async def retire(deps: Deps, caller: Reviewer, name: str, sent: Reason) -> Page:
    """Switch a rule off."""
    by, now = caller.person.actor, deps.clock()
    async with deps.db.begin() as session:
        return _told(await rules.retire_rule(session, name[:120], by, sent.reason, now))


def _line(line: Line) -> acts.ChoiceLine:
    return acts.ChoiceLine(
        line.invoice_id,
        line.amount.money(),
        discount=_maybe(line.discount),
        writeoff=_maybe(line.writeoff),
        deduction=_maybe(line.deduction),
        deduction_code=line.deduction_code,
    )


def _maybe(amount: Amount | None) -> Money | None:
    return None if amount is None else amount.money()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Unprocessable("Write the day like 2026-03-31.") from error


def _told(answer: Chosen | Acted | ActRefused) -> Page:
    if isinstance(answer, ActRefused):
        raise Unprocessable(answer.reason)
    return _plain(answer)


def _plain(value: object) -> Page:
    found: Page = shapes.plain(value)
    return found


def _may_automate(caller: Caller) -> None:
    if not allows(caller.role, Permission.AUTOMATE):
        raise KeyInsufficient(f"The role {caller.role} does not allow it.")
