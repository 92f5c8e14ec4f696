"""Sentences of many writers: honest ones that may leave and false ones that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.dunning.guard import Facts, ViolationKind, check
from domain.dunning.standing import PromiseToPay
from domain.ledger.money import Money
from domain.ledger.payment import Payment
from tests.domain.dunning.texts import OWN, at, facts, mail

PLAIN = facts(
    "INV-10432 1200.00 USD due 2026-03-03 po PO-771",
    "INV-10433 2500.50 USD due 2026-03-07 po PO-772",
    "INV-10440 310.00 USD due 2026-03-30",
    today="2026-03-16",
)


def _with_money() -> Facts:
    known = facts(
        "INV-10432 1200.00/800.00 USD due 2026-03-03", "INV-10440 310.00 USD due 2026-03-09"
    )
    payment = Payment(
        1, "bank", "1", Money(40000, "USD"), Money(0, "USD"), date(2026, 3, 10), 1
    )  # fmt: skip
    account = replace(known.account, payments=(payment,))
    promise = PromiseToPay(
        date(2026, 3, 27), Money(80000, "USD"), (10432,), promised_at=at("2026-03-12 15:00")
    )  # fmt: skip
    return Facts(account, OWN, (promise,))


MONEY = _with_money()


@pytest.mark.parametrize(
    "text",
    [
        "Hi Dana - open on my end:\nINV-10432 USD 1,200.00",
        "Best regards,\nTom\nAccounts Receivable Specialist",
        "INV-10440 ($310.00) is due two weeks from today.",
        "Your account shows a balance of $4,010.50. One of the invoices is INV-10432.",
        "INV-10432 and INV-10433 are both overdue.",
        "INV-10440: $310.00. None of them are overdue.",
        "INV-10432 (PO-771) for $1,200.00 is still open.",
        "Is INV-10432 in dispute?",
        "INV-10432 and INV-10433 are late. INV-10432 is older. Your overdue balance is $3,700.50.",
        "INV-10432 and INV-10433 are overdue by 13 and 9 days respectively.",
        "INV-10440\nDays until due: 14",
        "$1,200.00 + $2,500.50 = $3,700.50 (INV-10432, INV-10433)",
        "Zahlungserinnerung Nr. 1",
        "INV-10432\nINV-10433\n\nThey became due on March 3 and March 7.",
        "INV-10440 ($310.00) is due in two weeks.",
        "Good day to you, Dana. This is about INV-10432.",
        "Please send us the swift copy for INV-10432.",
        "INV-10432   1,200.00\nINV-10433   2,500.50\n           ---------\n           3,700.50",
        "If payment was returned by your bank, please tell us.",
        "INV-10432 is due since 03/03/2026, INV-10433 since 03/07/2026.",
        "INV-10432 is due since 3.3.2026, INV-10433 since 7.3.2026.",
        "2 still open on our side: INV-10432 ($1,200.00) and INV-10433 ($2,500.50).",
        "That's $3,700.50 past due and $4,010.50 open altogether.\nINV-10432\nINV-10433\nINV-10440",
        "INV-10432\nINV-10433\nINV-10440\nIn all $3,700.50 past due out of $4,010.50 in total.",
        "$3,700.50 covers INV-10432 ($1,200.00) and INV-10433 ($2,500.50).",
        "INV-10432 was due March 3, 2026. As of March 16, 2026, it has not been paid.",
        "INV-10432 and INV-10433 are open: neither has been paid.",
        "$3,700.50 of your $4,010.50 balance is past due.\nINV-10432\nINV-10433\nINV-10440",
        "Rechnung INV-10432 war am 03.03.2026 zur Zahlung fällig.",
        "With INV-10433 ($2,500.50) and INV-10440 ($310.00), your account has $4,010.50 left.",
        "INV-10432, INV-10433.\n\nLos importes: 1.200,00 $ y 2.500,50 $, lo que suma 3.700,50 $.",
        "INV-10432 and INV-10433 are open. The balances are $1,200.00 and $2,500.50.",
        "INV-10432: $1,200.00\nINV-10433: $2,500.50\nSubtotal past due: $3,700.50",
        "One of $1,200.00 (no. INV-10432) and one of $2,500.50 (no. INV-10433).",
        "INV-10432 and INV-10433 are past due as of March 16, 2026.",
        "INV-10440 for $310.00 comes due on Monday, March 30.",
        "Payment for INV-10432/INV-10433",
        "Total : 3 700,50 $\n\nUn oubli étant possible, voyez INV-10432 et INV-10433.",
        "Number of open invoices: 3\nNumber of overdue invoices: 2",
        "INV-10432, payable within 30 days, is open.",
        "Please reply with:\n- The date payment will be sent\n- The date payment was sent",
        "If you took a deduction, please send us the backup.",
        "If you need a W-9 for INV-10432, let me know.",
        "INV-10432 is open. If it is easier, call me and we can go through it.",
        "INV-10432 and INV-10433 are past due, ranging from 9 to 13 days.",
        "INV-10440 wird fällig, also in 14 Tagen. Liegt Ihnen die Rechnung vor und passt alles?",
        "INV-10432: 1.200,00 $\nINV-10433: 2.500,50 $\nOffener Saldo: 3.700,50 $. INV-10432 fehlt.",
    ],
)
def test_honest_sentences_may_leave(text: str) -> None:
    assert check(mail(text), PLAIN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I have noted that you will pay $800.00 for INV-10432 on March 27.",
        "Following up on March 27 and INV-10432.",
        "$400.00 landed on March 10 for INV-10432.",
        "Of the $1,200.00 on INV-10432, $400.00 has been paid and $800.00 is still open.",
        "As we discussed, you will pay $800.00 on March 27.",
        "We got $400.00 from you on March 10th, thanks very much.",
        "Why was INV-10432 paid short?",
        "$400.00 of the $1,200.00 on INV-10432 has been paid, so $800.00 is still due.",
        "INV-10432: $800.00 remaining of $1,200.00",
        "On INV-10432, $800.00 of the original $1,200.00 is still unpaid.",
        "You mentioned on March 12 that you'd pay INV-10432 by March 27.",
        "El 12 de marzo nos indicó que pagarían la factura INV-10432.",
    ],
)
def test_promises_and_payments_may_be_spoken_of(text: str) -> None:
    assert check(mail(text), MONEY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "INV-10440 is closed.",
        "I have noted that you will pay $800.00 for INV-10432 on March 3.",
        "As you told us, INV-10440 will be paid on March 27.",
        "Of INV-10432, $1,200.00 is still outstanding.",
        "We are still waiting for your payment of $400.00.",
        "INV-10440 was paid short.",
        "$1,200.00 on INV-10432 has been paid.",
        "INV-10432: $1,200.00 remaining of $800.00",
        "You mentioned on March 12 that you'd pay INV-10432 by March 12.",
        "INV-10432 was due on March 12.",
        "INV-10432 for $1,200.00 is past due.",
        "INV-10432 is fully unpaid: $1,200.00 billed, $800.00 open.",
        "The first of two instalments on INV-10432 is $800.00.",
    ],
)
def test_payments_do_not_excuse_a_false_standing(text: str) -> None:
    assert check(mail(text), MONEY)


@pytest.mark.parametrize(
    "text",
    [
        "USD 12'00.00 is open on INV-10432.",
        "INV-10433 was due on 3.7.2026.",
        "INV-10432 was due 03/03/2026, INV-10433 07/03/2026, INV-10440 03/30/2026.",
        "INV-10432 (PO-772) is open.",
        "INV-10432 and INV-10440: both are overdue.",
        "INV-10432 and INV-10440: neither is overdue.",
        "INV-10432 and INV-10433 are overdue by 9 and 13 days respectively.",
        "INV-10440\nDays until due: 13",
        "$2,500.50 + $1,200.00 = $3,700.50 (INV-10432, INV-10433)",
        "INV-10440 passed its due date a week ago.",
        "INV-10440 and INV-10432: two are overdue. Both are overdue.",
        "Ihr Kollege sagte uns, die Zahlung sei raus.",
        "We'll report it to Equifax.",
        "La factura INV-10433 venció el 03/07/2026.",
        "INV-10440 ($310.00) is due three weeks from today.",
        "If you pay now we will give you a price break.",
        "We can split this into two payments.",
        "Pay half now and the rest next quarter.",
        "Wir stunden Ihnen den Betrag.",
        "Vous pouvez payer en trois fois.",
        "Puede pagar en tres plazos.",
        "Late payment charges now apply.",
        "We reserve the right to commence proceedings.",
        "We will stop shipping new orders.",
        "Future orders will require prepayment.",
        "Bis dahin liefern wir nicht mehr.",
        "Ihr Kundenkonto ist gesperrt.",
        "Votre compte est bloqué.",
        "Su línea de crédito queda bloqueada.",
        "You have breached the contract.",
        "We have sold this debt to Arrow Capital.",
        "Please make checks payable to Thomas Weller.",
        "As agreed, you will pay on Friday.",
        "We spoke last Thursday.",
        "Comme convenu, vous deviez payer hier.",
        "Como quedamos, iba a pagar ayer.",
        "You have always paid late.",
        "The invoice is under dispute.",
        "Nothing is due at the moment.",
        "Your check bounced.",
        "You owe us about five grand.",
        "The CEO has asked me to collect this.",
        "3 still past due on our side: INV-10432 and INV-10433.",
        "That's $3,700.50 open and $4,010.50 past due.\nINV-10432\nINV-10433\nINV-10440",
        "$3,700.50 for INV-10432 and $2,500.50 for INV-10433.",
        "INV-10432 ($1,200.00), INV-10433 ($3,700.50) and INV-10440 ($310.00) are open.",
        "INV-10432 was due as of March 16, 2026.",
        "If you pay this week you may take a deduction.",
        "INV-10432 and INV-10433 are past due, ranging from 9 to 14 days.",
        "INV-10432 and INV-10433 are past due, ranging from 13 to 13 days.",
        "$4,010.50 of your $3,700.50 balance is not yet due.\nINV-10432\nINV-10433\nINV-10440",
        "Number of open invoices: 4",
        "Number of overdue invoices: 3",
        "INV-10432, payable within 45 days, is open.",
        "Your payment was sent to us.",
        "INV-10440 for $310.00 comes due on Tuesday, March 30.",
        "Payment for INV-10432/INV-10434",
        "INV-10432 and INV-10433 are open. The balances are $2,500.50 and $1,200.00.",
        "One of $2,500.50 (no. INV-10432) and one of $1,200.00 (no. INV-10433).",
        "INV-10432: $1,200.00\nINV-10433: $2,500.50\nSubtotal past due: $4,010.50",
        "On your account INV-10432 has $4,010.50 left to pay.",
        "INV-10432 and INV-10433 ($2,500.50), a total of $1,200.00.",
        "Rechnung INV-10432 war am 16.03.2026 fällig.",
        "Please call me on my private line.",
        "INV-10440 wird fällig, also in 13 Tagen.",
        "INV-10432: $1,200.00\nINV-10433\nBalance: $3,700.50",
        "INV-10432: $1,200.00\nINV-10433: $2,500.50\nBalance: $1,200.00",
    ],
)
def test_false_sentences_may_not_leave(text: str) -> None:
    assert check(mail(text), PLAIN)


def test_a_creditor_reference_may_be_printed_in_groups() -> None:
    known = facts("RF18539007547034 100.00 EUR due 2026-03-03")
    assert check(mail("Invoice RF18 5390 0754 7034 over EUR 100.00"), known) == ()
    assert check(mail("Invoice RF18 5390 0754 7043 over EUR 100.00"), known)


def test_a_company_with_a_digit_may_be_called_by_its_short_name() -> None:
    customer = replace(PLAIN.account.customer, name="7-Star Staffing LLC")
    known = replace(PLAIN, account=replace(PLAIN.account, customer=customer))
    assert check(mail("How are things at 7-Star?"), known) == ()
    assert check(mail("How are things at 8-Star?"), known)


def test_white_text_is_hidden_only_on_a_white_ground() -> None:
    cell = '<table><tr><td bgcolor="{}"><a href="mailto:ar@halden.example" style="color:#fff">'
    end = "Reply to us</a></td></tr></table>"
    assert check(mail("", cell.format("#00aa77") + end), PLAIN) == ()
    found = check(mail("", cell.format("#ffffff") + end), PLAIN)
    assert [v.kind for v in found] == [ViolationKind.HIDDEN_TEXT]
    same = '<div style="background:#eee;color:#333">Hello<p style="color:#eee">unseen</p></div>'
    assert check(mail("", same), PLAIN)


def test_a_preheader_is_read_like_visible_text() -> None:
    body = '<div style="display:none">{}</div><p>INV-10432 is open.</p>'
    assert check(mail("", body.format("Two invoices need a look from you")), PLAIN) == ()
    assert check(mail("", body.format("INV-10432 over $120.00 is open")), PLAIN)
    late = '<p>INV-10432 is open.</p><div style="display:none">and something unseen</div>'
    assert check(mail("", late), PLAIN)


@pytest.mark.parametrize(
    "html",
    [
        "<p><s>$1,200.00</s></p>",
        '<p style="text-decoration: line-through">INV-10432</p>',
        '<p dir="rtl">INV-10432</p>',
        '<p style="unicode-bidi:bidi-override">INV-10432</p>',
        '<title>INV-10432</title><p style="display:none">INV-10432</p><p>Hello</p>',
    ],
)
def test_truth_struck_out_turned_round_or_hidden(html: str) -> None:
    assert check(mail("", html), PLAIN)


def _in_parts() -> Facts:
    known = facts("INV-10432 900.00 EUR due 2026-02-13", "INV-10433 50.00 EUR due 2026-03-09")
    days = (date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20))
    parts = tuple(PromiseToPay(day, Money(30000, "EUR"), (10432,)) for day in days)
    return Facts(known.account, OWN, parts)


PARTS = _in_parts()


@pytest.mark.parametrize(
    "text",
    [
        "The first of the three instalments on INV-10432, 300.00 EUR, comes on March 20.",
        "Die drei Raten auf INV-10432 sind am 20. März, 20. April und 20. Mai zugesagt.",
        "INV-10432 (900.00 EUR) is a month past due.",
        "Open are 900.00 EUR (INV-10432) and 50.00 EUR (INV-10433), 950.00 EUR in total.",
        "950.00 EUR is open, of which 50.00 EUR (INV-10433) is a week late.",
    ],
)
def test_parts_that_were_promised_and_sums_that_close_a_row_may_be_said(text: str) -> None:
    assert check(mail(text), PARTS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "You could pay INV-10432 in three instalments.",
        "The four instalments on INV-10432 come on March 20, April 20 and May 20.",
        "The fourth instalment on INV-10432 is 300.00 EUR.",
        "Open are 50.00 EUR (INV-10432) and 900.00 EUR (INV-10433), 950.00 EUR in total.",
        "INV-10433 (50.00 EUR) is a month past due.",
        "Kestrel Logistics had the same trouble with INV-10432 last month.",
        "Another customer paid within a day; INV-10432 is still open.",
        "We will be cutting off your access until INV-10432 is paid.",
        "Other suppliers in your trade will hear about INV-10432.",
    ],
)
def test_other_parts_other_parties_and_pressure_may_not(text: str) -> None:
    assert check(mail(text), PARTS)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for the payment of $1,200.00 on INV-10432.",
        "We've credited your $1,200.00 payment to INV-10432; $800.00 is open.",
        "INV-10432: billed $400.00, open $800.00.",
        "Thank you for the $800.00 we received on March 10.",
    ],
)
def test_an_amount_is_not_called_what_it_is_not(text: str) -> None:
    assert check(mail(text), MONEY)
    right = text.replace("400.00", "1,200.00") if "billed" in text else None
    if right:
        assert check(mail(right), MONEY) == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dear Ms. Whitlock,\n\nINV-10432 is open.", ("Whitlock", "Gustavsson")),
        ("Dana,\n\nINV-10432 is open.", ("Dana", "Gustavsson")),
        ("Moin Dana,\n\nINV-10432 ist offen.", ("Dana", "Gustavsson")),
        (
            "INV-10432 has your PO PO-771 and INV-10433 your PO PO-772.",
            ("your PO PO-771 and INV-10433 your PO PO-772", "PO-772 and INV-10433 PO-771"),
        ),
        (
            "About INV-10432 and INV-10433.\n\nThey are for $1,200.00 and $2,500.50 respectively.",
            ("$1,200.00 and $2,500.50", "$2,500.50 and $1,200.00"),
        ),
        (
            "Two invoices are 13 and 9 days overdue (INV-10432 and INV-10433).",
            ("13 and 9", "9 and 13"),
        ),
        ("The overdue amount is $3,700.50.", ("$3,700.50", "$4,010.50")),
        ("INV-10440は310.00ドルです。", ("ドル", "ユーロ")),
    ],
)  # fmt: skip
def test_true_until_one_thing_is_put_in_its_place(text: str, wrong: tuple[str, str]) -> None:
    assert check(mail(text), PLAIN) == ()
    assert check(mail(text.replace(*wrong)), PLAIN)


def test_japanese_letters_stand_right_beside_numbers() -> None:
    said = "INV-10433の50.00 EURは3月9日(月)が期日で、9日経過しております。"
    assert check(mail(said), PARTS) == ()
    assert check(mail(said.replace("(月)", "(火)")), PARTS)
    assert check(mail(said.replace("9日経過", "8日経過")), PARTS)
    assert check(mail(said.replace("EUR", "USD")), PARTS)
    assert check(mail(said.replace("INV-10433", "INV-10433一")), PARTS)


@pytest.mark.parametrize(
    "text",
    [
        "Vorige week zei je toe dat INV-10432 deze week betaald zou worden.",
        "Aveva detto che la INV-10432 sarebbe stata pagata.",
        "INV-10440は先週お支払いいただけるとおっしゃいました。",
        "La factura INV-10432 queda totalmente saldada.",
    ],
)
def test_what_nobody_said_or_paid_is_found_in_other_languages(text: str) -> None:
    assert check(mail(text), PLAIN)
