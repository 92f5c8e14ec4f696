"""Mappings as a file that a finance person reads and edits: YAML, one list a kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.yaml_places import Places, YamlError, read_yaml
from store.mappings import KINDS

_MOST_BYTES = 512 * 1024
_KEYS = ("ours", "netsuite_id", "source", "name")
_HEAD = """\
# What our words are called in the ERP. One list for each kind: {kinds}.
# `ours` is our word, * the default; `netsuite_id` the ERP's internal id; `source` the source whose
# word it is, left out when it holds for all. `name` is only for the reader.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One mapping of a file."""

    kind: str
    source: str
    ours: str
    netsuite_id: str


@dataclass(frozen=True, slots=True)
class FileProblems:
    """What must be corrected, by line."""

    problems: dict[str, str]


def written(mappings: Sequence[tuple[Listed, str]]) -> str:
    """The file of these mappings, each with the name of its target."""
    parts = [_HEAD.format(kinds=", ".join(KINDS))]
    for kind in KINDS:
        mine = [(one, name) for one, name in mappings if one.kind == kind]
        if mine:
            parts.append(f"\n{kind}:\n")
            parts += [_entry(one, name) for one, name in mine]
    return "".join(parts)


def _entry(one: Listed, name: str) -> str:
    told = [f"  - ours: {json.dumps(one.ours, ensure_ascii=False)}"]
    told.append(f"    netsuite_id: {json.dumps(one.netsuite_id)}")
    if one.source:
        told.append(f"    source: {one.source}")
    if name:
        told.append(f"    name: {json.dumps(name, ensure_ascii=False)}")
    return "\n".join(told) + "\n"


def mappings_in(text: str) -> list[tuple[int, Listed]] | FileProblems:
    """The mappings of a file with their lines, or what must be corrected."""
    try:
        values, places = read_yaml(text, most_bytes=_MOST_BYTES)
    except YamlError as error:
        return FileProblems({f"line {error.place.line}": f"{error.problem}. {error.fix}"})
    if values is None:
        return []
    if not isinstance(values, dict):
        return FileProblems({"line 1": "Write one list for each kind, as an export does."})
    problems: dict[str, str] = {}
    found: list[tuple[int, Listed]] = []
    for kind, items in values.items():
        _read_kind(kind, items, places, found, problems)
    return FileProblems(problems) if problems else found


def _read_kind(
    kind: str,
    items: object,
    places: Places,
    found: list[tuple[int, Listed]],
    problems: dict[str, str],
) -> None:
    if kind not in KINDS or not isinstance(items, list):
        line = places.of((kind,)).line
        problems[f"line {line}"] = f"Write a list for one of: {', '.join(KINDS)}."
        return
    seen: set[tuple[str, str, str]] = set()
    for n, raw in enumerate(items):
        line = places.of((kind, n)).line
        if problem := _wrong(raw):
            problems[f"line {line}"] = problem
        elif isinstance(raw, Mapping):
            told = {name: " ".join(str(raw.get(name) or "").split()) for name in _KEYS}
            one = Listed(kind, told["source"], told["ours"], told["netsuite_id"])
            if (one.kind, one.source, one.ours) in seen:
                problems[f"line {line}"] = f"{one.ours} stands here twice."
            seen.add((one.kind, one.source, one.ours))
            found.append((line, one))


def _wrong(raw: object) -> str:
    if not isinstance(raw, Mapping):
        return "Write `ours:` and `netsuite_id:` for each."
    strange = [name for name in raw if name not in _KEYS]
    if strange:
        return f"{strange[0]} is not known here. Known: {', '.join(_KEYS)}."
    missing = [name for name in ("ours", "netsuite_id") if raw.get(name) in (None, "")]
    return f"{missing[0]} is missing." if missing else ""
