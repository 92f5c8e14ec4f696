"""What an effect says survives the database, and any change of it changes its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from effects.edits import NotEditable, edited
from effects.kinds import KINDS, AppliedAmount, CreateInvoice, Effect, amount_of, from_payload
from effects.resolution import missing_evidence
from store.effects import EffectRow
from tests.effects import contents
from tests.effects.contents import EFFECTS, applications, change, invoice, line, newcomer


@given(effect=EFFECTS)
def test_an_effect_comes_back_from_its_stored_text(effect: Effect) -> None:
    stored = json.loads(json.dumps(effect.payload()))
    again = from_payload(effect.kind, stored)
    assert again == effect
    assert again.fingerprint() == effect.fingerprint()
    assert again.key() == effect.key()


@given(effect=EFFECTS)
def test_the_payload_holds_every_field(effect: Effect) -> None:
    assert set(effect.payload()) == {known.name for known in fields(effect)}
    assert effect.kind in KINDS
    assert effect.title().strip()


@given(effect=contents.INVOICES, other=contents.INVOICES, data=st.data())
def test_every_field_of_an_invoice_is_in_its_fingerprint(
    effect: CreateInvoice, other: CreateInvoice, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([known.name for known in fields(effect)]))
    changed = replace(effect, **{name: getattr(other, name)})
    same = getattr(effect, name) == getattr(other, name)
    assert (changed.fingerprint() == effect.fingerprint()) is same


@pytest.mark.parametrize(
    ("effect", "key", "title", "amount"),
    [
        (invoice("9", "12.00"), "invoice:manual:9", "Invoice of 12.00 USD", "12.00"),
        (invoice("9", number="D-7"), "invoice:manual:9", "Invoice D-7 of 100.00 USD", "100.00"),
        (change("d1"), "update_invoice:71:d1", "Invoice INV-1: change of memo", None),
        (newcomer("c1"), "customer:manual:c1", "New customer Acme", None),
        (applications("d1"), "applications:91:d1", "Payment 91 applied to INV-2", "100.00"),
        (applications("d1", ()), "applications:91:d1", "Payment 91 applied to nothing", "100.00"),
    ],
)
def test_key_title_and_amount(effect: Effect, key: str, title: str, amount: str | None) -> None:
    assert (effect.key(), effect.title()) == (key, title)
    assert amount_of(effect) == (None if amount is None else Money.parse(amount, "USD"))


def test_a_change_names_its_fields_in_words() -> None:
    effect = change(before={"due_on": "2026-04-01", "terms_netsuite_id": ""},
                    after={"due_on": "2026-05-01", "terms_netsuite_id": "4"})  # fmt: skip
    assert effect.title() == "Invoice INV-1: change of due date, terms"


@pytest.mark.parametrize(
    "broken",
    [
        lambda: invoice(lines=()),
        lambda: invoice(currency="EUR"),
        lambda: invoice(lines=(line(), replace(line(), amount=Money(1, "EUR")))),
        lambda: invoice(total="0.00"),
        lambda: change(after={}),
        lambda: change(after={"memo": "x", "due_on": "2026-01-01"}),
        lambda: change(before={"total": "1"}, after={"total": "2"}),
        lambda: change(memo="old"),
        lambda: change(before={"due_on": ""}, after={"due_on": "tomorrow"}),
        lambda: newcomer(name=" "),
        lambda: applications(after=applications().before),
        lambda: applications(amount=Money(9999, "USD")),
        lambda: applications(after=(AppliedAmount(2, "72", "INV-2", Money(0, "USD")),)),
    ],
)
def test_what_makes_no_sense_cannot_be_proposed(broken: Callable[[], Any]) -> None:
    with pytest.raises(ValueError):
        broken()


@pytest.mark.parametrize("effect", [invoice(), change(), newcomer(), applications()])
def test_the_new_kinds_are_edited_where_they_were_prepared(effect: Effect) -> None:
    with pytest.raises(NotEditable, match="where it was prepared"):
        edited(effect, {"memo": "x"})


@pytest.mark.parametrize(
    ("effect", "missing"),
    [
        (invoice(), "the NetSuite id of the invoice"),
        (newcomer(), "the NetSuite id of the customer"),
        (change(), ""),
        (applications(), ""),
    ],
)
def test_what_a_person_must_know_to_say_it_happened(effect: Effect, missing: str) -> None:
    row = EffectRow(kind=effect.kind, key="k", payload=effect.payload(), fingerprint="",
                    state="unknown", proposed_by_kind="system", proposed_by_id="t")  # fmt: skip
    assert missing_evidence(row, {}) == missing
    assert missing_evidence(row, {"netsuite_id": "x1"}) == missing
    assert missing_evidence(row, {"netsuite_id": "12"}) == ""
