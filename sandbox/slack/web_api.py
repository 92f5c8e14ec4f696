"""The Web API methods that an app like Dunwell calls, with Slack's own errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.slack.blocks import BadBlocks, check_message, check_view
from sandbox.slack.people import APP, BOT, BOT_USER, TEAM, Channel
from sandbox.slack.workspace import Json, Workspace, channel_object, direct, user_object

_TRIGGER_LASTS = 3.0
_LONGEST_TEXT = 40_000
Method = Callable[[Json], Json]


class SlackRefused(Exception):
    """Slack's answer is `ok: false`; the message is its error code."""


class WebApi:
    """Methods by name. Each gets its arguments and returns what stands beside `ok`."""

    def __init__(self, workspace: Workspace, now: Callable[[], float]) -> None:
        self._space = workspace
        self._store = workspace.store
        self._now = now
        self.methods: dict[str, Method] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.info": self._info,
            "conversations.list": self._list,
            "conversations.members": self._members,
            "conversations.open": self._open,
            "users.info": self._user,
            "users.list": self._users,
            "users.lookupByEmail": self._by_email,
            "views.open": self._open_view,
            "views.update": self._update_view,
            "views.publish": self._publish,
            "assistant.threads.setStatus": self._status,
            "assistant.threads.setTitle": self._nothing,
            "assistant.threads.setSuggestedPrompts": self._prompts,
            "reactions.add": self._react,
        }

    def _auth_test(self, _values: Json) -> Json:
        return {
            "url": "https://seller.slack.example/",
            "team": "Seller",
            "team_id": TEAM,
            "user": "dunwell",
            "user_id": BOT_USER,
            "bot_id": BOT,
            "app_id": APP,
        }

    def _channel(self, values: Json, *, writing: bool = False) -> Channel:
        found = self._space.channel(str(values.get("channel", "")))
        if found is None and str(values.get("channel", "")).startswith("U0"):
            found = self._space.channel(direct(str(values["channel"])))
        if found is None:
            raise SlackRefused("channel_not_found")
        if writing and found.archived:
            raise SlackRefused("is_archived")
        if BOT_USER not in found.members:
            raise SlackRefused("not_in_channel")
        return found

    def _checked(self, values: Json) -> Json:
        blocks = values.get("blocks") or []
        if not blocks and not values.get("text"):
            raise SlackRefused("no_text")
        if len(str(values.get("text") or "")) > _LONGEST_TEXT:
            raise SlackRefused("msg_too_long")
        try:
            check_message(blocks)
        except BadBlocks as error:
            raise SlackRefused(f"invalid_blocks: {error}") from error
        return self._space.bot_message(values)

    def _post(self, values: Json) -> Json:
        channel, message = self._channel(values, writing=True), self._checked(values)
        thread = str(values.get("thread_ts") or "")
        if thread and self._store.message(channel.id, thread) is None:
            raise SlackRefused("thread_not_found")
        kept = self._store.add(channel.id, message, thread)
        self._space.statuses.pop((channel.id, thread), None)
        return {"channel": channel.id, "ts": kept["ts"], "message": kept}

    def _ephemeral(self, values: Json) -> Json:
        channel = self._channel(values, writing=True)
        if values.get("user") not in channel.members:
            raise SlackRefused("user_not_in_channel")
        said = {**self._checked(values), "channel": channel.id, "to": values["user"]}
        said["ts"] = self._store.next_ts()
        self._space.ephemeral.append(said)
        return {"message_ts": said["ts"]}

    def _update(self, values: Json) -> Json:
        channel, ts = self._channel(values), str(values.get("ts", ""))
        known = self._store.message(channel.id, ts)
        if known is None:
            raise SlackRefused("message_not_found")
        if known.get("user") != BOT_USER:
            raise SlackRefused("cant_update_message")
        changed = {**known, "blocks": [], **self._checked(values), "edited": {"user": BOT_USER}}
        self._store.put(channel.id, ts, changed)
        return {"channel": channel.id, "ts": ts, "message": changed}

    def _delete(self, values: Json) -> Json:
        channel, ts = self._channel(values), str(values.get("ts", ""))
        if self._store.message(channel.id, ts) is None:
            raise SlackRefused("message_not_found")
        self._store.put(channel.id, ts, {"ts": ts, "type": "message", "deleted": True})
        return {"channel": channel.id, "ts": ts}

    def _history(self, values: Json) -> Json:
        channel = self._channel(values)
        said = [m for m in self._store.messages(channel.id) if "thread_ts" not in m]
        return {"messages": _told(said[::-1], values), "has_more": False}

    def _replies(self, values: Json) -> Json:
        channel = self._channel(values)
        said = self._store.thread(channel.id, str(values.get("ts", "")))
        if not said:
            raise SlackRefused("thread_not_found")
        return {"messages": _told(said, values), "has_more": False}

    def _info(self, values: Json) -> Json:
        found = self._space.channel(str(values.get("channel", "")))
        if found is None:
            raise SlackRefused("channel_not_found")
        return {"channel": channel_object(found)}

    def _list(self, _values: Json) -> Json:
        channels = [channel_object(c) for c in self._space.people.channels]
        return {"channels": channels, "response_metadata": {"next_cursor": ""}}

    def _members(self, values: Json) -> Json:
        channel = self._channel(values)
        return {"members": list(channel.members), "response_metadata": {"next_cursor": ""}}

    def _open(self, values: Json) -> Json:
        member = self._space.people.member(str(values.get("users", "")))
        if member is None or member.kind == "deactivated":
            raise SlackRefused("user_not_found" if member is None else "user_disabled")
        return {"channel": {"id": direct(member.id)}}

    def _user(self, values: Json) -> Json:
        member = self._space.people.member(str(values.get("user", "")))
        if member is None:
            raise SlackRefused("user_not_found")
        return {"user": user_object(member)}

    def _users(self, _values: Json) -> Json:
        members = [user_object(m) for m in self._space.people.members]
        return {"members": members, "response_metadata": {"next_cursor": ""}}

    def _by_email(self, values: Json) -> Json:
        wanted = str(values.get("email", "")).lower()
        for member in self._space.people.members:
            if member.email.lower() == wanted and wanted and member.kind != "external":
                return {"user": user_object(member)}
        raise SlackRefused("users_not_found")

    def _open_view(self, values: Json) -> Json:
        member, at = self._space.triggers.pop(str(values.get("trigger_id", "")), ("", 0.0))
        if not member:
            raise SlackRefused("invalid_trigger_id")
        if self._now() - at > _TRIGGER_LASTS:
            raise SlackRefused("expired_trigger_id")
        return {"view": self._store.open_view(member, _view(values))}

    def _update_view(self, values: Json) -> Json:
        if self._store.view(str(values.get("view_id", ""))) is None:
            raise SlackRefused("not_found")
        return {"view": self._store.put_view(str(values["view_id"]), _view(values))}

    def _publish(self, values: Json) -> Json:
        if self._space.people.member(str(values.get("user_id", ""))) is None:
            raise SlackRefused("user_not_found")
        view = _view(values)
        self._store.publish(str(values["user_id"]), view)
        return {"view": view}

    def _status(self, values: Json) -> Json:
        place = (str(values.get("channel_id", "")), str(values.get("thread_ts", "")))
        self._space.statuses[place] = str(values.get("status", ""))
        return {}

    def _prompts(self, values: Json) -> Json:
        place = (str(values.get("channel_id", "")), str(values.get("thread_ts", "")))
        self._space.prompts[place] = list(values.get("prompts") or [])
        return {}

    def _react(self, values: Json) -> Json:
        channel, ts = self._channel(values), str(values.get("timestamp", ""))
        known = self._store.message(channel.id, ts)
        if known is None:
            raise SlackRefused("message_not_found")
        names = {*known.get("reactions", []), str(values.get("name", ""))}
        self._store.put(channel.id, ts, {**known, "reactions": sorted(names)})
        return {}

    def _nothing(self, _values: Json) -> Json:
        return {}


def _told(messages: list[Json], values: Json) -> list[Json]:
    since = str(values.get("oldest") or "")
    shown = [m for m in messages if m["ts"] >= since][: int(values.get("limit") or 100)]
    if str(values.get("include_all_metadata")).lower() in ("1", "true"):
        return shown
    return [{name: part for name, part in m.items() if name != "metadata"} for m in shown]


def _view(values: Json) -> Json:
    view: dict[str, Any] = dict(values.get("view") or {})
    try:
        check_view(view)
    except BadBlocks as error:
        raise SlackRefused(f"invalid_arguments: {error}") from error
    return view
