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
from sandbox.netsuite.forms import Forms, wanted_form
from sandbox.netsuite.jobs import JOBS, Jobs, KeyUsed, Queue, Work
from sandbox.netsuite.paging import MANY, page, page_of
from sandbox.netsuite.records.wire import dumps, loads
from sandbox.netsuite.recordservice import RECORDS, SINGLE, RecordService, records_base
from sandbox.netsuite.suiteql.engine import run
from sandbox.netsuite.system import SYSTEM, WHO, SystemServices

Handler = Callable[[Request], Awaitable[Response]]
SUITEQL = "/services/rest/query/v1/suiteql"
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_ASYNC = "respond-async"


class RestServices:
    """Answers record and query requests for one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._records = RecordService(account)
        self._jobs = Jobs(account.store)
        self._queue = Queue(self._jobs)
        self._forms = Forms(account, records_base)

    def routes(self) -> list[Route]:
        """The routes, the token endpoint first."""
        records, guarded = self._records, self._guarded
        kind = f"{RECORDS}/{{kind}}"
        one, sub = f"{kind}/{{key}}", f"{kind}/{{key}}/{{sublist}}"
        transform = f"{one}/!transform/{{target}}"
        catalog = f"{RECORDS}/metadata-catalog"
        system = SystemServices(self._account)
        return [
            Route(OAUTH_PATH, self.token, methods=["POST"]),
            Route(f"{SYSTEM}/serverTime", guarded(system.server_time), methods=["GET"]),
            Route(f"{SYSTEM}/governanceLimits", guarded(system.governance_limits), methods=["GET"]),
            Route(WHO, guarded(system.token_info), methods=["GET"]),
            Route(SUITEQL, guarded(self.query), methods=["POST"]),
            Route(f"{JOBS}/{{job}}", guarded(self.job), methods=["GET"]),
            Route(f"{JOBS}/{{job}}/task", guarded(self.tasks), methods=["GET"]),
            Route(f"{JOBS}/{{job}}/task/{{task}}", guarded(self.task), methods=["GET"]),
            Route(f"{JOBS}/{{job}}/task/{{task}}/result", guarded(self.result), methods=["GET"]),
            Route(catalog, guarded(records.catalog), methods=["GET"]),
            Route(f"{catalog}/{{kind}}", guarded(records.catalog), methods=["GET"]),
            Route(transform, guarded(self._either(records.transform)), methods=["POST"]),
            Route(f"{one}/!attach/{{other}}/{{id}}", guarded(records.attach), methods=["POST"]),
            Route(f"{one}/!detach/{{other}}/{{id}}", guarded(records.detach), methods=["POST"]),
            Route(kind, guarded(self.many), methods=_METHODS),
            Route(one, guarded(self._either(records.read)), methods=["GET"]),
            Route(one, guarded(self._either(records.patch)), methods=["PATCH"]),
            Route(one, guarded(self._either(records.upsert)), methods=["PUT"]),
            Route(one, guarded(self._either(records.delete)), methods=["DELETE"]),
            Route(sub, guarded(records.sublist), methods=["GET"]),
            Route(f"{sub}/{{line:path}}", guarded(records.line), methods=["GET"]),
            Route("/services/rest/{rest:path}", guarded(self.unknown), methods=_METHODS),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            try:
                await self._admit(request)
                await self._queue.run_due(self._account.now())
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

    async def many(self, request: Request) -> Response:
        """A collection, a create, or a batch."""
        collected = "type=collection" in request.headers.get("content-type", "").replace(" ", "")
        expanded = request.query_params.get("expandRecords", "").lower() == "true"
        if request.method == "GET" and not expanded:
            return await self._records.collection(request)
        if request.method == "POST" and not collected:
            return await self._either(self._records.create)(request)
        if _ASYNC not in _preferences(request):
            raise Refusal(
                400, "INVALID_HEADER", "A batch needs the request header Prefer: respond-async."
            )
        return await self._later(request, await self._records.batch(request))

    def _either(self, handler: Handler) -> Handler:
        """`handler` at once, or as a job where the caller prefers that."""

        async def chosen(request: Request) -> Response:
            form = wanted_form(request)
            if form:
                return await self._forms.answer(request, handler, form)
            if _ASYNC not in _preferences(request):
                return await handler(request)
            return await self._later(request, lambda: self._alone(request, handler))

        return chosen

    async def _alone(self, request: Request, handler: Handler) -> list[Response]:
        try:
            return [await handler(request)]
        except Refusal as refusal:
            return [refusal.response()]

    async def _later(self, request: Request, work: Work) -> Response:
        """202 and a job, which is carried out after the account's `job_seconds`."""
        now = self._account.now()
        at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            job_id = self._jobs.claim(request.headers.get("x-netsuite-idempotency-key", ""), at)
        except KeyUsed as used:
            conflict = Refusal(
                400, "IDEMPOTENCY_ERROR", "The idempotency key was used by an earlier request."
            )
            answer = conflict.response("Conflict")
            answer.headers["Location"] = self._job_address(request, used.job_id)
            return answer
        await self._queue.add(job_id, now, self._account.job_seconds, work)
        headers = {
            "Location": self._job_address(request, job_id),
            "Preference-Applied": _ASYNC,
        }
        return Response(status_code=202, headers=headers)

    def _job_address(self, request: Request, job_id: int) -> str:
        return f"{_origin(request)}{JOBS}/{job_id}"

    def _begun(self, job: str) -> bool:
        return self._queue.begun(job, self._account.now())

    async def job(self, request: Request) -> Response:
        """One job."""
        job = request.path_params["job"]
        shown = self._jobs.show(_origin(request), job, begun=self._begun(job))
        return Response(dumps(shown), media_type=SINGLE)

    async def tasks(self, request: Request) -> Response:
        """The tasks of a job."""
        job = request.path_params["job"]
        found = self._jobs.tasks(_origin(request), job, begun=self._begun(job))
        links = [{"rel": "self", "href": str(request.url)}]
        body = {"links": links, "items": found, "count": len(found), "hasMore": False}
        return Response(json.dumps(body), media_type=MANY)

    async def task(self, request: Request) -> Response:
        """One task of a job."""
        job = request.path_params["job"]
        found = self._jobs.tasks(_origin(request), job, begun=self._begun(job))
        for task in found:
            if task["id"] == request.path_params["task"]:
                return Response(json.dumps(task), media_type=SINGLE)
        raise Refusal(404, "NONEXISTENT_ID", "The task does not exist.")

    async def result(self, request: Request) -> Response:
        """What a task would have been answered at once."""
        return self._jobs.result(request.path_params["job"], request.path_params["task"])

    async def query(self, request: Request) -> Response:
        """SuiteQL."""
        if "transient" not in _preferences(request):
            raise Refusal(
                400, "INVALID_HEADER", "The required request header Prefer: transient is missing."
            )
        self._account.role.check_search()
        body = loads(await request.body())
        text, params = body.get("q"), body.get("params", [])
        if not isinstance(text, str) or not isinstance(params, list):
            raise invalid_query("The request needs a text q, and params as a list.")
        limit, offset = page_of(request)
        found = run(self._account.store, text, params, limit, offset, self._account.setting())
        rows: list[object] = [{"links": [], **row} for row in found.rows]
        return page(request, rows, found.total, limit, offset)

    async def unknown(self, request: Request) -> Response:
        """Whatever this sandbox does not have."""
        if request.url.path.startswith(f"{RECORDS}/"):
            raise Refusal(405, "INVALID_METHOD", f"{request.method} is not allowed here.")
        raise Refusal(404, "INVALID_REQUEST", f"Invalid request URL: {request.url.path}")


def _preferences(request: Request) -> list[str]:
    return [p.strip().lower() for p in request.headers.get("prefer", "").split(",")]


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
