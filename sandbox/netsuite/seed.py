"""Filling the ERP with a seeded company."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sandbox.company import Claim, Company, Debtor, Person, Settlement
from sandbox.netsuite.breadth import Breadth
from sandbox.netsuite.masters import SERVICE, Masters
from sandbox.netsuite.rates import Rates
from sandbox.netsuite.records.accounting import BANK_ACCOUNT, in_base, repost
from sandbox.netsuite.records.documents import (
    ItemLine,
    NewDocument,
    accounting_rows,
    header,
    line_rows,
    scale_of,
)
from sandbox.netsuite.records.links import LINK_PAYMENT
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.receivables import transaction_row
from sandbox.netsuite.records.statuses import CREDIT, INVOICE, PAYMENT
from sandbox.netsuite.seedlines import credit_limit, lines_of, plain_line
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import DAY, day_seconds

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
        self.rates = Rates(store, company.today, company.breadth)
        self.owed = _owed(company)
        self.claims = {c.id: c for c in company.claims}

    def masters(self) -> None:
        """Currencies, subsidiaries, terms, accounts, periods, items and segments."""
        made = Masters(self.store, self.company, self.stamp)
        made.write()
        self.currencies, self.terms, self.periods = made.currencies, made.terms, made.periods
        self.rates = made.rates

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
        owed = self.owed.get(debtor.id, 0)
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
            "creditlimit": credit_limit(debtor, owed) if self.company.breadth else None,
            "creditholdoverride": "AUTO",
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

    def _claim(self, claim: Claim, paid: int) -> NewDocument:
        base = self.subsidiaries[claim.subsidiary_id]
        on, debtor = day_seconds(claim.issued_on), self.debtors[claim.debtor_id]
        return NewDocument(
            document=INVOICE,
            id=claim.id,
            entity=claim.debtor_id,
            subsidiary=claim.subsidiary_id,
            currency_id=self.currencies[claim.currency],
            currency=claim.currency,
            base_currency=base,
            rate_millionths=self.rates.on(claim.currency, base, on),
            on=on,
            period=self.period(on),
            total=claim.total,
            status="B" if paid == claim.total else "A",
            lines=lines_of(claim, debtor) if self.company.breadth else plain_line(claim),
            due_on=day_seconds(claim.due_on),
            number=claim.number,
            memo=claim.memo,
            other_ref=claim.po_number,
            terms=self.terms[debtor.terms_days],
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
            rate_millionths=self.rates.on(paper.currency, base, on),
            on=on,
            period=self.period(on),
            total=paper.amount,
            status=("B" if used == paper.amount else "A") if credit else "C",
            lines=(ItemLine(SERVICE, paper.amount),) if credit else (),
            number=paper.number,
            account=None if credit else BANK_ACCOUNT,
            source="CSV",
            used=used,
        )

    def _links(self) -> None:
        """What settled what; the last to settle a claim clears the rest of its base amount."""
        cleared: dict[int, tuple[int, int]] = {}
        rows = []
        for paper in self.company.settlements:
            for claim_id, part in paper.applied:
                so_far, base = cleared.get(claim_id, (0, 0))
                last = so_far + part == self.claims[claim_id].total
                clears = self._base(claim_id, None) - base if last else self._base(claim_id, part)
                cleared[claim_id] = (so_far + part, base + clears)
                rows.append(self._link(paper, claim_id, part, clears))
        self.store.insert_all("nexttransactionlinelink", rows)
        self.store.insert_all("previoustransactionlinelink", rows)

    def _link(self, paper: Settlement, claim_id: int, part: int, base: int) -> dict[str, Value]:
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
            "_base": base,
        }

    def _base(self, claim_id: int, part: int | None) -> int:
        """A part of a claim, or all of it, in the books at the claim's own rate."""
        claim = self.claims[claim_id]
        base = self.subsidiaries[claim.subsidiary_id]
        rate = self.rates.on(claim.currency, base, day_seconds(claim.issued_on))
        amount = claim.total if part is None else part
        return in_base(amount, scale_of(claim.currency), scale_of(base), rate)

    def gains(self) -> None:
        """Exchange differences of settlements in another currency than the books'."""
        for paper in self.company.settlements:
            if paper.currency != self.subsidiaries[paper.subsidiary_id]:
                row = transaction_row(self.store, paper.id)
                if row is not None:
                    repost(self.store, row, self.stamp)


def _owed(company: Company) -> dict[int, int]:
    """Minor units each debtor has been billed and not paid."""
    owed: dict[int, int] = {}
    for claim in company.claims:
        owed[claim.debtor_id] = owed.get(claim.debtor_id, 0) + claim.total
    for paper in company.settlements:
        owed[paper.debtor_id] = owed.get(paper.debtor_id, 0) - paper.amount
    return owed


def seed(store: ErpStore, company: Company) -> None:
    """Replace every record by the company's. Credentials stay."""
    with store.transaction():
        store.clear()
        seeder = _Seeder(store, company)
        seeder.masters()
        seeder.parties()
        seeder.papers()
        if company.breadth:
            seeder.gains()
            Breadth(store, company, seeder.stamp).write()
