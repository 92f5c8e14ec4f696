"""A playbook's question: a yes must be quoted, doubt and no model leave it to a person."""

from __future__ import annotations

from datetime import timedelta

from agent.brain import RulesBrain
from agent.playbook_question import answer_question
from domain.dunning.playbook import Answer
from flows import followups
from flows.playbook_versions import activate
from sandbox.model.script import Say
from store.playbooks import PlaybookRunRow
from store.touchpoints import TouchpointRow
from tests.agent.conftest import Mind
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_playbooks import CORA, kept

BOOK = """name: Asking
customers: all
steps:
  - ask: Do they mention a payment plan?
    then:
      - wait: 1 business day
    else:
      - wait: 2 business days
"""
MAIL = "Hello,\nwe can pay in three parts.\nKind regards\n\n> Your invoice mentions a payment plan"


async def waiting(scene: Scene, mail: str = MAIL) -> int:
    """A customer at the question; the id of the run."""
    acme = await scene.customer("Acme")
    await scene.invoice(acme, "INV-1 500.00 USD due 2026-02-10")
    if mail:
        await scene.add(
            TouchpointRow(
                key="m1", customer_id=acme, channel="email", direction="in", kind="reply",
                occurred_at=NOW - timedelta(days=3), body_text=mail,
            )
        )  # fmt: skip
    found = await kept(scene.db, BOOK)
    async with scene.db.begin() as session:
        await activate(session, found.playbook_id, found.version, by=CORA, now=NOW)
    async with scene.db.begin() as session:
        quiet = await followups.prepare(session, desk(), acme, NOW)
    assert isinstance(quiet, followups.Quiet)
    assert quiet.reason == "awaiting_decision"
    return (await scene.all(PlaybookRunRow))[0].id


DOUBTFUL = (
    '{"answer": "yes", "span": "a payment plan"}',
    '{"answer": "yes", "span": ""}',
    '{"answer": "unsure", "span": ""}',
    "certainly!",
)


async def test_a_yes_rests_on_words_of_the_customer_and_doubt_waits_for_a_person(
    scene: Scene, mind: Mind
) -> None:
    run_id = await waiting(scene)
    assert await answer_question(scene.db, RulesBrain(), run_id, "0", NOW) is None
    for said in DOUBTFUL:
        brain, _ = mind(Say(said), Say(said))
        assert await answer_question(scene.db, brain, run_id, "0", NOW) is None
    assert [item.kind for item in await scene.items()] == ["playbook_question"]
    brain, _ = mind(Say('{"answer": "yes", "span": "pay in  three parts"}'))
    found = await answer_question(scene.db, brain, run_id, "0", NOW)
    assert found == Answer(yes=True, quote="pay in three parts")
    assert await scene.items() == []
    assert await answer_question(scene.db, brain, 99, "0", NOW) is None


async def test_who_never_wrote_said_nothing(scene: Scene) -> None:
    run_id = await waiting(scene, mail="")
    found = await answer_question(scene.db, RulesBrain(), run_id, "0", NOW)
    assert found == Answer(yes=False, quote="they have not written")
