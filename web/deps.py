"""What the pages are given at wiring: one frozen value, nothing read from anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from effects.policy import ApprovalPolicy
from flows.desk import Desk
from store.engine import Database


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Where the demo's outside world is controlled, and the token it asks for."""

    url: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings page: never a secret's value."""

    group: str
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WebDeps:
    """Everything the pages need.

    `desk` carries the policies and who we are. `erp_link(kind, netsuite_id)` is the address of a
    "customer", "invoice" or "payment" in the ERP's own pages, or "". `closed_history_days` is how
    far back paid invoices were imported: DSO needs 90. `settings` are shown as they are, so no
    secret may be among them. `sandbox` is set in the demo only.
    """

    db: Database
    clock: Callable[[], datetime]
    desk: Desk
    secret_key: bytes
    public_url: str
    erp_link: Callable[[str, str], str]
    sandbox: Sandbox | None = None
    closed_history_days: int = 0
    settings: tuple[Setting, ...] = ()

    @property
    def policy(self) -> ApprovalPolicy:
        """Who may approve what."""
        return self.desk.approval

    @property
    def company(self) -> str:
        """The seller's name."""
        return self.desk.sender.company
