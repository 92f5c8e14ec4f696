"""Deals and contracts as pages: lists, a schedule, answers, evidence, terms beside the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from httpx import Response

from domain.ledger.contract.terms import ContractFinding, ContractTerms, Fee, Term
from domain.ledger.deal import Deal, DealMilestone
from domain.ledger.money import Money
from flows.contracts.uploading import keep_terms
from flows.deals.taking import take_deal, take_unreadable
from tests.flows.deals.telling import SETUP, YEAR, deal, later
from tests.web.serving import Browser, Site
from web.contract_text import Passage, pieces

PAGE = "Order form\nThe fee is USD 1,200.00\nper year.  Signed by Cedar Mills Ltd."
TERMS = (
    Term("customer", "Cedar Mills Ltd", "Cedar Mills Ltd", "Cedar Mills Ltd", 1, 0.97),
    Term("currency", "USD", "USD", "USD", 1, 0.99),
    Term("starts_on", "2026-03-01", date(2026, 3, 1), "", 0, 1.0),
    Term("term", "12", 12, "", 0, 1.0),
    Term("fee", "USD 1,200.00 per year",
         Fee("subscription", Money.parse("1200.00", "USD"), frequency="year"),
         "USD 1,200.00 per year", 1, 0.7),
)  # fmt: skip
ODD = ContractFinding("contract.handwritten", "A passage was struck out.", blocking=True)


async def sent_file(browser: Browser, path: str, name: str, body: bytes, **form: str) -> Response:
    if not browser.csrf:
        await browser.post("/deals/1/nothing")
    return await browser.client.post(
        path, data={"csrf": browser.csrf, **form}, files={"file": (name, body)}
    )


async def told(site: Site, *deals: Deal) -> int:
    async with site.db.begin() as session:
        ids = [(await take_deal(session, one, site.now)).deal_id for one in deals]
    return ids[-1] or 0


async def test_no_deal_says_what_to_do_and_the_list_shows_them(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        assert "upload a signed contract" in (await browser.get("/deals")).text
        deal_id = await told(site, deal(replace(YEAR, term_months=None), SETUP))
        problem = {"name": "shape", "where": "deal 9", "words": "no company"}
        async with site.db.begin() as session:
            await take_unreadable(session, "salesforce", "9", "Broken", [problem], site.now)
        page = (await browser.get("/deals")).text
        assert "Brightwater renewal" in page
        assert "1 question" in page
        assert "Broken" in (await browser.get("/deals?state=unreadable")).text
        assert "Brightwater" not in (await browser.get("/deals?state=gone")).text
        one = (await browser.get(f"/deals/{deal_id}")).text
        assert "Nobody said first and last day" in one
        assert "Say so" not in one
        assert (await browser.get("/deals/999")).status_code == 404
        assert (await browser.post(f"/deals/{deal_id}/cancel")).status_code == 403
        item = (await browser.get("/worklist?waiting=deal")).text
        assert "cannot be billed yet" in item


async def test_two_deals_of_a_customer_share_an_invoice_unless_it_is_switched_off(
    site: Site,
) -> None:
    deal_id = await told(site, deal(YEAR), deal(YEAR, source_id="78", name="Second site"))
    async with site.signed_in("collector") as browser:
        page = (await browser.get(f"/deals/{deal_id}")).text
        assert "with other deals" in page
        draft = page.split('href="/sync/invoices/')[1].split('"')[0]
        shown = (await browser.get(f"/sync/invoices/{draft}")).text
        assert ("Second site</a>" in shown, "hubspot:78:L1:v1:1" in shown) == (True, True)
        assert "share an invoice" in (await browser.get("/deals")).text
        assert (await browser.post("/deals/grouping")).status_code == 403
    async with site.signed_in("controller") as browser:
        assert (await browser.post("/deals/grouping")).status_code == 303
        assert "invoices of its own" in (await browser.get("/deals")).text
    assert "with other deals" not in await page_of(site, await told(site, deal(source_id="79")))


async def page_of(site: Site, deal_id: int) -> str:
    async with site.signed_in("viewer") as browser:
        return (await browser.get(f"/deals/{deal_id}")).text


async def test_a_true_up_is_shown_before_it_is_drafted(site: Site) -> None:
    deal_id = await told(site, deal(YEAR))
    path, asked = f"/deals/{deal_id}/true-up", "line=L1&period_on=2026-03-01"
    async with site.signed_in("collector") as browser:
        page = (await browser.get(f"{path}?{asked}&used=12")).text
        assert "for 2 beyond the 10 agreed" in page
        assert "Draft the true-up" in page
        assert (await browser.get(f"{path}?{asked}&used=9")).status_code == 422
        assert (await browser.get(f"{path}?line=L9&used=12")).status_code == 404
        sent = {"line": "L1", "period_on": "2026-03-01", "used": "12"}
        assert (await browser.post(path, **sent)).status_code == 303
        assert (await browser.post(path, **sent)).status_code == 303
        page = (await browser.get(f"/deals/{deal_id}")).text
        assert page.count("true-up, 12 used, 10 agreed") == 1
        assert "12 used, 10 agreed <span" in page


async def test_a_deal_is_answered_shown_evidence_and_ended(site: Site) -> None:
    go = DealMilestone("Go-live", SETUP.amount, date(2026, 6, 1))
    work = replace(SETUP, billed="milestone", milestones=(go,))
    deal_id = await told(site, deal(replace(YEAR, term_months=None), work, terms="Net 30"))
    path = f"/deals/{deal_id}"
    async with site.signed_in("collector") as browser:
        wrong = await browser.post(f"{path}/answer", line="L1", term_months="many")
        assert wrong.status_code == 422
        assert "whole number" in wrong.text
        done = await browser.post(f"{path}/answer", line="L1", term_months="12")
        assert done.headers["location"].endswith("notice=deal_noted")
        page = (await browser.get(path)).text
        assert page.count("Draft now") == 4
        assert "Waits for evidence" in page
        sent = await sent_file(browser,
            f"{path}/evidence", "yes.pdf", b"%PDF accepted", line="L2", milestone="Go-live",
            accepted_on="2026-03-01",
        )  # fmt: skip
        assert sent.headers["location"].endswith("evidence_kept"), sent.text[:300]
        page = (await browser.get(path)).text
        file = await browser.get(
            page.split(f'href="{path}/evidence/')[1].split('"')[0].join((f"{path}/evidence/", ""))
        )
        assert file.content == b"%PDF accepted"
        assert "attachment" in file.headers["content-disposition"]
        ended = await browser.post(f"{path}/cancel", last_on="2026-03-31", reason="they left")
        assert ended.status_code == 303
        assert "3 instalments dropped" in (await browser.get(path)).text
        assert (await browser.post(f"{path}/resume")).status_code == 303
        assert (await browser.post(f"{path}/dance")).status_code == 404
    await told(site, later(deal(YEAR, work), po_number="PO-9"))
    async with site.signed_in("viewer") as browser:
        assert "The deal says otherwise now" in (await browser.get(path)).text


async def test_terms_stand_beside_the_text_and_nothing_is_billed_before(site: Site) -> None:
    body = PAGE.encode()
    async with site.signed_in("collector") as browser:
        assert "No contract was uploaded yet" in (await browser.get("/contracts")).text
        bad = await sent_file(browser, "/contracts", "a.txt", body, kind="renewal")
        assert "Say from which day it holds" in bad.text
        kept = await sent_file(browser, "/contracts", "order.txt", body, kind="new")
        path = kept.headers["location"].split("?")[0]
        again = await sent_file(browser, "/contracts", "order.txt", body, kind="new")
        assert again.headers["location"] == f"{path}?notice=contract_known"
        assert "It is being read" in (await browser.get(path)).text
        digest = sha256(body).hexdigest()
        read = ContractTerms("order.txt", digest, TERMS, (ODD,), (PAGE,))
        async with site.db.begin() as session:
            await keep_terms(session, int(path.rpartition("/")[2]), read, site.now)
        page = (await browser.get(path)).text
        fee = page.split("USD 1,200.00 per year</a>")[0].rpartition("?term=")[2].partition("#")[0]
        lit = (await browser.get(f"{path}?term={fee}")).text
        assert '<mark class="lit"> 1,200.00\nper year</mark>' in lit
        assert "A passage was struck out." in page
        refused = await browser.post(f"{path}/finish")
        assert refused.status_code == 422
        assert "Confirm or correct first" in refused.text
        await browser.post(f"{path}/confirm-sure")
        for name in ("starts_on", "term"):
            await browser.post(f"{path}/confirm", name=name, place="0")
        odd = await browser.post(f"{path}/correct", name="starts_on", place="0", words="soon")
        assert "does not say" in odd.text
        await browser.post(f"{path}/correct", name="fee", place="0",
                           words="USD 1,500.00 per year")  # fmt: skip
        await browser.post(f"{path}/correct", name="payment_days", words="45 days")
        assert "/deals/" not in (await browser.post(f"{path}/finish")).headers.get("location", "")
        await browser.post(f"{path}/settle", finding=ODD.id)
        done = await browser.post(f"{path}/finish")
        assert done.status_code == 303, done.text
        plan = (await browser.get(done.headers["location"])).text
        assert "1,500.00" in plan
        assert "Net 45" in plan
        assert "Confirmed" in (await browser.get("/contracts")).text


def test_passages_may_overlap_and_break_over_lines() -> None:
    text = "one two\nthree four"
    (page,) = pieces([text], [Passage(1, 1, "two three"), Passage(2, 1, "three  four"),
                              Passage(3, 1, "five"), Passage(4, 2, "one")])  # fmt: skip
    assert "".join(piece.text for piece in page) == text
    assert [(p.text, p.starts, p.of) for p in page] == [
        ("one ", (), ()), ("two\n", (1,), (1,)), ("three", (2,), (1, 2)), (" four", (), (2,)),
    ]  # fmt: skip
