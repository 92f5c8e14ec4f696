"""The lists an account begins with: currencies, accounts, terms, periods, items, segments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.company import Company
from sandbox.netsuite.rates import Rates
from sandbox.netsuite.records.documents import scale_of
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.numbering import write_rates
from sandbox.netsuite.revenue.spreading import EVEN
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
    (9, "2500", "Deferred Revenue", "DeferRevenue"),
    (10, "2300", "Sales Tax Payable", "OthCurrLiab"),
    (11, "4100", "Subscription Revenue", "Income"),
    (12, "4200", "Services Revenue", "Income"),
    (13, "1001", "Current Assets", "OthCurrAsset"),
    (14, "4800", "Sales before 2020", "Income"),
    (15, "4910", "Sales Discounts", "Income"),
    (16, "1010", "Stripe Clearing", "Bank"),
    (17, "6810", "Bank Fees", "Expense"),
    (18, "1160", "Withholding Tax Receivable", "OthCurrAsset"),
    (19, "6820", "Small Differences", "Expense"),
    (20, "4950", "Bad Debt Recovery", "Income"),
)
_SUMMARY_ACCOUNT, _OLD_ACCOUNT = 13, 14
_SALES, _DEFERRED, _SUBSCRIPTIONS, _SERVICES = 4, 9, 11, 12
_CREDITS, _BAD_DEBT, _SMALL = 5, 8, 19
_SERVICE, _GOODS = ("serviceSaleItem", "Service"), ("nonInventorySaleItem", "NonInvtPart")
_ITEMS: tuple[tuple[int, str, tuple[str, str], int, int | None], ...] = (
    (501, "Support plan", _SERVICE, _SALES, None),
    (502, "Equipment", _GOODS, _SALES, None),
    (503, "Calibration service", _SERVICE, _SERVICES, None),
    (504, "Flow sensors", _GOODS, _SALES, None),
    (505, "Control units", _GOODS, _SALES, None),
    (506, "Annual support", _SERVICE, _SUBSCRIPTIONS, _DEFERRED),
    (507, "Spare parts", _GOODS, _SALES, None),
    (508, "Field installation", _SERVICE, _SERVICES, None),
    (509, "Software subscription", _SERVICE, _SUBSCRIPTIONS, _DEFERRED),
    (510, "Training days", _SERVICE, _SERVICES, None),
    (511, "Test bench rental", _SERVICE, _SALES, None),
    (512, "Firmware maintenance", _SERVICE, _SUBSCRIPTIONS, _DEFERRED),
    (513, "Perpetual licence", _GOODS, _OLD_ACCOUNT, None),
    (514, "On-site visit, United States", _SERVICE, _SERVICES, None),
    (515, "Bad debt", _SERVICE, _BAD_DEBT, None),
    (516, "Service not delivered", _SERVICE, _DEFERRED, None),
    (517, "Price concession", _SERVICE, _CREDITS, None),
    (518, "Small difference", _SERVICE, _SMALL, None),
)
_INACTIVE_ITEM, _HOME_ITEM = 513, 514
_RULE = 1
_SEGMENTS = {
    "department": ("Sales", "Customer Success", "Field Marketing"),
    "classification": ("Subscriptions", "Hardware", "Trade Shows"),
    "location": ("Headquarters", "Warehouse", "Old Warehouse"),
}
_INACTIVE_SEGMENT = 3
_MORE_TERMS: tuple[dict[str, Value], ...] = (
    {"name": "2% 10 Net 30", "daysuntilnetdue": 30, "discountpercent": 2, "daysuntilexpiry": 10},
    {"name": "15th of next month", "datedriven": "T", "dayofmonthnetdue": 15},
    {"name": "Three installments", "installment": "T"},
    {"name": "Net 180", "daysuntilnetdue": 180, "isinactive": "T"},
)
_YEARS_BACK, _YEARS_AHEAD = 4, 2
SERVICE = 501
ITEM_IDS = {name: number for number, name, *_ in _ITEMS}
INCOME_OF = {number: deferral or income for number, _, _, income, deferral in _ITEMS}
DEFERRED_ITEMS = frozenset(number for number, _, _, _, deferral in _ITEMS if deferral)
TAX_ACCOUNT = 10


class Masters:
    """Writes the lists and keeps the ids they got."""

    def __init__(self, store: ErpStore, company: Company, stamp: Stamp) -> None:
        self.store = store
        self.company = company
        self.stamp = stamp
        self.currencies: dict[str, int] = {}
        self.terms: dict[int, int] = {}
        self.periods: list[tuple[int, int, int]] = []
        self.rates = Rates(store, company.today, company.breadth)
        self.everywhere = ", ".join(str(s.id) for s in company.subsidiaries)

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
        self.rates.write_history(self.stamp.wall)
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
            self._term({"id": number, "name": name, "daysuntilnetdue": days}, stamps)
        for number, term in enumerate(_MORE_TERMS, len(self.terms) + 1):
            self._term({"id": number, **term}, stamps)

    def _term(self, term: dict[str, Value], stamps: dict[str, int]) -> None:
        plain = dict.fromkeys(("isinactive", "datedriven", "installment", "preferred"), "F")
        self.store.insert("term", {**plain, **term, **stamps})

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
                    "subsidiary": self.everywhere,
                    "issummary": "T" if number == _SUMMARY_ACCOUNT else "F",
                    "includechildren": "F",
                    "eliminate": "F",
                    "isinactive": "T" if number == _OLD_ACCOUNT else "F",
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
        rule: dict[str, Value] = {
            "id": _RULE,
            "name": "Straight-line, by dates",
            "recognitionmethod": EVEN,
            "revrecstartdatesource": "REVENUE_ELEMENT_START_DATE",
            "revrecenddatesource": "REVENUE_ELEMENT_END_DATE",
            "isinactive": "F",
        }
        self.store.insert("revenuerecognitionrule", {**rule, **stamps})
        for number, name, (record, kind), income, deferral in _ITEMS:
            home = self.company.subsidiaries[0].id
            self.store.insert(
                "item",
                {
                    "id": number,
                    "itemid": name,
                    "displayname": name,
                    "fullname": name,
                    "itemtype": kind,
                    "subtype": "Sale",
                    "incomeaccount": income,
                    "deferralaccount": deferral,
                    "revenuerecognitionrule": _RULE if deferral else None,
                    "createrevenueplanson": "BILLING" if deferral else None,
                    "subsidiary": str(home) if number == _HOME_ITEM else self.everywhere,
                    "includechildren": "F",
                    "isinactive": "T" if number == _INACTIVE_ITEM else "F",
                    "createddate": self.stamp.wall,
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
                    "subsidiary": self.everywhere,
                    "includechildren": "F",
                    "isinactive": "T" if number == _INACTIVE_SEGMENT else "F",
                }
                self.store.insert(table, {**row, **stamps})


def _months(first_year: int, last_year: int) -> Iterator[date]:
    for year in range(first_year, last_year + 1):
        for month in range(1, 13):
            yield date(year, month, 1)
