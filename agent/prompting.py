"""Prompts are files. A missing variable is an error, and every prompt has a digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt; `hash` is kept beside whatever came of it."""

    text: str
    hash: str


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(PROMPTS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **variables: object) -> Prompt:
    """The prompt `prompts/{name}.md.j2`. Raises jinja2.UndefinedError for a missing variable."""
    text = _environment().get_template(f"{name}.md.j2").render(variables).strip() + "\n"
    return Prompt(text, hashlib.sha256(text.encode()).hexdigest()[:16])
