"""Filling the ERP with a seeded company."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sandbox.company import Claim, Company, Debtor, Person, Settlement
from sandbox.netsuite.records.documents import (
    BANK_ACCOUNT,
    ItemLine,
    NewDocument,
    accounting_rows,
    header,
    line_rows,
    scale_of,
)
from sandbox.netsuite.records.posting import rate_millionths
from sandbox.netsuite.records.receivables import LINK_PAYMENT, Stamp
from sandbox.netsuite.records.statuses import CREDIT, INVOICE, PAYMENT
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import DAY, day_seconds

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
)
_YEARS_BACK, _YEARS_AHEAD = 4, 2
_ITEM = 501
_CHUNK = 2000


class _Seeder:
    """Knows the ids the masters got."""

    def __init__(self, store: ErpStore, company: Company) -> None:
        self.store = store
        self.company = company
        start = datetime.combine(company.today, time(8), UTC) - timedelta(days=1)
        self.stamp = Stamp.of(start, store.zone)
        self.currencies: dict[str, int] = {}
        self.terms: dict[int, int] = {}
        self.periods: list[tuple[int, int, int]] = []
        self.subsidiaries = {s.id: s.currency for s in company.subsidiaries}
        self.debtors = {d.id: d for d in company.debtors}
        self.rates: dict[tuple[str, str], int] = {}

    def masters(self) -> None:
        """Currencies, subsidiaries, terms, accounts and posting periods."""
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

    def _currencies(self) -> None:
        used = {d.currency for d in self.company.debtors} | set(self.subsidiaries.values())
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

    def period(self, on: int) -> int:
        """The posting period of a day."""
        starts = bisect.bisect_right(self.periods, (on, on, len(self.periods)))
        return self.periods[starts - 1][2]

    def parties(self) -> None:
        """Customers, their subsidiary, and contacts."""
        customers = [self._customer(debtor) for debtor in self.company.debtors]
        contacts = [
            self._contact(debtor, person)
            for debtor in self.company.debtors
            for person in debtor.people
        ]
        self.store.insert_all("customer", customers)
        self.store.insert_all("contact", contacts)
        self.store.insert_all(
            "customersubsidiaryrelationship",
            [
                {"entity": d.id, "subsidiary": d.subsidiary_id, "isprimarysub": "T"}
                for d in self.company.debtors
            ],
        )

    def _customer(self, debtor: Debtor) -> dict[str, Value]:
        primary = next((p for p in debtor.people if p.role == "primary"), None)
        return {
            "id": debtor.id,
            "entityid": debtor.entity_id,
            "altname": debtor.name,
            "companyname": debtor.legal_name,
            "fullname": debtor.name,
            "email": primary.email if primary else None,
            "parent": debtor.parent_id,
            "toplevelparent": debtor.parent_id or debtor.id,
            "currency": self.currencies[debtor.currency],
            "terms": self.terms[debtor.terms_days],
            "isinactive": "F",
            "isperson": "F",
            "language": debtor.language,
            "datecreated": self.stamp.wall,
            "lastmodifieddate": self.stamp.wall,
            "receivablesaccount": 2,
            "custentity_dw_timezone": debtor.timezone,
            "custentity_dw_country": debtor.country,
            "custentity_dw_region": debtor.region,
            "custentity_dw_stripe_customer": debtor.stripe_customer_id or None,
            "_subsidiary": debtor.subsidiary_id,
            "_created": self.stamp.utc,
            "_modified": self.stamp.utc,
        }

    def _contact(self, debtor: Debtor, person: Person) -> dict[str, Value]:
        first, _, last = person.name.partition(" ")
        return {
            "id": person.id,
            "entityid": person.name,
            "firstname": first,
            "lastname": last or None,
            "company": debtor.id,
            "email": person.email or None,
            "title": person.role,
            "isinactive": "F",
            "subsidiary": debtor.subsidiary_id,
            "datecreated": self.stamp.wall,
            "lastmodifieddate": self.stamp.wall,
            "custentity_dw_role": person.role,
            "custentity_dw_language": person.language,
            "_created": self.stamp.utc,
            "_modified": self.stamp.utc,
        }

    def papers(self) -> None:
        """Invoices, payments and credit memos with their lines, postings and links."""
        paid: dict[int, int] = {}
        for settlement in self.company.settlements:
            for claim_id, part in settlement.applied:
                paid[claim_id] = paid.get(claim_id, 0) + part
        claims = (self._claim(c, paid.get(c.id, 0)) for c in self.company.claims)
        self._post(claims)
        self._post(self._settlement(s) for s in self.company.settlements)
        self._links()

    def _post(self, documents: Iterator[NewDocument]) -> None:
        while chunk := list(itertools.islice(documents, _CHUNK)):
            lines = [row for new in chunk for row in line_rows(new, self.stamp)]
            entries = [row for new in chunk for row in accounting_rows(new, self.stamp)]
            self.store.insert_all("transaction", [self._head(new) for new in chunk])
            self.store.insert_all("transactionline", lines)
            self.store.insert_all("transactionaccountingline", entries)

    def _head(self, new: NewDocument) -> dict[str, Value]:
        closed = new.document == INVOICE and new.total == new.used
        head = header(new, self.stamp)
        return head | {"closedate": self.stamp.wall - self.stamp.wall % DAY if closed else None}

    def _rate(self, currency: str, base: str) -> int:
        key = (currency, base)
        if key not in self.rates:
            same = currency == base
            self.rates[key] = 10**6 if same else rate_millionths(self.store, currency, base)
        return self.rates[key]

    def _claim(self, claim: Claim, paid: int) -> NewDocument:
        base = self.subsidiaries[claim.subsidiary_id]
        on = day_seconds(claim.issued_on)
        return NewDocument(
            document=INVOICE,
            id=claim.id,
            entity=claim.debtor_id,
            subsidiary=claim.subsidiary_id,
            currency_id=self.currencies[claim.currency],
            currency=claim.currency,
            base_currency=base,
            rate_millionths=self._rate(claim.currency, base),
            on=on,
            period=self.period(on),
            total=claim.total,
            status="B" if paid == claim.total else "A",
            lines=(ItemLine(_ITEM, claim.total, memo=claim.memo),),
            due_on=day_seconds(claim.due_on),
            number=claim.number,
            memo=claim.memo,
            other_ref=claim.po_number,
            terms=self.terms[self.debtors[claim.debtor_id].terms_days],
            approval=2,
            source="CSV",
            used=paid,
        )

    def _settlement(self, paper: Settlement) -> NewDocument:
        base = self.subsidiaries[paper.subsidiary_id]
        on = day_seconds(paper.on)
        used = sum(part for _, part in paper.applied)
        credit = paper.kind == "credit"
        return NewDocument(
            document=CREDIT if credit else PAYMENT,
            id=paper.id,
            entity=paper.debtor_id,
            subsidiary=paper.subsidiary_id,
            currency_id=self.currencies[paper.currency],
            currency=paper.currency,
            base_currency=base,
            rate_millionths=self._rate(paper.currency, base),
            on=on,
            period=self.period(on),
            total=paper.amount,
            status=("B" if used == paper.amount else "A") if credit else "C",
            lines=(ItemLine(_ITEM, paper.amount),) if credit else (),
            number=paper.number,
            account=None if credit else BANK_ACCOUNT,
            source="CSV",
            used=used,
        )

    def _links(self) -> None:
        rows = [
            self._link(paper, claim_id, part)
            for paper in self.company.settlements
            for claim_id, part in paper.applied
        ]
        self.store.insert_all("nexttransactionlinelink", rows)
        self.store.insert_all("previoustransactionlinelink", rows)

    def _link(self, paper: Settlement, claim_id: int, part: int) -> dict[str, Value]:
        return {
            "previousdoc": claim_id,
            "previousline": 0,
            "previoustype": INVOICE.code,
            "nextdoc": paper.id,
            "nextline": 0,
            "nexttype": (CREDIT if paper.kind == "credit" else PAYMENT).code,
            "linktype": LINK_PAYMENT,
            "foreignamount": part,
            "lastmodifieddate": self.stamp.wall,
            "_scale": scale_of(paper.currency),
        }


def _months(first_year: int, last_year: int) -> Iterator[date]:
    for year in range(first_year, last_year + 1):
        for month in range(1, 13):
            yield date(year, month, 1)


def seed(store: ErpStore, company: Company) -> None:
    """Replace every record by the company's. Credentials stay."""
    with store.transaction():
        store.clear()
        seeder = _Seeder(store, company)
        seeder.masters()
        seeder.parties()
        seeder.papers()
