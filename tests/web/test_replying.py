"""What replies left for people: answers, disputes and contacts, settled from their pages."""

from __future__ import annotations

from datetime import timedelta

from store.answer_plans import AnswerPlanRow
from store.contact_proposals import ContactProposalRow
from store.effects import effect
from store.parties import contacts_of
from store.standing import DisputeRow
from tests.web.serving import Site


async def seeded(site: Site) -> tuple[int, int, int]:
    alder, now = site.ids["alder"], site.now
    plan = AnswerPlanRow(
        key="p", customer_id=alder, to_address="x@alder.example", effect_id=site.ids["mail"],
        opened_at=now, changed_at=now,
        parts={"parts": [
            {"id": "1:ask_date", "kind": "ask_date", "touchpoint_id": 1, "invoice_ids": [],
             "quote": "<b>soon</b>", "promised_on": None, "papers": [], "wanted": True},
        ]},
    )  # fmt: skip
    dispute = DisputeRow(
        key="d", customer_id=alder, reason_code="quality", quote="broken", team="operations",
        due_on=(now - timedelta(days=3)).date(), opened_at=now,
    )  # fmt: skip
    named = ContactProposalRow(
        key="c", customer_id=alder, email="kim@a1der.example", source="copy", near="look_alike",
        proposed_at=now,
    )  # fmt: skip
    async with site.db.begin() as session:
        session.add(plan)
        session.add(dispute)
        session.add(named)
        await session.flush()
        return plan.id, dispute.id, named.id


async def test_answers_disputes_and_contacts_are_settled_from_their_pages(site: Site) -> None:
    plan, dispute, named = await seeded(site)
    async with site.signed_in("collector") as browser:
        answers = await browser.get("/answers")
        assert "Alder" in answers.text
        one = await browser.get(f"/answers/{plan}")
        assert "&lt;b&gt;soon" in one.text
        cases = await browser.get("/disputes")
        assert "late" in cases.text
        assert "Operations" in cases.text
        settled = await browser.post(f"/disputes/{dispute}", act="resolve", resolution="replaced")
        assert settled.status_code == 303
        people = await browser.get("/contacts")
        assert "Looks like a known domain and is not" in people.text
        unproven = await browser.post(f"/contacts/{named}", act="confirm", how="")
        assert unproven.status_code == 409
        told = await browser.post(f"/contacts/{named}", act="confirm", how="rang Ann")
        assert told.status_code == 303
        dropped = await browser.post(f"/answers/{plan}")
        assert dropped.status_code == 303
    async with site.db.read() as session:
        row = await session.get(DisputeRow, dispute)
        assert row is not None
        assert row.state == "resolved"
        contacts = await contacts_of(session, site.ids["alder"])
        assert "kim@a1der.example" in {c.email for c in contacts}
        withdrawn = await effect(session, site.ids["mail"])
        assert withdrawn is not None
        assert withdrawn.state == "superseded"


async def test_who_may_only_look_changes_nothing_there(site: Site) -> None:
    _, dispute, named = await seeded(site)
    async with site.signed_in("viewer") as browser:
        assert "Settle" not in (await browser.get("/disputes")).text
        refused = await browser.post(f"/disputes/{dispute}", act="resolve", resolution="x")
        assert refused.status_code == 403
        refused = await browser.post(f"/contacts/{named}", act="confirm", how="x")
        assert refused.status_code == 403
