"""The sums that the ERP makes itself, as figures to compare ours with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Place, Span, Sums
from erp.port import (
    Erp,
    ErpBalance,
    ErpControlTotal,
    ErpOpenTotal,
    ErpPeriodTotal,
    ErpRefused,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ERP answered, all of it asked for in one go. `periods` is empty without a span.

    `silent` are figures that the role may not read, `refused` the ERP's words about that.
    """

    opens: Sequence[ErpOpenTotal] = ()
    balances: Sequence[ErpBalance] = ()
    controls: Sequence[ErpControlTotal] = ()
    periods: Sequence[ErpPeriodTotal] = ()
    silent: frozenset[Figure] = frozenset()
    refused: tuple[str, ...] = ()


_FIGURES_OF = {
    "periods": (Figure.INVOICED, Figure.RECEIVED, Figure.CREDITED, Figure.REFUNDED),
    "opens": (Figure.OPEN, Figure.UNAPPLIED),
    "balances": (Figure.UNAPPLIED,),
    "controls": (Figure.CONTROL,),
}


async def ask(erp: Erp, span: Span | None = None) -> Asked:
    """Ask the ERP for its sums; what the role may not read stays silent. Raises ErpUnavailable."""
    asked = Asked()
    if span is not None:
        asked = await _with(asked, "periods", partial(erp.period_totals, span.first, span.last))
    asked = await _with(asked, "opens", erp.open_totals)
    asked = await _with(asked, "balances", erp.balances)
    return await _with(asked, "controls", erp.control_totals)


async def _with(asked: Asked, name: str, read: Callable[[], Awaitable[Sequence[Any]]]) -> Asked:
    try:
        answer: dict[str, Any] = {name: await read()}
        return replace(asked, **answer)
    except ErpRefused as refused:
        silent = asked.silent | frozenset(_FIGURES_OF[name])
        return replace(asked, silent=silent, refused=(*asked.refused, f"{name}: {refused}"))


def figures(
    asked: Asked, homes: Mapping[str, str], mixed: Collection[str]
) -> dict[tuple[Figure, Place], Money]:
    """The ERP's figures that are compared with ours.

    `homes` is each customer's subsidiary. The ERP tells what is unapplied only as the difference
    between open invoices and customers' balances, which are in one currency each: subsidiaries in
    `mixed` have customers that owe in several, so nothing is said about theirs.
    """
    found: dict[tuple[Figure, Place], Money] = {}
    for period in asked.periods:
        if period.figure != "deposited":
            place = Place(period.subsidiary_netsuite_id, period.amount.currency)
            _add(found, Figure(period.figure), place, period.amount)
    for one in asked.opens:
        place = Place(one.subsidiary_netsuite_id, one.open.currency)
        _add(found, Figure.OPEN, place, one.open)
        if place.subsidiary not in mixed:
            _add(found, Figure.UNAPPLIED, place, one.open)
    for balance in asked.balances:
        place = Place(homes.get(balance.customer_netsuite_id, ""), balance.balance.currency)
        if place.subsidiary not in mixed:
            _add(found, Figure.UNAPPLIED, place, -balance.balance)
    for control in asked.controls:
        place = Place(control.subsidiary_netsuite_id, control.balance.currency)
        _add(found, Figure.CONTROL, place, control.balance)
    return found


def deposits(asked: Asked) -> Sums:
    """What reached the bank: the ERP alone knows."""
    found: dict[tuple[Figure, Place], Money] = {}
    for period in asked.periods:
        if period.figure == "deposited":
            place = Place(period.subsidiary_netsuite_id, period.amount.currency)
            _add(found, Figure.DEPOSITED, place, period.amount)
    return found


def _add(
    found: dict[tuple[Figure, Place], Money], figure: Figure, place: Place, amount: Money
) -> None:
    found[figure, place] = found.get((figure, place), Money.zero(place.currency)) + amount
