from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.dunning.guard import (
    Facts,
    FinalMessage,
    GuardRules,
    OwnFacts,
    Part,
    ViolationKind,
    check,
)
from domain.dunning.standing import PromiseToPay
from domain.ledger.invoice import CreditMemo
from domain.ledger.money import Money
from domain.ledger.party import Contact
from domain.ledger.payment import Payment
from tests.domain.dunning.texts import OWN, at, facts, mail

FACTS = facts(
    "INV-10432 1200.00 USD due 2026-03-03 po PO-771",
    "INV-10433 2500.50/2000.50 USD due 2026-03-07",
    "INV-10440 310.00 USD due 2026-04-20",
    today="2026-03-16",
)
HONEST = """Dear Dana,

Our records show two overdue invoices on your account:

INV-10432   USD 1,200.00   due March 3, 2026   13 days overdue
INV-10433   USD 2,000.50   due March 7, 2026   9 days overdue

The total overdue is USD 3,200.50. You can pay at https://pay.halden.example/i/abc123.
Could you let us know within 5 business days when we can expect payment?

Kind regards,
Halden Robotics
"""


def kinds(message: FinalMessage, known: Facts = FACTS) -> set[ViolationKind]:
    return {v.kind for v in check(message, known)}


def test_an_honest_reminder_passes() -> None:
    assert check(mail(HONEST), FACTS) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("1,200.00", "2,000.50", ViolationKind.PAIRING),
        ("1,200.00", "1,210.00", ViolationKind.AMOUNT),
        ("USD 1,200.00", "EUR 1,200.00", ViolationKind.CURRENCY),
        ("3,200.50", "1,200.00", ViolationKind.TOTAL),
        ("3,200.50", "3,510.50", ViolationKind.TOTAL),
        ("March 3", "March 7", ViolationKind.PAIRING),
        ("March 3", "March 4", ViolationKind.DATE),
        ("March 3", "Monday, March 3", ViolationKind.DATE),
        ("March 3, 2026", "March 3, 2025", ViolationKind.DATE),
        ("13 days", "14 days", ViolationKind.DAYS_OVERDUE),
        ("two overdue", "four overdue", ViolationKind.NUMBER),
        ("INV-10433", "INV-10434", ViolationKind.INVOICE_NUMBER),
        ("INV-10432", "INV-1О432", ViolationKind.DISGUISE),
        ("1,200.00", "1,2００.00", ViolationKind.DISGUISE),
        ("1,200.00", "1,2\u200b00.00", ViolationKind.DISGUISE),
        ("1,200.00", "1,2OO.00", ViolationKind.DISGUISE),
        ("halden.example/i", "ha1den.example/i", ViolationKind.LINK),
        ("https://pay", "http://pay", ViolationKind.LINK),
        ("/i/abc123", "/r?u=https://evil.example", ViolationKind.LINK),
        ("Dana", "Victor", ViolationKind.OTHER_PARTY),
        ("Our records", "Orbit Metals GmbH and our records", ViolationKind.OTHER_PARTY),
        ("Could you", "We can offer 2% off. Could you", ViolationKind.CONCESSION),
        ("Could you", "Otherwise our lawyers will write. Could you", ViolationKind.THREAT),
        ("Could you", "Our bank details have changed. Could you", ViolationKind.BANK_CHANGE),
        ("Could you", "IBAN DE89370400440532013000. Could you", ViolationKind.BANK_ACCOUNT),
        ("Could you", "Call +1 (555) 010-0199. Could you", ViolationKind.PHONE),
        ("Could you", "Write to x@evil.example. Could you", ViolationKind.EMAIL_ADDRESS),
        ("Could you", "Write to x (at) evil. Could you", ViolationKind.EMAIL_ADDRESS),
        ("Could you", "We received your payment. Could you", ViolationKind.STATUS),
        ("Could you", "You promised to pay. Could you", ViolationKind.STATUS),
        ("Could you", "That is twelve hundred and one dollars. Could you", ViolationKind.AMOUNT),
        ("Could you", "It is thirty days now. Could you", ViolationKind.NUMBER),
        ("Could you", "About 1.2k USD. Could you", ViolationKind.AMOUNT),
        ("Could you", "Invoice PO-771 is open. Could you", ViolationKind.INVOICE_NUMBER),
        ("Could you", "Your PO INV-10432 is open. Could you", ViolationKind.PO_NUMBER),
        ("Could you", "Since 3 months. Could you", ViolationKind.NUMBER),
        ("Could you", "Twenty weeks overdue. Could you", ViolationKind.NUMBER),
        ("Could you", "In 2024 it was better. Could you", ViolationKind.NUMBER),
    ],
)
def test_one_false_detail_is_named(old: str, new: str, kind: ViolationKind) -> None:
    text = HONEST.replace(old, new, 1)
    assert text != HONEST
    assert kind in kinds(mail(text))


