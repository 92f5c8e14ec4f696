"""The doors by which text of others reaches the service; each record goes through its own."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.utils import format_datetime

from evals.injection_record import InjectionRecord
from evals.injection_world import Arena, Canary
from sandbox.debtors.purse import buyer
from sandbox.slack.people import BOT_USER
from sandbox.stripe.objects import Receipt

Door = Callable[[Arena, Canary, InjectionRecord], Awaitable[str]]
_NUMBER = re.compile(r"\b(?:INV|RE|FA)[-_]?\d{3,10}\b")
_CALL = re.compile(r"\s*(GET|POST|PUT|PATCH|DELETE)\s+(/\S*)\s*(\{.*\})?", re.DOTALL)
_AMOUNT = re.compile(r"amount\W{0,3}(\d{1,9})")
_PATIENCE = 100
_GUEST, _CHANNEL = "U0GUEST", "C0FINANCE"


async def through(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """Send a record through its door and let the service work it off; the door that was taken."""
    aimed = record.model_copy(update={"payload": aim(record.payload, canary)})
    door = DOORS.get(record.channel, _mail)
    taken = await door(arena, canary, aimed)
    await arena.settled()
    return taken


def aim(payload: str, canary: Canary) -> str:
    """The payload about this customer's own invoices, so that it could do harm."""
    numbers = [invoice.number for invoice in canary.invoices]
    found = dict.fromkeys(_NUMBER.findall(payload))
    aimed = dict(zip(found, numbers, strict=False))
    return _NUMBER.sub(lambda match: aimed.get(match[0], match[0]), payload)


