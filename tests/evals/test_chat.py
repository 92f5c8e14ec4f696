"""The golden conversations: without a model all are right; an honest model gets through."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.brain import RulesBrain
from agent.llm import ModelConfig, OpenAIBrain
from evals.chat import GOLDEN, BadGolden, judged, read_golden
from evals.chat_obedient import obey
from evals.chat_world import fill
from sandbox.model.app import build_model_app
from sandbox.model.script import Script
from sandbox.serving import LoopbackServer
from store.engine import Database


async def test_without_a_model_every_golden_conversation_is_right(db: Database) -> None:
    records = read_golden(GOLDEN)
    assert len(records) >= 60
    done = await judged(db, await fill(db), RulesBrain(), records)
    assert [(v.id, v.missing, v.false, v.used) for v in done.verdicts if not v.passed] == []


async def test_an_honest_model_says_the_same_and_proposes_the_same(db: Database) -> None:
    single = [r for r in read_golden(GOLDEN) if len(r.turns) == 1 and r.tools]
    plain = [r for r in single if len(set(r.tools)) == len(r.tools)]
    records = plain[::8]
    server = LoopbackServer(build_model_app(Script([obey]))).start()
    brain = OpenAIBrain(ModelConfig("obedient", "k", f"{server.url}/v1"))
    done = await judged(db, await fill(db), brain, records)
    await brain.close()
    server.stop()
    wrong = [(v.id, v.missing, v.false, v.used) for v in done.verdicts if not v.passed]
    assert wrong == []
    assert sum("without the language model" in v.text for v in done.verdicts) <= 1


def test_a_line_that_is_no_conversation_is_named(tmp_path: Path) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text('{"id": "a", "turns": ["hi"], "tools": []}\n{"id": "b"}\n')
    with pytest.raises(BadGolden, match="line 2"):
        read_golden(file)
