"""Settings to a running service: the one place that knows the concrete adapters."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from app.clock import Clock, clock_for
from app.netsuite_settings import NetSuiteSettings
from app.policies import Policies, load_policies
from app.service import secret_key
from app.settings import MailSettings, Settings
from domain.dunning.facts import OwnFacts
from effects.kinds import (
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    Effect,
    PostCustomerPayment,
    PostJournal,
    PostToCustomerChannel,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    SendEmail,
    UnapplyPayment,
    UpdateInvoice,
    VoidRequest,
    WriteOffInvoice,
)
from effects.outcomes import Changed, Done, NotNow, Performer, Unchanged
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials, TbaCredentials
from erp.performers import (
    ApplyCreditPerformer,
    CreateCreditMemoPerformer,
    CreateCustomerPerformer,
    CreateInvoicePerformer,
    PostCustomerPaymentPerformer,
    PostJournalPerformer,
    PutApplicationsPerformer,
    RefundCustomerPerformer,
    ReversePaymentPerformer,
    UnapplyPaymentPerformer,
    UpdateInvoicePerformer,
    VoidRequestPerformer,
    WriteOffInvoicePerformer,
)
from erp.port import Erp
from flows.cash import posted, settled
from flows.cash_books import CashBooks, Ledger
from flows.credit_books import CreditBooks
from flows.credits import voids
from flows.desk import Desk
from flows.documents import bodies_of
from flows.still_true import still_true_mail
from outreach import mailer
from outreach.compose import Sender
from outreach.message import Mailbox
from outreach.performer import EmailPerformer
from sources.mail.apart import MailReaders
from sources.mail.imap import ImapAccount, find_sent
from store.engine import Database, Session


@dataclass(frozen=True, slots=True)
class Parts:
    """The service put together; `erp` and `inbox` are None while they are not configured.

    `at_end` closes what was opened along the way.
    """

    settings: Settings
    db: Database
    clock: Clock
    policies: Policies
    desk: Desk
    erp: NetSuite | None
    inbox: ImapAccount | None
    performers: dict[str, Performer]
    at_end: AsyncExitStack


@asynccontextmanager
async def assembled(settings: Settings, url: str) -> AsyncGenerator[Parts]:
    """Every part on the database at `url`; connections are released at the end.

    Raises SettingsError, PolicyFileError.
    """
    clock = clock_for(settings.clock_file)
    policies = load_policies(settings)
    readers = MailReaders()
    desk = replace(desk_of(settings, policies), read_mail=readers.read)
    db = Database(url)
    erp = netsuite_of(settings.netsuite, clock) if settings.netsuite else None
    inbox = inbox_of(settings.mail) if settings.mail else None
    performers = performers_of(settings, desk, clock, erp, inbox, db)
    async with AsyncExitStack() as at_end:
        at_end.push_async_callback(db.close)
        at_end.push_async_callback(readers.close)
        if erp is not None:
            at_end.push_async_callback(erp.close)
        yield Parts(settings, db, clock, policies, desk, erp, inbox, performers, at_end)


def desk_of(settings: Settings, policies: Policies) -> Desk:
    """The seller's side: who writes, under which rules."""
    mail = settings.mail
    address = mail.from_address if mail else "unset@localhost"
    name = mail.from_name if mail else settings.company_name
    return Desk(
        tenant=settings.tenant,
        mailbox=Mailbox(address=address, name=name),
        sender=Sender(company=settings.company_name),
        token_key=secret_key(settings).encode(),
        own=OwnFacts(company=settings.company_name, addresses=(address,)),
        approval=policies.approval,
        dunning=policies.dunning,
        dunning_text=policies.dunning_text,
        review=policies.review,
        matching=policies.matching,
        revenue=policies.revenue,
        authserv_id=mail.trusted_authserv if mail else "",
        cash=cash_books_of(settings.netsuite) if settings.netsuite else CashBooks(),
        credits=credit_books_of(settings.netsuite, policies),
    )


def cash_books_of(known: NetSuiteSettings) -> CashBooks:
    """Where cash is booked to, as far as somebody has said."""
    told, unset = known.ledger, CashBooks()
    banked = known.payment_account_id
    bank = Ledger(banked, "Bank") if banked else replace(unset.bank, netsuite_id=told.undeposited)
    return CashBooks(
        receivable=replace(unset.receivable, netsuite_id=told.receivable),
        bank=bank,
        clearing=replace(unset.clearing, netsuite_id=told.clearing),
        fee=replace(unset.fee, netsuite_id=told.fee),
        write_off=replace(unset.write_off, netsuite_id=told.write_off),
        withheld=replace(unset.withheld, netsuite_id=told.withheld),
        refund=replace(unset.refund, netsuite_id=told.refund),
        refund_method=told.refund_method,
        discount=replace(unset.discount, netsuite_id=told.discount),
        deposits=replace(unset.deposits, netsuite_id=told.deposits),
        gain=replace(unset.gain, netsuite_id=told.gain),
        banks=dict(told.banks),
        consolidated=told.parents != "off",
        top_level_only=told.parents == "top_level",
    )


def credit_books_of(known: NetSuiteSettings | None, policies: Policies) -> CreditBooks:
    """What credits are booked with, as far as somebody has said, and what is small."""
    unset = CreditBooks(small=policies.small)
    if known is None:
        return unset
    told = known.ledger
    return replace(
        unset,
        bad_debt=replace(unset.bad_debt, netsuite_id=told.bad_debt_item),
        undelivered=replace(unset.undelivered, netsuite_id=told.undelivered_item),
        concession=replace(unset.concession, netsuite_id=told.concession_item),
        small_difference=replace(unset.small_difference, netsuite_id=told.small_difference_item),
        tax=replace(unset.tax, netsuite_id=told.tax),
        recovery=replace(unset.recovery, netsuite_id=told.recovery),
    )


