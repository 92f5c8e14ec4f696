"""How a payment could be applied, as matching left it, in the words and order of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.money import Money
from security.chain import digest
from store.engine import Session
from store.pages import customer_names
from store.receivables import PaymentRow


@dataclass(frozen=True, slots=True)
class Way:
    """One way: `choice` is what is applied, by invoice id. `id` names exactly this content."""

    id: str
    title: str
    lines: tuple[tuple[str, Money], ...]
    reasons: tuple[str, ...]
    choice: tuple[tuple[int, Money], ...]


async def ways(session: Session, receipt: PaymentRow) -> list[Way]:
    """The candidates of a payment, best first."""
    found = receipt.match.get("candidates")
    raw = [c for c in found if isinstance(c, Mapping)] if isinstance(found, list) else []
    names = await customer_names(session, {_id(c) for c in raw})
    return [_way(c, names.get(_id(c), "")) for c in raw if c.get("applications")]


def _id(candidate: Mapping[str, object]) -> int:
    found = candidate.get("customer_id")
    return found if isinstance(found, int) else 0


def _way(candidate: Mapping[str, object], name: str) -> Way:
    choice = tuple(
        (int(str(line["invoice_id"])), Money(int(str(line["minor"])), str(line["currency"])))
        for line in _list(candidate.get("applications"))
    )
    numbers = [str(n) for n in _list(candidate.get("numbers"))]
    amounts = [amount for _, amount in choice]
    return Way(
        id=digest(dict(candidate))[:16],
        title=f"{name}: {', '.join(numbers)}" if name else ", ".join(numbers),
        lines=tuple(zip(numbers, amounts, strict=False)),
        reasons=tuple(str(r) for r in _list(candidate.get("reasons"))),
        choice=choice,
    )


def _list(value: object) -> Sequence[dict[str, object]]:
    return value if isinstance(value, list) else []
