"""Rules of matching: in their order, tried over the past, written in a form, switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from domain.matching.dry_run import DryRun
from domain.matching.rules import OldestFirst, PayerIs, Rule
from flows.cash import rules as flow
from flows.cash.outcomes import ActRefused
from flows.cash.rules import RuleStanding
from security.permissions import Permission
from store.engine import Session
from store.pages import customer_names
from store.people import user_names
from web import cash_words, rule_form
from web.deps import WebDeps
from web.named import customer_named
from web.rendering import frame, page
from web.rule_form import RuleForm, rule_of, then_words, when_words
from web.visitor import Decider, Deps, Reader, Requires, Visitor
from web.who import Who

router = APIRouter(prefix="/payments/rules")
Automator = Annotated[Visitor, Depends(Requires(Permission.AUTOMATE))]
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as the page tells it."""

    standing: RuleStanding
    when: list[str]
    then: str


@dataclass(slots=True)
class Answer:
    """What the page shows besides the rules: a refusal, a form, a rule tried over the past."""

    problem: str = ""
    form: RuleForm = field(default_factory=RuleForm)
    tried: str = ""

    @property
    def status(self) -> int:
        return 422 if self.form.problems else 409 if self.problem else 200


@router.get("")
async def rules_page(request: Request, visitor: Reader, tried: str = "") -> Response:
    """The rules; `tried` names one that is tried over what people decided."""
    return await _page(request, visitor, Answer(tried=tried[:_LONGEST]))


@router.post("")
async def write(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Save a rule; it does not act yet."""
    sent = await request.form()
    texts = {name: str(sent.get(name, "")).strip()[:200] for name in rule_form.TEXTS}
    ticked = tuple(str(one) for one in sent.getlist("channels") if one in rule_form.CHANNELS)
    form = RuleForm(texts, ticked)
    async with deps.db.read() as session:
        body = form.body(await _customers(session, form))
    rule = rule_of(form, body)
    if rule is None:
        return await _page(request, visitor, Answer(form=form))
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await flow.propose_rule(session, deps.desk.matching, body, by, now)
    if isinstance(answer, ActRefused):
        form.problems["name"] = answer.reason
        return await _page(request, visitor, Answer(form=form))
    return _back(rule.name, "rule_saved")


async def _customers(session: Session, form: RuleForm) -> dict[str, int]:
    """The customers that were named, by field; what names none is told at its field."""
    found = {}
    asked = ["customer", *(n for n in rule_form.CUSTOMERS if n == form.values.get("then"))]
    for name in asked:
        text = form.values.get(name, "")
        customer_id = await customer_named(session, text) if text else None
        if customer_id is not None:
            found[name] = customer_id
        elif text:
            form.problems[name] = "No single customer has this name or number."
    return found


@router.post("/live")
async def live(request: Request, deps: Deps, visitor: Automator) -> Response:
    """Switch a rule on, if nothing that people decided contradicts it."""
    name = await _name(request)
    policy, by, now = deps.desk.matching, visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await flow.activate_rule(session, policy, name, by, now)
    if isinstance(answer, ActRefused):
        return await _page(request, visitor, Answer(answer.reason, tried=name))
    return RedirectResponse("/payments/rules?notice=rule_live", 303)


@router.post("/retire")
async def retire(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Switch a rule off."""
    name = await _name(request)
    reason = str((await request.form()).get("reason", "")).strip()[:500]
    by, now = visitor.person.actor, deps.clock()
    if not reason:
        return await _page(request, visitor, Answer("Please say why."))
    async with deps.db.begin() as session:
        answer = await flow.retire_rule(session, name, by, reason, now)
    if isinstance(answer, ActRefused):
        return await _page(request, visitor, Answer(answer.reason))
    return RedirectResponse("/payments/rules?notice=rule_retired", 303)


async def _name(request: Request) -> str:
    return str((await request.form()).get("name", ""))[:_LONGEST]


def _back(name: str, notice: str) -> Response:
    query = urlencode({"notice": notice, "tried": name})
    return RedirectResponse(f"/payments/rules?{query}#tried", 303)


async def _page(request: Request, visitor: Visitor, answer: Answer) -> Response:
    deps: WebDeps = request.app.state.deps
    policy = deps.desk.matching
    async with deps.db.read() as session:
        found = await flow.list_rules(session, policy)
        names = await customer_names(session, {i for r in found for i in _named_in(r.rule)})
        values = {
            "rules": [_shown(one, names) for one in found],
            "dry": await _dry(session, deps, answer.tried),
            "tried": answer.tried,
            "who": Who(await user_names(session)),
            "form": answer.form,
            "problem": answer.problem,
            "may": visitor.may("decide"),
            "may_automate": visitor.may("automate"),
            "me": str(visitor.person.actor),
            "cash": cash_words,
            "channels": rule_form.CHANNELS,
            "actions": rule_form.ACTIONS,
            "shortfalls": rule_form.SHORTFALLS,
        }
        around = await frame(session, deps.clock())
    return page(request, "cash/rules.html", visitor, around, values, status=answer.status)


async def _dry(session: Session, deps: WebDeps, name: str) -> DryRun | None:
    if not name:
        return None
    found = await flow.dry_run_rule(session, deps.desk.matching, name)
    return found if isinstance(found, DryRun) else None


def _named_in(rule: Rule) -> set[int]:
    ids = set(rule.when.customers)
    return ids | {rule.then.customer_id} if isinstance(rule.then, PayerIs | OldestFirst) else ids


def _shown(one: RuleStanding, names: Mapping[int, str]) -> Shown:
    return Shown(one, when_words(one.rule.when, names), then_words(one.rule.then, names))
