"""BAI2, CAMT and MT940: what is kept, what is refused, how movements are named."""

from __future__ import annotations

from datetime import date

import mt940 as mt940_oracle
import pycamt.parser
import pytest
from bai2 import bai2 as bai2_oracle

from domain.ledger.money import Money
from domain.matching.receipt import AccountScheme, Channel, PayerAccount, ReferenceKind
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.detect import read_bank_file
from tests.sources.bank.files import IBAN, bai2, camt, entry, mt940, transaction


def read(body: bytes) -> ReadFile:
    found = read_bank_file(body)
    assert isinstance(found, ReadFile), found
    return found


def refused(body: bytes) -> RefusedFile:
    found = read_bank_file(body)
    assert isinstance(found, RefusedFile), found
    return found


def texts(one: Arrived, kind: ReferenceKind) -> list[str]:
    return [reference.text for reference in one.references if reference.kind == kind]


DETAILS = (
    "16,165,150000,V,260304,,BR1,CR1,ACH Credit, from a customer, with commas/",
    "88,EREF: INV-1001",
    "88,DBNM: ACME CORP",
    "88,DACT: 101152046",
    "88,DABA: 026015079",
    "16,115,1000000,S,500000,400000,100000,AX1,B09,LOCKBOX DEPOSIT",
    "16,195,2500,D,2,0,1500,1,1000/",
    "88,W1,,REMI: INV-7 and INV-8",
    '16,557,150000,Z,RET1,021000080000030,Reason: "R02", Return of Client Ref ID: TRACE9',
)


def test_bai2_keeps_everything_that_names_a_payment() -> None:
    file = read(bai2(*DETAILS))
    ach, box, wire, back = file.movements
    assert (ach.amount, ach.channel, ach.type_code) == (Money(150000, "USD"), Channel.ACH, "165")
    assert (ach.booked_on, ach.value_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert ach.payer_name == "ACME CORP"
    assert ach.payer_accounts == (PayerAccount(AccountScheme.US_ACCOUNT, "026015079/101152046"),)
    assert texts(ach, ReferenceKind.END_TO_END) == ["INV-1001"]
    assert "with commas" in texts(ach, ReferenceKind.LABEL)[0]
    assert ach.raw.count("\n") == 4
    assert box.channel is Channel.LOCKBOX
    assert texts(wire, ReferenceKind.REMITTANCE) == ["INV-7 and INV-8"]
    assert texts(wire, ReferenceKind.BANK_REFERENCE) == ["W1"]
    assert (back.amount.minor, back.return_code, back.returns) == (-150000, "R02", "TRACE9")
    assert file.closing == Money(10000, "USD")


def test_bai2_agrees_with_another_reader() -> None:
    theirs = bai2_oracle.parse_from_string(bai2(*DETAILS[:6]).decode(), check_integrity=True)
    account = theirs.children[0].children[0]
    ours = read(bai2(*DETAILS[:6])).movements
    assert [abs(one.amount.minor) for one in ours] == [t.amount for t in account.children]
    assert [one.type_code for one in ours] == [t.type_code.code for t in account.children]


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "150,000 JPY"), ("KWD", "150.000 KWD")])
def test_bai2_counts_in_the_minor_units_of_the_currency(currency: str, shown: str) -> None:
    (one,) = read(bai2("16,165,150000,,B,,x", currency=currency)).movements
    assert str(one.amount) == shown


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("49,", "49,9", 5, "adds up to"),
        ("98,160000,1,5/", "98,160000,1,6/", 6, "records of the group"),
        ("99,160000,1,7/", "99,160000,2,7/", 7, "groups"),
        ("165,150000", "165,1500.00", 4, "minor units"),
        ("\n99,", "\n16,", 7, "stands under no account"),
        ("88", "77", 0, ""),
        ("16,165,150000,,", "16,165,150000,Q,", 4, "funds type"),
        (",260302,2359", ",261302,2359", 2, "no day"),
        ("031001234,122099999,1", "031001234,122099999,2", 2, "deletes"),
    ],
)
def test_bai2_is_refused_whole(old: str, new: str, line: int, words: str) -> None:
    body = bai2("16,165,150000,,B,,x").decode()
    found = read_bank_file(body.replace(old, new, 1).encode())
    if not words:
        assert isinstance(found, ReadFile)
        return
    assert isinstance(found, RefusedFile)
    assert (found.line, words in found.reason) == (line, True), found


def test_bai2_cut_short_and_availability_that_does_not_add_up_are_refused() -> None:
    assert "without its 99" in refused(bai2(*DETAILS).rsplit(b"\n", 1)[0]).reason
    assert "availability" in refused(bai2("16,115,1000,S,1,2,3,B,,x")).reason


