"""`python -m sandbox`: the outside world for a demo, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sandbox.debtors.life import Pace
from sandbox.server import Options, World, running


def read_options(arguments: Sequence[str]) -> Options:
    """The command line as options; argparse exits on what it does not know."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder kept between starts")
    parser.add_argument("--service", help="address webhooks are posted to")
    parser.add_argument("--port-base", type=int, default=0, help="first of six ports; 0: any")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--customers", type=int, default=200)
    parser.add_argument("--invoices", type=int, default=2000)
    parser.add_argument("--today", type=date.fromisoformat, help="first day of the world")
    parser.add_argument("--pace", type=float, default=1.0, help="2: debtors live twice as fast")
    given = parser.parse_args(arguments)
    if given.pace <= 0 or given.customers < 1 or given.invoices < 0:
        parser.error("--pace and --customers must be more than zero, --invoices not less")
    return Options(
        data=given.data,
        service_url=given.service,
        port_base=given.port_base,
        seed=given.seed,
        today=given.today,
        customers=given.customers,
        invoices=given.invoices,
        pace=Pace(speed=given.pace),
    )


def _announce(world: World, data: Path) -> None:
    company = world.parts.company
    size = f"{len(company.debtors)} customers, {len(company.claims)} invoices"
    lines = (
        f"company  {company.name}: {size}",
        f"erp      {world.erp_url}",
        f"smtp     127.0.0.1:{world.smtp_port}",
        f"imap     127.0.0.1:{world.imap_port}",
        f"stripe   {world.stripe_url}",
        f"slack    {world.slack_url}",
        f"control  {world.control_url}",
        f"settings {data / 'service.env'}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


async def run(options: Options) -> None:
    """Run until SIGTERM or SIGINT."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(options) as world:
        _announce(world, options.data)
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({stopped, *world.actors}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()


if __name__ == "__main__":
    asyncio.run(run(read_options(sys.argv[1:])))
