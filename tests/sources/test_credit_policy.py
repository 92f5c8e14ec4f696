"""credits.yaml: amounts by currency with a cap each, or a line that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.policies import DEFAULTS
from domain.ledger.money import Money
from domain.ledger.write_offs import SmallBalancePolicy
from sources.credit_policy import load_credits
from sources.policy_file import PolicyFileError


def written(folder: Path, text: str) -> Path:
    path = folder / "credits.yaml"
    path.write_text(text, "utf-8")
    return path


def test_what_comes_with_dunwell_lets_nothing_go() -> None:
    assert load_credits(DEFAULTS / "credits.yaml") == SmallBalancePolicy((), (), 60)


def test_amounts_and_days_are_read(tmp_path: Path) -> None:
    text = "small_balances:\n  each: {USD: 5.00}\n  one_run: {USD: 250, EUR: 9}\n  after_days: 0\n"
    found = load_credits(written(tmp_path, text))
    assert found.each == (Money(500, "USD"),)
    assert found.together == (Money(25_000, "USD"), Money(900, "EUR"))
    assert found.after_days == 0
    assert load_credits(written(tmp_path, "small_balances:\n")) == SmallBalancePolicy()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("small:\n", 1, "small is not known"),
        ("small_balances: 5\n", 1, "no `name: value` lines"),
        ("small_balances:\n  each: {USD: 5}\n", 1, "USD has no cap"),
        ("small_balances:\n  each: 5\n", 2, "no amounts"),
        ("small_balances:\n  each: {USD: 1.234}\n", 2, "is no amount"),
        ("small_balances:\n  each: {USD: 0}\n", 2, "not more than nothing"),
        ("small_balances:\n  after_days: soon\n", 2, "does not fit"),
        ("small_balances:\n  often: 5\n", 2, "often is not known"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(PolicyFileError) as told:
        load_credits(written(tmp_path, text))
    assert told.value.line == line
    assert words in told.value.problem
    assert told.value.fix
