"""The record service over HTTP: one record, collections, batches, transforms, metadata."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.netsuite.access.roles import CLASSIC_REVENUE
from sandbox.netsuite.account import Account
from sandbox.netsuite.errors import Refusal, invalid_content, user_error
from sandbox.netsuite.paging import MANY, page, page_of
from sandbox.netsuite.records.metadata import (
    LINE_DATES,
    SCHEMA,
    SWAGGER,
    entry,
    listing,
    schema,
    swagger,
)
from sandbox.netsuite.records.reading import Reader, find
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, TRANSFORMS, RecordType, Shape
from sandbox.netsuite.records.searching import compile_search
from sandbox.netsuite.records.wire import dumps, items, loads
from sandbox.netsuite.records.writing import Writer
from sandbox.netsuite.store import Value, quoted

RECORDS = "/services/rest/record/v1"
SINGLE = "application/vnd.oracle.resource+json; type=singular"
_MOST = 100
_NEEDS = {"POST": "CREATE", "PUT": "EDIT", "PATCH": "EDIT", "DELETE": "FULL"}


def records_base(request: Request) -> str:
    """The address of the record service as the caller knows it."""
    return f"{request.url.scheme}://{request.url.netloc}{RECORDS}"


class RecordService:
    """Answers requests for records of one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def _base(self, request: Request) -> str:
        return records_base(request)

    def _reader(self, request: Request) -> Reader:
        return Reader(self._account.store, self._base(request))

    def _kind(self, request: Request, level: str, name: str = "kind") -> RecordType:
        wanted = str(request.path_params[name])
        kind = RECORD_TYPES.get(wanted.lower())
        if kind is None:
            raise Refusal(404, "INVALID_REQUEST", f"Record type '{wanted}' does not exist.")
        self._account.role.check(kind.name, level)
        return kind

    async def collection(self, request: Request) -> Response:
        """Ids and links, a page at a time."""
        kind = self._kind(request, "VIEW")
        self._account.role.check_search()
        where, params = self._condition(request, kind)
        limit, offset = page_of(request)
        table = quoted(kind.table)
        total = self._account.store.number(
            " ".join(("SELECT COUNT(*) FROM", table, "WHERE", where)), params
        )
        shuffled = "ORDER BY (id * 2654435761) % 4294967291 LIMIT ? OFFSET ?"
        query = " ".join(("SELECT id FROM", table, "WHERE", where, shuffled))
        ids = [row[0] for row in self._account.store.rows(query, (*params, limit, offset))]
        link = self._reader(request).link
        found: list[object] = [{"links": link(f"{kind.name}/{i}"), "id": str(i)} for i in ids]
        return page(request, found, total, limit, offset)

    def _condition(self, request: Request, kind: RecordType) -> tuple[str, list[Value]]:
        text = request.query_params.get("q", "")
        if not text:
            return kind.condition, []
        where, params = compile_search(kind, text, self._account.date_format)
        return f"{kind.condition} AND {where}", params

    async def create(self, request: Request) -> Response:
        """204 with the new record's address."""
        kind = self._kind(request, "CREATE")
        return self._create(request, kind, loads(await request.body()))

    def _create(self, request: Request, kind: RecordType, body: dict[str, object]) -> Response:
        record_id = self._writer(request).create(kind, body)
        return self._located(request, kind, record_id, body)

    def _writer(self, request: Request) -> Writer:
        return self._account.writer(strict_names=self._validation(request) == "error")

    def _validation(self, request: Request) -> str:
        return request.headers.get("x-netsuite-propertynamevalidation", "Warning").lower()

    def _located(
        self, request: Request, kind: RecordType, record_id: int, body: dict[str, object]
    ) -> Response:
        headers = {"Location": f"{self._base(request)}/{kind.name}/{record_id}"}
        unknown = [name for name in body if not kind.field(name) and name not in kind.accepts]
        if unknown and self._validation(request) == "warning":
            told = ", ".join(json.dumps(name) for name in unknown).replace("\\", "")
            headers["Warning"] = f"199 - Unknown fields were ignored: {told}"
        return Response(status_code=204, headers=headers)

    async def read(self, request: Request) -> Response:
        """One record."""
        kind = self._kind(request, "VIEW")
        row = find(self._account.store, kind, request.path_params["key"])
        self._account.role.check_lock(kind.name, int(row["id"]))
        return Response(dumps(self._shown(request, kind, row["id"])), media_type=SINGLE)

    def _shown(self, request: Request, kind: RecordType, record_id: int) -> dict[str, object]:
        row = find(self._account.store, kind, str(record_id))
        asked = request.query_params
        expand = asked.get("expandSubResources", "").lower() == "true"
        record = self._reader(request).record(kind, row, expand=expand)
        if asked.get("simpleEnumFormat", "").lower() == "true":
            for field in kind.fields:
                value = record.get(field.name)
                if field.shape is Shape.CHOICE and isinstance(value, dict):
                    record[field.name] = value["id"]
        if "fields" in asked:
            named = {"links", "id", *asked["fields"].split(",")}
            record = {name: value for name, value in record.items() if name in named}
        return record

    async def sublist(self, request: Request) -> Response:
        """One sublist of a record."""
        kind = self._kind(request, "VIEW")
        row = find(self._account.store, kind, request.path_params["key"])
        made = self._reader(request).sublist(kind, row, request.path_params["sublist"])
        return Response(dumps(made), media_type=MANY)

    async def line(self, request: Request) -> Response:
        """One line of a sublist."""
        kind, given = self._kind(request, "VIEW"), request.path_params
        row = find(self._account.store, kind, given["key"])
        made = self._reader(request).line(kind, row, given["sublist"], given["line"])
        return Response(dumps(made), media_type=SINGLE)

    async def patch(self, request: Request) -> Response:
        """Change the fields that are sent."""
        kind = self._kind(request, "EDIT")
        body = loads(await request.body())
        return self._patch(request, kind, request.path_params["key"], body)

    def _patch(
        self, request: Request, kind: RecordType, key: str, body: dict[str, object]
    ) -> Response:
        row = find(self._account.store, kind, key)
        self._account.role.check_lock(kind.name, int(row["id"]))
        replaced = frozenset(request.query_params.get("replace", "").split(","))
        self._writer(request).patch(kind, row, body, replaced)
        return self._located(request, kind, int(row["id"]), body)

    async def upsert(self, request: Request) -> Response:
        """Create or change the record of an external id."""
        kind = self._kind(request, "EDIT")
        return self._upsert(request, kind, request.path_params["key"], loads(await request.body()))

    def _upsert(
        self, request: Request, kind: RecordType, key: str, body: dict[str, object]
    ) -> Response:
        if not key.lower().startswith("eid:"):
            raise Refusal(405, "INVALID_METHOD", "PUT needs an external id: eid:<externalId>.")
        try:
            find(self._account.store, kind, key)
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            self._account.role.check(kind.name, "CREATE")
            return self._create(request, kind, {**body, "externalId": key[4:]})
        return self._patch(request, kind, key, body)

    async def delete(self, request: Request) -> Response:
        """Remove a record."""
        kind = self._kind(request, "FULL")
        return self._delete(request, kind, request.path_params["key"])

    def _delete(self, request: Request, kind: RecordType, key: str) -> Response:
        row = find(self._account.store, kind, key)
        self._writer(request).delete(kind, row)
        return Response(status_code=204)

    async def transform(self, request: Request) -> Response:
        """Make one record out of another."""
        kind, target = self._kind(request, "VIEW"), self._kind(request, "CREATE", "target")
        body = loads(await request.body())
        row = find(self._account.store, kind, request.path_params["key"])
        if (kind.name, target.name) not in TRANSFORMS:
            raise Refusal(
                400, "INVALID_REQUEST", f"{kind.name} cannot be transformed to {target.name}."
            )
        record_id = self._writer(request).transform(
            row,
            target,
            body,
            source_is_document=bool(kind.document),
            replaced=frozenset(request.query_params.get("replace", "").split(",")),
        )
        return self._located(request, target, record_id, body)

    async def attach(self, request: Request) -> Response:
        """Tie a contact to a customer."""
        return self._tie(request, loads(await request.body()), attached=True)

    async def detach(self, request: Request) -> Response:
        """Take a contact from a customer."""
        return self._tie(request, {}, attached=False)

    def _tie(self, request: Request, body: dict[str, object], *, attached: bool) -> Response:
        kind, other = self._kind(request, "EDIT"), self._kind(request, "EDIT", "other")
        if (kind.name, other.name) != ("customer", "contact") or set(body) - {"role"}:
            raise Refusal(400, "INVALID_REQUEST", "Only contacts are attached, and to customers.")
        owner = find(self._account.store, kind, request.path_params["key"])
        contact = find(self._account.store, other, request.path_params["id"])
        if not attached and contact["company"] != owner["id"]:
            raise user_error("The contact is not attached to this record.")
        company: object = {"id": str(owner["id"])} if attached else None
        self._writer(request).patch(other, contact, {"company": company}, frozenset())
        return Response(status_code=204)

    async def batch(self, request: Request) -> Callable[[], Awaitable[list[Response]]]:
        """Does a batch: each record, in order, as if it came alone. Raises Refusal."""
        kind = self._kind(request, _NEEDS.get(request.method, "VIEW"))
        if request.method in ("GET", "DELETE"):
            keys = [key for key in request.query_params.get("ids", "").split(",") if key]
            bodies: list[dict[str, object]] = [{} for _ in keys]
        else:
            bodies = items(loads(await request.body()), "items")
            keys = [str(body.get("id") or f"eid:{body.get('externalId')}") for body in bodies]
        if not 1 <= len(keys) <= _MOST:
            raise invalid_content(f"A batch has between 1 and {_MOST} records.", "items")
        pairs = list(zip(keys, bodies, strict=True))

        async def work() -> list[Response]:
            return [self._one(request, kind, key, body) for key, body in pairs]

        return work

    def _one(
        self, request: Request, kind: RecordType, key: str, body: dict[str, object]
    ) -> Response:
        fields = {name: value for name, value in body.items() if name != "id"}
        try:
            match request.method:
                case "POST":
                    return self._create(request, kind, fields)
                case "PATCH":
                    return self._patch(request, kind, key, fields)
                case "PUT":
                    return self._upsert(request, kind, key, fields)
                case "DELETE":
                    return self._delete(request, kind, key)
            row = find(self._account.store, kind, key)
            return Response(dumps(self._shown(request, kind, row["id"])), media_type=SINGLE)
        except Refusal as refusal:
            return refusal.response()

    async def catalog(self, request: Request) -> Response:
        """Metadata of all, the selected, or one record type."""
        self._account.role.check_rest()
        absent = self._account.role.absent
        wanted = request.path_params.get("kind") or request.query_params.get("select", "")
        names = [name.strip().lower() for name in wanted.split(",") if name.strip()]
        kinds = [kind for name, kind in RECORD_TYPES.items() if name not in absent]
        if names:
            known = {kind.name: kind for kind in kinds}
            for name in names:
                if name not in known:
                    raise Refusal(404, "INVALID_REQUEST", f"Record type '{name}' does not exist.")
            kinds = [known[name] for name in names]
        return self._described(request, kinds, single="kind" in request.path_params)

    def _described(self, request: Request, kinds: list[RecordType], *, single: bool) -> Response:
        accept = request.headers.get("accept", "").lower()
        if SWAGGER in accept:
            without = LINE_DATES if CLASSIC_REVENUE in self._account.role.features_off else ()
            return Response(dumps(swagger(kinds, without)), media_type=SWAGGER)
        if SCHEMA in accept:
            if not single:
                raise Refusal(406, "INVALID_HEADER", "JSON Schema is for one record type.")
            return Response(dumps(schema(kinds[0])), media_type=SCHEMA)
        base = self._base(request)
        made = entry(kinds[0], base) if single else listing(kinds, base)
        return Response(dumps(made), media_type="application/json")
