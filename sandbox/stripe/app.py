"""The part of Stripe's API that a receiver of payments reads, as an ASGI application."""

from __future__ import annotations

import hmac
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.stripe.objects import Json
from sandbox.stripe.store import StripeStore

_KINDS = {
    "charges": "charge",
    "payment_intents": "payment_intent",
    "customers": "customer",
    "balance_transactions": "balance_transaction",
    "events": "event",
    "refunds": "refund",
    "disputes": "dispute",
    "payouts": "payout",
    "invoices": "invoice",
    "invoice_payments": "invoice_payment",
    "checkout/sessions": "checkout.session",
}
_CASH_BALANCE = "customer_cash_balance_transaction"
_EXPANDABLE = {
    "customer": "customer",
    "payment_intent": "payment_intent",
    "latest_charge": "charge",
    "balance_transaction": "balance_transaction",
}
_FILTERS = ("customer", "payment_intent", "type", "status", "payout", "invoice")
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True)
class StripeFaults:
    """The next `fail` requests are answered with `status`."""

    fail: int = 0
    status: int = 500


def build_stripe_app(store: StripeStore, api_key: str, faults: StripeFaults) -> Starlette:
    """An ASGI application that answers to `api_key` only."""
    api = _Api(store, api_key, faults)
    transfers = "/v1/customers/{customer}/cash_balance_transactions/{id}"
    return Starlette(
        routes=[
            Route("/v1/checkout/sessions", api.guarded(api.sessions)),
            Route(transfers, api.guarded(api.transfer)),
            Route("/v1/{kind:path}/{id}", api.guarded(api.retrieve)),
            Route("/v1/{kind}", api.guarded(api.list_all)),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Api:
    store: StripeStore
    api_key: str
    faults: StripeFaults

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> Response:
            if not _authorized(request, self.api_key):
                return _error(401, "invalid_request_error", "Invalid API Key provided")
            if self.faults.fail > 0:
                self.faults.fail -= 1
                return _error(self.faults.status, "api_error", "The sandbox was told to fail")
            return await endpoint(request)

        return answer

    async def retrieve(self, request: Request) -> Response:
        kind = _KINDS.get(request.path_params["kind"], "")
        found = self.store.get(kind, request.path_params["id"])
        if found is None:
            return _unknown(kind or "resource", request.path_params["id"])
        return JSONResponse(_expanded(self.store, found, request))

    async def transfer(self, request: Request) -> Response:
        found = self.store.get(_CASH_BALANCE, request.path_params["id"])
        if found is None or found["customer"] != request.path_params["customer"]:
            return _unknown(_CASH_BALANCE, request.path_params["id"])
        return JSONResponse(found)

    async def list_all(self, request: Request) -> Response:
        kind = _KINDS.get(request.path_params["kind"])
        if kind is None:
            return _error(404, "invalid_request_error", "Unrecognized request URL")
        return _page(self.store, kind, request)

    async def sessions(self, request: Request) -> Response:
        return _page(self.store, "checkout.session", request)


def _unknown(kind: str, name: str) -> JSONResponse:
    return _error(404, "invalid_request_error", f"No such {kind}: '{name}'")


def _authorized(request: Request, api_key: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        try:
            given = b64decode(given).decode().partition(":")[0]
        except (Base64Error, UnicodeDecodeError):
            return False
    return hmac.compare_digest(given.encode(), api_key.encode())


def _error(status: int, kind: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"type": kind, "message": message}}, status_code=status)


def _expanded(store: StripeStore, found: Json, request: Request) -> Json:
    asked = [v for k, v in request.query_params.multi_items() if k.startswith("expand")]
    for name in asked:
        kind, value = _EXPANDABLE.get(name), found.get(name)
        if kind is not None and isinstance(value, str):
            found = {**found, name: store.get(kind, value) or value}
    return found


def _page(store: StripeStore, kind: str, request: Request) -> Response:
    """Newest first, cut by `limit`, `starting_after` and `created[...]`."""
    query = request.query_params
    found = [thing for thing in store.newest_first(kind) if _matches(thing, request)]
    ids = [thing["id"] for thing in found]
    after = query.get("starting_after")
    if after is not None:
        if after not in ids:
            return _error(400, "invalid_request_error", f"No such {kind}: '{after}'")
        found = found[ids.index(after) + 1 :]
    before = query.get("ending_before")
    if before in ids:
        found = found[: [thing["id"] for thing in found].index(before)]
    limit = query.get("limit", "10")
    if not limit.isdigit() or not 1 <= int(limit) <= 100:
        return _error(400, "invalid_request_error", "limit must be between 1 and 100")
    content = {
        "object": "list",
        "url": request.url.path,
        "has_more": len(found) > int(limit),
        "data": [_with_source(store, thing, request) for thing in found[: int(limit)]],
    }
    return JSONResponse(content)


def _with_source(store: StripeStore, thing: Json, request: Request) -> Json:
    """A balance transaction with the object it is about in place of its id, if asked for."""
    asked = [v for k, v in request.query_params.multi_items() if k.startswith("expand")]
    name = thing.get("source")
    if "data.source" not in asked or not isinstance(name, str):
        return thing
    kinds = ("charge", "refund", "payout", "dispute")
    return {**thing, "source": next((s for k in kinds if (s := store.get(k, name))), name)}


def _matches(thing: Json, request: Request) -> bool:
    query = request.query_params
    if any(name in query and thing.get(name) != query[name] for name in _FILTERS):
        return False
    intent, payment = query.get("payment[payment_intent]"), thing.get("payment")
    if intent and (not isinstance(payment, dict) or payment.get("payment_intent") != intent):
        return False
    kinds = [v for k, v in query.multi_items() if k.startswith("types[")]
    if kinds and thing.get("type") not in kinds:
        return False
    created = thing["created"]
    at = created if isinstance(created, int) else 0
    bounds = {name: query.get(f"created[{name}]", "") for name in ("gt", "gte", "lt", "lte")}
    held = {
        "gt": lambda limit: at > limit,
        "gte": lambda limit: at >= limit,
        "lt": lambda limit: at < limit,
        "lte": lambda limit: at <= limit,
    }
    return all(held[name](int(v)) for name, v in bounds.items() if v.isdigit())
