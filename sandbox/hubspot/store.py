"""The objects of one HubSpot account, how they hang together, and what HubSpot derives of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sandbox.hubspot.derived import derived

Json = dict[str, object]
KINDS: Mapping[str, tuple[str, str]] = {
    "deals": ("deal", "0-3"),
    "line_items": ("line_item", "0-8"),
    "quotes": ("quote", "0-14"),
    "companies": ("company", "0-2"),
    "contacts": ("contact", "0-1"),
    "discounts": ("discount", "0-84"),
    "fees": ("fee", "0-85"),
}
# Type ids of HubSpot's own associations, and of the labels it puts beside them.
TYPE_IDS: Mapping[tuple[str, str], int] = {
    ("deals", "line_items"): 19,
    ("line_items", "deals"): 20,
    ("deals", "companies"): 341,
    ("companies", "deals"): 342,
    ("deals", "contacts"): 3,
    ("contacts", "deals"): 4,
    ("deals", "quotes"): 63,
    ("quotes", "deals"): 64,
    ("quotes", "line_items"): 67,
    ("line_items", "quotes"): 68,
}
PRIMARY = {("deals", "companies"): 5, ("companies", "deals"): 6}


@dataclass(slots=True)
class Thing:
    """One object. Every value of a property is text."""

    kind: str
    id: str
    created_at: datetime
    changed_at: datetime
    properties: dict[str, str] = field(default_factory=dict)
    archived: bool = False
    merged_into: str = ""


@dataclass(slots=True)
class HubSpotStore:
    """Everything of one account. `now` tells the time of every change; ids count upwards."""

    now: Callable[[], datetime]
    portal_id: int = 62515
    won_stages: tuple[str, ...] = ("closedwon",)
    link_page: int = 500
    search_ignores_filters: bool = False
    undefined: set[str] = field(default_factory=set)
    things: dict[str, Thing] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    _last_id: int = 9_000_000_000

    def create(self, kind: str, **properties: str) -> str:
        """A new object; its id."""
        self._last_id += 1
        key, now = str(self._last_id), self._moment()
        self.things[key] = Thing(kind, key, now, now, dict(properties))
        self._event(kind, "creation", key)
        return key

    def change(self, key: str, **properties: str) -> None:
        """Other values of some properties."""
        thing = self.things[key]
        thing.properties |= properties
        thing.changed_at = self._moment()
        for name, value in properties.items():
            self._event(thing.kind, "propertyChange", key, propertyName=name, propertyValue=value)

    def delete(self, key: str) -> None:
        """Into the recycling bin; with a quote go its line items."""
        thing = self.things[key]
        thing.archived, thing.changed_at = True, self._moment()
        self._event(thing.kind, "deletion", key)
        if thing.kind == "quotes":
            for other in self.linked(key, "line_items"):
                self.delete(other)

    def merge(self, winner: str, loser: str, *, new_id: bool = False) -> str:
        """One object of two, which has all their associations, and to which both ids lead.

        It keeps the winner's id, or has a new one: HubSpot does either, by account.
        """
        kind, key = self.things[winner].kind, winner
        if new_id:
            key = self.create(kind, **self.things[winner].properties)
        kept, gone = self.things[key], [winner, loser] if new_id else [loser]
        known = kept.properties.get("hs_merged_object_ids", "").split(";")
        kept.properties["hs_merged_object_ids"] = ";".join([*filter(None, known), *gone])
        for one, other in list(self.links):
            if one in gone or other in gone:
                pair = (key if one in gone else one, key if other in gone else other)
                self.links.setdefault(pair, {}).update(self.links.pop((one, other)))
        for old in gone:
            self.things[old].archived, self.things[old].merged_into = True, key
        kept.changed_at = self._moment()
        ends: Json = {"primaryObjectId": int(winner), "mergedObjectIds": [int(loser)]}
        if new_id:
            ends["newObjectId"] = int(key)
        self._event(kind, "merge", winner, **ends)
        return key

    def link(self, one: str, other: str, *, primary: bool = False, label: str = "") -> None:
        """Associate two objects, both ways."""
        for left, right in ((one, other), (other, one)):
            pair = (self.things[left].kind, self.things[right].kind)
            kinds = self.links.setdefault((left, right), {})
            kinds[TYPE_IDS.get(pair, 999)] = ""
            if primary and pair in PRIMARY:
                kinds[PRIMARY[pair]] = "Primary"
            if label:
                kinds[7_001] = label
        name = "_TO_".join(KINDS[self.things[key].kind][0].upper() for key in (one, other))
        ends: Json = {"fromObjectId": int(one), "toObjectId": int(other), "associationType": name}
        self._event(self.things[one].kind, "associationChange", "", **ends)

    def unlink(self, one: str, other: str) -> None:
        """Take an association away."""
        for pair in ((one, other), (other, one)):
            self.links.pop(pair, None)

    def find(self, kind: str, key: str) -> Thing | None:
        """An object that is not deleted; of a merged one, the one it became."""
        thing = self.things.get(key)
        while thing is not None and thing.merged_into:
            thing = self.things.get(thing.merged_into)
        return thing if thing is not None and thing.kind == kind and not thing.archived else None

    def of_kind(self, kind: str) -> Iterable[Thing]:
        """Every object of a kind that is not deleted."""
        return (t for t in self.things.values() if t.kind == kind and not t.archived)

    def linked(self, key: str, kind: str) -> list[str]:
        """Ids of associated objects of a kind, in order of their association."""
        return [
            other
            for (one, other) in self.links
            if one == key and self.things[other].kind == kind and not self.things[other].archived
        ]

    def values(self, thing: Thing) -> dict[str, str]:
        """The properties with those HubSpot makes itself."""
        won = str(thing.properties.get("dealstage", "") in self.won_stages).lower()
        own = {"hs_is_closed_won": won} if thing.kind == "deals" else {}
        made = derived(thing.properties) if thing.kind == "line_items" else {}
        return {
            **made,
            **own,
            **thing.properties,
            "createdate": iso(thing.created_at),
            "hs_lastmodifieddate": iso(thing.changed_at),
            "hs_object_id": thing.id,
        }

    def _moment(self) -> datetime:
        now = self.now().astimezone(UTC)
        return now - timedelta(microseconds=now.microsecond % 1000)

    def _event(self, kind: str, change: str, key: str, **more: object) -> None:
        name, _ = KINDS[kind]
        event: Json = {
            "eventId": len(self.events) + 1,
            "subscriptionId": 12345,
            "portalId": self.portal_id,
            "appId": 54321,
            "occurredAt": int(self.now().timestamp() * 1000),
            "subscriptionType": f"{name}.{change}",
            "attemptNumber": 0,
            "changeSource": "CRM_UI",
        }
        if name == "quote":
            event |= {"subscriptionType": f"object.{change}", "objectTypeId": KINDS[kind][1]}
        self.events.append(event | ({"objectId": int(key)} if key else {}) | more)


def iso(moment: datetime) -> str:
    """With milliseconds, as HubSpot writes moments."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
