"""The newest text is separated from history in the style of many mail programs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.mail.signature import names_of
from sources.mail.strip import split

NEW = "We will pay on Friday.\n\nPlease resend INV-7."


def _styles() -> dict[str, str]:
    """How each mail program announces a quotation, from clients.txt: "=== name", then lines."""
    blocks = Path(__file__).with_name("clients.txt").read_text("utf-8").split("=== ")[1:]
    named = (block.partition("\n") for block in blocks)
    return {name: text.rstrip("\n") for name, _, text in named}


STYLES = _styles()


@pytest.mark.parametrize("style", STYLES)
def test_history_is_cut_in_the_style_of(style: str) -> None:
    result = split(f"{NEW}\n\n{STYLES[style]}")
    assert result.new_text == NEW
    assert result.history.splitlines()[-1] == STYLES[style].splitlines()[-1]
    assert not result.inline


@pytest.mark.parametrize("style", ["gmail", "thunderbird", "apple"])
def test_an_answer_below_the_quotation_is_new_text(style: str) -> None:
    result = split(f"{STYLES[style]}\n\n{NEW}")
    assert result.new_text == NEW
    if style != "apple":
        assert result.inline


def test_answers_between_quoted_lines_are_new_text() -> None:
    result = split(
        "See below.\n\nOn 2 Mar 2026, AR <ar@seller.example> wrote:\n> When do you pay INV-7?\n"
        "On Friday.\n> And INV-8?\nNever, it is wrong.\n"
    )
    assert result.new_text == "See below.\n\nOn Friday.\nNever, it is wrong."
    assert result.inline


@pytest.mark.parametrize(
    "text",
    [
        "On Monday we pay. On Tuesday we wrote: nothing",
        "From: next month we pay by card",
        "To: be clear, we never ordered this.\nSubject: to approval, we pay",
        "I sent 100.00 on 2 March 2026. Our bank wrote that it arrived.",
        "Date: Friday\nAmount: 100.00",
        "-- we pay --",
    ],
)
def test_ordinary_sentences_are_not_taken_for_history(text: str) -> None:
    assert split(text).new_text == text


def test_an_answer_and_an_attribution_on_one_line() -> None:
    result = split("Thanks, will do. On Wed, Apr 4, 2026 at 3:59 PM, AR wrote:\n> Pay")
    assert result.new_text == "Thanks, will do."


def test_a_forwarded_mail_is_history_and_marked() -> None:
    result = split("FYI\n\n---------- Forwarded message ---------\nFrom: CEO <c@x.example>\n\nPay")
    assert (result.new_text, result.forwarded) == ("FYI", True)


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nDana Whitlock\nAP, Corvel",
        "Best regards,\nDana Whitlock\nCorvel Freight Inc.",
        "Mit freundlichen Grüßen\nSabine Köhler",
        "Cordialement,\nJean Dupont",
        "Un saludo,\nAna",
        "Sent from my iPhone",
    ],
)
def test_signatures_are_kept_apart(signature: str) -> None:
    result = split(f"{NEW}\n\n{signature}")
    assert (result.new_text, result.signature) == (NEW, signature.replace("-- \n", "--\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Regards the invoice: we dispute it.\nPlease call.",
        "Thanks,\nDana\nPS: we pay on Friday.",
        "Thanks.\nWe will pay on 3 March.",
        "First answer.\n---\nWe will pay on 3 March.",
    ],
)
def test_words_that_matter_are_not_lost_in_a_signature(text: str) -> None:
    assert split(text).new_text == text


MARKER = "QUOTEDWORDS"


@given(
    st.text(alphabet="abc. \n", max_size=60).filter(lambda text: "\n" not in text.strip()),
    st.sampled_from(sorted(STYLES)),
    st.lists(st.text(alphabet="abcdef ,", max_size=30), max_size=5),
)
def test_new_text_is_never_from_the_quoted_part(answer: str, style: str, quoted: list[str]) -> None:
    head, _, _ = STYLES[style].rpartition("\n")
    mark = "> " if ">" in STYLES[style].splitlines()[-1] else ""
    body = "\n".join(f"{mark}{MARKER} {line}" for line in quoted)
    assert MARKER not in split(f"{answer}\n\n{head}\n{body}").new_text


@pytest.mark.parametrize(
    "text",
    [
        "On 1 May 2026 a@b.c\n" * 50_000,
        "a\nRegards\n" * 50_000,
        "wrote:\n" * 100_000,
        "1.1.1 a@b.c " * 90_000,
    ],
)
def test_hostile_text_takes_less_than_a_second(text: str) -> None:
    started = time.process_time()
    split(text)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "signature",
    [
        "Dana",
        "Dana Whitlock\nAP Specialist\nBluefin Analytics",
        "Dana Whitlock\nController\nBluefin\n\nPlease consider the environment before printing.",
        "Dana\nSent from my iPhone",
        "Kind regards,\nDana\n\nThis message is confidential. If it is not for you, delete it.",
        "Thanks, Dana",
        "Met vriendelijke groet,\nSanne de Wit\nDe Wit Bloemen B.V.",
        "Distinti saluti\nChiara Bellini\nTel. 02 555 0100",
        "東山精密株式会社\n経理課 課長 高橋 健一",
        "━━━━━━\n株式会社北斗\n経理部 小林\nTEL 03-1234-5678\n━━━━━━",
        "Beste Grüße / Best regards\ni.A. Dana Köhler",
        "[cid:image001.png]\nDana Whitlock",
        "- Dana W.",
        "高橋",
        "田中",
        "みどりフーズ 小林",
        "xo Dana",
        "Votre bien dévouée,\nDana Whitlock\nAvocate à la Cour",
        "Dana Whitlock\nColegiada 00.000",
        "Service Comptabilité Fournisseurs\nTransports Delmas\nLigne directe : 05 55 00 00 12",
        "Kind regards\n\nThe Ledger Team\n\nThis inbox is monitored between 9am and 4pm.",
        "Dana Whitlock\nVane Marsh\nWe act as agents of the company without personal liability.",
        "dana",
    ],
)
def test_a_name_or_card_without_a_courtesy_is_a_signature(signature: str) -> None:
    result = split(f"{NEW}\n\n{signature}", names_of("dana@corvel.example"))
    assert (result.new_text, result.signature) == (NEW, signature)


@pytest.mark.parametrize(
    "last",
    [
        "Wrong company",
        "STOP",
        "Not Ours",
        "Dispute Pending",
        "INV-7 500.00",
        "Friday",
        "お支払い済み",
        "支払いません",
        "Quantity Short",
        "This is not confidential: INV-7 was never delivered.",
        "Dana paid it.",
        "Wrong department",
        "Different supplier service",
        "never",
        "Invoice 4471 000",
        "Our office never ordered this.",
    ],
)
def test_a_short_last_word_about_the_matter_stays_in_the_text(last: str) -> None:
    text = f"See my last mail about the order.\n\n{last}"
    assert split(text, names_of("ap@corvel.example")).new_text == text


def test_a_greeting_alone_is_not_what_a_mail_says() -> None:
    assert split("Hi Mia,\n\nWrong Shipment").new_text == "Hi Mia,\n\nWrong Shipment"


def test_the_warning_of_a_mail_server_is_not_what_the_sender_says() -> None:
    banner = "CAUTION: This email originated from outside of the organization."
    assert split(f"{banner}\n\n{NEW}").new_text == NEW
    assert split("Attention: the goods are outside. We wait.").new_text.startswith("Attention")


@pytest.mark.parametrize(
    "signed",
    ["Front desk", "Office of the CFO", "Cuentas por pagar", "Direction financière",
     "For and on behalf of the board", "Legal & Procurement\nNovacrest", "三日月フーズ 西村",
     "IT Service Desk\nNovacrest Motors", "Very truly yours,\nAnn Lee\nLee & Roe LLP",
     "Gracias y un saludo", "よろしくお願いいたします。\n三日月フーズ株式会社\n経理部 西村",
     "Att,\nRui Teixeira\nContas a Pagar\nNovacrest Ltda."],
)  # fmt: skip
def test_a_desk_may_sign(signed: str) -> None:
    text = f"Nobody here ordered this, please check.\n\n{signed}"
    found = split(text, names_of("ap@novacrest.example"))
    assert (found.new_text, found.signature) == ("Nobody here ordered this, please check.", signed)


@pytest.mark.parametrize(
    ("sender", "signed"),
    [
        ("k.brandt@werft-nord.example", "Karla"),
        ("omoreau@ateliers.example", "Odile xx"),
        ("bea@studio.example", "B"),
        ("zahlung@muehlbach-bau.example", "Mühlbach Bau GmbH, Einkauf"),
        ("jk@fjell.example", "Vennlig hilsen / kind regards\nJorunn Kvale"),
        ("lm@etude.example", "Je vous prie d'agréer, Monsieur, mes salutations distinguées."),
        ("ap@brightwell.example", "Ines - Supplier Onboarding"),
        ("rossi@studio.example", "avv. Carla Rossi\nLegal counsel, Esq."),
        ("curador@masa.example", "Administrador concursal"),
        ("ueno@koyo.example", "光洋電機 総務 上野"),
        ("t@tulip.example", "Tess Vos\n\n*** We are closed on 5 May ***"),
        ("g@hale.example", "Gus Hale\n\nNOTICE: Hale never changes its bank details by email."),
        ("schulz@hafen.example", "Uwe\n\nVon meinem iPad gesendet"),
    ],
)
def test_people_houses_and_notices_below_the_text_are_signatures(sender: str, signed: str) -> None:
    text = "The goods on INV-7 came broken, we wait."
    found = split(f"{text}\n\n{signed}", names_of(sender))
    assert (found.new_text, found.signature) == (text, signed)


def test_a_paragraph_on_one_long_line_is_read_to_its_end() -> None:
    told = "The pallets stood in the rain and the boxes were wet. " * 40
    found = split(f"{told}We dispute INV-1.\n\n> {told}Please pay INV-1.")
    assert found.new_text.endswith("We dispute INV-1.")
    assert found.new_text.count("pallets") == 40
    assert "Please pay" not in found.new_text


@pytest.mark.parametrize(
    ("address", "below"),
    [
        ("ap@stellarcrane.example", "Stellar Crane A/P"),
        ("nils@tannhauser.example", "N."),
        ("shipping@harborglass.example", "Dale - Harbor Glass"),
        ("olaf@maurer.example", "Gruß zurück\nOlaf"),
        ("c@durhone.example", "Belle journée,\nChristelle"),
        ("keiri@asahi.example", "旭建設(株)"),
    ],
)
def test_who_signs_for_a_house_or_with_a_letter_is_cut_off(address: str, below: str) -> None:
    assert split(f"{NEW}\n\n{below}", names_of(address)).new_text == NEW


def test_answers_below_quoted_headers_and_after_initials_are_new_text() -> None:
    quoted = split(
        "Typed in your list\n\n> From: AR\n> Date: 5 Aug 2026\n>\n> INV-7 £1\npaid 31 July"
    )
    assert quoted.new_text == "Typed in your list\n\npaid 31 July"
    initials = split(
        "See SK.\n\nFrom: AR <ar@a.example>\nSent: Monday\nTo: S\n\nHere?\n[SK] It is."
    )
    assert initials.new_text == "See SK.\n\n[SK] It is."
