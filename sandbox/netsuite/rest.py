"""The endpoints under /services/rest."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.netsuite.access.auth import OAUTH_PATH, Call, TokenRefused
from sandbox.netsuite.account import Account
from sandbox.netsuite.errors import Refusal, invalid_login, invalid_query
from sandbox.netsuite.records.reading import Reader, find
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, TRANSFORMS, RecordType
from sandbox.netsuite.records.wire import dumps, loads, number
from sandbox.netsuite.records.writing import Writer
from sandbox.netsuite.store import quoted
from sandbox.netsuite.suiteql.engine import PAGE_LIMIT, run

Handler = Callable[[Request], Awaitable[Response]]
RECORDS = "/services/rest/record/v1"
SUITEQL = "/services/rest/query/v1/suiteql"
_SINGLE = "application/vnd.oracle.resource+json; type=singular"
_MANY = "application/vnd.oracle.resource+json; type=collection"


class RestServices:
    """Answers record and query requests for one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """The routes, the token endpoint first."""
        one, sub = f"{RECORDS}/{{kind}}/{{key}}", f"{RECORDS}/{{kind}}/{{key}}/{{sublist}}"
        return [
            Route(OAUTH_PATH, self.token, methods=["POST"]),
            Route(SUITEQL, self._guarded(self.query), methods=["POST"]),
            Route(f"{one}/!transform/{{target}}", self._guarded(self.transform), methods=["POST"]),
            Route(f"{RECORDS}/{{kind}}", self._guarded(self.collection), methods=["GET"]),
            Route(f"{RECORDS}/{{kind}}", self._guarded(self.create), methods=["POST"]),
            Route(one, self._guarded(self.read), methods=["GET"]),
            Route(one, self._guarded(self.patch), methods=["PATCH"]),
            Route(one, self._guarded(self.delete), methods=["DELETE"]),
            Route(sub, self._guarded(self.sublist), methods=["GET"]),
            Route("/services/rest/{rest:path}", self._guarded(self.unknown), methods=_METHODS),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            try:
                await self._admit(request)
                async with self._account.governor.admit():
                    return await handler(request)
            except Refusal as refusal:
                return refusal.response()

        return guarded

    async def _admit(self, request: Request) -> None:
        query = tuple(parse_qsl(request.url.query, keep_blank_values=True))
        urls = (str(request.url.replace(query="")), self._account.host + request.url.path)
        call = Call(request.method, urls, query, await request.body())
        header = request.headers.get("authorization", "")
        if not self._account.gatekeeper.admits(header, call):
            raise invalid_login()

    async def token(self, request: Request) -> Response:
        """OAuth 2.0 client credentials."""
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        here = str(request.url.replace(query=""))
        try:
            issued = self._account.gatekeeper.issue(
                form, frozenset((here, self._account.host + OAUTH_PATH))
            )
        except TokenRefused as refused:
            body = json.dumps({"error": refused.error})
            return Response(body, refused.status, media_type="application/json")
        return Response(json.dumps(issued), media_type="application/json")

    def _reader(self, request: Request) -> Reader:
        return Reader(self._account.store, f"{request.url.scheme}://{request.url.netloc}{RECORDS}")

    def _kind(self, request: Request, name: str = "kind") -> RecordType:
        wanted = str(request.path_params[name])
        kind = RECORD_TYPES.get(wanted.lower())
        if kind is None:
            raise Refusal(404, "INVALID_REQUEST", f"Record type '{wanted}' does not exist.")
        return kind

    async def collection(self, request: Request) -> Response:
        """Ids and links, a page at a time."""
        kind, reader = self._kind(request), self._reader(request)
        if "q" in request.query_params:
            raise Refusal(400, "INVALID_PARAMETER", "The q parameter is not in this sandbox.")
        limit, offset = page_of(request)
        where = f"WHERE recordtype = '{kind.document}'" if kind.document else ""
        count = " ".join(("SELECT COUNT(*) FROM", quoted(kind.table), where))
        total = self._account.store.number(count)
        shuffled = "ORDER BY (id * 2654435761) % 4294967291 LIMIT ? OFFSET ?"
        listing = " ".join(("SELECT id FROM", quoted(kind.table), where, shuffled))
        ids = [row[0] for row in self._account.store.rows(listing, (limit, offset))]
        items: list[object] = [
            {"links": reader.link(f"{kind.name}/{i}"), "id": str(i)} for i in ids
        ]
        return _page(request, items, total, limit, offset)

    async def create(self, request: Request) -> Response:
        """204 with the new record's address."""
        kind = self._kind(request)
        body = loads(await request.body())
        record_id = self._writer(request).create(kind, body)
        return self._located(request, kind, record_id)

    def _writer(self, request: Request) -> Writer:
        named = request.headers.get("x-netsuite-propertynamevalidation", "Warning")
        return self._account.writer(strict_names=named.lower() == "error")

    def _located(self, request: Request, kind: RecordType, record_id: int) -> Response:
        base = f"{request.url.scheme}://{request.url.netloc}{RECORDS}"
        return Response(status_code=204, headers={"Location": f"{base}/{kind.name}/{record_id}"})

    async def read(self, request: Request) -> Response:
        """One record."""
        kind = self._kind(request)
        row = find(self._account.store, kind, request.path_params["key"])
        expand = request.query_params.get("expandSubResources", "").lower() == "true"
        record = self._reader(request).record(kind, row, expand=expand)
        return Response(dumps(record), media_type=_SINGLE)

    async def sublist(self, request: Request) -> Response:
        """One sublist of a record."""
        kind = self._kind(request)
        row = find(self._account.store, kind, request.path_params["key"])
        made = self._reader(request).sublist(kind, row, request.path_params["sublist"])
        return Response(dumps(made), media_type=_MANY)

    async def patch(self, request: Request) -> Response:
        """Change the fields that are sent."""
        kind = self._kind(request)
        body = loads(await request.body())
        row = find(self._account.store, kind, request.path_params["key"])
        replaced = frozenset(request.query_params.get("replace", "").split(","))
        self._writer(request).patch(kind, row, body, replaced)
        return self._located(request, kind, int(row["id"]))

    async def delete(self, request: Request) -> Response:
        """Remove a record."""
        kind = self._kind(request)
        row = find(self._account.store, kind, request.path_params["key"])
        self._writer(request).delete(kind, row)
        return Response(status_code=204)

    async def transform(self, request: Request) -> Response:
        """Make one record out of another."""
        kind, target = self._kind(request), self._kind(request, "target")
        body = loads(await request.body())
        row = find(self._account.store, kind, request.path_params["key"])
        if (kind.name, target.name) not in TRANSFORMS:
            raise Refusal(
                400, "INVALID_REQUEST", f"{kind.name} cannot be transformed to {target.name}."
            )
        record_id = self._writer(request).transform(
            row, target, body, source_is_document=bool(kind.document)
        )
        return self._located(request, target, record_id)

    async def query(self, request: Request) -> Response:
        """SuiteQL."""
        preferred = [p.strip().lower() for p in request.headers.get("prefer", "").split(",")]
        if "transient" not in preferred:
            raise Refusal(
                400, "INVALID_HEADER", "The required request header Prefer: transient is missing."
            )
        body = loads(await request.body())
        text, params = body.get("q"), body.get("params", [])
        if not isinstance(text, str) or not isinstance(params, list):
            raise invalid_query("The request needs a text q, and params as a list.")
        limit, offset = page_of(request)
        page = run(self._account.store, text, params, limit, offset, self._account.setting())
        items: list[object] = [{"links": [], **row} for row in page.rows]
        return _page(request, items, page.total, limit, offset)

    async def unknown(self, request: Request) -> Response:
        """Whatever this sandbox does not have."""
        if request.url.path.startswith(f"{RECORDS}/"):
            raise Refusal(405, "INVALID_METHOD", f"{request.method} is not allowed here.")
        raise Refusal(404, "INVALID_REQUEST", f"Invalid request URL: {request.url.path}")


_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def page_of(request: Request) -> tuple[int, int]:
    """`limit` and `offset`. Raises Refusal for the combinations the service refuses."""
    limit = _whole(request, "limit", PAGE_LIMIT)
    offset = _whole(request, "offset", 0)
    if not 1 <= limit <= PAGE_LIMIT:
        raise Refusal(400, "INVALID_PARAMETER", f"The limit must be between 1 and {PAGE_LIMIT}.")
    if offset % limit:
        raise Refusal(400, "INVALID_PARAMETER", "The offset must be divisible by the limit.")
    return limit, offset


def _whole(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or len(text) > 9:
        raise Refusal(400, "INVALID_PARAMETER", f"Invalid value of {name}: {text}")
    return int(text)


def _page(request: Request, items: list[object], total: int, limit: int, offset: int) -> Response:
    more = offset + len(items) < total and bool(items)
    spots = {"self": offset}
    if offset:
        spots |= {"first": 0, "prev": offset - limit}
    if more:
        spots |= {"next": offset + limit, "last": (total - 1) // limit * limit}
    links = [
        {"rel": rel, "href": str(request.url.include_query_params(limit=limit, offset=spot))}
        for rel, spot in spots.items()
    ]
    body = {
        "links": links,
        "count": number(str(len(items))),
        "hasMore": more,
        "items": items,
        "offset": number(str(offset)),
        "totalResults": number(str(total)),
    }
    return Response(dumps(body), media_type=_MANY)
