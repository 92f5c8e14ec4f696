"""The journal of every act on cash is balanced, in its currency and in that of the books."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from effects.kinds import PostJournal
from erp.review.finding import JournalLine
from erp.review.journal import gaps
from erp.review.payment_journal import Books, CashEffect, UnbalancedJournal, journal_of
from tests.effects import cash_contents as cash
from tests.effects import contents

RATES = st.sampled_from(["", "0.9", "1", "1.0837", "0.0067", "153.21"])
EFFECTS: st.SearchStrategy[CashEffect] = st.one_of(
    contents.PAYMENTS.map(lambda one: replace(one, exchange_rate="")),
    contents.netted().map(lambda one: replace(one, exchange_rate="")),
    contents.JOURNALS.map(lambda one: replace(one, exchange_rate="")),
    contents.credited(), contents.UNAPPLIED, contents.REVERSED, contents.REFUNDS,
)  # fmt: skip


def told(lines: tuple[JournalLine, ...]) -> list[str]:
    """Lines as "account debit/credit (base)"."""
    words = []
    for line in lines:
        own = f"dr {line.debit.plain()}" if line.debit else ""
        own = f"cr {line.credit.plain()}" if line.credit else own
        base = f"dr {line.base_debit.plain()}" if line.base_debit else ""
        base = f"cr {line.base_credit.plain()}" if line.base_credit else base
        words.append(
            " ".join(part for part in (line.account_name, own, base and f"[{base}]") if part)
        )
    return words


@settings(max_examples=60)
@given(effect=EFFECTS, base=st.sampled_from(["", "USD", "EUR", "JPY", "KWD"]), rate=RATES,
       own=RATES)  # fmt: skip
def test_every_journal_is_balanced(effect: CashEffect, base: str, rate: str, own: str) -> None:
    ids = [str(one) for one in _ids(effect)]
    books = Books(base=base, rate=rate, rates=dict.fromkeys(ids, own) if own else {})
    lines = journal_of(effect, books)
    assert gaps(lines) == ()
    assert all((line.debit is None) or (line.credit is None) for line in lines)
    bases = {line.base_debit is not None or line.base_credit is not None for line in lines}
    assert bases in ({True}, {False}, set())


def _ids(effect: object) -> list[object]:
    lines = [*getattr(effect, "applications", ()), *getattr(effect, "removed", ()),
             *getattr(effect, "credits", ()), *getattr(effect, "sources", ())]  # fmt: skip
    named = [one.netsuite_id for one in lines]
    credit = getattr(effect, "credit", None)
    return [*named, getattr(effect, "payment_netsuite_id", ""), credit and credit.netsuite_id]


def test_what_each_act_does_to_the_ledger() -> None:
    books = Books(names={"119": "1000 Checking"})
    ar = "Accounts Receivable"
    assert told(journal_of(cash.received(), books)) == [
        "1000 Checking (with the fee) dr 100.00",
        "Sales discounts, as the ERP is set up (discount INV-2) dr 2.00",
        f"{ar} (CM-1) dr 50.00",
        f"{ar} (INV-1) cr 100.00",
        f"{ar} (INV-2) cr 48.00",
        f"{ar} (stays unapplied) cr 4.00",
    ]
    deposit = cash.used(credit=cash.credit("30.00", "deposit"), external_id="x")
    assert told(journal_of(deposit, books)) == [
        "Customer Deposits (CM-1) dr 30.00",
        f"{ar} (INV-1) cr 30.00",
    ]
    assert told(journal_of(cash.freed(), books)) == [
        f"{ar} (INV-1 open again) dr 100.00",
        f"{ar} (unapplied) cr 100.00",
    ]
    assert told(journal_of(cash.returned(), books)) == [
        f"{ar} (INV-1 open again) dr 60.00",
        f"{ar} (was unapplied) dr 40.00",
        f"{ar} (journal of the return) cr 100.00",
    ]
    assert told(journal_of(cash.refund(), books)) == [
        f"{ar} (CM-1) dr 40.00",
        "1000 Checking (paid back) cr 40.00",
    ]
    assert told(journal_of(cash.journal(""), books)) == [
        "Bank Fees, not set dr 2.00",
        "1000 Checking cr 2.00",
    ]


def test_an_invoice_of_another_rate_leaves_a_gain_or_loss() -> None:
    books = Books(base="EUR", rate="0.90", rates={"71": "0.95"})
    payment = cash.received(
        applications=(cash.applied(1, "100.00"),), credits=(), fee=None, amount=cash.usd("100.00")
    )
    assert told(journal_of(payment, books)) == [
        "119 (received) dr 100.00 [dr 90.00]",
        "Realised exchange gain or loss [dr 5.00]",
        "Accounts Receivable (INV-1) cr 100.00 [cr 95.00]",
    ]
    unknown = Books(base="EUR", rate="0.90")
    assert not any(line.base_debit for line in journal_of(payment, unknown))


def test_an_unbalanced_journal_is_never_shown() -> None:
    broken = object.__new__(PostJournal)
    whole = cash.journal()
    for name in PostJournal.__slots__:
        object.__setattr__(broken, name, getattr(whole, name))
    lines = (whole.lines[0], replace(whole.lines[1], credit=Money(199, "USD")))
    object.__setattr__(broken, "lines", lines)
    with pytest.raises(UnbalancedJournal, match=r"0\.01 USD"):
        journal_of(broken, Books())
