"""The parts of a running sandbox, within reach of its panel and of tests."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.bank import Bank
from sandbox.clock import SandboxClock
from sandbox.company import Company
from sandbox.courier import Courier
from sandbox.debtors.life import Life
from sandbox.debtors.memory import Memory
from sandbox.debtors.purse import Purse
from sandbox.mail.faults import FaultPlan
from sandbox.mail.inbound import Inbound
from sandbox.mail.store import MailStore
from sandbox.settings_file import Secrets
from sandbox.slack.app import SlackServer
from sandbox.stripe.app import StripeFaults
from sandbox.stripe.store import StripeStore


@dataclass(frozen=True, slots=True)
class Parts:
    """Stores, switches and actors of one world."""

    company: Company
    clock: SandboxClock
    secrets: Secrets
    mail: MailStore
    mail_faults: FaultPlan
    inbound: Inbound
    courier: Courier
    stripe: StripeStore
    stripe_faults: StripeFaults
    memory: Memory
    purse: Purse
    life: Life
    slack: SlackServer
    bank: Bank | None = None
