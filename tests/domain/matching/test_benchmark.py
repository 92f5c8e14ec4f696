"""The cash benchmark in small: nothing is misapplied, and a seed gives the same world again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bench.cash.report import as_data
from bench.cash.scoring import Score
from bench.cash.world import QUICK, tenants
from bench.cash_benchmark import QUICK_SEED, SEEDS, replayed, run, shown


@pytest.fixture(scope="module")
def score() -> Score:
    score = Score()
    run(QUICK_SEED, QUICK, score)
    return score


def test_the_quick_seed_is_none_of_the_others() -> None:
    assert all(QUICK_SEED not in seeds for seeds in SEEDS.values())


def test_nothing_is_misapplied(score: Score) -> None:
    tally = score.tally
    assert [shown(wrong) for wrong in tally.wrong] == []
    assert [shown(wrong) for wrong in tally.ambiguous_posted] == []
    assert (tally.unrelated_posted, dict(tally.misapplied)) == (0, {})
    assert tally.posted * 100 > tally.receipts * 50


def test_plain_ways_misapply_on_the_same_receipts(score: Score) -> None:
    assert {len(tally.wrong) > 0 for tally in score.baselines.values()} == {True}
    assert {tally.receipts for tally in score.baselines.values()} == {score.tally.receipts}


def test_a_seed_gives_the_same_world_and_the_same_figures() -> None:
    one = replace(QUICK, tenants=1)
    figures = []
    for _ in range(2):
        again = Score()
        sellers = run(QUICK_SEED, one, again)
        figures.append(json.dumps(as_data(again)))
    assert figures[0] == figures[1]
    assert sellers == list(tenants(QUICK_SEED, one))
    assert sellers != list(tenants(QUICK_SEED + 1, one))
    done, alike = replayed(sellers[0])
    assert done == alike > 50
