"""The audit: every move with who, what and why, and the proof that the chain is whole."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from effects.audit import verify
from store.audit import latest
from store.people import user_names
from web.rendering import fragment, frame, page
from web.visitor import READING_AUDIT, AuditReader, Deps

router = APIRouter()
_PAGE = 100


@router.get("/audit")
async def audit_page(
    request: Request, deps: Deps, visitor: AuditReader, subject: str = "", before: int = 0
) -> Response:
    """The latest lines, or those about one subject."""
    async with deps.db.read() as session:
        rows = await latest(
            session,
            limit=_PAGE + 1,
            before=before if before > 0 else None,
            subject_id=subject[:100] or None,
        )
        names = await user_names(session)
        around = await frame(session, deps.clock())
    shown = rows[:_PAGE]
    values = {
        "rows": shown,
        "older": shown[-1].id if len(rows) > _PAGE else 0,
        "subject": subject[:100],
        "names": names,
    }
    return page(request, "audit.html", visitor, around, values)


@router.get("/audit/verify", dependencies=READING_AUDIT)
async def verify_page(deps: Deps) -> Response:
    """Walk the whole chain now and say whether it is unbroken."""
    async with deps.db.read() as session:
        answer = await verify(session)
    return fragment("parts/verified.html", {"answer": answer, "now": deps.clock()})
