"""Policy files: YAML that a finance person edits, read into values with errors that point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from domain.dunning.policy import DunningPolicy, PolicyError, from_mapping
from effects.policy import ApprovalPolicy
from sources.approval_rules import ApprovalError, approval_from
from sources.yaml_places import Place, Places, YamlError, read_yaml

_Policy = TypeVar("_Policy")


class PolicyFileError(Exception):
    """A policy file cannot be used: where, what is wrong, and what to write."""

    def __init__(self, source: str, place: Place, problem: str, fix: str) -> None:
        self.source = source
        self.line = place.line
        self.column = place.column
        self.problem = problem
        self.fix = fix
        super().__init__(f"{source}, line {place.line}, column {place.column}: {problem}. {fix}")


@dataclass(frozen=True, slots=True)
class _Read:
    values: dict[str, object]
    places: Places


def approval_policy(text: str, source: str) -> ApprovalPolicy:
    """The approval policy in a file's text; `source` names the file in errors."""
    return _convert(text, source, lambda values: approval_from(values, Path(source).stem))


def dunning_policy(text: str, source: str) -> DunningPolicy:
    """The dunning policy in a file's text; `source` names the file in errors."""
    return _convert(text, source, from_mapping)


def load_approval(path: Path) -> ApprovalPolicy:
    """Read `approval.yaml`. Raises PolicyFileError or OSError."""
    return approval_policy(path.read_text("utf-8"), str(path))


def load_dunning(path: Path) -> DunningPolicy:
    """Read `dunning.yaml`. Raises PolicyFileError or OSError."""
    return dunning_policy(path.read_text("utf-8"), str(path))


def load_policy(path: Path, build: Callable[[dict[str, object]], _Policy]) -> _Policy:
    """Read what `build` makes of a file. Raises PolicyFileError, OSError."""
    return _convert(path.read_text("utf-8"), str(path), build)


def policy_of(text: str, source: str, build: Callable[[dict[str, object]], _Policy]) -> _Policy:
    """What `build` makes of a file's text; `source` names the file in errors."""
    return _convert(text, source, build)


def _convert(text: str, source: str, build: Callable[[dict[str, object]], _Policy]) -> _Policy:
    read = _read(text, source)
    try:
        return build(read.values)
    except (ApprovalError, PolicyError) as error:
        place = read.places.of(error.path)
        raise PolicyFileError(source, place, error.reason, error.fix) from error


def _read(text: str, source: str) -> _Read:
    try:
        values, places = read_yaml(text)
    except YamlError as error:
        raise PolicyFileError(source, error.place, error.problem, error.fix) from error
    if not isinstance(values, dict):
        fix = "Write `name: value` lines, as in the file that came with Dunwell."
        raise PolicyFileError(source, Place(1, 1), "this is not a policy", fix)
    return _Read(values, places)
