"""The lists an account begins with: currencies, accounts, terms, periods, items, segments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.company import Company
from sandbox.netsuite.records.documents import scale_of
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.numbering import write_rates
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import day_seconds

_WORTH_IN_USD = {
    "USD": "1",
    "EUR": "1.08",
    "GBP": "1.27",
    "CAD": "0.73",
    "AUD": "0.66",
    "CHF": "1.12",
    "JPY": "0.0067",
    "SEK": "0.095",
    "KWD": "3.25",
    "MXN": "0.055",
    "PLN": "0.25",
}
_NAMES = {
    "USD": "US Dollar",
    "EUR": "Euro",
    "GBP": "British Pound",
    "CAD": "Canadian Dollar",
    "AUD": "Australian Dollar",
    "CHF": "Swiss Franc",
    "JPY": "Japanese Yen",
    "SEK": "Swedish Krona",
    "KWD": "Kuwaiti Dinar",
}
_ACCOUNTS = (
    (1, "1000", "Checking", "Bank"),
    (2, "1100", "Accounts Receivable", "AcctRec"),
    (3, "1150", "Undeposited Funds", "OthCurrAsset"),
    (4, "4000", "Sales", "Income"),
    (5, "4900", "Credits and Allowances", "Income"),
    (6, "2200", "Customer Deposits", "OthCurrLiab"),
    (7, "7100", "Realized Gain/Loss", "OthExpense"),
    (8, "6800", "Bad Debt Expense", "Expense"),
)
_ITEMS = (
    (501, "Support plan", "serviceSaleItem", "Service"),
    (502, "Equipment", "nonInventorySaleItem", "NonInvtPart"),
)
_SEGMENTS = {
    "department": ("Sales", "Customer Success"),
    "classification": ("Subscriptions", "Hardware"),
    "location": ("Headquarters", "Warehouse"),
}
_YEARS_BACK, _YEARS_AHEAD = 4, 2
SERVICE = 501


class Masters:
    """Writes the lists and keeps the ids they got."""

    def __init__(self, store: ErpStore, company: Company, stamp: Stamp) -> None:
        self.store = store
        self.company = company
        self.stamp = stamp
        self.currencies: dict[str, int] = {}
        self.terms: dict[int, int] = {}
        self.periods: list[tuple[int, int, int]] = []

    def write(self) -> None:
        """Put them into the store."""
        self._currencies()
        stamps = {"_created": self.stamp.utc, "_modified": self.stamp.utc}
        for s in self.company.subsidiaries:
            self.store.insert(
                "subsidiary",
                {
                    "id": s.id,
                    "name": s.name,
                    "fullname": s.name,
                    "currency": self.currencies[s.currency],
                    "country": s.country,
                    "iselimination": "F",
                    "isinactive": "F",
                    **stamps,
                },
            )
        self._terms(stamps)
        self._accounts(stamps)
        self._periods(stamps)
        self._items(stamps)
        self._segments(stamps)
        write_rates(self.store, self.stamp)

    def _currencies(self) -> None:
        used = {d.currency for d in self.company.debtors} | {
            s.currency for s in self.company.subsidiaries
        }
        used |= {c.currency for c in self.company.claims}
        ordered = ["USD", *sorted(used - {"USD"})]
        for number, symbol in enumerate(ordered, 1):
            self.currencies[symbol] = number
            self.store.insert(
                "currency",
                {
                    "id": number,
                    "symbol": symbol,
                    "name": _NAMES.get(symbol, symbol),
                    "currencyprecision": len(str(1000 // scale_of(symbol))) - 1,
                    "exchangerate": _WORTH_IN_USD.get(symbol, "1"),
                    "isbasecurrency": "T" if symbol == "USD" else "F",
                    "isinactive": "F",
                    "_created": self.stamp.utc,
                    "_modified": self.stamp.utc,
                },
            )

    def _terms(self, stamps: dict[str, int]) -> None:
        for number, days in enumerate(sorted({d.terms_days for d in self.company.debtors}), 1):
            self.terms[days] = number
            name = f"Net {days}" if days else "Due on receipt"
            self.store.insert(
                "term",
                {
                    "id": number,
                    "name": name,
                    "daysuntilnetdue": days,
                    "isinactive": "F",
                    **stamps,
                },
            )

    def _accounts(self, stamps: dict[str, int]) -> None:
        for number, code, name, kind in _ACCOUNTS:
            self.store.insert(
                "account",
                {
                    "id": number,
                    "acctnumber": code,
                    "acctname": name,
                    "fullname": name,
                    "accountsearchdisplayname": f"{code} {name}",
                    "accttype": kind,
                    "isinactive": "F",
                    **stamps,
                },
            )

    def _periods(self, stamps: dict[str, int]) -> None:
        first = min([c.issued_on for c in self.company.claims], default=self.company.today)
        year = min(first.year, self.company.today.year - _YEARS_BACK)
        for number, start in enumerate(_months(year, self.company.today.year + _YEARS_AHEAD), 1):
            end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            self.periods.append((day_seconds(start), day_seconds(end), number))
            flags = ("closed", "alllocked", "arlocked", "aplocked", "isquarter", "isyear")
            self.store.insert(
                "accountingperiod",
                {
                    "id": number,
                    "periodname": start.strftime("%b %Y"),
                    "startdate": day_seconds(start),
                    "enddate": day_seconds(end),
                    **dict.fromkeys((*flags, "isadjust", "isinactive", "allownonglchanges"), "F"),
                    "isposting": "T",
                    **stamps,
                },
            )

    def _items(self, stamps: dict[str, int]) -> None:
        for number, name, record, kind in _ITEMS:
            self.store.insert(
                "item",
                {
                    "id": number,
                    "itemid": name,
                    "displayname": name,
                    "fullname": name,
                    "itemtype": kind,
                    "subtype": "Sale",
                    "incomeaccount": 4,
                    "isinactive": "F",
                    "lastmodifieddate": self.stamp.wall,
                    "_record": record,
                    **stamps,
                },
            )

    def _segments(self, stamps: dict[str, int]) -> None:
        for table, names in _SEGMENTS.items():
            for number, name in enumerate(names, 1):
                row: dict[str, Value] = {
                    "id": number,
                    "name": name,
                    "fullname": name,
                    "isinactive": "F",
                }
                self.store.insert(table, {**row, **stamps})


def _months(first_year: int, last_year: int) -> Iterator[date]:
    for year in range(first_year, last_year + 1):
        for month in range(1, 13):
            yield date(year, month, 1)
