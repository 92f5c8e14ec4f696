"""How revenue is read from billed lines: mode, calendars, and for each item its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.modification import BAND
from domain.revenue.periods import Calendar, Monthly
from domain.revenue.plan import Method


class Mode(StrEnum):
    """Who posts revenue: ARM (NetSuite does), JOURNAL (we propose journals), AUTO: as the account.

    With AUTO an account that has revenue arrangements is in ARM mode.
    """

    AUTO = "auto"
    ARM = "arm"
    JOURNAL = "journal"


class Undated(StrEnum):
    """What becomes of a line without service dates."""

    HOLD = "hold"
    AT_BILLING = "at_billing"


class Unlisted(StrEnum):
    """What becomes of an item that the settings do not name."""

    HOLD = "hold"
    FROM_ERP = "from_netsuite"


@dataclass(frozen=True, slots=True)
class ItemRule:
    """How lines of an item are recognized. Empty accounts are those of the item in the ERP.

    `stand_alone` are prices by currency; `bundle` names the items that a line of this one is
    split into; a `residual` item takes what the prices of the others leave.
    """

    revenue_type: str = ""
    method: Method | None = None
    undated: Undated | None = None
    revenue_account: str = ""
    deferred_account: str = ""
    contra_account: str = ""
    stand_alone: Mapping[str, Money] = field(default_factory=dict)
    bundle: tuple[str, ...] = ()
    residual: bool = False
    percents: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class RevenueSettings:
    """The settings of a file. `rules` name a method for each revenue rule of the ERP.

    Items are named by their ERP id or their name. Lines of `not_revenue` items are left out,
    credits of `bad_debt` items are write-offs, of `concession` items go to contra revenue.
    With `together` the lines of an invoice that all have a stand-alone price share its price.
    `tolerance` is the difference to the general ledger that needs no explanation. `text` is the
    file's own, `digest` of it.
    """

    mode: Mode = Mode.AUTO
    calendar: Calendar = field(default_factory=Monthly)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    method: Method = Method.EXACT_DAYS
    undated: Undated = Undated.HOLD
    unlisted: Unlisted = Unlisted.FROM_ERP
    revenue_type: str = "other"
    revenue_account: str = ""
    deferred_account: str = ""
    contra_account: str = ""
    items: Mapping[str, ItemRule] = field(default_factory=dict)
    rules: Mapping[str, Method] = field(default_factory=dict)
    not_revenue: frozenset[str] = frozenset()
    bad_debt: frozenset[str] = frozenset()
    concession: frozenset[str] = frozenset()
    together: bool = False
    band: Fraction = BAND
    tolerance: Mapping[str, Money] = field(default_factory=dict)
    digest: str = ""
    text: str = field(default="", repr=False)

    def calendar_of(self, subsidiary_netsuite_id: str) -> Calendar:
        return self.calendars.get(subsidiary_netsuite_id, self.calendar)

    def mode_in(self, *, arrangements: bool | None) -> Mode:
        """The mode in force. An account of which nobody knows is left to NetSuite: no journals."""
        if self.mode is not Mode.AUTO:
            return self.mode
        return Mode.JOURNAL if arrangements is False else Mode.ARM

    def rule_of(self, item_netsuite_id: str, item_name: str) -> ItemRule | None:
        return self.items.get(item_netsuite_id) or self.items.get(item_name)
