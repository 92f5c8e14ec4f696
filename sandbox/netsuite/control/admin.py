"""The sandbox's own door, /admin: faults, what is stored, and acting as a NetSuite user."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.company import Company
from sandbox.netsuite.account import Account
from sandbox.netsuite.control.backdoor import act
from sandbox.netsuite.control.faults import BadFault
from sandbox.netsuite.control.knobs import turn_knobs
from sandbox.netsuite.control.page import AdminPage
from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.records.reading import Reader, find
from sandbox.netsuite.records.recordtypes import RECORD_TYPES
from sandbox.netsuite.records.wire import dumps
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore, quoted
from security.tokens import same

Handler = Callable[[Request], Awaitable[Response]]
_MOST = 100_000


class Admin:
    """The admin endpoints of one account."""

    def __init__(self, account: Account, token: str, company: Company | None) -> None:
        self._account = account
        self._token = token
        self._company = company
        self._kept: ErpStore | None = None

    def routes(self) -> list[Route]:
        """Everything under /admin."""
        return [
            *AdminPage(self._account, self._token).routes(),
            Route("/admin/faults", self._guarded(self.add_fault), methods=["POST"]),
            Route("/admin/faults", self._guarded(self.list_faults), methods=["GET"]),
            Route("/admin/faults", self._guarded(self.clear_faults), methods=["DELETE"]),
            Route("/admin/knobs", self._guarded(self.turn), methods=["POST"]),
            Route("/admin/writes", self._guarded(self.writes), methods=["GET"]),
            Route("/admin/records/{kind}", self._guarded(self.records), methods=["GET"]),
            Route("/admin/state", self._guarded(self.state), methods=["GET"]),
            Route("/admin/act", self._guarded(self.act), methods=["POST"]),
            Route("/admin/refresh", self._guarded(self.refresh), methods=["POST"]),
            Route("/admin/snapshot", self._guarded(self.snapshot), methods=["POST"]),
            Route("/admin/restore", self._guarded(self.restore), methods=["POST"]),
            Route("/admin/reset", self._guarded(self.reset), methods=["POST"]),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            given = request.headers.get("authorization", "")
            if not same(given, f"Bearer {self._token}"):
                return _json({"error": "the admin token is missing or wrong"}, 401)
            try:
                return await handler(request)
            except Refusal as refusal:
                return refusal.response()
            except (BadFault, ValueError) as error:
                return _json({"error": str(error)}, 400)

        return guarded

    async def add_fault(self, request: Request) -> Response:
        """Set a fault; its number."""
        fault = self._account.faults.add(_object(await request.body()))
        return _json({"id": fault.id})

    async def list_faults(self, request: Request) -> Response:
        """The faults in force and how often each struck."""
        del request
        listed = [
            {"id": f.id, "what": f.what, "moment": f.moment, "seen": f.seen, "struck": f.struck}
            for f in self._account.faults.active
        ]
        return _json(listed)

    async def clear_faults(self, request: Request) -> Response:
        """Lift every fault."""
        del request
        self._account.faults.clear()
        return _json({})

    async def turn(self, request: Request) -> Response:
        """Turn knobs: see ASSUMPTIONS.md for the names."""
        turn_knobs(self._account, _object(await request.body()))
        return _json({})

    async def writes(self, request: Request) -> Response:
        """Every write that arrived, oldest first, credentials redacted."""
        del request
        rows = self._account.store.rows("SELECT * FROM _write ORDER BY number LIMIT ?", (_MOST,))
        return _json([dict(row) | {"headers": json.loads(row["headers"])} for row in rows])

    async def records(self, request: Request) -> Response:
        """Every record of a type as GET with expandSubResources shows it."""
        kind = RECORD_TYPES.get(request.path_params["kind"].lower())
        if kind is None:
            raise ValueError("no such record type")
        reader = Reader(self._account.store, "/services/rest/record/v1")
        where = f"WHERE recordtype = '{kind.document}'" if kind.document else ""
        query = " ".join(("SELECT id FROM", quoted(kind.table), where, "ORDER BY id LIMIT ?"))
        ids = [row[0] for row in self._account.store.rows(query, (_MOST,))]
        found = (find(self._account.store, kind, str(i)) for i in ids)
        records: list[object] = [reader.record(kind, row, expand=True) for row in found]
        return Response(dumps(records), media_type="application/json")

    async def state(self, request: Request) -> Response:
        """Counts by record type, writes, and the busiest moment."""
        del request
        store, governor = self._account.store, self._account.governor
        counted = store.rows('SELECT recordtype, COUNT(*) FROM "transaction" GROUP BY recordtype')
        counts = {str(row[0]): int(row[1]) for row in counted}
        for name in ("customer", "contact"):
            counts[name] = store.number(" ".join(("SELECT COUNT(*) FROM", quoted(name))))
        return _json(
            {
                "records": counts,
                "writes": store.number("SELECT COUNT(*) FROM _write"),
                "highest_concurrency": governor.highest,
                "throttled": governor.refused,
            }
        )

    async def act(self, request: Request) -> Response:
        """Do what a person would do in the NetSuite UI."""
        return _json(act(self._account, _object(await request.body())))

    async def refresh(self, request: Request) -> Response:
        """What a sandbox refresh does to logins: every certificate and token is gone."""
        del request
        self._account.store.forget_credentials()
        return _json({})

    async def snapshot(self, request: Request) -> Response:
        """Keep the whole state in memory, credentials included."""
        del request
        if self._kept is not None:
            self._kept.close()
        self._kept = self._account.store.copy()
        return _json({})

    async def restore(self, request: Request) -> Response:
        """Go back to the snapshot."""
        del request
        if self._kept is None:
            raise ValueError("there is no snapshot")
        self._account.store.become(self._kept)
        return _json({})

    async def reset(self, request: Request) -> Response:
        """Back to the seeded company."""
        del request
        if self._company is None:
            raise ValueError("this account was built without a company")
        seed(self._account.store, self._company)
        self._account.faults.clear()
        return _json({})


def _object(raw: bytes) -> dict[str, object]:
    value = json.loads(raw or b"{}")
    if not isinstance(value, dict):
        raise ValueError("a JSON object is needed")
    return value


def _json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status, media_type="application/json")
