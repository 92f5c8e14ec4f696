"""The ERP's lists that the pages of drafts offer to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from store.choices import Choice, choices
from store.engine import Session
from store.search import search

OFFERED = 300
_LISTS = ("terms", "subsidiary", "department", "class", "location", "item")


@dataclass(frozen=True, slots=True)
class Lists:
    """Choices by kind, each by name and at most OFFERED long."""

    kinds: dict[str, list[Choice]]

    def __getitem__(self, kind: str) -> list[Choice]:
        return self.kinds[kind]

    def name(self, kind: str, netsuite_id: str) -> str:
        """The name of an entry; its id where the list does not show it."""
        names = {one.netsuite_id: one.name for one in self.kinds[kind]}
        return names.get(netsuite_id, netsuite_id)


async def lists_of(session: Session) -> Lists:
    """The lists, in one query each."""
    return Lists({kind: await choices(session, kind, limit=OFFERED) for kind in _LISTS})


async def customer_named(session: Session, typed: str) -> int | None:
    """The one customer with this whole name or number; None leaves the question to the review."""
    wanted = typed.casefold()
    if not wanted:
        return None
    found = (await search(session, typed, limit=50)).customers
    numbered = [one for one in found if one.entity_number.casefold() == wanted]
    exact = numbered or [one for one in found if one.name.casefold() == wanted]
    return exact[0].id if len(exact) == 1 else None
