"""Which movements are no receipts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from domain.ledger.money import Money
from domain.matching.classify import classify, not_a_receipt
from domain.matching.decision import NotReceiptKind
from domain.matching.receipt import Reference, ReferenceKind
from tests.domain.matching.ledgers import usd

HUNDRED = usd("100.00")


@dataclass(frozen=True)
class Moved:
    amount: Money = HUNDRED
    type_code: str = ""
    payer_name: str = ""
    references: tuple[Reference, ...] = ()
    returns: str = ""
    return_code: str = ""


def text(words: str, kind: ReferenceKind = ReferenceKind.REMITTANCE) -> tuple[Reference, ...]:
    return (Reference(kind, words),)


@pytest.mark.parametrize(
    ("movement", "kind"),
    [
        (Moved(return_code="R01"), NotReceiptKind.RETURN),
        (Moved(returns="0210000212345"), NotReceiptKind.RETURN),
        (Moved(type_code="555"), NotReceiptKind.RETURN),
        (Moved(type_code="PMNT/RCDT/RRTN"), NotReceiptKind.RETURN),
        (Moved(type_code="NINT"), NotReceiptKind.INTEREST),
        (Moved(type_code="ACMT-MCOP-INTR"), NotReceiptKind.INTEREST),
        (Moved(type_code="275"), NotReceiptKind.TRANSFER),
        (Moved(amount=usd("-5.00")), NotReceiptKind.DEBIT),
        (Moved(amount=usd("0")), NotReceiptKind.DEBIT),
        (Moved(payer_name="STRIPE", references=text("TRANSFER ST-A1")), NotReceiptKind.PAYOUT),
        (Moved(payer_name="IRS TREAS 310", references=text("TAX REF")), NotReceiptKind.TAX),
        (Moved(references=text("Interest credit Q1")), NotReceiptKind.INTEREST),
        (Moved(references=text("ZBA TRANSFER from 0042")), NotReceiptKind.TRANSFER),
        (Moved(references=text("Rücklastschrift")), NotReceiptKind.RETURN),
        (Moved(references=text("Supplier refund 77")), NotReceiptKind.REFUND),
    ],
)
def test_marks_of_the_bank_and_plain_words(movement: Moved, kind: NotReceiptKind) -> None:
    assert classify(movement) is kind


def test_the_trace_of_an_expected_payout() -> None:
    movement = Moved(references=text("0910-0001 2345", ReferenceKind.TRACE))
    assert classify(movement, ["091000012345"]) is NotReceiptKind.PAYOUT
    assert classify(movement, ["091000012346"]) is None
    assert classify(movement, [""]) is None


@pytest.mark.parametrize(
    "movement",
    [
        Moved(),
        Moved(type_code="165", payer_name="Stripe & Sons Ltd", references=text("INV-1001")),
        Moved(type_code="NTRF", payer_name="Interest Group Media", references=text("INV-7")),
        Moved(type_code="PMNT/RCDT/ESCT", references=text("transfer for invoice 1001")),
        Moved(type_code="142", references=text("refundable deposit paid earlier, INV-9")),
        Moved(payer_name="STRIPE", references=text("INV-1001")),
    ],
)
def test_what_customers_send_stays_a_receipt(movement: Moved) -> None:
    assert not_a_receipt(movement) is None


def test_the_reason_is_told() -> None:
    found = not_a_receipt(Moved(type_code="555"))
    assert found is not None
    assert found.reasons == ("the bank marks it 555",)
