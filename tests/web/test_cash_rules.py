"""A rule as it is typed: all of it arrives, and what is wrong is told at its field."""

from __future__ import annotations

import pytest

from domain.ledger.money import Money
from domain.matching.decision import NotReceiptKind
from domain.matching.receipt import Channel
from domain.matching.rules import (
    Action,
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    Shortfall,
    TreatShort,
    When,
    WholeBalanceOnly,
)
from tests.web.serving import Site
from web.rule_form import RuleForm, rule_of, then_words, when_words

HOLD = {"name": "look", "then": "hold", "hold": "odd", "payer_contains": "Acme"}
CUSTOMERS = {"customer": 7, "payer_is": 8, "oldest_first": 9}


def typed(**values: str) -> tuple[Rule | None, RuleForm]:
    form = RuleForm({**HOLD, **values}, ("wire", "ach"))
    return rule_of(form, form.body(CUSTOMERS)), form


def test_every_condition_arrives() -> None:
    rule, form = typed(
        payer_contains="Acme, Brand Inc",
        reference_contains="po",
        reference_matches="PO-[0-9]{6}",
        currency="usd",
        at_least="1,000.00",
        at_most="2000",
        type_codes="165",
        customer="anybody",
    )
    assert form.problems == {}
    assert rule is not None
    when = rule.when
    assert (when.payer_contains, when.reference_contains) == (("Acme", "Brand Inc"), ("po",))
    assert (when.at_least, when.at_most) == ((Money(100_000, "USD"),), (Money(200_000, "USD"),))
    assert set(when.channels) == {Channel.WIRE, Channel.ACH}
    assert [*when.currencies, *when.type_codes, *when.customers] == ["USD", "165", 7]
    told = " / ".join(when_words(when, {7: "Alder"}))
    for said in ("Acme or Brand Inc", "PO-[0-9]{6}", "1,000.00 USD", "ACH or Wire", "Alder"):
        assert said in told


@pytest.mark.parametrize(
    ("values", "action", "said"),
    [
        ({"then": "payer_is"}, PayerIs(8), "the money of Birch"),
        ({"then": "oldest_first"}, OldestFirst(9), "the oldest invoices of customer 9"),
        ({"then": "whole_balance_only"}, WholeBalanceOnly(), "all that is open"),
        (
            {"then": "not_a_receipt", "not_a_receipt": "payout"},
            NoReceipt(NotReceiptKind.PAYOUT),
            "payout of a payment provider",
        ),
        (
            {"then": "short_pay", "as": "fee", "up_to": "30", "percent": "1.5", "currency": "USD"},
            TreatShort(Shortfall.FEE, (Money(3_000, "USD"),), 150),
            "up to 30.00 USD and 1.50 %, is a bank fee",
        ),
        ({"then": "hold"}, Hold("odd"), "a person looks at it: odd"),
    ],
)  # fmt: skip
def test_every_action_arrives(values: dict[str, str], action: Action, said: str) -> None:
    rule, form = typed(**values)
    assert form.problems == {}
    assert rule is not None
    assert rule.then == action
    assert said in then_words(action, {8: "Birch"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"then": ""}, "then"),
        ({"at_least": "12,50", "currency": "USD"}, "at_least"),
        ({"at_least": "12.50"}, "currency"),
        ({"reference_matches": "(a+)+"}, "reference_matches"),
        ({"then": "short_pay", "as": "fee", "currency": "USD"}, "up_to"),
        ({"then": "short_pay", "as": "gift", "up_to": "1", "currency": "USD"}, "as"),
        ({"then": "short_pay", "as": "fee", "up_to": "1", "percent": "x", "currency": "USD"},
         "percent"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(values: dict[str, str], field: str) -> None:
    rule, form = typed(**values)
    assert rule is None
    assert form.problems[field]


def test_a_rule_without_a_condition_or_a_customer_is_none() -> None:
    form = RuleForm({"name": "x", "then": "payer_is"})
    assert rule_of(form, form.body({})) is None
    assert form.problems["payer_is"] == "Name the customer."
    assert "no condition" in form.problems["when"]
    assert when_words(When(), {}) == []


async def test_a_rule_is_written_tried_and_switched_on_by_somebody_else(site: Site) -> None:
    form = {"name": "our <processor>", "payer_contains": "Acquirer", "then": "not_a_receipt"}
    form["not_a_receipt"] = "payout"
    named = {"name": form["name"]}
    async with site.signed_in("viewer") as browser:
        assert "No rule yet" in (await browser.get("/payments/rules")).text
        for path in ("", "/live", "/retire"):
            assert (await browser.post(f"/payments/rules{path}", **form)).status_code == 403
    async with site.signed_in("controller") as browser:
        wrong = await browser.post("/payments/rules", **{**form, "customer": "Nobody"})
        assert (wrong.status_code, "No single customer" in wrong.text) == (422, True)
        saved = await browser.post("/payments/rules", **form)
        assert saved.status_code == 303, saved.text
        tried = (await browser.get(saved.headers["location"].partition("#")[0])).text
        assert "our &lt;processor&gt;" in tried
        assert "Tried over 0 payments" in tried
        again = await browser.post("/payments/rules", **form)
        assert (again.status_code, "of this name already" in again.text) == (422, True)
        own = await browser.post("/payments/rules/live", **named)
        assert (own.status_code, "somebody else must" in own.text) == (409, True)
    async with site.signed_in("approver") as browser:
        assert (await browser.post("/payments/rules/live", **named)).status_code == 403


async def test_a_rule_of_another_acts_until_it_is_retired(site: Site) -> None:
    form = {"name": "look", "payer_contains": "Acme", "then": "hold", "hold": "odd"}
    async with site.signed_in("collector") as browser:
        assert (await browser.post("/payments/rules", **form)).status_code == 303
    async with site.signed_in("controller") as browser:
        live = await browser.post("/payments/rules/live", name="look")
        assert live.headers["location"].endswith("rule_live")
        assert ">Acts<" in (await browser.get("/payments/rules")).text
        silent = await browser.post("/payments/rules/retire", name="look")
        assert (silent.status_code, "Please say why" in silent.text) == (409, True)
        done = await browser.post("/payments/rules/retire", name="look", reason="not needed")
        assert done.headers["location"].endswith("rule_retired")
        assert ">Retired<" in (await browser.get("/payments/rules")).text
