"""Settings: what is configured and whether it works. To be read, not changed, here."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import Response

from store.people import users
from store.slots import connections
from web.rendering import frame, page
from web.visitor import Deps, Reader

router = APIRouter()


@router.get("/settings")
async def settings_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Connections, the stop switch, people, the approval policy and the settings in force."""
    async with deps.db.read() as session:
        values: dict[str, object] = {
            "connections": await connections(session),
            "users": await users(session),
            "policy": deps.policy,
            "groups": [(g, list(of)) for g, of in groupby(deps.settings, lambda s: s.group)],
        }
        around = await frame(session, deps.clock())
    return page(request, "settings.html", visitor, around, values)
