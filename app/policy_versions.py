"""Policy versions from the command line: listed, shown, compared on history, made live."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.failures import Mistake
from app.clock import clock_for
from app.policies import load_policies
from app.settings import Settings
from app.wiring import desk_of
from domain.dunning.ladder import DunningPolicy
from effects.actor import Person, Role
from effects.answers import Refusal
from flows import policy_versions
from flows.desk import Desk
from flows.policies import DUNNING, live
from flows.policy_history import history
from flows.policy_names import named_in_vain
from flows.policy_preview import compare
from flows.policy_versions import Drafted, WentLive, Wrong
from sources.playbook_file import read_playbook
from sources.policy_file import dunning_policy
from store import people, policies
from store.engine import Database, Session
from store.policies import PolicyVersionRow


@dataclass(frozen=True, slots=True)
class Keeper:
    """The policies of one installation."""

    url: str
    settings: Settings

    async def listed(self) -> tuple[Sequence[PolicyVersionRow], int | None]:
        """The versions, newest first, and the one in force (None: the file)."""
        async with self._database() as database, database.read() as session:
            found = await policies.live_body(session, DUNNING)
            rows = await policies.versions(session, DUNNING)
            return rows, found.id if found is not None else None

    async def text(self, name: str) -> str:
        """The text of "live", "file", a version's number or a path. Raises Mistake, OSError."""
        async with self._database() as database, database.read() as session:
            return await self._text(session, name)

    async def diff(
        self, old: str, new: str, over: str, *, shown: int, playbook: str = ""
    ) -> dict[str, object]:
        """Two policies lived through over a span: "12m", "90d"; the new one with a playbook.

        Raises Mistake, OSError, PolicyFileError.
        """
        trial = read_playbook(_file(playbook), playbook) if playbook else None
        until = clock_for(self.settings.clock_file)().date()
        since = policy_versions.since_of(over, until)
        if since is None:
            raise Mistake(f"{over!r} is no span; write one like 12m, 90d, 8w or 1y.")
        desk = self._desk()
        async with self._database() as database, database.read() as session:
            before, after = await self._read(session, old), await self._read(session, new)
            past = await history(session, desk, since, until)
            vain = await named_in_vain(session, after)
        found = await asyncio.to_thread(
            compare, past, before, after, desk.approval, shown=shown, trial=trial
        )
        return {**found, "in_vain": vain}

    async def write(self, body: str, source: str, note: str, email: str) -> int:
        """Store a text as a new version; its number. Raises Mistake, PolicyFileError."""
        dunning_policy(body, source)
        now = clock_for(self.settings.clock_file)()
        async with self._database() as database, database.begin() as session:
            by = await _person(session, email)
            answer = await policy_versions.draft(session, body, note, by, now)
        match answer:
            case Drafted(version_id):
                return version_id
            case Wrong():
                raise Mistake(answer.words)
            case Refusal():
                raise Mistake(answer.message)

    async def make_live(self, version_id: int, email: str) -> WentLive:
        """Try a version on history, then put it in force. Raises Mistake."""
        now, desk = clock_for(self.settings.clock_file)(), self._desk()
        async with self._database() as database:
            if not await policy_versions.preview(database, desk, version_id, now):
                raise Mistake(f"There is no version {version_id}.")
            async with database.begin() as session:
                by = await _person(session, email)
                answer = await policy_versions.make_live(session, version_id, by, now)
        match answer:
            case WentLive():
                return answer
            case Wrong():
                raise Mistake(answer.words)
            case Refusal():
                raise Mistake(answer.message)

    def _desk(self) -> Desk:
        return desk_of(self.settings, load_policies(self.settings))

    async def _read(self, session: Session, name: str) -> DunningPolicy:
        if name == "live":
            return await live(session, self._desk())
        if name == "file" or name.isdigit():
            return dunning_policy(await self._text(session, name), name)
        return dunning_policy(_file(name), name)

    async def _text(self, session: Session, name: str) -> str:
        if name == "live":
            found = await policies.live_body(session, DUNNING)
            return found.body if found is not None else self._desk().dunning_text
        if name == "file":
            return self._desk().dunning_text
        if not name.isdigit():
            return _file(name)
        row = await policies.version(session, int(name))
        if row is None or row.kind != DUNNING:
            raise Mistake(f"There is no version {name}. See ./dunwell policy list.")
        return row.body

    @asynccontextmanager
    async def _database(self) -> AsyncGenerator[Database]:
        database = Database(self.url, pool_size=1)
        try:
            yield database
        finally:
            await database.close()


def _file(name: str) -> str:
    return Path(name).read_text("utf-8")


async def _person(session: Session, email: str) -> Person:
    user = await people.user_by_email(session, email.lower())
    if user is None or not user.active:
        raise Mistake(f"Nobody with the address {email} may sign in. See ./dunwell people.")
    return Person(user.id, user.name, Role(user.role))
