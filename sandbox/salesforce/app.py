"""The part of Salesforce's REST API that a reader of deals uses, as an ASGI application."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.salesforce.answers import Number, QueryRefused, answer, encoded
from sandbox.salesforce.logins import LoginRefused, Logins
from sandbox.salesforce.objects import ObjectType
from sandbox.salesforce.soql import MalformedQuery, parse
from sandbox.salesforce.store import Org

VERSION = "v66.0"
ROOT = f"/services/data/{VERSION}"
_BATCH = re.compile(r"batchSize=([0-9]{1,5})")
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer in place of the real one."""

    status: int
    code: str
    words: str = "The sandbox was told to fail"
    retry_after: int | None = None


@dataclass(slots=True)
class SalesforceServer:
    """The organisation behind its API. `url` is what the token endpoint calls the instance.

    `faults` are given out one to a request. `batch` is how many rows one answer has at most.
    `seen` keeps the queries that were asked.
    """

    org: Org
    logins: Logins
    url: str = ""
    allowed: int = 100_000
    used: int = 0
    batch: int = 2_000
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    locators: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def application(self) -> Starlette:
        get = [
            Route(f"{ROOT}/query", self._guarded(self._query)),
            Route(f"{ROOT}/queryAll", self._guarded(self._query_all)),
            Route(f"{ROOT}/query/{{locator}}", self._guarded(self._more)),
            Route(f"{ROOT}/sobjects/{{name}}/describe", self._guarded(self._describe)),
            Route(f"{ROOT}/limits", self._guarded(self._limits)),
        ]
        return Starlette(
            routes=[Route("/services/oauth2/token", self._token, methods=["POST"]), *get]
        )

    async def _token(self, request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        try:
            token = self.logins.token(form)
        except LoginRefused as error:
            body = {"error": error.code, "error_description": str(error)}
            return JSONResponse(body, status_code=400)
        content = {
            "access_token": token,
            "instance_url": self.url or str(request.base_url).rstrip("/"),
            "id": "https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA",
            "token_type": "Bearer",
            "issued_at": str(int(self.org.clock().timestamp() * 1000)),
            "scope": "api",
        }
        return JSONResponse(content)

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            if not self.logins.knows(request.headers.get("Authorization", "")):
                return _error(401, "INVALID_SESSION_ID", "Session expired or invalid")
            if self.used >= self.allowed:
                return _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
            self.used += 1
            if self.faults:
                return _failed(self.faults.pop(0))
            response = await endpoint(request)
            response.headers["Sforce-Limit-Info"] = f"api-usage={self.used}/{self.allowed}"
            return response

        return guarded

    async def _query(self, request: Request) -> Response:
        return self._answered(request, deleted=False)

    async def _query_all(self, request: Request) -> Response:
        return self._answered(request, deleted=True)

    def _answered(self, request: Request, *, deleted: bool) -> Response:
        text = request.query_params.get("q", "")
        self.seen.append(text)
        try:
            rows = answer(self.org, parse(text), deleted=deleted, root=ROOT)
        except MalformedQuery as error:
            return _error(400, "MALFORMED_QUERY", str(error))
        except QueryRefused as error:
            return _error(400, error.code, str(error))
        wanted = _BATCH.search(request.headers.get("Sforce-Query-Options", ""))
        size = min(self.batch, max(200, int(wanted[1]))) if wanted else self.batch
        locator = f"0r8{len(self.locators) + 1:012d}AAA"
        if len(rows) > size:
            self.locators[locator] = rows
        return self._batch(locator, rows, 0, size)

    async def _more(self, request: Request) -> Response:
        """The next rows of a query: as they were when it was asked."""
        locator, _, start = request.path_params["locator"].partition("-")
        rows = self.locators.get(locator)
        if rows is None or not start.isdecimal():
            return _error(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._batch(locator, rows, int(start), self.batch)

    def _batch(self, locator: str, rows: list[dict[str, Any]], start: int, size: int) -> Response:
        end = start + size
        content: dict[str, Any] = {"totalSize": len(rows), "done": end >= len(rows)}
        if end < len(rows):
            content["nextRecordsUrl"] = f"{ROOT}/query/{locator}-{end}"
        return _json({**content, "records": rows[start:end]})

    async def _describe(self, request: Request) -> Response:
        kind = self.org.types.get(request.path_params["name"])
        if kind is None:
            return _error(404, "NOT_FOUND", "The requested resource does not exist")
        return _json(_described(kind))

    async def _limits(self, request: Request) -> Response:
        del request
        left = max(0, self.allowed - self.used)
        return _json({"DailyApiRequests": {"Max": self.allowed, "Remaining": left}})


def _described(kind: ObjectType) -> dict[str, Any]:
    parents = {field: name for name, (field, _) in kind.parents.items()}
    tables = dict(kind.parents.values())
    return {
        "name": kind.name,
        "keyPrefix": kind.prefix,
        "queryable": True,
        "fields": [
            {
                "name": name,
                "type": field_kind,
                "custom": name.endswith("__c"),
                "filterable": True,
                "length": Number("255") if field_kind == "string" else Number("0"),
                "relationshipName": parents.get(name),
                "referenceTo": [tables[name]] if name in tables else [],
            }
            for name, field_kind in kind.fields.items()
        ],
    }


def _json(content: dict[str, Any]) -> Response:
    return Response(encoded(content), media_type="application/json;charset=UTF-8")


def _failed(fault: Fault) -> Response:
    response = _error(fault.status, fault.code, fault.words)
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


def _error(status: int, code: str, words: str) -> Response:
    """Errors come as a list (REST API guide, "Status Codes and Error Responses")."""
    return JSONResponse([{"message": words, "errorCode": code}], status_code=status)
