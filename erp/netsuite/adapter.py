"""NetSuite as an ERP: what the port asks, answered over SuiteQL and the record service."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from erp.netsuite import queries, records
from erp.netsuite.client import Denied, Lost, NetSuiteClient, QueryRefused, Unsent, Written
from erp.netsuite.errors import Kind
from erp.netsuite.suiteql import MOST_IN, Row, Select, SuiteQl
from erp.netsuite.zone import AccountClock
from erp.port import (
    Document,
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpPeriod,
    ErpRefused,
    ErpSettlement,
    ErpSubsidiary,
    ErpUnavailable,
    NotSent,
    PaymentToPost,
    Posted,
    Rejected,
    Unclear,
    WriteOutcome,
)

RECORDS = "/services/rest/record/v1"
_PAGES = {
    "invoice": "/app/accounting/transactions/custinvc.nl?id=",
    "payment": "/app/accounting/transactions/custpymt.nl?id=",
    "credit_memo": "/app/accounting/transactions/custcred.nl?id=",
    "customer": "/app/common/entity/custjob.nl?id=",
}


class NetSuite:
    """One NetSuite account behind erp.port.Erp."""

    def __init__(self, client: NetSuiteClient) -> None:
        self.client = client
        self.query = SuiteQl(client)
        self._clock = AccountClock(client, self.query)
        self._currencies: dict[str, str] = {}

    async def close(self) -> None:
        """Release the connections."""
        await self.client.close()

    async def now(self) -> datetime:
        return await self._clock.now()

    async def offset(self) -> timedelta:
        """What the account's wall clock is ahead of UTC."""
        return await self._clock.offset()

    async def subsidiaries(self) -> Sequence[ErpSubsidiary]:
        known = await self.currencies()
        try:
            found = await self.query.all(queries.SUBSIDIARIES)
        except QueryRefused as refused:
            if refused.problem.kind is Kind.UNKNOWN_FIELD:
                return ()
            raise
        return [records.subsidiary(row, known) for row in found]

    async def periods(self) -> Sequence[ErpPeriod]:
        return [records.period(row) for row in await self.query.all(queries.PERIODS)]

    async def customers(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpCustomer]]:
        select = queries.customers(self.client.config.fields)
        async for page in self.query.pages(await self._window(select, "c", since, until), after_id):
            yield await self._customers(page)

    async def customers_by_id(self, netsuite_ids: Sequence[str]) -> Sequence[ErpCustomer]:
        select = queries.customers(self.client.config.fields)
        found: list[ErpCustomer] = []
        for ids in _chunks(netsuite_ids):
            found += await self._customers(await self.query.all(queries.among(select, "c.id", ids)))
        return found

    async def contacts(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpContact]]:
        fields = self.client.config.fields
        select = await self._window(queries.contacts(fields), "c", since, until)
        async for page in self.query.pages(select, after_id):
            yield [records.contact(row, fields) for row in page]

    async def open_documents(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[Document]]:
        async for page in self.query.pages(queries.open_documents(closed_since), after_id):
            yield await self._documents(page)

    async def open_applications(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpApplication]]:
        async for page in self._links(queries.open_links(closed_since), after_id):
            yield page

    async def changed_documents(
        self, *, since: datetime, until: datetime
    ) -> AsyncGenerator[Sequence[Document]]:
        select = await self._window(queries.DOCUMENTS, "t", since, until)
        async for page in self.query.pages(select):
            yield await self._documents(page)

    async def changed_links(self, *, since: datetime, until: datetime) -> Sequence[ErpApplication]:
        select = await self._window(queries.LINKS, "l", since, until)
        return [link async for page in self._links(select) for link in page]

    async def documents(self, netsuite_ids: Sequence[str]) -> Sequence[Document]:
        found: list[Document] = []
        for ids in _chunks(netsuite_ids):
            rows = await self.query.all(queries.among(queries.DOCUMENTS, "t.id", ids))
            found += await self._documents(rows)
        return found

    async def applications_of(
        self, settlement_netsuite_ids: Sequence[str]
    ) -> Sequence[ErpApplication]:
        found: list[ErpApplication] = []
        for ids in _chunks(settlement_netsuite_ids):
            async for page in self._links(queries.among(queries.LINKS, "l.nextdoc", ids)):
                found += page
        return found

    async def find_payment(self, external_id: str) -> str | None:
        found = await self.query.rows(queries.PAYMENT_BY_EXTERNAL_ID, (external_id,))
        return found[0]["id"] if found else None

    async def similar_payments(
        self, customer_netsuite_id: str, amount: Money, on: date, *, days: int = 3
    ) -> Sequence[ErpSettlement]:
        span = timedelta(days=days)
        select = queries.payments_like(customer_netsuite_id, on - span, on + span)
        found = await self._documents(await self.query.all(select))
        return [d for d in found if isinstance(d, ErpSettlement) and d.total == amount]

    async def read_payment(self, netsuite_id: str) -> PaymentToPost | None:
        known = await self.currencies()
        path = f"{RECORDS}/customerPayment/{_plain_id(netsuite_id)}"
        try:
            record = await self.client.get(path, {"expandSubResources": "true"})
            return records.payment_of(record, known)
        except QueryRefused as refused:
            if refused.problem.kind is Kind.NOT_FOUND:
                return None
            raise
        except (ValueError, LedgerError) as error:
            raise ErpRefused(f"payment {netsuite_id} cannot be read: {error}") from error

    async def post_payment(self, payment: PaymentToPost) -> WriteOutcome:
        try:
            known = await self.currencies()
        except (ErpUnavailable, ErpRefused) as error:
            return NotSent(str(error))
        ids = {symbol: key for key, symbol in known.items() if key}
        currency_id = ids.get(payment.amount.currency)
        if currency_id is None:
            return Rejected("currency", f"the account has no currency {payment.amount.currency}")
        body = records.payment_body(payment, currency_id, self.client.config.payment_account_id)
        match await self.client.create(f"{RECORDS}/customerPayment", body):
            case Written(netsuite_id=made):
                return Posted(made)
            case Denied(problem=problem):
                return Rejected(problem.kind.value, problem.detail)
            case Unsent(reason=reason):
                return NotSent(reason)
            case Lost(reason=reason):
                return Unclear(reason)

    def link(self, kind: str, netsuite_id: str) -> str:
        return f"{self.client.config.pages}{_PAGES[kind]}{netsuite_id}"

    async def currencies(self) -> dict[str, str]:
        """ISO code by currency id; the key "" is the currency of an account without the feature."""
        if not self._currencies:
            base = self.client.config.base_currency
            try:
                found = await self.query.all(queries.CURRENCIES)
            except QueryRefused as refused:
                if refused.problem.kind is not Kind.UNKNOWN_FIELD:
                    raise
                found = []
            self._currencies = {"": base, **{row["id"]: row["symbol"] for row in found}}
        return self._currencies

    async def _known(self, rows: Sequence[Row]) -> dict[str, str]:
        """Currencies, read again when a row names one that was added since."""
        known = await self.currencies()
        if any(row.get("currency", "") not in known for row in rows):
            self._currencies = {}
            known = await self.currencies()
        return known

    async def _customers(self, rows: Sequence[Row]) -> list[ErpCustomer]:
        known, offset = await self._known(rows), await self._clock.offset()
        fields = self.client.config.fields
        return [records.customer(row, known, fields, offset) for row in rows]

    async def _documents(self, rows: Sequence[Row]) -> list[Document]:
        known, offset = await self._known(rows), await self._clock.offset()
        return [records.document(row, known, offset) for row in rows]

    async def _window(
        self, select: Select, alias: str, since: datetime | None, until: datetime
    ) -> Select:
        if since is None:
            return select
        low, high = await self._clock.window(since, until)
        return queries.changed(select, alias, low, high)

    async def _links(
        self, select: Select, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpApplication]]:
        """Pages of links cut where one settlement ends, so that none is split over two."""
        async for rows in self.query.groups(select, after_id):
            known = await self._known(rows)
            yield list(_summed(records.application(row, known) for row in rows))


def _summed(links: Iterator[ErpApplication]) -> Iterator[ErpApplication]:
    """One application for each pair of settlement and invoice (a pair may have many lines)."""
    pairs: dict[tuple[str, str], ErpApplication] = {}
    for link in links:
        key = (link.settlement_netsuite_id, link.invoice_netsuite_id)
        known = pairs.get(key)
        pairs[key] = replace(link, amount=known.amount + link.amount) if known else link
    return iter(pairs.values())


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    unique = sorted({_plain_id(netsuite_id) for netsuite_id in ids}, key=int)
    for start in range(0, len(unique), MOST_IN):
        yield unique[start : start + MOST_IN]


def _plain_id(netsuite_id: str) -> str:
    if not netsuite_id.isdecimal():
        raise ValueError(f"not an internal id: {netsuite_id!r}")
    return netsuite_id
