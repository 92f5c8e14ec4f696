"""Revenue settings: the file that ships, what it may say, and errors with their line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from domain.ledger.money import Money
from domain.revenue.plan import Method
from domain.revenue.settings import Mode, RevenueSettings, Undated, Unlisted
from sources.policy_file import PolicyFileError
from sources.revenue_policy import load_revenue, revenue_settings

SHIPPED = Path(__file__).parents[3] / "app" / "defaults" / "revenue.yaml"


def test_the_shipped_file_guesses_nothing_and_posts_nothing() -> None:
    settings = load_revenue(SHIPPED)
    assert settings.undated is Undated.HOLD
    assert settings.unlisted is Unlisted.FROM_ERP
    assert settings.mode_in(arrangements=None) is Mode.ARM
    assert settings.mode_in(arrangements=True) is Mode.ARM
    assert settings.mode_in(arrangements=False) is Mode.JOURNAL
    assert RevenueSettings(mode=Mode.ARM).mode_in(arrangements=False) is Mode.ARM


def test_every_setting_can_be_told() -> None:
    settings = revenue_settings(
        """
mode: journal
calendar:
  default: monthly
  "3": {pattern: 4-5-4, first_month: 2, starts_on: monday}
  "4": 4-4-5
defaults: {method: even_periods, without_dates: at_billing, unlisted_items: hold, type: services}
items:
  Platform: {type: subscription, stand_alone_price: {USD: 12000.00, JPY: 1500000}}
  "77": {bundle: [Platform, Training]}
  Launch: {method: custom_percent, percents: [50, 30.5, 19.5]}
netsuite_rules: {"3": prorate_first_last}
not_revenue: [Shipping]
bad_debt_items: [9]
separate_within_percent: 10
allocate_invoices: true
tolerance: {USD: 0.05}
""",
        "revenue.yaml",
    )
    assert settings.mode is Mode.JOURNAL
    assert settings.together
    assert settings.calendar_of("3").of(date(2026, 3, 1)).name == "FY2026-P01"
    assert settings.calendar_of("4").of(date(2026, 1, 5)).name == "FY2026-P01"
    assert settings.calendar_of("1").of(date(2026, 3, 1)).name == "2026-03"
    platform = settings.rule_of("5", "Platform")
    assert platform is not None
    assert platform.stand_alone["JPY"] == Money(1_500_000, "JPY")
    assert settings.items["77"].bundle == ("Platform", "Training")
    assert settings.items["Launch"].percents[1] == Fraction(61, 2)
    assert settings.rules == {"3": Method.PRORATE_FIRST_LAST}
    assert settings.bad_debt == {"9"}
    assert settings.band == Fraction(1, 10)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mode: both", "line 1, column 1: 'both' is not known here"),
        ("mode: arm\nspelling: 1", "line 2, column 1: spelling is not known here"),
        ("items:\n  A:\n    method: slowly", "line 3, column 5: 'slowly' is not known"),
        ("items:\n  A: {bundle: [B]}", "line 2, column 7: these are no components"),
        ("items:\n  A: {method: custom_percent}", "the percents of each period are missing"),
        ("items:\n  A: {method: custom_percent, percents: [50, 40]}", "do not add up to 100"),
        ("items:\n  A: {stand_alone_price: {USD: 0}}", "a price of nothing is no price"),
        ("items:\n  A: {type: yes}", "True is no name"),
        ("calendar: weekly", "'weekly' is no calendar"),
        ("calendar: {pattern: 4-4-4}", "a quarter has 13 weeks"),
        ("calendar: {starts_on: someday}", "is no day"),
        ("tolerance: {USD: -1}", "the amount is negative"),
    ],
)
def test_an_error_names_its_line(text: str, told: str) -> None:
    with pytest.raises(PolicyFileError, match=r"revenue.yaml, line") as refused:
        revenue_settings(text, "revenue.yaml")
    assert told in str(refused.value)
