"""Structured remittance of ISO 20022, in payments and as a message of its own."""

from __future__ import annotations

import pytest

from domain.ledger.money import Money
from sources.arrived import RefusedFile
from sources.remittance.camt import read_camt
from sources.remittance.reading import NeedsCurrency, ReadAdvices

STRD = """<Strd>
<RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>{number}</Nb></RfrdDocInf>
<RfrdDocAmt><DuePyblAmt Ccy="EUR">{due}</DuePyblAmt>{more}<RmtdAmt Ccy="EUR">{paid}</RmtdAmt>
</RfrdDocAmt></Strd>"""
DISCOUNT = '<DscntApldAmt><Amt Ccy="EUR">10.00</Amt></DscntApldAmt>'
ADJUSTED = (
    '<AdjstmntAmtAndRsn><Amt Ccy="EUR">40.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
    "<Rsn>DAMG</Rsn></AdjstmntAmtAndRsn>"
)
CREDIT = """<Strd>
<RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>CM-3</Nb></RfrdDocInf>
<RfrdDocAmt><CdtNoteAmt Ccy="EUR">50.00</CdtNoteAmt></RfrdDocAmt></Strd>"""


def eur(text: str) -> Money:
    return Money.parse(text, "EUR")


def message(*strd: str) -> bytes:
    return (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">'
        "<BkToCstmrDbtCdtNtfctn><Ntfctn><Ntry><NtryDtls><TxDtls><Refs><EndToEndId>E2E-1"
        "</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Brightwater GmbH</Nm></Pty></Dbtr><DbtrAcct>"
        "<Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></DbtrAcct></RltdPties><RmtInf>"
        f"{''.join(strd)}</RmtInf></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn>"
        "</Document>"
    ).encode()


def test_documents_with_discount_deduction_and_credit_note() -> None:
    read = read_camt(
        message(
            STRD.format(number="R-1", due="500.00", more=DISCOUNT, paid="490.00"),
            STRD.format(number="R-2", due="1000.00", more=ADJUSTED, paid="960.00"),
            CREDIT,
        )
    )
    assert isinstance(read, ReadAdvices)
    (advice,) = read.advices
    first, second, credit = advice.rows
    assert (first.paid, first.gross, first.discount) == (eur("490"), eur("500"), eur("10"))
    assert (second.paid, second.deduction, second.reason_code) == (eur("960"), eur("40"), "DAMG")
    assert (credit.reference, credit.paid) == ("CM-3", eur("-50"))
    assert advice.total == eur("1400.00")
    assert advice.payment_references == ("E2E-1",)
    assert advice.accounts[0].value == "DE89370400440532013000"
    assert advice.payer_name == "Brightwater GmbH"


def test_a_creditor_reference_stands_for_its_document() -> None:
    strd = "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
    assert isinstance(read_camt(message(strd)), NeedsCurrency)
    read = read_camt(message(strd), "EUR")
    assert isinstance(read, ReadAdvices)
    assert read.advices[0].rows[0].reference == "RF18539007547034"
    assert read.advices[0].total is None


@pytest.mark.parametrize(
    "body",
    [
        b"<Document>",
        b"<Document/>",
        b"\xff\xfe<",
        b'<!DOCTYPE a [<!ENTITY x "y">]><Document>&x;</Document>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        message(STRD.format(number="R", due="1", more="", paid="1.234")),
        message(),
    ],
)
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    assert isinstance(read_camt(body), RefusedFile)
