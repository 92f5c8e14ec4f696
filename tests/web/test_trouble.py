"""What went wrong or is unclear is settled by a person, over HTTP."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlmodel import col

from store.effects import EffectRow, effect
from tests.effects.outside import approval
from tests.web.serving import Site


async def _put(site: Site, name: str, state: str) -> EffectRow:
    """An effect as a broken connection or a refusal of the ERP leaves it."""
    async with site.db.begin() as session:
        moved = update(EffectRow).where(col(EffectRow.id) == site.ids[name])
        await session.exec(moved.values(state=state))
        row = await effect(session, site.ids[name])
        assert row is not None
        session.add(approval(row))
    return await _row(site, site.ids[name])


async def _row(site: Site, effect_id: int) -> EffectRow:
    async with site.db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("happened", "state", "notice"),
    [("yes", "unknown", "happened"), ("no", "approved", "not_happened")],
)
async def test_a_person_says_whether_an_unclear_act_happened(
    site: Site, happened: str, state: str, notice: str
) -> None:
    row = await _put(site, "mail", "unknown")
    async with site.signed_in("controller") as browser:
        page = await browser.get(f"/review/{row.id}")
        assert "It did not happen" in page.text
        answer = await browser.post(
            f"/review/{row.id}/resolve", happened=happened, reason="Looked in the sent folder"
        )
    assert answer.status_code == 303, answer.text
    assert f"notice={notice}" in answer.headers["location"]
    after = await _row(site, row.id)
    assert (after.state, "happened" in after.outcome) == (state, happened == "yes")


async def test_a_posting_that_happened_names_its_record(site: Site) -> None:
    row = await _put(site, "posting", "unknown")
    path, seen = f"/review/{row.id}/resolve", "Found it in the ERP"
    async with site.signed_in("controller") as browser:
        without = await browser.post(path, happened="yes", reason=seen)
        assert without.status_code == 409
        assert "the NetSuite id of the payment" in without.text
        answer = await browser.post(path, happened="yes", reason=seen, netsuite_id="4711")
    assert answer.status_code == 303, answer.text
    assert "4711" in str((await _row(site, row.id)).outcome)


async def test_a_viewer_cannot_say_what_happened(site: Site) -> None:
    row = await _put(site, "mail", "unknown")
    async with site.signed_in("viewer") as browser:
        assert "It did not happen" not in (await browser.get(f"/review/{row.id}")).text
        answer = await browser.post(f"/review/{row.id}/resolve", happened="yes", reason="x")
    assert answer.status_code == 403
    assert (await _row(site, row.id)).state == "unknown"


async def test_what_failed_is_tried_again(site: Site) -> None:
    row = await _put(site, "mail", "failed")
    async with site.signed_in("collector") as browser:
        page = await browser.get(f"/review/{row.id}")
        assert "Try again" in page.text
        stale = await browser.post(f"/review/{row.id}/retry", fingerprint="0" * 64)
        assert stale.status_code == 409
        assert (await _row(site, row.id)).state == "failed"
        answer = await browser.post(f"/review/{row.id}/retry", fingerprint=row.fingerprint)
    assert answer.status_code == 303, answer.text
    assert (await _row(site, row.id)).state == "approved"


async def test_the_next_item_opens_after_a_decision(site: Site) -> None:
    mail, posting = site.ids["mail"], site.ids["posting"]
    async with site.signed_in("controller") as browser:
        first = await browser.get("/review")
        assert f'action="/review/{mail}/approve"' in first.text
        assert "overdue" in first.text
        fingerprint = (await _row(site, mail)).fingerprint
        answer = await browser.post(f"/review/{mail}/approve", fingerprint=fingerprint)
        page = await browser.get(answer.headers["location"])
    assert f'action="/review/{posting}/approve"' in page.text
    assert 'role="status">Approved.' in page.text


async def test_codes_are_told_in_words(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        page = await browser.get(f"/worklist/{site.ids['item']}")
        review = await browser.get(f"/review/{site.ids['mail']}")
    assert "What to do:" in page.text
    assert "3,703.50" in page.text
    for code in ("overdue_", "Touchpoint id", "Cadence", "payment_search"):
        assert code not in page.text + review.text
