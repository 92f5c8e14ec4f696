"""A conversation on a real database, without a model."""

from __future__ import annotations

from agent.brain import RulesBrain
from agent.chat import ChatRequest
from agent.graph.chat import ChatGraph
from agent.graph.memory import chat_memory
from effects.actor import Person, Role
from store.engine import Database
from store.threads import keep_latest
from tests.flows.scene import NOW, Scene, desk

ROBIN = Person(7, "Robin Hale", Role.COLLECTOR)


async def quiet(words: str) -> None:
    del words


def ask(text: str, n: int = 1, by: Person = ROBIN) -> ChatRequest:
    return ChatRequest("terminal:1", f"m{n}", text, by, NOW)


async def test_a_thread_remembers_whom_it_is_about_and_what_was_asked_back(db: Database) -> None:
    scene = Scene(db)
    acme, globex = await scene.customer("Acme Corp"), await scene.customer("Globex")
    await scene.customer("Acme Foods")
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await scene.invoice(globex, "INV-2001 250.00 USD due 2026-04-10")
    async with chat_memory(db) as memory:
        graph = ChatGraph(db, desk(), RulesBrain(), memory)
        asked = await graph.answer(ask("what does acme owe"), progress=quiet)
        assert asked.asks == ("Acme Corp", "Acme Foods")
        chosen = await graph.answer(ask("the first one", 2), progress=quiet)
        assert chosen.text.startswith("Acme Corp owes 100.00 USD")
        async with db.begin() as session:
            await keep_latest(session, "terminal:1")
        other = ChatGraph(db, desk(), RulesBrain(), memory)
        followed = await other.answer(ask("and Globex?", 3), progress=quiet)
        assert followed.text == "Globex owes 250.00 USD on 1 invoice, nothing of it overdue."
