"""An answer without the words of the mail it answers, which we know: we sent it."""

from __future__ import annotations

from sources.mail.attach import answered_ids
from sources.mail.known import recut
from sources.mail.message import Human, InboundMail
from store.engine import Session
from store.touchpoints import by_message_ids

_MOST_ANSWERED = 5


async def without_our_words(session: Session, mail: InboundMail) -> InboundMail:
    """The mail with lines of what it answers told from its own; see sources.mail.known."""
    if not isinstance(mail.kind, Human):
        return mail
    answered = await by_message_ids(session, answered_ids(mail)[:_MOST_ANSWERED])
    for row in answered:
        if row.direction == "out" and row.body_text:
            mail = recut(mail, row.body_text)
    return mail
