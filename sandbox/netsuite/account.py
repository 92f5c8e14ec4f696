"""One NetSuite-shaped account put together: its state, its rules, its knobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.netsuite.access.auth import Gatekeeper
from sandbox.netsuite.access.roles import CLASSIC_REVENUE, Role
from sandbox.netsuite.control.faults import Faults
from sandbox.netsuite.control.governor import Governor
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.notes import REST
from sandbox.netsuite.records.receivables import Families, Receivables
from sandbox.netsuite.records.writing import Writer
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.suiteql.scope import Setting


@dataclass(slots=True)
class Account:
    """The account behind an application. The knobs may be turned while it runs.

    `bump_invoice_lmd_on_apply`: whether applying a payment moves the invoice's
    lastmodifieddate, which no public source settles. `void_by_journal`: the preference Void
    Transactions Using Reversing Journals. `clock_skew_seconds`: how far its clock is ahead.
    `job_seconds`: how long an asynchronous job takes by that clock. `consolidated_payments`: a
    payment of a customer also settles invoices of those below it; `top_level_payments`: the
    preference Apply Payments Through Top-Level Customers Only.
    """

    store: ErpStore
    clock: Callable[[], datetime]
    account_id: str = "TSTDRV1"
    date_format: str = "M/D/YYYY"
    bump_invoice_lmd_on_apply: bool = True
    void_by_journal: bool = False
    clock_skew_seconds: int = 0
    row_cap: int = 100_000
    job_seconds: int = 2
    consolidated_payments: bool = True
    top_level_payments: bool = False
    role: Role = field(default_factory=Role)
    governor: Governor = field(default_factory=Governor)
    faults: Faults = field(default_factory=Faults)
    gatekeeper: Gatekeeper = field(init=False)

    def __post_init__(self) -> None:
        realm = self.account_id.replace("-", "_").upper()
        self.gatekeeper = Gatekeeper(self.store, self.now, realm, self.role)

    @property
    def host(self) -> str:
        """The host the real service would have."""
        slug = self.account_id.replace("_", "-").lower()
        return f"https://{slug}.suitetalk.api.netsuite.com"

    def now(self) -> datetime:
        """The account's own clock."""
        return self.clock() + timedelta(seconds=self.clock_skew_seconds)

    def stamp(self) -> Stamp:
        """This moment."""
        return Stamp.of(self.now(), self.store.zone)

    def setting(self) -> Setting:
        """What a query runs under now."""
        return Setting(
            self.stamp().wall,
            self.date_format,
            self.role.unseen,
            self.role.absent,
            self.row_cap,
        )

    def ledger(self, actor: str = REST) -> Receivables:
        """The receivables arithmetic at this moment."""
        return Receivables(
            self.store,
            self.stamp(),
            bump_invoice=self.bump_invoice_lmd_on_apply,
            actor=actor,
            families=Families(self.consolidated_payments, self.top_level_payments),
        )

    def writer(self, *, strict_names: bool = True, actor: str = REST) -> Writer:
        """Changes to records at this moment."""
        dates = CLASSIC_REVENUE not in self.role.features_off
        return Writer(self.store, self.stamp(), self.ledger(actor), strict_names, actor, dates)
