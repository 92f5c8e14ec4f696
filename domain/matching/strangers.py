"""Whether a payer is known by more than a number that another seller might use as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.matching.adjustments import Adjustment
from domain.matching.book import roundness
from domain.matching.decision import Certainty
from domain.matching.evidence import BIT, millibits, possible_amounts
from domain.matching.hypotheses import Case, Hypothesis, Origin
from domain.matching.payer import find_payer, is_service
from domain.matching.references import NamedItem

_TOLD = frozenset({Adjustment.DISCOUNT, Adjustment.NAMED_CREDIT})
_PROOF = 25 * BIT


def known_without_the_number(case: Case) -> bool:
    """Whether name or account tell the payer."""
    mute = replace(case.receipt, references=(), remittance=(), invoice_ids=())
    found = find_payer(mute, case.book, case.settings, case.today)
    return found.certainty is not Certainty.UNKNOWN and found.customer_id in case.scope


def proved_by_numbers(case: Case, hypothesis: Hypothesis, used: Sequence[NamedItem]) -> int | None:
    """The customer whose invoices are named plainly and whose open balances are the money.

    One number with a round sum proves nothing: other sellers count, and price, alike.
    """
    fit = hypothesis.fit
    named_so = hypothesis.origin in (Origin.REFERENCES, Origin.REMITTANCE)
    if not named_so or not set(fit.by) <= _TOLD or len(used) < len(fit.invoices):
        return None
    owners = {share.item.customer_id for share in (*fit.invoices, *fit.credits)}
    if len(owners) != 1 or not all(named.plain for named in used):
        return None
    if len(used) == 1 and roundness(case.receipt.amount) > 1:
        return None
    weight = sum(min(24 * BIT, named.millibits) for named in used)
    weight += millibits(1, possible_amounts(case))
    return next(iter(owners)) if weight >= _PROOF else None


def may_be_a_stranger(case: Case, numbers: int) -> bool:
    """Whether somebody unknown names one number of ours, and a price as round as anybody's."""
    receipt = case.receipt
    if numbers > 1 or receipt.customer_id is not None or roundness(receipt.amount) == 1:
        return False
    if not receipt.payer_name or is_service(receipt.payer_name, case.book, case.settings):
        return False
    return not known_without_the_number(case)
