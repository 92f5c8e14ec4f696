"""What the review holds invoices against, as a finance person sets it in review.yaml.

Customers are named by their number in the ERP, subsidiaries and accounts by their ids there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

NameLists = Mapping[str, tuple[str, ...]]
CLASSIFICATIONS = ("department", "class", "location")
MANDATORY = ("number", "po_number", "memo", "terms", "due_on", *CLASSIFICATIONS)


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How alike names must be, in percent. `lead` is by how much the best must beat the next."""

    propose_from: int = 60
    same_domain_from: int = 85
    sure_from: int = 97
    lead: int = 8
    ask_before_creating_from: int = 80


@dataclass(frozen=True, slots=True)
class CustomerRules:
    """What holds for some customers only."""

    credit_hold_blocks: bool = True
    credit_hold_exceptions: tuple[str, ...] = ()
    purchase_order_required: tuple[str, ...] = ()
    intercompany: tuple[str, ...] = ()
    also_currencies: NameLists = field(default_factory=dict)
    also_subsidiaries: NameLists = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderRules:
    """What the head of an invoice must keep to. Percentages are exact fractions of a hundred."""

    unusual_after_days: int = 45
    rate_tolerance_percent: Fraction = Fraction(2)
    approval_routing: bool = False
    next_approver: str = ""
    blanket_orders: tuple[str, ...] = ()
    duplicate_days: int = 7


@dataclass(frozen=True, slots=True)
class LineRules:
    """`required` lists classifications by subsidiary, "*" for every one."""

    guess_from: int = 70
    required: NameLists = field(default_factory=dict)
    suspense_words: tuple[str, ...] = ("suspense", "clearing")
    suspense_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A customer's proof that it owes no tax."""

    number: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class TaxRules:
    """Where invoices carry tax (countries or subsidiary ids), and who is exempt."""

    required_in: tuple[str, ...] = ()
    certificates_needed: bool = True
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    reverse_charge: bool = True


@dataclass(frozen=True, slots=True)
class RevenueRules:
    """`rules_without_dates` are revenue rules of the ERP that need no service dates.

    `bundle_percent` is how far off its stand-alone price something may be sold in a bundle.
    """

    rules_without_dates: tuple[str, ...] = ()
    gap_days: int = 92
    financing_months: int = 12
    bundle_percent: int = 20


@dataclass(frozen=True, slots=True)
class ErpRules:
    """What the ERP asks for, and how old its lists may be."""

    mandatory_fields: tuple[str, ...] = ()
    lists_fresh_hours: int = 24
    refusal_counts_hours: int = 24


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """The whole policy."""

    matching: MatchRules = MatchRules()
    customers: CustomerRules = field(default_factory=CustomerRules)
    header: HeaderRules = HeaderRules()
    lines: LineRules = field(default_factory=LineRules)
    tax: TaxRules = field(default_factory=TaxRules)
    revenue: RevenueRules = RevenueRules()
    erp: ErpRules = ErpRules()
