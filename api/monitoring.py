"""Health for whoever starts the service, metrics for whoever watches it."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.responses import JSONResponse, Response

from api.auth import PUBLIC, READING
from api.deps import Deps
from store.pages import answers, waiting
from store.slots import connections
from store.switches import switches_on

router = APIRouter()


@router.get("/health", dependencies=PUBLIC)
async def health(deps: Deps) -> Response:
    """200 when pages can be served: the database answers."""
    if not await answers(deps.db):
        return JSONResponse({"ok": False, "what": "The database does not answer."}, 503)
    return JSONResponse({"ok": True})


@router.get("/metrics", dependencies=READING)
async def metrics(deps: Deps) -> Response:
    """Counts for Prometheus. Needs a key with the scope read, as a bearer token."""
    now = deps.clock()
    async with deps.db.read() as session:
        found = await waiting(session, now, now.date())
        seen = await connections(session)
        stopped = await switches_on(session)
    registry = CollectorRegistry()
    effects = _gauge(registry, "dunwell_effects_waiting", "Effects by state", "state", "kind")
    for (state, kind), number in found.effects.items():
        effects.labels(state, kind).set(number)
    items = _gauge(registry, "dunwell_work_items_open", "Open work items by kind", "kind")
    for kind, number in found.items.items():
        items.labels(kind).set(number)
    up = _gauge(registry, "dunwell_connection_up", "Whether the last contact worked", "name")
    for row in seen:
        up.labels(row.name).set(int(row.ok))
    _gauge(registry, "dunwell_kill_switches_on", "Kill switches that are on").set(len(stopped))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _gauge(registry: CollectorRegistry, name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(name, meaning, labels, registry=registry)
