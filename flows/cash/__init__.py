"""Cash: what became of a receipt, decided with proof or by a person, and what follows from it."""

from __future__ import annotations

from flows.cash.after import match_ownerless, posted, settle_deduction, settled
from flows.cash.matching import match_in_turn, match_payment
from flows.cash.parked import take_up_parked
from flows.cash.taking_back import TAKE_BACK, give_back, take_back
from flows.receipts import Entered, Invalid, ManualEntry, enter_payment

__all__ = [
    "TAKE_BACK",
    "Entered",
    "Invalid",
    "ManualEntry",
    "enter_payment",
    "give_back",
    "match_in_turn",
    "match_ownerless",
    "match_payment",
    "posted",
    "settle_deduction",
    "settled",
    "take_back",
    "take_up_parked",
]
