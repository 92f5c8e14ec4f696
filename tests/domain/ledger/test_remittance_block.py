"""Bank details: what could be an account, judged beside an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import bic as other_bic
from stdnum import iban as other_iban
from stdnum.us import rtn

from domain.ledger.remittance_block import (
    RemittanceBlock,
    block_of,
    is_bic,
    is_iban,
    is_routing,
    mistakes,
)

GOOD = RemittanceBlock("Halden GmbH", "Testbank", iban="DE89370400440532013000", bic="COBADEFFXXX")


@pytest.mark.parametrize(
    "text",
    [
        "DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
        "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300",
    ],
)  # fmt: skip
def test_a_valid_iban_with_any_one_sign_changed_is_none(text: str) -> None:
    assert is_iban(text)
    for place, sign in enumerate(text):
        for other in "0123456789":
            if other != sign:
                assert not is_iban(text[:place] + other + text[place + 1 :])


@given(st.sampled_from(["DE", "GB", "FR", "BE", "ES"]), st.text("0123456789", max_size=30))
def test_no_iban_is_taken_that_the_other_reader_refuses(country: str, rest: str) -> None:
    assert not is_iban(country + rest) or other_iban.is_valid(country + rest, check_country=False)


@given(st.text("0123456789", min_size=8, max_size=10))
def test_routing_numbers_are_those_of_the_other_reader(text: str) -> None:
    assert is_routing(text) == (rtn.is_valid(text) and bool(int(text)))


@given(st.text("ABCZ019", min_size=7, max_size=12))
def test_a_bic_has_the_form_of_the_other_reader(text: str) -> None:
    assert not other_bic.is_valid(text) or is_bic(text)


def test_what_is_typed_is_taken_without_its_blanks_and_printed_in_groups() -> None:
    typed = {"holder": " Halden  GmbH ", "bank": "Testbank", "iban": "de89 3704-0044 0532 0130 00",
             "bic": "cobadeff xxx"}  # fmt: skip
    assert block_of(typed) == GOOD
    assert GOOD.shown()["iban"] == "DE89 3704 0044 0532 0130 00"
    assert "routing" not in GOOD.shown()


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (RemittanceBlock("", iban=GOOD.iban), "whose account"),
        (RemittanceBlock("Halden"), "needs an IBAN"),
        (RemittanceBlock("Halden", account="12345678"), "needs an IBAN"),
        (RemittanceBlock("Halden", iban="DE88370400440532013000"), "check digits"),
        (RemittanceBlock("Halden", routing="021000020", account="12345678"), "check digit"),
        (RemittanceBlock("Halden", iban=GOOD.iban, bic="DEUT"), "BIC"),
        (RemittanceBlock("Halden", iban=GOOD.iban, account="12 or 1=1"), "account number"),
        (RemittanceBlock("Halden\nPay here", iban=GOOD.iban), "one short line"),
        (RemittanceBlock("see https://pay.example", iban=GOOD.iban), "one short line"),
        (RemittanceBlock("H" * 71, iban=GOOD.iban), "one short line"),
    ],
)
def test_a_block_nobody_could_pay_by_says_why(block: RemittanceBlock, says: str) -> None:
    assert says in " ".join(mistakes(block))


def test_good_blocks_and_the_empty_one_have_no_mistakes() -> None:
    american = RemittanceBlock("Halden Inc.", routing="021000021", account="000123456789")
    assert [mistakes(one) for one in (GOOD, american, RemittanceBlock())] == [(), (), ()]


def test_an_iban_has_the_check_digits_that_banks_work_out_not_others_that_fit() -> None:
    """ISO 13616 works them out as 98 less a remainder: from 02 to 98."""
    digits = {n: 98 - int(f"{n:018d}131400") % 97 for n in range(2_000)}
    for told, alias in ((97, "00"), (98, "01"), (2, "99")):
        number = next(n for n, found in digits.items() if found == told)
        assert is_iban(f"DE{told:02d}{number:018d}")
        assert not is_iban(f"DE{alias}{number:018d}")
