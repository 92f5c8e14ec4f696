"""Read: what may be said about a customer, as ready strings. Never raw mail text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from domain.dunning.standing import PromiseStatus
from flows.desk import Desk
from flows.followups import Quiet, Ready, prepare
from flows.letters import contacts_of, invoices_of
from store.engine import Session

_MOST_INVOICES = 25
_LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class InvoiceBrief:
    """One invoice in words. `days_late` is zero before the due date."""

    number: str
    open: str
    due: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What a draft may rest on. Strings are written as they may be copied."""

    company: str
    customer: str
    language: str
    tone: str
    stage: str
    invoices: tuple[InvoiceBrief, ...]
    broken_promise: str = ""

    def payload(self) -> dict[str, object]:
        return asdict(self)


async def account_facts(
    session: Session, desk: Desk, customer_id: int, now: datetime
) -> Brief | Quiet:
    """The brief of the follow-up that is due, or why nothing is."""
    ready = await prepare(session, desk, customer_id, now)
    return ready if isinstance(ready, Quiet) else brief_of(ready, desk)


def brief_of(ready: Ready, desk: Desk) -> Brief:
    """The facts of a planned touch in words."""
    case, touch = ready.case, ready.touch
    contact = contacts_of(case, touch)[0]
    wanted = (contact.language or case.account.customer.language)[:2].lower()
    broken = [
        p.promised_on
        for p in case.standing.promises
        if p.status is PromiseStatus.BROKEN and any(p.covers(i) for i in touch.invoice_ids)
    ]
    return Brief(
        company=desk.sender.company,
        customer=case.account.customer.name,
        language=_LANGUAGES.get(wanted, "English"),
        tone=touch.tone.value,
        stage=touch.phase.value.replace("_", " "),
        invoices=tuple(
            InvoiceBrief(
                i.number, str(i.open), i.due_on.isoformat(), max(i.days_past_due(case.today), 0)
            )
            for i in invoices_of(case, touch.invoice_ids)[:_MOST_INVOICES]
        ),
        broken_promise=max(broken).isoformat() if broken else "",
    )
