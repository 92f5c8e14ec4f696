"""Carrying out PostToCustomerChannel: exactly the approved words, at most once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.kinds import Effect, PostToCustomerChannel
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
from slack_app.client import EFFECT, Denied, NotTaken, Said, SlackApi, Uncertain
from slack_app.text import escaped, line, rich, words
from store.engine import Session
from store.touchpoints import TouchpointRow, add_touchpoint

Recheck = Callable[[Session, PostToCustomerChannel], Awaitable[Unchanged | Changed | NotNow]]
_SETTLES, _LOOK_AGAIN = timedelta(seconds=60), timedelta(seconds=20)
_EXCERPT = 280
_PIECE = 2_900


@dataclass(frozen=True, slots=True)
class SlackPerformer:
    """The hands for PostToCustomerChannel. A message is found again by the key in its metadata."""

    api: SlackApi
    recheck: Recheck
    clock: Callable[[], datetime]

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        return await self.recheck(session, _post(effect))

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        post = _post(effect)
        sent_at = self.clock()
        try:
            ts = await self.api.post(
                post.channel_id,
                message_of(post),
                thread_ts=post.thread_ts,
                kind=EFFECT,
                key=post.key(),
            )
        except NotTaken as error:
            return RetryLater(str(error))
        except Uncertain as error:
            return Unknown(str(error))
        except Denied as error:
            return Refused(str(error))
        return Done({"ts": ts, "channel": post.channel_id, "sent_at": sent_at.isoformat()})

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        """Search the channel for the key; absent is certain once Slack had time to show it."""
        post = _post(effect)
        attempted_at = self.clock() - since
        try:
            ts = await self.api.find(
                post.channel_id,
                post.key(),
                kind=EFFECT,
                thread_ts=post.thread_ts,
            )
        except (NotTaken, Uncertain):
            return LookAgain(_LOOK_AGAIN)
        except Denied as error:
            return CannotLook(str(error))
        if ts:
            evidence = {"ts": ts, "channel": post.channel_id, "found": True}
            return Done({**evidence, "sent_at": attempted_at.isoformat()})
        left = _SETTLES - since
        return LookAgain(min(left, _LOOK_AGAIN)) if left > timedelta() else Absent()

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        """The touchpoint of the message; a second call changes nothing."""
        post = _post(effect)
        row = TouchpointRow(
            key=f"effect:{effect_id}",
            customer_id=post.customer_id,
            channel="slack",
            direction="out",
            kind=post.purpose,
            occurred_at=datetime.fromisoformat(str(done.evidence["sent_at"])),
            from_address="slack",
            to_addresses=[f"#{post.channel_name}"],
            subject=f"#{post.channel_name}",
            excerpt=" ".join(post.text.split())[:_EXCERPT],
            body_text=post.text,
            message_id=f"slack:{post.channel_id}:{done.evidence.get('ts', '')}",
            effect_id=effect_id,
            step=post.step,
            cycle=post.cycle,
            facts=dict(post.facts or {}),
            written_by=post.written_by,
        )
        await add_touchpoint(session, row)


def message_of(post: PostToCustomerChannel) -> Said:
    """The words as rich text, which Slack does not parse."""
    pieces = [post.text[at : at + _PIECE] for at in range(0, len(post.text), _PIECE)]
    return Said(escaped(post.text, 3_000), [rich([line([words(piece)])]) for piece in pieces])


def _post(effect: Effect) -> PostToCustomerChannel:
    if not isinstance(effect, PostToCustomerChannel):
        raise TypeError(f"not a message: {effect.kind}")
    return effect
