"""NACHA, lockbox and CSV: entries, addenda, returns, checks and mapped columns."""

from __future__ import annotations

from datetime import date

import pytest
from achkit import parse as achkit_parse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.matching.receipt import AccountScheme, Channel, PayerAccount, ReferenceKind
from sources.arrived import ReadFile, RefusedFile
from sources.bank.csv import NeedsMapping
from sources.bank.csv_mapping import CsvMapping, mapping_from
from sources.bank.detect import read_bank_file
from sources.bank.refusal import MOST_BYTES
from tests.sources.bank.files import (
    ach_entry,
    bai2,
    camt,
    entry,
    lockbox,
    lockbox_check,
    mt940,
    nacha,
)
from tests.sources.bank.test_statements import read, refused, texts

CTX_820 = (
    "ST*820*0001\\BPR*C*1500.00*C*ACH\\TRN*1*T77\\N1*PR*ACME CORP\\ENT*1\\"
    "RMR*IV*INV-1001**1000.00*1010.00*10.00\\RMR*IV*INV-1002**500.00\\SE*7*0001\\"
)


def cut(text: str) -> list[str]:
    return [text[at : at + 80] for at in range(0, len(text), 80)]


def test_ccd_entries_are_parts_of_their_batch() -> None:
    file = read(nacha(ach_entry(150000, "INV-1001 INV-1002", trace=1), ach_entry(2500, trace=2)))
    first, second = file.movements
    assert (first.amount, first.channel) == (Money(150000, "USD"), Channel.ACH)
    assert (first.payer_name, first.account) == ("ACME CORP", "123456789")
    assert first.payer_accounts == (PayerAccount(AccountScheme.ACH_COMPANY, "1123456789"),)
    assert texts(first, ReferenceKind.REMITTANCE) == ["INV-1001 INV-1002"]
    assert texts(first, ReferenceKind.TRACE) == ["091000010000001"]
    assert first.booked_on == date(2026, 3, 2)
    (deposit,) = file.deposits
    assert deposit.amount == Money(152500, "USD")
    assert {first.batch, second.batch} == {deposit.source_id}


def test_ctx_addenda_are_one_text_and_its_rows() -> None:
    body = nacha(ach_entry(150000, *cut(CTX_820), ctx=True), sec="CTX")
    (one,) = read(body).movements
    assert texts(one, ReferenceKind.REMITTANCE) == [CTX_820]
    assert [(row.reference, row.paid) for row in one.remittance] == [
        ("INV-1001", Money(100000, "USD")),
        ("INV-1002", Money(50000, "USD")),
    ]
    theirs = achkit_parse(body.decode())
    (parsed,) = theirs["batches"][0]["entries"]
    assert (parsed["amount_cents"], len(parsed["addenda"])) == (one.amount.minor, len(cut(CTX_820)))


def test_returns_carry_the_trace_they_take_back_and_corrections_move_nothing() -> None:
    back = ach_entry(5000, "99R01091000019999999      09100001", code="26", name="BETA LLC")
    change = ach_entry(0, f"98C01091000018888888{'':6}09100001{'998877':29}", code="21", trace=2)
    file = read(nacha(back, change, sec="PPD"))
    (one,) = file.movements
    assert (one.amount.minor, one.return_code) == (-5000, "R01")
    assert (one.returns, one.payer_name) == ("091000019999999", "BETA LLC")
    assert file.notes == (
        "correction C01 for trace 091000018888888: the bank has 998877 for OUR COMPANY",
    )


def test_a_file_without_line_breaks_and_a_return_without_a_day() -> None:
    body = nacha(ach_entry(5000, "99R01091000019999999      09100001", code="26"), on="000000")
    one_line = "".join(line.ljust(94) for line in body.decode().splitlines()).encode()
    (back,) = read(one_line).movements
    assert back.booked_on == date(2026, 3, 2)
    assert back.source_id == read(body).movements[0].source_id


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (nacha(ach_entry(100), credits=101), "cents of credits"),
        (nacha(ach_entry(100), hash=1), "entry hash"),
        (nacha(ach_entry(100), count=2), "entries and addenda"),
        (nacha(ach_entry(100, "A", "B")).replace(b"0002000", b"0003000"), "out of its order"),
        (nacha(ach_entry(100)).replace(b"\n8200", b"\n9200"), "inside a batch"),
        (nacha(ach_entry(100)).rsplit(b"\n", 8)[0], "without its file control"),
        (nacha([*ach_entry(100), "x" * 120]), "120 characters"),
        (nacha(ach_entry(100, "X", ctx=True)[:1], sec="CTX"), "addenda mark"),
        (nacha(ach_entry(100, "99Q0109100001", code="26")), "no reason code"),
    ],
)
def test_nacha_is_refused_whole(body: bytes, words: str) -> None:
    found = refused(body)
    assert words in found.reason, found
    assert found.line > 0


CHECKS = [
    lockbox_check("001", "001", 100000, ("INV-1001", 60000), ("INV-1002", 40000)),
    lockbox_check(
        "001", "002", 2550, number="777", account="998", memo="re: inv 1003 less freight"
    ),
]


