"""The figures as a table, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bench.cash.scoring import BY_RULE, NOBODY, Score, Tally
from domain.ledger.money import Money
from domain.matching.calibration import three_over_n

_PARTS = 10_000


def share(part: int, whole: int) -> str:
    """A percentage with two digits."""
    return "-" if not whole else f"{part * _PARTS // whole / 100:.2f} %"


def told(amounts: Mapping[str, int]) -> str:
    """Sums by currency."""
    found = [str(Money(minor, c)) for c, minor in sorted(amounts.items()) if minor]
    return ", ".join(found) or "0"


def by_value(tally: Tally) -> str:
    """Share of the money that was applied alone, the mean over currencies by their own sums."""
    parts = [(tally.posted_value[c], whole) for c, whole in sorted(tally.value.items()) if whole]
    return share(sum(p * _PARTS // w for p, w in parts), _PARTS * len(parts))


def rows(name: str, tally: Tally) -> tuple[str, ...]:
    """One line of the comparison."""
    return (
        name,
        f"{tally.posted:,}",
        share(tally.posted, tally.receipts),
        by_value(tally),
        f"{len(tally.wrong):,}",
        told(tally.misapplied),
        share(tally.exact, tally.posted),
        share(tally.right_lines, tally.lines),
        f"{tally.unrelated_posted:,}",
        f"{len(tally.ambiguous_posted):,} of {tally.ambiguous:,}",
    )


HEAD = (
    "way", "applied alone", "by count", "by value", "wrong", "money misapplied",
    "precision by payment", "by line", "strangers' money applied", "undecidable applied",
)  # fmt: skip


def table(score: Score) -> str:
    """The comparison as a Markdown table."""
    lines = [rows("Dunwell", score.tally)]
    lines += [rows(name, tally) for name, tally in score.baselines.items()]
    text = [" | ".join(HEAD), " | ".join("---" for _ in HEAD), *(" | ".join(x) for x in lines)]
    return "\n".join(f"| {line} |" for line in text)


def ceiling(score: Score) -> str:
    """What anybody could know of the receipts, and what was applied alone of it."""
    lines = [
        "| what a receipt tells | receipts | of all | applied alone |",
        "| --- | --- | --- | --- |",
    ]
    whole = score.tally.receipts
    for kind in sorted({kind for kind, _ in score.kinds}):
        auto = score.kinds[kind, True]
        count = auto + score.kinds[kind, False]
        lines.append(f"| {kind} | {count:,} | {share(count, whole)} | {share(auto, count)} |")
    never = sum(n for (kind, _), n in score.kinds.items() if kind in NOBODY)
    told = f"Nobody could apply more than {share(whole - never, whole)} by count with certainty; "
    could = score.tally.posted - sum(score.kinds[kind, True] for kind in NOBODY)
    told += f"{share(could, whole - never)} of those were applied alone. "
    ruled = sum(n for (kind, _), n in score.kinds.items() if kind in BY_RULE)
    told += f"Rules of the matcher leave {share(ruled, whole)} more to people."
    return "\n".join((*lines, "", told))


def figures(score: Score) -> str:
    """What stands beside the table."""
    wrong = len(score.tally.wrong)
    bound = f"{three_over_n(score.tally.posted) / _PARTS:.4f} %" if not wrong else "-"
    return "\n".join(
        (
            (
                f"receipts {score.tally.receipts:,}, applied alone N {score.tally.posted:,}, "
                f"wrong {wrong}, 3/N {bound}"
            ),
            f"outcomes: {_counted(score.outcomes)}",
            f"classes: {_counted({k.value: n for k, n in score.classes.items()})}",
            (
                f"proposals of the others: first right {share(score.first, score.shown)}, "
                f"in three {share(score.in_three, score.shown)}"
            ),
            (
                f"payer found {share(score.payers_found, score.payers)}, "
                f"right {share(score.payers_right, score.payers_found)}"
            ),
            (
                f"fees, discounts, credits, tax applied alone {score.adjusted:,}, "
                f"right {share(score.adjusted_right, score.adjusted)}"
            ),
            f"no receipts: {score.not_receipts_told:,} of {score.not_receipts:,} told apart",
            (
                f"decide: p50 {_quantile(score, 50)}, p95 {_quantile(score, 95)}, "
                f"p99 {_quantile(score, 99)}"
            ),
        )
    )


def as_data(score: Score) -> dict[str, Any]:
    """The figures as plain data."""
    tallies = {"dunwell": score.tally, **score.baselines}
    return {
        "receipts": score.tally.receipts,
        "outcomes": dict(sorted(score.outcomes.items())),
        "classes": {k.value: n for k, n in sorted(score.classes.items())},
        "proposals": {"shown": score.shown, "first": score.first, "in_three": score.in_three},
        "payers": [score.payers, score.payers_found, score.payers_right],
        "kinds": {k: [score.kinds[k, True], score.kinds[k, False]] for k, _ in score.kinds},
        "ways": {name: _data(tally) for name, tally in tallies.items()},
    }


def _data(tally: Tally) -> dict[str, Any]:
    return {
        "applied_alone": tally.posted,
        "exact": tally.exact,
        "wrong": len(tally.wrong),
        "misapplied": dict(sorted(tally.misapplied.items())),
        "strangers": tally.unrelated_posted,
        "undecidable": [len(tally.ambiguous_posted), tally.ambiguous],
    }


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in Counter(counts).most_common())


def _quantile(score: Score, percent: int) -> str:
    times = sorted(score.seconds)
    return f"{1000 * times[len(times) * percent // 100]:.1f} ms" if times else "-"
