"""An invoice asked for in chat is a draft on the list, never a push."""

from __future__ import annotations

from store.drafts import InvoiceDraftRow
from store.effects import EffectRow
from store.engine import Database
from tests.agent.chat.talk import talk
from tests.flows.scene import Scene


async def test_an_invoice_asked_for_is_a_draft(db: Database) -> None:
    world = await talk(db)
    answer = await world.say("invoice Acme 1,500 for training days")
    assert "on the list as a draft" in answer.text
    assert "1,500.00 USD" in answer.text
    (row,) = await Scene(db).all(InvoiceDraftRow)
    assert (row.source, row.total_minor, row.state) == ("chat", 150_000, "draft")
    assert row.lines[0]["product"] == "training days"
    assert f"/sync/invoices/{row.id}" in {one.path for one in answer.cited}
    assert await Scene(db).all(EffectRow) == []


async def test_what_lacks_is_asked(db: Database) -> None:
    world = await talk(db)
    assert "What is it for?" in (await world.say("create an invoice of $20 to Acme")).text
    assert "on the list" in (await world.say("training")).text
    (row,) = await Scene(db).all(InvoiceDraftRow)
    assert (row.total_minor, row.lines[0]["product"]) == (2_000, "training")
