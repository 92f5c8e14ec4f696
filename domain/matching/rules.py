"""Rules of the seller: typed, ordered, tried over the past before they act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.ledger.money import Money
from domain.matching.decision import Certainty, NotReceiptKind, PayerFound
from domain.matching.pattern import Pattern
from domain.matching.receipt import Channel, Receipt


class Shortfall(StrEnum):
    """What money that is missing is taken for."""

    FEE = "fee"
    DISCOUNT = "discount"
    WRITE_OFF = "write_off"
    DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True)
class When:
    """What must hold for a rule to fit: everything that is given; of several words, one.

    Amounts hold for their own currency; a receipt in another currency does not fit.
    """

    payer_contains: tuple[str, ...] = ()
    reference_contains: tuple[str, ...] = ()
    reference_matches: Pattern | None = None
    at_least: tuple[Money, ...] = ()
    at_most: tuple[Money, ...] = ()
    channels: frozenset[Channel] = frozenset()
    currencies: frozenset[str] = frozenset()
    type_codes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    customers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PayerIs:
    """Whoever sent it, it is this customer's money."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class TreatShort:
    """A shortfall within `up_to` and, where given, `basis_points` of the invoices is this."""

    shortfall: Shortfall
    up_to: tuple[Money, ...]
    basis_points: int = 0
    reason: str = ""

    def covers(self, missing: Money, claimed: Money) -> bool:
        """Whether so much may be missing of what is claimed."""
        if not any(missing.currency == m.currency and missing <= m for m in self.up_to):
            return False
        return not self.basis_points or 10_000 * missing.minor <= self.basis_points * claimed.minor


@dataclass(frozen=True, slots=True)
class OldestFirst:
    """This customer's money pays its oldest invoices first."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class WholeBalanceOnly:
    """This payer pays all that is open or something is wrong: anything else waits."""


@dataclass(frozen=True, slots=True)
class NoReceipt:
    """No customer sent this for an invoice."""

    kind: NotReceiptKind


@dataclass(frozen=True, slots=True)
class Hold:
    """A person looks at it, whatever fits."""

    reason: str = ""


Action = PayerIs | TreatShort | OldestFirst | WholeBalanceOnly | NoReceipt | Hold


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Only `live` rules act; others are tried over the past."""

    name: str
    when: When
    then: Action
    live: bool = False


@dataclass(frozen=True, slots=True)
class RuleHit:
    """What the rules say of a receipt.

    `customer_id` is the payer that a rule named; `action` what the first other rule that fits
    does. `names` are the rules that took part, in their order.
    """

    names: tuple[str, ...]
    customer_id: int | None = None
    action: Action | None = None


def apply_rules(rules: Sequence[Rule], receipt: Receipt, payer: PayerFound) -> RuleHit | None:
    """What the live rules say, read from top to bottom.

    A rule naming the payer lets the reading go on, with that payer; any other ends it. A rule
    that contradicts a certain payer does not fit.
    """
    names: list[str] = []
    named: int | None = None
    for rule in rules:
        if not rule.live or not _fits(rule, receipt, payer, named):
            continue
        if isinstance(rule.then, PayerIs):
            names += [] if named else [rule.name]
            named = named or rule.then.customer_id
            continue
        return RuleHit((*names, rule.name), named, rule.then)
    return RuleHit(tuple(names), named) if named else None


def _fits(rule: Rule, receipt: Receipt, payer: PayerFound, named: int | None) -> bool:
    customer = named or payer.customer_id
    match rule.then:
        case PayerIs(claimed):
            sure = payer.certainty is Certainty.CERTAIN
            if sure and claimed != payer.customer_id and claimed not in payer.family:
                return False
        case OldestFirst(claimed):
            if claimed != customer:
                return False
        case _:
            pass
    return fits(rule.when, receipt, customer)


def fits(when: When, receipt: Receipt, customer_id: int | None) -> bool:
    """Whether everything that `when` asks for holds of a receipt of this payer."""
    return (
        _says(when.payer_contains, (receipt.payer_name,))
        and _named(when, tuple(r.text for r in receipt.references))
        and _amount_fits(when, receipt.amount)
        and _one_of(when.channels, receipt.channel)
        and _one_of(when.currencies, receipt.amount.currency)
        and _one_of(when.type_codes, receipt.type_code)
        and _one_of(when.sources, receipt.source)
        and (not when.customers or customer_id in when.customers)
    )


def _named(when: When, texts: tuple[str, ...]) -> bool:
    pattern = when.reference_matches
    if pattern is not None and not any(pattern.found_in(text) for text in texts):
        return False
    return _says(when.reference_contains, texts)


def _says(words: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    if not words:
        return True
    folded = [" ".join(text.casefold().split()) for text in texts]
    return any(" ".join(w.casefold().split()) in text for w in words for text in folded)


def _one_of(allowed: frozenset[str], value: str) -> bool:
    return not allowed or value in allowed


def _amount_fits(when: When, amount: Money) -> bool:
    lows = [m for m in when.at_least if m.currency == amount.currency]
    highs = [m for m in when.at_most if m.currency == amount.currency]
    if (when.at_least and not lows) or (when.at_most and not highs):
        return False
    return all(low <= amount for low in lows) and all(amount <= high for high in highs)
