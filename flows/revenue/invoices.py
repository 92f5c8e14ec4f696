"""Invoices of the mirror into events: one line each, read by the settings.

Lines that are allocated together are so from the first time they are read: settings that come
later leave an invoice as it is until the ERP says something else of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money, exponent
from domain.revenue.events import Billed
from domain.revenue.reading import BilledLine, KnownItem, Read
from domain.revenue.settings import RevenueSettings
from domain.revenue.together import SoldLine, line_served, read_lines
from flows.revenue.recording import Source, known_lines, write
from flows.revenue.revisions import ChangeFound, Known, NewEvent, Wanted, compared
from security.chain import digest
from store import erp_masters, revenue_events, revenue_mirror
from store.engine import Session
from store.revenue import RevenueEventRow
from store.revenue_mirror import Changed

_QUANTITY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_SERVED = ("item_netsuite_id", "service_starts_on", "service_ends_on")
_NO_CLAIM = (
    InvoiceStatus.VOIDED.value,
    InvoiceStatus.PENDING_APPROVAL.value,
    InvoiceStatus.REJECTED.value,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What documents added: lines with new events, and changes that ask for a treatment."""

    lines: frozenset[str] = frozenset()
    changes: tuple[ChangeFound, ...] = ()
    settled: frozenset[str] = frozenset()


async def known_items(session: Session) -> dict[str, KnownItem]:
    """Every item of the ERP's list, by its id there."""
    return {
        row.netsuite_id: KnownItem(
            row.netsuite_id,
            row.name,
            row.income_account_netsuite_id,
            row.deferral_account_netsuite_id,
            row.revenue_rule,
        )
        for row in await erp_masters.items(session)
    }


async def take_invoices(
    session: Session,
    changed: Sequence[Changed],
    items: dict[str, KnownItem],
    settings: RevenueSettings,
    now: datetime,
) -> Found:
    """Compare these invoices with what is known of their lines, and append what is new."""
    ids = [one.id for one in changed]
    heads = await revenue_mirror.invoices(session, ids)
    lines: dict[int, list[Mapping[Any, Any]]] = {}
    for line in await revenue_mirror.invoice_lines(session, ids):
        lines.setdefault(line["invoice_id"], []).append(line)
    rows = await revenue_events.latest_of_source(session, "invoice", _ids(changed))
    decided = await revenue_events.latest_of_source(session, "decision", _ids(changed))
    stood = _stood([*rows, *decided])
    same = {head["netsuite_id"] for head in heads if _is_same(head, lines, stood)}
    wanted = dict[str, Wanted]()
    sources = dict[str, Source]()
    alone: Collection[str] = ()
    if settings.together:
        alone = _alone(await known_lines(session, [row.obligation for row in rows]))
    for head in heads:
        number = head["netsuite_id"]
        if number in same:
            continue
        together = (settings.together or number in stood) and number not in alone
        source = Source("invoice", number, head["subsidiary_id"])
        told = lines.get(head["id"], ())
        for one in wanted_of(head, told, items, replace(settings, together=together)):
            wanted[one.key], sources[one.key] = one, source
    for row in [*rows, *decided]:
        if row.source_netsuite_id not in same and _is_gone(row, wanted):
            source = Source(row.source_kind, row.source_netsuite_id, row.subsidiary_id)
            sources.setdefault(row.obligation, source)
    await revenue_mirror.forget_credits_of(session, _ids(changed))
    found = await _append(session, wanted, sources, now)
    return replace(found, settled=found.settled | _settled(rows, same, stood))


def _is_gone(row: RevenueEventRow, wanted: Mapping[str, Wanted]) -> bool:
    """Whether a known line, or what a decision added to one, is not wanted any more."""
    base, added, _ = row.obligation.partition("+")
    return base not in wanted and (bool(added) or row.source_kind == "invoice")


