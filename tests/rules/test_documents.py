"""ARCHITECTURE.md, the glossary and the README are true to the tree."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, sources

ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = ROOT / "README.md"
PLACEHOLDER = re.compile(r"[<{]|\bx\.py\b")


def contracts() -> set[str]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return {name.rsplit(":", 1)[-1] for name in parser.sections() if ":contract:" in name}


def invariants() -> list[tuple[str, str]]:
    section = ARCHITECTURE.split("## Invariants")[1].split("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if re.match(r"\| \d", line)]
    return [(cells[2].strip(), cells[3].strip()) for cells in rows]


def test_every_folder_is_described_and_every_described_folder_is_there() -> None:
    section = ARCHITECTURE.split("## Folders")[1].split("\n## ")[0]
    described = set(re.findall(r"^\| `(\w+)/`", section, re.M))
    there = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and any(path.rglob("*.*"))
    } - {"__pycache__"}
    assert described == there


@pytest.mark.parametrize(("invariant", "holder"), invariants())
def test_every_invariant_is_held_by_something(invariant: str, holder: str) -> None:
    name = re.findall(r"`([^`]+)`", holder)[0]
    if holder.startswith("contract"):
        assert name in contracts()
        return
    path = ROOT / name
    tests = [path] if path.is_file() else sorted(path.rglob("test_*.py"))
    assert tests, invariant
    assert any("def test_" in test.read_text() or "TestCase" in test.read_text() for test in tests)


def test_every_contract_is_an_invariant_or_a_layer() -> None:
    named = {name for _, holder in invariants() for name in re.findall(r"contract `(\w+)`", holder)}
    assert contracts() - named == {"layers", "acyclic", "reach"}


@pytest.mark.parametrize("document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))
def test_paths_in_documents_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    mentioned = re.findall(r"`([a-z_]+(?:/[\w.]+)+/?)`", text)
    missing = [
        name for name in mentioned if not PLACEHOLDER.search(name) and not (ROOT / name).exists()
    ]
    assert missing == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{document.name}: {target}"
        for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_glossary_words_are_used_in_the_code() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = {
        word for line in glossary.splitlines() if line.startswith("| `")
        for word in re.findall(r"`(\w+)`", line.split("|")[1])
    }  # fmt: skip
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources()).lower()
    assert {word for word in words if word.lower() not in code} == set()


def test_the_readme_names_commands_that_exist() -> None:
    from typer.main import get_command

    from app.cli.main import app

    command = get_command(app)
    known = set(getattr(command, "commands", {}))
    named = set(re.findall(r"\./dunwell ([a-z-]+)", README.read_text(encoding="utf-8")))
    assert named <= known
    assert {"demo", "test", "up", "doctor"} <= named


def test_no_document_or_source_names_a_package_host_or_a_machine_path() -> None:
    hosts = re.compile(r"https?://[^\s\"')]*(?:pypi|npmjs|pythonhosted)")
    paths = re.compile(r"(?<![\w.])/(?:root|home)/\w")
    found = [
        str(path.relative_to(ROOT))
        for pattern in ("*.md", "**/*.py", "*.toml", "*.lock", "docs/**/*.md", "dunwell")
        for path in ROOT.glob(pattern)
        if ".venv" not in path.parts
        and (hosts.search(text := path.read_text(encoding="utf-8")) or paths.search(text))
    ]
    assert found == []