@pytest.mark.parametrize(
    "text",
    [
        "INV-10432 and INV-10433 over USD 1,200.00 and USD 2,000.50 are open.",
        "USD 1,200.00 for INV-10432 and USD 2,000.50 for INV-10433 are open.",
        "INV-10432 and INV-10433 come to USD 3,200.50.",
        "Invoice 10432 is 13 days overdue, that is one week.".replace(", that is one week", ""),
        "The invoice was 1 week late.".replace("1 week", "13 days"),
        "INV-10440 falls due on 20 April 2026, in 35 days.",
        "Twelve hundred dollars are open on INV-10432.",
        "Of the original $2,500.50 on INV-10433, $2,000.50 remains open.",
        "INV-10432: 2 weeks would be too long; it is 1 week overdue.".replace("2 weeks", "that"),
        "This is our 2nd reminder. Reminder 2 of INV-10432.",
        "Days overdue: 13 for INV-10432".replace("Days overdue: 13 for INV-10432", "INV-10432"),
        "1-30 days: USD 3,200.50",
        "Terms: net 30.",
        "INV-10432 | 2026-03-03 | 13 | 1,200.00 | USD",
        "Open since 2026.",
    ],
)
def test_true_ways_to_say_it_pass(text: str) -> None:
    assert check(mail(text), FACTS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "INV-10432 and INV-10433 over USD 2,000.50 and USD 1,200.00 are open.",
        "USD 2,000.50 for INV-10432 and USD 1,200.00 for INV-10433 are open.",
        "INV-10432 and INV-10433 come to USD 1,200.00.",
        "Invoice INV-10432 is open. The amount is USD 2,000.50.",
        "Of INV-10433, $2,500.50 remains outstanding: balance $2,500.50.",
        "Invoice 10432 is 9 days overdue.",
        "INV-10432 | 2026-03-03 | 9 | 1,200.00 | USD",
        "INV-10432 | 2026-03-03 | 13 | 1,200.00 | EUR",
        "Terms: net 45.",
        "INV-10432 is 3 weeks overdue.",
        "Outstanding: USD 310.00 for INV-10432 and INV-10433.",
    ],
)
def test_false_ways_to_say_it_are_flagged(text: str) -> None:
    assert check(mail(text), FACTS)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>USD 1,2<b>9</b>0.00</p>", ViolationKind.AMOUNT),
        ("<p>USD 1,200<!-- -->.00</p><!-- 7 -->", ViolationKind.HIDDEN_TEXT),
        ("<div style='display:none'>approved 44</div>", ViolationKind.HIDDEN_TEXT),
        ("<div hidden>secret</div>", ViolationKind.HIDDEN_TEXT),
        ("<span style='color:#fff'>secret</span>", ViolationKind.HIDDEN_TEXT),
        ("<td bgcolor='red'><span style='font-size:0'>secret</span></td>",
         ViolationKind.HIDDEN_TEXT),
        ("<p style='background:url(x)'>a</p>", ViolationKind.HIDDEN_TEXT),
        ("<style>p::after{content:'99'}</style>", ViolationKind.HIDDEN_TEXT),
        ("<script>x</script>", ViolationKind.HIDDEN_TEXT),
        ("<p onclick='x()'>a</p>", ViolationKind.HIDDEN_TEXT),
        ("<meta http-equiv='refresh' content='0'>", ViolationKind.HIDDEN_TEXT),
        ("<![CDATA[ 5 ]]>", ViolationKind.HIDDEN_TEXT),
        ("<?php 5 ?>", ViolationKind.HIDDEN_TEXT),
        ("<img src='https://t.example/x.gif'>", ViolationKind.LINK),
        ("<img src='cid:logo' alt='USD 99.00'>", ViolationKind.AMOUNT),
        ("<a href='https://evil.example'>pay.halden.example</a>", ViolationKind.LINK),
        ("<a href='javascript:x'>pay</a>", ViolationKind.LINK),
        ("<a href='mailto:x@evil.example'>mail</a>", ViolationKind.EMAIL_ADDRESS),
        ("<a href='mailto:ar@halden.example?cc=x@evil.example'>m</a>",
         ViolationKind.EMAIL_ADDRESS),
        ("<a href='tel:+15550199'>call</a>", ViolationKind.PHONE),
    ],
)  # fmt: skip
def test_html_is_judged_on_its_own(html: str, kind: ViolationKind) -> None:
    found = check(mail(HONEST, html), FACTS)
    assert kind in {v.kind for v in found}
    assert {v.part for v in found} == {Part.HTML}


