"""Does the matcher do what a finance team expects in cases drawn from other systems?

Reads a JSON list of cases: `{id, invoices[], payments[], credits[]?, customers[]?, config?,
steps[]?, expected?}`. An automatic application in a case that is not labelled `auto_apply` is the
harm that counts.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, assert_never

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.book import build_book
from domain.matching.decision import (
    Ambiguous,
    Decision,
    Line,
    Matched,
    NotAReceipt,
    Proposal,
    Unmatched,
)
from domain.matching.item import Item, ItemKind, ItemState
from domain.matching.matcher import decide
from evals.case_ledger import CaseLedger, processed, run_steps
from evals.case_reading import BadCase, ReadCase, read_case
from evals.json_lines import UnreadableFile, whole

_ORDER = ("reject", "propose", "no_match", "on_account", "auto_apply")


@dataclass(slots=True)
class Verdict:
    """What a case came to. `automatic` tells whether anything was applied by itself."""

    id: str
    decision: str
    applications: list[dict[str, str]] = field(default_factory=list)
    unapplied: dict[str, str] = field(default_factory=dict)
    open_after: dict[str, str] = field(default_factory=dict)
    reject: str = ""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    automatic: bool = False

    def as_record(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "id": self.id,
            "decision": self.decision,
            "applications": self.applications,
            "unapplied": self.unapplied,
            "open_after": self.open_after,
        }
        if self.reject:
            record["reject"] = self.reject
        return record | {"reasons": self.reasons, "notes": self.notes}


def run(path: str | Path, *, as_json: bool = False) -> int:
    """Decide every case of a file and print the results.

    Returns 1 when anything was applied automatically that is not labelled so, 2 when the file or
    a case of it cannot be read (the others are decided all the same), 0 otherwise.
    """
    try:
        cases = _cases(whole(path))
    except UnreadableFile as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 2
    verdicts: list[tuple[Verdict, Mapping[str, Any]]] = []
    unread = 0
    for case in cases:
        try:
            verdicts.append((judge(case), case.get("expected") or {}))
        except BadCase as error:
            unread += 1
            sys.stderr.write(f"{path}: {error}\n")
    harm = [v for v, expected in verdicts if _harmful(v, expected)]
    _report(verdicts, as_json=as_json)
    for verdict in harm:
        sys.stderr.write(f"applied by itself, though not labelled so: {verdict.id}\n")
    return 1 if harm else 2 if unread else 0


def _cases(raw: Any) -> list[Any]:
    """The cases of a file: a list, one under `cases`, or the only case."""
    cases = raw.get("cases", [raw]) if isinstance(raw, dict) else raw
    if not isinstance(cases, list) or not cases:
        raise UnreadableFile("there is no list of cases in it")
    return cases


def _harmful(verdict: Verdict, expected: Mapping[str, Any]) -> bool:
    label = expected.get("decision")
    return verdict.automatic and label is not None and label != "auto_apply"


def _report(verdicts: list[tuple[Verdict, Mapping[str, Any]]], *, as_json: bool) -> None:
    right: Counter[str] = Counter()
    for verdict, expected in verdicts:
        if as_json:
            sys.stdout.write(json.dumps(verdict.as_record(), ensure_ascii=False) + "\n")
            continue
        agreed = agreement(verdict, expected)
        right.update(name for name, same in agreed.items() if same)
        wrong = ", ".join(name for name, same in agreed.items() if not same)
        sys.stdout.write(_line(verdict) + (f"  [differs: {wrong}]" if wrong else "") + "\n")
    if not as_json and verdicts:
        told = ", ".join(f"{name} {right[name]}" for name in _COMPARED)
        sys.stdout.write(f"as expected, of {len(verdicts)} cases: {told}\n")


def _line(verdict: Verdict) -> str:
    applied = "; ".join(
        " ".join(f"{k}={v}" for k, v in line.items()) for line in verdict.applications
    )
    told = f"{verdict.id}: {verdict.decision} {verdict.reject}".rstrip()
    for name in ("unapplied", "open_after"):
        values = getattr(verdict, name)
        told += f" | {name} " + " ".join(f"{k}={v}" for k, v in values.items()) if values else ""
    told += f" | {applied}" if applied else ""
    return told + "".join(f" ({note})" for note in verdict.notes)


_COMPARED = ("decision", "applications", "unapplied", "open_after")


def agreement(verdict: Verdict, expected: Mapping[str, Any]) -> dict[str, bool]:
    """Whether each part is as the case's label says; what the label leaves out is right."""
    record = verdict.as_record()
    return {
        name: _same(record[name], expected[name]) if name in expected else True
        for name in _COMPARED
    }


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, Mapping):
        return all(str(ours.get(key)) == str(value) for key, value in theirs.items())
    if isinstance(theirs, list):
        return sorted(map(_flat, ours)) == sorted(map(_flat, theirs))
    return bool(ours == theirs)


def _flat(line: Mapping[str, Any]) -> str:
    return json.dumps({k: str(v) for k, v in line.items()}, sort_keys=True)


def judge(raw: Mapping[str, Any]) -> Verdict:
    """The verdict on one case. Raises BadCase when it cannot be read."""
    if not isinstance(raw, Mapping):
        raise BadCase("a case is not an object")
    case = read_case(raw)
    try:
        return _judged(raw, case)
    except (LedgerError, KeyError, TypeError, ValueError) as error:
        raise BadCase(f"case {case.id}: {error!r}") from error


