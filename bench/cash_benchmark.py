"""Money misapplied, and how much is applied alone, on generated sellers.

Run: python -m bench.cash_benchmark [--seeds tune|validate|final] [--quick] [--jobs 2] [--json].
The generator, its seeds and the truth are in bench/cash. Rules and weights are tuned on the tune
seeds only; the final seeds are for a release. Times of decisions are CPU time of one core.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from random import Random

from bench.cash.driving import Drive, book_of
from bench.cash.latency import thousand_open
from bench.cash.report import as_data, ceiling, figures, table
from bench.cash.scoring import Score, Wrong
from bench.cash.truth import Tenant
from bench.cash.world import QUICK, Size, one_tenant
from domain.matching.book import build_book
from domain.matching.explain import as_json
from domain.matching.matcher import decide

SEEDS = {
    "tune": (101, 9_001, 9_002, 9_003, 9_101, 9_102, 9_103, 9_201, 9_202, 9_203),
    "validate": (202,),
    "final": (9_301, 9_302, 9_303),
}
QUICK_SEED = 31


def run(seed: int, size: Size, score: Score, *, jobs: int = 1) -> list[Tenant]:
    """One seed: every seller's stream through the matcher and the plain ways.

    The first four sellers come back. However many processes work, the figures are the same.
    """
    tasks = [(seed, number, size) for number in range(size.tenants)]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            found = list(pool.map(_one, tasks))
    else:
        found = [_one(task) for task in tasks]
    for part in found:
        score.add(part)
    return [one_tenant(*task) for task in tasks[:4]]


def _one(task: tuple[int, int, Size]) -> Score:
    score = Score()
    Drive(one_tenant(*task), score).run()
    return score


def replayed(tenant: Tenant, most: int = 200) -> tuple[int, int]:
    """Receipts decided twice, by two books built from shuffled inputs; how many came out alike."""
    rng = Random(tenant.name)
    items, parties, memory = [*tenant.items], [*tenant.parties], [*tenant.remembered]
    for inputs in (items, parties, memory):
        rng.shuffle(inputs)
    books = (
        book_of(tenant),
        build_book(items, parties, memory, services=tenant.settings.payment_services),
    )
    came = [c.receipt for c in tenant.stream][:most]
    told: list[dict[int, str]] = []
    for book in books:
        rng.shuffle(came)
        told.append({r.id: json.dumps(as_json(decide(r, book, tenant.settings))) for r in came})
    return len(came), sum(told[0][r.id] == told[1][r.id] for r in came)


def shown(wrong: Wrong) -> str:
    """A wrong application in one line each: what came, what is true, what was done."""
    came, truth = wrong.came, wrong.came.truth
    texts = [r.text for r in came.receipt.references]
    rows = [(r.reference, str(r.paid)) for r in came.receipt.remittance]
    lines = [
        f"{wrong.tenant}: {truth.made}, {truth.less}, {truth.told}: {wrong.minor} minor units",
        f"  came {came.receipt.amount} from {came.receipt.payer_name!r} {texts} {rows}",
        f"  true {[(p.key[1], p.closed) for p in truth.paid]} fee {truth.fee}",
        f"  done {json.dumps(as_json(wrong.decision)) if wrong.decision else ''}",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", choices=sorted(SEEDS), default="tune")
    parser.add_argument("--quick", action="store_true", help="four small sellers of another seed")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--wrong", action="store_true", help="show what was wrong")
    given = parser.parse_args()
    start = time.perf_counter()
    score = Score()
    seeds = (QUICK_SEED,) if given.quick else SEEDS[given.seeds]
    last: list[Tenant] = []
    for seed in seeds:
        last = run(seed, QUICK if given.quick else Size(), score, jobs=given.jobs)
    if given.json:
        print(json.dumps(as_data(score), indent=1))
        return
    print(table(score), ceiling(score), figures(score), sep="\n\n")
    report_more(last, seeds[0], time.perf_counter() - start)
    if given.wrong:
        print("\n".join(shown(w) for w in score.tally.wrong + score.tally.ambiguous_posted))


def report_more(sellers: list[Tenant], seed: int, seconds: float) -> None:
    counts = [replayed(seller) for seller in sellers[:4]]
    done, alike = (sum(column) for column in zip(*counts, strict=True))
    print(f"replayed from shuffled inputs: {alike:,} of {done:,} decisions byte for byte the same")
    times = [1000 * t for t in thousand_open(seed)]
    middle, most = times[len(times) // 2], times[-1]
    slow = times[len(times) * 95 // 100]
    print(f"at 1,000 open invoices: p50 {middle:.1f} ms, p95 {slow:.1f} ms, most {most:.1f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.0f} s, peak resident {peak} MB")


if __name__ == "__main__":
    main()