def netsuite_of(known: NetSuiteSettings, clock: Clock) -> NetSuite:
    """The NetSuite account behind the ERP port."""
    config = NetSuiteConfig(
        account_id=known.account_id,
        credentials=_credentials(known),
        base_url=known.base_url,
        max_concurrency=known.max_concurrency,
        payment_account_id=known.payment_account_id,
        undeposited_account_id=known.ledger.undeposited,
        journal_subsidiary_id=known.ledger.subsidiary,
        base_currency=known.base_currency,
        read_timeout=known.read_seconds,
        write_timeout=known.write_seconds,
        fields=known.fields,
        conventions=known.conventions,
    )
    return NetSuite(NetSuiteClient(config, clock, random.SystemRandom()))


def _credentials(known: NetSuiteSettings) -> OAuth2Credentials | TbaCredentials:
    if known.auth == "tba" or known.private_key_file is None:
        return TbaCredentials(*known.tba)
    pem = known.private_key_file.read_text(encoding="ascii")
    return OAuth2Credentials(known.client_id, known.certificate_id, pem)


def inbox_of(known: MailSettings) -> ImapAccount | None:
    """The mailbox that answers arrive in, if one is configured."""
    if known.imap is None:
        return None
    host, port, username, password = known.imap
    return ImapAccount(host, port, username, password, known.imap_security)


def performers_of(
    settings: Settings,
    desk: Desk,
    clock: Clock,
    erp: Erp | None,
    inbox: ImapAccount | None,
    db: Database,
) -> dict[str, Performer]:
    """The hands, by effect kind; kinds whose system is not configured have none."""
    hands: dict[str, Performer] = {}
    if erp is not None and settings.netsuite is not None:
        looks = [timedelta(seconds=s) for s in settings.netsuite.look_seconds]
        hands |= _erp_hands(erp, desk, clock, looks)
    if settings.mail is not None:
        hands[SendEmail.kind] = _email(settings.mail, desk, clock, erp, inbox, db)
    if settings.slack is not None:
        from app.slack_hands import slack_hands

        hands[PostToCustomerChannel.kind] = slack_hands(settings.slack, desk, clock, erp)
    return hands


def _erp_hands(
    erp: Erp, desk: Desk, clock: Clock, looks: Sequence[timedelta]
) -> dict[str, Performer]:
    settling: dict[str, Performer] = {
        PostCustomerPayment.kind: PostCustomerPaymentPerformer(erp, clock, looks=looks),
        PutApplications.kind: PutApplicationsPerformer(erp, clock, looks=looks),
        UpdateInvoice.kind: UpdateInvoicePerformer(erp, clock, looks=looks),
        ApplyCredit.kind: ApplyCreditPerformer(erp, clock, looks=looks),
        UnapplyPayment.kind: UnapplyPaymentPerformer(erp, clock, looks=looks),
        ReversePayment.kind: ReversePaymentPerformer(erp, clock, looks=looks),
        RefundCustomer.kind: RefundCustomerPerformer(erp, clock, looks=looks),
        CreateCreditMemo.kind: CreateCreditMemoPerformer(erp, clock, looks=looks),
        WriteOffInvoice.kind: WriteOffInvoicePerformer(erp, clock, looks=looks),
        VoidRequest.kind: VoidRequestPerformer(erp, clock, looks=looks),
    }
    return {
        **{kind: _Settling(performer, desk, clock) for kind, performer in settling.items()},
        CreateInvoice.kind: CreateInvoicePerformer(erp, clock, looks=looks),
        CreateCustomer.kind: CreateCustomerPerformer(erp, clock, looks=looks),
        PostJournal.kind: PostJournalPerformer(erp, clock, looks=looks),
    }


class _Settling:
    """Lets promises and cadence hear of what was done, in the transaction that records it."""

    def __init__(self, performer: Performer, desk: Desk, clock: Clock) -> None:
        self._performer = performer
        self._desk = desk
        self._now = clock
        self.still_true = performer.still_true
        self.act = performer.act
        self.look = performer.look

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        await self._performer.record(session, effect, effect_id, done)
        if effect.customer_id is not None:
            await posted(session, self._desk, effect, effect_id, self._now())
            await voids.seen(session, effect, effect_id, self._now())
            await settled(session, self._desk, effect.customer_id, self._now())


def _email(
    known: MailSettings,
    desk: Desk,
    clock: Clock,
    erp: Erp | None,
    inbox: ImapAccount | None,
    db: Database,
) -> EmailPerformer:
    async def recheck(session: Session, mail: SendEmail) -> Unchanged | Changed | NotNow:
        read = erp.documents if erp is not None else None
        return await still_true_mail(session, mail, clock(), desk=desk, read_erp=read)

    async def sent(message_id: str) -> bool:
        if inbox is None:
            return False
        return await find_sent(inbox, message_id, known.sent_folder)

    async def papers(paper_ids: Sequence[int]) -> dict[int, bytes]:
        async with db.read() as session:
            return await bodies_of(session, paper_ids)

    host, port, username, password = known.smtp
    account = mailer.SmtpAccount(
        host, port, mailer.Security(known.smtp_security), username, password
    )
    return EmailPerformer(
        mailbox=desk.mailbox,
        transport=partial(mailer.send, account),
        recheck=recheck,
        clock=clock,
        read_papers=papers,
        find_sent=sent if inbox is not None and known.sent_folder else None,
        settles_after=timedelta(seconds=known.settles_seconds),
    )
