"""A person edits a proposal's words: the new content, and the guard that reads it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from effects.kinds import Effect, PostToCustomerChannel, SendEmail
from flows.desk import Desk
from flows.edited_mail import changes_of as changes_of_mail
from flows.edited_mail import guard as guard_of_mail
from flows.facts import load_case
from flows.slack.outreach import violations
from store.engine import Session


async def changes_of(
    session: Session, content: Effect, given: Mapping[str, str]
) -> dict[str, object]:
    """The changed fields of what was edited; nothing for what is not edited here."""
    text = given.get("text", "").replace("\r\n", "\n")
    match content:
        case SendEmail():
            subject = given.get("subject", "").strip() or content.subject
            return await changes_of_mail(session, content, subject=subject, text=text)
        case PostToCustomerChannel():
            return {"text": text.strip()}
        case _:
            return {"text": text}


def guard(
    session: Session, desk: Desk, now: datetime
) -> Callable[[Effect], Awaitable[Sequence[str]]]:
    """Reads edited content against the facts of now; what is wrong with it, in words."""
    read_mail = guard_of_mail(session, desk, now)

    async def read(effect: Effect) -> Sequence[str]:
        if not isinstance(effect, PostToCustomerChannel):
            return await read_mail(effect)
        case = await load_case(session, desk, effect.customer_id, now)
        if case is None:
            return ("this customer is not known any more",)
        return [
            f"{v.kind.value.replace('_', ' ')}: {v.detail}" for v in violations(effect, case, desk)
        ]

    return read
