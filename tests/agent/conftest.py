"""A scripted model server and a brain that talks to it through the real SDK."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack

import pytest

from agent.llm import ModelConfig, OpenAIBrain
from sandbox.model.app import build_model_app
from sandbox.model.script import Answer, Script, Step
from sandbox.serving import LoopbackServer
from store.engine import Database
from tests.flows.scene import Scene

Mind = Callable[..., tuple[OpenAIBrain, Script]]


@pytest.fixture
async def mind() -> AsyncGenerator[Mind]:
    """Makes a brain whose server takes the given steps; also its script, to see what was asked."""
    stack = AsyncExitStack()

    def make(
        *steps: Step | Answer, timeout: float = 5.0, retries: int = 1
    ) -> tuple[OpenAIBrain, Script]:
        script = Script(list(steps))
        server = LoopbackServer(build_model_app(script, api_key="k")).start()
        stack.callback(server.stop)
        config = ModelConfig(
            "toy", "k", f"{server.url}/v1", timeout=timeout, max_retries=retries, prompt_tokens=4000
        )
        brain = OpenAIBrain(config)
        stack.push_async_callback(brain.close)
        return brain, script

    yield make
    await stack.aclose()


@pytest.fixture
def scene(db: Database) -> Scene:
    return Scene(db)
