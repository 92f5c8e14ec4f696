"""The database: reachable, of the right kind, guarded, on time, and with work moving."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta

import psycopg

from app.clock import system_clock
from app.probes.finding import Finding, bad, fine, unset
from app.service import database
from app.settings import Settings
from store.health import Activity, DatabaseState, activity, database_state, database_trouble
from store.migrations import current, newest

_OLDEST = 140000
_MOST_APART = timedelta(seconds=5)


async def stored(settings: Settings) -> Sequence[Finding]:
    """Start the embedded database if that is configured, and ask it."""
    with ExitStack() as stack:
        try:
            url = await asyncio.to_thread(stack.enter_context, database(settings))
            return await _asked(url)
        except (psycopg.Error, RuntimeError, OSError) as error:
            return [_unusable(error, settings)]


async def _asked(url: str) -> Sequence[Finding]:
    before = system_clock()
    state = await database_state(url)
    apart = _apart(before, state.at, system_clock())
    revision = await asyncio.to_thread(current, url)
    found = [_server(state, revision), _time(apart)]
    if revision != newest():
        return found
    return [*found, _audit(state), *_moving(await activity(url))]


def _apart(before: datetime, theirs: datetime, after: datetime) -> timedelta:
    """How far their clock certainly is from ours."""
    if before <= theirs <= after:
        return timedelta()
    return before - theirs if theirs < before else theirs - after


def _unusable(error: Exception, settings: Settings) -> Finding:
    trouble = database_trouble(error)
    if settings.database_url and trouble:
        detail, _, fix = trouble.rstrip(".").rpartition(". ")
        return bad("database", detail, fix)
    fix = "the embedded database did not start; see postgres/log in the data folder"
    return bad("database", f"{type(error).__name__} {error}"[:300], fix)


def _server(state: DatabaseState, revision: str | None) -> Finding:
    what = f"PostgreSQL {state.version_name.split()[0]}"
    if state.version < _OLDEST:
        return bad("database", f"{what} is too old", "use PostgreSQL 14 or newer")
    if state.encoding != "UTF8":
        return bad("database", f"its encoding is {state.encoding}", "create it with encoding UTF8")
    if state.read_only:
        return bad("database", "it is a read-only replica", "use the primary in DATABASE_URL")
    if revision is None:
        return unset("database", "./dunwell migrate makes the tables", f"{what}, empty")
    if revision > newest():
        words = f"schema {revision} is newer than this Dunwell ({newest()})"
        return bad("database", words, "update Dunwell")
    if revision != newest():
        words = f"{what}, schema {revision}, the newest is {newest()}"
        return bad("database", words, "run ./dunwell migrate")
    return fine("database", f"{what}, schema {revision} (newest)")


def _time(apart: timedelta) -> Finding:
    words = f"{apart.total_seconds():.1f} s between this machine and the database"
    if apart > _MOST_APART:
        return bad("time", words, "let both follow a time server (NTP)")
    return fine("time", words)


def _audit(state: DatabaseState) -> Finding:
    if state.guards < 2:
        fix = "somebody switched the triggers off; run ./dunwell audit verify"
        return bad("audit", "its rows could be changed or deleted", fix)
    return fine("audit", "append-only")


def _moving(found: Activity) -> Sequence[Finding]:
    workers = fine("workers", f"{found.workers} alive, {found.waiting} jobs wait")
    if not found.workers:
        fix = "start one with ./dunwell up or ./dunwell work"
        words = f"none is alive, {found.waiting} jobs wait"
        workers = bad("workers", words, fix) if found.waiting else unset("workers", fix, words)
    people = fine("people", f"{found.people} may sign in")
    if not found.people:
        people = unset("people", "./dunwell people add EMAIL NAME --role admin", "nobody yet")
    given_up = unset("jobs", "see the worker's log", f"{found.failed} were given up")
    return [workers, *([given_up] if found.failed else []), people]
