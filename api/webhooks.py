"""Webhooks: verified, stored once and enqueued in one transaction; they do no work themselves."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth import PUBLIC
from api.deps import ApiDeps, Deps
from api.errors import TooLarge, WebhookMalformed, WebhookUnsigned
from flows.deals.reading import reread
from security.signatures import Verified, verify
from sources.hubspot.values import Refused as NotBelieved
from sources.hubspot.webhooks import MAX_BODY as MAX_HUBSPOT
from sources.hubspot.webhooks import event_ids
from sources.mail.webhook import MAX_BODY as MAX_MAIL
from sources.mail.webhook import Delivery, Refused, read_signed
from sources.stripe.events import NotAnEvent, read_event
from store.inbox import store_once
from store.jobs import Job, enqueue

router = APIRouter(prefix="/webhooks")
MAX_STRIPE = 1_000_000
_TAKEN = Response(status_code=204)


@router.post("/stripe", dependencies=PUBLIC, status_code=204, response_class=Response)
async def stripe(request: Request, deps: Deps) -> Response:
    """An event of Stripe, signed over its raw body within five minutes."""
    body = await _body(request, MAX_STRIPE)
    header = request.headers.get("stripe-signature", "")[:4096]
    checked = verify(header, body, deps.stripe_secrets, deps.clock())
    if not isinstance(checked, Verified):
        raise WebhookUnsigned(checked.value)
    event = read_event(body)
    if isinstance(event, NotAnEvent):
        raise WebhookMalformed(event.reason)
    job = "inbox.stripe"
    await _keep(deps, "stripe", event.id, body, {"type": event.type}, job, f"stripe:{event.id}")
    return _TAKEN


@router.post("/mail", dependencies=PUBLIC, status_code=204, response_class=Response)
async def mail(request: Request, deps: Deps) -> Response:
    """A mail as a provider received it, signed over the raw body."""
    body = await _body(request, MAX_MAIL)
    read = read_signed(dict(request.headers), body, deps.mail_secrets, deps.clock())
    if isinstance(read, Refused):
        detail = f"{read.reason} {read.detail}".strip()
        raise {401: WebhookUnsigned, 413: TooLarge}.get(read.status, WebhookMalformed)(detail)
    await _keep_mail(deps, read)
    return _TAKEN


@router.post("/hubspot", dependencies=PUBLIC, status_code=204, response_class=Response)
async def hubspot(request: Request, deps: Deps) -> Response:
    """Events of HubSpot, signed: each only says which object is to be read again."""
    if not deps.hubspot_secret:
        raise WebhookUnsigned("no secret is set")
    body = await _body(request, MAX_HUBSPOT)
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{deps.public_url}{request.url.path}{query}"
    found = event_ids(body, request.headers, url, deps.clock(), deps.hubspot_secret)
    if isinstance(found, NotBelieved):
        known = {"malformed": WebhookMalformed, "too_large": TooLarge}
        raise known.get(found.reason, WebhookUnsigned)(found.reason)
    async with deps.db.begin() as session:
        for one in found:
            await enqueue(session, reread(one))
    return _TAKEN


async def _keep_mail(deps: ApiDeps, read: Delivery) -> None:
    """The mail's own digest names it, so that the mailbox may bring it again without harm."""
    name = hashlib.sha256(read.raw).hexdigest()
    headers: dict[str, object] = {"provider_id": read.provider_id}
    await _keep(deps, "mail", name, read.raw, headers, "inbox.mail", "mail")


async def _keep(
    deps: ApiDeps,
    source: str,
    external_id: str,
    body: bytes,
    headers: dict[str, object],
    task: str,
    lane: str,
) -> None:
    async with deps.db.begin() as session:
        event_id = await store_once(
            session,
            source=source,
            external_id=external_id,
            body=body,
            headers=headers,
            now=deps.clock(),
        )
        if event_id is not None:
            await enqueue(session, Job(task, {"event_id": event_id}, lane=lane))


async def _body(request: Request, most: int) -> bytes:
    """The raw body, given up as soon as it is larger than `most`."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:12]) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)
