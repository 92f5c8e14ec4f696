"""What will enter the ERP is shown exactly as it will enter, and decided like any other act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.ledger.money import Money
from effects.kinds import Effect
from effects.propose import Because, propose
from store.effects import effect
from store.erp_masters import GlAccountRow, TermRow
from store.parties import SubsidiaryRow
from tests.effects import cash_contents as cash
from tests.effects.contents import applications, change, invoice, line, newcomer
from tests.web.seeding import AGENT, POLICY
from tests.web.serving import Site
from web import phrases

REVIEW: dict[str, object] = {
    "content_hash": "abc",
    "findings": [
        {
            "id": "DUP-002", "severity": "warn", "message": "Looks like INV-9 <b>.",
            "subject": "INV-9", "acknowledged_by": "Pat Collector",
            "acknowledged_reason": "Another month",
        }
    ],
    "journal": [
        {"account_netsuite_id": "119", "account_name": "1100 Receivables",
         "debit": {"minor": 11900, "currency": "USD"}, "credit": None},
        {"account_netsuite_id": "54", "account_name": "4000 Subscriptions",
         "debit": None, "credit": {"minor": 10000, "currency": "USD"}},
        {"account_netsuite_id": "", "account_name": "",
         "debit": None, "credit": {"minor": 1900, "currency": "USD"}},
    ],
}  # fmt: skip
INVOICE = invoice(
    total="119.00", number="D-7", terms_netsuite_id="5", subsidiary_netsuite_id="3", memo="March",
    lines=(
        line("100.00", description="Seats", quantity="10", rate="10",
             service_starts_on=date(2026, 3, 1), service_ends_on=date(2026, 3, 31),
             department_netsuite_id="44"),
    ),
    fields=(("custbody_contract", "C-1"),), review=REVIEW,
)  # fmt: skip
APPLICATIONS = replace(applications(), amount=Money(12500, "USD"), number="PYMT-3")


async def proposed(site: Site, what: Effect) -> int:
    async with site.db.begin() as session:
        session.add(TermRow(netsuite_id="5", name="Net 30", days=30))
        session.add(GlAccountRow(netsuite_id="119", name="Receivables", type="AcctRec"))
        session.add(SubsidiaryRow(netsuite_id="3", name="Seller GmbH", currency="EUR"))
        because = Because("review", {"reason": "reviewed by Pat"})
        found = await propose(session, what, policy=POLICY, because=because, by=AGENT, now=site.now)
        return found.effect_id


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        (
            INVOICE,
            ["The invoice as it will be made", "D-7", "9 Mar 2026", "8 Apr 2026", "Net 30",
             "Seller GmbH", "March", "custbody_contract", "C-1", "dw-inv-1", "Item 11", "Seats",
             "1 Mar 2026 to 31 Mar 2026", "Department: 44", "Tax", "19.00", "119.00",
             "1100 Receivables", "4000 Subscriptions", "the account that the ERP chooses",
             "Accepted", "Looks like INV-9 &lt;b&gt;.", "Accepted by Pat Collector: Another month",
             "Approve for sync", "mailed to nobody"],
        ),
        (
            change(before={"due_on": "2026-04-01", "memo": "", "terms_netsuite_id": "9"},
                   after={"due_on": "2026-05-01", "memo": "n", "terms_netsuite_id": "5"}),
            ["The change as it will be made", "<del>1 Apr 2026</del>", "<ins>1 May 2026</ins>",
             "<del>empty</del>", "<ins>n</ins>", "<del>9</del>", "<ins>Net 30</ins>", "INV-1",
             "Approve for sync"],
        ),
        (
            newcomer(legal_name="Acme Inc.", email="ap@acme.example", distinct_from=("77",)),
            ["The customer as it will be made", "Acme Inc.", "ap@acme.example", "Not the same as",
             "77", "dw-cus-1", "Approve for sync"],
        ),
        (
            APPLICATIONS,
            ["What the payment will be applied to", "PYMT-3", "INV-1", "INV-2", "100.00",
             "Stays unapplied", "25.00", "Approve for sync"],
        ),
        (
            cash.received(),
            ["100.00", "of it;", "98.00", "reached us", "Discount", "INV-2", "46.00",
             "Taken from credit memo CM-1", "50.00", "Stays unapplied", "4.00",
             "What it does to the ledger", "Receivables (with the fee)", "(discount INV-2)"],
        ),
        (
            cash.used(),
            ["The credit as it will be used", "Credit memo CM-1", "Set against", "INV-1", "30.00",
             "Accounts Receivable (CM-1)", "Approve and apply"],
        ),
        (
            cash.freed(),
            ["PYMT-3", "another customer&#39;s money", "Taken off", "(INV-1 open again)",
             "(unapplied)", "Approve and take off"],
        ),
        (
            cash.returned(),
            ["The payment that came back", "R01", "9 Mar 2026", "Open again", "60.00",
             "(was unapplied)", "40.00", "dw-jrn-1", "Approve the return"],
        ),
        (
            cash.refund(),
            ["The refund as it will be made", "Paid from", "Receivables", "Out of",
             "Credit memo CM-1", "40.00", "(paid back)", "dw-ref-1", "Approve the refund"],
        ),
        (
            cash.journal(""),
            ["What the bank kept", "fee of w1", "It cannot be approved yet:",
             "no account is set for Bank Fees", "Bank Fees, not set", "2.00"],
        ),
    ],
    ids=["invoice", "change", "customer", "applications", "payment", "credit", "unapplied",
         "returned", "refund", "journal"],
)  # fmt: skip
async def test_it_is_shown_as_it_will_enter(site: Site, what: Effect, shown: list[str]) -> None:
    effect_id = await proposed(site, what)
    async with site.signed_in("controller") as browser:
        page = await browser.get(f"/review/{effect_id}")
        filtered = await browser.get(f"/review?kind={what.kind}")
    assert page.status_code == 200
    missing = [part for part in shown if part not in page.text]
    assert missing == []
    assert what.title() in filtered.text or "Alder" in filtered.text


@pytest.mark.parametrize("what", [INVOICE, change(), newcomer(), APPLICATIONS, cash.refund()])
async def test_it_is_approved_and_rejected_like_any_act(site: Site, what: Effect) -> None:
    effect_id = await proposed(site, what)
    async with site.signed_in("collector") as browser:
        too_low = await browser.post(f"/review/{effect_id}/approve", fingerprint=what.fingerprint())
        assert too_low.status_code == 409
    async with site.signed_in("controller") as browser:
        answer = await browser.post(f"/review/{effect_id}/approve", fingerprint=what.fingerprint())
        assert answer.status_code == 303
        after = await browser.get(f"/review/{effect_id}")
    assert phrases.act(what.kind).approve not in after.text
    async with site.db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    assert row.state == "approved"


async def test_a_review_written_out_as_text_is_shown_too(site: Site) -> None:
    told = {
        "content": "0123456789abcdef",
        "findings": [{"severity": "warn", "message": "Old date", "acknowledged_by": "Pat",
                      "reason": "agreed"}],
        "journal": [{"account": "119", "name": "1100 Receivables", "debit": "1,234.50 USD",
                     "credit": ""}],
    }  # fmt: skip
    effect_id = await proposed(site, invoice(review=told))
    async with site.signed_in("controller") as browser:
        page = await browser.get(f"/review/{effect_id}")
    for part in ("1100 Receivables", "1,234.50", "Accepted by Pat: agreed"):
        assert part in page.text


async def test_a_journal_without_tax_or_findings_is_left_out(site: Site) -> None:
    effect_id = await proposed(site, invoice())
    async with site.signed_in("controller") as browser:
        page = await browser.get(f"/review/{effect_id}")
    assert "What it does to the ledger" not in page.text
    assert "What the review found" not in page.text
    assert ">Tax<" not in page.text
    assert "the ERP numbers it" in page.text
