"""Read: what may be said about a customer, as slots and typed facts. Never raw mail text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.dunning.ladder import Phase, Tone
from domain.dunning.planned import PlannedTouch
from domain.dunning.standing import PromiseStatus
from flows.desk import Desk
from flows.followups import Quiet, Ready, prepare
from flows.last_words import LastWords, last_words_of, reminded
from flows.letters import contacts_of, invoices_of
from flows.slots import paid_slot, slot_values
from store.engine import Session

_MOST_INVOICES = 12
_LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "ja": "Japanese",
}
_WORDS = {Tone.FRIENDLY: 70, Tone.PROFESSIONAL: 80, Tone.FIRM: 60}
_WORDS_BEFORE_DUE = 50


@dataclass(frozen=True, slots=True)
class InvoiceKey:
    """An invoice as slots name it; whether its due date has passed, and a part of it was paid."""

    key: str
    late: bool
    part_paid: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """What a draft may rest on. Figures are only slots, and names too while `masked`.

    `kept`: their last promise was kept. `disputes`: other invoices are contested and left out.
    """

    company: str
    customer: str
    masked: bool
    language: str
    tone: str
    most_words: int
    stage: str
    said: str
    reminded: bool
    kept: bool
    disputes: bool
    papers: tuple[str, ...]
    slots: tuple[str, ...]
    invoices: tuple[InvoiceKey, ...]
    more: bool

    def payload(self) -> dict[str, object]:
        return asdict(self)


async def account_facts(
    session: Session, desk: Desk, customer_id: int, now: datetime
) -> Brief | Quiet:
    """The brief of the follow-up that is due, or why nothing is."""
    ready = await prepare(session, desk, customer_id, now)
    if isinstance(ready, Quiet):
        return ready
    last = await last_words_of(session, ready.case)
    slots = await slot_values(session, ready.case, ready.touch, desk)
    return brief_of(ready, desk, last, slots)


def brief_of(ready: Ready, desk: Desk, last: LastWords, slots: Mapping[str, str]) -> Brief:
    """The facts of a planned touch in words."""
    case, touch = ready.case, ready.touch
    contact = contacts_of(case, touch)[0]
    wanted = (contact.language or case.account.customer.language)[:2].lower()
    invoices = invoices_of(case, touch.invoice_ids)
    masked = case.policy.mask_names
    return Brief(
        company="" if masked else desk.sender.company,
        customer="" if masked else case.account.customer.name,
        masked=masked,
        language=_LANGUAGES.get(wanted, "English"),
        tone=touch.tone.value,
        most_words=most_words(touch),
        stage=touch.phase.value.replace("_", " "),
        said=last.said.value,
        reminded=reminded(case, touch.invoice_ids),
        kept=_kept(ready),
        disputes=any(dispute.open for dispute in case.standing.disputes),
        papers=tuple(kind.value.replace("_", " ") for kind in touch.attachments),
        slots=tuple(name for name in slots if ":" not in name),
        invoices=tuple(
            InvoiceKey(i.number, i.days_past_due(case.today) > 0, paid_slot(i) in slots)
            for i in invoices[:_MOST_INVOICES]
        ),
        more=len(invoices) > _MOST_INVOICES,
    )


def most_words(touch: PlannedTouch) -> int:
    """How long a draft may be, by the step it is for."""
    return _WORDS[touch.tone] if touch.phase is Phase.OVERDUE else _WORDS_BEFORE_DUE


def _kept(ready: Ready) -> bool:
    """Whether the promise that was settled last was kept."""
    settled = [
        p
        for p in ready.case.standing.promises
        if p.status in (PromiseStatus.KEPT, PromiseStatus.BROKEN)
    ]
    last = max(settled, key=lambda p: (p.promised_on, p.id), default=None)
    return last is not None and last.status is PromiseStatus.KEPT
