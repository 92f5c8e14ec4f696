"""The connection to the ERP: its state, the passes, what the role may do, the first import."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from flows.closing import import_report
from flows.closing.import_report import gap_words
from store import erp_mirror, slots
from store.jobs import Job, enqueue
from store.parties import subsidiary_names
from store.passes import checks, latest_passes
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader

router = APIRouter()
PASSES = {
    "import": ("First import", "Everything that is open, and what was closed lately"),
    "fast": ("Every few minutes", "What changed since the last pass"),
    "wide": ("Every hour", "What changed in the last day, whatever the clocks say"),
    "nightly": ("Every night", "Everything, held against what we have"),
}
_SHOWN = ("NETSUITE_ACCOUNT_ID", "NETSUITE_AUTH", "NETSUITE_BASE_URL", "DUNWELL_SYNC_SECONDS")
CHECK = "connection.check"


@router.get("/sync")
async def connection_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Everything that is known about the connection."""
    now = deps.clock()
    async with deps.db.read() as session:
        seen = {one.name: one for one in await slots.connections(session)}
        report = await import_report.latest(session)
        values: dict[str, object] = {
            "connection": seen.get("netsuite"),
            "passes": await latest_passes(session),
            "begun": await erp_mirror.cursor(session, "first"),
            "checks": await checks(session),
            "report": report,
            "subsidiaries": await subsidiary_names(session),
        }
        around = await frame(session, now)
    known = {setting.name: setting.value for setting in deps.settings}
    values |= {
        "kinds": PASSES,
        "account": {name: known.get(name, "") for name in _SHOWN},
        "gap": gap_words,
    }
    return page(request, "sync/connection.html", visitor, around, values)


@router.post("/sync/check")
async def check(deps: Deps, visitor: Decider) -> Response:
    """Ask for a check of the connection by the worker."""
    del visitor
    async with deps.db.begin() as session:
        await enqueue(session, Job(CHECK, lane="sync", once=CHECK))
    return RedirectResponse("/sync?notice=checking", 303)