def test_a_lockbox_deposit_is_split_into_its_payers() -> None:
    more = ("002", [lockbox_check("002", "001", 1)])
    file = read(lockbox(("001", CHECKS), more))
    first, second, third = file.movements
    assert [one.amount.minor for one in file.deposits] == [102550, 1]
    assert first.amount + second.amount == file.deposits[0].amount
    assert first.payer_accounts == (PayerAccount(AccountScheme.US_ACCOUNT, "091000019/445566"),)
    assert [(row.reference, row.paid) for row in first.remittance] == [
        ("INV-1001", Money(60000, "USD")),
        ("INV-1002", Money(40000, "USD")),
    ]
    assert texts(second, ReferenceKind.REMITTANCE) == ["re: inv 1003 less freight"]
    assert texts(second, ReferenceKind.CHECK_NUMBER) == ["777"]
    assert third.batch == file.deposits[1].source_id
    assert (third.channel, third.booked_on) == (Channel.LOCKBOX, date(2026, 3, 2))
    assert len({one.source_id for one in file.movements}) == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lockbox(("001", CHECKS), total=1), "the lockbox to 1"),
        (lockbox(("001", CHECKS)).replace(b"0000102550\n8", b"0000102551\n8"), "the batch to"),
        (lockbox(("001", CHECKS)).replace(b"\n4001001", b"\n4001009", 1), "another check"),
        (lockbox(("001", CHECKS)).rsplit(b"\n", 1)[0], "without its trailer"),
        (lockbox(("001", CHECKS)) + b"\n6", "after the trailer"),
        (lockbox(("001", CHECKS))[:-2] + b"99", "the trailer says"),
    ],
)
def test_a_lockbox_file_is_refused_whole(body: bytes, words: str) -> None:
    found = refused(body)
    assert words in found.reason, found
    assert found.line > 0


TABLE = (
    b"Account statement of 2026-03-03;;;;\n"
    b"Booking date;Value date;Amount;Name;Description;Balance\n"
    b"27.02.2026;28.02.2026;1.250,50;Acme GmbH;INV-1001;2.250,50\n"
    b'02.03.2026;02.03.2026;-10,00;Bank;"fee; ""monthly""";2.240,50\n'
)
LOCKBOX_TABLE = (
    b"Deposit Date,Batch,Check Number,Check Amount,Remitter Name,Invoice Number,Invoice Amount,"
    b"Batch Total\n"
    b"03/15/2026,1,5001,1000.00,ACME,INV-1001,600.00,1025.50\n"
    b"03/15/2026,1,5001,1000.00,ACME,INV-1002,400.00,1025.50\n"
    b"03/15/2026,1,777,25.50,BETA,INV-9,25.50,1025.50\n"
)


def mapped(body: bytes, **given_by_a_person: str) -> CsvMapping:
    found = read_bank_file(body)
    assert isinstance(found, NeedsMapping), found
    data = {**found.guess.as_json(), "name": "First Bank", "currency": "USD", **given_by_a_person}
    mapping = mapping_from(data)
    assert isinstance(mapping, CsvMapping), mapping
    return mapping


def test_a_table_is_explained_once_and_read_from_then_on() -> None:
    mapping = mapped(TABLE, account="DE1", currency="EUR")
    assert (mapping.day_order, mapping.decimal_mark, mapping.delimiter) == ("DMY", ",", ";")
    file = read_bank_file(TABLE, "x.csv", [mapping])
    assert isinstance(file, ReadFile), file
    paid, fee = file.movements
    assert (paid.amount, paid.payer_name) == (Money(125050, "EUR"), "Acme GmbH")
    assert (paid.booked_on, paid.value_on) == (date(2026, 2, 27), date(2026, 2, 28))
    assert (fee.amount.minor, fee.account) == (-1000, "DE1")
    assert isinstance(read_bank_file(TABLE.replace(b"Name", b"Payee"), "", [mapping]), NeedsMapping)


def test_credit_and_debit_columns() -> None:
    table = b'Date,Credit,Debit,Memo\n2026-03-15,"1,000.00",,INV-1\n2026-03-16,,5.00,fee\n,,,end\n'
    file = read_bank_file(table, "", [mapped(table, account="1")])
    assert isinstance(file, ReadFile), file
    assert [one.amount.minor for one in file.movements] == [100000, -500]
    assert "left out" in file.notes[0]


