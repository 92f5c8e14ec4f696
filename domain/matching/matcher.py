"""What a receipt pays: proved, ruled, proposed, or not found.

Pure: the same inputs give the same bytes. The order is fixed: payer, references, remittance,
hypotheses, evidence, gates; then the seller's rules; what is left are proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from domain.matching.book import Book
from domain.matching.decision import (
    Ambiguous,
    Certainty,
    Decision,
    MatchClass,
    Matched,
    NotAReceipt,
    PayerFound,
    Tier,
    Unmatched,
)
from domain.matching.hypotheses import Case
from domain.matching.judging import case_of, judge, judge_alone
from domain.matching.payer import find_payer
from domain.matching.receipt import Receipt
from domain.matching.rules import (
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    RuleHit,
    TreatShort,
    WholeBalanceOnly,
    apply_rules,
)
from domain.matching.ruling import in_order_of_due, short_by_rule
from domain.matching.settings import MatchSettings


def decide(
    receipt: Receipt,
    book: Book,
    settings: MatchSettings,
    *,
    today: date | None = None,
    rules: Sequence[Rule] = (),
) -> Decision:
    """Match one receipt. `today` is the day it counts for, its own unless given."""
    day = today or receipt.received_on
    payer = find_payer(receipt, book, settings, day)
    case = case_of(receipt, book, settings, day, payer)
    proved = judge(case)
    hit = apply_rules(rules, receipt, payer) if rules else None
    return proved if hit is None else _under(hit, case, proved)


def _under(hit: RuleHit, case: Case, proved: Decision) -> Decision:
    """What the seller's rules make of a decision: they may hold a proof, never bend it."""
    told = f"rule {hit.names[-1]}"
    match hit.action:
        case Hold(reason):
            return _held(proved, f"{told}: {reason or 'a person looks at it'}")
        case WholeBalanceOnly():
            if isinstance(proved, Matched) and not _whole(case, proved):
                return _held(proved, f"{told}: it is not the whole balance")
        case NoReceipt(kind):
            if isinstance(proved, Matched):
                return _held(proved, f"{told} says it is no receipt, but it fits")
            return NotAReceipt(kind, (told,))
        case TreatShort() | OldestFirst() | PayerIs() | None:
            pass
        case other:
            assert_never(other)
    return proved if isinstance(proved, Matched) else _ruled(hit, case, proved)


def _ruled(hit: RuleHit, case: Case, proved: Decision) -> Decision:
    """Try again with the payer that a rule names, and with what a rule takes a difference for."""
    names = ", ".join(hit.names)
    if hit.customer_id is not None:
        case = _named_by_rule(case, hit.customer_id, names)
        proved = judge(case)
    found: Decision | None = None
    match hit.action:
        case TreatShort() as short if not isinstance(proved, Matched):
            hypothesis = short_by_rule(case, short)
            found = judge_alone(case, hypothesis) if hypothesis else None
        case OldestFirst() if not isinstance(proved, Matched):
            hypothesis = in_order_of_due(case)
            found = judge_alone(case, hypothesis) if hypothesis else None
        case _:
            pass
    best = found if isinstance(found, Matched) else proved
    if not isinstance(best, Matched):
        return _with_reason(best, found, names)
    proposal = replace(best.proposal, klass=MatchClass.RULE)
    live = MatchClass.RULE in case.settings.live
    return replace(best, proposal=proposal, tier=Tier.RULE, rule=names, live=live)


def _with_reason(proved: Decision, found: Decision | None, names: str) -> Decision:
    """The rule's own attempt is worth showing when there was nothing at all."""
    if isinstance(found, Ambiguous) and isinstance(proved, Unmatched):
        return replace(found, reasons=(*found.reasons, f"rule {names} did not suffice"))
    return proved


def _named_by_rule(case: Case, customer_id: int, names: str) -> Case:
    alone = frozenset({customer_id})
    family = case.book.family(customer_id) if case.settings.parent_pays_children else alone
    told = (f"rule {names} names the payer",)
    payer = PayerFound(customer_id, Certainty.CERTAIN, told, family)
    return case_of(case.receipt, case.book, case.settings, case.today, payer)


def _held(decision: Decision, reason: str) -> Decision:
    match decision:
        case Matched():
            shown = (decision.proposal, *((decision.runner_up,) if decision.runner_up else ()))
            return Ambiguous(decision.payer, shown, (reason,), decision.gates)
        case Ambiguous() | Unmatched():
            return replace(decision, reasons=(reason, *decision.reasons))
        case NotAReceipt():
            return decision
        case _:
            assert_never(decision)


def _whole(case: Case, matched: Matched) -> bool:
    items = case.book.open_items(case.scope, case.currency)
    allocation = matched.proposal.allocation
    return {i.id for i in items} == {line.item_id for line in allocation.invoices}
