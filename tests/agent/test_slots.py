"""A draft's figures are slots that code fills; names stay out of prompts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.masking import mask
from agent.slots import fill
from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.repetition import repeats

VALUES = {"amount:INV-1": "1,234.50 USD", "invoice:INV-1": "INV-1", "total": "{{total}} 5"}


def test_slots_become_the_figures_of_the_books() -> None:
    draft = "Pay {{amount:INV-1}} for {{ invoice : INV-1 }}."
    assert fill(draft, VALUES) == "Pay 1,234.50 USD for INV-1."


def test_what_a_value_holds_is_never_read_as_a_slot() -> None:
    assert fill("{{total}}", VALUES) == "{{total}} 5"


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("Pay 1,234.50 USD.", ViolationKind.NUMBER),
        ("Invoice INV-1 is late.", ViolationKind.NUMBER),
        ("It is ١٢ days late.", ViolationKind.NUMBER),
        ("Pay {{amount:INV-2}}.", ViolationKind.SLOT),
        ("Pay {{amount:INV-1}.", ViolationKind.SLOT),
        ("Pay {{cycler.__init__}}.", ViolationKind.SLOT),
    ],
)
def test_a_digit_or_an_unknown_slot_is_refused(draft: str, kind: ViolationKind) -> None:
    found = fill(draft, VALUES)
    assert isinstance(found, tuple)
    assert kind in {violation.kind for violation in found}


@given(st.text(alphabet="aé {}:1INV-٣\n", max_size=60))
@settings(max_examples=40)
def test_no_digit_of_a_draft_itself_ever_gets_through(draft: str) -> None:
    filled = fill(draft, {"a": "", "é": "x"})
    assert not isinstance(filled, str) or not any(char.isdigit() for char in filled)


def test_names_and_addresses_are_hidden_and_put_back() -> None:
    text = "Ann Lee of Acme wrote; ask ann lee or ap@acme.example. [NAME-A] stays."
    masked = mask(text, ["Ann Lee", "Acme", ""])
    assert not any(hidden in masked.text for hidden in ("Ann", "ann lee", "Acme", "acme.example"))
    assert masked.unmask(masked.text) == text


@given(st.lists(st.text(alphabet="AB c[]-NME", max_size=8), max_size=4), st.text(max_size=60))
@settings(max_examples=40)
def test_unmasking_gives_the_text_back(names: list[str], text: str) -> None:
    masked = mask(f"{text} {' '.join(names)}", names)
    assert masked.unmask(masked.text) == f"{text} {' '.join(names)}"


def test_the_same_words_again_are_a_repetition_other_words_are_not() -> None:
    last = "Hello,\n\nYour invoice is past due. Could you tell us when you will pay it?\n\nRegards"
    assert repeats("Your invoice is past due. Could you tell us when you will pay it?", last)
    assert not repeats("Is there anything you need from us before payment can be made?", last)
    assert not repeats("Your invoice is past due.", "")
    again = "下記請求書のお支払期日が過ぎております。お支払予定日をお知らせください。"
    assert repeats(again, f"ご担当者様\n\n{again}")
    assert not repeats("下記請求書について、まだご入金が確認できておりません。", f"{again}")
