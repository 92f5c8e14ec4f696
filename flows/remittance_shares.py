"""Which lines of an advice are for which of the payments that it speaks of together. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.money import Money
from domain.matching.receipt import RemittanceRow

_MOST_PAYMENTS, _MOST_ROWS, _MOST_STATES = 12, 500, 2_000


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to have reached some sums, and whether there is another."""

    only: bool
    last: int = -1
    before: _Way | None = None


def shares(
    rows: Sequence[RemittanceRow], payments: Mapping[int, Money]
) -> dict[int, tuple[RemittanceRow, ...]] | None:
    """The lines of each payment, if they can be dealt out in one way only.

    The lines of a payment add up to it to the cent; else, or where two ways lead there, None.
    """
    ids = sorted(payments)
    paid = [row.paid for row in rows]
    told = [amount for amount in paid if amount is not None]
    currencies = {amount.currency for amount in (*told, *payments.values())}
    if len(told) < len(paid) or len(paid) > _MOST_ROWS or len(currencies) != 1:
        return None
    if not 1 < len(ids) <= _MOST_PAYMENTS:
        return None
    wanted = tuple(payments[one].minor for one in ids)
    if sum(amount.minor for amount in told) != sum(wanted):
        return None
    dealt = _dealt([amount.minor for amount in told], wanted)
    if dealt is None:
        return None
    return {
        one: tuple(row for row, to in zip(rows, dealt, strict=True) if to == at)
        for at, one in enumerate(ids)
    }


def _dealt(amounts: Sequence[int], wanted: tuple[int, ...]) -> list[int] | None:
    """To which of the wanted sums each amount belongs, if only one way gives all of them."""
    spare = -sum(amount for amount in amounts if amount < 0)
    ways: dict[tuple[int, ...], _Way] = {tuple(0 for _ in wanted): _Way(only=True)}
    for amount in amounts:
        found: dict[tuple[int, ...], _Way] = {}
        for sums, way in ways.items():
            for at, most in enumerate(wanted):
                if sums[at] + amount > most + spare:
                    continue
                reached = (*sums[:at], sums[at] + amount, *sums[at + 1 :])
                only = way.only and reached not in found
                found[reached] = _Way(only, at, way)
        if len(found) > _MOST_STATES or not any(way.only for way in found.values()):
            return None
        ways = found
    end = ways.get(wanted)
    return _steps(end) if end is not None and end.only else None


def _steps(end: _Way) -> list[int]:
    steps: list[int] = []
    way: _Way | None = end
    while way is not None and way.before is not None:
        steps.append(way.last)
        way = way.before
    return steps[::-1]
