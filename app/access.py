"""Who may come in: people, sign-in links, API keys."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cli.failures import Mistake
from app.clock import clock_for
from app.settings import Settings
from effects.actor import Actor, ActorKind, Role
from effects.audit import Entry, record
from store import people as store
from store.engine import Database, Session

LINK_LASTS = timedelta(hours=12)
_SHELL = Actor(ActorKind.SYSTEM, "command line")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who may sign in."""

    email: str
    name: str
    role: str


FIRST_PERSON = (NewPerson("admin@localhost", "First administrator", Role.ADMIN),)
DEMO_PEOPLE = (
    NewPerson("casey@dunwell.example", "Casey Ortiz", Role.CONTROLLER),
    NewPerson("robin@dunwell.example", "Robin Hale", Role.COLLECTOR),
    NewPerson("ana@dunwell.example", "Ana Weiss", Role.ADMIN),
    NewPerson("sam@dunwell.example", "Sam Okafor", Role.AUDITOR),
)


@asynccontextmanager
async def _session(url: str, settings: Settings) -> AsyncGenerator[tuple[Session, datetime]]:
    database = Database(url, pool_size=1)
    try:
        async with database.begin() as session:
            yield session, clock_for(settings.clock_file)()
    finally:
        await database.close()


async def first_link(url: str, settings: Settings, wanted: Sequence[NewPerson]) -> str:
    """A sign-in link for the first of `wanted`, who are added if nobody may sign in yet.

    With people there already, the link is for the first of them who may decide.
    """
    async with _session(url, settings) as (session, now):
        known = await store.users(session)
        if not known:
            for person in wanted:
                await _added(session, person, now)
            known = await store.users(session)
        chosen = min(known, key=lambda user: (user.email != wanted[0].email, user.id))
        secret = await _secret_for(session, chosen, now)
    return _link(settings, secret)


async def link_for(url: str, settings: Settings, email: str) -> str | None:
    """A new sign-in link for the active person with this address, or None."""
    async with _session(url, settings) as (session, now):
        for user in await store.users(session):
            if user.email == email.lower() and user.active:
                secret = await _secret_for(session, user, now)
                return _link(settings, secret)
    return None


async def add_person(url: str, settings: Settings, person: NewPerson) -> None:
    """Let a person sign in, or change name and role. Raises Mistake for an unknown role."""
    if person.role not in list(Role):
        raise Mistake(f"There is no role {person.role!r}; choose one of {', '.join(Role)}.")
    async with _session(url, settings) as (session, now):
        await _added(session, person, now)


async def people(url: str) -> Sequence[store.UserRow]:
    """Everybody who may sign in, by name."""
    database = Database(url, pool_size=1)
    try:
        async with database.read() as session:
            return await store.users(session)
    finally:
        await database.close()


async def create_key(
    url: str, settings: Settings, email: str, name: str, scopes: Sequence[str]
) -> str | None:
    """A new API key acting for the person with this address, or None if there is none."""
    async with _session(url, settings) as (session, now):
        for user in await store.users(session):
            if user.email == email.lower() and user.active:
                key = await store.create_api_key(session, user, name=name, scopes=scopes, now=now)
                told = {"name": name, "scopes": sorted(scopes)}
                await _note(session, "api_key.made", user, told, now)
                return key
    return None


async def _added(session: Session, person: NewPerson, now: datetime) -> None:
    user = await store.add_user(
        session, email=person.email, name=person.name, role=person.role, now=now
    )
    user.name, user.role, user.active = person.name, person.role, True
    session.add(user)
    await _note(session, "person.set", user, {"name": person.name, "role": person.role}, now)


async def _secret_for(session: Session, user: store.UserRow, now: datetime) -> str:
    await _note(session, "sign_in_link.made", user, {}, now)
    return await store.create_sign_in_link(session, user, LINK_LASTS, now)


async def _note(
    session: Session, action: str, user: store.UserRow, told: Mapping[str, object], now: datetime
) -> None:
    """What was done on the machine itself; who had its shell is not known here."""
    await record(session, Entry(_SHELL, action, "person", str(user.id), told), now)


def _link(settings: Settings, secret: str) -> str:
    return f"{settings.public_url}/sign-in/{secret}"
