"""A proposal as a card: exactly what will leave, the facts behind it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from effects.actor import ActorKind
from effects.complete import missing
from effects.kinds import (
    CreateCreditMemo,
    Effect,
    PostToCustomerChannel,
    SendEmail,
    WriteOffInvoice,
)
from effects.lifecycle import EffectState
from effects.moving import effect_of
from flows.reasons import rule, why_now
from flows.slack.credits import credit_heads
from flows.slack.telling import Line, lines_of
from store.effects import DecisionRow, EffectRow, decisions_of, effect
from store.engine import Session
from store.pages import customer_names
from store.people import user_names

_MACHINE = frozenset({"message", "asked_in", "invoices", "invoice_ids", "cycle", "thread"})


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `body` is the text as it will leave, "" where there is none.

    `editable`: its words can be changed here. `lacking` is what nobody knows yet, in words.
    """

    effect_id: int
    kind: str
    title: str
    state: EffectState
    version: int
    fingerprint: str
    customer: str
    heads: tuple[Line, ...]
    subject: str
    body: str
    facts: tuple[Line, ...]
    why: tuple[Line, ...]
    proposed_by: str
    needs: str
    expires_at: datetime | None
    editable: bool
    lacking: str
    decided: tuple[str, ...]
    outcome: str


async def card_of(session: Session, effect_id: int) -> Card | None:
    """The card of an effect as it is now, or None if there is no such effect."""
    row = await effect(session, effect_id)
    if row is None:
        return None
    names = await user_names(session)
    customers = await customer_names(session, {row.customer_id or 0})
    decided = await decisions_of(session, effect_id)
    return _card(row, names, customers.get(row.customer_id or 0, ""), decided)


def _card(
    row: EffectRow, names: Mapping[str, str], customer: str, decided: Sequence[DecisionRow]
) -> Card:
    content = effect_of(row)
    subject, body = words_of(content)
    heads = _heads(content)
    return Card(
        effect_id=row.id,
        kind=row.kind,
        title=row.title,
        state=EffectState(row.state),
        version=row.version,
        fingerprint=row.fingerprint,
        customer=customer,
        heads=heads,
        subject=subject,
        body=body,
        facts=_facts(content),
        why=tuple(one for one in _why(row, names) if one not in heads),
        proposed_by=_who(row.proposed_by_kind, row.proposed_by_id, names),
        needs=row.required_role,
        expires_at=row.expires_at,
        editable=isinstance(content, SendEmail | PostToCustomerChannel),
        lacking=missing(content),
        decided=tuple(_decision(one, names) for one in decided),
        outcome=_outcome(row),
    )


def words_of(content: Effect) -> tuple[str, str]:
    """Subject and text of what a customer will read; both "" where nothing is written."""
    match content:
        case SendEmail():
            return content.subject, content.text
        case PostToCustomerChannel():
            return "", content.text
        case _:
            return "", ""


def _heads(content: Effect) -> tuple[Line, ...]:
    match content:
        case SendEmail():
            heads = [("To", ", ".join(content.to)), ("Cc", ", ".join(content.cc))]
            heads += [("Subject", content.subject), ("Replies go to", content.reply_to)]
            heads += [("Attachments", _papers(content)), ("Written by", content.written_by)]
            return tuple((name, value) for name, value in heads if value)
        case PostToCustomerChannel():
            where = f"#{content.channel_name} ({content.channel_id}), read by the customer"
            return (("Channel", where), ("Written by", content.written_by))
        case CreateCreditMemo() | WriteOffInvoice():
            return credit_heads(content)
        case _:
            return lines_of(content.payload())


def _papers(content: SendEmail) -> str:
    papers = content.payload().get("attachments")
    if not isinstance(papers, Sequence):
        return ""
    return ", ".join(str(one.get("name", "")) for one in papers if isinstance(one, Mapping))


def _facts(content: Effect) -> tuple[Line, ...]:
    if not isinstance(content, SendEmail | PostToCustomerChannel):
        return ()
    invoices = (content.facts or {}).get("invoices")
    if not isinstance(invoices, Mapping):
        return ()
    facts: list[Line] = []
    for one in invoices.values():
        if isinstance(one, Mapping):
            told = dict(lines_of({k: v for k, v in one.items() if k != "number"}))
            words = ", ".join(f"{name.lower()} {value}" for name, value in told.items())
            facts.append((str(one.get("number", "")), words))
    return tuple(facts)


def _why(row: EffectRow, names: Mapping[str, str]) -> tuple[Line, ...]:
    evidence = row.because.get("evidence")
    code = str(row.because.get("rule", ""))
    lines = [("Reason", rule(code))] if code else []
    if isinstance(evidence, Mapping):
        told = {n: part for n, part in why_now(evidence).items() if n not in _MACHINE}
        lines += [(name, _named(value, names)) for name, value in lines_of(told)[:12]]
    if row.policy_reason:
        lines.append(("Policy", row.policy_reason))
    return tuple(lines)


def _named(value: str, names: Mapping[str, str]) -> str:
    """A value, or the name of the person that it is the mark of."""
    kind, colon, actor_id = value.partition(":")
    return _who(kind, actor_id, names) if colon and kind == "person" else value


def _who(kind: str, actor_id: str, names: Mapping[str, str]) -> str:
    match ActorKind(kind):
        case ActorKind.PERSON:
            return names.get(actor_id, "a colleague")
        case ActorKind.AGENT:
            return "the agent"
        case ActorKind.POLICY:
            return f"the policy {actor_id}"
        case ActorKind.SYSTEM:
            return "Dunwell"
        case never:
            assert_never(never)


_VERDICTS = {"approve": "approved", "reject": "rejected", "edit": "edited", "respond": "answered"}


def _decision(one: DecisionRow, names: Mapping[str, str]) -> str:
    who = _who(one.actor_kind, one.actor_id, names)
    reason = f": {one.reason}" if one.reason else ""
    return f"{who} {_VERDICTS.get(one.verdict, one.verdict)}{reason}"


def _outcome(row: EffectRow) -> str:
    reason = row.outcome.get("reason") or row.outcome.get("waits")
    return str(reason)[:300] if isinstance(reason, str) else ""
