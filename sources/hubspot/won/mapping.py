"""Everything read of one won deal as a `Deal`, or as all the problems it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.ledger.deal import Deal, DealLine, number, rounded
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from sources.hubspot.account import HubSpotAccount
from sources.hubspot.moments import EPOCH, day_of, moment_of
from sources.hubspot.rest.records import DealProperties, Record
from sources.hubspot.values import NotWon, Problem, Unreadable
from sources.hubspot.won.lines import line_of, position
from sources.hubspot.won.notes import Notes
from sources.hubspot.won.parties import customer_of, merged_ids
from sources.hubspot.won.prices import MOST_MINOR
from sources.hubspot.won.quotes import currency_of

MAX_LINES, MAX_PROBLEMS = 1_000, 200


@dataclass(frozen=True, slots=True)
class Found:
    """What HubSpot told of one deal. `lines` are those of the quote where one binds.

    `extras` counts what hangs on the quote beside its lines: discounts and fees of the whole.
    """

    deal: Record
    quote: Record | None
    line_ids: tuple[str, ...]
    lines: tuple[Record, ...]
    company_id: str
    company: Record | None
    contacts: tuple[Record, ...]
    extras: int = 0


def not_won(record: Record, deal: DealProperties, account: HubSpotAccount) -> NotWon | None:
    """The deal as one that is not billed, or None where it is won."""
    if account.won_stages:
        won = deal.dealstage in account.won_stages
    else:
        won = deal.hs_is_closed_won.lower() == "true"
    ours = not account.pipelines or deal.pipeline in account.pipelines
    if won and ours:
        return None
    return NotWon(record.id, deal.dealstage, deal.pipeline, deal.dealname)


def deal_of(found: Found, account: HubSpotAccount, notes: Notes) -> Deal | Unreadable:
    """The deal. `notes` holds what was already found wrong on the way here."""
    properties = found.deal.read_as(DealProperties)
    if properties is None:
        notes.add("shape", "a property of the deal is not text")
        return Unreadable(found.deal.id, tuple(notes.problems))
    own = found.deal.own
    notes.defined(found.deal, account.names.of_deal)
    starts_on = notes.day(own(account.names.starts_on), "the deal's start")
    ends_on = notes.day(own(account.names.ends_on), "the deal's end")
    currency = currency_of(found.quote, properties.deal_currency_code, account.currency, notes)
    customer = customer_of(found.company_id, found.company, found.contacts, account.names, notes)
    _check_lines(found, notes)
    lines, problems = _lines(found, currency, starts_on, account)
    if notes.problems or problems or customer is None:
        every = dict.fromkeys([*notes.problems, *problems])
        told = tuple(every)[:MAX_PROBLEMS]
        return Unreadable(found.deal.id, told, properties.dealname, properties.dealstage)
    deal = Deal(
        source="hubspot",
        source_id=found.deal.id,
        version="",
        customer=customer,
        currency=currency,
        closed_on=day_of(properties.closedate, account.zone),
        starts_on=starts_on,
        ends_on=ends_on,
        lines=tuple(lines),
        po_number=own(account.names.po_number),
        terms=own(account.names.terms),
        memo=own(account.names.memo),
        quote_id=found.quote.id if found.quote is not None else "",
        name=properties.dealname,
        amount=_worth(properties.amount, currency),
        merged_ids=merged_ids(properties.hs_merged_object_ids, found.deal.id),
    )
    return _stamped(deal, _changed_at(found))


def _lines(
    found: Found, currency: str, starts_on: date | None, account: HubSpotAccount
) -> tuple[list[DealLine], list[Problem]]:
    """The lines in their order, and what is wrong with the others."""
    lines: list[DealLine] = []
    problems: list[Problem] = []
    for record in sorted(found.lines, key=position) if currency else ():
        line = line_of(record, currency, starts_on, account)
        if isinstance(line, DealLine):
            lines.append(line)
        else:
            problems += line
    return lines, problems


def _check_lines(found: Found, notes: Notes) -> None:
    owner = f"quote {found.quote.id}" if found.quote is not None else "the deal"
    if not found.line_ids:
        notes.add("lines_missing", f"{owner} has no line items")
    if len(found.line_ids) > MAX_LINES:
        notes.add("line_unreadable", f"{owner} has more than {MAX_LINES} line items")
    read = {record.id for record in found.lines}
    lost = [key for key in found.line_ids if key not in read]
    if lost and len(found.line_ids) <= MAX_LINES:
        notes.add("line_unreadable", f"line items cannot be read: {', '.join(lost[:10])}")
    if found.extras:
        words = f"{owner} has discounts or fees of the whole ({found.extras}): put them on lines"
        notes.add("quote_extras", words)


def _worth(text: str, currency: str) -> Money | None:
    try:
        worth = rounded(number(text) * 10 ** exponent(currency), currency)
    except LedgerError:
        return None
    return worth if abs(worth.minor) <= MOST_MINOR else None


def _changed_at(found: Found) -> datetime | None:
    """The latest change of anything the bill comes from; people and companies do not count."""
    parts: Iterable[Record] = (found.deal, *found.lines, *filter(None, (found.quote,)))
    moments = [moment_of(part.own("hs_lastmodifieddate")) for part in parts]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known else None


def _stamped(deal: Deal, changed_at: datetime | None) -> Deal:
    """With the version: the moment of the latest change, then a digest of the content.

    The moment tells readings apart when a change is taken back; equal digests are equal deals.
    """
    digest = hashlib.sha256(repr(deal).encode("utf-8", "backslashreplace")).hexdigest()[:16]
    moment = (changed_at or EPOCH).strftime("%Y%m%dT%H%M%S%fZ")
    return replace(deal, version=f"{moment}.{digest}", changed_at=changed_at)
