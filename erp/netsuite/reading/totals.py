"""Sums the ERP makes itself: balances, control totals, open and period totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from erp.netsuite.connection import Connection, values
from erp.netsuite.numbers import rounded, unsigned
from erp.netsuite.reading import list_queries
from erp.netsuite.reading.total_queries import (
    Shape,
    balances,
    control_totals,
    deposited,
    open_totals,
    period_totals,
)
from erp.netsuite.suiteql import Row
from erp.port import (
    ErpBalance,
    ErpControlTotal,
    ErpOpenTotal,
    ErpPeriodTotal,
    ErpRefused,
)

Figure = Literal["invoiced", "received", "credited", "refunded", "deposited"]
_FIGURES: Mapping[str, Figure] = {
    "CustInvc": "invoiced",
    "CustPymt": "received",
    "CustCred": "credited",
    "CustRfnd": "refunded",
}


class Totals(Connection):
    """The part of the port about sums. None of them is made of single documents read here."""

    async def balances(self) -> Sequence[ErpBalance]:
        column = self.client.config.conventions.balance_column
        rows = await self.query.all(balances(column))
        reading = await self.reading(rows)

        def balance(row: Row) -> ErpBalance:
            return ErpBalance(row["id"], _amount(row.get(column, "0"), reading.currency(row)))

        return values("balance", rows, balance)

    async def control_totals(self) -> Sequence[ErpControlTotal]:
        shape, bases = await self._shape(), await self._bases()
        sql, params = control_totals(shape)
        rows = await self.query.rows(sql, params)
        return [
            ErpControlTotal(_subsidiary(row), _amount(row.get("balance", "0"), _base(row, bases)))
            for row in rows
            if "balance" in row
        ]

    async def open_totals(self) -> Sequence[ErpOpenTotal]:
        shape, bases, known = await self._shape(), await self._bases(), await self.currencies()
        rows = await self.query.rows(open_totals(shape))

        def total(row: Row) -> ErpOpenTotal:
            return ErpOpenTotal(
                subsidiary_netsuite_id=_subsidiary(row),
                count=int(row["n"]),
                open=_amount(row.get("unpaid", "0"), _currency(row, known)),
                open_base=_amount(row.get("unpaidbase", "0"), _base(row, bases)),
            )

        return [one for one in values("total", rows, total) if one.count]

    async def period_totals(self, first: date, last: date) -> Sequence[ErpPeriodTotal]:
        shape, known = await self._shape(), await self.currencies()
        span = (first.isoformat(), last.isoformat())
        posted = await self.query.rows(period_totals(shape), span)
        found = values("total", posted, lambda row: _figure(row, _FIGURES[row["type"]], known))
        if await self.has("account") and await self.has("transactionaccountingline"):
            sql = deposited(shape)
            banked = await self.query.rows(sql, span)
            found += values("total", banked, lambda row: _figure(row, "deposited", known))
        return [one for one in found if one.count]

    async def _shape(self) -> Shape:
        several = await self.has("transactionaccountingline", "accountingbook")
        return Shape(
            subsidiaries=await self.has("transactionline", "subsidiary"),
            currencies=await self.has("transaction", "currency"),
            book=self.client.config.conventions.accounting_book if several else "",
        )

    async def _bases(self) -> Mapping[str, str]:
        """The currency of each subsidiary's books; "" is that of an account without them."""
        known = await self.currencies()
        base = known[""]
        found = await self.unless_absent(list_queries.SUBSIDIARIES)
        pairs = values(
            "subsidiary", found, lambda row: (row["id"], known.get(row.get("currency", ""), base))
        )
        return {"": base, **dict(pairs)}


def _figure(row: Row, figure: Figure, known: Mapping[str, str]) -> ErpPeriodTotal:
    amount = unsigned(_amount(row.get("total", "0"), _currency(row, known)))
    return ErpPeriodTotal(figure, _subsidiary(row), int(row["n"]), amount)


def _subsidiary(row: Row) -> str:
    return row.get("subsidiary", "")


def _currency(row: Row, known: Mapping[str, str]) -> str:
    return _of(known, row.get("currency", ""), "currency")


def _base(row: Row, bases: Mapping[str, str]) -> str:
    return _of(bases, _subsidiary(row), "subsidiary")


def _of(known: Mapping[str, str], key: str, what: str) -> str:
    if key not in known:
        raise ErpRefused(f"the role does not see {what} {key}")
    return known[key]


def _amount(text: str, currency: str) -> Money:
    try:
        return rounded(text, currency)
    except (ValueError, LedgerError) as error:
        raise ErpRefused(f"a total cannot be read: {error}") from error
