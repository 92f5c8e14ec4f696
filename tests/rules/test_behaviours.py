"""Every behaviour that is promised is held by a test that is there."""

from __future__ import annotations

import re

import pytest

from tests.rules.tree import ROOT

LINES = (ROOT / "docs" / "behaviours.md").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("|") for line in LINES if re.match(r"\| \d", line)]


@pytest.mark.parametrize(
    ("behaviour", "holders"),
    [(cells[2].strip(), cells[3]) for cells in ROWS],
    ids=[f"row {cells[1].strip()}: {cells[2].strip()[:50]}" for cells in ROWS],
)
def test_a_behaviour_is_held_by_its_tests(behaviour: str, holders: str) -> None:
    named = re.findall(r"`([\w/.]+)::(\w+)`", holders)
    assert named, behaviour
    for path, name in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), f"{path}: {name}"


def test_rows_are_named_once() -> None:
    numbers = [int(cells[1]) for cells in ROWS]
    assert numbers == sorted(set(numbers))
