"""Associations, read for many objects at once and paged for each."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from sandbox.hubspot.answers import batch, error, not_associated
from sandbox.hubspot.store import KINDS, HubSpotStore

MAX_INPUTS = 1_000


def read_links(store: HubSpotStore, kind: str, other: str, body: Mapping[str, object]) -> Response:
    """What each of the inputs is associated with; who has nothing is an error of the batch."""
    inputs = body.get("inputs")
    if other not in KINDS or not isinstance(inputs, list) or not 0 < len(inputs) <= MAX_INPUTS:
        return _invalid()
    results: list[dict[str, object]] = []
    errors: list[Mapping[str, object]] = []
    for one in inputs:
        key, after = str(one.get("id")), str(one.get("after") or "0")
        if not after.isdigit():
            return _invalid()
        linked = store.linked(key, other) if store.find(kind, key) is not None else []
        if not linked:
            errors.append(not_associated(kind, key, other))
            continue
        start, end = int(after), int(after) + store.link_page
        to = [_target(store, key, target) for target in linked[start:end]]
        result: dict[str, object] = {"from": {"id": key}, "to": to}
        if end < len(linked):
            result["paging"] = {"next": {"after": str(end)}}
        results.append(result)
    return batch(store, results, errors)


def _target(store: HubSpotStore, key: str, target: str) -> dict[str, object]:
    kinds = [
        {
            "category": "USER_DEFINED" if type_id > 7_000 else "HUBSPOT_DEFINED",
            "typeId": type_id,
            "label": label or None,
        }
        for type_id, label in store.links[key, target].items()
    ]
    return {"toObjectId": int(target), "associationTypes": kinds}


def _invalid() -> JSONResponse:
    return error(400, "VALIDATION_ERROR", "Invalid input JSON")
