"""A credit asked for in plain words becomes a card with its journal, or is told why not."""

from __future__ import annotations

import pytest

from agent.command_reader import Before, Understood, read_command
from effects.lifecycle import EffectState
from flows.slack.cards import card_of
from slack_app.cards import shown
from store.effects import EffectRow
from store.engine import Database
from store.erp_masters import GlAccountRow, ItemRow
from store.lines import InvoiceLineRow
from store.receivables import PaymentRow
from tests.agent.chat.talk import talk
from tests.flows.scene import NOW, Scene


async def billed(db: Database) -> Scene:
    """INV-1001 and INV-1002 have one line each, INV-2001 has none."""
    scene = Scene(db)
    await scene.add(
        ItemRow(netsuite_id="10", name="Support", type="Service", income_account_netsuite_id="40"),
        GlAccountRow(netsuite_id="40", number="4000", name="Service Income", type="Income"),
        *(
            InvoiceLineRow(invoice_id=n, line=1, amount_minor=minor, item_netsuite_id="10")
            for n, minor in ((1, 10_000), (2, 4_050))
        ),
    )
    return scene


async def test_a_credit_is_proposed_on_a_card_with_its_journal(db: Database) -> None:
    world = await talk(db)
    scene = await billed(db)
    asked = await world.say("credit 25 on INV-1001")
    assert asked.text.startswith("Why are 25.00 USD credited on INV-1001?")
    answer = await world.say("a billing error")
    (row,) = await scene.all(EffectRow)
    assert answer.proposed == (row.id,)
    assert "waits for approval by somebody else" in answer.text
    async with db.read() as session:
        card = await card_of(session, row.id)
    assert card is not None
    assert ("Debit", "4000 Service Income (Support): 25.00 USD") in card.heads
    assert ("Credit", "Accounts Receivable (INV-1001): 25.00 USD") in card.heads
    assert card.state is EffectState.PROPOSED
    assert "4000 Service Income" in str(shown(card, "n", "https://x.example").blocks)
    world.count -= 1
    await world.say("a billing error")
    assert len(await scene.all(EffectRow)) == 1


async def test_what_the_rules_refuse_is_told_with_what_mends_it(db: Database) -> None:
    world = await talk(db)
    scene = await billed(db)
    beyond = await world.say("credit 500 on INV-1001 for the outage")
    assert "CRM-001: Credit 500.00 USD exceeds 100.00 USD left on INV-1001. Reduce it." in (
        beyond.text
    )
    unread = await world.say("credit 5 on INV-2001 for the outage")
    assert "CRM-014" in unread.text
    broke = await world.say("credit 5 on INV-1001 because of insolvency, they cannot pay")
    assert "would reverse revenue" in broke.text
    await scene.add(
        PaymentRow(
            source="netsuite", source_id="1", netsuite_id="77", customer_id=1, currency="USD",
            amount_minor=500, unapplied_minor=500, received_on=NOW.date(), state="posted",
        )
    )  # fmt: skip
    rich = await world.say("write off INV-1001, they are insolvent")
    assert "WOF-001: Acme has 5.00 USD unapplied. Apply the cash / settle first." in rich.text
    assert await scene.all(EffectRow) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("write off INV-7", ""),
        ("please write INV-7 off because they are insolvent", "they are insolvent"),
    ],
)
def test_giving_up_is_read(said: str, reason: str) -> None:
    found = read_command(said, Before())
    assert isinstance(found, Understood)
    (call,) = found.calls
    assert call.name == "propose_write_off"
    assert call.arguments.get("reason", "") == reason
