"""Notices to our own people, each by its route: a channel in Slack, or a mail address."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from effects.outcomes import Refused, RetryLater, Unknown
from flows.slack.openings import tell_openings
from outreach.envelope import Envelope, Sent, Transport
from outreach.message import Mailbox, Outgoing, build
from outreach.wording import one_line
from security.tokens import keyed
from slack_app.client import Denied, NotTaken, Poster, Said, Uncertain
from slack_app.refreshing import Cards
from slack_app.text import Block, context, escaped, labelled, line, link, rich, words
from store.engine import Database
from store.notices import NoticeRow, delivered, undelivered
from store.parties import customer
from store.slots import report

TASK = "notices.deliver"
SLACK_ONLY = "slack_only"
_OLD = timedelta(days=2)
_MAIL = "mail:"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoticeMail:
    """How a notice leaves as a mail of ours to ourselves."""

    mailbox: Mailbox
    transport: Transport
    key: bytes

    async def send(self, row: NoticeRow, to: str, text: str, now: datetime) -> bool:
        """Whether the server took it; the same notice is always the same message."""
        html = "".join(f"<p>{_html(part)}</p>" for part in text.split("\n") if part)
        name = keyed(self.key, f"notice|{row.key}", 15)
        raw = build(
            Outgoing(
                mailbox=self.mailbox,
                to=(to,),
                subject=one_line(row.title, 200),
                text=text,
                html=html,
                message_id=f"<{name}@{self.mailbox.address.partition('@')[2]}>",
                reply_to=self.mailbox.address,
                sent_at=now,
            )
        )
        outcome = await self.transport(Envelope(self.mailbox.address, (to,)), raw)
        match outcome:
            case Sent() | Unknown():
                return True
            case RetryLater(reason) | Refused(reason):
                logger.warning("a notice could not be mailed: %s", reason)
                return False


@dataclass(frozen=True, slots=True)
class Notices:
    """Delivers what `flows.notices.tell` put in line: urgent ones first, each once.

    `routes` give a channel id or "mail:address" by the route that the cause named, else by its
    kind; "default" and then `alerts` stand in for what has none.
    """

    db: Database
    clock: Callable[[], datetime]
    routes: Mapping[str, str]
    alerts: str
    public_url: str
    poster: Poster | None = None
    cards: Cards | None = None
    mail: NoticeMail | None = None

    async def deliver(self, slot: str = "") -> None:
        """Deliver what nobody has got yet. What cannot be delivered now waits."""
        del slot
        async with self.db.begin() as session:
            await tell_openings(session, self.clock())
            rows = list(await undelivered(session))
        for row in rows:
            target = await self._target(row)
            if not target:
                continue
            if row.at < self.clock() - _OLD and not row.urgent:
                await self._done(row, "nobody: it was too old")
            elif went := await self._to(row, target):
                await self._done(row, went)

    async def _target(self, row: NoticeRow) -> str:
        names = (row.route, row.kind) if row.route != "default" else (row.kind,)
        known = (self.routes[name] for name in (*names, "default") if name in self.routes)
        found = next(known, self.alerts)
        if found.startswith(_MAIL) and self.alerts and await self._slack_only(row):
            return self.alerts
        usable = self.mail if found.startswith(_MAIL) else self.poster
        return found if usable is not None else ""

    async def _slack_only(self, row: NoticeRow) -> bool:
        if row.customer_id is None:
            return False
        async with self.db.read() as session:
            found = await customer(session, row.customer_id)
        return found is not None and SLACK_ONLY in found.tags

    async def _to(self, row: NoticeRow, target: str) -> str:
        """Where it went, "" when nobody got it."""
        if target.startswith(_MAIL):
            text = f"{row.title}\n{_told(row)}\n{self.public_url}{_path(row)}"
            to = target.removeprefix(_MAIL)
            sent = self.mail is not None and await self.mail.send(row, to, text, self.clock())
            return target if sent else ""
        return await self._post(row, target)

    async def _post(self, row: NoticeRow, channel: str) -> str:
        """Where it went; for a channel that refuses it `alerts` stands in."""
        try:
            await self._put(row, channel)
        except (NotTaken, Uncertain) as error:
            await self._trouble(channel, error)
            return ""
        except Denied as error:
            await self._trouble(channel, error)
            other = self.alerts if channel != self.alerts else ""
            return await self._post(row, other) if other else ""
        return channel

    async def _put(self, row: NoticeRow, channel: str) -> None:
        if self.poster is None:
            return
        key = f"notice:{row.id}:{channel}"
        ts = await self.poster.once(key, channel, self._message(row), self.clock())
        if row.effect_id is not None and self.cards is not None:
            await self.cards.put(row.effect_id, channel, ts)

    async def _trouble(self, channel: str, error: Exception) -> None:
        logger.warning("a notice could not be posted to %s: %s", channel, error)
        async with self.db.begin() as session:
            words = f"{channel}: {error}"
            await report(session, "slack", ok=False, detail=words, now=self.clock())

    def _message(self, row: NoticeRow) -> Said:
        title = f"{'Urgent: ' if row.urgent else ''}{row.title}"
        blocks: list[Block] = [rich([line([words(title, bold=True)])])]
        told = _lines(row.detail)
        if told:
            blocks.append(labelled(told))
        blocks.append(rich([line([link("Open in Dunwell", f"{self.public_url}{_path(row)}")])]))
        blocks.append(context(row.kind.replace("_", " ")))
        return Said(escaped(title), blocks)

    async def _done(self, row: NoticeRow, to: str) -> None:
        async with self.db.begin() as session:
            await delivered(session, row.id, to=to, now=self.clock())


def _path(row: NoticeRow) -> str:
    if row.effect_id is not None:
        return f"/review/{row.effect_id}"
    return f"/customers/{row.customer_id}" if row.customer_id is not None else "/worklist"


def _lines(detail: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    """Words only: ids are for machines."""
    told = [(name, value) for name, value in detail.items() if isinstance(value, str) and value]
    return [(name.replace("_", " ").capitalize(), value[:300]) for name, value in told[:8]]


def _told(row: NoticeRow) -> str:
    return "\n".join(f"{name}: {value}" for name, value in _lines(row.detail))


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
