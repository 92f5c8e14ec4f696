"""Whether a mail still says the truth, asked just before it leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.dunning.calendar import zone_named
from domain.dunning.invoice_holds import customer_stop, invoice_hold
from domain.dunning.planned import HoldReason
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from effects.kinds import SendEmail
from effects.outcomes import Changed, NotNow, Unchanged
from erp.port import Document, ErpInvoice, ErpRefused, ErpUnavailable
from flows.desk import Desk
from flows.documents import named_in_papers, outdated
from flows.facts import FOLLOW_UP, Case, load_case, snapshot
from flows.letters import violations
from security.chain import digest
from sources.mail.attach import speaks_for
from store import followups, senders
from store.effects import by_key
from store.engine import Session

ReadDocuments = Callable[[Sequence[str]], Awaitable[Sequence[Document]]]
_ERP_AGAIN = timedelta(minutes=5)
_MAIL_AGAIN, _UNREAD_FOR = timedelta(seconds=30), timedelta(minutes=15)
_SILENT = (HoldReason.LEGAL, HoldReason.INSOLVENCY)


async def still_true_mail(
    session: Session,
    effect: SendEmail,
    now: datetime,
    *,
    desk: Desk,
    read_erp: ReadDocuments | None = None,
) -> Unchanged | Changed | NotNow:
    """Compare a mail with our store and, where one is given, with the ERP itself.

    Changed facts mean the mail must not leave as it stands; NotNow that the hour is wrong or the
    ERP cannot be asked.
    """
    case = await load_case(session, desk, effect.customer_id, now)
    if case is None:
        return Changed("the customer is gone")
    reason = stale(case, effect, desk) or await outdated(session, case, effect)
    reason = reason or await _wrote(session, effect)
    if reason:
        return Changed(reason)
    late = _quiet_hours(case, effect) or await _unread(session, case)
    if late is not None:
        return late
    papers = await named_in_papers(session, effect)
    return await _in_erp(case, effect, read_erp, {*effect.invoice_ids, *papers})


def stale(case: Case, effect: SendEmail, desk: Desk) -> str:
    """Why a mail must not leave as it stands, as far as our own store knows; empty when it may."""
    return _who(case, effect) or _claims(case, effect) or _said(case, effect, desk)


def _said(case: Case, effect: SendEmail, desk: Desk) -> str:
    """What the guard finds today in a mail that was proven when it was proposed.

    Time passes while a mail waits: "5 days overdue" is true for a day.
    """
    found = violations(replace(effect, attachments=()), case, desk) if effect.facts else ()
    return f"it is not true any more: {found[0].detail}" if found else ""


def _who(case: Case, effect: SendEmail) -> str:
    barred = {c.email.casefold() for c in case.account.contacts if c.suppressed}
    for address in (*effect.to, *effect.cc):
        if address.casefold() in barred:
            return f"{address} must not be written to any more"
    stop = customer_stop(case.standing, case.today)
    if stop and (effect.purpose == FOLLOW_UP or stop.reason in _SILENT):
        return f"{stop.reason.value}: {stop.detail}"
    if effect.purpose != FOLLOW_UP:
        return ""
    if not case.account.customer.auto_followup:
        return "follow-up was switched off for this customer"
    return ""


def _claims(case: Case, effect: SendEmail) -> str:
    """The first way in which the invoices of the mail are not what it says."""
    told = (effect.facts or {}).get("invoices")
    told = told if isinstance(told, Mapping) else {}
    known = {i.id: i for i in case.account.invoices}
    fresh = snapshot(case, effect.invoice_ids)["invoices"]
    for invoice_id in effect.invoice_ids:
        invoice = known.get(invoice_id)
        said = told.get(str(invoice_id), {})
        if invoice is None:
            return f"{said.get('number', invoice_id)} is not open any more"
        if isinstance(fresh, Mapping) and fresh[str(invoice_id)] != said:
            return f"{invoice.number} is not as it was: {invoice.open} is open"
        hold = invoice_hold(invoice, case.standing, case.policy, case.today)
        if hold and effect.purpose == FOLLOW_UP:
            return f"{invoice.number} is held: {hold.reason.value}, {hold.detail}"
    return ""


async def _wrote(session: Session, effect: SendEmail) -> str:
    row = await by_key(session, effect.key())
    if row is None:
        return ""
    if await followups.wrote_since(session, effect.customer_id, row.proposed_at):
        return "the customer wrote after this was proposed"
    return ""


async def _unread(session: Session, case: Case) -> NotNow | None:
    """A mail that may be theirs is stored and not read yet: what it says comes first."""
    ends = {speaks_for(contact.email) for contact in case.account.contacts if contact.email}
    if await senders.unread_from(session, sorted(ends), case.now - _UNREAD_FOR):
        return NotNow("a mail of theirs is being read", _MAIL_AGAIN)
    return None


def _quiet_hours(case: Case, effect: SendEmail) -> NotNow | None:
    zone = zone_named(case.account.customer.timezone)
    if effect.purpose != FOLLOW_UP or zone is None or case.calendar.is_open(case.now, zone):
        return None
    wait = case.calendar.next_window(case.now, zone) - case.now
    return NotNow("it is outside sending hours at the customer", wait)


async def _in_erp(
    case: Case, effect: SendEmail, read_erp: ReadDocuments | None, wanted: Set[int]
) -> Unchanged | Changed | NotNow:
    """Unchanged carries the certificate: what was read where and when, and its digest."""
    ours = {i.netsuite_id: i for i in case.account.invoices if i.id in wanted}
    if read_erp is None or not ours:
        known = [i for i in case.account.invoices if i.id in wanted]
        read = [_line(i.number, i.status.value, i.open, i.due_on) for i in known]
        return Unchanged(_certificate(case, effect, "store", read))
    try:
        found = await read_erp(sorted(ours))
    except ErpUnavailable as error:
        return NotNow(f"the ERP cannot be asked: {error}"[:200], _ERP_AGAIN)
    except ErpRefused as error:
        return NotNow(f"the ERP refuses to be asked: {error}"[:200], _ERP_AGAIN)
    theirs = {d.netsuite_id: d for d in found if isinstance(d, ErpInvoice)}
    for netsuite_id, invoice in ours.items():
        reason = _differs(invoice, theirs.get(netsuite_id))
        if reason:
            return Changed(reason)
    told = [theirs[netsuite_id] for netsuite_id in sorted(ours)]
    read = [_line(d.number, d.status, d.open, d.due_on) for d in told]
    return Unchanged(_certificate(case, effect, "erp", read))


def _line(number: str, status: str, left: Money, due_on: date) -> str:
    return f"{number}: {status}, {left} left, due {due_on.isoformat()}"


def _certificate(
    case: Case, effect: SendEmail, source: str, read: Sequence[str]
) -> dict[str, object]:
    """What was read, where, when, with which papers; the digest binds it to the mail."""
    papers = [f"{paper.name} {paper.digest}" for paper in effect.attachments]
    proven: dict[str, object] = {
        "source": source,
        "read_at": case.now.isoformat(),
        "read": [*read],
        "papers": papers,
    }
    return proven | {"hash": digest({**proven, "mail": effect.fingerprint()})}


def _differs(invoice: Invoice, there: ErpInvoice | None) -> str:
    if there is None:
        return f"{invoice.number} is not in the ERP any more"
    if there.status != invoice.status.value:
        return f"{invoice.number} is {there.status} in the ERP"
    if there.open != invoice.open:
        return f"{_open(there.open)} of {invoice.number} is open in the ERP, not {invoice.open}"
    if there.due_on != invoice.due_on:
        return f"{invoice.number} is due on {there.due_on} in the ERP"
    return ""


def _open(amount: Money) -> str:
    return str(amount) if amount else "nothing"
