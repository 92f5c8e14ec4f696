"""Read a small YAML file into plain values, remembering where each one stands.

Amounts stay text, so no digit passes through a float; anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
_MOST_BYTES: Final = 64 * 1024
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False, "null": None, "~": None}


class _Mark(Protocol):
    """What both of PyYAML's parsers say about a position; counted from zero."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; both count from one."""

    line: int
    column: int


class YamlError(ValueError):
    """The file is not YAML that we accept."""

    def __init__(self, place: Place, problem: str, fix: str) -> None:
        super().__init__(f"line {place.line}, column {place.column}: {problem}. {fix}")
        self.place = place
        self.problem = problem
        self.fix = fix


@dataclass(slots=True)
class Places:
    """Where each value stands, by its path of keys and indexes."""

    known: dict[Path, Place] = field(default_factory=dict)

    def of(self, path: Path) -> Place:
        """The place of the value, or of the nearest thing around it that the file has."""
        for length in range(len(path), -1, -1):
            found = self.known.get(path[:length])
            if found:
                return found
        return Place(1, 1)


def read_yaml(text: str, *, most_bytes: int = _MOST_BYTES) -> tuple[object, Places]:
    """The values of a file and their places. Raises YamlError."""
    if len(text.encode()) > most_bytes:
        told = f"the file is larger than {most_bytes // 1024} KB"
        raise YamlError(Place(1, 1), told, "Split it.")
    try:
        _no_anchors(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _from_yaml(error) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(Place(1, 1), "this cannot be read", "Save it as plain text.") from error
    places = Places()
    return (None if root is None else _value(root, (), places)), places


def _no_anchors(text: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            place = _place(event.start_mark)
            raise YamlError(place, "&, * and ! are not used here", "Put the text in quotes.")


def _value(node: Node, path: Path, places: Places) -> object:
    places.known.setdefault(path, _place(node.start_mark))
    if isinstance(node, MappingNode):
        return _mapping(node, path, places)
    if isinstance(node, SequenceNode):
        return [_value(item, (*path, n), places) for n, item in enumerate(node.value)]
    if isinstance(node, ScalarNode):
        return _scalar(node)
    raise YamlError(_place(node.start_mark), "this is not a value", "Write text or a number.")


def _mapping(node: MappingNode, path: Path, places: Places) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, item in node.value:
        if not isinstance(key, ScalarNode):
            raise YamlError(_place(key.start_mark), "a name must be one word", "Write `name: ...`.")
        name = str(key.value)
        if name in values:
            raise YamlError(_place(key.start_mark), f"{name} stands here twice", "Remove one.")
        places.known[(*path, name)] = _place(key.start_mark)
        values[name] = _value(item, (*path, name), places)
    return values


def _scalar(node: ScalarNode) -> object:
    """Quoted text is text; bare words may be yes/no, nothing or a whole number."""
    text = str(node.value)
    if node.style is not None:
        return text
    if text.lower() in _WORDS or text == "":
        return _WORDS.get(text.lower())
    return int(text) if _WHOLE.fullmatch(text) else text


def _place(mark: _Mark | None) -> Place:
    return Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)


def _from_yaml(error: yaml.MarkedYAMLError) -> YamlError:
    place = _place(error.problem_mark or error.context_mark)
    fix = "Check indentation (spaces, no tabs), colons and quotes on this line and the one above."
    return YamlError(place, error.problem or "this is not YAML", fix)
