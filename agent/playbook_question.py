"""Answer a playbook's question from what the customer wrote; what is not certain, a person answers.

The model has no tools and a closed schema, and a "yes" must quote words that stand in the mails.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.brain import Brain
from agent.prompting import render
from domain.dunning.playbook import Answer
from effects.actor import Actor, ActorKind
from flows.playbook_questions import Question, question_at
from flows.playbooks import answer
from store.engine import Database

READER = Actor(ActorKind.AGENT, "playbook")


class SaidAnswer(BaseModel):
    """What a model says."""

    model_config = ConfigDict(extra="forbid")
    answer: Literal["yes", "no", "unsure"]
    span: str = Field(max_length=500)


async def answer_question(
    db: Database, brain: Brain, run_id: int, path: str, now: datetime
) -> Answer | None:
    """Answer the question at which a run waits; None leaves it to a person."""
    async with db.read() as session:
        asked = await question_at(session, run_id, path)
    if asked is None:
        return None
    found = await _judge(brain, asked)
    if found is None:
        return None
    async with db.begin() as session:
        await answer(session, run_id, path, found, by=READER, now=now)
    return found


async def _judge(brain: Brain, asked: Question) -> Answer | None:
    if not asked.text:
        return Answer(yes=False, quote="they have not written")
    if not brain.thinks:
        return None
    prompt = render("playbook_question", question=asked.question)
    said = (await brain.extract(SaidAnswer, asked.text, prompt.text)).value
    if said is None or said.answer == "unsure":
        return None
    if said.answer == "no":
        return Answer(yes=False)
    quote = " ".join(said.span.split())
    stands = len(quote) > 2 and quote.casefold() in " ".join(asked.text.split()).casefold()
    return Answer(yes=True, quote=quote) if stands else None