def _judged(raw: Mapping[str, Any], case: ReadCase) -> Verdict:
    refusal = _refusal(case)
    steps = raw.get("steps")
    if refusal:
        opens = {case.targets.name(i.id): i.open.plain() for i in _claims(case.items)}
        verdict = Verdict(case.id, "reject", open_after=opens, reject=refusal)
    elif steps:
        verdict = _of_ledger(case, *run_steps(case, steps))
    elif "ledger" in (raw.get("tags") or ()):
        verdict = _of_ledger(case, processed(case), "")
    else:
        verdict = _matched(case)
    verdict.notes = [*case.notes, *verdict.notes]
    return verdict


def _refusal(case: ReadCase) -> str:
    """Why the payments of a case cannot be taken at all."""
    keys = [r.source_id for n, r in case.receipts if case.payments[n].get("external_key")]
    if len(keys) != len(set(keys)):
        return "duplicate_key"
    if any(receipt.amount.minor <= 0 for _, receipt in case.receipts):
        return "invalid_amount"
    return ""


def _claims(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind is ItemKind.INVOICE]


def _of_ledger(case: ReadCase, ledger: CaseLedger, refused: str) -> Verdict:
    lines = [
        {"payment": one.payment, "target": one.target, "amount": one.amount.plain()}
        | ({"writeoff": one.writeoff.plain()} if one.writeoff else {})
        for one in ledger.applied
    ]
    standing = {name for name, _ in case.receipts} - ledger.gone
    return Verdict(
        case.id,
        "reject" if refused else "ledger",
        applications=lines,
        unapplied={n: m.plain() for n, m in ledger.left.items() if n in standing},
        open_after={name: money.plain() for name, money in ledger.open.items()},
        reject=refused,
        notes=list(ledger.notes),
    )


def _matched(case: ReadCase) -> Verdict:
    """Every receipt in its order, each against what the ones before it left open."""
    items = {(item.kind, item.id): item for item in case.items}
    verdict = Verdict(case.id, "")
    decisions: list[str] = []
    unconfirmed: set[Any] = set()
    for name, receipt in case.receipts:
        book = build_book(items.values(), case.parties)
        decision = decide(receipt, book, case.settings)
        kind, proposal, reasons = _read(decision, items.values())
        touched = _touched(proposal)
        if kind == "auto_apply" and touched & unconfirmed:
            kind = "propose"
            reasons.append("it rests on a proposal that nobody confirmed")
        unconfirmed |= touched if kind == "propose" else set()
        decisions.append(kind)
        verdict.automatic |= kind == "auto_apply"
        verdict.reasons += reasons
        left = receipt.amount
        if proposal is not None:
            left = proposal.allocation.unapplied
            verdict.applications += _told(case, name, proposal)
            _take(items, proposal)
        verdict.unapplied[name] = left.plain()
    verdict.decision = next((d for d in _ORDER if d in decisions), "no_match")
    verdict.open_after = {case.targets.name(i.id): i.open.plain() for i in _claims(items.values())}
    return verdict


def _read(decision: Decision, items: Iterable[Item]) -> tuple[str, Proposal | None, list[str]]:
    match decision:
        case Matched(proposal=proposal, live=live):
            return "auto_apply" if live else "propose", proposal, list(proposal.reasons)
        case Ambiguous(proposals=proposals, reasons=reasons, near=near):
            best = proposals[0] if proposals else None
            return "propose" if best else "no_match", best, [*reasons, *near]
        case Unmatched(payer=payer, reasons=reasons, near=near):
            theirs = [
                i
                for i in _claims(items)
                if i.customer_id == payer.customer_id and i.state is ItemState.OPEN
            ]
            known = payer.customer_id is not None
            return "on_account" if known and not theirs else "no_match", None, [*reasons, *near]
        case NotAReceipt(reasons=reasons):
            return "no_match", None, list(reasons)
        case _:
            assert_never(decision)


def _touched(proposal: Proposal | None) -> set[Any]:
    """What a proposal settles, in whole or in part."""
    if proposal is None:
        return set()
    lines = (*proposal.allocation.invoices, *proposal.allocation.credits)
    return {(line.kind, line.item_id) for line in lines}


def _take(items: dict[Any, Item], proposal: Proposal) -> None:
    """What the proposal leaves open. A deduction stays open on its invoice."""
    for line in (*proposal.allocation.invoices, *proposal.allocation.credits):
        item = items[line.kind, line.item_id]
        left = item.open - line.amount - line.discount - line.writeoff - line.withheld
        state = ItemState.OPEN if left else ItemState.PAID
        items[line.kind, line.item_id] = replace(item, open=left, state=state)


def _told(case: ReadCase, payment: str, proposal: Proposal) -> list[dict[str, str]]:
    """Applications as cases write them; what credits cover is told as the credits' own."""
    taken = [(case.targets.name(c.item_id), c.amount) for c in proposal.allocation.credits]
    lines: list[dict[str, str]] = []
    for line in proposal.allocation.invoices:
        target, paid = case.targets.name(line.item_id), line.amount
        while taken and paid.minor > 0 and taken[0][1].minor > 0:
            name, left = taken.pop(0)
            share = min(left, paid)
            paid -= share
            lines.append({"credit": name, "target": target, "amount": share.plain()})
            if left > share:
                taken.insert(0, (name, left - share))
        lines.append({"payment": payment, "target": target, "amount": paid.plain()} | _off(line))
    return [line for line in lines if len(line) > 3 or Money.parse(line["amount"], "KWD")]


def _off(line: Line) -> dict[str, str]:
    names = ("discount", "writeoff", "withheld", "deduction")
    return {name: getattr(line, name).plain() for name in names if getattr(line, name)}
