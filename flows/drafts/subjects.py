"""Put together what the review looks at, for any number of drafts with the same few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.ledger.money import Money
from erp.identity import external_id
from erp.mapping import RECEIVABLE, TAX, Mappings, resolved
from erp.masters import ErpAccount, ErpSubsidiary
from erp.review.customers import Prospect, candidates, tax_key
from erp.review.draft import Draft
from erp.review.finding import Candidate, JournalLine
from erp.review.journal import Posting, preview
from erp.review.names import domain_of, words_of
from erp.review.origin import Origin
from erp.review.subject import CustomerFacts, Denied, KnownInvoice, Masters, ReviewSubject
from flows.desk import Desk
from flows.drafts.ledger import Ledger, read_ledger
from flows.drafts.masters import read_mappings, read_masters
from flows.drafts.origins import origins
from flows.drafts.values import draft_value
from store import review_facts
from store.drafts import InvoiceDraftRow
from store.engine import Session
from store.parties import ContactRow, CustomerRow

_OF_DEAL = frozenset({"deal", "contract"})
_WRITES = {
    "create_invoice": ("create", "invoice"),
    "update_invoice": ("change", "invoice"),
    "create_customer": ("create", "customer"),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """What holds for every draft of a page."""

    masters: Masters
    mappings: Mappings
    desk: Desk
    now: datetime
    denied: tuple[Denied, ...]


async def subjects_of(
    session: Session, rows: Sequence[InvoiceDraftRow], desk: Desk, now: datetime
) -> dict[int, ReviewSubject]:
    """The subjects of these drafts by id; nothing yet says what waits for approval."""
    masters = await read_masters(session)
    denied = await _denied(session, masters, desk, now)
    lists = Lists(masters, await read_mappings(session), desk, now, denied)
    drafts = [draft_value(row) for row in rows]
    found = await _candidates(session, drafts, lists)
    customer_ids = {_customer_id(draft, found[draft.id]) for draft in drafts} - {None}
    ledger = await read_ledger(
        session,
        drafts,
        {one for one in customer_ids if one is not None},
        {draft.id: own_external_id(draft, desk) for draft in drafts},
    )
    values = {draft.id: draft for draft in drafts}
    behind = await origins(session, rows, values, masters, lists.mappings)
    subjects = {draft.id: _subject(draft, found[draft.id], lists, ledger) for draft in drafts}
    return {
        draft_id: _of_deals(one, behind.get(draft_id, ())) for draft_id, one in subjects.items()
    }


def _of_deals(subject: ReviewSubject, behind: tuple[Origin, ...]) -> ReviewSubject:
    """The subject with the deal, or the deals, that its draft was made from."""
    if len(behind) > 1:
        return replace(subject, joined=behind, carries=_OF_DEAL)
    return replace(subject, origin=behind[0], carries=_OF_DEAL) if behind else subject


def own_external_id(draft: Draft, desk: Desk) -> str:
    """The external id that the invoice of a draft has in the ERP."""
    return external_id(desk.tenant, draft.source, draft.source_id, "invoice")


def customer_word(draft: Draft) -> str:
    """What a source calls the customer: its id there, else its name."""
    return draft.facts.customer_external_id or draft.customer_name


def _customer_id(draft: Draft, found: tuple[Candidate, ...]) -> int | None:
    if draft.customer_id is not None or draft.create_customer:
        return draft.customer_id
    return next((one.customer_id for one in found if one.accepted), None)


async def _candidates(
    session: Session, drafts: Sequence[Draft], lists: Lists
) -> dict[int, tuple[Candidate, ...]]:
    """Customers that the drafts without a customer may mean."""
    loose = [draft for draft in drafts if draft.customer_id is None]
    if not loose:
        return {draft.id: () for draft in drafts}
    links = {draft.id: _linked(draft, lists.mappings) for draft in loose}
    rows = await review_facts.prospects(
        session,
        words={word for d in loose for word in _search_words(d.customer_name)},
        domains={domain_of(d.customer_email) for d in loose} - {""},
        external_ids={one for d in loose for one in _ids(d)} - {""},
        netsuite_ids={*links.values(), *(d.facts.customer_erp_id for d in loose)} - {""},
    )
    people = await review_facts.contacts(session, {row.id for row in rows})
    prospects = _prospects(rows, people)
    rules = lists.desk.review.matching
    found = {d.id: candidates(d, prospects, rules, linked=links[d.id]) for d in loose}
    return {draft.id: found.get(draft.id, ()) for draft in drafts}


def _ids(draft: Draft) -> tuple[str, str]:
    return draft.facts.customer_external_id, draft.facts.customer_erp_id


def _search_words(name: str) -> set[str]:
    """The longer words of a name, with and without accents; all of them if none is long."""
    words = {*words_of(name), *(word for word in name.casefold().split() if word.isalnum())}
    return {word for word in words if len(word) > 2} or words


def _linked(draft: Draft, mappings: Mappings) -> str:
    word = customer_word(draft)
    known = mappings.find("customer", word, draft.source) if word else None
    return known.netsuite_id if known and not known.guess else ""


def _prospects(rows: Sequence[CustomerRow], people: Sequence[ContactRow]) -> list[Prospect]:
    domains: dict[int, set[str]] = {row.id: {domain_of(row.email)} for row in rows}
    for contact in people:
        domains[contact.customer_id].add(domain_of(contact.email))
    return [
        Prospect(
            id=row.id,
            netsuite_id=row.netsuite_id,
            number=row.entity_number,
            name=row.name,
            legal_name=row.legal_name,
            country=row.country,
            external_id=row.external_id,
            domains=frozenset(domains[row.id] - {""}),
            inactive=row.inactive,
            tax_ids=frozenset(tax_key(str(one)) for one in row.custom.values()) - {""},
        )
        for row in rows
    ]


async def _denied(
    session: Session, masters: Masters, desk: Desk, now: datetime
) -> tuple[Denied, ...]:
    """Refusals of the last hours, until the ERP's lists are read again."""
    since = now - timedelta(hours=desk.review.erp.refusal_counts_hours)
    rows = await review_facts.refused_for_permission(session, max(since, masters.read_at or since))
    said = {row.kind: str(row.outcome.get("reason", "")) for row in reversed(rows)}
    return tuple(
        Denied(*_WRITES[kind], reason.partition(": ")[2] or reason) for kind, reason in said.items()
    )


