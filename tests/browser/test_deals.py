"""Deals and contracts in a browser: everybody can use them; a click on a term shows its quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from domain.ledger.contract.terms import ContractTerms
from domain.ledger.deal import DealMilestone
from effects.actor import Person, Role
from flows.contracts.uploading import Kept, NewContract, keep_terms, take_contract
from flows.deals.taking import take_deal
from tests.browser.axe import problems
from tests.browser.test_pages import _open, sign_in
from tests.flows.deals.telling import SETUP, YEAR, deal
from tests.web.serving import Site
from tests.web.test_deals import ODD, PAGE, TERMS

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


async def seeded(site: Site) -> tuple[int, int]:
    """A deal with a question and a milestone, and a contract to confirm."""
    go = DealMilestone("Go-live", SETUP.amount, date(2026, 6, 1))
    work = replace(SETUP, billed="milestone", milestones=(go,))
    asks = replace(SETUP, source_id="L3", billed="milestone")
    person, body = Person(1, "Cora", Role.COLLECTOR), PAGE.encode()
    async with site.db.begin() as session:
        taken = await take_deal(session, deal(YEAR, work, asks, amends="7"), site.now)
        kept = await take_contract(session, NewContract("order.txt", body), person, site.now)
        assert isinstance(kept, Kept)
        read = ContractTerms("order.txt", sha256(body).hexdigest(), TERMS, (ODD,), (PAGE,) * 3)
        await keep_terms(session, kept.contract_id, read, site.now)
    return taken.deal_id or 0, kept.contract_id


async def test_everybody_can_use_deals_and_contracts(chromium: Browser, site: Site) -> None:
    deal_id, contract_id = await seeded(site)
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, site, "collector")
    paths = ("/deals", f"/deals/{deal_id}", "/contracts", f"/contracts/{contract_id}")
    found = []
    for path in paths:
        await page.goto(f"{site.url}{path}")
        found += [(path, one) for one in await problems(page)]
    assert found == []
    await page.get_by_role("link", name="USD 1,200.00 per year").click()
    lit = page.locator("mark.lit")
    assert "1,200.00" in await lit.last.inner_text()
    assert await lit.last.is_visible()
    await page.set_viewport_size({"width": 390, "height": 800})
    for path in paths:
        await page.goto(f"{site.url}{path}")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, path
    assert complaints == []
