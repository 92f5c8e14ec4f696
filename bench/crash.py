"""How often a worker can be killed before something happens twice or not at all: never.

Run: python -m bench.crash [--kills 1000]. Kills real workers (SIGKILL) against the sandbox's ERP
and mail server, for eight kinds of effects and at each moment in turn, and prints what was found.
Starts an embedded PostgreSQL in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from app.database import embedded
from store.migrations import upgrade
from tests.crash.rig import Judgement, Rig, rigged, run


def main() -> None:
    """Kill, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    kills: int = parser.parse_args().kills
    with tempfile.TemporaryDirectory(prefix="dw-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with embedded(folder / "data") as url:
            upgrade(url)
            asyncio.run(_bench(folder / "world", url, kills))


async def _bench(folder: Path, url: str, kills: int) -> None:
    async with rigged(folder, url) as rig:
        began = time.monotonic()
        await run(rig, kills, _progress)
        states = await rig.settled(300)
        seconds = time.monotonic() - began
        found = await rig.judge()
        _table(rig, found, states, seconds)
        found.check(rig.offers)


def _progress(done: int) -> None:
    if done % 50 == 0:
        print(f"{done} kills", file=sys.stderr, flush=True)


def _table(rig: Rig, found: Judgement, states: dict[str, int], seconds: float) -> None:
    print(f"{'killed':<52}{'times':>8}")
    for name, number in rig.kills.items():
        print(f"  {name:<50}{number:>8,}")
    for name, number in rig.drops.items():
        print(f"  {name + ' response dropped':<50}{number:>8,}")
    print(f"{'kills in all':<52}{rig.kills.total():>8,}")
    rows = (
        ("effects proposed", rig.offers.count),
        ("effects done", states.get("done", 0)),
        ("payments wanted", len(rig.offers.external_ids)),
        ("payments in the ERP", found.payments.total()),
        ("invoices wanted", len(rig.offers.invoice_ids)),
        ("invoices in the ERP", found.invoices.total()),
        ("journals in the ERP", found.journals.total()),
        ("refunds in the ERP", found.refunds.total()),
        ("payments applied otherwise than decided", len(found.applied_otherwise)),
        ("mails wanted", len(rig.offers.message_ids)),
        ("mails accepted by the mail server", found.mails.total()),
        ("touchpoints of mails", found.touchpoints),
        ("audit lines saying done", found.done_lines),
        ("seconds", round(seconds)),
    )
    for name, number in rows:
        print(f"{name:<52}{number:>8,}")
    print(f"audit chain: {found.chain}")


if __name__ == "__main__":
    main()
