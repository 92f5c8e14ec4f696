"""Who is in the sandbox's workspace, and which channels it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.company import Company

TEAM, OTHER_TEAM = "T0SELLER", "T0BUYER"
APP, BOT, BOT_USER = "A0DUNWELL", "B0DUNWELL", "U0DUNWELL"
SCOPES = (
    "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write",
    "commands", "groups:history", "groups:read", "im:history", "im:write", "users:read",
    "users:read.email",
)  # fmt: skip
Kind = Literal["member", "guest", "external", "deactivated", "unconfirmed", "bot"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace, or in a channel shared with another one."""

    id: str
    name: str
    email: str
    kind: Kind = "member"
    zone: str = "America/New_York"

    @property
    def team(self) -> str:
        return OTHER_TEAM if self.kind == "external" else TEAM


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `shared` ones have people of a customer in them."""

    id: str
    name: str
    members: tuple[str, ...]
    shared: bool = False
    private: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody and every channel."""

    members: tuple[Member, ...]
    channels: tuple[Channel, ...]

    def member(self, member_id: str) -> Member | None:
        return next((m for m in self.members if m.id == member_id), None)


_COLLEAGUES = (
    Member("U0CASEY", "Casey Ortiz", "casey@dunwell.example"),
    Member("U0ROBIN", "Robin Hale", "robin@dunwell.example"),
    Member("U0ANA", "Ana Weiss", "ana@dunwell.example"),
    Member("U0SAM", "Sam Okafor", "sam@dunwell.example", zone="Europe/London"),
    Member("U0NOBODY", "Noa Lindt (unknown to Dunwell)", "noa@dunwell.example"),
    Member("U0GUEST", "Gil Moreau (guest)", "gil@agency.example", "guest"),
    Member("U0GONE", "Dana Frey (left)", "dana@dunwell.example", "deactivated"),
)
_DUNWELL = Member(BOT_USER, "Dunwell", "", "bot", "UTC")


def people_of(company: Company, shared: int = 2) -> People:
    """The workspace of a company: colleagues, and channels shared with its first debtors."""
    inside = tuple(m.id for m in _COLLEAGUES if m.kind == "member")
    guests = tuple(m.id for m in _COLLEAGUES if m.kind == "guest")
    members: list[Member] = [*_COLLEAGUES, _DUNWELL]
    channels = [
        Channel("C0ALERTS", "ar-alerts", (*inside, BOT_USER)),
        Channel("C0FINANCE", "finance", (*inside, *guests, BOT_USER)),
        Channel("C0RANDOM", "random", inside),
    ]
    for debtor in company.debtors[:shared]:
        person = debtor.people[0] if debtor.people else None
        name = person.name if person else debtor.name
        outside = Member(
            f"U0X{debtor.id}",
            f"{name} ({debtor.name})",
            person.email if person else "",
            "external",
            debtor.timezone,
        )
        members.append(outside)
        slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in debtor.name.lower())
        everybody = (*inside[:3], outside.id, BOT_USER)
        channels.append(Channel(f"C0X{debtor.id}", f"ext-{slug}"[:60], everybody, shared=True))
    return People(tuple(members), tuple(channels))
