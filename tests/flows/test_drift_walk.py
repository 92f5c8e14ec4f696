"""From NetSuite's own pages to a finding: each kind made behind our back, found once, by its cause."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from flows.reconcile import nightly
from flows.sync import fast_pass, first_import
from store.drift import DriftFindingRow
from store.engine import Database
from store.receivables import InvoiceRow
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company(25, 160)


@dataclass(slots=True)
class World:
    """An ERP and our mirror of it, with nothing drifted."""

    db: Database
    netsuite: Connected

    async def fast(self) -> list[str]:
        self.netsuite.clock.forward(minutes=5)
        await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())
        return await self.open()

    async def night(self) -> list[str]:
        self.netsuite.clock.forward(hours=1)
        await nightly(self.db, self.netsuite.erp, self.netsuite.clock())
        return await self.open()

    async def open(self) -> list[str]:
        async with self.db.read() as session:
            found = await session.exec(
                select(DriftFindingRow)
                .where(DriftFindingRow.state == "open")
                .order_by(col(DriftFindingRow.id))
            )
            return [f"{row.kind} {row.document_kind}" for row in found.all()]


@pytest.fixture
async def world(db: Database) -> AsyncGenerator[World]:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        yield World(db, netsuite)


async def test_nothing_has_drifted_after_an_import(world: World) -> None:
    assert await world.night() == []
    assert await world.fast() == []
