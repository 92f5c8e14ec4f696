"""Whether a payer is known by more than a number that another seller might use as well."""

from __future__ import annotations

from dataclasses import replace

from domain.matching.book import roundness
from domain.matching.decision import Certainty
from domain.matching.hypotheses import Case
from domain.matching.payer import find_payer, is_service


def known_without_the_number(case: Case) -> bool:
    """Whether name or account tell the payer."""
    mute = replace(case.receipt, references=(), remittance=(), invoice_ids=())
    found = find_payer(mute, case.book, case.settings, case.today)
    return found.certainty is not Certainty.UNKNOWN and found.customer_id in case.scope


def may_be_a_stranger(case: Case, numbers: int) -> bool:
    """Whether somebody unknown names one number of ours, and a price as round as anybody's."""
    receipt = case.receipt
    if numbers > 1 or receipt.customer_id is not None or roundness(receipt.amount) == 1:
        return False
    if not receipt.payer_name or is_service(receipt.payer_name, case.book, case.settings):
        return False
    return not known_without_the_number(case)
