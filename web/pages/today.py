"""Today: what needs a person, what the agent did, the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from store.engine import Session
from store.expected import WEEKS_AHEAD, collected_by_week, expected_cash
from store.pages import DSO_DAYS, Position, aging_table, moved_since, positions, recent_effects
from store.slots import connections
from web.aging import AgingBar, Bar, aging_bars, week_bars
from web.deps import WebDeps
from web.rendering import fragment, frame, page, today_of
from web.visitor import Deps, Reader

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Figures:
    """A currency's line of figures. `dso` is None when it cannot be computed honestly."""

    position: Position
    dso: int | None
    collected: list[Bar]


@router.get("/today")
async def today_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """The whole page."""
    async with deps.db.read() as session:
        values = await _values(session, deps)
        around = await frame(session, deps.clock())
    return page(request, "today.html", visitor, around, values)


@router.get("/today/live")
async def live(deps: Deps, visitor: Reader) -> Response:
    """The part that changes while somebody watches."""
    now = deps.clock()
    async with deps.db.read() as session:
        values = {**await _happening(session, deps), "frame": await frame(session, now)}
    return fragment("parts/today_live.html", {**values, "now": now, "visitor": visitor})


async def _values(session: Session, deps: WebDeps) -> dict[str, object]:
    today = today_of(deps.clock())
    weeks = await collected_by_week(session, today)
    bars: list[AgingBar] = aging_bars(await aging_table(session, today))
    return {
        "figures": [
            Figures(p, dso(p, deps.closed_history_days), week_bars(weeks.get(p.currency, ())))
            for p in await positions(session, today)
        ],
        "expected": await expected_cash(session, today),
        "week_starts": [today + timedelta(weeks=n) for n in range(WEEKS_AHEAD)],
        "bars": bars,
        **await _happening(session, deps),
    }


async def _happening(session: Session, deps: WebDeps) -> dict[str, object]:
    since = _yesterday(deps.clock())
    seen = await connections(session)
    return {
        "recent": await recent_effects(session, since),
        "moved": await moved_since(session, since),
        "failing": [c for c in seen if not c.ok],
    }


def _yesterday(now: datetime) -> datetime:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=1)


def dso(position: Position, closed_history_days: int) -> int | None:
    """Days sales outstanding; None without 90 days of paid invoices (the open ones alone would
    inflate it) or billing."""
    return None if closed_history_days < DSO_DAYS else position.dso
