"""The whole outside world in one process, on loopback: ERP, mail, Stripe, debtors, panel."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sandbox.bank import Bank
from sandbox.clock import SandboxClock
from sandbox.company import Company, Temperament
from sandbox.control import build_control_app
from sandbox.courier import Channel, Courier
from sandbox.crm import Crm, open_crm
from sandbox.debtors.life import Life, Pace
from sandbox.debtors.memory import Memory
from sandbox.debtors.purse import Purse, buyer
from sandbox.erp import erp_app, erp_settings, open_erp
from sandbox.in_loop import served
from sandbox.mail.faults import FaultPlan
from sandbox.mail.imap import serve_imap
from sandbox.mail.inbound import Inbound
from sandbox.mail.smtp import HOST_NAME, Login, Submission, serve_smtp
from sandbox.mail.store import SENT, MailStore
from sandbox.netsuite.store import ErpStore
from sandbox.parts import Parts
from sandbox.serving import LoopbackServer
from sandbox.settings_file import Identity, Secrets, kept_identity, kept_secrets, write_env
from sandbox.slack.app import SlackKeys, SlackServer
from sandbox.slack.app import serving as slack_serving
from sandbox.slack.delivery import Delivery
from sandbox.slack.people import people_of
from sandbox.slack.store import SlackStore
from sandbox.slack.workspace import Workspace
from sandbox.sockets import listen
from sandbox.stripe.app import StripeFaults, build_stripe_app
from sandbox.stripe.store import StripeStore
from sandbox.world import build_company

_OFFSETS = {"control": 0, "erp": 1, "smtp": 2, "imap": 3, "stripe": 4, "slack": 5, "hubspot": 6}

DEMO_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Options:
    """How a world is started. Seed, date and sizes count only on the first start in a folder.

    `port_base` 0 takes free ports; else control has it and the other parts the six after it.
    `transfers` is the percentage of payments that go straight to the bank, unannounced. `bank`:
    the bank reports them every morning, into a folder. `crm`: a HubSpot account has won deals.
    `characters` are debtors, counted from 0, that behave otherwise than the seed says.
    """

    data: Path
    service_url: str | None = None
    port_base: int = 0
    seed: int = 7
    today: date | None = None
    customers: int = 200
    invoices: int = 2000
    pace: Pace = DEMO_PACE
    transfers: int = 20
    hook_pause: float = 0.5
    bank: bool = True
    crm: bool = True
    characters: Mapping[int, Temperament] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """A running world: where its parts listen, how to sign in, and the parts themselves.

    `actors` are the courier and the debtors; they end only when something is broken.
    """

    erp_url: str
    stripe_url: str
    control_url: str
    slack_url: str
    smtp_port: int
    imap_port: int
    settings: dict[str, str]
    parts: Parts
    erp: ErpStore
    actors: tuple[asyncio.Task[None], ...] = ()

    def use_service(self, url: str | None) -> None:
        """Post webhooks to this address from now on."""
        self.parts.courier.service_url = url


@contextlib.asynccontextmanager
async def start_world(
    data: Path,
    service_url: str | None = None,
    *,
    customers: int = 200,
    invoices: int = 2000,
    seed: int = 7,
    today: date | None = None,
    pace: Pace | None = None,
    transfers: int = 0,
    bank: bool = False,
    characters: Mapping[int, Temperament] | None = None,
) -> AsyncIterator[World]:
    """A world on free ports for tests: debtors answer at once and pay through Stripe only."""
    options = Options(
        data,
        service_url,
        seed=seed,
        today=today,
        customers=customers,
        invoices=invoices,
        pace=pace or Pace(speed=1000.0, spacing=0.0),
        transfers=transfers,
        hook_pause=0.05,
        bank=bank,
        crm=False,
        characters=characters or {},
    )
    async with running(options) as world:
        yield world


@contextlib.asynccontextmanager
async def running(options: Options) -> AsyncIterator[World]:
    """Start every part; the control panel answers last, when all others do."""
    options.data.mkdir(parents=True, exist_ok=True)
    ports = {name: _listen(options, name) for name in _OFFSETS}
    async with contextlib.AsyncExitStack() as stack:
        for listening in ports.values():
            stack.callback(listening.close)
        parts = stack.enter_context(_parts(options))
        key_file = options.data / "netsuite.pem"
        erp = await asyncio.to_thread(open_erp, options.data, parts.company, key_file)
        stack.callback(erp.close)
        world = _world(ports, parts, erp, key_file)
        if options.bank:
            bank = _bank(options, parts)
            world.settings["DUNWELL_BANK_FOLDER"] = str(bank.folder.absolute())
            world.settings["DUNWELL_BANK_POLL_SECONDS"] = "5"
            parts = replace(parts, bank=bank)
        if options.crm:
            crm = _crm(options, parts)
            url = f"http://127.0.0.1:{ports['hubspot'].getsockname()[1]}"
            world.settings.update(crm.settings(url))
            await stack.enter_async_context(served(crm.app(), ports["hubspot"]))
        write_env(options.data / "service.env", world.settings)
        await _serve(stack, world, ports)
        parts.life.begin()
        actors = await stack.enter_async_context(_background(parts))
        panel = build_control_app(parts)
        await stack.enter_async_context(served(panel, ports["control"]))
        yield replace(world, actors=actors)


async def _serve(
    stack: contextlib.AsyncExitStack, world: World, ports: dict[str, socket.socket]
) -> None:
    parts = world.parts
    login = _login(parts)
    token = parts.secrets.control_token
    submission = Submission(parts.mail, login, parts.mail_faults, parts.life.received)
    smtp = await serve_smtp(ports["smtp"], submission, parts.mail_faults)
    stack.callback(smtp.close)
    imap = await serve_imap(ports["imap"], parts.mail, login)
    stack.callback(imap.close)
    api = build_stripe_app(parts.stripe, parts.secrets.stripe_api_key, parts.stripe_faults)
    await stack.enter_async_context(served(api, ports["stripe"]))
    await stack.enter_async_context(slack_serving(parts.slack, ports["slack"]))
    erp_port = int(world.erp_url.rpartition(":")[2])
    ports["erp"].close()
    app = erp_app(world.erp, parts.clock, parts.company, token)
    await stack.enter_async_context(LoopbackServer(app, port=erp_port))


@contextlib.contextmanager
def _parts(options: Options) -> Iterator[Parts]:
    data, secrets = options.data, kept_secrets(options.data / "secrets.json")
    clock = SandboxClock(data / "clock")
    company = _company(options, clock)
    with contextlib.ExitStack() as stack:
        mail = MailStore(data / "mail.db", clock)
        stack.callback(mail.close)
        channels = _channels(secrets)
        courier = Courier(data / "hooks.db", channels, clock, first_pause=options.hook_pause)
        stack.callback(courier.close)
        courier.service_url = options.service_url
        stripe = StripeStore(data / "stripe.db", clock, courier)
        stack.callback(stripe.close)
        memory = Memory(data / "debtors.db")
        stack.callback(memory.close)
        mail.open_mailbox(company.mail_address)
        stripe.know([buyer(debtor) for debtor in company.debtors])
        seed, percent = options.seed, options.transfers
        purse = Purse(company, memory, stripe, seed=seed, transfers=percent)
        inbound = Inbound(mail, courier, company.mail_address, clock)
        workspace = SlackStore(data / "slack.db", clock)
        stack.callback(workspace.close)
        life = Life(company, memory, purse, mail, inbound, clock, options.pace, seed)
        yield Parts(
            company=company,
            clock=clock,
            secrets=secrets,
            mail=mail,
            mail_faults=FaultPlan(),
            inbound=inbound,
            courier=courier,
            stripe=stripe,
            stripe_faults=StripeFaults(),
            memory=memory,
            purse=purse,
            life=life,
            slack=_slack(company, workspace, secrets),
        )


def _slack(company: Company, store: SlackStore, secrets: Secrets) -> SlackServer:
    delivery = Delivery(store.now, secrets.slack_signing_secret)
    keys = SlackKeys(secrets.slack_bot_token, secrets.slack_app_token, secrets.control_token)
    return SlackServer(Workspace(people_of(company), store, delivery), keys)


def _bank(options: Options, parts: Parts) -> Bank:
    folder = options.data / "bank"
    bank = Bank(parts.company, parts.memory, parts.stripe, parts.clock, folder, options.seed)
    bank.open()
    return bank


def _crm(options: Options, parts: Parts) -> Crm:
    kept = Identity(options.seed, "", options.customers, options.invoices)
    first_day = date.fromisoformat(kept_identity(options.data / "world.json", kept).today)
    return open_crm(parts.company, parts.secrets.hubspot_token, parts.clock.now, first_day)


def _company(options: Options, clock: SandboxClock) -> Company:
    today = options.today or clock.now().date()
    wanted = Identity(options.seed, today.isoformat(), options.customers, options.invoices)
    kept = kept_identity(options.data / "world.json", wanted)
    first_day = date.fromisoformat(kept.today)
    company = build_company(kept.seed, first_day, kept.customers, kept.invoices, breadth=True)
    debtors = tuple(
        replace(debtor, temperament=options.characters.get(index, debtor.temperament))
        for index, debtor in enumerate(company.debtors)
    )
    return replace(company, debtors=debtors)


def _channels(secrets: Secrets) -> dict[str, Channel]:
    mail, stripe = secrets.mail_inbound_secret, secrets.stripe_webhook_secret
    return {
        "mail": Channel("/webhooks/mail", "X-Dunwell-Signature", mail),
        "stripe": Channel("/webhooks/stripe", "Stripe-Signature", stripe),
    }


def _login(parts: Parts) -> Login:
    return Login(parts.company.mail_address, parts.secrets.mail_password)


def _world(
    ports: dict[str, socket.socket],
    parts: Parts,
    erp: ErpStore,
    key_file: Path,
) -> World:
    number = {name: int(listening.getsockname()[1]) for name, listening in ports.items()}
    url = {name: f"http://127.0.0.1:{port}" for name, port in number.items()}
    world = World(
        erp_url=url["erp"],
        stripe_url=url["stripe"],
        control_url=url["control"],
        slack_url=url["slack"],
        smtp_port=number["smtp"],
        imap_port=number["imap"],
        settings={},
        parts=parts,
        erp=erp,
    )
    settings = {
        **erp_settings(world.erp_url, key_file.absolute()),
        **_mail_settings(world),
        "STRIPE_API_KEY": parts.secrets.stripe_api_key,
        "STRIPE_WEBHOOK_SECRET": parts.secrets.stripe_webhook_secret,
        "STRIPE_API_BASE": world.stripe_url,
        **_slack_settings(world),
        "DUNWELL_COMPANY_NAME": parts.company.name,
        "DUNWELL_CLOCK_FILE": str(parts.clock.path.absolute()),
        "DUNWELL_SANDBOX_URL": world.control_url,
        "DUNWELL_SANDBOX_TOKEN": parts.secrets.control_token,
        "DUNWELL_COLLECTIONS_FOR_NEW": "on",
    }
    return replace(world, settings=settings)


def _slack_settings(world: World) -> dict[str, str]:
    secrets = world.parts.secrets
    return {
        "SLACK_BOT_TOKEN": secrets.slack_bot_token,
        "SLACK_APP_TOKEN": secrets.slack_app_token,
        "SLACK_BASE_URL": f"{world.slack_url}/api/",
        "SLACK_ALERTS_CHANNEL": "C0ALERTS",
        "SLACK_ZONE": "America/New_York",
    }


def _mail_settings(world: World) -> dict[str, str]:
    login, company = _login(world.parts), world.parts.company
    return {
        "MAIL_FROM": company.mail_address,
        "MAIL_FROM_NAME": f"{company.name} Accounts Receivable",
        "MAIL_SENT_FOLDER": SENT,
        "MAIL_TRUSTED_AUTHSERV": HOST_NAME,
        "MAIL_INBOUND_SECRET": world.parts.secrets.mail_inbound_secret,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(world.smtp_port),
        "SMTP_USERNAME": login.username,
        "SMTP_PASSWORD": login.password,
        "SMTP_SECURITY": "none",
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(world.imap_port),
        "IMAP_USERNAME": login.username,
        "IMAP_PASSWORD": login.password,
        "IMAP_SECURITY": "none",
    }


def _listen(options: Options, name: str) -> socket.socket:
    return listen(options.port_base + _OFFSETS[name] if options.port_base else 0)


@contextlib.asynccontextmanager
async def _background(parts: Parts) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """The courier and the debtors, for as long as the block lasts. Raises what stopped them."""
    running = [parts.courier.run(), parts.life.run()]
    if parts.bank is not None:
        running.append(parts.bank.run())
    tasks = tuple(asyncio.create_task(one) for one in running)
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
