"""The control panel of the sandbox: move its clock, look into the mail, order trouble."""

from __future__ import annotations

import base64
import html
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.debtors.purse import buyer
from sandbox.mail.faults import BadFault, Fault
from sandbox.mail.store import Accepted
from sandbox.parts import Parts
from sandbox.stripe.objects import Receipt
from security.tokens import same

_MOST_DAYS = 400
_LARGEST_BODY = 26_214_400
Endpoint = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """The request cannot be carried out."""


def build_control_app(parts: Parts) -> Starlette:
    """An ASGI application; everything but GET /health needs the token."""
    panel = _Panel(parts)
    routes = [
        Route("/health", panel.health),
        Route("/clock", _guarded(parts, panel.clock)),
        Route("/clock/advance", _guarded(parts, panel.advance), methods=["POST"]),
        Route("/state", _guarded(parts, panel.state)),
        Route("/mailbox", _guarded(parts, panel.mailbox)),
        Route("/mailbox/{number:int}", _guarded(parts, panel.message)),
        Route("/faults", _guarded(parts, panel.faults)),
        Route("/faults", _guarded(parts, panel.order_faults), methods=["POST"]),
        Route("/faults", _guarded(parts, panel.clear_faults), methods=["DELETE"]),
        Route("/pay", _guarded(parts, panel.pay), methods=["POST"]),
        Route("/deliver", _guarded(parts, panel.deliver), methods=["POST"]),
    ]
    return Starlette(routes=routes)


def _guarded(parts: Parts, endpoint: Endpoint) -> Endpoint:
    """Bearer token, or `?token=` for pages opened by hand."""

    async def answer(request: Request) -> Response:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" and request.method == "GET":
            given = request.query_params.get("token", "")
        if not same(given, parts.secrets.control_token):
            return JSONResponse({"error": "token"}, status_code=401)
        try:
            return await endpoint(request)
        except (Refused, BadFault) as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer


async def _content(request: Request) -> dict[str, object]:
    if int(request.headers.get("Content-Length", "0") or "0") > _LARGEST_BODY:
        raise Refused("too large")
    try:
        content = await request.json()
    except ValueError as error:
        raise Refused("the body is not JSON") from error
    if not isinstance(content, dict):
        raise Refused("the body is not an object")
    return content


def _whole(content: dict[str, object], name: str, default: int = 0) -> int:
    value = content.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(f"{name} must be a whole number, zero or more")
    return value


