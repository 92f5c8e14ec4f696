"""What real servers do wrong, replayed through the real SDK: nothing of it gets through."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from agent.brain import Message, RulesBrain, ToolSpec
from agent.llm import Capabilities, ModelConfig, OpenAIBrain
from sandbox.model.script import Call, Fail, Fenced, Hang, Nonsense, Say, Step, say_json
from tests.agent.conftest import Mind

ASK = (Message("user", "What does Acme owe?"),)
LOOKUP = ToolSpec("lookup", "Look a customer up.", {"type": "object", "properties": {}})


class Colour(BaseModel):
    """A closed schema."""

    model_config = ConfigDict(extra="forbid")
    name: str
    strength: int


async def test_prose_is_text_and_usage_is_counted(mind: Mind) -> None:
    brain, script = mind(Say("They owe nothing."))
    turn = await brain.complete(ASK, (), deadline=5)
    assert (turn.text, turn.calls, turn.abstained) == ("They owe nothing.", (), "")
    assert turn.usage.requests == 1
    assert turn.usage.completion_tokens > 0
    assert brain.spent == turn.usage
    assert brain.name == "openai:toy"
    assert "tools" not in script.requests[0]


async def test_a_call_comes_back_as_a_call(mind: Mind) -> None:
    brain, script = mind(Call("lookup", {"customer": "Acme"}))
    turn = await brain.complete(ASK, (LOOKUP,), deadline=5)
    assert [(c.name, dict(c.arguments)) for c in turn.calls] == [("lookup", {"customer": "Acme"})]
    assert script.requests[0]["tools"]


async def test_a_fenced_call_is_salvaged_only_for_an_offered_tool(mind: Mind) -> None:
    brain, _ = mind(Fenced("lookup", {"a": 1}), Fenced("post_payment", {"a": 1}))
    turn = await brain.complete(ASK, (LOOKUP,), deadline=5)
    assert [c.name for c in turn.calls] == ["lookup"]
    turn = await brain.complete(ASK, (LOOKUP,), deadline=5)
    assert turn.calls == ()


@pytest.mark.parametrize("step", [Call("post_payment", {}), Call("lookup", "{not json")])
async def test_calls_nobody_offered_or_that_are_no_json_are_not_made(
    mind: Mind, step: Step
) -> None:
    brain, _ = mind(step)
    turn = await brain.complete(ASK, (LOOKUP,), deadline=5)
    assert turn.calls == ()
    assert turn.abstained


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (Say("The total is 1,2", cut_off=True), "cut off"),
        (Say("   "), "nothing"),
        (Nonsense(), "not a completion"),
        (Fail(500, 0), "500"),
        (Fail(400), "400"),
        (Fail(401), "401"),
    ],
)
async def test_failures_abstain(mind: Mind, step: Step, word: str) -> None:
    brain, _ = mind(step)
    turn = await brain.complete(ASK, (), deadline=5)
    assert word in turn.abstained
    assert turn.text == ""


async def test_a_busy_server_is_asked_again_within_bounds(mind: Mind) -> None:
    brain, script = mind(Fail(429, 0), Say("ok"))
    assert (await brain.complete(ASK, (), deadline=10)).text == "ok"
    assert len(script.requests) == 2
    brain, script = mind(Fail(429, 0), retries=1)
    assert "429" in (await brain.complete(ASK, (), deadline=10)).abstained
    assert len(script.requests) == 2


async def test_a_server_that_hangs_is_left_at_the_deadline(mind: Mind) -> None:
    brain, _ = mind(Hang(1.5), retries=0)
    assert "in time" in (await brain.complete(ASK, (), deadline=0.2)).abstained


async def test_nobody_there_abstains(free_port: int) -> None:
    config = ModelConfig("toy", "k", f"http://127.0.0.1:{free_port}/v1", max_retries=0)
    brain = OpenAIBrain(config)
    turn = await brain.complete(ASK, (), deadline=5)
    assert "cannot be used" in turn.abstained
    await brain.close()


async def test_too_much_text_is_not_even_sent(mind: Mind) -> None:
    brain, script = mind(Say("x"))
    turn = await brain.complete((Message("user", "x" * 20_000),), (), deadline=5)
    assert "budget" in turn.abstained
    assert script.requests == []


async def test_the_probe_says_what_the_server_can(mind: Mind) -> None:
    brain, _ = mind(Call("say_number", {"number": 7}))
    assert await brain.probe() == Capabilities(reachable=True, tools=True, detail="")
    brain, _ = mind(Say("The number is 7."))
    told = await brain.probe()
    assert (told.tools, told.detail) == (False, "this server ignores tools")
    brain, _ = mind(Fail(401))
    assert not (await brain.probe()).reachable


async def test_an_extraction_is_validated_and_repaired_once(mind: Mind) -> None:
    brain, script = mind(say_json({"name": "red"}), say_json({"name": "red", "strength": 3}))
    found = await brain.extract(Colour, "some text", "Read.")
    assert found.value == Colour(name="red", strength=3)
    assert found.usage.requests == 2
    assert "strength" in str(script.requests[1]["messages"])
    assert "tools" not in script.requests[0]
    assert "json_schema" in str(script.requests[0]["response_format"])


async def test_an_extraction_in_a_fence_is_read_and_still_validated(mind: Mind) -> None:
    fenced = Say('```json\n{"name": "red", "strength": 3}\n```')
    brain, script = mind(fenced, Say('```json\n{"name": "red", "more": 1}\n```'))
    assert (await brain.extract(Colour, "text", "Read.")).value == Colour(name="red", strength=3)
    assert len(script.requests) == 1
    assert (await brain.extract(Colour, "text", "Read.")).value is None


@pytest.mark.parametrize(
    "wrong",
    [
        Say("It is red."),
        say_json({"name": "red", "strength": 3, "more": 1}),
        say_json({"name": ["red"], "strength": 3}),
        say_json({}),
    ],
)
async def test_twice_wrong_abstains(mind: Mind, wrong: Step) -> None:
    brain, script = mind(wrong)
    found = await brain.extract(Colour, "some text", "Read.")
    assert found.value is None
    assert "not valid" in found.abstained
    assert len(script.requests) == 2


async def test_an_unreachable_reader_abstains(mind: Mind) -> None:
    brain, _ = mind(Fail(400))
    assert "400" in (await brain.extract(Colour, "some text", "Read.")).abstained


async def test_without_a_model_everything_abstains() -> None:
    brain = RulesBrain()
    assert "no language model" in (await brain.complete(ASK, (), deadline=1)).abstained
    assert (await brain.extract(Colour, "x", "y")).value is None
