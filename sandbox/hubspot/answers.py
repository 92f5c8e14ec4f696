"""HubSpot's bodies of errors and of objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.responses import JSONResponse

from sandbox.hubspot.store import KINDS, HubSpotStore, Thing, iso

_CORRELATION = "c033cdaa-2c40-4a64-ae48-b4cec88dad24"
_ALWAYS = ("createdate", "hs_lastmodifieddate", "hs_object_id")


def error(status: int, category: str, message: str, **more: object) -> JSONResponse:
    """An error in HubSpot's form."""
    body = {
        "status": "error",
        "message": message,
        "correlationId": _CORRELATION,
        "category": category,
    }
    return JSONResponse(body | more, status_code=status)


def rate_limited(policy: str, retry_after: str = "") -> JSONResponse:
    """The 429; `policy` is SECONDLY, TEN_SECONDLY_ROLLING or DAILY."""
    body = {
        "status": "error",
        "message": f"You have reached your {policy.lower()} limit.",
        "errorType": "RATE_LIMIT",
        "correlationId": _CORRELATION,
        "policyName": policy,
        "requestId": "3d3e35b7-0dae-4b9f-a6e3-9c230cbcf8dd",
    }
    headers = {"Retry-After": retry_after} if retry_after else {}
    return JSONResponse(body, status_code=429, headers=headers)


def missing_scopes(scope: str) -> JSONResponse:
    """The 403 of an app that was not granted a scope."""
    detail = {
        "message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": [scope]},
    }
    message = "This app hasn't been granted all required scopes to make this call."
    return error(403, "MISSING_SCOPES", message, errors=[detail])


def thing_body(store: HubSpotStore, thing: Thing, asked: Iterable[str]) -> dict[str, object]:
    """An object with the properties asked for; those without a value are null."""
    values = store.values(thing)
    defined = [name for name in asked if name and name not in store.undefined]
    names = dict.fromkeys([*_ALWAYS, *defined])
    return {
        "id": thing.id,
        "properties": {name: values.get(name) for name in names},
        "createdAt": iso(thing.created_at),
        "updatedAt": iso(thing.changed_at),
        "archived": thing.archived,
    }


def batch(
    store: HubSpotStore, results: list[dict[str, object]], errors: list[Mapping[str, object]]
) -> JSONResponse:
    """A batch's answer: 207 as soon as one part of it failed."""
    body: dict[str, object] = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": iso(store.now()),
        "completedAt": iso(store.now()),
    }
    if errors:
        body |= {"numErrors": len(errors), "errors": errors}
    return JSONResponse(body, status_code=207 if errors else 200)


def not_readable(kind: str, ids: list[str]) -> dict[str, object]:
    """The part of a batch that names ids without an object."""
    name = KINDS[kind][0].upper()
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": f"Could not get some {name} objects, they may be deleted or not exist.",
        "context": {"ids": ids},
    }


def not_associated(kind: str, key: str, other: str) -> dict[str, object]:
    """The part of a batch that names an object without associations."""
    one, two = KINDS[kind][0], KINDS[other][0]
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
        "message": f"No {two} is associated with {one} {key}.",
        "context": {"fromObjectId": [key], "fromObjectType": [one], "toObjectType": [two]},
    }
