"""Cash: what became of a receipt, decided with proof or by a person, and what follows from it."""

from __future__ import annotations

from flows.cash.matching import (
    ChoiceRefused,
    apply_choice,
    match_payment,
    settled,
)
from flows.receipts import Entered, Invalid, ManualEntry, enter_payment, handle_stripe

__all__ = [
    "ChoiceRefused",
    "Entered",
    "Invalid",
    "ManualEntry",
    "apply_choice",
    "enter_payment",
    "handle_stripe",
    "match_payment",
    "settled",
]
