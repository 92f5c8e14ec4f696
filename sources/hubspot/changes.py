"""What changed since a cursor, oldest first, however much it is.

HubSpot's search tells no more than 10,000 objects of one query, and pages by position, so that an
object that changes meanwhile moves the others. Therefore every query begins where the last one
ended, and position is never used; of the many objects of one moment, as an import leaves them, the
next ones are asked for by id. The search index lags behind the objects: five minutes are read
again each time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from sources.hubspot.errors import HubSpotUnavailable
from sources.hubspot.moments import EPOCH, moment_of
from sources.hubspot.rest.reading import Filter, Reading
from sources.hubspot.rest.records import Record
from sources.hubspot.values import Mark

OVERLAP_MS = 5 * 60 * 1000
PAGE = 100
_MODIFIED, _ID = "hs_lastmodifieddate", "hs_object_id"
_MAX_SEEN = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of objects that were not told before, and how far this is."""

    ids: tuple[str, ...]
    mark: Mark


async def changes(reading: Reading, kind: str, since: Mark) -> AsyncIterator[Changes]:
    """Pages of changed objects of one kind, each object once for each of its changes."""
    walk = _Walk(since)
    while True:
        found = await reading.search(kind, walk.filters(), walk.sort, PAGE)
        yield walk.take([(record.id, _modified(record)) for record in found])
        if len(found) < PAGE and not walk.leave_moment():
            return


class _Walk:
    """Where reading stands: by time, or by id within one moment."""

    def __init__(self, since: Mark) -> None:
        self._seen = dict.fromkeys(since.seen)
        self._at = since.at
        self._floor = max(since.at - OVERLAP_MS, 0)
        self._moment: tuple[int, int] | None = None

    @property
    def sort(self) -> str:
        return _MODIFIED if self._moment is None else _ID

    def filters(self) -> tuple[Filter, ...]:
        """By time from the floor on, or within the moment after an id."""
        if self._moment is None:
            return ((_MODIFIED, "GTE", str(self._floor)),)
        at, after = self._moment
        return ((_MODIFIED, "EQ", str(at)), (_ID, "GT", str(after)))

    def leave_moment(self) -> bool:
        """Go on by time after one moment is read; False where no moment was being read."""
        if self._moment is None:
            return False
        self._floor, self._moment = self._moment[0] + 1, None
        return True

    def take(self, found: list[tuple[str, int]]) -> Changes:
        """Note a page. Raises HubSpotUnavailable where the search did not keep to its filters."""
        new = [pair for pair in found if pair not in self._seen]
        self._seen |= dict.fromkeys(new)
        self._at = max([self._at, *(at for _, at in found)])
        if self._moment is not None:
            at, after = self._moment
            if any(int(key) <= after or when != at for key, when in found):
                raise HubSpotUnavailable("The search left its filters.")
            self._moment = (at, max([after, *(int(key) for key, _ in found)]))
        elif any(when < self._floor for _, when in found):
            raise HubSpotUnavailable("The search left its filters.")
        elif len(found) == PAGE:
            self._advance(max(at for _, at in found))
        return Changes(tuple(dict.fromkeys(key for key, _ in new)), self._mark())

    def _advance(self, last: int) -> None:
        if last > self._floor:
            self._floor = last
        else:
            self._moment = (self._floor, 0)

    def _mark(self) -> Mark:
        recent = [pair for pair in self._seen if pair[1] >= self._at - OVERLAP_MS]
        newest = tuple(sorted(recent, key=lambda pair: (pair[1], pair[0]))[-_MAX_SEEN:])
        self._seen = dict.fromkeys(recent)
        return Mark(self._at, newest)


def _modified(record: Record) -> int:
    moment = moment_of(record.own(_MODIFIED))
    if moment is None:
        raise HubSpotUnavailable(f"Object {record.id} does not say when it changed.")
    return (moment - EPOCH) // timedelta(milliseconds=1)
