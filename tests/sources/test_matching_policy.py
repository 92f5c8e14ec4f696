"""The matching policy: what ships lets nothing act alone, and mistakes are shown with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.ledger.money import Money
from domain.matching.decision import MatchClass, NotReceiptKind
from domain.matching.policy import Trial
from domain.matching.receipt import Channel
from domain.matching.rules import NoReceipt, OldestFirst, Shortfall, TreatShort
from domain.matching.settings import NOTHING_ALONE
from sources.matching_policy import load_matching, matching_from
from sources.policy_file import PolicyFileError
from sources.yaml_places import read_yaml

SHIPPED = Path(__file__).parents[2] / "app" / "defaults" / "matching.yaml"
FULL = """
name: northwind
may_act_alone: [object_link, amount]
trial: {cases: 3000, wrong_at_most_per_million: 1000}
largest_alone: {USD: 100.50, JPY: 900}
lead_bits: 12
amount_only: {most_open_invoices: 5, comparisons: 300, equal_invoices_oldest_first: yes}
early_discount_grace_days: 2
bank_fees: {USD: [10.00, 15.00], KWD: [2.500]}
withholding_percent: [10, 2.5]
write_off: {up_to: {USD: 0.05}, percent: 1.5}
parent_pays_for_children: no
payment_services: Bill.com
remembered_payers: {confirmations: 4, half_life_days: 30}
rules:
  - name: oldest
    when: {payer_contains: acme, channels: [ach, wire], at_most: {USD: 10}}
    then: {oldest_first: 7}
  - name: wires
    when: {customers: [7], type_codes: [195], reference_matches: 'W\\d{3}'}
    then: {short_pay: {as: fee, up_to: {USD: 30.00}, percent: 2, reason: wire charge}}
  - name: payouts
    when: {sources: bai2}
    then: {not_a_receipt: payout}
"""


def test_what_ships_tolerates_nothing_and_lets_nothing_act_alone() -> None:
    shipped = load_matching(SHIPPED)
    assert shipped.settings.live == frozenset()
    assert shipped.rules == ()
    assert (shipped.settings.fees, shipped.settings.withholding) == ((), ())
    assert shipped.settings.write_off == ()
    assert shipped.settings.margin_millibits == NOTHING_ALONE.margin_millibits
    assert shipped.settings.payment_services[0] == "Bill.com"
    assert shipped.trial == Trial()


def test_everything_that_can_be_set() -> None:
    values, _ = read_yaml(FULL)
    assert isinstance(values, dict)
    found = matching_from(values)
    settings = found.settings
    assert settings.live == {MatchClass.OBJECT_LINK, MatchClass.AMOUNT}
    assert settings.within_cap(Money(900, "JPY"))
    assert not settings.within_cap(Money(10_051, "USD"))
    assert settings.fees == (Money(1000, "USD"), Money(1500, "USD"), Money(2500, "KWD"))
    assert (settings.withholding, settings.write_off_percent) == ((1000, 250), 150)
    assert (settings.margin_millibits, settings.most_open_for_amount) == (12_000, 5)
    assert (settings.alias_confirmations, settings.alias_half_life_days) == (4, 30)
    assert settings.equal_invoices_oldest_first
    assert not settings.parent_pays_children
    assert found.trial == Trial(3000, 1000)
    assert [rule.live for rule in found.rules] == [False] * 3
    first, second, third = found.rules
    assert first.then == OldestFirst(7)
    assert first.when.channels == {Channel.ACH, Channel.WIRE}
    assert second.then == TreatShort(Shortfall.FEE, (Money(3000, "USD"),), 200, "wire charge")
    assert second.when.type_codes == {"195"}
    assert third.then == NoReceipt(NotReceiptKind.PAYOUT)


RULE = "rules:\n  - name: a\n    when: {sources: bai2}\n"


@pytest.mark.parametrize(
    ("text", "line", "problem", "fix"),
    [
        ("tolerance: 5", 1, "tolerance is not known", "bank_fees"),
        ("name: x\nmay_act_alone: [sums]", 2, "'sums' is not known", "object_link"),
        ("may_act_alone: [guess]", 1, "guess never acts alone", "person decides"),
        ("lead_bits: 2", 1, "2 does not fit", "from 5 to 60"),
        ("amount_only:\n  most_open_invoices: 30", 2, "30 does not fit", "from 1 to 10"),
        ("amount_only:\n  comparisons: yes", 2, "does not fit", "from 200 to 1000"),
        ("bank_fees: {USD: 10}", 1, "is not a list", "[one, two]"),
        ("bank_fees:\n  USD: [10.001]", 2, "more digits", "USD: 25000.00"),
        ("largest_alone: {dollars: 1}", 1, "dollars", "known currency"),
        ("largest_alone: {USD: -1}", 1, "negative", "zero or more"),
        ("withholding_percent:\n  - 10\n  - 1.555", 3, "no percentage", "2 or 1.5"),
        ("trial:\n  cases: 100", 2, "cannot show it", "at least 600 cases"),
        ("parent_pays_for_children: maybe", 1, "neither yes nor no", "yes or no"),
        ("payment_services: ['']", 1, "empty word", "between the quotes"),
        ("rules: [a]", 1, "no `name: value`", "Indent"),
        ("rules:\n  - when: {}", 2, "no usable name", "Write `name:`"),
        ("rules:\n  - name: a\n    when: {}\n", 3, "no condition", "payer_contains"),
        (RULE, 2, "exactly one thing", "payer_is"),
        (RULE + "    then: {oldest_first: acme}", 4, "'acme' does not fit", "whole number"),
        (RULE + "    then: {whole_balance_only: no}", 4, "only be yes", "leave the rule out"),
        (RULE + "    then:\n      short_pay: {as: gift}", 5, "no limit", "USD: 30.00"),
        (RULE + "    then: {not_a_receipt: gift}", 4, "'gift' is not known", "payout"),
        (RULE + "    then: {hold: why}\n  - name: a\n    when: {sources: x}\n    then: {hold: x}",
         5, "twice", "a name of its own"),
        (RULE.replace("sources: bai2", "reference_matches: a+"), 3, "cannot be searched", "Groups"),
        (RULE.replace("sources: bai2", "customers: acme"), 3, "no customer", "address"),
    ],
)  # fmt: skip
def test_mistakes_are_shown_with_their_line_and_a_way_out(
    tmp_path: Path, text: str, line: int, problem: str, fix: str
) -> None:
    path = tmp_path / "matching.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyFileError) as caught:
        load_matching(path)
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert fix in caught.value.fix
