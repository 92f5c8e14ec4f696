"""The books of revenue from the command line."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from app.cli.failures import Mistake
from app.clock import clock_for
from app.policies import load_policies
from app.settings import Settings
from app.wiring import desk_of
from effects.actor import Person, Role
from flows.desk import Desk
from flows.revenue import close
from flows.revenue.checklist import Checklist
from flows.revenue.close import Locked, Refused, Waiting
from flows.revenue.progress import Tell, silent
from store import people, revenue_periods
from store.engine import Database, Session
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow


@dataclass(frozen=True, slots=True)
class RevenueDesk:
    """The books of one installation."""

    url: str
    settings: Settings

    async def standing(self) -> Sequence[Checklist]:
        """The list of the next period of each subsidiary."""
        desk, now = self.desk(), clock_for(self.settings.clock_file)()
        async with self._database() as database, database.read() as session:
            return [
                await close.standing(session, subsidiary, desk, now)
                for subsidiary in await revenue_periods.subsidiaries(session)
            ]

    async def close(
        self, on: date, subsidiary: str, email: str, tell: Tell = silent
    ) -> Locked | Waiting:
        """Take the period of a day as far as it goes, and tell how far it is. Raises Mistake."""
        desk, now = self.desk(), clock_for(self.settings.clock_file)()
        async with self._database() as database, database.begin() as session:
            own, by = await _subsidiary(session, subsidiary), await _person(session, email)
            answer = await close.close(session, own, on, desk, by, now, tell)
        if isinstance(answer, Refused):
            raise Mistake(f"{answer.why}.")
        return answer

    async def reopen(self, on: date, subsidiary: str, reason: str, email: str) -> RevenuePeriodRow:
        """Let a locked period take postings again. Raises Mistake."""
        desk, now = self.desk(), clock_for(self.settings.clock_file)()
        async with self._database() as database, database.begin() as session:
            own, by = await _subsidiary(session, subsidiary), await _person(session, email)
            answer = await close.reopen(session, own, on, reason, desk, by, now)
        if isinstance(answer, Refused):
            raise Mistake(f"{answer.why}.")
        return answer

    def desk(self) -> Desk:
        return desk_of(self.settings, load_policies(self.settings))

    @asynccontextmanager
    async def _database(self) -> AsyncGenerator[Database]:
        database = Database(self.url)
        try:
            yield database
        finally:
            await database.close()


async def _subsidiary(session: Session, named: str) -> SubsidiaryRow:
    known = await revenue_periods.subsidiaries(session)
    found = [row for row in known if not named or named in (row.netsuite_id, row.name)]
    if len(found) != 1:
        names = ", ".join(row.name for row in known)
        raise Mistake(f"Say which subsidiary: {names}.")
    return found[0]


async def _person(session: Session, email: str) -> Person:
    user = await people.user_by_email(session, email)
    if user is None or not user.active:
        raise Mistake(f"nobody with the address {email!r} works here.")
    return Person(user.id, user.name, Role(user.role))
