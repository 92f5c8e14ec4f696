"""What changed is found, whatever the account's zone, across its summer time, either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from erp.netsuite.config import Conventions, NetSuiteConfig
from erp.port import ErpInvoice, ErpSettlement
from tests.erp.account import START, Connected, Hands, connected, small_company

COMPANY = small_company(4, 12)
MINUTE = timedelta(minutes=1)
ZONES = (
    "Etc/GMT+12",
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/St_Johns",
    "UTC",
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
# Los Angeles: on 8 March 2026 at 10:00 UTC clocks go forward, on 1 November at 9:00 UTC back.
JUMPS = (datetime(2026, 3, 8, 10, tzinfo=UTC), datetime(2026, 11, 1, 9, tzinfo=UTC))


async def open_invoice(netsuite: Connected) -> ErpInvoice:
    ids = [str(claim.id) for claim in netsuite.company.claims]
    found = await netsuite.erp.documents(ids)
    return next(d for d in found if isinstance(d, ErpInvoice) and d.open)


async def changed(netsuite: Connected, since: datetime, until: datetime) -> set[str]:
    """Ids of documents, and of settlements whose links changed, in a window."""
    pages = netsuite.erp.changed_documents(since=since, until=until)
    links = await netsuite.erp.changed_links(since=since, until=until)
    found = {d.netsuite_id async for page in pages for d in page}
    return found | {link.settlement_netsuite_id for link in links}


@pytest.mark.parametrize("bump", [True, False])
@pytest.mark.parametrize("zone", ZONES)
async def test_a_change_is_in_its_window_only(zone: str, bump: bool) -> None:
    async with connected(COMPANY, zone=zone, bump=bump) as netsuite:
        invoice = await open_invoice(netsuite)
        paid = str(netsuite.do("pay", id=int(invoice.netsuite_id), amount="1")["id"])
        (payment,) = await netsuite.erp.documents([paid])
        now = await netsuite.erp.now()
        found = await changed(netsuite, START - MINUTE, START + MINUTE)
        before = await changed(netsuite, START - timedelta(hours=9), START - timedelta(hours=3))
    assert abs(now - START) < MINUTE
    assert isinstance(payment, ErpSettlement)
    assert payment.modified_at == START
    assert paid in found
    assert (invoice.netsuite_id in found) is bump
    assert paid not in before


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("bump", [True, False])
@pytest.mark.parametrize("jump", JUMPS)
async def test_a_change_just_before_the_clock_jumps(
    jump: datetime, bump: bool, known: bool
) -> None:
    clock = Hands(jump - 20 * MINUTE)
    async with connected(COMPANY, bump=bump, clock=clock, adjust=_zoned(known=known)) as netsuite:
        invoice = await open_invoice(netsuite)
        last = await netsuite.erp.now()
        clock.forward(minutes=10)
        paid = str(netsuite.do("pay", id=int(invoice.netsuite_id), amount="1")["id"])
        clock.forward(minutes=20)
        until = await netsuite.erp.now()
        found = await changed(netsuite, last, until)
        (payment,) = await netsuite.erp.documents([paid])
    assert last == jump - 20 * MINUTE
    assert until == jump + 10 * MINUTE
    assert paid in found
    assert isinstance(payment, ErpSettlement)
    assert payment.modified_at is not None
    off = abs(payment.modified_at - (jump - 10 * MINUTE))
    assert off <= (timedelta(0) if known else timedelta(hours=1))


async def test_a_gap_of_days_over_the_jump_loses_nothing() -> None:
    jump = JUMPS[0]
    clock = Hands(jump - timedelta(days=2))
    async with connected(COMPANY, clock=clock) as netsuite:
        invoice = await open_invoice(netsuite)
        paid = str(netsuite.do("pay", id=int(invoice.netsuite_id), amount="1")["id"])
        clock.forward(days=4)
        found = await changed(netsuite, jump - timedelta(days=2, minutes=1), clock.at)
    assert paid in found


async def test_columns_in_another_zone_than_the_clock() -> None:
    async with connected(COMPANY, zone="Pacific/Honolulu") as netsuite:
        store = netsuite.account.store
        store.execute('UPDATE "transaction" SET lastmodifieddate = _modified')
        invoice = await open_invoice(netsuite)
        offset = await netsuite.erp.offset()
        wall = store.number(
            'SELECT _modified FROM "transaction" WHERE id = ?', (int(invoice.netsuite_id),)
        )
    assert offset == timedelta(0)
    assert invoice.modified_at == datetime.fromtimestamp(wall, UTC)


async def test_a_configured_zone_is_believed_for_the_other_half_of_the_year() -> None:
    winter = datetime(2026, 1, 15, 12, tzinfo=UTC)
    clock = Hands(winter)
    async with connected(COMPANY, clock=clock, adjust=_zoned(known=True)) as netsuite:
        invoice = await open_invoice(netsuite)
        netsuite.do("edit", id=int(invoice.netsuite_id), fields={"memo": "winter"})
        clock.forward(days=180)
        (read,) = await netsuite.erp.documents([invoice.netsuite_id])
    assert isinstance(read, ErpInvoice)
    assert read.modified_at == winter


def _zoned(*, known: bool) -> Callable[[NetSuiteConfig], NetSuiteConfig]:
    def adjust(config: NetSuiteConfig) -> NetSuiteConfig:
        zone = "America/Los_Angeles" if known else ""
        return replace(config, conventions=Conventions(time_zone=zone))

    return adjust
