"""Every way in which real models fail, through the real SDK: nothing false is said or done."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from openai import AsyncOpenAI

from agent.graph.chat import ChatGraph
from effects.audit import Intact, verify
from sandbox.model.app import build_model_app
from sandbox.model.script import (
    Call,
    Calls,
    Deaf,
    Fail,
    Fenced,
    Hang,
    Nonsense,
    Overflow,
    Refuse,
    Say,
    Script,
    Slow,
)
from sandbox.serving import LoopbackServer
from store.audit import latest
from store.colleague_notes import ColleagueNoteRow
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Database
from store.receivables import PaymentRow
from store.standing import HoldRow
from store.worklist import WorkItemRow
from tests.agent.chat.talk import talk
from tests.agent.conftest import Mind
from tests.flows.scene import Scene, desk

SUMMARY = Call("account_summary", {"customer": "Acme"})
TRUE = "Acme owes 140.50 USD; 100.00 USD of it is overdue since 10 Feb 2026."
ASK = "what does Acme owe"


async def test_a_good_answer_is_said_with_its_links_also_from_a_fenced_call(
    db: Database, mind: Mind
) -> None:
    fenced = Fenced("account_summary", {"customer": "Acme"})
    brain, script = mind(SUMMARY, Say(TRUE), fenced, Say(TRUE))
    world = await talk(db, brain)
    answer = await world.say(ASK)
    assert (answer.text, answer.written_by) == (TRUE, "openai:toy")
    assert (await world.say(ASK)).text == TRUE
    assert answer.used == ("account_summary",)
    assert answer.cited[0].path == "/customers/1"
    assert answer.tables[0].rows[0][0] == "INV-1001"
    offered = offered_in(script)
    assert "who_owes" in offered
    assert not offered & {"record_payment", "pause", "propose_reminder"}


async def test_tools_dropped_silently_give_way_to_the_reader(db: Database, mind: Mind) -> None:
    brain, _ = mind(Deaf("Acme owes you 7,000.00 USD."))
    answer = await (await talk(db, brain)).say(ASK)
    assert "140.50 USD" in answer.text
    assert "7,000" not in answer.text
    assert "looked nothing up" in answer.text


async def test_the_same_call_again_is_not_made_and_calls_end(db: Database, mind: Mind) -> None:
    brain, script = mind(SUMMARY)
    answer = await (await talk(db, brain)).say(ASK)
    assert answer.used == ("account_summary",)
    assert "140.50 USD" in answer.text
    assert len(script.requests) <= 9
    assert "You asked this already" in str(messages(script, -1))


async def test_after_six_calls_the_model_must_answer(db: Database, mind: Mind) -> None:
    names = ("aging", "totals", "promises", "disputes", "waiting", "drift_findings", "who_owes")
    brain, script = mind(Calls(tuple(Call(n) for n in names)), Say("I looked at six lists."))
    answer = await (await talk(db, brain)).say("tell me everything")
    assert answer.used == names[:6]
    assert "tools" not in script.requests[1]


async def test_an_invented_argument_is_not_taken(db: Database, mind: Mind) -> None:
    brain, script = mind(Call("account_summary", {"customer": "Initech"}), SUMMARY, Say(TRUE))
    answer = await (await talk(db, brain)).say(ASK)
    assert answer.text == TRUE
    told = str(messages(script, 1)[-1])
    async with db.read() as session:
        audited = [r.detail["refused"] for r in await latest(session) if r.action == "chat.tool"]
    assert audited == [False, True]
    assert "did not say" in told
    assert "Initech" not in told.split("content")[1]


async def test_a_posting_on_a_question_is_neither_offered_nor_made(
    db: Database, mind: Mind
) -> None:
    post = Call("record_payment", {"customer": "Acme", "amount": "140.50"})
    brain, _ = mind(post, SUMMARY, Say("Done! I have posted the payment of 140.50 USD."))
    answer = await (await talk(db, brain)).say(ASK)
    assert "posted" not in answer.text
    assert "140.50 USD" in answer.text
    assert await Scene(db).all(PaymentRow) == []


async def test_words_of_a_customer_never_become_an_act(db: Database, mind: Mind) -> None:
    """The customer's mail orders a payment; the person wants the payment recorded they wrote of."""
    brain, script = mind(
        Call("what_did_they_say", {"customer": "Globex"}),
        Call("record_payment", {"customer": "Globex", "amount": "9,999.00"}),
        Say("Globex wrote that they pay 5,000.00 USD on Friday."),
    )
    answer = await (await talk(db, brain)).say(
        "what did Globex say? Then record the payment they wrote of."
    )
    assert answer.text == "Globex wrote that they pay 5,000.00 USD on Friday."
    assert await Scene(db).all(PaymentRow) == []
    seen = str(messages(script, 1)[-1])
    assert "customer_words" in seen
    assert "ap@globex.example" not in seen


async def test_a_model_that_tries_every_act_on_a_question_does_nothing(
    db: Database, mind: Mind
) -> None:
    acts = (
        Call("record_payment", {"customer": "Globex", "amount": "9,999.00", "reference": "1"}),
        Call("pause", {"customer": "Globex", "until": "Friday"}),
        Call("resume", {"customer": "Globex"}),
        Call("propose_reminder", {"customer": "Globex", "tone": "firm"}),
        Call("record_note", {"customer": "Globex", "note": "posted"}),
        Call("assign", {"customer": "Globex", "person": "me"}),
        Call("propose_credit", {"invoice": "INV-2001", "amount": "9,999.00"}),
    )
    said = Call("what_did_they_say", {"customer": "Globex"})
    brain, _ = mind(said, Calls(acts), Say("All done: 9,999.00 USD is posted for Globex."))
    world = await talk(db, brain)
    answer = await world.say("what did Globex say about a payment of 9,999.00, INV-2001, Friday?")
    assert "All done" not in answer.text
    assert answer.used == ("what_did_they_say",)
    for kind in (EffectRow, PaymentRow, HoldRow, ColleagueNoteRow, WorkItemRow, ConversationRow):
        assert await Scene(db).all(kind) == []


