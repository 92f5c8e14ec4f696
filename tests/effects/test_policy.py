"""The approval policy: the first rule that fits, its caps, and what a role may spend."""

from __future__ import annotations

import pytest

from domain.ledger.money import Money
from effects.actor import Role
from effects.policy import (
    ApprovalPolicy,
    Auto,
    Forbidden,
    KindPolicy,
    NeedsApproval,
    Request,
    Rule,
    Spent,
    Verdict,
    decide_policy,
    within_limits,
)
from tests.effects.outside import POLICY, usd


def pay(amount: str, confidence: int | None = 99, spent: str = "0", currency: str = "USD",
        review: str = "") -> Request:  # fmt: skip
    used = Spent(by_policy=Money.parse(spent, currency), for_customer=Money.parse(spent, currency))
    whole = Money.parse(amount, currency)
    return Request("post_customer_payment", whole, confidence, review=review, spent=used)


@pytest.mark.parametrize(
    ("request_", "verdict"),
    [
        (pay("1000.00"), Auto("certain and small")),
        (pay("1000.01"), NeedsApproval(Role.APPROVER, "medium")),
        (pay("1000.00", confidence=94), NeedsApproval(Role.APPROVER, "medium")),
        (pay("1000.00", confidence=None), NeedsApproval(Role.APPROVER, "medium")),
        (pay("50000.01"), NeedsApproval(Role.CONTROLLER, "anything else")),
        (pay("1000000.01"), Forbidden("too much")),
        (pay("10.00", currency="EUR"), Forbidden("too much")),
        (pay("10.00", review="odd"), NeedsApproval(Role.APPROVER, "odd")),
        (
            pay("1000.00", spent="500.01"),
            NeedsApproval(Role.APPROVER, "more than 1,500.00 USD automatically in 24 hours"),
        ),
        (pay("1000.00", spent="500.00"), Auto("certain and small")),
        (Request("send_email"), NeedsApproval(Role.COLLECTOR, "mail is read first")),
        (Request("write_off"), NeedsApproval(Role.CONTROLLER, "no rule fits")),
    ],
)
def test_the_first_rule_that_fits_decides(request_: Request, verdict: Verdict) -> None:
    assert decide_policy(POLICY, request_) == verdict


def wrote(purpose: str = "", step: str = "", by: str = "", done_before: int = 0) -> Request:
    return Request("send_email", purpose=purpose, step=step, written_by=by, done_before=done_before)


@pytest.mark.parametrize(
    ("rule", "fitting", "other"),
    [
        (Rule("r", "automatic", purposes=("reply",)), wrote("reply"), wrote("followup")),
        (Rule("r", "automatic", steps=("due",)), wrote(step="due"), wrote(step="firm")),
        (Rule("r", "automatic", writers=("template",)), wrote(by="template"), wrote(by="model")),
        (Rule("r", "automatic", done_before=2), wrote(done_before=2), wrote(done_before=1)),
        (Rule("r", "automatic", up_to=usd("5")), pay("5.00"), pay("5.01")),
        (Rule("r", "automatic", up_to=usd("5")), pay("5.00"), wrote()),
        (Rule("r", "automatic", above=usd("5")), pay("5.01"), pay("5.00")),
        (Rule("r", "automatic", confidence=90), pay("1", confidence=90), pay("1", confidence=89)),
    ],
)
def test_each_condition_counts(rule: Rule, fitting: Request, other: Request) -> None:
    kind = KindPolicy((rule,))
    policy = ApprovalPolicy("t", {"send_email": kind, "post_customer_payment": kind})
    assert decide_policy(policy, fitting) == Auto("r")
    assert decide_policy(policy, other) == NeedsApproval(Role.CONTROLLER, "no rule fits")


@pytest.mark.parametrize(
    ("amount", "role", "spent", "code"),
    [
        ("20000.00", Role.APPROVER, "0", None),
        ("20000.01", Role.APPROVER, "0", "over_limit"),
        ("20000.00", Role.APPROVER, "10000.00", None),
        ("20000.00", Role.APPROVER, "10000.01", "cap"),
        ("400000.00", Role.CONTROLLER, "100000.01", "cap"),
    ],
)
def test_a_role_spends_within_its_limits(
    amount: str, role: Role, spent: str, code: str | None
) -> None:
    used = Spent(by_person=Money.parse(spent, "USD"), for_customer=Money.parse(spent, "USD"))
    found = within_limits(POLICY, "post_customer_payment", Money.parse(amount, "USD"), role, used)
    assert (found.code if found else None) == code


def test_a_currency_without_a_limit_cannot_be_approved() -> None:
    euros = Money.parse("1.00", "EUR")
    found = within_limits(POLICY, "post_customer_payment", euros, Role.APPROVER, Spent())
    assert found is not None
    assert "no limit is set" in found.message


def test_an_empty_policy_lets_a_controller_decide() -> None:
    assert decide_policy(ApprovalPolicy("t", {}), pay("1.00")) == NeedsApproval(
        Role.CONTROLLER, "no rule fits"
    )


def test_above_fits_only_above() -> None:
    rule = Rule("big", "forbidden", above=usd("100"))
    policy = ApprovalPolicy(
        "t", {"post_customer_payment": KindPolicy((rule, Rule("else", "automatic")))}
    )
    assert decide_policy(policy, pay("100.00")) == Auto("else")
    assert decide_policy(policy, pay("100.01")) == Forbidden("big")


def test_no_policy_lets_money_be_paid_back_without_a_controller() -> None:
    kinds = {"refund_customer": KindPolicy((Rule("all", "automatic"),))}
    verdict = decide_policy(
        ApprovalPolicy("p", kinds), Request("refund_customer", Money.parse("1.00", "USD"))
    )
    assert verdict == NeedsApproval(Role.CONTROLLER, "all")
