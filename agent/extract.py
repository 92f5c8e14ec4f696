"""Reading replies: rules always, a quarantined model beside them; only what both say may act.

The model reader has no tools and a closed schema. Every value quotes its passage, and a passage
that is not in the mail counts as not said. Dates are computed by code from the quoted words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from agent.brain import Brain
from agent.masking import Masked, mask
from agent.prompting import render
from agent.second_reader import reasons, weights
from domain.dunning.calendar import Calendar
from domain.dunning.dates import find_dates
from domain.dunning.learned import beside
from domain.dunning.learned_reasons import reasoned
from domain.dunning.reading import DisputeReason, DocumentKind
from domain.dunning.reading_rules import read_rules
from domain.dunning.reply import Evidence, Intent, Reading
from domain.ledger.account import Account

_LONGEST = 12_000
# Machines are told apart by their headers, before anybody reads.
_READABLE = tuple(i for i in Intent if i not in (Intent.BOUNCE, Intent.OUT_OF_OFFICE))
_QUIET = frozenset({Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS})
_RESTRICTIVE = frozenset(list(Intent)[: list(Intent).index(Intent.ALREADY_PAID)])


class SaidIntent(BaseModel):
    """An intent with the passage that shows it."""

    model_config = ConfigDict(extra="forbid")
    intent: Intent
    span: str = Field(max_length=500)


class SaidDispute(BaseModel):
    """Why something is contested, with the passage that says so."""

    model_config = ConfigDict(extra="forbid")
    reason: DisputeReason
    span: str = Field(max_length=500)


class SaidDocument(BaseModel):
    """A paper that is asked for, with the passage that asks."""

    model_config = ConfigDict(extra="forbid")
    kind: DocumentKind
    span: str = Field(max_length=500)


Item = TypeVar("Item", SaidIntent, SaidDispute, SaidDocument)


class SaidReply(BaseModel):
    """What a model says a mail contains. Nothing in it is more than a quotation or a name."""

    model_config = ConfigDict(extra="forbid")
    intents: list[SaidIntent] = Field(max_length=12)
    date_spans: list[str] = Field(max_length=6)
    invoice_numbers: list[str] = Field(max_length=50)
    disputes: list[SaidDispute] = Field(default_factory=list, max_length=8)
    documents: list[SaidDocument] = Field(default_factory=list, max_length=8)
    new_contact: str = Field(default="", max_length=200)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is left of a model's answer after its passages were looked up in the mail."""

    evidence: tuple[Evidence, ...]
    dates: frozenset[date]
    reasons: frozenset[DisputeReason] = frozenset()
    documents: frozenset[DocumentKind] = frozenset()
    new_contact: str = ""

    def kinds(self) -> frozenset[Intent]:
        return frozenset(e.intent for e in self.evidence)


async def read_reply(
    brain: Brain,
    text: str,
    account: Account,
    today: date,
    calendar: Calendar,
    *,
    sender: str = "",
    subject: str = "",
    attachments: tuple[str, ...] = (),
    automatic: bool = False,
    mask_names: bool = True,
) -> Reading:
    """The reading of a mail's newest text. `today` is the day it was written on.

    What a machine wrote (`automatic`) is read by rules alone. A model sees tokens in place of
    names and addresses (`mask_names`); its passages are put back before they are looked up.
    """
    by_rules = read_rules(
        text,
        account,
        today,
        calendar,
        sender=sender,
        subject=subject,
        attachments=attachments,
        automatic=automatic,
    )
    if automatic:
        return by_rules
    by_rules = reasoned(beside(by_rules, text, weights()), text, account, reasons())
    if not brain.thinks:
        return by_rules
    shown = mask(text[:_LONGEST], _names(account)) if mask_names else Masked(text[:_LONGEST])
    said = await brain.extract(SaidReply, shown.text, _instructions())
    if said.value is None:
        return replace(by_rules, read_by=f"{by_rules.read_by} ({brain.name}: {said.abstained})")
    quoted = check_quotes(unmasked(said.value, shown), text[:_LONGEST], today, calendar)
    return agree(by_rules, quoted, text, brain.name)


