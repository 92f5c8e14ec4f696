"""The sub-ledger against the general ledger, account by account, and what explains a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.ledger.money import Money
from domain.revenue.periods import Period
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.opening import BEGINNING, opens
from flows.revenue.reports.table import Cell, Report, Row, Table, heads
from store import revenue_gl, revenue_listing, revenue_names, revenue_reports
from store.engine import Session
from store.revenue_names import Seller
from store.revenue_reports import Question
from store.revenue_scope import Scope, Told

EMPTY = (
    "NetSuite was not asked for the balances of this period yet. Once it is, every account of"
    " deferred revenue, revenue and contra revenue stands here beside its balance there."
)
PENDING = "Journals that NetSuite does not have yet"
UNBOOKED = "Invoices and credits that are not posted here yet"


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a difference that is known: what it is, and how much the other side has more.

    `said` tells the words of people from what follows from the books.
    """

    why: str
    minor: int
    said: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """One account in the subsidiary's currency, credits above zero.

    Deferred accounts are compared at the end of the period, the others by what it moved.
    `theirs` is None before NetSuite was asked.
    """

    seller: Seller
    account: str
    balance: bool
    ours: int
    theirs: int | None
    items: tuple[Item, ...]
    tolerance: int
    read_at: datetime | None

    @property
    def difference(self) -> int:
        return 0 if self.theirs is None else self.theirs - self.ours

    @property
    def unexplained(self) -> int:
        """What no item explains; nothing when it is within the tolerance."""
        left = self.difference - sum(item.minor for item in self.items)
        return 0 if self.theirs is None or abs(left) <= self.tolerance else left

    @property
    def left(self) -> int:
        """What the books themselves do not explain: for people to say a word about."""
        return self.difference - sum(item.minor for item in self.items if not item.said)

    @property
    def subject(self) -> str:
        """The name under which people explain what is left."""
        return f"tie_out:{self.account}:{self.seller.currency}"


async def tie_out(session: Session, around: Books, asked: Asked) -> Report:
    """Every account of the period of a day, ours and NetSuite's, the difference and its items."""
    period = around.calendar(asked).of(asked.as_of)
    found = await ties(session, around, asked.subsidiary, period)
    columns = heads(
        "Account", "Compared", "Result", "Explained by",
        numbers=("Ours", "NetSuite", "Difference", "Unexplained"),
    )  # fmt: skip
    read = any(one.theirs is not None for one in found)
    tables = [
        Table(
            f"{seller.name}, {seller.currency}",
            columns,
            tuple(_row(around, asked, period, one) for one in found if one.seller == seller),
            note=_asked_at(found, seller),
        )
        for seller in around.sellers.values()
        if any(one.seller == seller for one in found)
    ]
    told = f"{period.name}, {period.starts_on} to {period.ends_on}"
    name = "Tie-out to the general ledger"
    notes = () if read else (EMPTY,)
    return Report("tie-out", name, around.mode, told, tuple(tables), notes, EMPTY)


async def ties(session: Session, around: Books, subsidiary_id: int, period: Period) -> list[Tie]:
    """Every account with a movement or a balance on either side."""
    rows = await revenue_gl.readings(session, period.starts_on, period.ends_on)
    found = list[Tie]()
    for seller in around.sellers.values():
        if subsidiary_id not in (0, seller.id):
            continue
        calendar = around.settings.calendar_of(seller.netsuite_id)
        if calendar.of(period.starts_on) != period:
            continue
        theirs = {row.account: row for row in rows if row.subsidiary_id == seller.id}
        found += await _of_seller(session, around, seller, period, theirs)
    return found


