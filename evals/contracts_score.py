"""What was read of a contract beside what is expected of it, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.ledger.contract.payload import normal_payload
from domain.ledger.contract.terms import REPEATED, ContractTerms


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field: `right` when what was read is what is expected, or both are nothing."""

    field: str
    expected: Any
    read: Any
    right: bool


def scored(terms: ContractTerms, expect: Mapping[str, Any]) -> tuple[FieldScore, ...]:
    """Every field that is expected, every one that must be empty, and the findings named.

    An expectation has `terms` (name to normalized value; of fees, milestones and discounts a list
    of objects whose given keys must be equal), `absent`, `findings` and `no_findings`.
    """
    return tuple(_scores(terms, expect))


def _scores(terms: ContractTerms, expect: Mapping[str, Any]) -> Iterator[FieldScore]:
    read: dict[str, list[Any]] = {}
    for term in terms.terms:
        read.setdefault(term.name, []).append(normal_payload(term.normalized))
    for name, wanted in expect.get("terms", {}).items():
        found = read.get(name, [])
        if name in REPEATED:
            yield FieldScore(name, wanted, found, _all_there(wanted, found))
        else:
            one = found[0] if found else None
            yield FieldScore(name, wanted, one, _same(wanted, one))
    for name in expect.get("absent", ()):
        found = read.get(name, [])
        yield FieldScore(name, None, found or None, not found)
    ids = {finding.id for finding in terms.findings}
    for wanted, there in (("findings", True), ("no_findings", False)):
        for name in expect.get(wanted, ()):
            yield FieldScore(name, there, name in ids, (name in ids) is there)


def _all_there(wanted: list[dict[str, Any]], found: list[Any]) -> bool:
    """Each expected one is there once, and nothing beside."""
    left = list(found)
    for one in wanted:
        match = next((f for f in left if all(f.get(k) == v for k, v in one.items())), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, str) and isinstance(found, str):
        return _plain(wanted) == _plain(found)
    return type(wanted) is type(found) and bool(wanted == found)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").replace(".", " ").split())
