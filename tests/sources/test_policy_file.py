"""Policy files: what ships is valid, and every mistake is shown with its place and a way out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.dunning.interest import InterestPolicy
from domain.dunning.policy import default_policy
from effects.actor import Role
from sources.policy_file import (
    PolicyFileError,
    approval_policy,
    dunning_policy,
    load_approval,
    load_dunning,
)

SHIPPED = Path(__file__).parents[2] / "app" / "defaults"
REFUND = "refund_customer:\n  rules:\n    - {name: all, then: automatic}\n"
MAIL = "send_email:\n  rules:\n    - name: all\n      then: collector\n"


def test_the_shipped_approval_policy_is_valid() -> None:
    policy = load_approval(SHIPPED / "approval.yaml")
    assert policy.name == "default"
    assert policy.kinds["send_email"].rules[-1].then is Role.COLLECTOR
    assert policy.kinds["post_customer_payment"].rules[0].then is Role.APPROVER


def test_nothing_is_automatic_out_of_the_box() -> None:
    policy = load_approval(SHIPPED / "approval.yaml")
    assert not any(
        rule.then == "automatic" for kind in policy.kinds.values() for rule in kind.rules
    )


def test_the_demo_posts_certain_matches_by_itself_and_sends_no_mail() -> None:
    policy = load_approval(SHIPPED / "demo" / "approval.yaml")
    automatic = {
        name
        for name, kind in policy.kinds.items()
        if any(r.then == "automatic" for r in kind.rules)
    }
    assert automatic == {"post_customer_payment"}


def test_the_shipped_dunning_policy_is_the_default() -> None:
    shipped = load_dunning(SHIPPED / "dunning.yaml")
    assert replace(shipped, interest=InterestPolicy()) == default_policy()
    assert not any(table.enabled for table in shipped.interest.tables)


@pytest.mark.parametrize(
    ("text", "line", "column", "problem", "fix"),
    [
        ("", 1, 1, "not a policy", "name: value"),
        ("- a", 1, 1, "not a policy", "name: value"),
        ("a: [1", 1, 6, "expected", "indentation"),
        ("\tx: 1", 1, 1, "cannot start", "no tabs"),
        ("x: 1", 1, 1, "x is not known", "send_email"),
        ("name: a\nname: b", 2, 1, "twice", "Remove one"),
        ("name: &a b", 1, 7, "not used here", "quotes"),
        ("name: !!python/object x", 1, 7, "not used here", "quotes"),
        ("? [a]\n: 1", 1, 3, "one word", "name: ..."),
        ("name: Big Name", 1, 1, "no name", "small letters"),
        ("expire_after_days: 0\n", 1, 1, "does not fit", "from 1 to 90"),
        ("send_email: x", 1, 1, "no `name: value` lines", "Indent"),
        ("send_email:\n  rules: []\n", 2, 3, "no rule", "then"),
        ("send_email:\n  rules:\n    - then: collector\n", 3, 7, "no name", "few words"),
        (MAIL.replace("collector", "boss"), 4, 7, "'boss' is no outcome", "approver"),
        (MAIL.replace("      then: collector\n", ""), 3, 7, "nothing is no outcome", "one of"),
        (MAIL + "      steps: due\n      done_before: -1", 6, 7, "-1 does not fit", "0 to 1000"),
        (MAIL + "      steps: []", 5, 7, "is empty", "at least one"),
        (MAIL + "      steps: {a: b}", 5, 7, "list of words", "[one, two]"),
        (MAIL + "      up_to: {USD: 5.00}", 3, 7, "last rule has conditions", "every case"),
        (MAIL + "      up_to: {USD: 5.001}", 5, 15, "digits", "separators"),
        (MAIL + "      up_to: {USD: -1}", 5, 15, "negative", "zero or more"),
        (MAIL + "      up_to: {USD: yes}", 5, 15, "no amount", "25000.00"),
        (MAIL + "      up_to: {DOLLARS: 5}", 5, 15, "DOLLARS", "known currency"),
        (MAIL + "  editor_may_approve: maybe", 5, 3, "neither yes nor no", "yes or no"),
        (MAIL + "  one_approval: {admin: {USD: 1}}", 5, 18, "admin is not known", "controller"),
        (REFUND, 3, 19, "'automatic' may not decide refund_customer", "controller or forbidden"),
        (REFUND.replace("automatic", "approver"), 3, 19, "'approver' may not", "never decided"),
        ("# " + "x" * 70_000, 1, 1, "larger than 64 KB", "Split it"),
    ],
)
def test_mistakes_in_approval_policies(
    text: str, line: int, column: int, problem: str, fix: str
) -> None:
    with pytest.raises(PolicyFileError) as caught:
        approval_policy(text, "approval.yaml")
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert problem in error.problem
    assert fix in error.fix
    assert f"approval.yaml, line {line}, column {column}: " in str(error)


def test_mistakes_in_dunning_policies() -> None:
    text = "steps:\n  - {key: one, phase: overdue}\n  - {key: two, tone: angry}\n"
    with pytest.raises(PolicyFileError) as caught:
        dunning_policy(text, "dunning.yaml")
    assert (caught.value.line, caught.value.column) == (3, 16)
    assert "'angry'" in caught.value.problem


def test_amounts_never_pass_through_a_float() -> None:
    text = MAIL + "post_customer_payment:\n  rules:\n    - name: a\n      then: approver\n"
    text += "  one_approval:\n    approver: {USD: 90071992547409.93}\n"
    policy = approval_policy(text, "x.yaml")
    limit = policy.kinds["post_customer_payment"].each[Role.APPROVER].amounts[0]
    assert limit.minor == 9007199254740993
