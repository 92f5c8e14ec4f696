"""What a conversation costs: requests, tokens and time for the golden questions.

`python -m bench.chat` talks to an honest scripted model on loopback; tokens are counted as the
sandbox counts them (four characters each). With OPENAI_MODEL set, `python -m bench.chat configured`
measures the real one. It prints and asserts nothing.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from agent.brain import Brain
from agent.llm import ModelConfig, OpenAIBrain
from app.cli.model import chosen_brain
from evals.chat import GOLDEN, judged, read_golden
from evals.chat_obedient import obey
from evals.chat_world import world
from sandbox.model.app import build_model_app
from sandbox.model.script import Script
from sandbox.serving import LoopbackServer


async def measure(brain: Brain) -> None:
    """Hold the golden conversations one by one and print what each kind costs."""
    records = read_golden(GOLDEN)
    rows: list[tuple[str, float, int, int]] = []
    with tempfile.TemporaryDirectory(prefix="dunwell-bench-") as folder:
        async with world(Path(folder)) as (db, person):
            for record in records:
                before, began = spent(brain), time.perf_counter()
                await judged(db, person, brain, [record])
                seconds = time.perf_counter() - began
                after = spent(brain)
                tool = record.tools[0] if record.tools else "none"
                turns = len(record.turns)
                rows.append(
                    (
                        tool,
                        seconds / turns,
                        (after[0] - before[0]) // turns,
                        (after[1] - before[1]) // turns,
                    )
                )
    show(brain.name, rows)


def spent(brain: Brain) -> tuple[int, int]:
    """Requests and tokens so far."""
    used = brain.spent if isinstance(brain, OpenAIBrain) else None
    return (used.requests, used.prompt_tokens + used.completion_tokens) if used else (0, 0)


def show(name: str, rows: list[tuple[str, float, int, int]]) -> None:
    """A table by tool, then the whole."""
    print(f"{name}: {len(rows)} conversations, per message")
    print(f"{'tool':<32}{'n':>4}{'ms':>8}{'requests':>10}{'tokens':>9}")
    for tool in [*sorted({r[0] for r in rows}), ""]:
        mine = [r for r in rows if tool in ("", r[0])]
        ms = median(r[1] for r in mine) * 1000
        requests, tokens = median(r[2] for r in mine), median(r[3] for r in mine)
        label = tool or "all (median)"
        print(f"{label:<32}{len(mine):>4}{ms:>8.0f}{requests:>10.0f}{tokens:>9.0f}")
    print(f"most: {max(r[2] for r in rows)} requests, {max(r[3] for r in rows)} tokens")


async def main() -> None:
    """The reader, then a model."""
    async with chosen_brain("none") as rules:
        await measure(rules)
    if "configured" in sys.argv[1:]:
        async with chosen_brain("configured") as brain:
            await measure(brain)
        return
    server = LoopbackServer(build_model_app(Script([obey]))).start()
    brain = OpenAIBrain(ModelConfig("honest-script", "k", f"{server.url}/v1"))
    await measure(brain)
    await brain.close()
    server.stop()


if __name__ == "__main__":
    asyncio.run(main())
