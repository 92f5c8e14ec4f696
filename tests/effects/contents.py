"""Effects of every kind, by Hypothesis and by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from domain.ledger.money import Money
from effects.kinds import (
    CHANGEABLE,
    AppliedAmount,
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    CreditLineContent,
    Effect,
    EntryLine,
    InvoiceLineContent,
    PostCustomerPayment,
    PostJournal,
    PostToCustomerChannel,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    SendEmail,
    UnapplyPayment,
    UpdateInvoice,
    UsedCredit,
    VoidRequest,
    WriteOffInvoice,
)
from effects.kinds_mail import AttachedPaper

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
IDS = st.integers(1, 10**9)
NUMBERS = IDS.map(str)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SPANS = DAYS | st.none()
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | WORDS,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=3),
    max_leaves=6,
)


def dollars(least: int = 1, most: int = 10**9) -> st.SearchStrategy[Money]:
    return st.integers(least, most).map(lambda minor: Money(minor, "USD"))


def texts(*names: str) -> dict[str, st.SearchStrategy[str]]:
    return dict.fromkeys(names, WORDS)


CLASSES = ("department_netsuite_id", "class_netsuite_id", "location_netsuite_id")
LINES = st.builds(
    InvoiceLineContent, item_netsuite_id=NUMBERS, item_name=WORDS, amount=dollars(-(10**6)),
    **texts("quantity", "rate", "description", *CLASSES),
    service_starts_on=SPANS, service_ends_on=SPANS, fields=PAIRS,
)  # fmt: skip
INVOICES = st.builds(
    CreateInvoice, draft_id=IDS, source=WORDS, source_id=WORDS, customer_id=IDS,
    customer_netsuite_id=NUMBERS, currency=st.just("USD"), total=dollars(), issued_on=DAYS,
    due_on=SPANS, lines=st.lists(LINES, min_size=1, max_size=3).map(tuple),
    **texts("external_id", "number", "terms_netsuite_id", "subsidiary_netsuite_id",
            "ar_account_netsuite_id", *CLASSES, "exchange_rate", "po_number", "memo"),
    fields=PAIRS, review=st.dictionaries(WORDS, PLAIN, max_size=3),
)  # fmt: skip
CUSTOMERS = st.builds(
    CreateCustomer, source=WORDS, source_id=WORDS, name=st.just("Acme"), currency=st.just("USD"),
    draft_id=st.integers(0, 9), distinct_from=st.lists(NUMBERS, max_size=2).map(tuple),
    **texts("external_id", "legal_name", "email", "phone", "subsidiary_netsuite_id",
            "terms_netsuite_id"),
)  # fmt: skip
APPLIED = st.builds(
    AppliedAmount, invoice_id=IDS, netsuite_id=NUMBERS, number=WORDS, amount=dollars(1, 100),
    discount=st.none() | dollars(1, 100),
)  # fmt: skip
PLAIN_APPLIED = APPLIED.map(lambda line: replace(line, discount=None))


def lines_of(
    one: st.SearchStrategy[AppliedAmount], least: int = 0
) -> st.SearchStrategy[tuple[AppliedAmount, ...]]:
    named = st.lists(one, min_size=least, max_size=3, unique_by=lambda line: line.netsuite_id)
    return named.map(tuple)


CREDITS = st.builds(
    UsedCredit, kind=st.sampled_from(["credit_memo", "deposit", "journal", "payment"]),
    document_id=IDS, netsuite_id=NUMBERS, number=WORDS, amount=dollars(1, 100),
)  # fmt: skip
PAYMENTS = st.builds(
    PostCustomerPayment, payment_id=IDS, source=WORDS, source_id=WORDS, customer_id=IDS,
    customer_netsuite_id=NUMBERS, amount=dollars(1000), received_on=DAYS,
    applications=lines_of(APPLIED), fee=st.none() | dollars(0, 1000),
    **texts("external_id", "memo", "reference", "account_netsuite_id", "ar_account_netsuite_id",
            "exchange_rate", "arrived_by", "check_number"),
)  # fmt: skip


@st.composite
def netted(draw: st.DrawFn) -> PostCustomerPayment:
    """A payment with credits taken along."""
    lines = draw(lines_of(APPLIED, 1))
    credit = replace(draw(CREDITS), amount=lines[0].amount)
    return replace(draw(PAYMENTS), applications=lines, credits=(credit,))


@st.composite
def credited(draw: st.DrawFn) -> ApplyCredit:
    lines = draw(lines_of(PLAIN_APPLIED, 1))
    whole = Money(sum(line.amount.minor for line in lines), "USD")
    return ApplyCredit(
        customer_id=draw(IDS), customer_netsuite_id=draw(NUMBERS), applications=lines,
        credit=replace(draw(CREDITS), amount=whole), occasion=draw(WORDS), applied_on=draw(DAYS),
        external_id=f"x{draw(WORDS)}", before=draw(lines_of(PLAIN_APPLIED)),
        credit_external_id=draw(WORDS), waits_for=draw(WORDS), memo=draw(WORDS),
    )  # fmt: skip


UNAPPLIED = st.builds(
    UnapplyPayment, payment_id=IDS, payment_netsuite_id=NUMBERS, customer_id=IDS,
    customer_netsuite_id=NUMBERS, removed=lines_of(PLAIN_APPLIED, 1),
    **texts("occasion", "number", "reason"),
)  # fmt: skip
REVERSED = st.builds(
    ReversePayment, payment_id=IDS, payment_netsuite_id=NUMBERS, customer_id=IDS,
    customer_netsuite_id=NUMBERS, reversed_on=DAYS, amount=dollars(1000),
    applications=lines_of(PLAIN_APPLIED), journal_external_id=st.just("dw-jnl-1"),
    waits_for=st.just("journal:return:1"), **texts("reason_code", "occasion", "number"),
)  # fmt: skip
REFUNDS = st.builds(
    lambda source, **rest: RefundCustomer(sources=(source,), amount=source.amount, **rest),
    source=CREDITS, customer_id=IDS, customer_netsuite_id=NUMBERS, refunded_on=DAYS,
    **texts("account_netsuite_id", "external_id", "occasion", "method_netsuite_id", "reference",
            "ar_account_netsuite_id", "memo"),
)  # fmt: skip


def entry(amount: Money, account: str = "1", entity: str = "") -> EntryLine:
    """A debit, or a credit where the amount is negative."""
    debit, credit = (amount, None) if amount.minor > 0 else (None, -amount)
    return EntryLine(account, f"Account {account}", debit, credit, entity)


JOURNALS = st.builds(
    lambda amount, **rest: PostJournal(lines=(entry(amount), entry(-amount, "2")), **rest),
    amount=dollars(), purpose=st.sampled_from(["bank_fee", "write_off", "return"]),
    customer_id=IDS, customer_netsuite_id=NUMBERS, posted_on=DAYS, payment_id=st.integers(0, 9),
    **texts("occasion", "external_id", "subsidiary_netsuite_id", "exchange_rate", "memo",
            "waits_for"),
)  # fmt: skip


@st.composite
def updates(draw: st.DrawFn) -> UpdateInvoice:
    names = draw(st.lists(st.sampled_from(CHANGEABLE), min_size=1, unique=True))
    after = {n: draw(DAYS).isoformat() if n == "due_on" else f"is {draw(WORDS)}" for n in names}
    before = {n: f"was {draw(WORDS)}" for n in names}
    return UpdateInvoice(
        invoice_id=draw(IDS), netsuite_id=draw(NUMBERS), number=draw(WORDS), customer_id=draw(IDS),
        before=before, after=after, occasion=draw(WORDS),
        expected_modified_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
    )  # fmt: skip


@st.composite
def reapplied(draw: st.DrawFn) -> PutApplications:
    after = draw(lines_of(APPLIED))
    taken = {line.netsuite_id for line in after}
    before = draw(st.lists(APPLIED.filter(lambda a: a.netsuite_id not in taken), min_size=1))
    return PutApplications(
        payment_id=draw(IDS), payment_netsuite_id=draw(NUMBERS), customer_id=draw(IDS),
        amount=draw(dollars(1000)), before=tuple(before), after=after, occasion=draw(WORDS),
        number=draw(WORDS),
    )  # fmt: skip


MAILS = st.builds(
    SendEmail, customer_id=IDS, purpose=WORDS, occasion=WORDS, thread_id=IDS,
    to=st.lists(WORDS, max_size=2).map(tuple),
    facts=st.dictionaries(WORDS, PLAIN, max_size=3),
    attachments=st.lists(st.builds(AttachedPaper, IDS, WORDS, WORDS, IDS, WORDS)).map(tuple),
    **texts("subject", "text", "html", "message_id", "reply_to", "envelope_from"),
)  # fmt: skip
POSTS = st.builds(
    PostToCustomerChannel, customer_id=IDS, invoice_ids=st.lists(IDS, max_size=3).map(tuple),
    facts=st.dictionaries(WORDS, PLAIN, max_size=3),
    **texts("purpose", "occasion", "channel_id", "channel_name", "text", "thread_ts", "step",
            "cycle", "tone", "written_by"),
)  # fmt: skip
CREDIT_LINES = st.builds(
    CreditLineContent, amount=dollars(1, 100), invoice_line=st.integers(0, 9),
    service_starts_on=st.none() | DAYS, service_ends_on=st.none() | DAYS,
    **texts("item_netsuite_id", "item_name", "account_netsuite_id", "account_name", "description"),
)  # fmt: skip


@st.composite
def memos(draw: st.DrawFn) -> CreateCreditMemo | WriteOffInvoice:
    lines = tuple(draw(st.lists(CREDIT_LINES, min_size=1, max_size=3)))
    whole = Money(sum(line.amount.minor for line in lines), "USD")
    applied = replace(draw(PLAIN_APPLIED), amount=whole)
    shared: dict[str, Any] = {
        "request_id": draw(IDS), "customer_id": draw(IDS), "customer_netsuite_id": draw(NUMBERS),
        "lines": lines, "reason": draw(WORDS), "occasion": draw(WORDS), "memo": draw(WORDS),
        "external_id": draw(WORDS), "review": draw(st.dictionaries(WORDS, PLAIN, max_size=2)),
    }  # fmt: skip
    if draw(st.booleans()):
        return WriteOffInvoice(
            invoice=applied, undelivered=lines[0].amount, written_off_on=draw(DAYS), **shared
        )
    return CreateCreditMemo(
        tax=draw(dollars(0, 9)), applications=draw(st.sampled_from(((), (applied,)))),
        issued_on=draw(DAYS), **shared,
    )  # fmt: skip


VOIDS = st.builds(
    VoidRequest, request_id=IDS, record=st.sampled_from(["invoice", "credit_memo", "payment"]),
    netsuite_id=NUMBERS, customer_id=IDS, customer_netsuite_id=NUMBERS, amount=dollars(),
    reason=st.just("made twice"), **texts("number", "occasion"),
)  # fmt: skip
EFFECTS: st.SearchStrategy[Effect] = st.one_of(
    MAILS, PAYMENTS, INVOICES, CUSTOMERS, updates(), reapplied(), netted(), credited(),
    UNAPPLIED, REVERSED, REFUNDS, JOURNALS, POSTS, memos(), VOIDS,
)  # fmt: skip


def line(amount: str = "100.00", item: str = "11", **rest: Any) -> InvoiceLineContent:
    return InvoiceLineContent(item, f"Item {item}", Money.parse(amount, "USD"), **rest)


def invoice(source_id: str = "1", total: str = "100.00", **rest: Any) -> CreateInvoice:
    """An invoice with one line of its total, unless `lines` says otherwise."""
    known: dict[str, Any] = {
        "draft_id": 1, "source": "manual", "source_id": source_id, "customer_id": 1,
        "customer_netsuite_id": "7", "currency": "USD", "total": Money.parse(total, "USD"),
        "issued_on": date(2026, 3, 9), "due_on": date(2026, 4, 8), "lines": (line(total),),
        "external_id": f"dw-inv-{source_id}",
    }  # fmt: skip
    return CreateInvoice(**{**known, **rest})


def change(occasion: str = "1", memo: str = "new", **rest: Any) -> UpdateInvoice:
    known: dict[str, Any] = {
        "invoice_id": 1, "netsuite_id": "71", "number": "INV-1", "customer_id": 1,
        "before": {"memo": "old"}, "after": {"memo": memo}, "occasion": occasion,
        "expected_modified_at": datetime(2026, 3, 9, 12, 0, tzinfo=UTC),
    }  # fmt: skip
    return UpdateInvoice(**{**known, **rest})


def newcomer(source_id: str = "1", name: str = "Acme", **rest: Any) -> CreateCustomer:
    return CreateCustomer("manual", source_id, name, "USD", f"dw-cus-{source_id}", **rest)


def applications(
    occasion: str = "1", after: tuple[AppliedAmount, ...] | None = None, **rest: Any
) -> PutApplications:
    """A payment of 100.00 moved from INV-1 to INV-2."""
    whole = Money(10000, "USD")
    known: dict[str, Any] = {
        "payment_id": 1, "payment_netsuite_id": "91", "customer_id": 1, "amount": whole,
        "before": (AppliedAmount(1, "71", "INV-1", whole),),
        "after": (AppliedAmount(2, "72", "INV-2", whole),) if after is None else after,
        "occasion": occasion,
    }  # fmt: skip
    return PutApplications(**{**known, **rest})