def _is_same(
    head: Mapping[Any, Any],
    lines: Mapping[int, Sequence[Mapping[Any, Any]]],
    stood: Mapping[str, str],
) -> bool:
    """Whether the ERP says of an allocated invoice what it said when it was allocated."""
    before = stood.get(head["netsuite_id"])
    return before is not None and before == state_of(head, lines.get(head["id"], ()))


def _stood(rows: Sequence[RevenueEventRow]) -> Mapping[str, str]:
    """What the ERP said of each allocated invoice when it was last read, as `state_of` tells it.

    Without those of which a line waits or was planned by hand.
    """
    found = dict[str, str]()
    waiting = set[str]()
    for row in sorted(rows, key=lambda row: row.id):
        about = _about(row)
        found[row.source_netsuite_id] = str(about.get("state", ""))
        if about.get("hold") or about.get("planned_by"):
            waiting.add(row.source_netsuite_id)
    return {key: state for key, state in found.items() if state and key not in waiting}


def _about(row: RevenueEventRow) -> Mapping[str, object]:
    about = row.payload.get("about")
    return about if isinstance(about, dict) else {}


def _settled(
    rows: Sequence[RevenueEventRow], same: Collection[str], stood: Mapping[str, str]
) -> frozenset[str]:
    """Lines of unchanged invoices that are known as they stand there."""
    return frozenset(
        row.obligation
        for row in rows
        if row.source_netsuite_id in same
        and _about(row).get("state") == stood[row.source_netsuite_id]
    )


def state_of(head: Mapping[Any, Any], lines: Sequence[Mapping[Any, Any]]) -> str:
    """The digest of what the ERP says of an invoice, as far as its allocation depends on it."""
    told = [
        [line["line"], str(line["quantity"]), facts_of(head, line, str(head["base_currency"]))]
        for line in lines
    ]
    return digest({"lines": told, "claim": _claims(head)})


def _claims(head: Mapping[Any, Any]) -> bool:
    known = not head["gone"] and head["subsidiary_id"] is not None
    return known and head["status"] not in _NO_CLAIM


def _alone(known: Mapping[str, Known]) -> Collection[str]:
    """The ERP ids of invoices with a line that stands at its own price."""
    standing = [one.live for one in known.values() if one.live is not None]
    return {
        str(one.about.get("netsuite_id", ""))
        for one in standing
        if not one.about.get("hold") and not one.about.get("allocation")
    }


async def _append(
    session: Session, wanted: Mapping[str, Wanted], sources: Mapping[str, Source], now: datetime
) -> Found:
    known = await known_lines(session, list(sources))
    states = {
        sources[key].netsuite_id: str(one.about.get("state", "")) for key, one in wanted.items()
    }
    new = list[tuple[str, Source, NewEvent]]()
    changes, settled = list[ChangeFound](), set[str]()
    for key, source in sources.items():
        found = compared(wanted.get(key), known.get(key, Known()))
        if isinstance(found, ChangeFound):
            changes.append(found)
            continue
        settled.add(key)
        state = states.get(source.netsuite_id)
        new += [(key, source, _read_in(event, state) if state else event) for event in found]
    return Found(await write(session, new, now), tuple(changes), frozenset(settled))


def _read_in(event: NewEvent, state: str) -> NewEvent:
    """A line is also taken back by what the ERP says of its whole invoice."""
    return replace(event, about={**event.about, "state": state})


def wanted_of(
    head: Mapping[Any, Any],
    lines: Sequence[Mapping[Any, Any]],
    items: dict[str, KnownItem],
    settings: RevenueSettings,
) -> Sequence[Wanted]:
    """The promises of an invoice as it stands; none of one that is no claim."""
    if not _claims(head):
        return []
    told = {line["line"]: line for line in lines if line["amount_minor"]}
    sold = [
        SoldLine(
            number,
            billed_line(f"invoice:{head['netsuite_id']}:{number}", head, line, head["issued_on"]),
            _quantity(line["quantity"]),
        )
        for number, line in told.items()
    ]
    found = read_lines(sold, items, settings, together=settings.together)
    made = [
        _wanted(head, told, number, read, settings, items)
        for number, reads in found.items()
        for read in reads
    ]
    if not any(one.read.because for one in made):
        return made
    state = state_of(head, lines)
    return [replace(one, about={**one.about, "state": state}) for one in made]