def _subject(
    draft: Draft, found: tuple[Candidate, ...], lists: Lists, ledger: Ledger
) -> ReviewSubject:
    masters, mappings, policy = lists.masters, lists.mappings, lists.desk.review
    customer_id = _customer_id(draft, found)
    customer = ledger.customers.get(customer_id) if customer_id is not None else None
    own = _subsidiary(draft, customer, masters, mappings)
    base = own.currency if own else draft.currency
    chosen = _receivable(draft, mappings)
    subject = ReviewSubject(
        draft=draft,
        policy=policy,
        masters=masters,
        now=lists.now,
        customer=customer,
        candidates=found,
        lines=resolved(draft, mappings, masters.items, guess_from=policy.lines.guess_from),
        subsidiary=own,
        terms=masters.terms.get(
            draft.terms_netsuite_id or (customer.terms_netsuite_id if customer else "")
        ),
        ar_account=_account(chosen, draft, own, masters),
        ar_account_netsuite_id=chosen,
        rate=ledger.rate(base, draft.currency, draft.issued_on),
        others=ledger.of_customer(customer_id),
        same_number=_other(ledger.numbered.get(draft.number, ()), draft),
        same_external_id=_other(ledger.external.get(own_external_id(draft, lists.desk), ()), draft),
        copy=ledger.by_netsuite_id.get(draft.netsuite_id),
        po_billed=_ordered(draft, customer_id, ledger),
        denied=lists.denied,
    )
    return replace(subject, journal=_journal(subject, mappings))


def _other(invoices: Sequence[KnownInvoice], draft: Draft) -> KnownInvoice | None:
    return next((one for one in invoices if one.netsuite_id != draft.netsuite_id), None)


def _subsidiary(
    draft: Draft, customer: CustomerFacts | None, masters: Masters, mappings: Mappings
) -> ErpSubsidiary | None:
    """Its own, the customer's, the mapped default, or the only one there is."""
    only = next(iter(masters.subsidiaries)) if len(masters.subsidiaries) == 1 else ""
    ids = (
        draft.subsidiary_netsuite_id,
        customer.subsidiary_netsuite_id if customer else "",
        mappings.default("subsidiary", draft.source),
        only,
    )
    return masters.subsidiaries.get(next((one for one in ids if one), ""))


def _receivable(draft: Draft, mappings: Mappings) -> str:
    """The receivable account somebody chose, by draft or mapping; "" leaves it to the ERP."""
    if draft.ar_account_netsuite_id:
        return draft.ar_account_netsuite_id
    mapped = mappings.find("account", RECEIVABLE, draft.source)
    return mapped.netsuite_id if mapped else ""


def _account(
    chosen: str, draft: Draft, own: ErpSubsidiary | None, masters: Masters
) -> ErpAccount | None:
    """The chosen account, else the first that the ERP may take by itself."""
    if chosen:
        return masters.accounts.get(chosen)
    fitting = (
        account
        for account in masters.accounts.values()
        if account.type == "AcctRec"
        and not account.inactive
        and not account.summary
        and account.currency in ("", draft.currency)
        and (own is None or _allowed(account, own))
    )
    return next(fitting, None)


def _allowed(account: ErpAccount, own: ErpSubsidiary) -> bool:
    subsidiaries = account.subsidiary_netsuite_ids
    return not subsidiaries or own.netsuite_id in subsidiaries


def _ordered(draft: Draft, customer_id: int | None, ledger: Ledger) -> Money | None:
    if customer_id is None or not draft.po_number:
        return None
    minor = ledger.ordered.get((customer_id, draft.po_number.lower(), draft.currency))
    return None if minor is None else Money(minor, draft.currency)


def _journal(subject: ReviewSubject, mappings: Mappings) -> tuple[JournalLine, ...]:
    draft, masters = subject.draft, subject.masters
    tax = mappings.find("account", TAX, draft.source)
    posting = Posting(
        receivable=subject.ar_account,
        lines=subject.lines,
        tax=draft.tax,
        tax_account=masters.accounts.get(tax.netsuite_id) if tax else None,
        currency=draft.currency,
        base=subject.base_currency,
        rate=draft.exchange_rate or subject.rate,
    )
    return preview(posting, masters, undated=subject.policy.revenue.rules_without_dates)
