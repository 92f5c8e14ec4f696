"""Contract terms as JSON values and back: to store them, and between two processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from domain.ledger.contract.terms import (
    ContractFinding,
    ContractTerms,
    Discount,
    Fee,
    LateFee,
    Milestone,
    Normal,
    Term,
)
from domain.ledger.money import Money

_KINDS: dict[str, type[Fee | Milestone | Discount | LateFee]] = {
    "fee": Fee,
    "milestone": Milestone,
    "discount": Discount,
    "late_fee": LateFee,
}


def payload(terms: ContractTerms) -> dict[str, Any]:
    """The terms as JSON values."""
    return {
        "name": terms.name,
        "digest": terms.digest,
        "read_by": terms.read_by,
        "pages": list(terms.pages),
        "terms": [term_payload(term) for term in terms.terms],
        "findings": [asdict(finding) for finding in terms.findings],
    }


def term_payload(term: Term) -> dict[str, Any]:
    """One term as JSON values; its normalized form tells its type where that is not plain."""
    return {
        "name": term.name,
        "value": term.value,
        "normalized": normal_payload(term.normalized),
        "quote": term.quote,
        "page": term.page,
        "confidence": term.confidence,
    }


def normal_payload(normal: Normal) -> Any:
    """A normalized value: money as {amount, currency}, dates as ISO text."""
    if isinstance(normal, Money):
        return {"amount": normal.plain(), "currency": normal.currency}
    if isinstance(normal, date):
        return normal.isoformat()
    if isinstance(normal, str | int):
        return normal
    return {
        field: normal_payload(value) if isinstance(value, Money | date) else value
        for field, value in _fields(normal).items()
    }


def from_payload(raw: Mapping[str, Any]) -> ContractTerms:
    """What `payload` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return ContractTerms(
        str(raw["name"]),
        str(raw["digest"]),
        tuple(term_from(term) for term in raw["terms"]),
        tuple(_finding(finding) for finding in raw["findings"]),
        tuple(str(page) for page in raw["pages"]),
        str(raw["read_by"]),
    )


def term_from(raw: Mapping[str, Any]) -> Term:
    """A term as `term_payload` wrote it."""
    name = raw["name"]
    return Term(
        name,
        str(raw["value"]),
        _normal(str(name), raw["normalized"]),
        str(raw["quote"]),
        int(raw["page"]),
        _confidence(raw["confidence"]),
    )


def _confidence(raw: Any) -> float:
    if not isinstance(raw, float | int):
        raise TypeError(f"confidence: {type(raw).__name__}")
    return raw


def _normal(name: str, raw: Any) -> Normal:
    if name in _KINDS:
        made: Normal = _KINDS[name](**{k: _inner(k, v) for k, v in raw.items()})
        return made
    value = _inner(name, raw)
    if not isinstance(value, str | int | date | Money):
        raise TypeError(f"{name}: {type(value).__name__}")
    return value


def _inner(name: str, raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return Money.parse(str(raw["amount"]), str(raw["currency"]))
    if isinstance(raw, str) and (name == "on" or name.endswith("_on")):
        return date.fromisoformat(raw)
    return raw


def _finding(raw: Mapping[str, Any]) -> ContractFinding:
    names: Sequence[Any] = raw["names"]
    return ContractFinding(**{**raw, "names": tuple(names)})


def _fields(normal: Fee | Milestone | Discount | LateFee) -> dict[str, Any]:
    return {field: getattr(normal, field) for field in normal.__dataclass_fields__}
