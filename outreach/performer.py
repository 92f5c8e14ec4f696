"""Carrying out SendEmail: exactly the approved content, at most once as far as can be known."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.kinds import Effect, SendEmail
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from outreach.envelope import Envelope, Sent, Transport
from outreach.message import Mailbox, Outgoing, UnsafeHeader, build
from store.engine import Session
from store.touchpoints import TouchpointRow, add_touchpoint

Recheck = Callable[[Session, SendEmail], Awaitable[Unchanged | Changed | NotNow]]
FindSent = Callable[[str], Awaitable[bool]]

_LOOK_AGAIN = timedelta(seconds=30)
_EXCERPT = 280


def compose_mime(effect: SendEmail, mailbox: Mailbox, sent_at: datetime) -> bytes:
    """The final MIME of an effect. The guard reads this; the performer sends it."""
    return build(
        Outgoing(
            mailbox=mailbox,
            to=effect.to,
            cc=effect.cc,
            subject=effect.subject,
            text=effect.text,
            html=effect.html,
            message_id=effect.message_id,
            reply_to=effect.reply_to,
            sent_at=sent_at,
            in_reply_to=effect.in_reply_to,
            references=effect.references,
        )
    )


@dataclass(frozen=True, slots=True)
class EmailPerformer:
    """The hands for SendEmail.

    `recheck` reads the facts again just before sending: kill switches, open balances, promises,
    disputes, suppressed contacts. `find_sent` looks by Message-ID in a folder where the mail
    server itself files what it accepted; None if there is no such folder. `settles_after` is how
    long the server may take to file it: only after that does absent mean not sent.
    """

    mailbox: Mailbox
    transport: Transport
    recheck: Recheck
    clock: Callable[[], datetime]
    find_sent: FindSent | None = None
    settles_after: timedelta = timedelta(minutes=10)

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        return await self.recheck(session, _mail(effect))

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        mail = _mail(effect)
        sent_at = self.clock()
        try:
            raw = compose_mime(mail, self.mailbox, sent_at)
        except UnsafeHeader as error:
            return Refused(str(error))
        outcome = await self.transport(Envelope(mail.envelope_from, (*mail.to, *mail.cc)), raw)
        if not isinstance(outcome, Sent):
            return outcome
        return Done(
            {
                "reply": outcome.reply,
                "refused": dict(outcome.refused),
                "sent_at": sent_at.isoformat(),
            }
        )

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        """Search the Sent folder by Message-ID; only found is certain before it has settled."""
        if self.find_sent is None:
            return CannotLook("no folder is configured where the mail server files sent mail")
        mail = _mail(effect)
        try:
            found = await self.find_sent(mail.message_id)
        except OSError:
            return LookAgain(_LOOK_AGAIN)
        if found:
            attempted_at = self.clock() - since
            return Done({"found": mail.message_id, "sent_at": attempted_at.isoformat()})
        left = self.settles_after - since
        return LookAgain(min(left, _LOOK_AGAIN)) if left > timedelta() else Absent()

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        """The touchpoint of the sent mail; a second call changes nothing."""
        mail = _mail(effect)
        row = TouchpointRow(
            key=f"effect:{effect_id}",
            customer_id=mail.customer_id,
            thread_id=mail.thread_id or None,
            channel="email",
            direction="out",
            kind=mail.purpose,
            occurred_at=datetime.fromisoformat(str(done.evidence["sent_at"])),
            from_address=self.mailbox.address,
            to_addresses=[*mail.to, *mail.cc],
            subject=mail.subject,
            excerpt=" ".join(mail.text.split())[:_EXCERPT],
            body_text=mail.text,
            body_html=mail.html,
            message_id=mail.message_id,
            effect_id=effect_id,
            step=mail.step,
            cycle=mail.cycle,
            facts=dict(mail.facts or {}),
            written_by=mail.written_by,
        )
        await add_touchpoint(session, row)


def _mail(effect: Effect) -> SendEmail:
    if not isinstance(effect, SendEmail):
        raise TypeError(f"not a mail: {effect.kind}")
    return effect
