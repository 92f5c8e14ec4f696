"""Cards: bound to what they show, decided by who may, brought up to date, never by old buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from effects.actor import Actor, ActorKind
from effects.expire import expire
from sandbox.slack.acting import NotPossible
from sandbox.slack.workspace import direct
from slack_app.cards import APPROVE, EDIT, REJECT
from store.effects import DecisionRow
from tests.slack_app.rooms import Room, buttons_of, text_of

HOME = direct("U0COL")


async def put(office: Room, **more: Any) -> int:
    """A card for a mail under an answer in Col's direct messages."""
    effect_id = await office.mail(**more)
    office.parrot.proposes = (effect_id,)
    office.people.say("U0COL", HOME, "remind Acme")
    await office.work(1)
    return effect_id


async def test_a_card_shows_what_will_leave_and_approving_it_lets_exactly_that_happen(
    office: Room,
) -> None:
    effect_id = await put(office)
    card = office.card(HOME)
    shown = text_of(card)
    assert "Hello,\n\nINV-1 over 100.00 USD was due on 1 March 2026." in shown
    assert "billing@acme.example" in shown
    assert buttons_of(card) == [APPROVE, EDIT, REJECT, "card_open"]
    await office.people.press("U0COL", HOME, card["ts"], APPROVE)
    await office.work(2)
    assert await office.state(effect_id) == "approved"
    again = office.card(HOME)
    assert buttons_of(again) == ["card_open"]
    quiet = len(office.said(HOME))
    await office.people.press_on("U0COL", HOME, card, APPROVE)
    await office.work(3)
    assert len(office.said(HOME)) == quiet
    assert "Col Lector approved: in Slack" in text_of(again)
    (decided,) = [d for d in await office.scene.all(DecisionRow) if d.verdict == "approve"]
    assert decided.actor_id == "1"


async def test_an_old_button_decides_nothing_and_the_card_shows_what_would_leave_now(
    office: Room,
) -> None:
    effect_id = await put(office)
    seen = office.card(HOME)
    await office.mail("Hello,\n\nINV-1 over 100.00 USD is open.\n")
    await office.people.press_on("U0COL", HOME, seen, APPROVE)
    await office.work(2)
    assert await office.state(effect_id) == "proposed"
    card = office.card(HOME)
    assert "This changed since the card was put up." in text_of(card)
    assert "INV-1 over 100.00 USD is open." in text_of(card)
    await office.people.press_on("U0COL", HOME, seen, APPROVE)
    await office.work(3)
    assert await office.state(effect_id) == "proposed"
    await office.people.press("U0COL", HOME, card["ts"], APPROVE)
    await office.work(4)
    assert await office.state(effect_id) == "approved"


async def test_a_button_counts_only_on_the_card_it_was_made_for(office: Room) -> None:
    effect_id = await put(office)
    card = office.card(HOME)
    elsewhere = {**card, "ts": office.said(HOME)[0]["ts"]}
    await office.people.press_on("U0COL", HOME, elsewhere, APPROVE)
    forged = str(card["blocks"]).replace('", "', '", "x')
    assert forged != str(card["blocks"])
    await office.work(2)
    assert await office.state(effect_id) == "proposed"


@pytest.mark.parametrize("member", ["U0NEW", "U0GUEST"])
async def test_who_may_not_use_dunwell_decides_nothing(office: Room, member: str) -> None:
    effect_id = await put(office)
    await office.people.press_on(member, HOME, office.card(HOME), APPROVE)
    await office.work(2)
    assert await office.state(effect_id) == "proposed"


async def test_nobody_approves_what_they_proposed(office: Room) -> None:
    effect_id = await put(office, by=Actor(ActorKind.PERSON, "1"))
    await office.people.press("U0COL", HOME, office.card(HOME)["ts"], APPROVE)
    await office.work(2)
    assert await office.state(effect_id) == "proposed"
    assert "You proposed it; somebody else must approve." in office.said(HOME)[-1]["text"]


async def test_rejecting_asks_why_and_keeps_it(office: Room) -> None:
    effect_id = await put(office)
    await office.people.press("U0COL", HOME, office.card(HOME)["ts"], REJECT)
    await office.receiver.close()
    (form,) = office.space.store.views_of("U0COL")
    await office.people.submit("U0COL", form["id"], {"reason": "They called <!here>"})
    await office.work(2)
    assert await office.state(effect_id) == "rejected"
    assert "Col Lector rejected: They called <!here>" in text_of(office.card(HOME))
    (told,) = office.space.store.views_of("U0COL")
    assert "Rejected: it will not happen." in text_of(told)


async def test_an_edit_is_guarded_and_becomes_a_new_version_on_the_card(office: Room) -> None:
    effect_id = await put(office)
    await office.people.press("U0COL", HOME, office.card(HOME)["ts"], EDIT)
    await office.receiver.close()
    (form,) = office.space.store.views_of("U0COL")
    wrong = {"subject": "INV-1 again", "text": "Hello,\n\nplease pay 999.00 USD for INV-1.\n"}
    await office.people.submit("U0COL", form["id"], wrong)
    await office.work(2)
    (form,) = office.space.store.views_of("U0COL")
    assert "999.00" in text_of(form)
    assert "INV-1 again" in str(form["blocks"])
    right = {"text": "Hello,\n\n100.00 USD of INV-1 is open. Thank you.\n"}
    await office.people.submit("U0COL", form["id"], right)
    await office.work(3)
    card = office.card(HOME)
    assert "100.00 USD of INV-1 is open. Thank you." in text_of(card)
    assert "version 2" in text_of(card)
    await office.people.press("U0COL", HOME, card["ts"], APPROVE)
    await office.work(4)
    assert await office.state(effect_id) == "approved"


async def test_a_channel_can_show_all_that_waits_each_once(office: Room) -> None:
    first = await office.mail()
    cards = replace(office.jobs.cards, proposals="C0AR")
    await cards.refresh()
    second = await office.mail(occasion="2")
    for _ in range(2):
        await cards.refresh()
    shown = [m["blocks"][-1]["block_id"] for m in office.said("C0AR")]
    assert shown == [f"card-{first}", f"card-{second}"]


async def test_a_card_follows_its_effect_to_its_end(office: Room) -> None:
    effect_id = await put(office)
    office.now[0] += timedelta(days=8)
    async with office.db.begin() as session:
        await expire(session, office.clock())
    await office.jobs.cards.refresh()
    card = office.card(HOME)
    assert "Expired: nobody decided in time" in text_of(card)
    with pytest.raises(NotPossible):
        await office.people.press("U0COL", HOME, card["ts"], APPROVE)
    assert await office.state(effect_id) == "expired"
