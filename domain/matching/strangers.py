"""Whether a payer is known by more than a number that another seller might use as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.ledger.money import Money, exponent
from domain.matching.adjustments import Adjustment
from domain.matching.decision import Certainty
from domain.matching.evidence import BIT, millibits, possible_amounts
from domain.matching.hypotheses import Case, Hypothesis, Origin
from domain.matching.payer import find_payer, is_service
from domain.matching.references import NamedItem

_TOLD = frozenset({Adjustment.DISCOUNT, Adjustment.NAMED_CREDIT})
_PROOF = 30 * BIT
_PRICE_ENDINGS = frozenset({0, 25, 49, 50, 75, 90, 95, 98, 99})


def known_without_the_number(case: Case) -> bool:
    """Whether name or account tell the payer."""
    mute = replace(case.receipt, references=(), remittance=(), invoice_ids=())
    found = find_payer(mute, case.book, case.settings, case.today)
    return found.certainty is not Certainty.UNKNOWN and found.customer_id in case.scope


def proved_by_numbers(case: Case, hypothesis: Hypothesis, used: Sequence[NamedItem]) -> int | None:
    """The customer whose invoices are named plainly and whose open balances are the money.

    One number with a sum that looks like a price, or is open elsewhere as well, proves nothing:
    other sellers count, and price, alike, and digits get swapped.
    """
    fit = hypothesis.fit
    named_so = hypothesis.origin in (Origin.REFERENCES, Origin.REMITTANCE)
    if not named_so or not set(fit.by) <= _TOLD or len(used) < len(fit.invoices):
        return None
    owners = {share.item.customer_id for share in (*fit.invoices, *fit.credits)}
    if len(owners) != 1 or not all(named.plain for named in used):
        return None
    if len(used) == 1 and not _rare(case):
        return None
    weight = sum(min(24 * BIT, named.millibits) for named in used)
    weight += millibits(1, possible_amounts(case))
    return next(iter(owners)) if weight >= _PROOF else None


def _rare(case: Case) -> bool:
    """Whether the amount is no price and open on one invoice at most."""
    amount = case.receipt.amount
    return not like_a_price(amount) and len(case.book.by_amount(None, amount)) <= 1


def like_a_price(amount: Money) -> bool:
    """Whether it ends as prices do: on whole units, a quarter, or just below (.90, .95, .99)."""
    digits = exponent(amount.currency)
    if digits == 0:
        return amount.minor % 10 == 0
    finer = 10 ** (digits - 2) if digits > 2 else 1
    ending, rest = divmod(amount.minor, finer)
    return not rest and ending % 100 in _PRICE_ENDINGS


def may_be_a_stranger(case: Case, numbers: int) -> bool:
    """Whether somebody unknown names one number of ours, and a price as round as anybody's."""
    receipt = case.receipt
    if numbers > 1 or receipt.customer_id is not None or _rare(case):
        return False
    if not receipt.payer_name or is_service(receipt.payer_name, case.book, case.settings):
        return False
    return not known_without_the_number(case)