def test_movements_keep_their_names_and_equal_ones_stay_two() -> None:
    twice = ("16,165,5000,,,,MONTHLY FEE", "16,165,5000,,,,MONTHLY FEE")
    first = [one.source_id for one in read(bai2(*twice)).movements]
    again = [one.source_id for one in read(bai2(*twice)).movements]
    longer = [one.source_id for one in read(bai2("16,165,1,,,,x", *twice)).movements]
    other_day = [one.source_id for one in read(bai2(*twice, as_of="260303")).movements]
    assert len(set(first)) == 2
    assert first == again == longer[1:]
    assert not set(first) & set(other_day)
    assert {one.source for one in read(bai2(*twice)).movements} == {"bank"}


BATCH = (
    transaction("2187.00", ref="T1", e2e="E1", text="INV-1001", name="Acme GmbH"),
    transaction(
        "1296.00",
        ref="T2",
        e2e="E2",
        name="Beta AG",
        more=(
            "<Strd><RfrdDocInf><Nb>INV-77</Nb></RfrdDocInf><RfrdDocAmt>"
            "<DuePyblAmt Ccy='EUR'>1300.00</DuePyblAmt><DscntApldAmt Ccy='EUR'>4.00</DscntApldAmt>"
            "<RmtdAmt Ccy='EUR'>1296.00</RmtdAmt></RfrdDocAmt>"
            "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
        ),
    ),
)


@pytest.mark.parametrize("kind", ["052", "053", "054"])
def test_camt_batches_are_taken_apart_to_the_cent(kind: str) -> None:
    file = read(camt(entry("3483.00", *BATCH, ref="B1"), kind=kind))
    (deposit,) = file.deposits
    first, second = file.movements
    assert deposit.amount == Money(348300, "EUR")
    assert {first.batch, second.batch} == {deposit.source_id}
    assert first.amount + second.amount == deposit.amount
    assert (first.payer_name, first.account) == ("Acme GmbH", IBAN)
    assert first.payer_accounts == (PayerAccount(AccountScheme.IBAN, "DE02120300000000202051"),)
    assert texts(first, ReferenceKind.REMITTANCE) == ["INV-1001"]
    (row,) = second.remittance
    assert (row.reference, row.paid, row.discount) == (
        "INV-77", Money(129600, "EUR"), Money(400, "EUR"))  # fmt: skip
    assert texts(second, ReferenceKind.STRUCTURED) == ["RF18539007547034"]
    assert second.channel is Channel.ACH


def test_camt_agrees_with_another_reader() -> None:
    old = [transaction(amount, e2e=f"E{amount}", text="x", old=True) for amount in ("10.00", "5.5")]
    body = camt(entry("15.50", *old), opening="0.00", closing="15.50", version="02")
    theirs = pycamt.parser.Camt053Parser(body).get_transactions()
    ours = read(body).movements
    assert [one.amount.plain() for one in ours] == ["10.00", "5.50"]
    assert [t["EndToEndId"] for t in theirs] == [
        texts(one, ReferenceKind.END_TO_END)[0] for one in ours
    ]
    assert [Money.parse(str(t["Amount"]), "EUR") for t in theirs] == [one.amount for one in ours]


def test_camt_tells_charges_what_was_sent_and_returns() -> None:
    wire = transaction("985.00").replace(
        "<RltdPties>",
        "<AmtDtls><InstdAmt><Amt Ccy='USD'>1100.00</Amt></InstdAmt></AmtDtls><Chrgs><Rcrd>"
        "<Amt Ccy='EUR'>15.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs><RltdPties>",
    )
    back = (
        transaction("50.00", e2e="E9")
        .replace("CRDT", "DBIT")
        .replace("<RmtInf>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><RmtInf>")
    )
    found = read(camt(
        entry("985.00", wire, sub="XBCT"),
        entry("50.00", back, sign="DBIT", more="<RvslInd>true</RvslInd>"),
    )).movements  # fmt: skip
    assert (found[0].fee, found[0].instructed) == (Money(1500, "EUR"), Money(110000, "USD"))
    assert found[0].channel is Channel.WIRE
    assert (found[1].amount.minor, found[1].returns, found[1].return_code) == (-5000, "E9", "AC04")


KEPT = "<Chrgs><TtlChrgsAndTaxAmt Ccy='EUR'>15.00</TtlChrgsAndTaxAmt></Chrgs><RltdPties>"


def test_camt_transactions_may_be_told_before_the_charges_of_the_bank() -> None:
    charged = transaction("1000.00", ref="R1").replace("<RltdPties>", KEPT)
    file = read(camt(entry("985.00", charged), entry("1185.00", charged, transaction("200.00"))))
    assert [(one.amount.minor, one.fee) for one in file.movements] == [
        (98500, Money(1500, "EUR")),
        (98500, Money(1500, "EUR")),
        (20000, None),
    ]
    assert file.movements[0].instructed == Money(100000, "EUR")
    assert (
        "add up to 1,200.00"
        in refused(camt(entry("1186.00", charged, transaction("200.00")))).reason
    )


