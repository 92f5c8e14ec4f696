"""Pages by a unique key, known tables, columns that an account may lack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from erp.netsuite.suiteql import Select, check_tables
from tests.erp.account import connected, small_company
from tests.erp.mangling import Mangler, Sent

COMPANY = small_company()


async def test_pages_hold_every_row_once() -> None:
    async with connected(small_company(300, 2300)) as netsuite:
        select = Select(("t.id", "t.type"), "transaction t", "t.id")
        pages = [page async for page in netsuite.erp.query.pages(select)]
        ids = [int(row["id"]) for page in pages for row in page]
        assert len(pages) > 2
        assert ids == sorted(set(ids))
        total = netsuite.account.store.number('SELECT COUNT(*) FROM "transaction"')
        assert len(ids) == total
        after = [page async for page in netsuite.erp.query.pages(select, str(ids[1500]))]
        assert [int(row["id"]) for page in after for row in page] == ids[1501:]


async def test_groups_are_never_split() -> None:
    async with connected(small_company(100, 2500)) as netsuite:
        select = Select(("l.nextdoc", "l.previousdoc"), "nexttransactionlinelink l", "l.nextdoc")
        seen: set[str] = set()
        count = 0
        async for page in netsuite.erp.query.groups(select):
            settlements = {row["nextdoc"] for row in page}
            assert not settlements & seen
            seen |= settlements
            count += len(page)
        store = netsuite.account.store
        assert count == store.number("SELECT COUNT(*) FROM nexttransactionlinelink") > 1000


async def test_columns_an_account_lacks_are_asked_for_once() -> None:
    async with connected(COMPANY) as netsuite:
        select = Select(
            ("c.id",), "customer c", "c.id", optional=("c.custentity_nobody_has", "c.email")
        )
        first = [row async for page in netsuite.erp.query.pages(select) for row in page]
        before = netsuite.erp.client.requests
        again = [row async for page in netsuite.erp.query.pages(select) for row in page]
        assert netsuite.erp.client.requests == before + 1
        assert first == again
        assert any("email" in row for row in first)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM employee",
        "SELECT id FROM customer c JOIN payroll p ON p.id = c.id",
        "DELETE FROM customer",
        "SELECT id FROM customer; SELECT id FROM customer",
    ],
)
def test_only_known_tables_are_asked(sql: str) -> None:
    with pytest.raises(ValueError, match="not a query"):
        check_tables(sql)


async def test_an_account_that_fails_at_unknown_columns_is_read_all_the_same() -> None:
    def failing(sent: Sent) -> Sent:
        body = b'{"o:errorDetails": [{"detail": "Unexpected.", "o:errorCode": "UNEXPECTED_ERROR"}]}'
        unknown = b"Unknown identifier" in sent.body
        return replace(sent, status=500, body=body) if unknown else sent

    mangler = Mangler()
    async with connected(COMPANY, around=mangler.around) as netsuite:
        netsuite.account.role.switch_off(["SUBSIDIARIES"])
        mangler.spoil(failing, "/services/rest/query")
        select = Select(
            ("c.id",), "customer c", "c.id", optional=("c.custentity_nobody_has", "c.email")
        )
        rows = await netsuite.erp.query.all(select)
        assert netsuite.erp.query.absent() == ("custentity_nobody_has",)
        assert any("email" in row for row in rows)
        assert not await netsuite.erp.has("transactionline", "subsidiary")
        (control,) = await netsuite.erp.control_totals()
        assert control.subsidiary_netsuite_id == ""
