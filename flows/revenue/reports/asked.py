"""What somebody asks of a report, out of the address bar and back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from domain.revenue.periods import Calendar, Period, following, preceding
from domain.revenue.settings import RevenueSettings
from store.revenue_scope import MoneyIn, Scope

LONGEST = 120
MOST_PERIODS = 60
MONEY = {
    "transaction": "Currency of the document",
    "subsidiary": "Currency of the subsidiary",
    "group": "Currency of the group",
}
BASIS = {
    "expected": "Posted, and due in open periods",
    "posted": "Posted only",
    "service": "All that is planned, by period of service",
}
SHOW = {"net": "Net of contra revenue", "gross": "Gross", "contra": "Contra revenue only"}
BY = {
    "period": "Period",
    "customer": "Customer",
    "account": "Account",
    "type": "Revenue type",
    "contract": "Contract",
    "invoice": "Invoice",
    "subsidiary": "Subsidiary",
    "deferred": "Deferred account",
}
_CHOICES = {"basis": BASIS, "show": SHOW, "by": BY, "across": BY}
_WORDS = {"first": "from", "last": "to"}
_MONEY: dict[str, MoneyIn] = {
    "transaction": "transaction",
    "subsidiary": "subsidiary",
    "group": "group",
}
_TEXTS = ("currency", "contract", "invoice", "account", "deferred", "type", "what", "status")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a report. `first` and `last` are days of periods; empty texts narrow nothing.

    `what` and `status` narrow lists of lines; `start` is where a page of them begins.
    """

    first: date
    last: date
    as_of: date
    money: MoneyIn = "transaction"
    group: str = ""
    basis: str = "expected"
    show: str = "net"
    by: str = ""
    across: str = ""
    subsidiary: int = 0
    customer: int = 0
    currency: str = ""
    contract: str = ""
    invoice: str = ""
    account: str = ""
    deferred: str = ""
    type: str = ""
    what: str = ""
    status: str = ""
    start: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(
            subsidiary_id=self.subsidiary,
            currency=self.currency,
            customer_id=self.customer,
            contract=self.contract,
            invoice=self.invoice,
            account=self.account,
            deferred=self.deferred,
            revenue_type=self.type,
        )

    @property
    def expected(self) -> bool:
        return self.basis == "expected"

    def query(self, **changes: str | int | date) -> dict[str, str]:
        """The words that ask this again, with some changed; what narrows nothing is left out."""
        told: dict[str, str] = {}
        for one in fields(self):
            value = changes.get(one.name, getattr(self, one.name))
            if one.name != "problems" and value and value != one.default:
                told[_WORDS.get(one.name, one.name)] = str(value)
        return told


def read_asked(raw: Mapping[str, str], settings: RevenueSettings, today: date) -> Asked:
    """Read a question; what cannot be read is left at its usual value and told in `problems`."""
    problems: dict[str, str] = {}
    calendar = settings.calendar
    as_of = _day(raw, "as_of", problems) or today
    last = _day(raw, "to", problems) or calendar.of(as_of).ends_on
    first = _day(raw, "from", problems) or _back(calendar, last, 11).starts_on
    if first > last:
        problems["from"] = "begins after the end"
        first = _back(calendar, last, 11).starts_on
    if not raw.get("what") and (last - first).days > MOST_PERIODS * 31:
        problems["from"] = f"more than {MOST_PERIODS} periods before the end"
        first = _back(calendar, last, 11).starts_on
    words = {name: _text(raw.get(name, "")) for name in _TEXTS}
    chosen = {name: _choice(raw, name, known, problems) for name, known in _CHOICES.items()}
    return Asked(
        first=first,
        last=last,
        as_of=as_of,
        money=_MONEY.get(raw.get("money", ""), "transaction"),
        group=_currency(raw.get("group", "")),
        subsidiary=_number(raw, "subsidiary", problems),
        customer=_number(raw, "customer", problems),
        start=_number(raw, "start", problems),
        problems=problems,
        basis=chosen["basis"] or "expected",
        show=chosen["show"] or "net",
        by=chosen["by"],
        across=chosen["across"],
        currency=_currency(words["currency"]),
        contract=words["contract"],
        invoice=words["invoice"],
        account=words["account"],
        deferred=words["deferred"],
        type=words["type"],
        what=words["what"],
        status=words["status"],
    )


def _back(calendar: Calendar, day: date, periods: int) -> Period:
    period = calendar.of(day)
    for _ in range(periods):
        period = preceding(calendar, period)
    return period


def near(calendar: Calendar, first: date, last: date, day: date) -> list[Period]:
    """The periods of a span within two years and a half of a day."""
    begins = max(first, _back(calendar, day, MOST_PERIODS // 2).starts_on)
    return periods_of(calendar, begins, max(begins, last))


def periods_of(calendar: Calendar, first: date, last: date) -> list[Period]:
    """Every period that holds a day of the span, at most those of five years."""
    found = [calendar.of(first)]
    while found[-1].ends_on < last and len(found) < MOST_PERIODS:
        found.append(following(calendar, found[-1]))
    return found


def _text(typed: str) -> str:
    return "".join(one for one in typed[:LONGEST] if one.isprintable()).strip()


def _day(raw: Mapping[str, str], name: str, problems: dict[str, str]) -> date | None:
    text = raw.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        problems[name] = "is not a day like 2026-03-31"
        return None
    if not 1990 <= day.year <= 2200:
        problems[name] = "is too far away"
        return None
    return day


def _number(raw: Mapping[str, str], name: str, problems: dict[str, str]) -> int:
    text = raw.get(name, "").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        problems[name] = "is not a number"
        return 0
    return int(text)


def _choice(
    raw: Mapping[str, str], name: str, known: Mapping[str, str], problems: dict[str, str]
) -> str:
    text = raw.get(name, "").strip()
    if text and text not in known:
        problems[name] = "is not one of the choices"
        return ""
    return text


def _currency(text: str) -> str:
    text = text.strip().upper()
    return text if len(text) == 3 and text.isascii() and text.isalpha() else ""
