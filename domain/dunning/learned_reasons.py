"""Why an invoice is contested, as learned from contested invoices, beside what the rules found.

The rules know phrases; a complaint in other words shows them nothing or too much. What was learned
settles which of the rules' reasons the words bear out, and names one where the rules have none.
"""

from __future__ import annotations

from dataclasses import replace

from domain.dunning import said_numbers
from domain.dunning.learned import Weights, likely, most_like
from domain.dunning.reading import DisputeClaim, DisputeReason, Intent, Reading
from domain.ledger.account import Account

# From what chance on a reason is added to those of the rules, and below which one is taken away.
_ADDED, _DOUBTED = 0.5, 0.12


def reasoned(
    reading: Reading, text: str, account: Account, weights: Weights[DisputeReason]
) -> Reading:
    """The reading with the reasons that its words bear out; as it is when nothing is contested."""
    if Intent.DISPUTE not in reading.kinds():
        return reading
    chances = likely(text, weights)
    by_rules = {claim.reason: claim for claim in reading.disputes}
    kept = {r for r in by_rules.keys() - {DisputeReason.OTHER} if chances.get(r, 0.0) >= _DOUBTED}
    wanted = kept | {r for r, chance in chances.items() if chance >= _ADDED}
    if len(wanted) > 1:
        wanted.discard(DisputeReason.OTHER)
    if not wanted:
        wanted = {max(chances, key=lambda r: chances[r], default=DisputeReason.OTHER)}
    claims = (by_rules.get(r) or _claim(text, r, account, weights) for r in sorted(wanted))
    return replace(reading, disputes=tuple(claims))


def _claim(
    text: str, reason: DisputeReason, account: Account, weights: Weights[DisputeReason]
) -> DisputeClaim:
    span = most_like(text, reason, weights)
    return DisputeClaim(reason, span, said_numbers.read(span, account).known)
