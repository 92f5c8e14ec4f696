"""The worker's jobs: each task name with the walk behind it."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial

from agent.brain import Brain, RulesBrain
from agent.playbook_question import answer_question
from agent.remittance import work_off_mail
from app.bank_jobs import bank_jobs
from app.clock import system_clock
from app.contract_jobs import contract_jobs
from app.credit_jobs import CreditJobs
from app.deal_jobs import deal_jobs, deal_ticks
from app.logs import configure
from app.passes import Passes
from app.revenue_jobs import RevenueJobs
from app.service import database
from app.settings import Settings, silence_tracing
from app.slack_wiring import TICKS, slack_handlers
from app.wiring import Parts, assembled
from domain.dunning.ladder import DunningPolicy
from domain.ledger.money import Money
from erp.port import Erp
from flows import (
    cash,
    disputes,
    followups,
    mailbox,
    playbooks,
    policies,
    policy_versions,
    promises,
    remittance_mail,
    scores,
    stripe,
)
from flows.drift.findings import WHO
from flows.drift.who import name_authors
from flows.remittance_mail import MailFacts
from jobs.clock import usual_ticks
from jobs.handlers import Handler, Handlers
from jobs.outgoing import Outgoing
from jobs.worker import Services
from jobs.worker import work as run_jobs
from outreach.webhooks import Endpoint, WebhookPoster
from sources.mail.imap import ImapAccount, fetch_new
from sources.stripe.reader import ReadStripe, StripeReader
from store.migrations import upgrade
from store.threads import forget_idle


def run_worker(settings: Settings) -> None:
    """Run a worker until it is asked to stop."""
    configure(settings.log_level)
    silence_tracing()
    with database(settings) as url:
        upgrade(url)
        asyncio.run(_work(settings, url))


async def _work(settings: Settings, url: str) -> None:
    async with assembled(settings, url) as parts:
        await run_jobs(services_of(parts))


def services_of(parts: Parts) -> Services:
    """The worker's side of the service."""
    settings = parts.settings
    return Services(
        db=parts.db,
        clock=parts.clock,
        performers=parts.performers,
        handlers=handlers_of(parts),
        ticks=TICKS
        + deal_ticks(settings.hubspot, settings.salesforce)
        + usual_ticks(
            sync_every=timedelta(seconds=settings.sync_seconds),
            mail_every=timedelta(seconds=settings.mail_poll_seconds),
            sweep_every=timedelta(seconds=settings.sweep_seconds),
            bank_every=timedelta(seconds=settings.bank.poll_seconds),
        ),
    )


def handlers_of(parts: Parts) -> Handlers:
    """Every job this service can do; what is not configured has no handler."""
    brain = brain_of(parts)
    walks = Walks(parts, brain)
    known: dict[str, Handler] = {
        "followups.sweep": walks.sweep,
        "followups.customer": walks.follow_up,
        "inbox.mail": walks.read_mail,
        "payments.match": walks.match_payment,
        cash.TAKE_BACK: walks.take_back,
        remittance_mail.TASK: walks.read_remittance,
        "promises.check": walks.check_promises,
        "scores.daily": walks.score,
        playbooks.ASK: walks.answer_playbook,
        "chat.forget": walks.forget_talks,
        policy_versions.PREVIEW: walks.preview_policy,
        **outgoing_of(parts).handlers(),
        **bank_jobs(parts).handlers(),
        **deal_jobs(parts).handlers(),
        **contract_jobs(parts, brain).handlers(),
        **CreditJobs(parts).handlers(),
        **slack_handlers(parts, brain),
    }
    if parts.erp is not None:
        known |= Passes(parts, parts.erp).handlers()
        known |= RevenueJobs(parts, parts.erp).handlers()
        known[WHO] = partial(walks.who_changed, parts.erp)
    if parts.inbox is not None:
        known["mail.poll"] = partial(walks.poll, parts.inbox)
    if parts.settings.stripe is not None:
        account = parts.settings.stripe
        reader = StripeReader(account.api_key, base=account.api_base)
        parts.at_end.push_async_callback(reader.close)
        known["inbox.stripe"] = partial(walks.read_stripe, reader)
    return known


def outgoing_of(parts: Parts) -> Outgoing:
    """Events on their way to the endpoints of the settings."""
    known = parts.settings.webhooks
    poster = WebhookPoster(known.secrets if known else (), system_clock)
    endpoints = [Endpoint(url) for url in known.urls] if known else []
    return Outgoing(parts.db, parts.clock, endpoints, poster)


