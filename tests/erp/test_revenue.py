"""What NetSuite's own revenue management plans and posts, and dates that reach it on lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.ledger.money import Money
from erp.netsuite.config import Conventions, NetSuiteConfig
from erp.port import (
    CreditMemoToPost,
    ElementsNotShown,
    ErpPlanLine,
    ErpRevenueElement,
    InvoiceToPost,
    LineToPost,
    Posted,
    Rejected,
)
from sandbox.netsuite.access.roles import ARM
from tests.erp.account import Connected, connected, small_company

COMPANY = small_company(4, 12)
SINCE = date(2020, 1, 1)
STARTS, ENDS = date(2026, 2, 1), date(2026, 4, 30)


async def pushed(netsuite: Connected, name: str = "1", *, dated: bool = True) -> str:
    """An invoice of three months of software, in the first customer's currency."""
    debtor = netsuite.company.debtors[0]
    days = (STARTS, ENDS) if dated else (None, None)
    line = LineToPost(
        "509",
        Money(90_001, debtor.currency),
        service_starts_on=days[0],
        service_ends_on=days[1],
    )
    invoice = InvoiceToPost(
        f"dw-{name}", str(debtor.id), debtor.currency, date(2026, 3, 9), (line,)
    )
    made = await netsuite.erp.post_invoice(invoice)
    assert isinstance(made, Posted), made
    return made.netsuite_id


async def elements(netsuite: Connected, after: str = "") -> list[ErpRevenueElement]:
    found = list[ErpRevenueElement]()
    async for page in netsuite.erp.revenue_elements(since=SINCE, after_id=after):
        assert not isinstance(page, ElementsNotShown), page.told
        found += page
    return found


async def test_elements_come_with_their_source_plan_and_postings() -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_on([ARM])
        assert await netsuite.erp.posts_revenue() is True
        assert await elements(netsuite) == []
        invoice = await pushed(netsuite)
        await pushed(netsuite, "2", dated=False)
        netsuite.do("transform", id=int(invoice), type="creditMemo", fields={})
        netsuite.do("update_revenue")
        netsuite.do("recognize_revenue", on="2026-02-28")
        dated, undated, credit = await elements(netsuite)
        assert await elements(netsuite, undated.netsuite_id) == [credit]
    currency = netsuite.company.debtors[0].currency
    assert (dated.source_kind, dated.source_netsuite_id, dated.line) == ("invoice", invoice, 1)
    assert (dated.amount, dated.item_netsuite_id) == (Money(90_001, currency), "509")
    assert (dated.starts_on, dated.ends_on, dated.plans, dated.held) == (STARTS, ENDS, 1, False)
    assert [line.amount.minor for line in dated.lines] == [30_000, 30_000, 30_001]
    first = dated.lines[0]
    assert isinstance(first, ErpPlanLine)
    assert (first.posted, first.posted_in, first.period) == (True, date(2026, 2, 1), "Feb 2026")
    assert first.journal_netsuite_id
    assert [line.posted for line in dated.lines] == [True, False, False]
    assert (undated.starts_on, undated.plans, undated.lines) == (None, 0, ())
    assert (credit.source_kind, credit.amount.minor) == ("credit_memo", -90_001)
    assert credit.arrangement_netsuite_id != dated.arrangement_netsuite_id
    assert [line.amount.minor for line in credit.lines] == [-30_000, -30_000, -30_001]


@pytest.mark.parametrize(
    ("on", "denied", "missing", "posts"),
    [
        ([], {}, "feature", False),
        ([ARM], {"TRAN_REVARRNG": "NONE"}, "permission", None),
        ([ARM], {"LIST_REVENUEPLAN": "NONE"}, "permission", True),
    ],
)
async def test_what_is_not_shown_is_told_and_is_no_empty_list(
    on: list[object], denied: dict[str, object], missing: str, posts: bool | None
) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_on(on)
        netsuite.account.role.restrict(denied)
        assert await netsuite.erp.posts_revenue() is posts
        (told,) = [page async for page in netsuite.erp.revenue_elements(since=SINCE)]
    assert isinstance(told, ElementsNotShown)
    assert told.missing == missing


async def test_dates_go_where_the_metadata_shows_a_place_for_them() -> None:
    def own(config: NetSuiteConfig) -> NetSuiteConfig:
        fields = ("custcol_dw_service_start", "custcol_dw_service_end")
        known = Conventions(
            line_starts_field=fields[0],
            line_ends_field=fields[1],
            line_starts_column=fields[0],
            line_ends_column=fields[1],
        )
        return replace(config, conventions=known)

    async with connected(COMPANY, adjust=own) as netsuite:
        netsuite.account.role.switch_on([ARM])
        netsuite.account.role.switch_off(["REVENUERECOGNITION"])
        invoice = await pushed(netsuite)
        asked = netsuite.erp.client.requests
        await pushed(netsuite, "again")
        assert netsuite.erp.client.requests == asked + 1
        read = await netsuite.erp.read_invoice(invoice)
        (mirrored,) = await netsuite.erp.lines_of([invoice])
        netsuite.do("update_revenue")
        element, _ = await elements(netsuite)
    assert read is not None
    assert (read.lines[0].service_starts_on, read.lines[0].service_ends_on) == (STARTS, ENDS)
    assert (mirrored.service_starts_on, mirrored.service_ends_on) == (STARTS, ENDS)
    assert (element.starts_on, element.ends_on) == (STARTS, ENDS)


async def test_dates_without_a_place_are_refused_before_anything_is_sent() -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_off(["REVENUERECOGNITION"])
        debtor = netsuite.company.debtors[0]
        line = LineToPost("509", Money(100, debtor.currency), service_starts_on=STARTS)
        invoice = InvoiceToPost("dw-x", str(debtor.id), debtor.currency, STARTS, (line,))
        refused = await netsuite.erp.post_invoice(invoice)
        memo = CreditMemoToPost("dw-y", str(debtor.id), debtor.currency, STARTS, (line,))
        also = await netsuite.erp.post_credit_memo(memo)
        bare = replace(invoice, lines=(replace(line, service_starts_on=None),))
        assert isinstance(await netsuite.erp.post_invoice(bare), Posted)
        writes = netsuite.account.store.number("SELECT COUNT(*) FROM _write")
    assert isinstance(refused, Rejected)
    assert refused.kind == "unknown_field"
    assert "NETSUITE_LINE_DATE_FIELDS" in refused.detail
    assert isinstance(also, Rejected)
    assert writes == 1
