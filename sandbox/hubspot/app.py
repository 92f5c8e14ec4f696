"""The part of HubSpot's API that deals are read by, and the one that changes them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.hubspot.answers import batch, error, missing_scopes, not_readable, thing_body
from sandbox.hubspot.associations import read_links
from sandbox.hubspot.limits import Limits
from sandbox.hubspot.search import search
from sandbox.hubspot.store import KINDS, HubSpotStore
from sandbox.hubspot.tokens import Access

Endpoint = Callable[[Request], Awaitable[Response]]
MAX_BATCH = 100
_OBJECTS = ("/crm/v3/objects", "/crm/objects/{version}")
_LINKS = ("/crm/v4/associations", "/crm/associations/{version}")


def build_hubspot_app(store: HubSpotStore, access: Access, limits: Limits) -> Starlette:
    """An ASGI application of one account, at the paths of version 3 and of dated versions."""
    api = _Api(store, access, limits)
    routes = [
        Route("/oauth/{version}/token", api.token, methods=["POST"]),
    ]
    for base in _LINKS:
        path = f"{base}/{{kind}}/{{other}}/batch/read"
        routes.append(Route(path, api.guarded(api.links), methods=["POST"]))
    for base in _OBJECTS:
        one, many = f"{base}/{{kind}}/{{id}}", f"{base}/{{kind}}"
        routes += [
            Route(f"{many}/search", api.guarded(api.search), methods=["POST"]),
            Route(f"{many}/batch/read", api.guarded(api.batch_read), methods=["POST"]),
            Route(f"{many}/merge", api.guarded(api.merge), methods=["POST"]),
            Route(many, api.guarded(api.create), methods=["POST"]),
            Route(one, api.guarded(api.retrieve), methods=["GET"]),
            Route(one, api.guarded(api.update), methods=["PATCH"]),
            Route(one, api.guarded(api.delete), methods=["DELETE"]),
        ]
    return Starlette(routes=routes)


class _Api:
    def __init__(self, store: HubSpotStore, access: Access, limits: Limits) -> None:
        self._store, self._access, self._limits = store, access, limits

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> Response:
            header = request.headers.get("Authorization", "")
            refused = self._access.refusal(header, self._store.now())
            if refused is not None:
                return refused
            searching = request.url.path.endswith("/search")
            refused = self._limits.refusal(self._store.now, searching=searching)
            if refused is not None:
                return refused
            kind = request.path_params["kind"]
            if kind not in KINDS:
                return error(400, "VALIDATION_ERROR", f"Unable to infer object type from: {kind}")
            if refused := self._unscoped(kind):
                return refused
            response = await endpoint(request)
            if not searching:
                response.headers.update(self._limits.headers())
            return response

        return answer

    def _unscoped(self, kind: str) -> JSONResponse | None:
        object_kind = "line_items" if kind in ("discounts", "fees") else kind
        scope = f"crm.objects.{object_kind}.read"
        granted = self._access.scopes
        return missing_scopes(scope) if granted and scope not in granted else None

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        return self._access.exchange(form, self._store.now())

    async def search(self, request: Request) -> Response:
        return search(self._store, request.path_params["kind"], await _json(request))

    async def batch_read(self, request: Request) -> Response:
        kind, body = request.path_params["kind"], await _json(request)
        ids = _ids(body)
        if len(ids) > MAX_BATCH:
            return error(400, "VALIDATION_ERROR", f"{MAX_BATCH} inputs are the most of a batch")
        found = {key: self._store.find(kind, key) for key in ids}
        things = {thing.id: thing for thing in found.values() if thing is not None}
        names = body.get("properties")
        asked = [str(name) for name in names] if isinstance(names, list) else []
        missing = [key for key, thing in found.items() if thing is None]
        errors = [not_readable(kind, missing)] if missing else []
        results = [thing_body(self._store, thing, asked) for thing in things.values()]
        return batch(self._store, results, list(errors))

    async def links(self, request: Request) -> Response:
        params, body = request.path_params, await _json(request)
        return read_links(self._store, params["kind"], params["other"], body)

    async def retrieve(self, request: Request) -> Response:
        thing = self._store.find(request.path_params["kind"], request.path_params["id"])
        if thing is None:
            return error(404, "OBJECT_NOT_FOUND", "resource not found")
        asked = request.query_params.get("properties", "").split(",")
        return JSONResponse(thing_body(self._store, thing, asked))

    async def create(self, request: Request) -> Response:
        kind, body = request.path_params["kind"], await _json(request)
        key = self._store.create(kind, **_properties(body))
        links = body.get("associations")
        for link in links if isinstance(links, list) else []:
            self._store.link(key, str(link["to"]["id"]))
        return JSONResponse(thing_body(self._store, self._store.things[key], ()), status_code=201)

    async def update(self, request: Request) -> Response:
        thing = self._store.find(request.path_params["kind"], request.path_params["id"])
        if thing is None:
            return error(404, "OBJECT_NOT_FOUND", "resource not found")
        self._store.change(thing.id, **_properties(await _json(request)))
        return JSONResponse(thing_body(self._store, thing, ()))

    async def delete(self, request: Request) -> Response:
        thing = self._store.find(request.path_params["kind"], request.path_params["id"])
        if thing is not None:
            self._store.delete(thing.id)
        return Response(status_code=204)

    async def merge(self, request: Request) -> Response:
        kind, body = request.path_params["kind"], await _json(request)
        winner = self._store.find(kind, str(body.get("primaryObjectId")))
        loser = self._store.find(kind, str(body.get("objectIdToMerge")))
        if winner is None or loser is None or winner is loser:
            return error(404, "OBJECT_NOT_FOUND", "resource not found")
        key = self._store.merge(winner.id, loser.id)
        return JSONResponse(thing_body(self._store, self._store.things[key], ()))


async def _json(request: Request) -> dict[str, object]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _ids(body: dict[str, object]) -> list[str]:
    inputs = body.get("inputs")
    return [str(one.get("id")) for one in inputs] if isinstance(inputs, list) else []


def _properties(body: dict[str, object]) -> dict[str, str]:
    given = body.get("properties")
    return {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}
