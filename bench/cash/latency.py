"""How long a decision takes for a customer with a thousand open invoices."""

from __future__ import annotations

from random import Random

from bench.cash.driving import Drive
from bench.cash.scoring import Score
from bench.cash.world import Size, tenant


def thousand_open(seed: int, payments: int = 60) -> list[float]:
    """Seconds of each decision for sellers of four families, sorted."""
    score = Score()
    size = Size(customers=(3, 3), payments=payments, each=1_000)
    for number in range(4):
        Drive(
            tenant(Random(f"latency/{seed}/{number}"), number, size), score, baselines=False
        ).run()
    return sorted(score.seconds)