def _quantity(told: str) -> Fraction | None:
    """A line without quantity is one of its item; None for what is no quantity."""
    if not told:
        return Fraction(1)
    return Fraction(told) if _QUANTITY.fullmatch(told) else None


def billed_line(
    key: str, head: Mapping[Any, Any], line: Mapping[Any, Any], on: Any, sign: int = 1
) -> BilledLine:
    """A line of a document as the settings read it."""
    currency, base = head["currency"], head["base_currency"]
    return BilledLine(
        key=key,
        contract=head.get("contract") or f"{key.split(':', 1)[0]}:{head['number']}",
        customer=str(head["customer_id"]),
        subsidiary=head["subsidiary_netsuite_id"],
        item_netsuite_id=line["item_netsuite_id"],
        billed_on=on,
        amount=Money(sign * line["amount_minor"], currency),
        base_currency=base,
        rate=rate_of(head["exchange_rate"], currency, base),
        starts_on=line["service_starts_on"],
        ends_on=line["service_ends_on"],
    )


def rate_of(told: str, currency: str, base: str) -> Fraction | None:
    """Minor units of the base currency per minor unit; None for a foreign one without a rate."""
    if currency != base and not told:
        return None
    rate = Fraction(told) if currency != base else Fraction(1)
    return rate * Fraction(10 ** exponent(base), 10 ** exponent(currency))


def _wanted(
    head: Mapping[Any, Any],
    told: Mapping[int, Mapping[Any, Any]],
    number: int,
    read: Read,
    settings: RevenueSettings,
    items: dict[str, KnownItem],
) -> Wanted:
    made, line = read.obligation, told[number]
    billed = Billed(made.obligation_id, 1, head["issued_on"], made)
    about = told_of(head, line, read, settings, items)
    facts = facts_of(head, line, made.base)
    other = line_served(made.obligation_id)
    if read.because and (other or made.amount.minor != line["amount_minor"]):
        served = [str(told[other][name]) for name in _SERVED] if other else []
        facts = digest({"facts": facts, "allocated": made.amount.minor, "served": served})
    return Wanted(made.obligation_id, billed, read, facts, about)


def facts_of(head: Mapping[Any, Any], line: Mapping[Any, Any], base: str) -> str:
    """The digest of what the ERP says of a line, as far as revenue depends on it."""
    told = {
        name: str(line[name])
        for name in ("amount_minor", "item_netsuite_id", "service_starts_on", "service_ends_on")
    }
    told |= {
        name: str(head[name])
        for name in ("issued_on", "currency", "exchange_rate", "customer_id", "subsidiary_id")
    }
    return digest({**told, "base": base})


def told_of(
    head: Mapping[Any, Any],
    line: Mapping[Any, Any],
    read: Read,
    settings: RevenueSettings,
    items: dict[str, KnownItem],
) -> dict[str, object]:
    """What pages and reports tell of a line beside its amounts."""
    item = items.get(read.item_netsuite_id)
    alone = read.stand_alone
    return {
        "customer_id": head["customer_id"],
        "customer_name": head["customer_name"],
        "document_id": head["id"],
        "netsuite_id": head["netsuite_id"],
        "number": head["number"],
        "line": line["line"],
        "item_netsuite_id": read.item_netsuite_id,
        "item_name": item.name if item else "",
        "memo": str(line["memo"])[:500],
        "sales_minor": line["amount_minor"],
        "stand_alone_minor": alone.minor if alone else None,
        "allocation": read.because,
        "hold": read.hold or "",
        "reason": read.reason,
        "settings": settings.digest,
    }


def _ids(changed: Sequence[Changed]) -> list[str]:
    return [one.netsuite_id for one in changed]
