"""What an act on a receipt comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """The posting is proposed; somebody else approves it. `effect_ids`: the posting first."""

    payment_id: int
    effect_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Acted:
    """It is done. `payment_ids`: the receipts it made, for a split."""

    payment_id: int
    payment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ActRefused:
    """It cannot be done as asked, and why. Nothing changed."""

    reason: str
