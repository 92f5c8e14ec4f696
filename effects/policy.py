"""Who may let an effect happen: the approval policy as a value, and the pure functions over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.ledger.money import Money
from effects.actor import Role


@dataclass(frozen=True, slots=True)
class Auto:
    """It may happen by itself. `rule` is the name of the rule that says so."""

    rule: str


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """Somebody of at least `role` must approve."""

    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """It may not happen, whoever approves."""

    reason: str


Verdict = Auto | NeedsApproval | Forbidden


@dataclass(frozen=True, slots=True)
class Limits:
    """Most money by currency. A currency that is not listed has no allowance at all."""

    amounts: tuple[Money, ...] = ()

    def of(self, currency: str) -> Money | None:
        return next((limit for limit in self.amounts if limit.currency == currency), None)

    def allow(self, amount: Money) -> bool:
        limit = self.of(amount.currency)
        return limit is not None and amount <= limit


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the policy: the conditions under which it fits, and what it then says.

    Empty conditions always fit. `confidence` is a whole percentage the evidence must reach.
    `done_before` is how many of the kind the customer must have had already.
    """

    name: str
    then: Literal["automatic", "forbidden"] | Role
    purposes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    up_to: Limits | None = None
    above: Limits | None = None
    confidence: int = 0
    done_before: int = 0


@dataclass(frozen=True, slots=True)
class KindPolicy:
    """The rules of one effect kind, first fit decides; and who may spend how much.

    `each` and `day` are per approver role: one act, and all acts of one person in 24 hours.
    `customer_day` caps what is approved for one customer in 24 hours, `automatic_day` what
    the policy itself lets through. `editor_approves`: whoever edited it may approve it too.
    """

    rules: tuple[Rule, ...]
    each: Mapping[Role, Limits] = field(default_factory=dict)
    day: Mapping[Role, Limits] = field(default_factory=dict)
    customer_day: Limits | None = None
    automatic_day: Limits | None = None
    editor_approves: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """The whole policy. A kind without rules needs a controller."""

    name: str
    kinds: Mapping[str, KindPolicy]
    expire_days: int = 7


@dataclass(frozen=True, slots=True)
class Spent:
    """What was already approved in the last 24 hours, in the currency of the effect asked about."""

    by_policy: Money | None = None
    by_person: Money | None = None
    for_customer: Money | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What the policy looks at. `confidence` is a whole percentage, None when nobody measured.

    `review` is a reason why a person must see it, whatever the rules allow.
    """

    kind: str
    amount: Money | None = None
    confidence: int | None = None
    purpose: str = ""
    step: str = ""
    written_by: str = ""
    review: str = ""
    done_before: int = 0
    spent: Spent = Spent()


@dataclass(frozen=True, slots=True)
class NotWithin:
    """A person may not approve this: which limit, and what it says."""

    code: Literal["over_limit", "cap"]
    message: str


_LEAST = Role.COLLECTOR
# Money that leaves the house: whatever a policy file says, a controller decides.
CONTROLLER_ALWAYS = frozenset({"refund_customer"})


def decide_policy(policy: ApprovalPolicy, request: Request) -> Verdict:
    """What the policy says about a request: the first rule that fits, within the caps."""
    kind = policy.kinds.get(request.kind)
    rule = next((r for r in kind.rules if _fits(r, request)), None) if kind else None
    if kind is None or rule is None:
        return NeedsApproval(Role.CONTROLLER, "no rule fits")
    if rule.then == "forbidden":
        return Forbidden(rule.name)
    if request.kind in CONTROLLER_ALWAYS:
        return NeedsApproval(Role.CONTROLLER, rule.name)
    if isinstance(rule.then, Role):
        return NeedsApproval(rule.then, rule.name)
    if request.review:
        return NeedsApproval(_asked(kind, request), request.review)
    capped = _cap_of_policy(kind, request)
    return NeedsApproval(_asked(kind, request), capped) if capped else Auto(rule.name)


def within_limits(
    policy: ApprovalPolicy, kind: str, amount: Money | None, role: Role, spent: Spent
) -> NotWithin | None:
    """None when a person of `role` may approve `amount` now."""
    rules = policy.kinds.get(kind)
    if amount is None or rules is None:
        return None
    each = rules.each.get(role)
    if each is not None and not each.allow(amount):
        return NotWithin("over_limit", f"{role} may approve at most {_limit(each, amount)} at once")
    day = rules.day.get(role)
    if day is not None and not day.allow(_plus(amount, spent.by_person)):
        return NotWithin("cap", f"{role} may approve at most {_limit(day, amount)} in 24 hours")
    cap = rules.customer_day
    if cap is not None and not cap.allow(_plus(amount, spent.for_customer)):
        return NotWithin("cap", f"one customer gets at most {_limit(cap, amount)} in 24 hours")
    return None


def _fits(rule: Rule, request: Request) -> bool:
    return (
        (not rule.purposes or request.purpose in rule.purposes)
        and (not rule.steps or request.step in rule.steps)
        and (not rule.writers or request.written_by in rule.writers)
        and (rule.confidence == 0 or (request.confidence or 0) >= rule.confidence)
        and request.done_before >= rule.done_before
        and _amount_fits(rule, request.amount)
    )


def _amount_fits(rule: Rule, amount: Money | None) -> bool:
    if amount is None:
        return rule.up_to is None and rule.above is None
    if rule.up_to is not None and not rule.up_to.allow(amount):
        return False
    if rule.above is None:
        return True
    floor = rule.above.of(amount.currency)
    return floor is None or amount > floor


def _asked(kind: KindPolicy, request: Request) -> Role:
    """Who decides what the policy will not let through by itself."""
    for rule in kind.rules:
        if isinstance(rule.then, Role) and _fits(rule, request):
            return rule.then
    return _LEAST if request.amount is None else Role.APPROVER


def _cap_of_policy(kind: KindPolicy, request: Request) -> str:
    if request.amount is None:
        return ""
    cap = kind.automatic_day
    if cap is not None and not cap.allow(_plus(request.amount, request.spent.by_policy)):
        return f"more than {_limit(cap, request.amount)} automatically in 24 hours"
    cap = kind.customer_day
    if cap is not None and not cap.allow(_plus(request.amount, request.spent.for_customer)):
        return f"more than {_limit(cap, request.amount)} for one customer in 24 hours"
    return ""


def _plus(amount: Money, spent: Money | None) -> Money:
    return amount if spent is None else amount + spent


def _limit(limits: Limits, amount: Money) -> str:
    limit = limits.of(amount.currency)
    return f"0 {amount.currency} (no limit is set)" if limit is None else str(limit)
