"""Pages of collections and queries: the rules for limit and offset, and the envelope."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.records.wire import dumps, number
from sandbox.netsuite.suiteql.engine import PAGE_LIMIT

MANY = "application/vnd.oracle.resource+json; type=collection"


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


def page(request: Request, items: list[object], total: int, limit: int, offset: int) -> Response:
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
    return Response(dumps(body), media_type=MANY)
