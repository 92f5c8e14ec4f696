"""The page that says whose channel it is."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Actor, ActorKind, Role
from effects.kinds import PostToCustomerChannel
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from effects.propose import Because, propose
from store.engine import Database
from store.parties import CustomerRow
from store.slack import SlackChannelRow, SlackMemberRow
from tests.flows.scene import Scene
from tests.web.serving import Site


async def test_a_controller_says_whose_channel_it_is_and_nobody_guesses(
    site: Site, db: Database, now: datetime
) -> None:
    scene = Scene(db)
    one, _ = await scene.customer("Zephyr Mills"), await scene.customer("Zephyr Mills North")
    channel = SlackChannelRow(channel_id="C1", name="ext-<b>z</b>", shared=True, seen_at=now)
    other = SlackChannelRow(channel_id="C2", name="two", seen_at=now)
    guest = SlackMemberRow(member_id="U1", name="Gil", standing="guest", seen_at=now)
    await scene.add(channel, other, guest)
    async with site.signed_in("collector") as browser:
        page = (await browser.get("/settings/slack")).text
        refused = await browser.post("/settings/slack/C1", customer="Zephyr Mills")
    async with site.signed_in("controller") as browser:
        vague = await browser.post("/settings/slack/C1", customer="Zephyr")
        done = await browser.post("/settings/slack/C1", customer="zephyr mills")
        twice = await browser.post("/settings/slack/C2", customer="Zephyr Mills")
        missing = await browser.post("/settings/slack/C9", customer="Zephyr Mills")
        mapped = [c for c in await scene.all(CustomerRow) if c.slack_channel]
        await browser.post("/settings/slack/C1", customer="")
    assert ("ext-&lt;b&gt;" in page, "Guest: refused" in page) == (True, True)
    assert (refused.status_code, vague.status_code, twice.status_code) == (403, 409, 409)
    assert (done.status_code, missing.status_code) == (303, 404)
    assert [(c.id, c.slack_channel) for c in mapped] == [(one, "C1")]
    assert [c for c in await scene.all(CustomerRow) if c.slack_channel] == []


async def test_a_message_to_a_channel_is_reviewed_as_it_will_stand(
    site: Site, db: Database, now: datetime
) -> None:
    customer_id = await Scene(db).customer("Zephyr Mills")
    post = PostToCustomerChannel(
        customer_id=customer_id, purpose="followup", occasion="1", channel_id="C1",
        channel_name="ext-zephyr", text="INV-9 <b>over</b> 10.00 USD is open.", tone="friendly",
        written_by="template/1", facts={"invoices": {"9": {"number": "INV-9"}}},
    )  # fmt: skip
    policy = ApprovalPolicy("t", {post.kind: KindPolicy((Rule("read", Role.COLLECTOR),))})
    async with db.begin() as session:
        done = await propose(
            session, post, policy=policy, because=Because("asked", {}),
            by=Actor(ActorKind.AGENT, "chat"), now=now,
        )  # fmt: skip
    async with site.signed_in("collector") as browser:
        page = (await browser.get(f"/review/{done.effect_id}")).text
        timeline = (await browser.get(f"/customers/{customer_id}")).text
    assert "The message as it will stand in Slack" in page
    assert "#ext-zephyr" in page
    assert "&lt;b&gt;over&lt;/b&gt; 10.00 USD is open." in page
    assert "Message in Slack" in timeline
