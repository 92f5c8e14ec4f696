"""A draft against which nothing stands, and small ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.ledger.money import Money
from erp.mapping import Mappings, resolved
from erp.masters import ErpAccount, ErpItem, ErpPeriod, ErpSubsidiary, ErpTerm
from erp.review.draft import BillTo, Draft, DraftLine
from erp.review.finding import Candidate
from erp.review.journal import Posting, preview
from erp.review.policy import ReviewPolicy
from erp.review.subject import (
    CustomerFacts,
    KnownInvoice,
    KnownLine,
    Masters,
    ReviewSubject,
)

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
DAY = NOW.date()


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def day(text: str) -> date:
    return date.fromisoformat(text)


ITEMS = {
    "10": ErpItem("10", "Support", "Service", "Support by the hour", "400"),
    "11": ErpItem("11", "Platform", "Service", "", "401", "250", "Ratable"),
    "12": ErpItem("12", "Rebate", "Discount", "", ""),
    "13": ErpItem("13", "Hosting", "Service", "", "401"),
}
ACCOUNTS = {
    "110": ErpAccount("110", "1100", "Accounts Receivable", "AcctRec"),
    "111": ErpAccount("111", "1110", "Receivable EUR", "AcctRec", currency="EUR"),
    "250": ErpAccount("250", "2500", "Deferred Revenue", "DeferRevenue"),
    "260": ErpAccount("260", "2600", "Sales Tax Payable", "OthCurrLiab"),
    "400": ErpAccount("400", "4000", "Service Income", "Income"),
    "401": ErpAccount("401", "4010", "Subscription Income", "Income"),
    "490": ErpAccount("490", "4900", "Billing Clearing", "Income"),
}
TERMS = {
    "2": ErpTerm("2", "Net 30", 30),
    "3": ErpTerm("3", "2% 10 Net 30", 30, "2", 10),
    "4": ErpTerm("4", "Day 15 of next month", None),
}
SUBSIDIARIES = {
    "1": ErpSubsidiary("1", "Larkfield Inc.", "USD", "US"),
    "2": ErpSubsidiary("2", "Larkfield GmbH", "EUR", "DE"),
}


def _period(number: int, month: int, *, closed: bool = False) -> ErpPeriod:
    first = date(2026, month, 1)
    last = date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return ErpPeriod(str(number), f"{first:%b %Y}", first, last, closed, ar_locked=False,
                     all_locked=False)  # fmt: skip


PERIODS = tuple(_period(100 + month, month, closed=month < 3) for month in range(1, 13))
MASTERS = Masters(
    items=ITEMS,
    accounts=ACCOUNTS,
    terms=TERMS,
    subsidiaries=SUBSIDIARIES,
    periods=PERIODS,
    read_at=NOW - timedelta(hours=2),
)
CUSTOMER = CustomerFacts(
    id=7,
    netsuite_id="700",
    number="C-700",
    name="Brightwater Labs",
    currency="USD",
    legal_name="Brightwater Labs, Inc.",
    country="US",
    terms_netsuite_id="2",
    subsidiary_netsuite_id="1",
    currencies=frozenset({"USD"}),
    subsidiaries=frozenset({"1"}),
    credit_limit=usd("10000.00"),
    open={"USD": usd("500.00")},
)
LINE = DraftLine("Support", usd("1000.00"), item_netsuite_id="10", quantity="10", rate="100.00")
PLATFORM = DraftLine(
    "Platform",
    usd("1200.00"),
    item_netsuite_id="11",
    description="Platform, March 2026 to February 2027",
    service_starts_on=day("2026-03-01"),
    service_ends_on=day("2027-02-28"),
)
DRAFT = Draft(
    id=1,
    source="manual",
    source_id="A-1",
    version=1,
    state="draft",
    currency="USD",
    issued_on=DAY,
    lines=(LINE,),
    customer_id=7,
    customer_name="Brightwater Labs",
    bill_to=BillTo(name="Brightwater Labs Inc", country="US"),
    due_on=DAY + timedelta(days=30),
    terms_netsuite_id="2",
    subsidiary_netsuite_id="1",
)
PRIOR = KnownInvoice(
    id=50,
    netsuite_id="5000",
    number="INV-50",
    customer_id=7,
    total=usd("250.00"),
    open=usd("250.00"),
    issued_on=day("2026-01-15"),
    due_on=day("2026-02-14"),
    po_number="PO-1",
    lines=(KnownLine(usd("250.00"), "10", "400"),),
)


def subject(draft: Draft = DRAFT, /, **more: Any) -> ReviewSubject:
    """A subject on which every part is looked up as the service does."""
    policy: ReviewPolicy = more.pop("policy", ReviewPolicy())
    masters: Masters = more.pop("masters", MASTERS)
    mappings: Mappings = more.pop("mappings", Mappings())
    sub = masters.subsidiaries.get(draft.subsidiary_netsuite_id)
    made = ReviewSubject(
        draft=draft,
        policy=policy,
        masters=masters,
        now=NOW,
        customer=CUSTOMER,
        lines=resolved(draft, mappings, masters.items, guess_from=policy.lines.guess_from),
        subsidiary=sub,
        terms=masters.terms.get(draft.terms_netsuite_id),
        ar_account=masters.accounts.get("110"),
        rate="1" if sub is None or sub.currency == draft.currency else None,
        others=(PRIOR,),
    )
    made = replace(made, **more)
    if "journal" in more:
        return made
    posting = Posting(
        made.ar_account, made.lines, draft.tax, masters.accounts.get("260"), draft.currency,
        made.base_currency, draft.exchange_rate or made.rate,
    )  # fmt: skip
    return replace(made, journal=preview(posting, masters))


def with_line(line: DraftLine = LINE, /, **values: Any) -> Draft:
    """The draft with one line."""
    return replace(DRAFT, lines=(replace(line, **values),))


def customer(**values: Any) -> CustomerFacts:
    return replace(CUSTOMER, **values)


def prior(**values: Any) -> KnownInvoice:
    return replace(PRIOR, **values)


def policy(**sections: dict[str, Any]) -> ReviewPolicy:
    """The usual policy with some values of some sections changed."""
    usual = ReviewPolicy()
    return replace(
        usual, **{name: replace(getattr(usual, name), **v) for name, v in sections.items()}
    )


def candidate(name: str, score: int, *signals: str) -> Candidate:
    return Candidate(70, "701", name, score, signals or ("name",))
