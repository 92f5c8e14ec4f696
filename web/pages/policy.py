"""The dunning policy: what is in force, its versions, writing a new one, making it live."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.dunning.harm import HarmKind
from effects.answers import Refusal, RefusalCode
from flows import policy_versions
from flows.policies import DUNNING, live
from flows.policy_groups import groups_of
from flows.policy_versions import Drafted, WentLive, Wrong, trial_is_old
from security.permissions import Permission
from store import policies
from store.engine import Session
from store.people import user_names
from store.policies import PolicyVersionRow
from web.deps import WebDeps
from web.rendering import frame, page
from web.visitor import Deps, Reader, Requires, Visitor
from web.who import Who

router = APIRouter(prefix="/policy")
Keeper = Annotated[Visitor, Depends(Requires(Permission.SET_POLICY))]
_AROUND = 3
HARMS = {
    HarmKind.PAID: "Had paid already",
    HarmKind.CROSSED: "Paid by themselves within two days",
    HarmKind.DISPUTED: "In dispute",
    HarmKind.PROMISED: "Had promised to pay later",
    HarmKind.STOPPED: "Was paused or stopped",
    HarmKind.SUPPRESSED: "Had asked not to be written to",
    HarmKind.BY_HAND: "Only people write to them",
    HarmKind.PERSON: "A person as debtor, without a reader before",
    HarmKind.TOO_OFTEN: "Written to too often",
    HarmKind.CLOSED: "On a day off",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that could not be stored, with what is wrong and the lines around it."""

    body: str
    note: str
    wrong: Wrong | None = None

    def around(self) -> list[tuple[int, str]]:
        """The line of the mistake and those around it, by number."""
        if self.wrong is None:
            return []
        lines = self.body.splitlines()
        first = max(0, self.wrong.line - 1 - _AROUND)
        return list(enumerate(lines[first : self.wrong.line + _AROUND], first + 1))


@router.get("")
async def policy_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """The policy in force in three groups, and its versions."""
    async with deps.db.read() as session:
        row = await _live_row(session)
        values = {
            "groups": groups_of(await live(session, deps.desk)),
            "body": row.body if row is not None else deps.desk.dunning_text,
            "versions": await policies.versions(session, DUNNING),
            "live": row,
            "who": Who(await user_names(session)),
        }
        around = await frame(session, deps.clock())
    return page(request, "policy/policy.html", visitor, around, values)


@router.get("/edit")
async def edit_page(
    request: Request, deps: Deps, visitor: Keeper, version: int | None = None
) -> Response:
    """A text to change: that of a version, or of what is in force."""
    async with deps.db.read() as session:
        row = await _version(session, version) if version else await _live_row(session)
        body = row.body if row is not None else deps.desk.dunning_text
    return await _edit(request, deps, visitor, Typed(body, ""))


async def _edit(
    request: Request, deps: WebDeps, visitor: Visitor, typed: Typed, status: int = 200
) -> Response:
    async with deps.db.read() as session:
        around = await frame(session, deps.clock())
    values = {"typed": typed}
    return page(request, "policy/edit.html", visitor, around, values, status=status)


@router.post("/edit")
async def write(request: Request, deps: Deps, visitor: Keeper) -> Response:
    """Store a new version, or show the line of the first mistake."""
    form = await request.form(max_fields=10)
    body, note = str(form.get("body", "")), str(form.get("note", ""))[:500]
    async with deps.db.begin() as session:
        answer = await policy_versions.draft(session, body, note, visitor.person, deps.clock())
    match answer:
        case Drafted(version_id):
            return RedirectResponse(f"/policy/versions/{version_id}?notice=policy_written", 303)
        case Wrong():
            return await _edit(request, deps, visitor, Typed(body, note, answer), 422)
        case Refusal():
            raise HTTPException(403, answer.message)


@router.get("/versions/{version_id}")
async def version_page(request: Request, deps: Deps, visitor: Reader, version_id: int) -> Response:
    """A version: what it changes in the text, what it would have done, who may make it live."""
    async with deps.db.read() as session:
        row = await _version(session, version_id)
        before = await _live_row(session)
        against = before.body if before is not None else deps.desk.dunning_text
        values = {
            "v": row,
            "live": before,
            "lines": _changes(against, row.body),
            "preview": row.preview,
            "stale": bool(row.preview)
            and trial_is_old(row, before.id if before else None, deps.clock()),
            "who": Who(await user_names(session)),
            "mine": row.author == str(visitor.person.actor),
            "harms": {kind.value: words for kind, words in HARMS.items()},
        }
        around = await frame(session, deps.clock())
    return page(request, "policy/version.html", visitor, around, values)


@router.post("/versions/{version_id}/preview")
async def preview(deps: Deps, visitor: Keeper, version_id: int) -> Response:
    """Have the version tried on history once more."""
    del visitor
    async with deps.db.begin() as session:
        await _version(session, version_id)
        await policy_versions.try_again(session, version_id)
    return RedirectResponse(f"/policy/versions/{version_id}?notice=policy_tried", 303)


@router.post("/versions/{version_id}/live")
async def make_live(deps: Deps, visitor: Keeper, version_id: int) -> Response:
    """Put the version in force."""
    async with deps.db.begin() as session:
        answer = await policy_versions.make_live(session, version_id, visitor.person, deps.clock())
    match answer:
        case WentLive():
            return RedirectResponse("/policy?notice=policy_live", 303)
        case Wrong():
            raise HTTPException(409, answer.words)
        case Refusal():
            missing = answer.code is RefusalCode.NOT_FOUND
            raise HTTPException(404 if missing else 409, answer.message)


async def _version(session: Session, version_id: int) -> PolicyVersionRow:
    row = await policies.version(session, version_id)
    if row is None or row.kind != DUNNING:
        raise HTTPException(404)
    return row


async def _live_row(session: Session) -> PolicyVersionRow | None:
    found = await policies.live_body(session, DUNNING)
    return None if found is None else await policies.version(session, found.id)


def _changes(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return [line for line in found if not line.startswith(("---", "+++"))]
