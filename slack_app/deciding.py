"""Decisions from Slack: the same gate as on the page, bound to what the card showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from effects import decide
from effects.actor import Person
from effects.answers import Approved, Edited, Refusal, Rejected
from effects.moving import effect_of
from flows.desk import Desk
from flows.slack.cards import card_of
from flows.slack.edits import changes_of, guard
from security.tokens import same
from slack_app.cards import FormPlace, Press, edit_form, notice_form
from slack_app.client import Denied, SlackApi
from slack_app.people import Directory, Stranger
from slack_app.refreshing import Cards
from store.effects import effect
from store.engine import Database, Session
from store.slack import card_at

Json = dict[str, Any]
_OLD = "This card is out of date. It has been brought up to date; please look again."


@dataclass(frozen=True, slots=True)
class Deciding:
    """Approve, edit and reject, by whoever Slack says pressed the button."""

    db: Database
    api: SlackApi
    desk: Desk
    directory: Directory
    cards: Cards
    clock: Callable[[], datetime]

    async def pressed(self, body: Mapping[str, Any]) -> None:
        """Somebody pressed Approve."""
        container = body["container"]
        channel, ts = str(container["channel_id"]), str(container["message_ts"])
        member = str(body["user"]["id"])
        press = Press.read(str(body["actions"][0].get("value", "")))
        words = await self._approve(press, channel, ts, member) if press else _OLD
        if press is not None:
            await self.cards.of_effect(press.effect_id)
        if words:
            await self._tell(channel, member, words, body)

    async def _approve(self, press: Press, channel: str, ts: str, member: str) -> str:
        """What to tell the person; "" when the card says it all."""
        who = await self.directory.who(member, self.clock())
        if isinstance(who, Stranger):
            return who.words
        async with self.db.begin() as session:
            if not await self._shown(session, press, channel, ts):
                return "" if await self._decided(session, press) else _OLD
            answer = await decide.approve(
                session,
                press.effect_id,
                press.fingerprint,
                who.person,
                self.desk.approval,
                self.clock(),
                "in Slack",
            )
        return _words(answer)

    async def _decided(self, session: Session, press: Press) -> bool:
        """Whether just this content was decided meanwhile: a second click changes nothing."""
        row = await effect(session, press.effect_id)
        return row is not None and row.state != "proposed" and row.fingerprint == press.fingerprint

    async def _shown(self, session: Session, press: Press, channel: str, ts: str) -> bool:
        """Whether this button stands on a card of ours, at that place, as it is now."""
        row = await card_at(session, channel, ts)
        return (
            row is not None
            and row.effect_id == press.effect_id
            and same(row.nonce, press.nonce)
            and same(row.fingerprint, press.fingerprint)
        )

    async def submitted(self, body: Mapping[str, Any]) -> None:
        """Somebody sent the form of Reject or Edit."""
        view, member = body["view"], str(body["user"]["id"])
        place = FormPlace.read(str(view.get("private_metadata", "")))
        if place is None:
            return
        given = _given(view)
        who = await self.directory.who(member, self.clock())
        if isinstance(who, Stranger):
            await self._show(view, notice_form("Not done", who.words))
            return
        if view.get("callback_id") == "form_reject":
            result = await self._reject(place, who.person, given)
        else:
            result = await self._edit(place, who.person, given)
        await self.cards.of_effect(place.press.effect_id)
        await self._show(view, result)

    async def _reject(self, place: FormPlace, by: Person, given: Mapping[str, str]) -> Json:
        reason = given.get("reason", "").strip()[:1000]
        if not reason:
            return notice_form("Not done", "Please say why you reject it. Nothing changed.")
        async with self.db.begin() as session:
            if not await self._shown(session, place.press, place.channel, place.ts):
                return notice_form("Not done", _OLD)
            answer = await decide.reject(
                session,
                place.press.effect_id,
                place.press.fingerprint,
                by,
                self.desk.approval,
                self.clock(),
                reason,
            )
        return notice_form("Reject", _words(answer) or "Rejected: it will not happen.")

    async def _edit(self, place: FormPlace, by: Person, given: Mapping[str, str]) -> Json:
        press, now = place.press, self.clock()
        async with self.db.begin() as session:
            row = await effect(session, press.effect_id)
            if row is None or not await self._shown(session, press, place.channel, place.ts):
                return notice_form("Not done", _OLD)
            answer = await decide.edit(
                session,
                press.effect_id,
                press.fingerprint,
                await changes_of(session, effect_of(row), given),
                by,
                self.desk.approval,
                now,
                "in Slack",
                guard=guard(session, self.desk, now),
            )
            card = await card_of(session, press.effect_id)
        if isinstance(answer, Refusal) and card is not None:
            return edit_form(place, card, answer.message, given)
        return notice_form("Edit", "Saved. The card shows the new version, which waits.")

    async def _show(self, view: Mapping[str, Any], result: Json) -> None:
        """Put the result into the form, if it is still open."""
        try:
            await self.api.write("views.update", view_id=view.get("id"), view=result)
        except Denied:
            return

    async def _tell(self, channel: str, member: str, words: str, body: Mapping[str, Any]) -> None:
        thread = str((body.get("message") or {}).get("thread_ts") or "")
        try:
            await self.api.whisper(channel, member, words, thread)
        except Denied:
            return


def _words(answer: object) -> str:
    match answer:
        case Refusal():
            return f"Not done. {answer.message}"
        case Approved(again=True):
            return "You approved it before."
        case Rejected(again=True):
            return "It had been rejected before."
        case Approved() | Rejected() | Edited():
            return ""
        case _:
            return ""


def _given(view: Mapping[str, Any]) -> dict[str, str]:
    values = (view.get("state") or {}).get("values") or {}
    return {
        str(block): str((fields.get("value") or {}).get("value") or "")
        for block, fields in values.items()
        if isinstance(fields, Mapping)
    }
