"""The API application: resources, review, webhooks, health and metrics."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api import (
    bank,
    cash,
    collections,
    contracts,
    conversations,
    crediting,
    deals,
    drafts,
    drift,
    events,
    mappings,
    monitoring,
    playbooks,
    policies,
    promises,
    reconciliation,
    remittance,
    remittance_blocks,
    replying,
    resources,
    revenue,
    revenue_changes,
    revenue_close,
    review,
    treatment,
    webhooks,
)
from api.auth import READING
from api.deps import ApiDeps
from api.errors import explain

# The paths this application answers; everything else belongs to the pages.
PREFIXES = ("/api/", "/webhooks/", "/health", "/metrics")

RESOURCES = (
    resources,
    review,
    webhooks,
    monitoring,
    events,
    collections,
    conversations,
    playbooks,
    drift,
    reconciliation,
    remittance,
    remittance_blocks,
    deals,
    contracts,
    drafts,
    mappings,
    bank,
    cash,
    crediting,
    policies,
    promises,
    replying,
    revenue,
    revenue_changes,
    revenue_close,
    treatment,
)


def build_api(deps: ApiDeps) -> FastAPI:
    """The API over `deps`. Its description is at /api/openapi.json, for holders of a key."""
    app = FastAPI(
        title="Dunwell API",
        version="1",
        description="Receivables, review and payments. Send `Authorization: Bearer dw_...`.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.deps = deps
    for module in RESOURCES:
        app.include_router(module.router)

    @app.get("/api/openapi.json", dependencies=READING, include_in_schema=False)
    async def description() -> dict[str, Any]:
        return app.openapi()

    explain(app)
    return app
