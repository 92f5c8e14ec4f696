"""The page, the API and the webhooks, served."""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import PREFIXES, build_api
from api.deps import ApiDeps
from app.logs import configure
from app.options import OPTIONS
from app.service import database, secret_key
from app.settings import Settings, given
from app.wiring import Parts, assembled
from flows.sync.first_import import CLOSED_DAYS
from security.redaction import redact
from store.migrations import upgrade
from web.app import build_app
from web.deps import Sandbox, Setting, WebDeps
from web.hardening import SecurityHeaders
from web.visitor import is_https

SLACK_DOOR = "/slack/events"


def serve_web(settings: Settings) -> None:
    """Serve until asked to stop."""
    configure(settings.log_level)
    with database(settings) as url:
        upgrade(url)
        asyncio.run(_serve(settings, url))


async def _serve(settings: Settings, url: str) -> None:
    async with assembled(settings, url) as parts:
        config = uvicorn.Config(
            site_of(parts),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        await uvicorn.Server(config).serve()


def site_of(parts: Parts) -> ASGIApp:
    """Pages and API as one ASGI application, told apart by the path."""
    deps = web_deps(parts)
    pages = build_app(deps)
    api = SecurityHeaders(build_api(api_deps(parts)), https=is_https(deps))

    slack = slack_door(parts)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if slack is not None and path == SLACK_DOOR:
            await slack(scope, receive, send)
            return
        await (api if path.startswith(PREFIXES) else pages)(scope, receive, send)

    return answer


def slack_door(parts: Parts) -> ASGIApp | None:
    """Where Slack posts what happens, if it is told to by HTTP."""
    known = parts.settings.slack
    if known is None or not known.signing_secret:
        return None
    from app.slack_process import http_app

    return http_app(parts, known)


def api_deps(parts: Parts) -> ApiDeps:
    """What the API is given."""
    settings = parts.settings
    return ApiDeps(
        db=parts.db,
        clock=parts.clock,
        desk=parts.desk,
        stripe_secrets=settings.stripe.webhook_secrets if settings.stripe else (),
        mail_secrets=settings.mail.inbound_secrets if settings.mail else (),
        hubspot_secret=settings.hubspot.account.webhook_secret if settings.hubspot else "",
        public_url=settings.public_url,
    )


def web_deps(parts: Parts) -> WebDeps:
    """What the pages are given."""
    settings = parts.settings
    sandbox = settings.sandbox
    return WebDeps(
        db=parts.db,
        clock=parts.clock,
        desk=parts.desk,
        secret_key=secret_key(settings).encode(),
        public_url=settings.public_url,
        erp_link=parts.erp.link if parts.erp else _no_link,
        sandbox=Sandbox(sandbox.url, sandbox.token) if sandbox else None,
        closed_history_days=CLOSED_DAYS,
        settings=shown_settings(),
    )


def _no_link(_kind: str, _netsuite_id: str) -> str:
    return ""


def shown_settings() -> tuple[Setting, ...]:
    """Every setting for the settings page; of a secret only whether it is set."""
    values = given()
    return tuple(
        Setting(
            group=option.name.partition("_")[0].title(),
            name=option.name,
            value=("set" if values.get(option.name) else "not set")
            if option.secret
            else redact(values.get(option.name) or option.default),
            note=option.meaning,
        )
        for option in OPTIONS.values()
    )
