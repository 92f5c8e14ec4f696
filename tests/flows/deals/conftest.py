"""An office that takes deals."""

from __future__ import annotations

import pytest

from tests.flows.deals.telling import Sales
from tests.flows.office import Office
from tests.flows.scene import Scene


@pytest.fixture
async def sales(scene: Scene) -> Sales:
    office = Office(scene)
    await office.open()
    made = Sales(office)
    await made.open()
    return made
