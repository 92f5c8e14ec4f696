"""Sizes, names and habits that CONTRIBUTING.md promises."""

from __future__ import annotations

import ast
import io
import statistics
import tokenize
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, classes, functions, parsed, shown, sources

BANNED_MODULES = {
    "utils", "helpers", "common", "misc", "base", "core", "services", "managers", "types",
}  # fmt: skip
BANNED_ENDINGS = ("Manager", "Helper", "Processor")
SHADOWING = {"collections", "email", "calendar", "queue", "secrets", "types", "platform", "slack"}


def test_there_is_something_to_check() -> None:
    assert len(sources()) > 100


def test_files_stay_short() -> None:
    lengths = {shown(p): len(p.read_text(encoding="utf-8").splitlines()) for p in sources()}
    assert {name: n for name, n in lengths.items() if n > 400} == {}
    assert statistics.median(lengths.values()) <= 130


def test_functions_stay_short() -> None:
    sizes = {
        f"{shown(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in sources()
        for node in functions(path)
    }
    assert {name: n for name, n in sizes.items() if n > 40} == {}
    ordered = sorted(sizes.values())
    assert statistics.median(ordered) <= 10
    assert ordered[int(len(ordered) * 0.9)] <= 30


def test_module_names_say_what_is_inside() -> None:
    assert [shown(p) for p in sources() if p.stem in BANNED_MODULES] == []


def test_no_top_level_folder_hides_a_library() -> None:
    names = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert names & SHADOWING == set()
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_class_names_say_what_they_are() -> None:
    found = [
        f"{shown(path)}:{node.name}"
        for path in sources()
        for node in classes(path)
        if node.name.endswith(BANNED_ENDINGS)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    assert [shown(p) for p in sources() if not ast.get_docstring(parsed(p))] == []


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [shown(f) for f in folders if not (f / "__init__.py").exists()] == []


@pytest.mark.parametrize("mark", ["type: ignore", "pragma: no cover", "TODO", "FIXME", "noqa"])
def test_nothing_is_waved_through(mark: str) -> None:
    tests = (path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))
    found = [shown(p) for p in (*sources(), *tests) if mark in p.read_text(encoding="utf-8")]
    assert found == []


def test_comments_are_few() -> None:
    lines = comments = 0
    for path in sources():
        text = path.read_text(encoding="utf-8")
        lines += len(text.splitlines())
        comments += sum(
            token.type == tokenize.COMMENT and "fmt: skip" not in token.string
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
        )
    assert comments / lines <= 0.03


def test_no_test_patches_our_own_code() -> None:
    own = Path(__file__)
    banned = ("mock.patch", "MagicMock", "monkeypatch.setattr", "pytest.mark.skip", "pytest.skip(",
              "pytest.mark.xfail")  # fmt: skip
    found = [
        f"{shown(path)}: {word}"
        for path in (ROOT / "tests").rglob("*.py")
        if path != own
        for word in banned
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_money_is_never_a_float() -> None:
    """No float literal and no float() in the packages that hold amounts."""
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources()
        if path.parts[len(ROOT.parts)] in {"effects", "erp"}
        or "ledger" in path.parts
        or "matching" in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "float"
    ]
    assert found == []
