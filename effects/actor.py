"""Who did something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """A person decides; the agent proposes; policy approves within its limits; the system keeps."""

    PERSON = "person"
    AGENT = "agent"
    POLICY = "policy"
    SYSTEM = "system"


class Role(StrEnum):
    """What a person may do. `rank` orders those who approve."""

    VIEWER = "viewer"
    AUDITOR = "auditor"
    COLLECTOR = "collector"
    APPROVER = "approver"
    CONTROLLER = "controller"
    ADMIN = "admin"


# An admin configures and approves nothing: the one who changes limits must not spend them.
_APPROVAL_RANK = {Role.COLLECTOR: 1, Role.APPROVER: 2, Role.CONTROLLER: 3}


def may_approve(role: Role, required: Role) -> bool:
    """Whether somebody of `role` may approve what asks for `required`."""
    return _APPROVAL_RANK.get(role, 0) >= _APPROVAL_RANK.get(required, 99)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts. `id` is a user id, a graph's name, a policy's name or a job's name."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in user who decides."""

    user_id: int
    name: str
    role: Role

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.PERSON, str(self.user_id))
