"""The workspace: its people, what was said, and how the app is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.slack.delivery import Delivery
from sandbox.slack.people import BOT, BOT_USER, TEAM, Channel, Member, People
from sandbox.slack.store import SlackStore

Json = dict[str, Any]


@dataclass(slots=True)
class SlackFaults:
    """Trouble in store: how many of the next calls meet it.

    `limited` answers 429, `failing` 500 before anything is done, `dropped` does what was asked
    for and loses the answer. `methods` limits them to some methods; empty: all.
    """

    limited: int = 0
    failing: int = 0
    dropped: int = 0
    methods: tuple[str, ...] = ()


@dataclass(slots=True)
class Workspace:
    """Everything of one Slack workspace."""

    people: People
    store: SlackStore
    delivery: Delivery
    faults: SlackFaults = field(default_factory=SlackFaults)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    prompts: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    ephemeral: list[Json] = field(default_factory=list)

    def channel(self, channel_id: str) -> Channel | None:
        """A channel, or the direct messages between a member and the app."""
        if channel_id.startswith("D0"):
            owner = self.people.member(f"U0{channel_id[2:]}")
            return Channel(channel_id, "", (owner.id, BOT_USER)) if owner else None
        return next((c for c in self.people.channels if c.id == channel_id), None)

    def change(self, channel_id: str, **changes: Any) -> None:
        """Archive a channel, take the app out of it, rename it."""
        channels = tuple(
            replace(c, **changes) if c.id == channel_id else c for c in self.people.channels
        )
        self.people = replace(self.people, channels=channels)

    def change_member(self, member_id: str, **changes: Any) -> None:
        """Make somebody a guest, or deactivate them."""
        members = tuple(
            replace(m, **changes) if m.id == member_id else m for m in self.people.members
        )
        self.people = replace(self.people, members=members)

    def bot_message(self, values: Json) -> Json:
        """What the app says, as the workspace keeps it."""
        kept = {name: values[name] for name in ("text", "blocks", "metadata") if values.get(name)}
        return {"user": BOT_USER, "bot_id": BOT, "team": TEAM, "text": "", **kept}


def direct(member_id: str) -> str:
    """The channel of direct messages between a member and the app."""
    return f"D0{member_id[2:]}"


def user_object(member: Member) -> Json:
    """A member as users.info tells of them."""
    return {
        "id": member.id,
        "team_id": member.team,
        "name": member.name.split(" ")[0].lower(),
        "real_name": member.name,
        "deleted": member.kind == "deactivated",
        "is_bot": member.kind == "bot",
        "is_restricted": member.kind == "guest",
        "is_ultra_restricted": False,
        "is_stranger": member.kind == "external",
        "is_email_confirmed": member.kind in ("member", "guest"),
        "tz": member.zone,
        "profile": {"real_name": member.name, "email": member.email, "team": member.team},
    }


def channel_object(channel: Channel) -> Json:
    """A channel as conversations.info tells of it."""
    im = channel.id.startswith("D0")
    return {
        "id": channel.id,
        "name": channel.name,
        "is_im": im,
        "is_channel": not im,
        "is_private": channel.private or im,
        "is_archived": channel.archived,
        "is_ext_shared": channel.shared,
        "is_member": BOT_USER in channel.members,
        **({"user": channel.members[0]} if im else {}),
    }