def test_camt_sums_the_adjustments_of_a_document_and_reads_no_signed_amount() -> None:
    cut = "<AdjstmntAmtAndRsn><Amt Ccy='EUR'>{}</Amt><Rsn>{}</Rsn></AdjstmntAmtAndRsn>"
    told = (
        "<Strd><RfrdDocInf><Nb>INV-1</Nb></RfrdDocInf><RfrdDocAmt>"
        f"{cut.format('3.00', '06')}{cut.format('4.50', '07')}"
        "<RmtdAmt Ccy='EUR'>92.50</RmtdAmt></RfrdDocAmt></Strd>"
    )
    ((row,),) = [
        one.remittance
        for one in read(camt(entry("92.50", transaction("92.50", more=told)))).movements
    ]
    assert (row.paid, row.deduction) == (Money(9250, "EUR"), Money(750, "EUR"))
    assert row.reason_code == "06"
    assert "has a sign" in refused(camt(entry("-5.00"))).reason


def test_bai2_return_items_take_back_and_wires_are_those_of_the_standard() -> None:
    file = read(bai2(
        "16,566,1500,Z,RET1,CUST9,R01 insufficient funds",
        "16,216,500,Z,W1,,foreign remittance",
        "16,221,600,Z,C1,,foreign check",
    ))  # fmt: skip
    assert [(one.returns, one.return_code) for one in file.movements[:1]] == [("CUST9", "R01")]
    assert [one.channel for one in file.movements[1:]] == [Channel.WIRE, Channel.CHECK]


def test_camt_entries_that_are_not_booked_are_left_out_and_told() -> None:
    file = read(camt(entry("10.00"), entry("20.00", status="PDNG")))
    assert [one.amount.minor for one in file.movements] == [1000]
    assert "not booked" in file.notes[0]


def test_the_same_entry_in_a_report_and_a_statement_is_one() -> None:
    one = entry("10.00", transaction("10.00", ref="X"), ref="R1")
    early, late = camt(one, kind="052", name="A"), camt(one, entry("5.00"), name="B")
    assert read(early).movements[0].source_id == read(late).movements[0].source_id
    twice = read(camt(entry("10.00"), entry("10.00")))
    assert len({one.source_id for one in twice.movements}) == 2


def test_a_statement_that_stands_twice_in_a_file_is_read_once() -> None:
    body = camt(entry("10.00"), opening="0.00", closing="10.00").decode()
    statement = body[body.index("<Stmt>") : body.index("</BkTo")]
    file = read(body.replace("</BkTo", statement + "</BkTo").encode())
    assert len(file.movements) == 1
    assert "twice" in file.notes[0]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (camt(entry("3483.01", *BATCH)), 4, "add up to 3,483.00 EUR"),
        (camt(entry("10.00"), opening="0.00", closing="11.00"), 4, "closing is 11.00"),
        (camt(entry("10.005")), 5, "amount"),
        (camt(entry("10.00", sign="CREDIT")), 5, "credit or debit"),
        (camt(entry("10.00", on="2026-02-30")), 5, "no day"),
        (camt(entry("10.00")).replace(b"</Stmt>", b""), 6, "no XML"),
        (camt(entry("9.00", transaction("10.00"))), 5, "one transaction"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", 1, "entities"),
        (camt(entry("1.00")).replace(b"camt.053.001", b"pain.001.001"), 2, "no CAMT"),
        (b"<a>" * 60, 1, "deep"),
    ],
)
def test_camt_is_refused_whole_with_its_line(body: bytes, line: int, words: str) -> None:
    found = refused(body)
    assert words in found.reason, found
    assert abs(found.line - line) <= 1, found


GERMAN = (
    ":61:2603020302CR250,00NTRFINV-1//BANK1\n"
    ":86:166?00GUTSCHRIFT?20EREF+NOTPROVIDED?21SVWZ+Rechnung INV-1001 und ?22INV-1002\n"
    "?30COBADEFF?31DE02120300000000202051?32ACME GMBH?33 CO KG"
)
DUTCH = ":61:2603020302D50,5NCHGNONREF//BANK2\n:86:/EREF/E1/REMI/fee 3/NAME/BANK"


