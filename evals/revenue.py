"""Vectors of revenue rules: what the production rules compute beside what is expected.

The file is a JSON object with a list `vectors`; each has a kind and an id. Kinds schedule,
allocation, scenario and modification are answered by the revenue engine, billing and credit by
the rules of billing. A vector whose shape is not understood counts as different.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from evals.json_lines import UnreadableFile, whole
from evals.revenue_billing import answer
from evals.revenue_change import modification
from evals.revenue_reading import Vector
from evals.revenue_scenario import scenario
from evals.revenue_schedule import allocation, schedule

_LARGEST = 20_000_000
_RULES: dict[str, Callable[[Vector], Any]] = {
    "schedule": schedule,
    "allocation": allocation,
    "scenario": scenario,
    "modification": modification,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One vector: `differences` name the place, what was expected and what came out."""

    id: str
    kind: str
    expected: Any
    computed: Any
    differences: tuple[str, ...]


def run(file: Path, *, as_json: bool = False) -> int:
    """Print every vector. 0 when all are equal, 1 when one differs, 2 for an unreadable file."""
    try:
        vectors = load(file)
    except UnreadableFile as error:
        sys.stderr.write(f"{file}: {error}\n")
        return 2
    found = [compare(vector) for vector in vectors]
    sys.stdout.write(_json(found) if as_json else _text(found))
    return 1 if any(row.differences for row in found) else 0


def load(file: Path) -> list[Vector]:
    """The vectors, every number as text. Raises UnreadableFile."""
    if file.is_file() and file.stat().st_size > _LARGEST:
        raise UnreadableFile("it is larger than 20 MB")
    raw = whole(file)
    vectors = raw.get("vectors") if isinstance(raw, dict) else raw
    if not isinstance(vectors, list) or not all(isinstance(row, dict) for row in vectors):
        raise UnreadableFile("vectors must be a list of objects")
    if not vectors:
        raise UnreadableFile("there is no vector in it")
    return vectors


def compare(vector: Vector) -> Compared:
    """Compute a vector and hold it against what it expects."""
    kind, name = str(vector.get("kind", "")), str(vector.get("id", ""))
    expected = _expected(vector)
    try:
        computed = _answer(kind, vector)
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as error:
        why = f"not understood: {type(error).__name__}: {error or error.__doc__}"
        return Compared(name, kind, expected, None, (why,))
    if computed is None or expected is None:
        why = f"no rule for kind {kind}" if computed is None else "nothing is expected"
        return Compared(name, kind, expected, computed, (why,))
    shown = computed.get("expect", computed) if isinstance(computed, dict) else computed
    differences = tuple(_differences(expected, shown, kind))
    return Compared(name, kind, expected, shown, differences)


def _expected(vector: Vector) -> Any:
    if vector.get("kind") == "schedule" and "expect" not in vector:
        return {"lines": vector.get("lines")} | {
            name: vector[name] for name in ("base_lines", "held") if name in vector
        }
    return vector.get("expect")


def _answer(kind: str, vector: Vector) -> Any:
    rule: Callable[[Vector], Any] = _RULES.get(kind, answer)
    return rule(vector)


def _differences(expected: Any, computed: Any, place: str) -> list[str]:
    """Everything that is expected must be there; the lines of a schedule also not more."""
    if isinstance(expected, Mapping) and isinstance(computed, Mapping):
        found = [
            line
            for key, value in expected.items()
            for line in _differences(value, computed.get(key), f"{place}.{key}")
        ]
        extra = computed.keys() - expected.keys() if place.endswith("schedule.lines") else ()
        return found + [
            f"{place}.{key}: nothing expected, {computed[key]}" for key in sorted(extra)
        ]
    if isinstance(expected, list) and isinstance(computed, list):
        return _rows(expected, computed, place)
    if _same(expected, computed):
        return []
    return [f"{place}: expected {expected}, computed {computed}"]


def _rows(expected: list[Any], computed: list[Any], place: str) -> list[str]:
    """Rows with a period are held against the row of that period, others against their place."""
    by_period = {
        row["period"]: row for row in computed if isinstance(row, dict) and "period" in row
    }
    if by_period and all(isinstance(row, dict) and "period" in row for row in expected):
        pairs = [(row, by_period.get(row["period"]), row["period"]) for row in expected]
    elif len(expected) != len(computed):
        return [f"{place}: expected {len(expected)} rows, computed {len(computed)}"]
    else:
        pairs = [(row, computed[n], n) for n, row in enumerate(expected)]
    return [
        line for row, found, name in pairs for line in _differences(row, found, f"{place}[{name}]")
    ]


def _same(expected: Any, computed: Any) -> bool:
    if isinstance(expected, bool) or isinstance(computed, bool) or None in (expected, computed):
        return expected is computed
    try:
        return Fraction(str(expected)) == Fraction(str(computed))
    except ValueError:
        return str(expected) == str(computed)


def _json(found: list[Compared]) -> str:
    different = sum(bool(row.differences) for row in found)
    report = {
        "vectors": [asdict(row) | {"equal": not row.differences} for row in found],
        "equal": len(found) - different,
        "different": different,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _text(found: list[Compared]) -> str:
    lines = list[str]()
    for row in found:
        lines.append(f"{'differs' if row.differences else 'equal':8}{row.kind:13}{row.id}")
        lines.append(f"    expected {json.dumps(row.expected, ensure_ascii=False)}")
        lines.append(f"    computed {json.dumps(row.computed, ensure_ascii=False)}")
        lines += [f"    {line}" for line in row.differences]
    different = sum(bool(row.differences) for row in found)
    lines.append(f"{len(found)} vectors, {len(found) - different} equal, {different} different")
    return "\n".join(lines) + "\n"
