"""Conditions over facts: read strictly, typed, and never true for what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.expression_reader import ExpressionError, read_condition
from domain.dunning.expressions import FACTS, Kind, Value, judge

SITUATION: dict[str, Value] = {
    "balance": {"USD": 1_500_000, "EUR": 20_000},
    "overdue": {"USD": 900_000},
    "days_overdue": 31,
    "overdue_invoices": 3,
    "today": date(2026, 3, 10),
    "oldest_due_on": date(2026, 2, 7),
    "promised_on": None,
    "replied": True,
    "vip": False,
    "country": "DE",
    "tags": frozenset({"Enterprise", "partner"}),
    "customer": "901",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days_overdue > 30", True),
        ("days_overdue > 30 days and balance > 10,000.00 USD", True),
        ("balance > 10000 USD and overdue > 10000 USD", False),
        ("overdue > 0 EUR", False),
        ("balance >= 200.00 EUR", True),
        ("overdue_invoices = 3", True),
        ("not replied or days_overdue < 10", False),
        ("replied and not vip", True),
        ("vip = true", False),
        ("vip != yes", True),
        ('country = "de"', True),
        ('country in ("FR", "DE")', True),
        ('tags contains "enterprise"', True),
        ('tags in ("x", "y")', False),
        ("today - oldest_due_on >= 31 days", True),
        ("today > oldest_due_on + 30 days", True),
        ("today - 40 < oldest_due_on", True),
        ("today = 2026-03-10", True),
        ('(country = "FR" or days_overdue == 31) and replied', True),
        ("promised_on < today", None),
        ("not (promised_on < today)", None),
        ("promised_on < today or replied", True),
        ("promised_on < today and vip", False),
        ("score > 500", None),
    ],
)
def test_a_condition_says_what_it_says(text: str, expected: bool | None) -> None:
    assert judge(read_condition(text), SITUATION) is expected


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("ballance > 10 USD", 1, "there is no fact 'ballance'"),
        ("days_overdue > 30 and", 22, "something is missing"),
        ("balance > 10000", 11, "this is a number"),
        ("balance > 10.00.00 USD", 16, "'.' means nothing here"),
        ("balance > 10.005 USD", 11, "more digits than USD allows"),
        ("balance > overdue", 11, "not compared"),
        ("days_overdue > 2.5", 16, "has no currency"),
        ("country > 5", 11, "this is a number"),
        ('country > "A"', 11, "is not more or less"),
        ("days_overdue", 1, "this is a days, not a yes or no"),
        ("today + oldest_due_on > today", 1, "does not go with these"),
        ("(replied", 9, "')' is missing"),
        ("replied replied", 9, "compares nothing"),
        ('country in "DE"', 12, "stands for '('"),
        ("today = 2026-13-01", 9, "is no date"),
        ("__import__('os')", 1, "there is no fact"),
        ("tags = tags", 8, "a list is not compared"),
        ("not " * 20 + "replied", 53, "too deep"),
        ("", 1, "something is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError, match=r"column") as refused:
        read_condition(text)
    assert words in refused.value.reason
    assert refused.value.column == column
    assert refused.value.fix


KNOWN = {Kind.YES_NO: ("{}", True), Kind.DAYS: ("{} > 3", 5), Kind.NUMBER: ("{} > 3", 5)}
LEAVES = st.sampled_from([n for n, (kind, _) in FACTS.items() if kind in KNOWN])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(LEAVES, st.booleans(), st.sampled_from(["and", "or"])), min_size=1,
                max_size=6), st.sets(LEAVES))  # fmt: skip
def test_nothing_is_true_or_false_that_hangs_on_something_unknown(
    parts: list[tuple[str, bool, str]], unknown: set[str]
) -> None:
    words = []
    for n, (name, negated, joint) in enumerate(parts):
        words += [joint] if n else []
        leaf = KNOWN[FACTS[name][0]][0].format(name)
        words.append(f"not ({leaf})" if negated else leaf)
    condition = read_condition(" ".join(words))
    lower = {n: KNOWN[FACTS[n][0]][1] for n, _, _ in parts}
    upper = {n: (0 if isinstance(v, int) and not isinstance(v, bool) else False)
             for n, v in lower.items()}  # fmt: skip
    found = judge(condition, {n: v for n, v in lower.items() if n not in unknown})
    outcomes = {judge(condition, {**lower, **dict.fromkeys(unknown & set(lower), 0), **extra})
                for extra in ({n: lower[n] for n in unknown & set(lower)},
                              {n: upper[n] for n in unknown & set(lower)})}  # fmt: skip
    assert found is None or outcomes == {found}
