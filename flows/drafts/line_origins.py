"""Which instalment of which deal a line of a draft bills, also after people rewrote the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from erp.review.draft import DraftLine
from flows.drafts.sold import Made


def of_deal(lines: Sequence[DraftLine], deal_id: int) -> tuple[DraftLine, ...]:
    """These lines as those of a deal: its instalments in their order, counted from 1."""
    return tuple(replace(line, deal_id=deal_id, part=n) for n, line in enumerate(lines, 1))


def in_order(made: Made, lines: Sequence[DraftLine]) -> tuple[DraftLine, ...]:
    """Lines grouped by deal, in the order of the deals; within one as they stand."""
    place = {part.deal_id: n for n, part in enumerate(made.parts)}
    return tuple(sorted(lines, key=lambda line: place.get(line.deal_id, len(place))))


def kept_origins(
    before: Sequence[DraftLine], after: Sequence[DraftLine], first: int = 0
) -> tuple[DraftLine, ...]:
    """Rewritten lines with the origins they had: the same line its own, then the one in its place.

    A line that somebody added belongs to what stands before it, the first to what came first;
    where there was none, to the deal `first`.
    """
    free = list(before)
    found = [_taken(free, line, _whole) for line in after]
    if len(free) == found.count(None):
        found = [one or free.pop(0) for one in found]
    else:
        for said in (_worded, _product):
            found = [
                one or _taken(free, line, said) for one, line in zip(found, after, strict=True)
            ]
    last = (before[0].deal_id, before[0].part) if before else (first, 1)
    told = []
    for line, known in zip(after, found, strict=True):
        last = (known.deal_id, known.part) if known else last
        told.append(replace(line, deal_id=last[0], part=last[1]))
    return tuple(told)


def _taken(
    free: list[DraftLine], line: DraftLine, said: Callable[[DraftLine], object]
) -> DraftLine | None:
    """The first line that says the same and is not taken yet; taken from now on."""
    found = next((one for one in free if said(one) == said(line)), None)
    if found is not None:
        free.remove(found)
    return found


def _whole(line: DraftLine) -> object:
    return _worded(line), line.amount


def _worded(line: DraftLine) -> object:
    return line.product, line.description, line.service_starts_on, line.service_ends_on


def _product(line: DraftLine) -> object:
    return line.product


def billed_of(lines: Sequence[Mapping[str, object]], deal_id: int, part: int = 0) -> int:
    """Minor units, without tax, that stored lines bill of a deal, or of one part of it."""
    mine = (
        line
        for line in lines
        if line.get("deal_id") == deal_id and (not part or line.get("part") == part)
    )
    amounts = (line.get("amount_minor") for line in mine)
    return sum(amount for amount in amounts if isinstance(amount, int))
