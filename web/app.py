"""The web application: pages and static files."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from store.engine import NotStorable
from web import sign_in
from web.deps import WebDeps
from web.hardening import SecurityHeaders
from web.pages import (
    audit,
    cash_acts,
    cash_bank,
    cash_classes,
    cash_enter,
    cash_files,
    cash_queue,
    cash_receipt,
    cash_rules,
    collections,
    connection,
    contracts,
    controls,
    crediting,
    crediting_more,
    customer,
    customers,
    deals,
    draft,
    draft_forms,
    draft_work,
    drafts,
    drift,
    finding,
    mails,
    mapping_screens,
    papers,
    playbooks,
    policy,
    promises,
    queue,
    reconciliation,
    remittance_blocks,
    replying,
    revenue,
    revenue_arm,
    revenue_close,
    review,
    settings,
    slack,
    sync,
    today,
    treatment,
    worklist,
)
from web.rendering import HERE, fragment
from web.visitor import ForgedRequest, NotAllowed, Public, SignInNeeded, is_https
from web.words import ROLES

PAGES = (
    sign_in,
    today,
    worklist,
    mails,
    customers,
    queue,
    playbooks,
    customer,
    replying,
    promises,
    revenue,
    revenue_arm,
    revenue_close,
    review,
    cash_queue,
    cash_enter,
    cash_bank,
    cash_classes,
    cash_rules,
    cash_receipt,
    cash_acts,
    cash_files,
    crediting,
    crediting_more,
    audit,
    settings,
    slack,
    papers,
    policy,
    treatment,
    controls,
    remittance_blocks,
    collections,
    finding,
    sync,
    connection,
    reconciliation,
    drafts,
    draft_forms,
    draft,
    draft_work,
    deals,
    contracts,
    mapping_screens,
    drift,
)
MAX_BODY = 1024 * 1024


def build_app(deps: WebDeps, *, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The pages over `deps`."""
    app = FastAPI(
        title="Dunwell",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        max_body_size=MAX_BODY,
    )
    app.state.deps = deps
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.add_api_route("/", _home, include_in_schema=False, dependencies=[Depends(Public())])
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(SecurityHeaders, https=is_https(deps))
    _explain(app)
    return app


async def _home() -> Response:
    return RedirectResponse("/today", 303)


def _explain(app: FastAPI) -> None:
    """Errors of pages as pages. Routers beside the pages bring their own answers."""
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.add_exception_handler(ForgedRequest, _forged)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(NotStorable, _not_storable)


async def _to_sign_in(request: Request, _error: Exception) -> Response:
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse("/sign-in", 303)


async def _not_allowed(_request: Request, error: Exception) -> Response:
    role = ROLES.get(error.role, "") if isinstance(error, NotAllowed) else ""
    return _sorry(
        403,
        "Your role does not allow this",
        f"You are signed in as {role}. Nothing was changed.",
        "Ask somebody with the right role, or an administrator to change yours.",
    )


async def _forged(_request: Request, _error: Exception) -> Response:
    return _sorry(
        403,
        "This page was out of date",
        "The request did not carry the mark of your current session. Nothing was changed.",
        "Reload the page and try again.",
    )


async def _not_storable(_request: Request, _error: Exception) -> Response:
    return _sorry(
        422,
        "This cannot be stored",
        "It holds a number or a character that no record can hold. Nothing was changed.",
        "Go back, correct it and try again.",
    )


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return _sorry(
            404,
            "There is no such page",
            "It may have been moved, or the number in the address is wrong. Nothing was changed.",
            "Go back to Today or search for what you need.",
        )
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    return _sorry(status, "This did not work", f"{detail} Nothing was changed.", "Go back.")


def _sorry(status: int, what: str, safe: str, todo: str) -> Response:
    values = {"status": status, "what": what, "safe": safe, "todo": todo}
    return fragment("sorry.html", values, status=status)
