"""Cash: what became of a receipt, decided with proof or by a person, and what follows from it."""

from __future__ import annotations

from flows.cash.after import posted, settled
from flows.cash.matching import match_in_turn, match_payment
from flows.receipts import Entered, Invalid, ManualEntry, enter_payment

__all__ = [
    "Entered",
    "Invalid",
    "ManualEntry",
    "enter_payment",
    "match_in_turn",
    "match_payment",
    "posted",
    "settled",
]
