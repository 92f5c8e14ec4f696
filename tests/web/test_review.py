"""Decisions from the page: bound to what was seen, with reasons, checked against the facts."""

from __future__ import annotations

from effects.actor import Person, Role
from effects.decide import edit
from effects.kinds import SendEmail
from effects.moving import effect_of
from flows.edited_mail import changes_of
from store.effects import effect
from tests.web.seeding import POLICY, user
from tests.web.serving import Site


async def _fingerprint(site: Site, effect_id: int) -> str:
    async with site.db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    return row.fingerprint


async def _state(site: Site, effect_id: int) -> str:
    async with site.db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    return row.state


async def test_what_was_seen_is_approved(site: Site) -> None:
    mail = site.ids["mail"]
    async with site.signed_in("collector") as browser:
        page = await browser.get(f"/review/{mail}")
        assert "Overdue invoice INV-1000" in page.text
        assert 'data-fact="' in page.text
        answer = await browser.post(
            f"/review/{mail}/approve", fingerprint=await _fingerprint(site, mail)
        )
        assert answer.status_code == 303
        timeline = await browser.get(f"/customers/{site.ids['alder']}?show=decisions")
    assert await _state(site, mail) == "approved"
    assert "Approved</strong> by Pat Collector" in timeline.text


async def test_a_stale_button_shows_what_changed(site: Site) -> None:
    mail = site.ids["mail"]
    seen = await _fingerprint(site, mail)
    person = await user(site.db, "approver", site.now)

    async def fine(_effect: object) -> tuple[str, ...]:
        return ()

    async with site.db.begin() as session:
        row = await effect(session, mail)
        assert row is not None
        content = effect_of(row)
        assert isinstance(content, SendEmail)
        changes = await changes_of(session, content, subject="Another subject", text="Other text")
        await edit(
            session, mail, seen, changes, Person(person.id, "Pat", Role.APPROVER), POLICY,
            site.now, guard=fine,
        )  # fmt: skip
    async with site.signed_in("collector") as browser:
        answer = await browser.post(f"/review/{mail}/approve", fingerprint=seen)
    assert answer.status_code == 409
    assert "This changed since you saw it" in answer.text
    assert "Another subject" in answer.text
    assert await _state(site, mail) == "proposed"


async def test_a_rejection_needs_a_reason(site: Site) -> None:
    mail = site.ids["mail"]
    fingerprint = await _fingerprint(site, mail)
    async with site.signed_in("collector") as browser:
        path = f"/review/{mail}/reject"
        assert (await browser.post(path, fingerprint=fingerprint)).status_code == 409
        assert await _state(site, mail) == "proposed"
        answer = await browser.post(path, fingerprint=fingerprint, reason="They called us")
    assert answer.status_code == 303
    assert await _state(site, mail) == "rejected"


async def test_an_edit_that_invents_an_amount_is_refused_and_kept_in_the_form(site: Site) -> None:
    mail = site.ids["mail"]
    async with site.signed_in("collector") as browser:
        answer = await browser.post(
            f"/review/{mail}/edit",
            fingerprint=await _fingerprint(site, mail),
            subject="Overdue invoice INV-1000",
            text="Please pay 9,999.00 USD for INV-1000.",
        )
    assert answer.status_code == 409
    assert "9,999.00" in answer.text
    assert "Not done." in answer.text
    assert await _fingerprint(site, mail) in answer.text


async def test_an_honest_edit_is_a_new_version(site: Site) -> None:
    mail = site.ids["mail"]
    before = await _fingerprint(site, mail)
    async with site.signed_in("collector") as browser:
        answer = await browser.post(
            f"/review/{mail}/edit",
            fingerprint=before,
            subject="Overdue invoice INV-1000",
            text="Hello,\n\nINV-1000 for 1,234.50 USD is open.\n\nExample Seller Inc.",
        )
    assert answer.status_code == 303, answer.text
    assert await _fingerprint(site, mail) != before


async def test_a_collector_cannot_post_a_payment(site: Site) -> None:
    posting = site.ids["posting"]
    async with site.signed_in("collector") as browser:
        page = await browser.get(f"/review/{posting}")
        assert "Approve and post" not in page.text
        answer = await browser.post(
            f"/review/{posting}/approve", fingerprint=await _fingerprint(site, posting)
        )
    assert answer.status_code == 409
    assert await _state(site, posting) == "proposed"


async def test_the_mail_document_can_run_and_load_nothing(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        answer = await browser.get(f"/review/{site.ids['mail']}/mail")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


async def test_a_payment_entered_twice_is_one_payment(site: Site) -> None:
    form = {
        "amount": "1,234.50",
        "currency": "usd",
        "received_on": "2026-03-09",
        "source_id": "WIRE-7",
        "customer": "Alder Freight",
    }
    async with site.signed_in("collector") as browser:
        for _ in range(2):
            assert (await browser.post("/payments", **form)).status_code == 303
        page = await browser.get("/payments?tab=all")
        wrong = await browser.post("/payments", **{**form, "amount": "12,x", "source_id": "W8"})
    assert page.text.count("Entered by hand") == 1
    assert wrong.status_code == 422
    assert "Nothing was recorded yet" in wrong.text


async def test_a_reply_is_settled(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        answer = await browser.post(f"/worklist/{site.ids['item']}/settle")
        assert answer.status_code == 303
        page = await browser.get(f"/worklist/{site.ids['item']}")
    assert "Settled" in page.text
