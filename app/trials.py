"""The demo's matches act alone from the first day: there nobody waits for the end of a trial."""

from __future__ import annotations

from app.clock import clock_for
from app.policies import load_policies
from app.settings import Settings
from store.engine import Database
from store.matching import begin_live


async def trials_over(url: str, settings: Settings) -> None:
    """Let what the matching policy allows act alone, unless anybody said otherwise before."""
    live = sorted(load_policies(settings).matching.settings.live)
    db = Database(url)
    try:
        async with db.begin() as session:
            await begin_live(
                session,
                live,
                by="system:demo",
                reason="the demo begins where a trial would end",
                now=clock_for(settings.clock_file)(),
            )
    finally:
        await db.close()
