"""Read: who a customer is: contacts, terms, who looks after them, how they pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agent.tools.account_summary import OfCustomer, promise_words
from agent.tools.calling import Asking, Tool
from agent.tools.outcome import About, Outcome
from agent.tools.phrasing import clipped, counted, customer_link, day, table
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from flows.conversations import state_of
from store import erp_masters, parties, people, scores, standing
from store.parties import ContactRow, CustomerRow


async def customer_details(asking: Asking, wanted: OfCustomer) -> Outcome:
    """Contacts, terms, limit, language, owner, the usual lateness and open promises."""
    row = await customer_meant(asking, wanted.customer)
    if isinstance(row, Outcome):
        return row
    contacts = await parties.contacts_of(asking.session, row.id)
    told = [
        _contacts_told(row, contacts),
        await _terms(asking, row),
        _limit(row),
        await _owner(asking, row),
        await _habit(asking, row),
        *[
            promise_words(p, row.name)
            for p in await standing.promises_of(asking.session, row.id)
            if p.state == "open"
        ],
    ]
    rows = [(c.name or "", c.role, c.email, _standing(c, asking.today)) for c in contacts]
    shown = table(("Contact", "Role", "Address", "Standing"), rows)
    return Outcome(
        text=" ".join(one for one in told if one),
        tables=(shown,) if rows else (),
        cited=(customer_link(row),),
        suggestions=(f"what does {row.name} owe", f"history of {row.name}"),
        about=About(row.id),
    )


def _contacts_told(row: CustomerRow, contacts: Sequence[ContactRow]) -> str:
    where = f" in {row.country}" if row.country else ""
    head = f"{row.name}{where}, {row.language}, {row.currency}: "
    return f"{head}{counted(len(contacts), 'contact') if contacts else 'no contact is known'}."


def _standing(contact: ContactRow, today: date) -> str:
    if contact.suppressed_at is not None:
        why = clipped(contact.suppressed_reason.replace("_", " "), 60)
        return f"not written to{f': {why}' if why else ''}"
    if contact.away_until is not None and contact.away_until > today:
        return f"away until {day(contact.away_until)}"
    return contact.language


async def _terms(asking: Asking, row: CustomerRow) -> str:
    if not row.terms_netsuite_id:
        return "No payment terms are known."
    known = {t.netsuite_id: t.name for t in await erp_masters.terms(asking.session)}
    name = known.get(row.terms_netsuite_id, "")
    return f"Payment terms: {name}." if name else "No payment terms are known."


def _limit(row: CustomerRow) -> str:
    if row.credit_limit_minor is None:
        return "NetSuite has no credit limit for them."
    hold = " They are on credit hold." if row.credit_hold else ""
    return f"The credit limit is {Money(row.credit_limit_minor, row.currency)}.{hold}"


async def _owner(asking: Asking, row: CustomerRow) -> str:
    owner = await people.name_of(asking.session, row.owner_user_id)
    talk = await state_of(asking.session, row.id, asking.now)
    assignee = await people.name_of(asking.session, talk.assignee_id)
    told = f"{owner} owns the relationship." if owner else "Nobody here owns the relationship."
    return f"{told} {assignee} has the conversation." if assignee else told


async def _habit(asking: Asking, row: CustomerRow) -> str:
    score = (await scores.scores_of(asking.session, [row.id])).get(row.id)
    if score is None:
        return "How late they pay is not known yet: scores are made each night."
    why = "; ".join(str(r.get("text", "")) for r in score.reasons[:3])
    percent = f"{(score.per_mille + 5) // 10} %"
    rests = counted(score.invoices, "invoice")
    return f"They pay late with a chance of {percent}, by {rests}{f' ({why})' if why else ''}."


CUSTOMER_DETAILS = Tool(
    "customer_details",
    "Who a customer is: contacts, terms, credit limit, owner, how late they usually pay.",
    OfCustomer,
    customer_details,
    example="who is the contact at Acme",
)
