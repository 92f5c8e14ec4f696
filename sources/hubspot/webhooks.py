"""Webhooks of HubSpot: which objects to read again. What an event says of them is never used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from sources.hubspot.signatures import fault
from sources.hubspot.values import Kind, ObjectId, Refused

MAX_BODY = 2 * 1024 * 1024
_MAX_EVENTS = 1_000
_KINDS: Mapping[str, Kind] = {
    "deal": "deals",
    "line_item": "line_items",
    "quote": "quotes",
    "company": "companies",
    "contact": "contacts",
    "product": "products",
}
# Object type ids of HubSpot's own objects (developers.hubspot.com, "Understanding the CRM").
_TYPE_IDS: Mapping[str, Kind] = {
    "0-1": "contacts",
    "0-2": "companies",
    "0-3": "deals",
    "0-7": "products",
    "0-8": "line_items",
    "0-14": "quotes",
}


def event_ids(
    raw: bytes, headers: Mapping[str, str], url: str, now: datetime, secret: str
) -> tuple[ObjectId, ...] | Refused:
    """The objects a signed body is about, each once; events about other objects are left out.

    `url` is the address HubSpot was told to call, with its scheme and query.
    """
    if len(raw) > MAX_BODY:
        return Refused("too_large")
    reason = fault(raw, headers, url, now, secret)
    if reason is not None:
        return Refused(reason)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return Refused("malformed")
    events = body if isinstance(body, list) else [body]
    if len(events) > _MAX_EVENTS or not all(isinstance(event, dict) for event in events):
        return Refused("malformed")
    return tuple(dict.fromkeys(found for event in events for found in _objects(event)))


def _objects(event: Mapping[str, object]) -> Iterator[ObjectId]:
    subject, _, change = str(event.get("subscriptionType", "")).partition(".")
    kind = _TYPE_IDS.get(str(event.get("objectTypeId"))) if subject == "object" else None
    kind = kind or _KINDS.get(subject)
    if change == "associationChange":
        yield from _ends(event, change)
    elif kind is not None:
        merged = event.get("mergedObjectIds")
        ids = [event.get(name) for name in ("objectId", "primaryObjectId", "newObjectId")]
        for value in ids + (merged if isinstance(merged, list) else []):
            if found := _id(value):
                yield ObjectId(kind, found, change[:40])


def _ends(event: Mapping[str, object], change: str) -> Iterator[ObjectId]:
    """Both ends of an association, whose kinds are told by type ids or like "DEAL_TO_COMPANY"."""
    names = str(event.get("associationType", "")).lower().partition("_to_")
    for end, name in (("from", names[0]), ("to", names[2])):
        kind = _TYPE_IDS.get(str(event.get(f"{end}ObjectTypeId"))) or _KINDS.get(name)
        found = _id(event.get(f"{end}ObjectId"))
        if kind is not None and found:
            yield ObjectId(kind, found, change)


def _id(value: object) -> str:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else ""
