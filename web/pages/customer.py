"""A customer: head, timeline, invoices, payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, Response

from flows.conversations import state_of
from flows.why_not import reasons_of
from store.effects import effect
from store.engine import Session
from store.overdue import marks
from store.pages import aging_table, applied_lines, invoices_by_due, payments_page, positions
from store.parties import CustomerRow, contacts_of, customer
from store.people import user_names, users
from store.playbooks import active_for
from store.standing import active_holds, open_disputes, promises_of
from store.timeline import GROUPS, KINDS, Entry, Moment, entries
from store.touchpoints import TouchpointRow
from web import pause_form
from web.aging import aging_bars
from web.deps import WebDeps
from web.evidence import evidence_of, facts_of
from web.hardening import MAIL_POLICY
from web.rendering import fragment, frame, page, today_of
from web.visitor import READING, Deps, Reader

router = APIRouter()
TABS = ("timeline", "invoices", "payments")
_PAGE = 40


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day."""

    on: date
    entries: list[Entry]


@router.get("/customers/{customer_id}")
async def customer_page(
    request: Request,
    deps: Deps,
    visitor: Reader,
    customer_id: int,
    tab: str = "timeline",
    show: str = "",
) -> Response:
    """The head and one tab."""
    now = deps.clock()
    tab = tab if tab in TABS else "timeline"
    async with deps.db.read() as session:
        row = await customer(session, customer_id)
        if row is None:
            raise HTTPException(404)
        values = await _head(session, row, now)
        values |= await _tab(session, deps, customer_id, tab, show, now)
        around = await frame(session, now)
    values |= {"tab": tab, "show": show, "groups": tuple(GROUPS)}
    return page(request, "customer.html", visitor, around, values)


async def _head(session: Session, row: CustomerRow, now: datetime) -> dict[str, object]:
    today = today_of(now)
    standing = await marks(session, [row.id], today)
    return {
        "customer": row,
        "positions": await positions(session, today, customer_id=row.id),
        "bars": aging_bars(await aging_table(session, today, customer_id=row.id)),
        "contacts": await contacts_of(session, row.id),
        "holds": await active_holds(session, row.id, today),
        "disputes": await open_disputes(session, row.id),
        "promises": [p for p in await promises_of(session, row.id) if p.state == "open"],
        "proposal": standing.proposals.get(row.id),
        "planned": standing.plans.get(row.id),
        "talk": await state_of(session, row.id, now),
        "colleagues": [user for user in await users(session) if user.active],
        "pausing": pause_form,
        "playbook": await active_for(session, row.id),
    }


async def _tab(
    session: Session, deps: WebDeps, customer_id: int, tab: str, show: str, now: datetime
) -> dict[str, object]:
    match tab:
        case "invoices":
            return {
                "invoices": await invoices_by_due(session, customer_id),
                "reasons": await reasons_of(session, deps.desk, customer_id, now),
            }
        case "payments":
            payments = await payments_page(session, customer_id=customer_id, limit=100)
            applied = await applied_lines(session, [p.id for p in payments])
            return {"payments": payments, "applied": applied}
        case _:
            return await _stream(session, customer_id, show, None)


async def _stream(
    session: Session, customer_id: int, show: str, before: Moment | None
) -> dict[str, object]:
    kinds: Sequence[str] = GROUPS.get(show, KINDS)
    found = await entries(session, customer_id, kinds=kinds, before=before, limit=_PAGE + 1)
    shown = found[:_PAGE]
    return {
        "days": [Day(on, list(of)) for on, of in groupby(shown, lambda e: e.moment.at.date())],
        "older": shown[-1].moment.text() if len(found) > _PAGE else "",
        "names": await user_names(session),
    }


@router.get("/customers/{customer_id}/timeline", dependencies=READING)
async def older(deps: Deps, customer_id: int, before: str = "", show: str = "") -> Response:
    """The next part of the stream, for the button at its end."""
    moment = Moment.read(before[:100])
    if moment is None:
        raise HTTPException(404)
    async with deps.db.read() as session:
        row = await customer(session, customer_id)
        if row is None:
            raise HTTPException(404)
        values = await _stream(session, customer_id, show, moment)
    now = deps.clock()
    more = {"customer": row, "show": show, "now": now, "today": today_of(now)}
    return fragment("parts/timeline.html", {**values, **more, "erp_link": deps.erp_link})


@router.get("/touchpoints/{touchpoint_id}", dependencies=READING)
async def mail(deps: Deps, touchpoint_id: int) -> Response:
    """A mail opened in place, with what was proven when it was sent beside it."""
    async with deps.db.read() as session:
        row = await _touchpoint(session, touchpoint_id)
        sent = await effect(session, row.effect_id) if row.effect_id else None
    values = {
        "touch": row,
        "effect": sent,
        "why": evidence_of(sent.because, {}) if sent is not None else None,
        "evidence": facts_of(row.facts),
    }
    return fragment("parts/mail.html", values)


@router.get("/touchpoints/{touchpoint_id}/document", dependencies=READING)
async def mail_document(deps: Deps, touchpoint_id: int) -> Response:
    """The HTML part of a mail that left or arrived, as its own, powerless document."""
    async with deps.db.read() as session:
        row = await _touchpoint(session, touchpoint_id)
    return HTMLResponse(row.body_html, headers={"Content-Security-Policy": MAIL_POLICY})


async def _touchpoint(session: Session, touchpoint_id: int) -> TouchpointRow:
    row = await session.get(TouchpointRow, touchpoint_id)
    if row is None:
        raise HTTPException(404)
    return row
