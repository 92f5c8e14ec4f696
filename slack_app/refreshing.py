"""Cards in their place: put there once, brought up to date when their effect moved on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.lifecycle import EffectState
from flows.slack.cards import Card, card_of
from security.tokens import keyed, new_secret
from slack_app.cards import shown
from slack_app.client import Denied, NotTaken, Poster, Uncertain
from store.engine import Database
from store.slack import (
    SlackCardRow,
    add_card,
    card_at,
    cards_of,
    not_shown_in,
    outdated_cards,
)
from store.slack import shown as note_shown

_GONE = frozenset({"message_not_found", "channel_not_found", "cant_update_message", "is_archived"})
_NEW = timedelta(days=2)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cards:
    """Puts cards up and keeps them true. `key` makes the nonce of a card unguessable.

    `proposals` is a channel in which everything that waits for a decision is shown, "" for none.
    """

    db: Database
    poster: Poster
    public_url: str
    key: bytes
    clock: Callable[[], datetime]
    proposals: str = ""

    async def put(self, effect_id: int, channel: str, thread_ts: str) -> None:
        """A card for an effect in a thread; a second call finds the first."""
        async with self.db.read() as session:
            card = await card_of(session, effect_id)
        if card is None:
            return
        name = f"card:{effect_id}:{channel}:{thread_ts}"
        nonce = keyed(self.key, f"slack|{name}|{card.version}")
        message = shown(card, nonce, self.public_url)
        ts = await self.poster.once(name, channel, message, self.clock(), thread_ts=thread_ts)
        row = SlackCardRow(
            effect_id=effect_id,
            channel=channel,
            ts=ts,
            fingerprint=card.fingerprint,
            shown=card.state,
            nonce=nonce,
            made_at=self.clock(),
        )
        async with self.db.begin() as session:
            await add_card(session, row)

    async def refresh(self, slot: str = "") -> None:
        """Bring every card up to date whose effect is not what it shows any more; show new ones."""
        del slot
        await self._put_new()
        async with self.db.read() as session:
            places = [(row.channel, row.ts) for row in await outdated_cards(session)]
        for channel, ts in places:
            await self.renew(channel, ts)

    async def _put_new(self) -> None:
        if not self.proposals:
            return
        async with self.db.read() as session:
            since = self.clock() - _NEW
            waiting = await not_shown_in(session, self.proposals, since)
        for effect_id in waiting:
            try:
                await self.put(effect_id, self.proposals, "")
            except (Denied, NotTaken, Uncertain) as error:
                logger.warning("a card could not be put up: %s", error)
                return

    async def of_effect(self, effect_id: int) -> None:
        """Bring every card of an effect up to date now."""
        async with self.db.read() as session:
            places = [(row.channel, row.ts) for row in await cards_of(session, effect_id)]
        for channel, ts in places:
            await self.renew(channel, ts)

    async def renew(self, channel: str, ts: str) -> None:
        """One card as its effect is now; a card that is gone from Slack is left alone."""
        async with self.db.begin() as session:
            row = await card_at(session, channel, ts)
            card = await card_of(session, row.effect_id) if row is not None else None
            if row is None or card is None:
                return
            if (row.shown, row.fingerprint) == (card.state, card.fingerprint):
                return
            changed = row.fingerprint != card.fingerprint
            row.nonce = new_secret(12)
            message = shown(card, row.nonce, self.public_url, _note(card, changed=changed))
            try:
                await self.poster.api.update(channel, ts, message)
            except (NotTaken, Uncertain) as error:
                logger.warning("a card could not be brought up to date: %s", error)
                return
            except Denied as error:
                if error.code not in _GONE:
                    raise
            row.shown, row.fingerprint = card.state, card.fingerprint
            await note_shown(session, row)


def _note(card: Card, *, changed: bool) -> str:
    if changed and card.state is EffectState.PROPOSED:
        return "This changed since the card was put up. It shows what would leave now."
    return ""