def brain_of(parts: Parts) -> Brain:
    """The configured language model, or none."""
    model = parts.settings.model
    if model is None:
        return RulesBrain()
    from agent.llm import ModelConfig, OpenAIBrain

    brain = OpenAIBrain(ModelConfig(model.model, model.api_key, model.base_url))
    parts.at_end.push_async_callback(brain.close)
    return brain


class Walks:
    """The walks as jobs. Each may run twice; each reads the clock once."""

    def __init__(self, parts: Parts, brain: Brain) -> None:
        from agent.graph.followup import FollowUpGraph
        from agent.graph.reply import ReplyGraph

        self._parts = parts
        self._follow_up = FollowUpGraph(parts.db, parts.desk, brain)
        self._reply = ReplyGraph(parts.db, parts.desk, brain)
        self._brain = brain

    async def who_changed(self, erp: Erp) -> None:
        """Ask the ERP who changed what drifted."""
        await name_authors(self._parts.db, erp, self._parts.clock())

    async def sweep(self, day: str) -> None:
        """Settle promises whose day has come, then ask who may be written to on a day."""
        await self.check_promises(day)
        parts = self._parts
        on = date.fromisoformat(day)
        await followups.sweep(parts.db, on, await self._policy(), parts.clock())

    async def follow_up(self, customer_id: int, day: str) -> None:
        """Draft, prove and propose one customer's follow-up."""
        del day
        await self._follow_up.run(customer_id, self._parts.clock())

    async def read_mail(self, event_id: int) -> None:
        """Read one mail that arrived."""
        await self._reply.run(event_id, self._parts.clock())

    async def read_remittance(
        self, event_id: int, customer_id: int | None, *, proven: bool, asked: bool
    ) -> None:
        """Read the remittance that one mail carries."""
        parts = self._parts
        facts = MailFacts(event_id, customer_id, proven, asked)
        await work_off_mail(parts.db, parts.desk, self._brain, facts, parts.clock())

    async def poll(self, account: ImapAccount, slot: str) -> None:
        """Fetch what is new in the mailbox."""
        del slot
        await mailbox.poll(self._parts.db, partial(fetch_new, account), self._parts.clock())

    async def read_stripe(self, read: ReadStripe, event_id: int) -> None:
        """Read one Stripe event's object and act on its state."""
        parts = self._parts
        await stripe.handle(parts.db, parts.desk, event_id, read, parts.clock())

    async def match_payment(self, payment_id: int) -> None:
        """Match one receipt, after those that came before it."""
        parts = self._parts
        await cash.match_in_turn(parts.db, parts.desk, payment_id, parts.clock)

    async def take_back(
        self,
        source: str,
        reference: str,
        code: str,
        minor: int,
        currency: str,
        occasion: str,
        fee_minor: int = 0,
        fee_currency: str = "",
    ) -> None:
        """Look again at money that went back while its posting was on its way."""
        parts = self._parts
        async with parts.db.begin() as session:
            await cash.take_back(
                session,
                parts.desk,
                source=source,
                reference=reference,
                code=code,
                amount=Money(minor, currency),
                now=parts.clock(),
                occasion=occasion,
                fee=Money(fee_minor, fee_currency or currency) if fee_minor else None,
            )

    async def check_promises(self, day: str) -> None:
        """Settle promises whose day has come."""
        parts = self._parts
        on = date.fromisoformat(day)
        await promises.check(parts.db, parts.desk, parts.clock())
        await cash.take_up_parked(parts.db, on, parts.clock())
        await disputes.remind(parts.db, parts.clock())

    async def forget_talks(self) -> None:
        """Forget conversations with the agent in which nothing was said for a month."""
        parts = self._parts
        async with parts.db.begin() as session:
            await forget_idle(session, system_clock() - timedelta(days=30))

    async def answer_playbook(self, run_id: int, path: str) -> None:
        """Answer a playbook's question, if what the customer wrote answers it."""
        parts = self._parts
        await answer_question(parts.db, self._brain, run_id, path, parts.clock())

    async def score(self, day: str) -> None:
        """Score every customer by how it paid until a day."""
        await scores.score_all(self._parts.db, date.fromisoformat(day))

    async def preview_policy(self, version_id: int) -> None:
        """Try a version of the dunning policy on what happened lately."""
        parts = self._parts
        await policy_versions.preview(parts.db, parts.desk, version_id, parts.clock())

    async def _policy(self) -> DunningPolicy:
        async with self._parts.db.read() as session:
            return await policies.live(session, self._parts.desk)
