"""Carrying out SendEmail: exactly the approved content, at most once as far as can be known."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.kinds import Effect, SendEmail
from effects.kinds_mail import AttachedPaper
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
from outreach.message import Enclosure, Mailbox, Outgoing, UnsafeHeader, build
from store import effects
from store.engine import Session
from store.touchpoints import TouchpointRow, add_touchpoint

Recheck = Callable[[Session, SendEmail], Awaitable[Unchanged | Changed | NotNow]]
FindSent = Callable[[str], Awaitable[bool]]
ReadPapers = Callable[[Sequence[int]], Awaitable[Mapping[int, bytes]]]

_LOOK_AGAIN = timedelta(seconds=30)
_EXCERPT = 280


class WrongPaper(ValueError):
    """A paper that is to be attached is not on file any more, or is not the one approved."""


def compose_mime(
    effect: SendEmail,
    mailbox: Mailbox,
    sent_at: datetime,
    bodies: Mapping[int, bytes] | None = None,
) -> bytes:
    """The final MIME of an effect. The guard reads this; the performer sends it.

    `bodies` are the bytes of attached papers. Raises UnsafeHeader and WrongPaper.
    """
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
            enclosures=tuple(_enclosure(p, bodies or {}) for p in effect.attachments),
        )
    )


def _enclosure(paper: AttachedPaper, bodies: Mapping[int, bytes]) -> Enclosure:
    body = bodies.get(paper.paper_id, b"")
    if hashlib.sha256(body).hexdigest() != paper.digest or len(body) != paper.size:
        raise WrongPaper(paper.name)
    return Enclosure(paper.name, paper.media_type, body)


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
    read_papers: ReadPapers | None = None
    settles_after: timedelta = timedelta(minutes=10)

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        return await self.recheck(session, _mail(effect))

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        mail = _mail(effect)
        sent_at = self.clock()
        try:
            raw = compose_mime(mail, self.mailbox, sent_at, await self._bodies(mail))
        except (UnsafeHeader, WrongPaper) as error:
            return Refused(f"{type(error).__name__}: {error}")
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

    async def _bodies(self, mail: SendEmail) -> Mapping[int, bytes]:
        if not mail.attachments or self.read_papers is None:
            return {}
        return await self.read_papers([paper.paper_id for paper in mail.attachments])

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
            facts=dict(mail.facts or {}) | await _proven(session, mail, effect_id),
            written_by=mail.written_by,
        )
        await add_touchpoint(session, row)


async def _proven(session: Session, mail: SendEmail, effect_id: int) -> dict[str, object]:
    """The certificate of what was read just before it left, and the papers that left with it."""
    certificate = await effects.evidence_of(session, effect_id)
    proven: dict[str, object] = {"certificate": dict(certificate)} if certificate else {}
    papers = [paper.payload() for paper in mail.attachments]
    return proven | ({"attachments": papers} if papers else {})


def _mail(effect: Effect) -> SendEmail:
    if not isinstance(effect, SendEmail):
        raise TypeError(f"not a mail: {effect.kind}")
    return effect
