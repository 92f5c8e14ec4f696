"""Parsed data of review.yaml -> ReviewPolicy, refusing what it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from erp.review.policy import (
    CLASSIFICATIONS,
    MANDATORY,
    Certificate,
    CustomerRules,
    ErpRules,
    HeaderRules,
    LineRules,
    MatchRules,
    RevenueRules,
    ReviewPolicy,
    TaxRules,
)
from erp.review.policy_section import Section

_SECTIONS = ("customers", "matching", "header", "lines", "tax", "revenue", "erp")


def review_policy_from(raw: Mapping[str, object]) -> ReviewPolicy:
    """The policy in parsed data; what is left out is as usual. Raises ReviewPolicyError."""
    top = Section(raw, ())
    top.only(_SECTIONS)
    return ReviewPolicy(
        matching=_matching(top.section("matching")),
        customers=_customers(top.section("customers")),
        header=_header(top.section("header")),
        lines=_lines(top.section("lines")),
        tax=_tax(top.section("tax")),
        revenue=_revenue(top.section("revenue")),
        erp=_erp(top.section("erp")),
    )


def _matching(part: Section) -> MatchRules:
    usual = MatchRules()
    return part.close(
        MatchRules(
            propose_from=part.whole("propose_from", usual.propose_from, 1, 100),
            same_domain_from=part.whole("same_domain_from", usual.same_domain_from, 1, 100),
            sure_from=part.whole("sure_from", usual.sure_from, 1, 100),
            lead=part.whole("lead", usual.lead, 0, 100),
            ask_before_creating_from=part.whole(
                "ask_before_creating_from", usual.ask_before_creating_from, 1, 100
            ),
        )
    )


def _customers(part: Section) -> CustomerRules:
    return part.close(
        CustomerRules(
            credit_hold_blocks=part.flag("credit_hold_blocks", usual=True),
            credit_hold_exceptions=part.names("credit_hold_exceptions"),
            purchase_order_required=part.names("purchase_order_required"),
            intercompany=part.names("intercompany"),
            also_currencies=part.lists("also_currencies"),
            also_subsidiaries=part.lists("also_subsidiaries"),
        )
    )


def _header(part: Section) -> HeaderRules:
    usual = HeaderRules()
    return part.close(
        HeaderRules(
            unusual_after_days=part.whole("unusual_after_days", usual.unusual_after_days, 1, 3660),
            rate_tolerance_percent=part.percent("rate_tolerance_percent", Fraction(2)),
            approval_routing=part.flag("approval_routing", usual=False),
            next_approver=part.word("next_approver"),
            blanket_orders=part.names("blanket_orders"),
            duplicate_days=part.whole("duplicate_days", usual.duplicate_days, 0, 366),
        )
    )


def _lines(part: Section) -> LineRules:
    usual = LineRules()
    required = part.lists("required")
    for subsidiary, names in required.items():
        part.known(("required", subsidiary), names, CLASSIFICATIONS)
    return part.close(
        LineRules(
            guess_from=part.whole("guess_from", usual.guess_from, 1, 100),
            required=required,
            suspense_words=tuple(
                word.casefold() for word in part.names("suspense_words", usual.suspense_words)
            ),
            suspense_accounts=part.names("suspense_accounts"),
        )
    )


def _tax(part: Section) -> TaxRules:
    held = part.section("certificates")
    return part.close(
        TaxRules(
            required_in=part.names("required_in"),
            certificates_needed=part.flag("certificates_needed", usual=True),
            certificates={name: _certificate(held.section(name)) for name in held.raw},
            reverse_charge=part.flag("reverse_charge", usual=True),
        )
    )


def _certificate(part: Section) -> Certificate:
    number = part.word("number")
    if not number:
        part.fail("number", "a certificate has a number", "Write `number: ...`.")
    return part.close(Certificate(number, part.day("valid_until")))


def _revenue(part: Section) -> RevenueRules:
    usual = RevenueRules()
    return part.close(
        RevenueRules(
            rules_without_dates=part.names("rules_without_dates"),
            gap_days=part.whole("gap_days", usual.gap_days, 0, 3660),
            financing_months=part.whole("financing_months", usual.financing_months, 1, 120),
            bundle_percent=part.whole("bundle_percent", usual.bundle_percent, 0, 100),
        )
    )


def _erp(part: Section) -> ErpRules:
    usual = ErpRules()
    fields = part.names("mandatory_fields")
    part.known(("mandatory_fields",), fields, MANDATORY)
    return part.close(
        ErpRules(
            mandatory_fields=fields,
            lists_fresh_hours=part.whole("lists_fresh_hours", usual.lists_fresh_hours, 1, 720),
            refusal_counts_hours=part.whole(
                "refusal_counts_hours", usual.refusal_counts_hours, 1, 720
            ),
        )
    )
