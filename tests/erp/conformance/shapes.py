"""What a wire case is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RECORD = "/services/rest/record/v1"
QUERY = "/services/rest/query/v1/suiteql"
SINGLE = "application/vnd.oracle.resource+json; type=singular"
MANY = "application/vnd.oracle.resource+json; type=collection"
ERROR = "application/vnd.oracle.resource+json; type=error"
TRANSIENT = {"Prefer": "transient"}
LATER = {"Prefer": "respond-async"}
KEY = "0b9e4d0a-6f6f-4f7d-8a3c-3f5f0f6a1c11"
Shape = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """A request and its answer. In `shape`, a type stands for any value of that type.

    `headers` are answered: a value, or "" for any. `knobs` are turned before.
    """

    name: str
    method: str
    path: str
    status: int
    body: object = None
    sent: Mapping[str, str] = field(default_factory=dict)
    media: str = ""
    location: str = ""
    shape: Shape = field(default_factory=dict)
    without: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    knobs: Mapping[str, object] = field(default_factory=dict)


def refused(
    name: str,
    request: tuple[str, str],
    code: tuple[int, str],
    body: object = None,
    sent: Mapping[str, str] | None = None,
    path: str = "",
    knobs: Mapping[str, object] | None = None,
) -> Case:
    """A case whose answer is the error envelope; `path` is its o:errorPath."""
    status, error = code
    detail: dict[str, object] = {"o:errorCode": error, "detail": str}
    if path:
        detail["o:errorPath"] = path
    shape = {"type": str, "title": str, "status": status, "o:errorDetails": [detail]}
    return Case(name, *request, status, body, sent or {}, ERROR, shape=shape, knobs=knobs or {})


REFERENCE = {"links": [{"rel": "self", "href": str}], "id": str, "refName": str}
PAYMENT = {"customer": {"id": "100"}, "payment": 10}
INVOICE = {"entity": {"id": "100"}, "item": {"items": [{"item": {"id": "501"}, "amount": 5}]}}
PAGE = {"links": list, "count": int, "hasMore": bool, "items": list, "offset": int}
