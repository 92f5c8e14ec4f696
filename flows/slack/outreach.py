"""Messages to a customer's shared channel: made, guarded and rechecked like a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.dunning.facts import Part, Violation, ViolationKind
from domain.dunning.planned import PlannedTouch
from domain.dunning.policy_values import Channel
from domain.ledger.party import dunning_recipients
from effects.actor import Actor
from effects.kinds import PostToCustomerChannel, SendEmail
from effects.outcomes import Changed, NotNow, Unchanged
from effects.propose import Because, Proposed, propose
from flows.desk import Desk
from flows.facts import FOLLOW_UP, Case, snapshot
from flows.letters import TEMPLATE
from flows.letters import violations as violations_of_mail
from flows.still_true import ReadDocuments, still_true_mail
from store import followups, slack
from store.effects import by_key
from store.engine import Session


@dataclass(frozen=True, slots=True)
class NoChannel:
    """No channel is shared with this customer, or Dunwell is not in it."""


@dataclass(frozen=True, slots=True)
class PostBlocked:
    """The guard does not let it leave."""

    violations: tuple[Violation, ...]


async def in_channel(
    session: Session,
    desk: Desk,
    case: Case,
    touch: PlannedTouch,
    mail: SendEmail,
    *,
    by: Actor,
    because: Because,
) -> Proposed | None:
    """Propose what the mail says as a message, where the step speaks in the customer's channel.

    None where it does not, where no channel is shared, or where the guard blocks the message.
    """
    if touch.channel is Channel.EMAIL:
        return None
    done = await offer_post(session, desk, case, touch, text=mail.text, by=by, because=because)
    return done if isinstance(done, Proposed) else None


async def offer_post(
    session: Session,
    desk: Desk,
    case: Case,
    touch: PlannedTouch,
    *,
    text: str,
    by: Actor,
    because: Because,
) -> Proposed | PostBlocked | NoChannel:
    """Propose a planned touch as a message to the customer's channel; the policy decides."""
    channel = await slack.channel(session, case.account.customer.slack_channel)
    if channel is None or channel.archived or not channel.member:
        return NoChannel()
    post = post_of(case, touch, text, channel, because.model or TEMPLATE)
    found = violations(post, case, desk)
    if found:
        return PostBlocked(found)
    return await propose(session, post, policy=desk.approval, because=because, by=by, now=case.now)


def post_of(
    case: Case, touch: PlannedTouch, text: str, channel: slack.SlackChannelRow, by: str
) -> PostToCustomerChannel:
    """The message as it will stand. `by` names who wrote the words."""
    return PostToCustomerChannel(
        customer_id=case.customer_id,
        purpose=FOLLOW_UP,
        occasion=f"{touch.policy_id}:{touch.step}:{touch.cycle}",
        channel_id=channel.channel_id,
        channel_name=channel.name,
        text=text,
        invoice_ids=touch.invoice_ids,
        step=touch.step,
        cycle=touch.cycle,
        tone=touch.tone.value,
        written_by=by,
        facts=snapshot(case, touch.invoice_ids),
    )


def violations(post: PostToCustomerChannel, case: Case, desk: Desk) -> tuple[Violation, ...]:
    """What the guard finds in a message; empty when it may leave."""
    wrong = _wrong_place(post, case)
    if wrong:
        return (Violation(ViolationKind.RECIPIENT, wrong, Part.HEADERS),)
    mail = _as_mail(post, case, desk)
    if mail is None:
        words = "nobody at the customer may be written to"
        return (Violation(ViolationKind.RECIPIENT, words, Part.HEADERS),)
    return violations_of_mail(mail, case, desk)


def _wrong_place(post: PostToCustomerChannel, case: Case) -> str:
    known = case.account.customer.slack_channel
    if not known or known != post.channel_id:
        return f"#{post.channel_name} is not the channel shared with this customer"
    return ""


def _as_mail(post: PostToCustomerChannel, case: Case, desk: Desk) -> SendEmail | None:
    """The same words to the same customer as a mail, for every check that mail must pass."""
    contacts = dunning_recipients(case.account.contacts)
    if not contacts:
        return None
    return SendEmail(
        customer_id=post.customer_id,
        purpose=post.purpose,
        occasion=post.key(),
        thread_id=0,
        to=(contacts[0].email,),
        subject="",
        text=post.text,
        html="",
        message_id=desk.mailbox.message_id(desk.token_key, post.key()),
        reply_to=desk.mailbox.address,
        envelope_from=desk.mailbox.address,
        invoice_ids=post.invoice_ids,
        step=post.step,
        cycle=post.cycle,
        tone=post.tone,
        facts=post.facts,
    )


async def still_true_post(
    session: Session,
    post: PostToCustomerChannel,
    now: datetime,
    *,
    desk: Desk,
    case: Case | None,
    read_erp: ReadDocuments | None = None,
) -> Unchanged | Changed | NotNow:
    """Whether a message may leave as it stands: its channel, and all that is asked of a mail."""
    if case is None:
        return Changed("the customer is gone")
    wrong = _wrong_place(post, case)
    mail = _as_mail(post, case, desk)
    if wrong or mail is None:
        return Changed(wrong or "nobody at the customer may be written to")
    row = await by_key(session, post.key())
    if row and await followups.wrote_since(session, post.customer_id, row.proposed_at):
        return Changed("the customer wrote after this was proposed")
    return await still_true_mail(session, mail, now, desk=desk, read_erp=read_erp)
