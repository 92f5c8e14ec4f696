"""Who is at the page, and whether they may do what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from effects.actor import Person, Role
from security.permissions import Permission, allows
from security.tokens import digest, keyed, same
from store.people import session_user
from web.deps import WebDeps

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person. `csrf` belongs to this browser session only."""

    user_id: int
    name: str
    email: str
    role: Role
    csrf: str

    @property
    def person(self) -> Person:
        return Person(self.user_id, self.name, self.role)

    def may(self, permission: str) -> bool:
        """Whether the role has this permission."""
        return allows(self.role, Permission(permission))


class SignInNeeded(Exception):
    """You are not signed in."""


class NotAllowed(Exception):
    """Your role does not allow this."""

    def __init__(self, permission: Permission, role: Role) -> None:
        super().__init__(str(self.__doc__))
        self.permission = permission
        self.role = role


class ForgedRequest(Exception):
    """This request did not come from a page of this service, or the page is out of date."""


def deps_of(request: Request) -> WebDeps:
    """What the application was built with."""
    deps: WebDeps = request.app.state.deps
    return deps


def cookie_name(deps: WebDeps) -> str:
    """The session cookie; with the browser's own guarantees when the page is served by HTTPS."""
    return "__Host-dunwell" if is_https(deps) else "dunwell"


def is_https(deps: WebDeps) -> bool:
    """Whether people reach the page by HTTPS."""
    return deps.public_url.startswith("https://")


def csrf_token(deps: WebDeps, secret: str) -> str:
    """The token that a page of this browser session sends back with every change."""
    return keyed(deps.secret_key, f"csrf:{digest(secret)}", 20)


async def visitor_of(request: Request) -> Visitor:
    """The signed-in person. Raises SignInNeeded."""
    deps = deps_of(request)
    secret = request.cookies.get(cookie_name(deps), "")
    if not secret:
        raise SignInNeeded
    async with deps.db.read() as session:
        user = await session_user(session, secret, deps.clock())
    if user is None:
        raise SignInNeeded
    return Visitor(user.id, user.name, user.email, Role(user.role), csrf_token(deps, secret))


def same_site(request: Request) -> None:
    """Raises ForgedRequest when the browser says that another site sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForgedRequest


async def _unforged(request: Request, visitor: Visitor, files: int, fields: int) -> None:
    same_site(request)
    sent = request.headers.get("x-csrf-token", "")
    if not sent:
        form = await request.form(max_files=files, max_fields=fields)
        sent = str(form.get("csrf", ""))
    if not same(sent, visitor.csrf):
        raise ForgedRequest


class Requires:
    """A route's authorization: signed in, with this permission, and not forged.

    `files` and `fields` are how many of each a form of this route may carry.
    """

    def __init__(self, permission: Permission, *, files: int = 0, fields: int = 60) -> None:
        self.permission = permission
        self.files = files
        self.fields = fields

    async def __call__(self, request: Request) -> Visitor:
        visitor = await visitor_of(request)
        try:
            if request.method not in SAFE:
                await _unforged(request, visitor, self.files, self.fields)
            if not allows(visitor.role, self.permission):
                raise NotAllowed(self.permission, visitor.role)
        except (ForgedRequest, NotAllowed):
            await request.close()
            raise
        request.state.visitor = visitor
        return visitor


class Public:
    """A route that anybody may call; it says so, so that none is public by accident."""

    async def __call__(self, request: Request) -> None:
        if request.method not in SAFE:
            same_site(request)


Deps = Annotated[WebDeps, Depends(deps_of)]
Reader = Annotated[Visitor, Depends(Requires(Permission.READ))]
AuditReader = Annotated[Visitor, Depends(Requires(Permission.READ_AUDIT))]
Decider = Annotated[Visitor, Depends(Requires(Permission.DECIDE))]
PaymentWriter = Annotated[Visitor, Depends(Requires(Permission.ENTER_PAYMENT))]
Closer = Annotated[Visitor, Depends(Requires(Permission.CLOSE_BOOKS))]
Stopper = Annotated[Visitor, Depends(Requires(Permission.STOP))]
Resumer = Annotated[Visitor, Depends(Requires(Permission.RESUME))]
READING = [Depends(Requires(Permission.READ))]
READING_AUDIT = [Depends(Requires(Permission.READ_AUDIT))]
ADVANCING = [Depends(Requires(Permission.ADVANCE_SANDBOX))]
