"""A due step as the message it becomes: to whom, in which tone and channel, sent or reviewed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar
from domain.dunning.contact_rules import cap_of_contact
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import PlannedTouch, SendOutcome
from domain.dunning.policy_values import Channel, DunningStep, SendMode, milder, stricter
from domain.dunning.rungs import Rung
from domain.dunning.standing import Standing
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.party import Contact, Customer, copied_contacts


def touch_of(
    account: Account,
    rung: Rung,
    to: tuple[Contact, ...],
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
) -> PlannedTouch:
    """The message of a due step; contacts who had a copy lately get none this time."""
    because = review_reason(account, rung, standing, policy)
    ordered = sorted(rung.invoices, key=lambda i: (i.due_on, i.number))
    copies = copied_contacts(account.contacts) if policy.copies(account.customer, rung.step) else ()
    timed = (standing, policy, calendar, now, zone)
    return PlannedTouch(
        customer_id=account.customer.id,
        policy_id=policy.id,
        step=rung.step.key,
        phase=rung.step.phase,
        cycle=rung.cycle,
        tone=milder(rung.tone, policy.tone_cap_for(account.customer)),
        invoice_ids=tuple(i.id for i in ordered),
        contact_ids=tuple(c.id for c in to),
        at=now.astimezone(UTC),
        outcome=SendOutcome.REVIEW if because else SendOutcome.AUTO,
        because=because,
        ordinal=policy.phase(rung.step.phase).index(rung.step) + 1,
        channel=channel_of(policy, rung.step, account.customer),
        attachments=rung.step.attachments,
        cc_contact_ids=tuple(c.id for c in copies if cap_of_contact(c, *timed) is None),
        segment=policy.segment,
    )


def channel_of(policy: DunningPolicy, step: DunningStep, customer: Customer) -> Channel:
    """Where the step speaks; by mail when no channel is shared with the customer."""
    return (step.channel or policy.channel) if customer.slack_channel else Channel.EMAIL


def about_first(invoices: tuple[Invoice, ...], standing: Standing) -> bool:
    """Whether nothing was ever sent about any of these invoices."""
    ids = {i.id for i in invoices}
    return not any(ids & set(touch.invoice_ids) for touch in standing.sent())


def review_reason(account: Account, rung: Rung, standing: Standing, policy: DunningPolicy) -> str:
    """Why a person reads this message before it leaves; "" when it may leave by itself."""
    if rung.step.draft_only:
        return "this step is always sent by a person"
    mode = stricter(policy.mode_for(account.customer), rung.step.send_mode)
    if mode is SendMode.NEVER:
        return "follow-ups are never sent without review"
    if mode is SendMode.UNTIL_SOMEONE_REPLIES and standing.replies():
        return "the customer has replied"
    if not policy.first_message.auto_send and about_first(rung.invoices, standing):
        return "the first message is read before it leaves"
    if _above(rung.invoices, policy.review_above):
        return "the total is above the limit for sending without review"
    return ""


def _above(invoices: tuple[Invoice, ...], limits: tuple[Money, ...]) -> bool:
    return any(
        total((i.open for i in invoices if i.open.currency == m.currency), m.currency) > m
        for m in limits
    )
