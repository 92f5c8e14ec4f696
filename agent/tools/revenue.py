"""Read: what was recognized in a period, and how the close of the revenue books stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.chat import Cited, Table
from agent.spoken.days import period_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Outcome, refusal
from agent.tools.phrasing import customer_link, day, listed, table
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from flows.revenue import close
from flows.revenue.checklist import State
from flows.revenue.reports.around import Books, read_books
from flows.revenue.reports.asked import Asked, read_asked
from flows.revenue.reports.pivot import sums, titles
from flows.revenue.reports.roll_forward import rolled
from store import revenue_periods
from store.revenue_reports import Sum

_MODES = {"arm": "NetSuite posts it (ARM)", "journal": "posted by journals from here"}


class Recognized(Arguments):
    """A month, a quarter or a year; the last that is over when none is named."""

    period: str = text("The period, as the person wrote it; empty: the last month.", Origin.DAY)
    customer: str = text("The customer, as the person wrote it; empty for all.", Origin.NAME)


async def recognized_revenue(asking: Asking, wanted: Recognized) -> Outcome:
    """Net revenue of a period by revenue type, posted and still due apart."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    settings = asking.desk.revenue
    around = await read_books(asking.session, settings, asking.today)
    span = _span(around, wanted.period, asking.today)
    if span is None:
        return refusal(f'I cannot read "{wanted.period}" as a period.')
    words = {"from": span[0].isoformat(), "to": span[1].isoformat(), "by": "type"}
    asked = read_asked({**words, "across": "account"}, settings, asking.today)
    asked = replace(asked, by="type", across="account", customer=row.id if row else 0)
    posted, _ = await sums(asking.session, around, replace(asked, basis="posted"))
    whole, _ = await sums(asking.session, around, asked)
    if not whole:
        named = f" of {row.name}" if row else ""
        return refusal(f"No revenue{named} is posted or planned for {_days(span)}.")
    about = About(row.id) if row else About()
    cited = (
        Cited("Recognized revenue", _address(asked)),
        *((customer_link(row),) if row else ()),
    )
    rows = await _rows(asking, around, posted, whole)
    columns = ("Revenue type", "Posted", "Due, not posted")
    name = f" of {row.name}" if row else ""
    told = f"{_told(posted, whole)}{name} for {_days(span)}; {_MODES[around.mode]}."
    told += await _deferred(asking, around, asked)
    return Outcome(told, (table(columns, rows),), cited, about=about)


def _told(posted: Sequence[Sum], whole: Sequence[Sum]) -> str:
    done, due = _by_currency(posted), _by_currency(whole)
    left = {currency: minor - done.get(currency, 0) for currency, minor in due.items()}
    first = listed([str(Money(minor, currency)) for currency, minor in done.items()])
    rest = listed([str(Money(minor, currency)) for currency, minor in left.items() if minor])
    if not rest:
        return f"{first} recognized"
    if not first:
        return f"Nothing is posted yet; {rest} is due"
    return f"{first} recognized and {rest} due but not posted"


async def _deferred(asking: Asking, around: Books, asked: Asked) -> str:
    by_account = replace(asked, by="deferred", basis="posted")
    rows, _ = await rolled(asking.session, around, by_account)
    left: dict[str, int] = {}
    for one in rows:
        left[one.currency] = left.get(one.currency, 0) + one.closing
    if not left:
        return ""
    sums_ = listed([str(Money(minor, currency)) for currency, minor in sorted(left.items())])
    return f" Deferred revenue at the end, as posted: {sums_}."


def _by_currency(found: Sequence[Sum]) -> dict[str, int]:
    made: dict[str, int] = {}
    for one in found:
        made[one.currency] = made.get(one.currency, 0) + one.minor
    return dict(sorted(made.items()))


async def _rows(
    asking: Asking, around: Books, posted: Sequence[Sum], whole: Sequence[Sum]
) -> list[tuple[str, str, str]]:
    amounts: dict[tuple[str, str], list[int]] = {}
    for place, found in enumerate((posted, whole)):
        for one in found:
            amounts.setdefault((one.row or "", one.currency), [0, 0])[place] += one.minor
    keys = {key for key, _ in amounts}
    calendar = around.settings.calendar
    names = await titles(asking.session, around, calendar, "type", keys)
    return [
        (names[key], str(Money(done, currency)), str(Money(all_ - done, currency)))
        for (key, currency), (done, all_) in sorted(amounts.items())
    ]


def _span(around: Books, words: str, today: date) -> tuple[date, date] | None:
    """The whole periods that the words touch; without words the last one that is over."""
    calendar = around.settings.calendar
    if not words:
        this = calendar.of(today)
        last = calendar.of(date.fromordinal(this.starts_on.toordinal() - 1))
        return last.starts_on, last.ends_on
    meant = period_meant(words, today)
    if meant is None:
        return None
    return calendar.of(meant.first).starts_on, calendar.of(meant.last).ends_on


def _days(span: tuple[date, date]) -> str:
    return f"{day(span[0])} to {day(span[1])}"


def _address(asked: Asked) -> str:
    told = asked.query(by="customer", across="period")
    return "/revenue/reports/recognized?" + "&".join(f"{k}={v}" for k, v in told.items())


@dataclass(frozen=True, slots=True)
class BooksStanding:
    """What waits before the revenue books of a period can be locked."""

    waiting: tuple[str, ...]
    table: Table
    link: Cited


async def revenue_standing(asking: Asking, on: date) -> BooksStanding | None:
    """The checklist of every subsidiary whose books were begun; None when none was."""
    waiting, rows = list[str](), list[tuple[str, str, str]]()
    for seller in await revenue_periods.subsidiaries(asking.session):
        if await revenue_periods.last_posted(asking.session, seller.id) is None:
            continue
        found = await close.standing(asking.session, seller, asking.desk, asking.now, on)
        if found.row is not None and found.row.state == revenue_periods.CLOSED:
            rows.append((seller.name, "Revenue books", "closed"))
            continue
        for point in found.points:
            state = "later" if point.state is State.LATER else point.state.value
            rows.append(
                (seller.name, point.check.value.replace("_", " "), f"{state}: {point.told}")
            )
        waiting += [
            f"{seller.name}: {one.told}" for one in found.waiting if one.state is State.OPEN
        ]
    if not rows:
        return None
    shown = table(("Books", "Point", "State"), rows)
    return BooksStanding(tuple(waiting), shown, Cited("Revenue close", f"/revenue/close?on={on}"))


RECOGNIZED_REVENUE = Tool(
    "recognized_revenue",
    "Revenue recognized in a period, by type; of everybody or of one customer.",
    Recognized,
    recognized_revenue,
    example="what did we recognize in October",
)
