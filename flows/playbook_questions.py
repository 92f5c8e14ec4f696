"""What a playbook asks about a customer, and the mails that may answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.dunning.playbook import Ask, step_at
from sources.mail.strip import split
from sources.playbook_file import read_playbook
from store import playbooks
from store.engine import Session
from store.touchpoints import replies_since

_MOST_MAILS, _LONGEST = 5, 8000


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what the customer wrote in this conversation, newest first; "" if nothing."""

    question: str
    text: str


async def question_at(session: Session, run_id: int, path: str) -> Question | None:
    """The question at which a run waits; None when it waits there no more."""
    run = await playbooks.run(session, run_id)
    if run is None or run.position != path:
        return None
    version = await playbooks.version_of(session, run.playbook_id, run.version)
    step = step_at(read_playbook(version.body, "playbook").steps, path) if version else None
    if not isinstance(step, Ask):
        return None
    since = date.fromisoformat(run.cycle)
    mails = await replies_since(session, run.customer_id, since, limit=_MOST_MAILS)
    texts = [split(mail[:_LONGEST]).new_text.strip() for mail in mails]
    return Question(step.question, "\n\n---\n\n".join(filter(None, texts))[:_LONGEST])
