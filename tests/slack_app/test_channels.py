"""Messages to a customer's channel: the same gates as mail, and exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.dunning.policy_values import Channel
from effects import decide
from effects.actor import Actor, ActorKind, Person, Role
from effects.answers import Approved
from effects.kinds import PostToCustomerChannel
from effects.outcomes import Changed, Done, NotNow, Refused, RetryLater, Unchanged, Unknown
from effects.performer import perform
from effects.propose import Because, Proposed
from flows.facts import Case, load_case
from flows.followups import Quiet, offer, prepare
from flows.slack.edits import guard
from flows.slack.outreach import still_true_post
from slack_app.performer import SlackPerformer
from store.effects import EffectRow
from store.engine import Session
from store.receivables import InvoiceRow
from store.touchpoints import TouchpointRow
from tests.slack_app.rooms import Room, text_of

AGENT = Actor(ActorKind.AGENT, "followup")
BECAUSE = Because("dunning", {})


async def offered(office: Room, channel: Channel = Channel.SLACK) -> Proposed | object:
    """The follow-up that the cadence says, where a step speaks in the customer's channel."""
    async with office.db.begin() as session:
        ready = await prepare(session, office.desk, 1, office.clock())
        if isinstance(ready, Quiet):
            return ready
        ready = replace(ready, touch=replace(ready.touch, channel=channel))
        return await offer(session, office.desk, ready, body=None, by=AGENT, because=BECAUSE)


async def waiting(office: Room) -> EffectRow:
    await office.shared_with_acme()
    done = await offered(office)
    assert isinstance(done, Proposed)
    (row,) = await office.scene.all(EffectRow)
    return row


def hands(office: Room) -> SlackPerformer:
    async def recheck(
        session: Session, post: PostToCustomerChannel
    ) -> Unchanged | Changed | NotNow:
        case: Case | None = await load_case(session, office.desk, 1, office.clock())
        return await still_true_post(session, post, office.clock(), desk=office.desk, case=case)

    return SlackPerformer(office.jobs.api, recheck, office.clock)


async def approve(office: Room, row: EffectRow) -> None:
    async with office.db.begin() as session:
        by = Person(2, "App Rover", Role.APPROVER)
        answer = await decide.approve(
            session, row.id, row.fingerprint, by, office.desk.approval, office.clock()
        )
    assert isinstance(answer, Approved)


async def carry_out(office: Room, row: EffectRow) -> str:
    await perform(office.db, row.id, {row.kind: hands(office)}, office.clock)
    return await office.state(row.id)


async def test_without_a_channel_that_a_person_named_it_is_a_mail(office: Room) -> None:
    await office.jobs.see_channels()
    await offered(office)
    assert {row.kind for row in await office.scene.all(EffectRow)} == {"send_email"}


async def test_a_step_that_speaks_in_both_places_proposes_both_with_the_same_words(
    office: Room,
) -> None:
    await office.shared_with_acme()
    await offered(office, Channel.BOTH)
    rows = {row.kind: row.payload for row in await office.scene.all(EffectRow)}
    assert len(await office.scene.all(EffectRow)) == 2
    assert rows["send_email"]["text"] == rows["post_to_customer_channel"]["text"]


async def test_a_message_leaves_once_after_approval_and_is_on_the_timeline(office: Room) -> None:
    row = await waiting(office)
    assert (row.state, row.kind) == ("proposed", "post_to_customer_channel")
    again = await offered(office)
    assert isinstance(again, Quiet)
    assert again.reason == "awaiting_decision"
    await approve(office, row)
    assert await carry_out(office, row) == "done"
    assert await carry_out(office, row) == "done"
    (said,) = office.said("C0ACME")
    assert "INV-1" in text_of(said)
    assert said["metadata"]["event_payload"]["key"] == row.key
    (touch,) = await office.scene.all(TouchpointRow)
    assert (touch.channel, touch.direction, touch.step) == ("slack", "out", row.payload["step"])


async def test_when_slacks_answer_is_lost_it_is_looked_for_before_anything_is_repeated(
    office: Room,
) -> None:
    row = await waiting(office)
    await approve(office, row)
    office.space.faults.dropped = 1
    assert await carry_out(office, row) == "unknown"
    office.now[0] += timedelta(days=3)
    assert await carry_out(office, row) == "done"
    assert len(office.said("C0ACME")) == 1


async def test_facts_that_changed_and_a_channel_that_was_taken_off_keep_it_from_leaving(
    office: Room,
) -> None:
    row = await waiting(office)
    await approve(office, row)
    (invoice,) = await office.scene.all(InvoiceRow)
    async with office.db.begin() as session:
        held = await session.get(InvoiceRow, invoice.id)
        assert held is not None
        held.open_minor = 5_000
        session.add(held)
    assert await carry_out(office, row) == "superseded"
    assert office.said("C0ACME") == []
    post = PostToCustomerChannel.from_payload(row.payload)
    async with office.db.read() as session:
        read = guard(session, office.desk, office.clock())
        assert await read(replace(post, channel_id="C0AR")) != []
        assert await read(replace(post, text="Pay 77.00 USD now.")) != []


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [("limited", RetryLater), ("failing", Unknown), ("archived", Refused), ("none", Done)],
)
async def test_each_trouble_of_slack_is_what_it_is(
    office: Room, trouble: str, outcome: type[object]
) -> None:
    row = await waiting(office)
    if trouble == "archived":
        office.space.change("C0ACME", archived=True)
    elif trouble != "none":
        setattr(office.space.faults, trouble, 1)
    act = await hands(office).act(PostToCustomerChannel.from_payload(row.payload))
    assert isinstance(act, outcome)
