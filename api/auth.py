"""Who calls the API: keys with scopes, acting for a user whose role counts too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request

from api.deps import Deps
from api.errors import KeyExpired, KeyInsufficient, KeyInvalid, KeyMissing, KeyRevoked
from effects.actor import Person, Role
from security.permissions import Permission, allows
from security.tokens import digest, same
from store.people import ApiKeyRow, UserRow, api_key, key_used


class Scope(StrEnum):
    """What a key may be used for, within what its user's role allows."""

    READ = "read"
    REVIEW = "review"
    PAYMENTS_WRITE = "payments:write"
    AUDIT = "audit"
    POLICY = "policy"
    REMITTANCE = "remittance"


NEEDS = {
    Scope.READ: Permission.READ,
    Scope.REVIEW: Permission.DECIDE,
    Scope.PAYMENTS_WRITE: Permission.ENTER_PAYMENT,
    Scope.AUDIT: Permission.READ_AUDIT,
    Scope.POLICY: Permission.SET_POLICY,
    Scope.REMITTANCE: Permission.SET_REMITTANCE,
}


@dataclass(frozen=True, slots=True)
class Caller:
    """The user a key acts for."""

    user_id: int
    name: str
    role: Role

    @property
    def person(self) -> Person:
        return Person(self.user_id, self.name, self.role)


class Scoped:
    """A route's authorization: a live key with this scope, for a user whose role allows it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def __call__(self, request: Request, deps: Deps) -> Caller:
        prefix, secret = _presented(request)
        async with deps.db.begin() as session:
            found = await api_key(session, prefix)
            if found is None or not same(found[0].digest, digest(secret)):
                raise KeyInvalid
            key, user = found
            self._check(key, user, deps)
            await key_used(session, key.id, deps.clock())
        return Caller(user.id, user.name, Role(user.role))

    def _check(self, key: ApiKeyRow, user: UserRow, deps: Deps) -> None:
        if key.revoked_at is not None or not user.active:
            raise KeyRevoked
        if key.expires_at is not None and key.expires_at <= deps.clock():
            raise KeyExpired
        if self.scope not in key.scopes:
            raise KeyInsufficient(f"It needs the scope {self.scope}.")
        if not allows(user.role, NEEDS[self.scope]):
            raise KeyInsufficient(f"The role {user.role} does not allow it.")


class Public:
    """A route that needs no key; it says so, so that none is public by accident."""

    async def __call__(self) -> None:
        return None


def _presented(request: Request) -> tuple[str, str]:
    """Prefix and secret of the key in the Authorization header."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not value.strip():
        raise KeyMissing
    prefix, dot, secret = value.strip()[:200].removeprefix("dw_").partition(".")
    if not value.strip().startswith("dw_") or not dot:
        raise KeyInvalid
    return prefix, secret


READING = [Depends(Scoped(Scope.READ))]
AUDITING = [Depends(Scoped(Scope.AUDIT))]
PUBLIC = [Depends(Public())]
Reviewer = Annotated[Caller, Depends(Scoped(Scope.REVIEW))]
BlockKeeper = Annotated[Caller, Depends(Scoped(Scope.REMITTANCE))]
PolicyKeeper = Annotated[Caller, Depends(Scoped(Scope.POLICY))]
Cashier = Annotated[Caller, Depends(Scoped(Scope.PAYMENTS_WRITE))]
