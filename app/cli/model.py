"""The reader a command of the development tools works with: rules alone, or the set-up model."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from agent.brain import Brain, RulesBrain
from app.settings import SettingsError, given


@asynccontextmanager
async def chosen_brain(model: str) -> AsyncGenerator[Brain]:
    """`none` or `configured`. Raises SettingsError when a model is asked for and none is set."""
    if model == "none":
        yield RulesBrain()
        return
    values = given()
    name = values.get("OPENAI_MODEL", "")
    if not name:
        raise SettingsError(["OPENAI_MODEL: no language model is configured; use --model none"])
    from agent.llm import ModelConfig, OpenAIBrain

    key, base = values.get("OPENAI_API_KEY", ""), values.get("OPENAI_BASE_URL", "")
    brain = OpenAIBrain(ModelConfig(name, key, base))
    try:
        yield brain
    finally:
        await brain.close()