async def _of_seller(
    session: Session,
    around: Books,
    seller: Seller,
    period: Period,
    theirs: Mapping[str, revenue_gl.RevenueGlRow],
) -> list[Tie]:
    span = (period.starts_on, period.ends_on)
    asked = Question(Scope(subsidiary_id=seller.id), Told("subsidiary"), around.open, False)
    closing, moved = await _deferred(session, asked, span)
    earned = {
        one.row or "": one.minor
        for one in await revenue_reports.pivot(session, asked, ("account", "all"), span)
    }
    unbooked = await _unbooked(session, asked, span)
    all_pending = await revenue_listing.pending(session, seller.id, (BEGINNING, span[1]))
    now_pending = await revenue_listing.pending(session, seller.id, span)
    said = await _said(session, seller, period)
    tolerance = around.settings.tolerance.get(seller.currency)
    income = await revenue_names.earning(session, seller.id)
    made = list[Tie]()
    for account in sorted({*closing, *earned, *theirs} - {""}):
        balance = account not in earned and account not in income
        row = theirs.get(account)
        ours = (
            closing.get(account, 0) if balance else earned.get(account, 0) + moved.get(account, 0)
        )
        pending = (all_pending if balance else now_pending).get(account, 0)
        items = [Item(PENDING, pending)] if pending else []
        if unbooked.get(account):
            items.append(Item(UNBOOKED, unbooked[account]))
        items += said.get(account, [])
        other = None if row is None else -row.balance_minor + (0 if balance else row.before_minor)
        if ours or other or items:
            made.append(Tie(seller, account, balance, ours, other, tuple(items),
                            tolerance.minor if tolerance else 0,
                            row.read_at if row else None))  # fmt: skip
    return made


async def _deferred(
    session: Session, asked: Question, span: tuple[date, date]
) -> tuple[dict[str, int], dict[str, int]]:
    closing, moved = dict[str, int](), dict[str, int]()
    signs = {"opening": 1, "billings": 1, "adjustments": 1, "recognized": -1}
    for one in await revenue_reports.steps(session, asked, "deferred", span):
        minor = one.minor * signs.get(one.column, 0)
        key = one.row or ""
        closing[key] = closing.get(key, 0) + minor
        if one.column != "opening":
            moved[key] = moved.get(key, 0) + minor
    return closing, moved


async def _unbooked(session: Session, asked: Question, span: tuple[date, date]) -> dict[str, int]:
    found = await revenue_reports.remaining(session, asked, "deferred", span[1], span)
    return {one.row or "": one.minor for one in found if one.column == "unbooked"}


async def _said(session: Session, seller: Seller, period: Period) -> dict[str, list[Item]]:
    """What people explained, the last word on each account; told by the period's own rows."""
    rows = await revenue_names.periods(session, seller.id)
    ids = [row.id for row in rows if row.starts_on == period.starts_on]
    found: dict[str, list[Item]] = {}
    for row in await revenue_gl.explained(session, ids):
        _, account, currency = row.subject.split(":", 2)
        if currency == seller.currency and row.amount_minor is not None:
            found[account] = [
                Item(f"{row.reason} ({row.reviewed_by})", row.amount_minor, said=True)
            ]
    return found


def _asked_at(found: Sequence[Tie], seller: Seller) -> str:
    at = max((one.read_at for one in found if one.seller == seller and one.read_at), default=None)
    return f"NetSuite as of {at:%Y-%m-%d %H:%M} UTC." if at else ""


def _row(around: Books, asked: Asked, period: Period, tie: Tie) -> Row:
    currency = tie.seller.currency
    asked = replace(asked, money="subsidiary", basis="posted")
    calendar = around.settings.calendar_of(tie.seller.netsuite_id)
    key = ("deferred" if tie.balance else "account", tie.account)
    first = BEGINNING if tie.balance else period.starts_on
    what = "deferred" if tie.balance else "revenue"
    lines = opens(
        asked, calendar, what, key, ("subsidiary", str(tie.seller.id)),
        span=(first, period.ends_on),
    )  # fmt: skip
    theirs = Cell() if tie.theirs is None else Cell(Money(tie.theirs, currency))
    compared = tie.theirs is not None
    items = "; ".join(f"{item.why}: {Money(item.minor, currency)}" for item in tie.items)
    return Row(
        (
            Cell(around.accounts.get(tie.account, tie.account)),
            Cell("Balance at the end" if tie.balance else "Movement of the period"),
            Cell(result(tie)),
            Cell(items),
            Cell(Money(tie.ours, currency), lines),
            theirs,
            Cell(Money(tie.difference, currency)) if compared else Cell(),
            Cell(Money(tie.unexplained, currency)) if compared else Cell(),
        )
    )


def result(tie: Tie) -> str:
    """A word for an account: match, explained, difference or not compared."""
    if tie.theirs is None:
        return "Not compared"
    if tie.unexplained:
        return "Difference"
    return "Explained" if tie.items and tie.difference else "Match"
