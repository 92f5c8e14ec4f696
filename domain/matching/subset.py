"""Which few of many amounts sum to a target: exact, bounded in steps, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

MOST_ITEMS = 1_000
MOST_STEPS = 600_000


@dataclass(slots=True)
class Budget:
    """How many more sums may be looked at. Counted, not timed, so that a replay ends equally."""

    left: int = MOST_STEPS

    def take(self, steps: int) -> bool:
        """Whether `steps` more are allowed; nothing is taken when they are not."""
        if steps > self.left:
            self.left = 0
            return False
        self.left -= steps
        return True


@dataclass(frozen=True, slots=True)
class Found:
    """Subsets as ascending positions. `complete` is False when the search gave up before the end.

    At most `limit` subsets are returned: two tell that there is more than one.
    """

    subsets: tuple[tuple[int, ...], ...]
    complete: bool = True


def of_size(values: Sequence[int], target: int, size: int, budget: Budget, limit: int = 2) -> Found:
    """Subsets of exactly `size` (1 to 5) of positive `values` that sum to `target`."""
    usable = [i for i, value in enumerate(values) if 0 < value <= target]
    if len(values) > MOST_ITEMS:
        return Found((), complete=False)
    if len(usable) < size or target <= 0:
        return Found(())
    amounts = [values[i] for i in usable]
    if not _reachable(amounts, target, size):
        return Found(())
    search = {1: _ones, 2: _twos, 3: _threes, 4: _fours, 5: _fives}[size]
    try:
        found = list(islice(search(amounts, target, budget), limit))
    except _GaveUp:
        return Found((), complete=False)
    return Found(tuple(tuple(usable[i] for i in subset) for subset in found))


class _GaveUp(Exception):
    """The budget is used up."""


def _reachable(amounts: Sequence[int], target: int, size: int) -> bool:
    ordered = sorted(amounts)
    return sum(ordered[:size]) <= target <= sum(ordered[-size:])


def _take(budget: Budget, steps: int) -> None:
    if not budget.take(steps):
        raise _GaveUp


def _ones(amounts: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    _take(budget, len(amounts))
    return ((i,) for i, amount in enumerate(amounts) if amount == target)


def _twos(amounts: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    _take(budget, len(amounts))
    return _pairs_from(amounts, 0, target)


def _pairs_from(amounts: Sequence[int], start: int, target: int) -> Iterator[tuple[int, int]]:
    """Pairs of positions from `start` on; a set tells cheaply whether there are any."""
    tail = amounts[start:]
    if set(tail).isdisjoint(map(target.__sub__, tail)):
        return
    places: dict[int, list[int]] = {}
    for i in range(start, len(amounts)):
        places.setdefault(amounts[i], []).append(i)
    for i in range(start, len(amounts)):
        yield from ((i, j) for j in places.get(target - amounts[i], ()) if j > i)


def _threes(amounts: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    known = set(amounts)
    for i, amount in enumerate(amounts):
        tail = amounts[i + 1 :]
        _take(budget, len(tail))
        rest = target - amount
        if known.isdisjoint(map(rest.__sub__, tail)):
            continue
        for j, k in _pairs_from(amounts, i + 1, rest):
            yield i, j, k


def _fours(amounts: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    left: dict[int, list[tuple[int, int]]] = {}
    for middle in range(1, len(amounts)):
        _take(budget, len(amounts))
        for last in range(middle + 1, len(amounts)):
            for i, j in left.get(target - amounts[middle] - amounts[last], ()):
                yield i, j, middle, last
        for first in range(middle):
            left.setdefault(amounts[first] + amounts[middle], []).append((first, middle))


def _fives(amounts: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    left: dict[int, list[tuple[int, int]]] = {}
    for middle in range(2, len(amounts) - 2):
        for first in range(middle - 1):
            left.setdefault(amounts[first] + amounts[middle - 1], []).append((first, middle - 1))
        rest = target - amounts[middle]
        tail = amounts[middle + 1 :]
        _take(budget, len(tail) * (len(tail) - 1) // 2)
        sums = [a + b for a, b in combinations(tail, 2)]
        if left.keys().isdisjoint(map(rest.__sub__, sums)):
            continue
        for k, last in combinations(range(middle + 1, len(amounts)), 2):
            for i, j in left.get(rest - amounts[k] - amounts[last], ()):
                yield i, j, middle, k, last
