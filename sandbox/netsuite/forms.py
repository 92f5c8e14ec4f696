"""Forms and pick lists: a write carried out, shown, and taken back; what a field may hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.netsuite.account import Account
from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.paging import page_of
from sandbox.netsuite.records.reading import Reader, find
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, Field, RecordType, Shape
from sandbox.netsuite.records.wire import dumps, loads, number
from sandbox.netsuite.schema import TABLES

Handler = Callable[[Request], Awaitable[Response]]
RESOURCE = "application/vnd.oracle.resource+json"
CREATE_FORM, EDIT_FORM, OPTIONS = "create-form", "edit-form", "select-options"
_UNSAVED = ("id", "links", "createdDate", "lastModifiedDate", "transactionNumber")
_CHOICES = {
    "approvalStatus": (("1", "Pending Approval"), ("2", "Approved"), ("3", "Rejected")),
    "creditHoldOverride": (("AUTO", "Auto"), ("OFF", "Off"), ("ON", "On")),
    "undepFunds": (("T", "Undeposited Funds"), ("F", "Account")),
}


def wanted_form(request: Request) -> str:
    """Which of these media types a request accepts, or empty."""
    accept = request.headers.get("accept", "").replace(" ", "")
    known = (CREATE_FORM, EDIT_FORM, OPTIONS)
    return next((name for name in known if f"type={name}" in accept), "")


class _Undo(Exception):
    """Carries what a form shows out of the transaction that is taken back."""

    def __init__(self, record: dict[str, object]) -> None:
        super().__init__()
        self.record = record


class Forms:
    """Answers requests for forms and pick lists of one account."""

    def __init__(self, account: Account, base: Callable[[Request], str]) -> None:
        self._account = account
        self._base = base

    async def answer(self, request: Request, handler: Handler, form: str) -> Response:
        """A form of what `handler` would write, or the pick lists of some of its fields."""
        name = str(request.path_params.get("target") or request.path_params["kind"])
        kind = RECORD_TYPES.get(name.lower())
        if kind is None:
            raise Refusal(404, "INVALID_REQUEST", f"Record type '{name}' does not exist.")
        if form == OPTIONS:
            return self._options(request, kind)
        try:
            with self._account.store.transaction():
                raise _Undo(self._shown(request, kind, await handler(request)))
        except _Undo as undo:
            record = undo.record
        except Refusal as refusal:
            if form != CREATE_FORM or "Please enter value" not in refusal.detail:
                raise
            record = loads(await request.body())
        if form == CREATE_FORM:
            record = {key: value for key, value in record.items() if key not in _UNSAVED}
        return Response(dumps(record), media_type=f"{RESOURCE}; type={form}")

    def _shown(self, request: Request, kind: RecordType, done: Response) -> dict[str, object]:
        key = done.headers["location"].rsplit("/", 1)[1]
        row = find(self._account.store, kind, key)
        expand = request.query_params.get("expandSubResources", "").lower() == "true"
        return Reader(self._account.store, self._base(request)).record(kind, row, expand=expand)

    def _options(self, request: Request, kind: RecordType) -> Response:
        self._account.role.check(kind.name, "VIEW")
        names = [name for name in request.query_params.get("fields", "").split(",") if name]
        if not names:
            raise Refusal(400, "INVALID_PARAMETER", "The parameter fields is missing.")
        limit, offset = page_of(request)
        shown: dict[str, object] = {}
        for name in names:
            field = next((f for f in kind.fields if f.name.lower() == name.lower()), None)
            if field is None or field.shape not in (Shape.REFERENCE, Shape.CHOICE):
                raise Refusal(400, "NONEXISTENT_FIELD", f"The field '{name}' has no options.")
            shown[field.name] = self._listed(field, limit, offset)
        return Response(dumps(shown), media_type=f"{RESOURCE}; type={OPTIONS}")

    def _listed(self, field: Field, limit: int, offset: int) -> dict[str, object]:
        found = list(_CHOICES.get(field.name, ()))
        if field.shape is Shape.REFERENCE and field.target != "transaction":
            found = self._rows(field.target)
        items = [{"id": key, "refName": name} for key, name in found[offset : offset + limit]]
        return {
            "count": number(str(len(items))),
            "hasMore": offset + len(items) < len(found),
            "items": items,
            "offset": number(str(offset)),
            "totalResults": number(str(len(found))),
        }

    def _rows(self, target: str) -> list[tuple[str, str]]:
        """Every active record a reference may mean."""
        table = TABLES[RECORD_TYPES[target].table]
        active = "isinactive = 'F'" if table.column("isinactive") else "1 = 1"
        words = ("SELECT id,", f'"{table.display}"', "FROM", f'"{table.name}"', "WHERE", active)
        rows = self._account.store.rows(" ".join((*words, "ORDER BY id")))
        return [(str(row[0]), str(row[1])) for row in rows]
