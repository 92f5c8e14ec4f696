"""What every walk needs from outside its transaction: who we are and by which rules we act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from domain.dunning.calendar import Calendar
from domain.dunning.facts import GuardRules, OwnFacts
from domain.dunning.ladder import DunningPolicy
from domain.ledger.party import Customer
from domain.matching.policy import MatchingPolicy
from domain.revenue.settings import RevenueSettings
from effects.policy import ApprovalPolicy
from erp.review.policy import ReviewPolicy
from flows.cash_books import CashBooks
from flows.credit_books import CreditBooks
from outreach.compose import Sender
from outreach.message import Mailbox
from sources.holidays import public_holidays
from sources.mail.apart import ReadMail, read_here

Holidays = Callable[[str, str, tuple[int, ...]], frozenset[date]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The seller's side. `token_key` makes reply tokens and message ids unguessable.

    `dunning` is the policy of the file, `dunning_text` that file's text; a version that went live
    holds in its place, see flows.policies.

    `authserv_id` names the border server whose authentication results are believed; `read_mail`
    reads a mail's bytes, in production apart from this process.
    """

    tenant: str
    mailbox: Mailbox
    sender: Sender
    token_key: bytes
    own: OwnFacts
    approval: ApprovalPolicy
    dunning: DunningPolicy
    guard: GuardRules = field(default_factory=GuardRules)
    dunning_text: str = ""
    authserv_id: str = ""
    holidays: Holidays = public_holidays
    review: ReviewPolicy = field(default_factory=ReviewPolicy)
    matching: MatchingPolicy = field(default_factory=MatchingPolicy)
    revenue: RevenueSettings = field(default_factory=RevenueSettings)
    cash: CashBooks = field(default_factory=CashBooks)
    credits: CreditBooks = field(default_factory=CreditBooks)
    read_mail: ReadMail = read_here

    def calendar_of(
        self, customer: Customer, today: date, policy: DunningPolicy | None = None
    ) -> Calendar:
        """The sending calendar where the customer is, by this policy or that of the file."""
        years = (today.year - 1, today.year, today.year + 1)
        days_off = self.holidays(customer.country, customer.region, years)
        return (policy or self.dunning).calendar(days_off)
