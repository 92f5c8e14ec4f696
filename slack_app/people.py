"""Who somebody in Slack is to us: a colleague with a role, or somebody who is told no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from effects.actor import Person, Role
from slack_app.client import Denied, SlackApi
from store.engine import Database
from store.people import user_by_email
from store.slack import SlackMemberRow, see_member

_WORDS = {
    "guest": "Guests of this workspace cannot use Dunwell.",
    "external": "Dunwell only answers people of its own company.",
    "deactivated": "This Slack account is deactivated.",
    "unconfirmed": "Slack has not confirmed your mail address, so Dunwell cannot tell who you are.",
    "unknown": "Dunwell does not know you: nobody has added your mail address. Ask an "
    "administrator to run `dunwell people add`.",
    "bot": "",
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may use Dunwell, with the role they have there and their time zone."""

    person: Person
    member_id: str
    zone: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who may not. `standing` says what they are, `words` is what to tell them."""

    standing: str
    words: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Looks people up afresh: who was deactivated a minute ago decides nothing any more."""

    db: Database
    api: SlackApi

    async def who(self, member_id: str, now: datetime) -> Colleague | Stranger:
        """The colleague behind a Slack member, by the mail address that Slack has verified."""
        try:
            member = (await self.api.read("users.info", user=member_id)).get("user") or {}
        except Denied:
            return Stranger("unknown", _WORDS["unknown"])
        standing = standing_of(member, str((await self.api.own())["team_id"]))
        email = str((member.get("profile") or {}).get("email") or "").strip().lower()
        async with self.db.begin() as session:
            user = await user_by_email(session, email) if not standing and email else None
            linked = user is not None and user.active
            row = SlackMemberRow(
                member_id=member_id,
                name=str(member.get("real_name") or member.get("name") or "")[:200],
                email=email[:200],
                standing=standing or ("linked" if linked else "unknown"),
                user_id=user.id if user is not None and linked else None,
                seen_at=now,
            )
            await see_member(session, row)
        if user is None or not linked:
            return Stranger(row.standing, _WORDS[row.standing])
        zone = str(member.get("tz") or "UTC")
        return Colleague(Person(user.id, user.name, Role(user.role)), member_id, zone)


def standing_of(member: dict[str, Any], team_id: str) -> str:
    """Why a member is not one of us as Slack describes them; "" for a full member of our team."""
    if member.get("is_bot") or member.get("id") == "USLACKBOT":
        return "bot"
    if member.get("is_stranger") or str(member.get("team_id") or team_id) != team_id:
        return "external"
    if member.get("deleted"):
        return "deactivated"
    if member.get("is_restricted") or member.get("is_ultra_restricted"):
        return "guest"
    if member.get("is_email_confirmed") is not True:
        return "unconfirmed"
    return ""