@pytest.mark.parametrize(
    "html",
    [
        "<style>td{padding:4px}</style><p>Hello Dana,</p><br/>",
        "<p>Dear <b>Da</b>na,</p><hr><p>INV-<b>10432</b>: USD 1,2<i>00</i>.00</p>",
        "<div style='display:none'>Two invoices are open</div><p>Two invoices are open</p>".replace(
            "Two invoices are", "One invoice is"
        ).replace("One invoice is", "Something is"),
        "<a href='https://pay.halden.example/x'>Pay</a> <a href='#'>top</a>",
        "<a href='mailto:ar@halden.example'>ar@halden.example</a>",
        "<img src='cid:logo' alt='Halden Robotics'><p style='color:#888'>Halden Robotics</p>",
        "<table><tr><td>INV-10432<td>13<td>$1,200.00</table></i>",
        "<meta charset='utf-8'><p>Hello Dana,</p>",
        "<p style='color:#fff;background:#003'>Halden Robotics</p>",
    ],
)
def test_ordinary_html_passes(html: str) -> None:
    assert check(mail(HONEST, html), FACTS) == ()


def test_recipients_and_senders() -> None:
    suppressed = (Contact(2, "", "gone@corvel.example", suppressed=True),)
    account = replace(FACTS.account, contacts=(*FACTS.account.contacts, *suppressed))
    known = replace(FACTS, account=account)
    assert kinds(mail("Hi", to="gone@corvel.example"), known) == {ViolationKind.RECIPIENT}
    assert kinds(mail("Hi", to="x@corvel.example")) == {ViolationKind.RECIPIENT}
    nobody = FinalMessage("ar@halden.example", (), "Hi", "Hi")
    assert kinds(nobody) == {ViolationKind.RECIPIENT}
    forged = FinalMessage("ar@ha1den.example", ("dana@corvel.example",), "Hi", "Hi")
    assert kinds(forged) == {ViolationKind.SENDER}
    tagged = FinalMessage(
        "ar@halden.example", ("Dana@corvel.example",), "Hi", "Hi", cc=("ar@halden.example",),
        reply_to=("ar+t.abc@halden.example",),
    )  # fmt: skip
    assert kinds(tagged) == set()
    folded = FinalMessage("ar@halden.example", ("dana@corvel.example",), "Hi\r\nBcc: x", "Hi")
    assert ViolationKind.DISGUISE in kinds(folded)


def test_the_subject_is_read_too() -> None:
    found = check(mail("Hello Dana,", subject="INV-99 over USD 5.00"), FACTS)
    assert {v.part for v in found} == {Part.SUBJECT}


