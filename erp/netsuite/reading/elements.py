"""Revenue elements with their sources and plans, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from erp.netsuite.client import QueryRefused
from erp.netsuite.connection import Reading, chunks, values
from erp.netsuite.errors import Kind
from erp.netsuite.numbers import plain, rounded, truth
from erp.netsuite.reading.element_queries import PLANNED, PLANS, SOURCES, elements, of_elements
from erp.netsuite.reading.totals import Totals
from erp.netsuite.suiteql import Row
from erp.port import ElementsNotShown, ErpPlanLine, ErpRefused, ErpRevenueElement
from erp.revenue import ElementSource

_AT_ONCE = 200
_NO_ELEMENT = "SELECT e.id FROM revenueelement e WHERE e.id = 0"
_NO_PLAN = "SELECT r.id FROM revenueplan r WHERE r.id = 0"
_NO_PLANNED = "SELECT p.id FROM revenueplanplannedrevenue p WHERE p.id = 0"
# A column that only accounts with Advanced Revenue Management have, shown to whoever sees items.
_NO_PLAN_OF_ITEM = "SELECT i.createrevenueplanson FROM item i WHERE i.id = 0"
_KINDS: Mapping[str, ElementSource] = {"CustInvc": "invoice", "CustCred": "credit_memo"}
_NAMES: Mapping[str, ElementSource] = {
    "invoice": "invoice",
    "custinvc": "invoice",
    "creditmemo": "credit_memo",
    "custcred": "credit_memo",
}
_FEATURE = ElementsNotShown(
    "feature", "the account shows no revenue elements: Advanced Revenue Management is not on"
)
_PERMISSION = ElementsNotShown(
    "permission",
    "the role may not see revenue: give it Revenue Arrangement and Revenue Recognition Plan",
)


@dataclass(frozen=True, slots=True)
class _Source:
    kind: ElementSource
    netsuite_id: str
    line: int


@dataclass(slots=True)
class _Plan:
    """The actual plans of one element together."""

    count: int = 0
    held: bool = False
    lines: list[ErpPlanLine] = field(default_factory=list)


class RevenueElements(Totals):
    """The part of the port that tells what the ERP plans and posts by itself."""

    async def posts_revenue(self) -> bool | None:
        """None also where items have revenue plans while the role sees no elements."""
        shown = await self._shows(_NO_ELEMENT)
        if shown is not False:
            return shown
        return None if await self._shows(_NO_PLAN_OF_ITEM) else False

    async def revenue_elements(
        self, *, since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpRevenueElement] | ElementsNotShown]:
        missing = await self._missing()
        if missing is not None:
            yield missing
            return
        linked = await self.has("transactionline", "revenueelement")
        pages = self.query.pages(elements(since), after_id)
        try:
            async for rows in pages:
                for start in range(0, len(rows), _AT_ONCE):
                    yield await self._elements(rows[start : start + _AT_ONCE], linked=linked)
        finally:
            await pages.aclose()

    async def _missing(self) -> ElementsNotShown | None:
        match await self.posts_revenue():
            case False:
                return _FEATURE
            case None:
                return _PERMISSION
            case True:
                pass
        plans = await self._shows(_NO_PLAN) and await self._shows(_NO_PLANNED)
        return None if plans else _PERMISSION

    async def _shows(self, nobody: str) -> bool | None:
        """Whether a query for nothing is understood; None where the role may not ask it."""
        try:
            found = await self.query.rows(nobody)
        except QueryRefused as refused:
            match refused.problem.kind:
                case Kind.UNKNOWN_FIELD:
                    return False
                case Kind.PERMISSION:
                    return None
                case _:
                    raise
        if found:
            raise ErpRefused("revenue: an answer to another question")
        return True

    async def _elements(self, rows: Sequence[Row], *, linked: bool) -> list[ErpRevenueElement]:
        reading = await self.reading(rows)
        ids = [row["id"] for row in rows]
        sources = await self._sources(ids) if linked else {}
        plans = await self._plans(ids)

        def element(row: Row) -> ErpRevenueElement:
            found = plans.get(row["id"], _Plan())
            return _element(row, reading, sources.get(row["id"]), found)

        return values("revenue element", rows, element)

    async def _sources(self, ids: Sequence[str]) -> dict[str, _Source]:
        found = dict[str, _Source]()
        for some in chunks(ids):
            select = of_elements(SOURCES, "tl.revenueelement", tuple(some))
            async for rows in self.query.groups(select):
                for row in rows:
                    kind = _KINDS[row["type"]]
                    found[row["revenueelement"]] = _Source(kind, row["transaction"], int(row["id"]))
        return found

    async def _plans(self, ids: Sequence[str]) -> dict[str, _Plan]:
        """Plans with their lines, by element."""
        found, owners = dict[str, _Plan](), dict[str, tuple[str, str]]()
        bases = await self._bases()
        for some in chunks(ids):
            for row in await self.query.all(of_elements(PLANS, "r.createdfrom", tuple(some))):
                plan = found.setdefault(row["createdfrom"], _Plan())
                plan.count += 1
                plan.held = plan.held or row.get("holdrevenuerecognition") == "T"
                owners[row["id"]] = (row["createdfrom"], row.get("revenueplancurrency", bases[""]))
        for some in chunks(list(owners)):
            rows = await self.query.all(of_elements(PLANNED, "p.revenueplan", tuple(some)))

            def line(row: Row) -> tuple[str, ErpPlanLine]:
                owner, currency = owners[row["revenueplan"]]
                return owner, _line(row, currency)

            for owner, one in values("plan line", rows, line):
                found[owner].lines.append(one)
        return found


def _element(row: Row, reading: Reading, source: _Source | None, plan: _Plan) -> ErpRevenueElement:
    named = _NAMES.get(row.get("sourcerecordtype", "").lower(), "other")
    amount = row.get("allocationamount") or row.get("discountedsalesamount", "0")
    return ErpRevenueElement(
        netsuite_id=row["id"],
        number=row.get("recordnumber", ""),
        arrangement_netsuite_id=row.get("revenuearrangement", ""),
        source_kind=source.kind if source else named,
        source_netsuite_id=source.netsuite_id if source else "",
        line=source.line if source else 0,
        source=row.get("source", ""),
        item_netsuite_id=row.get("item", ""),
        subsidiary_netsuite_id=row.get("subsidiary", ""),
        amount=rounded(amount, reading.currency(row)),
        exchange_rate=plain(row["exchangerate"]) if "exchangerate" in row else "",
        rule_netsuite_id=row.get("revenuerecognitionrule", ""),
        starts_on=_day(row.get("starts")),
        ends_on=_day(row.get("ends")),
        plans=plan.count,
        held=plan.held,
        lines=tuple(sorted(plan.lines, key=lambda line: (line.starts_on, line.netsuite_id))),
    )


def _line(row: Row, currency: str) -> ErpPlanLine:
    return ErpPlanLine(
        netsuite_id=row["id"],
        starts_on=date.fromisoformat(row["starts"]),
        ends_on=date.fromisoformat(row["ends"]),
        period=row.get("periodname", ""),
        amount=rounded(row["amount"], currency),
        posted=truth(row.get("isrecognized")) or "journal" in row,
        posted_in=_day(row.get("posted")),
        journal_netsuite_id=row.get("journal", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
