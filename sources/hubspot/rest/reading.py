"""The few kinds of request that are made: one object, a batch, a search, associations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sources.hubspot.errors import HubSpotUnavailable
from sources.hubspot.rest.records import Batch, LinkedPage, Record, RecordPage, Target
from sources.hubspot.rest.transport import Json, Transport

# Inputs of a batch read of objects (developers.hubspot.com, "Retrieve a batch").
BATCH = 100
_MAX_LINKS, _MAX_TURNS = 2_000, 50
Filter = tuple[str, str, str]
_Model = TypeVar("_Model", bound=BaseModel)
_Batch = TypeVar("_Batch", bound=Batch)


class Reading:
    """Reads objects and associations of one account."""

    def __init__(self, transport: Transport, objects: str, associations: str) -> None:
        self._transport = transport
        self._objects, self._associations = objects, associations

    async def one(self, kind: str, key: str, properties: Sequence[str]) -> Record | None:
        """One object, or None where it is deleted. Of a merged one HubSpot may tell the winner."""
        path = f"{self._objects}/{kind}/{key}"
        answer = await self._transport.get(path, {"properties": ",".join(properties)})
        return None if answer is None else _valid(Record, answer)

    async def batch(
        self, kind: str, keys: Iterable[str], properties: Sequence[str]
    ) -> tuple[Record, ...]:
        """Objects in the order asked for; those that do not exist are left out."""
        found: dict[str, Record] = {}
        asked = list(dict.fromkeys(keys))
        for some in _parts(asked, BATCH):
            body: Json = {
                "inputs": [{"id": key} for key in some],
                "properties": list(properties),
                "propertiesWithHistory": [],
            }
            answer = await self._transport.post(f"{self._objects}/{kind}/batch/read", body)
            found |= {record.id: record for record in _whole(RecordPage, answer).results}
        known = [found.pop(key) for key in asked if key in found]
        return (*known, *found.values())

    async def search(
        self, kind: str, filters: Sequence[Filter], sort: str, limit: int
    ) -> tuple[Record, ...]:
        """The first `limit` objects that pass every (property, operator, value), sorted upwards."""
        listed = [
            {"propertyName": name, "operator": operator, "value": value}
            for name, operator, value in filters
        ]
        body: Json = {
            "filterGroups": [{"filters": listed}] if listed else [],
            "sorts": [{"propertyName": sort, "direction": "ASCENDING"}],
            "properties": ["hs_lastmodifieddate"],
            "limit": limit,
        }
        answer = await self._transport.post(f"{self._objects}/{kind}/search", body)
        return _valid(RecordPage, answer).results

    async def links(
        self, kind: str, keys: Iterable[str], other: str
    ) -> Mapping[str, tuple[Target, ...]]:
        """What each object is associated with; an object without an association is left out."""
        found: dict[str, list[Target]] = {}
        for some in _parts(dict.fromkeys(keys), BATCH):
            waiting: list[Json] = [{"id": key} for key in some]
            for _ in range(_MAX_TURNS):
                path = f"{self._associations}/{kind}/{other}/batch/read"
                answer = await self._transport.post(path, {"inputs": waiting})
                waiting = []
                for linked in _whole(LinkedPage, answer).results:
                    targets = found.setdefault(linked.source.id, [])
                    targets += linked.to
                    if (after := linked.paging.next.after) and len(targets) < _MAX_LINKS:
                        waiting.append({"id": linked.source.id, "after": after})
                if not waiting:
                    break
        return {key: tuple(targets) for key, targets in found.items()}


def _parts(keys: Iterable[str], size: int) -> Iterable[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some


def _whole(model: type[_Batch], answer: Json) -> _Batch:
    """The batch. Raises HubSpotUnavailable where a part failed: it may hold what is asked for."""
    found = _valid(model, answer)
    failed = next((error for error in found.errors if not error.is_nothing), None)
    if failed is not None:
        raise HubSpotUnavailable(f"A part of a batch failed: {failed.category[:60]}.")
    return found


def _valid(model: type[_Model], answer: Json) -> _Model:
    try:
        return model.model_validate(answer)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise HubSpotUnavailable(f"{model.__name__} {where}: {first['type']}") from error
