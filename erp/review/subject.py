"""Everything the review looks at, as one value: the draft and what is known of the ERP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.ledger.money import Money
from erp.masters import ErpAccount, ErpClassification, ErpItem, ErpPeriod, ErpSubsidiary, ErpTerm
from erp.review.draft import Draft, DraftLine
from erp.review.finding import Candidate, JournalLine
from erp.review.origin import Origin
from erp.review.policy import ReviewPolicy


@dataclass(frozen=True, slots=True)
class Masters:
    """The ERP's lists by id. `read_at` is when they were last read, None when they never were."""

    items: Mapping[str, ErpItem] = field(default_factory=dict)
    accounts: Mapping[str, ErpAccount] = field(default_factory=dict)
    terms: Mapping[str, ErpTerm] = field(default_factory=dict)
    subsidiaries: Mapping[str, ErpSubsidiary] = field(default_factory=dict)
    classifications: Mapping[tuple[str, str], ErpClassification] = field(default_factory=dict)
    periods: tuple[ErpPeriod, ...] = ()
    read_at: datetime | None = None

    def period_of(self, on: date) -> ErpPeriod | None:
        """The posting period that holds a day."""
        return next((p for p in self.periods if p.starts_on <= on <= p.ends_on), None)

    def open_period(self, on: date) -> ErpPeriod | None:
        """The first period that is open for receivables and ends on a day or later."""
        later = (p for p in self.periods if p.ends_on >= on and not shut(p))
        return min(later, key=lambda p: p.starts_on, default=None)


def shut(period: ErpPeriod) -> bool:
    """Whether nothing of receivables may be posted into it."""
    return period.closed or period.ar_locked or period.all_locked


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """The customer as the mirror has it. `open` is what it owes, by currency.

    `currencies` and `subsidiaries` are its own and those it was invoiced in or from before;
    `relatives` the names of the customers right above and below it.
    """

    id: int
    netsuite_id: str
    number: str
    name: str
    currency: str
    legal_name: str = ""
    country: str = ""
    inactive: bool = False
    credit_hold: bool = False
    credit_limit: Money | None = None
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    currencies: frozenset[str] = frozenset()
    subsidiaries: frozenset[str] = frozenset()
    reachable: bool = True
    open: Mapping[str, Money] = field(default_factory=dict)
    relatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of an invoice that the ERP has."""

    amount: Money
    item_netsuite_id: str = ""
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    """An invoice that the ERP has. `alive` is neither voided nor rejected nor gone."""

    id: int
    netsuite_id: str
    number: str
    customer_id: int
    total: Money
    open: Money
    issued_on: date
    due_on: date
    alive: bool = True
    po_number: str = ""
    memo: str = ""
    external_id: str = ""
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    modified_at: datetime | None = None
    lines: tuple[KnownLine, ...] = ()

    @property
    def called(self) -> str:
        return self.number or self.netsuite_id


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """A line with the item it will be. `found`: given, mapped, sku, default, guess or none.

    `classes` are department, class and location after all defaults, by name.
    """

    place: int
    line: DraftLine
    item: ErpItem | None = None
    found: str = "none"
    score: int = 0
    classes: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return f"line {self.place}"

    @property
    def item_name(self) -> str:
        return self.item.name if self.item else self.line.product


@dataclass(frozen=True, slots=True)
class Denied:
    """A call that the ERP refused for want of permission."""

    verb: str
    record: str
    said: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What waits for approval or runs, and what would be sent now: SHA-256 of the payloads."""

    waiting: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSubject:
    """One draft and all that its review needs.

    `carries` names what the draft was made from (contract, deal, ...), `origin` is what is known
    of that: checks that need something else are not asked. A draft that bills several deals has
    them in `joined` and no `origin`. Ids that were found by mapping or default are
    `*_netsuite_id` here.
    """

    draft: Draft
    policy: ReviewPolicy
    masters: Masters
    now: datetime
    customer: CustomerFacts | None = None
    candidates: tuple[Candidate, ...] = ()
    lines: tuple[ResolvedLine, ...] = ()
    subsidiary: ErpSubsidiary | None = None
    terms: ErpTerm | None = None
    ar_account: ErpAccount | None = None
    ar_account_netsuite_id: str = ""
    rate: str | None = None
    others: tuple[KnownInvoice, ...] = ()
    same_number: KnownInvoice | None = None
    same_external_id: KnownInvoice | None = None
    copy: KnownInvoice | None = None
    po_billed: Money | None = None
    journal: tuple[JournalLine, ...] = ()
    denied: tuple[Denied, ...] = ()
    sent: Sent = Sent()
    carries: frozenset[str] = frozenset()
    origin: Origin | None = None
    joined: tuple[Origin, ...] = ()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def subsidiary_name(self) -> str:
        return self.subsidiary.name if self.subsidiary else "the subsidiary"

    @property
    def customer_name(self) -> str:
        return self.customer.name if self.customer else self.draft.customer_name

    @property
    def alive(self) -> tuple[KnownInvoice, ...]:
        """The customer's other invoices that count."""
        own = self.draft.netsuite_id
        return tuple(i for i in self.others if i.alive and i.netsuite_id != own)

    @property
    def base_currency(self) -> str:
        """The currency the subsidiary keeps its books in."""
        return self.subsidiary.currency if self.subsidiary else self.draft.currency

    @property
    def apart(self) -> tuple[ReviewSubject, ...]:
        """What each of several deals bills, as if it were alone; itself where there is one."""
        return tuple(self._only(one) for one in self.joined) or (self,)

    def _only(self, origin: Origin) -> ReviewSubject:
        mine = tuple(one for one in self.lines if one.line.deal_id == origin.deal_id)
        draft = replace(self.draft, lines=tuple(one.line for one in mine))
        return replace(self, draft=draft, lines=mine, origin=origin, joined=())

    def with_draft(self, draft: Draft) -> ReviewSubject:
        """The same, with another draft in its place."""
        return replace(self, draft=draft)