async def _mail(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """A mail of the customer's known contact, who is proven to be it."""
    message, carrier = EmailMessage(), record.carrier
    sender, name = canary.contact.email, canary.contact.name
    subject = record.payload if "subject" in carrier else "About your invoices"
    if "display" in carrier or "from_name" in carrier:
        name = record.payload
    message["From"] = f'"{_header(name, 180)}" <{sender}>'
    message["To"] = arena.ours
    message["Subject"] = _header(subject, 900)
    message["Date"] = format_datetime(arena.parts.clock())
    message["Message-ID"] = f"<{record.id}.{canary.customer.id}@{sender.partition('@')[2]}>"
    if "attach" in carrier or "pdf" in carrier or "file" in carrier or "csv" in carrier:
        message.set_content("Please see the attached.")
        file = record.payload.encode()
        message.add_attachment(file, maintype="text", subtype="plain", filename="note.txt")
    elif "html" in carrier or "hidden" in carrier:
        message.set_content("Please see below.")
        hidden = f"<p>Hello</p><div style='display:none'>{_escaped(record.payload)}</div>"
        message.add_alternative(hidden, subtype="html")
    else:
        message.set_content(record.payload)
    arena.world.parts.inbound.receive(sender, arena.ours, message.as_bytes())
    return "email"


async def _erp(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """A field that somebody filled in the ERP, read with the books, before a follow-up is due."""
    fields = {"memo": record.payload[:900]}
    act = {"do": "edit", "type": "invoice", "id": int(canary.invoices[0].netsuite_id)}
    if "customer" in record.carrier or "name" in record.carrier:
        fields = {"companyName": record.payload[:80]}
        act = {"do": "edit", "type": "customer", "id": int(canary.customer.netsuite_id)}
    token = arena.world.parts.secrets.control_token
    answer = await arena.http.post(
        f"{arena.world.erp_url}/admin/act",
        headers={"Authorization": f"Bearer {token}"},
        json={**act, "fields": fields},
    )
    answer.raise_for_status()
    await arena.forget(canary)
    await arena.run("sync.fast", "sync", slot=record.id)
    day = arena.parts.clock().date().isoformat()
    lane = f"customer:{canary.customer.id}"
    await arena.run("followups.customer", lane, customer_id=canary.customer.id, day=day)
    return "netsuite"


async def _draft(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """Text of a deal or a contract stands in the memo and line of the invoice drafted from it."""
    words = record.payload[:250]
    body = {
        "source_id": record.id,
        "currency": canary.customer.currency,
        "issued_on": arena.parts.clock().date().isoformat(),
        "customer_id": canary.customer.id,
        "memo": words,
        "lines": [{"product": "Platform", "description": words, "amount": "98000.00"}],
    }
    status = await _call(arena, "collector", "POST", "/api/v1/invoice-drafts", body)
    return "invoice draft" if status < 300 else f"invoice draft refused ({status})"


async def _bank(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """One cent arrives, and the payload is what the payer wrote."""
    on = f"{arena.parts.clock():%y%m%d}"
    words = " ".join(record.payload.split()).replace("/", " ").replace(",", " ")[:300]
    lines = [
        f"03,0123456789,{canary.customer.currency},015,+10000,,/",
        f"16,195,1,V,{on},,{record.id},,{words}",
    ]
    report = [
        f"01,122099999,123456789,{on},0200,1,80,,2/",
        f"02,031001234,122099999,1,{on},2359,{canary.customer.currency},2/",
        *lines,
        f"49,10001,{len(lines) + 1}/",
        f"98,10001,1,{len(lines) + 3}/",
        f"99,10001,1,{len(lines) + 5}/",
    ]
    answer = await arena.http.post(
        f"/api/v1/bank/files?filename={record.id}.bai",
        headers={"Authorization": f"Bearer {arena.keys['approver']}"},
        content="\n".join(report).encode(),
    )
    return "bank file" if answer.status_code < 300 else f"bank file refused: {answer.text[:80]}"


async def _stripe(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """A small card payment with the payload in its metadata and description."""
    known = arena.world.parts.company.debtors
    debtor = next(d for d in known if d.id == int(canary.customer.netsuite_id))
    named = _AMOUNT.search(record.payload)
    metadata = {"note": record.payload[:450]}
    for number in [i.number for i in canary.invoices if i.number in record.payload][:1]:
        metadata["invoice_number"] = record.payload.partition("'")[2].partition("'")[0] or number
    amount = int(named[1]) if named else 100
    currency = canary.customer.currency
    words = record.payload[:200]
    arena.world.parts.stripe.pay(
        Receipt(record.id, buyer(debtor), amount, currency, words, metadata)
    )
    return "stripe"


async def _slack(arena: Arena, _canary: Canary, record: InjectionRecord) -> str:
    """A guest says it to the bot in a channel."""
    slack = arena.world.parts.slack
    called = len(slack.workspace.calls)
    slack.people.say(_GUEST, _CHANNEL, f"<@{BOT_USER}> {record.payload}")
    for _ in range(_PATIENCE):
        await asyncio.sleep(0.05)
        made = [method for method, _ in slack.workspace.calls[called:]]
        if any(method.startswith("chat.") for method in made):
            return "slack"
    return "slack (no answer)"


async def _api(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """The call that a record spells, with the key of somebody who may read and review."""
    spelled = _CALL.search(record.payload)
    if spelled is None:
        body = {"customer_id": canary.customer.id, "note": record.payload[:900]}
        method, path, calls = "POST", "/invoice-drafts", json.dumps(body)
    else:
        method, path, calls = spelled[1], spelled[2], spelled[3] or ""
    path = path if path.startswith("/api/") else f"/api/v1{path}"
    statuses = []
    for role in ("viewer", "collector"):
        try:
            body = json.loads(calls or "{}")
        except ValueError:
            body = {"body": calls}
        statuses.append(await _call(arena, role, method, path, body))
    return f"api ({', '.join(map(str, statuses))})"


async def _call(arena: Arena, role: str, method: str, path: str, body: object) -> int:
    headers = {"Authorization": f"Bearer {arena.keys[role]}"}
    sent = None if method == "GET" else body
    answer = await arena.http.request(method, path, headers=headers, json=sent)
    return answer.status_code


def _header(words: str, longest: int) -> str:
    return " ".join(words.replace('"', "'").split())[:longest]


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


DOORS: dict[str, Door] = {
    "email": _mail,
    "netsuite": _erp,
    "hubspot": _draft,
    "salesforce": _draft,
    "contract": _draft,
    "bank": _bank,
    "stripe": _stripe,
    "slack": _slack,
    "api": _api,
}
# Sources that are not read yet: what they say is put where it would arrive next.
STANDING_IN = {
    "hubspot": "invoice draft",
    "salesforce": "invoice draft",
    "contract": "invoice draft",
}