def _instructions() -> str:
    prompt = render(
        "reply",
        intents=[intent.value for intent in _READABLE],
        reasons=[reason.value for reason in DisputeReason],
        documents=[kind.value for kind in DocumentKind],
    )
    return prompt.text


def _names(account: Account) -> tuple[str, ...]:
    customer = account.customer
    return (customer.name, customer.legal_name, *(c.name for c in account.contacts))


def unmasked(said: SaidReply, shown: Masked) -> SaidReply:
    """The answer with the words of the mail itself in its passages."""
    return said.model_copy(
        update={
            "intents": [_back(item, shown) for item in said.intents],
            "disputes": [_back(item, shown) for item in said.disputes],
            "documents": [_back(item, shown) for item in said.documents],
            "date_spans": [shown.unmask(span) for span in said.date_spans],
            "new_contact": shown.unmask(said.new_contact),
        }
    )


def _back(item: Item, shown: Masked) -> Item:
    return item.model_copy(update={"span": shown.unmask(item.span)})


def check_quotes(said: SaidReply, text: str, today: date, calendar: Calendar) -> Quoted:
    """Keep what is really in the mail; resolve quoted dates by code."""
    mail = _folded(text)
    dates = frozenset(
        day
        for span in said.date_spans
        if _quoted(span, mail)
        for found in find_dates(span, today, calendar)
        for day in found.dates
    )
    return Quoted(
        evidence=tuple(
            Evidence(item.intent, item.span)
            for item in said.intents
            if item.intent in _READABLE and _quoted(item.span, mail)
        ),
        dates=dates,
        reasons=frozenset(d.reason for d in said.disputes if _quoted(d.span, mail)),
        documents=frozenset(d.kind for d in said.documents if _quoted(d.span, mail)),
        new_contact=said.new_contact if _quoted(said.new_contact, mail) else "",
    )


def agree(by_rules: Reading, quoted: Quoted, text: str, name: str) -> Reading:
    """The rules' reading when the model says the same; otherwise one that a person reads.

    A restrictive intent that either of them saw stays: missing one costs more than a false alarm.
    Beyond those a disagreement shows what the model read, and nothing follows from it by itself.
    """
    both = f"{by_rules.read_by}+{name}"
    if _active(by_rules.kinds()) == _active(quoted.kinds()) and _same_dates(by_rules, quoted):
        sure = by_rules.certain and _same_details(by_rules, quoted)
        return replace(by_rules, read_by=both, certain=sure)
    seen = {e.intent: e for e in (*quoted.evidence, *by_rules.intents)}
    kept = tuple(e for intent, e in seen.items() if intent in _RESTRICTIVE)
    doubt = Evidence(Intent.OTHER, " ".join(text.split())[:200])
    return replace(
        by_rules,
        intents=kept or quoted.evidence or (doubt,),
        read_by=f"{both}:disagree",
        certain=False,
    )


def _active(kinds: frozenset[Intent]) -> frozenset[Intent]:
    return kinds - _QUIET or kinds


def _same_dates(by_rules: Reading, quoted: Quoted) -> bool:
    if Intent.PROMISE_TO_PAY not in by_rules.kinds():
        return True
    days = {day for claim in by_rules.promise.when for day in claim.dates}
    return days == quoted.dates


def _same_details(by_rules: Reading, quoted: Quoted) -> bool:
    """Whether both name the same reasons, papers and contact, where the mail is about them."""
    reasons = {claim.reason for claim in by_rules.disputes}
    documents = {claim.kind for claim in by_rules.documents}
    contact = by_rules.new_contact.email if by_rules.new_contact else ""
    return (
        (not reasons or reasons == quoted.reasons)
        and (not documents or documents == quoted.documents)
        and (not contact or contact.casefold() in quoted.new_contact.casefold())
    )


def _quoted(span: str, mail: str) -> bool:
    return bool(_folded(span)) and _folded(span) in mail


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
