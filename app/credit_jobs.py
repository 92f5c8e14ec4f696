"""Small balances that are proposed by policy, once a week."""

from __future__ import annotations

from app.wiring import Parts
from effects.actor import Actor, ActorKind
from flows.credits.giving_up import run_small_balances
from jobs.handlers import Handler

_BY = Actor(ActorKind.SYSTEM, "small balances")


class CreditJobs:
    """Proposes what credits.yaml calls small; the same week again proposes nothing twice."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def handlers(self) -> dict[str, Handler]:
        """The jobs by task name."""
        return {"credits.small_balances": self.small_balances}

    async def small_balances(self, day: str) -> None:
        """Propose the small balances of this week, within the caps of one run."""
        del day
        parts, now = self._parts, self._parts.clock()
        if not parts.desk.credits.small.each:
            return
        year, week, _ = now.date().isocalendar()
        async with parts.db.begin() as session:
            await run_small_balances(session, parts.desk, f"{year}-W{week:02}", _BY, now)
