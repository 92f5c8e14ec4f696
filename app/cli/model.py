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
    values = model_settings()
    from agent.llm import ModelConfig, OpenAIBrain

    key, base = values.get("OPENAI_API_KEY", ""), values.get("OPENAI_BASE_URL", "")
    brain = OpenAIBrain(ModelConfig(values["OPENAI_MODEL"], key, base))
    try:
        yield brain
    finally:
        await brain.close()


def model_settings() -> dict[str, str]:
    """The settings that name the model. Raises SettingsError when none does."""
    values = given()
    if not values.get("OPENAI_MODEL"):
        raise SettingsError(["OPENAI_MODEL: no language model is configured; use --model none"])
    names = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")
    return {name: values[name] for name in names if values.get(name)}