def test_mt940_reads_both_kinds_of_details() -> None:
    file = read(mt940(GERMAN, DUTCH, closing="C260302EUR1199,50"))
    credit, debit = file.movements
    assert (credit.amount, credit.payer_name) == (Money(25000, "EUR"), "ACME GMBH CO KG")
    assert credit.payer_accounts == (PayerAccount(AccountScheme.IBAN, "DE02120300000000202051"),)
    assert texts(credit, ReferenceKind.REMITTANCE) == ["Rechnung INV-1001 und INV-1002"]
    assert texts(credit, ReferenceKind.CUSTOMER_REFERENCE) == ["INV-1"]
    assert texts(credit, ReferenceKind.BANK_REFERENCE) == ["BANK1"]
    assert credit.channel is Channel.ACH
    assert debit.amount == Money(-5050, "EUR")
    assert texts(debit, ReferenceKind.REMITTANCE) == ["fee 3"]
    assert (file.opening, file.closing) == (Money(100000, "EUR"), Money(119950, "EUR"))
    theirs = mt940_oracle.models.Transactions()
    theirs.parse(mt940(GERMAN, DUTCH, closing="C260302EUR1199,50").decode())
    assert [Money.parse(str(t.data["amount"].amount), "EUR") for t in theirs] == [
        one.amount for one in file.movements
    ]


def test_mt940_reversals_take_back() -> None:
    (back,) = read(
        mt940(":61:260302RC100,00NRTIE77//B9\n:86:Ruecklastschrift", closing="C260302EUR900,00")
    ).movements
    assert (back.amount.minor, back.returns, back.return_code) == (-10000, "E77", "RC")


def test_mt940_tells_what_was_sent_and_charged() -> None:
    back = ":61:2603020302RC103,50NRTIE77//B9\n/OCMT/EUR100,00/CHGS/EUR3,50\n:86:return"
    came = ":61:2603020302C985,NTRFNONREF//B8\n:86:/OCMT/USD1100,/REMI/INV-1"
    found = read(mt940(back, came, closing="C260302EUR1881,50")).movements
    assert (found[0].amount, found[0].fee) == (Money(-10350, "EUR"), Money(350, "EUR"))
    assert found[0].instructed == Money(10000, "EUR")
    assert (found[1].instructed, found[1].fee) == (Money(110000, "USD"), None)


def test_mt940_takes_no_charge_from_words_of_the_payer_or_in_another_currency() -> None:
    told = (
        ":61:2603020302C10,NTRFNONREF//B1\n:86:less bank CHGS INV1001",
        ":61:2603020302C10,NTRFNONREF//B2\n:86:less CHGS EUR12,345 and OCMT XYZ1",
        ":61:2603020302C10,NTRFNONREF//B3\n:86:/REMI/INV-1/CHGS/EUR5,00",
        ":61:2603020302C10,NTRFNONREF//B4\n/OCMT/USD12,/CHGS/USD2,\n:86:INV-2",
    )
    found = read(mt940(*told, closing="C260302EUR1040,00")).movements
    assert [one.fee for one in found] == [None] * 4
    assert [one.instructed for one in found] == [None, None, None, Money(1200, "USD")]


def test_mt942_leaves_out_what_is_only_expected() -> None:
    interim = (
        b":20:X\n:25:37040044/0532013000\n:28C:1/1\n:34F:EUR0,\n:13D:2611021200+0100\n"
        b":61:2611021102C10,NTRFA\n:86:INV-1\n:61:2611021102EC20,NTRFB\n:86:later\n"
        b":61:2611021102C30,NTRFC\n:86:/EREF/E-1\n:86:second\n:90C:2EUR40,\n-\n"
    )
    file = read(interim)
    assert [one.amount.minor for one in file.movements] == [1000, 3000]
    assert texts(file.movements[1], ReferenceKind.END_TO_END) == ["E-1 second"]
    assert file.notes == ("line 8: an entry is expected, not booked",)
    found = refused(interim.replace(b"C30,NTRF", b"C30.50NTRF"))
    assert (found.line, "not written like" in found.reason) == (10, True)


def test_mt940_with_an_account_for_a_reference_as_some_dutch_banks_write() -> None:
    entry = ":61:2603020302C65,00NOVBNL47INGB9999999999\nacme bv\n:86:NL47INGB9999999999 acme INV-1"
    (one,) = read(mt940(entry, closing="C260302EUR1065,00")).movements
    assert one.amount == Money(6500, "EUR")
    assert "INV-1" in texts(one, ReferenceKind.LABEL)[0]


@pytest.mark.parametrize(
    ("movement", "closing", "line", "words"),
    [
        (DUTCH, "C260302EUR949,51", 1, "closing is 949.51"),
        (":61:26030250,50", "C260302EUR1000,00", 5, "not written like MT940"),
        (":61:261302C1,00NTRFX", "C260302EUR1001,00", 1, "not written like"),
        ("", "", 1, ""),
    ],
)
def test_mt940_is_refused_whole(movement: str, closing: str, line: int, words: str) -> None:
    found = refused(mt940(movement, closing=closing))
    assert words in found.reason, found
    assert found.line == line, found


def test_a_text_that_names_a_file_is_never_opened() -> None:
    assert isinstance(read_bank_file(b":20:\n/etc/hostname"), RefusedFile)