class _Panel:
    """The endpoints."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def clock(self, _request: Request) -> Response:
        clock = self._parts.clock
        return JSONResponse({"now": clock.now().isoformat(), "offset_seconds": clock.offset()})

    async def advance(self, request: Request) -> Response:
        content = await _content(request)
        days, seconds = _whole(content, "days"), _whole(content, "seconds")
        seconds += _whole(content, "hours") * 3600
        if days + seconds // 86_400 > _MOST_DAYS or days + seconds == 0:
            raise Refused(f"advance by more than nothing and at most {_MOST_DAYS} days")
        self._parts.clock.advance(days=days, seconds=seconds)
        return await self.clock(request)

    async def state(self, _request: Request) -> Response:
        parts = self._parts
        hooks = {
            name: {
                "waiting": parts.courier.waiting(name),
                "delivered": parts.courier.delivered(name),
                "last_refusal": parts.courier.last_refusal(name),
            }
            for name in parts.courier.disorder
        }
        company = parts.company
        content = {
            "now": parts.clock.now().isoformat(),
            "company": company.name,
            "debtors": len(company.debtors),
            "claims": len(company.claims),
            "mails_accepted": parts.mail.count_accepted(),
            "plans_waiting": parts.memory.waiting(),
            "charges": parts.stripe.count("charge"),
            "webhooks": hooks,
            "bank_transfers": [
                {**asdict(t), "at": t.at.isoformat()} for t in parts.memory.transfers()
            ],
        }
        return JSONResponse(content)

    async def mailbox(self, request: Request) -> Response:
        found = self._parts.mail.accepted(request.query_params.get("to", ""))[::-1][:500]
        if "text/html" in request.headers.get("Accept", ""):
            return HTMLResponse(_mailbox_page(found, request.query_params.get("token", "")))
        return JSONResponse({"messages": [_summary(message) for message in found]})

    async def message(self, request: Request) -> Response:
        found = self._parts.mail.accepted_by_id(request.path_params["number"])
        if found is None:
            return JSONResponse({"error": "no such message"}, status_code=404)
        if "text/html" in request.headers.get("Accept", ""):
            return Response(found.raw, media_type="text/plain; charset=utf-8")
        raw = base64.b64encode(found.raw).decode()
        return JSONResponse({**_summary(found), "raw": raw})

    async def faults(self, _request: Request) -> Response:
        parts = self._parts
        content = {
            "mail": [asdict(fault) for fault in parts.mail_faults.armed()],
            "stripe": asdict(parts.stripe_faults),
            "webhooks": {name: asdict(d) for name, d in parts.courier.disorder.items()},
        }
        return JSONResponse(content)

    async def order_faults(self, request: Request) -> Response:
        """`{"mail": [fault...], "stripe": {fail, status}, "webhooks": {channel: {...}}}`."""
        content, parts = await _content(request), self._parts
        mail, stripe, hooks = (content.get(k) for k in ("mail", "stripe", "webhooks"))
        ordered = [Fault.from_mapping(dict(raw)) for raw in mail] if isinstance(mail, list) else []
        for fault in ordered:
            parts.mail_faults.arm(fault)
        if isinstance(stripe, dict):
            parts.stripe_faults.fail = _whole(stripe, "fail")
            parts.stripe_faults.status = _whole(stripe, "status", 500)
        for name, raw in hooks.items() if isinstance(hooks, dict) else ():
            if name not in parts.courier.disorder or not isinstance(raw, dict):
                raise Refused(f"no such channel: {name}")
            parts.courier.disorder[name].duplicates = _whole(raw, "duplicates")
            parts.courier.disorder[name].shuffle = raw.get("shuffle") is True
        return await self.faults(request)

    async def clear_faults(self, request: Request) -> Response:
        parts = self._parts
        parts.mail_faults.clear()
        parts.stripe_faults.fail = 0
        for disorder in parts.courier.disorder.values():
            disorder.duplicates, disorder.shuffle = 0, False
        return await self.faults(request)

    async def pay(self, request: Request) -> Response:
        """Make a debtor pay: `{"debtor_id", "amount" (minor units), "description", "key"}`."""
        content = await _content(request)
        number = _whole(content, "debtor_id")
        debtor = next((d for d in self._parts.company.debtors if d.id == number), None)
        if debtor is None:
            raise Refused(f"no debtor {number}")
        amount = _whole(content, "amount")
        if amount == 0:
            raise Refused("amount must be more than zero")
        key = str(content.get("key") or f"panel:{self._parts.stripe.count('charge')}")
        text = str(content.get("description") or "")[:500]
        receipt = Receipt(key, buyer(debtor), amount, debtor.currency, text)
        return JSONResponse({"charge_id": self._parts.stripe.pay(receipt)})

    async def deliver(self, request: Request) -> Response:
        """Hand a raw message to the seller: `{"from", "to", "raw" (base64)}`."""
        content = await _content(request)
        try:
            raw = base64.b64decode(str(content.get("raw", "")), validate=True)
        except Base64Error as error:
            raise Refused("raw is not base64") from error
        sender, recipient = str(content.get("from", "")), str(content.get("to", ""))
        taken = self._parts.inbound.receive(sender, recipient, raw)
        return JSONResponse({"delivered": taken})


def _summary(message: Accepted) -> dict[str, object]:
    return {
        "id": message.id,
        "at": message.at.isoformat(),
        "from": message.mail_from,
        "to": list(message.rcpt_tos),
        "subject": message.subject,
        "message_id": message.message_id,
        "size": len(message.raw),
    }


def _mailbox_page(messages: list[Accepted], token: str) -> str:
    rows = "".join(
        f"<tr><td>{m.at:%Y-%m-%d %H:%M}</td><td>{html.escape(', '.join(m.rcpt_tos))}</td>"
        f'<td><a href="/mailbox/{m.id}?token={html.escape(token, quote=True)}">'
        f"{html.escape(m.subject) or '(no subject)'}</a></td></tr>"
        for m in messages
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox mailbox</title>'
        "<h1>Mail the sandbox has accepted</h1><table><thead><tr><th>Time</th><th>To</th>"
        f"<th>Subject</th></tr></thead><tbody>{rows}</tbody></table></html>"
    )