def test_columns_without_a_name_of_their_own_are_told_apart() -> None:
    table = (
        "\ufeffTag;Text;Text;;Betrag;Währung;;\r\n02.11.2026;INV-1;und INV-2;x;1.234,56;EUR;;\r\n"
        "03.11.2026;b;;;-5,00;EUR\r\n"
    )
    for body in (table.encode(), table[1:].encode("latin-1"), table.encode("utf-16-le")):
        asked = read_bank_file(body)
        assert isinstance(asked, NeedsMapping), asked
        assert asked.columns == ("Tag", "Text", "Text (2)", "column 4", "Betrag", "Währung")
        columns = [["booked_on", "Tag"], ["reference", "Text"], ["reference", "Text (2)"]]
        mapping = mapping_from({
            **asked.guess.as_json(),
            "name": "Bank", "account": "1", "day_order": "DMY",
            "columns": [*columns, ["amount", "Betrag"], ["currency", "Währung"]],
        })  # fmt: skip
        assert isinstance(mapping, CsvMapping), mapping
        file = read_bank_file(body, "", [mapping])
        assert isinstance(file, ReadFile), file
        assert [one.amount.minor for one in file.movements] == [123456, -500]
        assert file.movements[0].references[-1].text == "INV-1 und INV-2"


def test_days_with_points_begin_with_the_day() -> None:
    table = b"Date;Amount;Memo\n02.11.2026;1,00;a\n03.11.2026;2,00;b\n"
    assert mapped(table, account="1").day_order == "DMY"
    doubtful = read_bank_file(table.replace(b".11.", b"/11/"))
    assert isinstance(doubtful, NeedsMapping)
    assert doubtful.guess.day_order == "YMD"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (b"1.250,50", b"1250.50", 3, "no amount"),
        (b"1.250,50", b"1.25,50", 3, "no amount"),
        (b"27.02.2026", b"30.02.2026", 3, "no day"),
        (b"-10,00;", b";", 4, "without an amount"),
        (b";2.240,50", b";2.240,51", 4, "does not follow"),
        (b"INV-1001;", b"INV;1001;", 3, "7 cells"),
    ],
)
def test_a_table_is_refused_whole(old: bytes, new: bytes, line: int, words: str) -> None:
    found = read_bank_file(TABLE.replace(old, new, 1), "", [mapped(TABLE, account="DE1")])
    assert isinstance(found, RefusedFile), found
    assert words in found.reason, found
    assert found.line == line, found


def test_a_lockbox_table_is_checks_with_their_invoices() -> None:
    mapping = mapped(LOCKBOX_TABLE)
    file = read_bank_file(LOCKBOX_TABLE, "", [mapping])
    assert isinstance(file, ReadFile), file
    acme, beta = file.movements
    assert (acme.amount.minor, beta.amount.minor) == (100000, 2550)
    assert [row.reference for row in acme.remittance] == ["INV-1001", "INV-1002"]
    assert file.deposits[0].amount == Money(102550, "USD")
    wrong = read_bank_file(LOCKBOX_TABLE.replace(b"1025.50", b"1025.51"), "", [mapping])
    assert isinstance(wrong, RefusedFile)
    torn = read_bank_file(LOCKBOX_TABLE.replace(b"1000.00", b"1000.01", 1), "", [mapping])
    assert isinstance(torn, RefusedFile)


def test_what_a_mapping_must_say() -> None:
    found = mapping_from({"name": "", "header": ["a"], "columns": [["amount", "b"]]})
    assert isinstance(found, tuple)
    assert {"give the bank a name", "no column is the booking date"} <= set(found)
    assert "there is no column 'b' in the header" in found


def test_size_is_bounded() -> None:
    assert "larger than" in refused(b"x" * (MOST_BYTES + 1)).reason
    assert "empty" in refused(b" \n").reason


_WHOLE = [
    bai2("16,165,150000,,B,,x", "88,EREF: 1"),
    camt(entry("10.00"), opening="0.00", closing="10.00"),
    mt940(":61:260302C1,00NTRFX//Y\n:86:166?20a?32b", closing="C260302EUR1001,00"),
    nacha(ach_entry(100, "INV-1", trace=1), ach_entry(5000, trace=2)),
    lockbox(("001", CHECKS)),
    TABLE,
]
_MAPPING = mapped(TABLE, account="DE1", currency="EUR")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_WHOLE),
    st.lists(
        st.tuples(st.integers(0, 3_000), st.integers(0, 40), st.binary(max_size=6)), max_size=4
    ),
)
@example(b"", [])
@example(b"\xff\xfe<\0a\0", [])
@example(b":20:\n:61:\n:86:?\n:62F:", [])
@example(b"01,\n02,,,,260101\n03,x,USD\n16,165,1,D,99999999999999999999/", [])
def test_whatever_the_bytes_nothing_is_raised(
    body: bytes, cuts: list[tuple[int, int, bytes]]
) -> None:
    for at, width, instead in cuts:
        body = body[:at] + instead + body[at + width :]
    found = read_bank_file(body, "", [_MAPPING])
    if isinstance(found, ReadFile):
        ids = [one.source_id for one in (*found.movements, *found.deposits)]
        assert len(ids) == len(set(ids))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([b"", b"<", b"01,", b":20:", b"1", b"100D"]), st.binary(max_size=400)
)  # fmt: skip
def test_noise_is_refused_or_asked_about(head: bytes, noise: bytes) -> None:
    assert not isinstance(read_bank_file(head + noise), ReadFile)
