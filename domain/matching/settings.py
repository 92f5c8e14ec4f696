"""What a seller allows in matching: tolerances, limits, and which classes may act alone."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ledger.money import Money
from domain.matching.decision import MatchClass


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Nothing is tolerated and nothing acts alone unless it is set here.

    Amounts hold for their own currency only. `write_off_percent` and `withholding` are in
    hundredths of a percent (basis points). `cap` is the most that may match alone.
    """

    live: frozenset[MatchClass] = frozenset()
    cap: tuple[Money, ...] = ()
    margin_millibits: int = 10_000
    most_open_for_amount: int = 10
    decoys: int = 250
    discount_grace_days: int = 0
    fees: tuple[Money, ...] = ()
    withholding: tuple[int, ...] = ()
    write_off: tuple[Money, ...] = ()
    write_off_percent: int = 0
    equal_invoices_oldest_first: bool = False
    parent_pays_children: bool = True
    payment_services: tuple[str, ...] = ()
    alias_confirmations: int = 3
    alias_half_life_days: int = 45

    def within_cap(self, amount: Money) -> bool:
        """Whether an amount may match alone; a currency without a cap may not."""
        return any(amount.currency == c.currency and amount.minor <= c.minor for c in self.cap)


NOTHING_ALONE = MatchSettings()