def test_our_own_fixed_wording_may_stand() -> None:
    own = replace(
        OWN,
        bank_block="Bank: Northgate\nIBAN DE89 3704 0044 0532 0130 00",
        phones=("+49 30 1234",),
        text=("Halden Robotics GmbH, HRB 1234",),
        links=("https://portal.other.example/h",),
    )
    known = replace(FACTS, own=own)
    text = (
        "Please use\nBank: Northgate\nIBAN DE89 3704 0044 0532 0130 00\nor call +49 30 1234.\n"
        "https://portal.other.example/h\n\nHalden Robotics GmbH, HRB 1234"
    )
    assert check(mail(text, "<a href='tel:+49301234'>call</a>"), known) == ()
    assert kinds(mail(text)) >= {ViolationKind.BANK_ACCOUNT, ViolationKind.LINK}
    changed = text.replace("0130 00", "0130 01")
    assert kinds(mail(changed), known)


def test_approved_phrases_may_stand() -> None:
    note = "Statutory interest of 10.15% may apply."
    assert kinds(mail(f"Hello Dana,\n\n{note}"))
    assert check(mail(f"Hello Dana,\n\n{note}"), FACTS, GuardRules(phrases=(note,))) == ()


def test_payments_promises_and_credits_are_facts() -> None:
    account = replace(
        FACTS.account,
        payments=(
            Payment(1, "bank", "1", Money(50000, "USD"), Money(0, "USD"), date(2026, 3, 10), 1,
                    reference="ACH-5510"),
        ),
        credits=(
            CreditMemo(1, "CM-2208", 1, Money(10450, "USD"), Money(10450, "USD"),
                       date(2026, 3, 1)),
        ),
    )  # fmt: skip
    promise = PromiseToPay(date(2026, 3, 20), Money(120000, "USD"), (1,),
                           promised_at=at("2026-03-12 10:00"))  # fmt: skip
    known = Facts(account, OWN, (promise,))
    text = (
        "Thank you for your payment of USD 500.00 on March 10 (ACH-5510) for INV-10433. "
        "You promised USD 1,200.00 for Friday, March 20, 2026 when we spoke on March 12. "
        "Credit CM-2208 of March 1, 2026 over USD 104.50 is open."
    )
    assert check(mail(text), known) == ()
    assert ViolationKind.STATUS in kinds(mail(text))
    assert kinds(mail(text.replace("March 20", "March 27")), known)


def test_amounts_without_decimals_and_short_references() -> None:
    known = facts("1200 128000 JPY due 2026-03-03", "1201 5000 JPY due 2026-03-04",
                  today="2026-03-16")  # fmt: skip
    assert check(mail("Invoice 1200: ¥128,000, due 2026-03-03"), known) == ()
    assert kinds(mail("Invoice 1200: ¥5,000, due 2026-03-03"), known) == {ViolationKind.PAIRING}
    assert ViolationKind.AMOUNT in kinds(mail("Please pay ¥1,200 now."), known)
    assert ViolationKind.AMOUNT in kinds(mail("Please pay JPY 1200 now."), known)
    assert check(mail("1200 | 128000\n1201 | 5000"), known) == ()
    assert kinds(mail("1200 | 5000\n1201 | 128000"), known) == {ViolationKind.PAIRING}


@pytest.mark.parametrize(
    "text",
    ["三百万円をお支払いください", "Bitte zahlen Sie eintausendzweihundertein Euro",
     "quatre-vingt-dix dollars", "deux deux dollars", "siebenhundert Dollar", "mil dólares",
     "one two three dollars", "USD twelve", "six hundred bitcoin", "zweiundzwanzig dollars"],
)  # fmt: skip
def test_amounts_in_words_of_any_language(text: str) -> None:
    assert kinds(mail(text))


def test_a_message_of_any_size_is_answered() -> None:
    assert ViolationKind.DISGUISE in kinds(mail("x" * 200_001))
    assert kinds(mail("Hello Dana,\n" + "a.b " * 20_000)) == set()


def test_a_customer_with_digits_or_another_script_in_the_name() -> None:
    customer = replace(FACTS.account.customer, name="Studio 54 Ανδρέας")
    known = replace(FACTS, account=replace(FACTS.account, customer=customer))
    assert check(mail("Dear Studio 54 Ανδρέας team,"), known) == ()
    assert kinds(mail("Dear Studio 55,"), known)


def test_nothing_known_about_us_lets_no_link_pass() -> None:
    bare = Facts(FACTS.account, OwnFacts("", domains=("",)))
    assert ViolationKind.LINK in kinds(mail("https://x.example"), bare)
