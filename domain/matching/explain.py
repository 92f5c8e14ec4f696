"""A decision as plain JSON, and back: stored with each match, shown on pages, replayed in tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from domain.ledger.money import Money
from domain.matching.decision import (
    Allocation,
    Ambiguous,
    Certainty,
    Decision,
    Gate,
    Line,
    MatchClass,
    Matched,
    NotAReceipt,
    NotReceiptKind,
    PayerFound,
    Proposal,
    Tier,
    Unmatched,
)
from domain.matching.item import ItemKind

VERSION = 1


def as_json(decision: Decision) -> dict[str, Any]:
    """The decision as values of JSON, keys in a fixed order."""
    match decision:
        case Matched():
            return {"version": VERSION, "outcome": "matched"} | _matched(decision)
        case Ambiguous():
            return {
                "version": VERSION,
                "outcome": "ambiguous",
                "payer": _payer(decision.payer),
                "proposals": [_proposal(p) for p in decision.proposals],
                "reasons": list(decision.reasons),
                "gates": [_gate(g) for g in decision.gates],
                "near": list(decision.near),
            }
        case Unmatched():
            return {
                "version": VERSION,
                "outcome": "unmatched",
                "payer": _payer(decision.payer),
                "reasons": list(decision.reasons),
                "near": list(decision.near),
            }
        case NotAReceipt():
            return {
                "version": VERSION,
                "outcome": "not_a_receipt",
                "kind": decision.kind.value,
                "reasons": list(decision.reasons),
            }
        case _:
            assert_never(decision)


def _matched(decision: Matched) -> dict[str, Any]:
    return {
        "payer": _payer(decision.payer),
        "proposal": _proposal(decision.proposal),
        "tier": int(decision.tier),
        "gates": [_gate(g) for g in decision.gates],
        "runner_up": _proposal(decision.runner_up) if decision.runner_up else None,
        "rule": decision.rule,
        "live": decision.live,
        "notes": list(decision.notes),
    }


def _payer(payer: PayerFound) -> dict[str, Any]:
    return {
        "customer_id": payer.customer_id,
        "certainty": payer.certainty.value,
        "evidence": list(payer.evidence),
        "family": sorted(payer.family),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    allocation = proposal.allocation
    return {
        "customer_id": allocation.customer_id,
        "currency": allocation.unapplied.currency,
        "invoices": [_line(line) for line in allocation.invoices],
        "credits": [_line(line) for line in allocation.credits],
        "unapplied": allocation.unapplied.minor,
        "fee": allocation.fee.minor,
        "class": proposal.klass.value,
        "millibits": proposal.millibits,
        "reasons": list(proposal.reasons),
    }


_AMOUNTS = ("amount", "discount", "writeoff", "withheld", "deduction")


def _line(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": line.kind.value, "id": line.item_id, "number": line.number}
    return found | {name: getattr(line, name).minor for name in _AMOUNTS}


def _gate(gate: Gate) -> dict[str, Any]:
    return {"name": gate.name, "passed": gate.passed, "told": gate.told}


def from_json(raw: Mapping[str, Any]) -> Decision:
    """The decision again. Raises KeyError or ValueError on what `as_json` never wrote."""
    match raw["outcome"]:
        case "matched":
            return _matched_again(raw)
        case "ambiguous":
            return Ambiguous(
                _payer_again(raw["payer"]),
                tuple(_proposal_again(p) for p in raw["proposals"]),
                tuple(raw["reasons"]),
                tuple(_gate_again(g) for g in raw["gates"]),
                tuple(raw["near"]),
            )
        case "unmatched":
            payer = _payer_again(raw["payer"])
            return Unmatched(payer, tuple(raw["reasons"]), tuple(raw["near"]))
        case "not_a_receipt":
            return NotAReceipt(NotReceiptKind(raw["kind"]), tuple(raw["reasons"]))
        case other:
            raise ValueError(f"unknown outcome {other!r}")


def _matched_again(raw: Mapping[str, Any]) -> Matched:
    return Matched(
        _payer_again(raw["payer"]),
        _proposal_again(raw["proposal"]),
        Tier(raw["tier"]),
        tuple(_gate_again(g) for g in raw["gates"]),
        _proposal_again(raw["runner_up"]) if raw["runner_up"] else None,
        raw["rule"],
        raw["live"],
        tuple(raw["notes"]),
    )


def _payer_again(raw: Mapping[str, Any]) -> PayerFound:
    return PayerFound(
        raw["customer_id"],
        Certainty(raw["certainty"]),
        tuple(raw["evidence"]),
        frozenset(raw["family"]),
    )


def _proposal_again(raw: Mapping[str, Any]) -> Proposal:
    currency = raw["currency"]
    allocation = Allocation(
        raw["customer_id"],
        tuple(_line_again(line, currency) for line in raw["invoices"]),
        Money(raw["unapplied"], currency),
        Money(raw["fee"], currency),
        tuple(_line_again(line, currency) for line in raw["credits"]),
    )
    return Proposal(allocation, MatchClass(raw["class"]), raw["millibits"], tuple(raw["reasons"]))


def _line_again(raw: Mapping[str, Any], currency: str) -> Line:
    amounts = [Money(raw[name], currency) for name in _AMOUNTS]
    return Line(ItemKind(raw["kind"]), raw["id"], raw["number"], *amounts)


def _gate_again(raw: Mapping[str, Any]) -> Gate:
    return Gate(raw["name"], raw["passed"], raw["told"])
