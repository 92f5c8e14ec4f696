"""A person edits a proposed mail: the new content, and the guard that reads it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from effects.kinds import Effect, SendEmail
from flows.desk import Desk
from flows.documents import attached_to
from flows.facts import load_case
from flows.letters import violations
from outreach.edited import html_of
from store import parties
from store.engine import Session


async def changes_of(
    session: Session,
    mail: SendEmail,
    *,
    subject: str,
    text: str,
    papers: Sequence[int] | None = None,
) -> dict[str, object]:
    """The changed fields of a mail whose subject and text were edited; HTML says the same.

    `papers` are the attached ones that stay; None keeps them all.
    """
    text = text.replace("\r\n", "\n")
    row = await parties.customer(session, mail.customer_id)
    html = html_of(text, subject, row.language if row is not None else "en")
    changes: dict[str, object] = {"subject": subject.strip(), "text": text, "html": html}
    if papers is not None and mail.attachments:
        stay = [paper.payload() for paper in mail.attachments if paper.paper_id in papers]
        changes["attachments"] = stay
    return changes


def guard(
    session: Session, desk: Desk, now: datetime
) -> Callable[[Effect], Awaitable[Sequence[str]]]:
    """Reads edited content against the facts of now; what is wrong with it, in words."""

    async def read(effect: Effect) -> Sequence[str]:
        if not isinstance(effect, SendEmail):
            return ()
        case = await load_case(session, desk, effect.customer_id, now)
        if case is None:
            return ("this customer is not known any more",)
        return [
            f"{v.kind.value.replace('_', ' ')}: {v.detail}"
            for v in violations(effect, case, desk, await attached_to(session, effect))
        ]

    return read
