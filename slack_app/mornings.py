"""The morning digest and the App Home as Block Kit, and when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.ledger.money import Money
from flows.slack.digest import Digest, Entry, Home, Section, digest, home_of
from slack_app.cards import HOME, button
from slack_app.client import Poster, Said
from slack_app.people import Colleague, Directory
from slack_app.text import (
    Block,
    bullets,
    context,
    divider,
    escaped,
    exact,
    header,
    line,
    link,
    paragraph,
    rich,
    words,
)
from store.engine import Database

TASK = "slack.digest"
_SATURDAY, _LATEST_AFTER = 5, 6
_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Mornings:
    """One message a working day, with a thread for each list; nothing to do, nothing said."""

    db: Database
    poster: Poster
    directory: Directory
    channel: str
    hour: int
    zone: str
    public_url: str
    clock: Callable[[], datetime]

    async def send(self, slot: str = "") -> None:
        """The digest of today, once, if its hour has come and there is anything to do."""
        del slot
        now = self.clock()
        local = now.astimezone(ZoneInfo(self.zone))
        late = local.hour >= self.hour + _LATEST_AFTER
        if local.weekday() >= _SATURDAY or local.hour < self.hour or late or not self.channel:
            return
        async with self.db.read() as session:
            found = await digest(session, now)
        if found.empty:
            return
        key = f"digest:{local.date()}"
        ts = await self.poster.once(key, self.channel, self._head(found, local), now)
        for section in found.sections:
            await self.poster.once(
                f"{key}:{section.key}", self.channel, self._thread(section), now, thread_ts=ts
            )

    async def home(self, member_id: str) -> None:
        """Show somebody their page: their work, what waits, how old the balance is."""
        who = await self.directory.who(member_id, self.clock())
        if isinstance(who, Colleague):
            async with self.db.read() as session:
                found = await home_of(session, who.person.user_id, self.clock())
            blocks = self._home(found, who)
        else:
            blocks = [header("Dunwell"), paragraph(who.words or "Dunwell does not know you.")]
        view = {"type": "home", "blocks": blocks}
        await self.poster.api.write("views.publish", user_id=member_id, view=view)

    def _head(self, found: Digest, local: datetime) -> Said:
        title = f"Good morning: {local.day} {local:%B %Y}"
        blocks = [header(title), bullets_of(found.sections, self.public_url)]
        if found.totals:
            blocks.append(context(" · ".join(found.totals)))
        return Said(escaped(title), blocks)

    def _thread(self, section: Section) -> Said:
        blocks = [
            rich([line([words(f"{section.title}: {section.count}", bold=True)])]),
            rich([bullets([_entry(one, self.public_url) for one in section.entries])]),
        ]
        more = section.count - len(section.entries)
        if more > 0:
            rest = link(f"and {more} more", f"{self.public_url}{section.path}")
            blocks.append(rich([line([rest])]))
        return Said(escaped(f"{section.title}: {section.count}"), blocks)

    def _home(self, found: Home, who: Colleague) -> list[Block]:
        blocks: list[Block] = [header(f"Dunwell: {who.person.name}, {who.person.role}")]
        blocks += list(self._thread(found.mine).blocks) if found.mine.count else [
            paragraph("Nothing is on the worklist of your customers.")
        ]  # fmt: skip
        blocks.append(divider())
        for section in found.waiting.sections:
            blocks += list(self._thread(section).blocks)
        if found.aging:
            blocks += [divider(), paragraph("Open balance by age")]
            blocks += exact("\n\n".join(picture(c, list(row)) for c, row in found.aging))
        blocks.append({"type": "actions", "elements": [button(HOME, "Refresh", "home")]})
        return blocks[:100]


def bullets_of(sections: tuple[Section, ...], public_url: str) -> Block:
    """Each list with its number."""
    lines = [[link(f"{one.title}: {one.count}", f"{public_url}{one.path}")] for one in sections]
    return rich([bullets(lines)])


def _entry(entry: Entry, public_url: str) -> list[Block]:
    if not entry.path:
        return [words(entry.text)]
    return [link(entry.text, f"{public_url}{entry.path}")]


def picture(currency: str, row: list[tuple[str, Money]]) -> str:
    """Aging as bars of one length scale, with the amounts beside them."""
    most = max((amount.minor for _, amount in row), default=0)
    lines = [f"{'':8}{currency}"]
    for name, amount in row:
        length = amount.minor * _WIDTH // most if most > 0 and amount.minor > 0 else 0
        lines.append(f"{name:>8}  {'█' * length:<{_WIDTH}}  {amount}")
    return "\n".join(lines)
