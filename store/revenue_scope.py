"""What revenue reports are narrowed to, and in whose currency they are told, as pieces of SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

MoneyIn = Literal["transaction", "subsidiary", "group"]

_EARNED = "CASE WHEN f.what = 'contra' THEN f.contra_account ELSE f.revenue_account END"
_CONDITIONS = {
    "subsidiary_id": "f.subsidiary_id = :subsidiary_id",
    "currency": "f.currency = :currency",
    "customer_id": "f.customer_id = :customer_id",
    "contract": "f.contract = :contract",
    "contracts": "f.contract = ANY(:contracts)",
    "invoice": "f.invoice = :invoice",
    "account": f"{_EARNED} = :account",
    "deferred": "f.deferred_account = :deferred",
    "revenue_type": "f.revenue_type = :revenue_type",
}
KEYS = {
    "subsidiary": "f.subsidiary_id",
    "customer": "f.customer_id",
    "account": _EARNED,
    "deferred": "f.deferred_account",
    "type": "f.revenue_type",
    "contract": "f.contract",
    "invoice": "f.invoice",
    "currency": "f.currency",
    "period": "f.place",
    "what": "f.what",
    "all": "''",
}
_FINE = frozenset({"contract", "contracts", "invoice"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A narrowing; what is empty narrows nothing. `account` is that of revenue or contra revenue,
    `deferred` that of deferred revenue, both by their id in the ERP; `invoice` is a number.
    """

    subsidiary_id: int = 0
    currency: str = ""
    customer_id: int = 0
    contract: str = ""
    contracts: tuple[str, ...] = ()
    invoice: str = ""
    account: str = ""
    deferred: str = ""
    revenue_type: str = ""

    @property
    def fine(self) -> bool:
        """Whether single lines have to be looked at: the sums do not tell these apart."""
        return any(getattr(self, name) for name in _FINE)

    def values(self) -> dict[str, object]:
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in told.items() if v}

    def conditions(self) -> str:
        """The narrowing of `f` as SQL."""
        return " AND ".join([*(_CONDITIONS[name] for name in self.values()), "true"])


@dataclass(frozen=True, slots=True)
class Window:
    """What one minor unit of `base` is worth in the group's from one day to another.

    `rate` is a decimal number or a fraction "n/d".
    """

    base: str
    first: date
    last: date
    rate: str


@dataclass(frozen=True, slots=True)
class Told:
    """The currency that amounts are told in; `group` and `windows` when it is the group's."""

    money: MoneyIn = "transaction"
    group: str = ""
    windows: Sequence[Window] = ()

    @property
    def currency(self) -> str:
        of = {
            "transaction": "f.currency",
            "subsidiary": "f.base_currency",
            "group": "CAST(:group AS text)",
        }
        return of[self.money]

    @property
    def counted(self) -> str:
        """The column that is added up: the group's currency is made of the subsidiary's."""
        return "f.amount" if self.money == "transaction" else "f.base"

    @property
    def amount(self) -> str:
        return "f.base * g.n / g.d" if self.money == "group" else self.counted

    @property
    def join(self) -> str:
        """Amounts of a day without a rate are left out: the caller tells which those are."""
        if self.money != "group":
            return ""
        return (
            "JOIN jsonb_to_recordset(CAST(:windows AS jsonb)) AS g(base text, first date,"
            " last date, n numeric, d numeric) ON g.base = f.base_currency"
            " AND f.place BETWEEN g.first AND g.last"
        )

    def values(self) -> Mapping[str, object]:
        if self.money != "group":
            return {}
        rows = [_window(one) for one in self.windows]
        return {"group": self.group, "windows": json.dumps(rows)}


def _window(one: Window) -> dict[str, str]:
    top, _, bottom = one.rate.partition("/")
    days = {"first": one.first.isoformat(), "last": one.last.isoformat()}
    return {"base": one.base, **days, "n": top, "d": bottom or "1"}


def is_fine(scope: Scope, *keys: str) -> bool:
    """Whether a report by these keys has to be made of single lines."""
    return scope.fine or bool(_FINE & set(keys))