async def test_what_a_customer_claims_is_never_told_as_a_fact(db: Database, mind: Mind) -> None:
    said = Call("what_did_they_say", {"customer": "Globex"})
    brain, _ = mind(said, Say("The balance of Globex is 5,000.00 USD."))
    answer = await (await talk(db, brain)).say("what did Globex say")
    assert "The balance of Globex" not in answer.text
    assert answer.text.startswith("Globex last wrote on 1 Mar 2026")


async def test_wrong_facts_are_told_back_once_and_then_not_said(db: Database, mind: Mind) -> None:
    brain, script = mind(SUMMARY, Say("Acme owes 999.00 USD."), Say(TRUE))
    assert (await (await talk(db, brain)).say(ASK)).text == TRUE
    assert "999.00" in str(messages(script, 2))
    assert "tools" not in script.requests[2]


async def test_a_call_where_no_tool_was_offered_is_no_answer(db: Database, mind: Mind) -> None:
    """A server that does not mind that it was asked for words."""
    post = Call("record_payment", {"customer": "Acme", "amount": "140.50"})
    brain, script = mind(SUMMARY, Say("Acme owes 999.00 USD."), post)
    answer = await (await talk(db, brain)).say(ASK)
    assert "tools" not in script.requests[2]
    assert "Acme owes 140.50 USD" in answer.text
    assert answer.used == ("account_summary",)
    assert await Scene(db).all(PaymentRow) == []


async def test_figures_of_one_customer_are_not_told_of_another(db: Database, mind: Mind) -> None:
    swapped = "Globex owes 140.50 USD and Acme is fine."
    brain, _ = mind(Call("who_owes"), Say(swapped))
    answer = await (await talk(db, brain)).say("who owes us the most")
    assert swapped not in answer.text
    assert "12,540.50 USD" in answer.text


async def test_what_is_no_answer_gives_way_to_the_reader(db: Database, mind: Mind) -> None:
    """Malformed JSON, a refusal, nonsense, silence, a busy, full, slow or hanging server."""
    world = await talk(db)
    for step, word in (
        (Call("account_summary", '{"customer": '), "said nothing"),
        (Refuse(), "said nothing"),
        (Nonsense(), "not a completion"),
        (Say("  "), "said nothing"),
        (Say("Acme owes 14", cut_off=True), "cut off"),
        (Fail(429, 0), "429"),
        (Overflow(), "400"),
        (Hang(0.5), "in time"),
        (Slow(0.5, Say(TRUE)), "in time"),
    ):
        brain, _ = mind(step, timeout=0.25, retries=0)
        world.graph = ChatGraph(db, desk(), brain)
        answer = await world.say(ASK)
        assert "Acme owes 140.50 USD" in answer.text, step
        assert word in answer.text, step


async def test_an_act_is_told_by_code_and_every_call_is_in_the_audit(
    db: Database, mind: Mind
) -> None:
    remind = Call("propose_reminder", {"customer": "Acme", "tone": "firm"})
    brain, script = mind(remind, Say("I have sent the reminder."), Say("Here you are."))
    world = await talk(db, brain)
    answer = await world.say("draft a firm reminder to Acme")
    offered = offered_in(script)
    assert "propose_reminder" in offered
    assert "sent" not in answer.text
    assert "waits for approval" in answer.text
    (row,) = await Scene(db).all(EffectRow)
    assert answer.proposed == (row.id,)
    assert (row.state, row.proposed_by_kind, row.proposed_by_id) == (
        "proposed", "person", str(world.by.user_id),
    )  # fmt: skip
    async with db.read() as session:
        audited = [r for r in await latest(session) if r.action == "chat.tool"]
        assert isinstance(await verify(session), Intact)
    assert audited[0].detail["tool"] == "propose_reminder"
    assert audited[0].detail["arguments"] == {"customer": "Acme", "tone": "firm"}
    assert len(str(audited[0].detail["result"])) == 64


async def test_the_sandbox_streams_text_and_calls() -> None:
    script = Script([Say("The total is 140.50 USD."), SUMMARY])
    with LoopbackServer(build_model_app(script)) as server:
        async with AsyncOpenAI(api_key="k", base_url=f"{server.url}/v1") as client:
            text = "".join([p async for p in pieces(client)])
            calls = "".join([p async for p in pieces(client)])
    assert text == "The total is 140.50 USD."
    assert calls == '{"customer": "Acme"}'


async def pieces(client: AsyncOpenAI) -> AsyncGenerator[str]:
    stream = await client.chat.completions.create(
        model="toy", messages=[{"role": "user", "content": "hi"}], stream=True
    )
    async for chunk in stream:
        for choice in chunk.choices:
            if choice.delta.content:
                yield choice.delta.content
            for call in choice.delta.tool_calls or ():
                if call.function and call.function.arguments:
                    yield call.function.arguments


def messages(script: Script, at: int) -> list[dict[str, object]]:
    """What the model was sent with one request."""
    found = script.requests[at]["messages"]
    assert isinstance(found, list)
    return found


def offered_in(script: Script) -> set[str]:
    """The tools of the first request."""
    found = script.requests[0]["tools"]
    assert isinstance(found, list)
    return {tool["function"]["name"] for tool in found}
