"""What a person does in Slack: say something, press a button, fill in a form, open a page."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.slack.delivery import Ack
from sandbox.slack.people import APP, BOT_USER, TEAM, Member
from sandbox.slack.workspace import Json, Workspace, direct


class NotPossible(Exception):
    """Nobody can do that in Slack."""


class People:
    """Acts of people; the app hears of each as Slack would tell it."""

    def __init__(self, workspace: Workspace, now: Callable[[], float]) -> None:
        self._space = workspace
        self._store = workspace.store
        self._now = now

    def say(self, member_id: str, channel_id: str, text: str, thread: str = "") -> str:
        """A message, and the events it causes; its time stamp."""
        member, channel = self._member(member_id), self._space.channel(channel_id)
        if channel is None or member.id not in channel.members:
            raise NotPossible(f"{member.name} is not in {channel_id}")
        said = {"user": member.id, "team": member.team, "text": text[:12_000]}
        kept = self._store.add(channel_id, said, thread)
        im = channel_id.startswith("D0")
        shape = {**kept, "channel": channel_id, "event_ts": kept["ts"]}
        self._event({**shape, "channel_type": "im" if im else "channel"}, member)
        if not im and f"<@{BOT_USER}>" in text:
            self._event({**shape, "type": "app_mention"}, member)
        return str(kept["ts"])

    def open_home(self, member_id: str) -> None:
        """Look at the app's page."""
        member = self._member(member_id)
        opened = {
            "type": "app_home_opened",
            "user": member.id,
            "channel": direct(member.id),
            "tab": "home",
            "event_ts": self._store.next_ts(),
        }
        self._event(opened, member)

    def open_assistant(self, member_id: str) -> str:
        """Open the assistant's pane: a new thread in the direct messages."""
        member = self._member(member_id)
        channel = direct(member.id)
        root = self._store.add(channel, {"user": BOT_USER, "text": "New conversation"})
        about = {"channel_id": "", "team_id": TEAM}
        started = {
            "type": "assistant_thread_started",
            "assistant_thread": {
                "user_id": member.id,
                "channel_id": channel,
                "thread_ts": root["ts"],
                "context": about,
            },
            "event_ts": root["ts"],
        }
        self._event(started, member)
        return str(root["ts"])

    async def command(self, member_id: str, channel_id: str, text: str) -> str:
        """`/dunwell text`; what is said back at once, only to them."""
        member = self._member(member_id)
        form = {
            "command": "/dunwell",
            "text": text,
            "user_id": member.id,
            "user_name": member.name,
            "team_id": member.team,
            "channel_id": channel_id,
            "channel_name": "",
            "api_app_id": APP,
            "response_url": "https://hooks.slack.example/commands/none",
            "trigger_id": self._trigger(member),
        }
        ack = await self._space.delivery.bring("slash_commands", form)
        if ack is None:
            raise NotPossible("/dunwell failed with the error operation_timeout")
        words = str(ack.payload.get("text", ""))
        if words:
            said = {"to": member.id, "channel": channel_id, "text": words, "user": BOT_USER}
            self._space.ephemeral.append({**said, "ts": self._store.next_ts()})
        return words

    async def press(self, member_id: str, channel_id: str, ts: str, action_id: str) -> Ack:
        """Press a button of a message that is there now."""
        message = self._store.message(channel_id, ts)
        if message is None:
            raise NotPossible("there is no such message")
        return await self.press_on(member_id, channel_id, message, action_id)

    async def press_on(
        self, member_id: str, channel_id: str, message: Mapping[str, Any], action_id: str
    ) -> Ack:
        """Press a button of a message as somebody saw it, however it is now."""
        block, element = _element(message.get("blocks", []), action_id)
        about = {"type": "message", "message_ts": message["ts"], "channel_id": channel_id}
        payload = {
            "container": about,
            "channel": {"id": channel_id},
            "message": dict(message),
            "actions": [_action(block, element, self._store.next_ts())],
        }
        return await self._interact(member_id, "block_actions", payload)

    async def press_home(self, member_id: str, action_id: str) -> Ack:
        """Press a button on the app's page."""
        view = self._store.home(member_id) or {}
        block, element = _element(view.get("blocks", []), action_id)
        payload = {
            "container": {"type": "view", "view_id": "VHOME"},
            "view": {**view, "id": "VHOME"},
            "actions": [_action(block, element, self._store.next_ts())],
        }
        return await self._interact(member_id, "block_actions", payload)

    async def submit(self, member_id: str, view_id: str, given: Mapping[str, str]) -> Json:
        """Send a form; the app's answer decides what the form shows then."""
        found = self._store.view(view_id)
        if found is None or found[0] != member_id:
            raise NotPossible("that form is closed")
        view = {**found[1], "state": {"values": _state(found[1]["blocks"], given)}}
        ack = await self._interact(member_id, "view_submission", {"view": view})
        match ack.payload.get("response_action"):
            case "update":
                self._store.put_view(view_id, dict(ack.payload["view"]))
            case "errors":
                pass
            case _:
                self._store.close_view(view_id)
        return ack.payload

    async def _interact(self, member_id: str, kind: str, payload: Json) -> Ack:
        member = self._member(member_id)
        whole = {
            "type": kind,
            "user": {"id": member.id, "username": member.name, "team_id": member.team},
            "team": {"id": TEAM},
            "api_app_id": APP,
            "trigger_id": self._trigger(member),
            **payload,
        }
        ack = await self._space.delivery.bring("interactive", whole)
        if ack is None:
            raise NotPossible("Dunwell did not answer in time")
        return ack

    def _member(self, member_id: str) -> Member:
        found = self._space.people.member(member_id)
        if found is None or found.kind in ("deactivated", "bot"):
            raise NotPossible(f"{member_id} cannot sign in")
        return found

    def _trigger(self, member: Member) -> str:
        made = f"{self._store.next_number('trigger')}.{secrets.token_hex(8)}"
        self._space.triggers[made] = (member.id, self._now())
        return made

    def _event(self, event: Json, member: Member) -> None:
        whole = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": f"Ev{self._store.next_number('event'):08d}",
            "event_time": int(float(event["event_ts"])),
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "is_ext_shared_channel": member.team != TEAM,
        }
        self._space.delivery.event(whole)


def _element(blocks: Iterable[Mapping[str, Any]], action_id: str) -> tuple[Json, Json]:
    for block in blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in (*block.get("elements", []), *accessory):
            if element.get("action_id") == action_id:
                return dict(block), dict(element)
    raise NotPossible(f"there is no button {action_id}")


def _action(block: Json, element: Json, ts: str) -> Json:
    return {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block.get("block_id", ""),
        "value": element.get("value", ""),
        "action_ts": ts,
    }


def _state(blocks: Iterable[Mapping[str, Any]], given: Mapping[str, str]) -> Json:
    values: Json = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        value = given.get(block["block_id"], element.get("initial_value", ""))
        kept = {"type": element["type"], "value": value}
        values[block["block_id"]] = {element["action_id"]: kept}
    return values
