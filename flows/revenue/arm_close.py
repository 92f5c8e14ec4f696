"""Whether the ERP's own revenue plans let a period be locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store import revenue_arm
from store.engine import Session


@dataclass(frozen=True, slots=True)
class ArmJudged:
    """Whether both sides are equal through a period, and the words for it.

    `rounding` counts elements that differ by odd units within the plan only.
    """

    equal: bool
    told: str
    rounding: int = 0


async def arm_judged(
    session: Session, subsidiary_id: int, through: date, posted_at: datetime | None
) -> ArmJudged:
    """Equal only by a reading begun after the period was posted here, and posted there in full."""
    reading = await revenue_arm.last_reading(session)
    if reading is None:
        return ArmJudged(False, "NetSuite's own plans were not read yet")
    if reading.outcome != revenue_arm.READ:
        return ArmJudged(False, f"NetSuite's own plans cannot be compared: {reading.told}")
    if posted_at is None or reading.started_at < posted_at:
        at = f"{reading.started_at:%Y-%m-%d %H:%M} UTC"
        told = f"NetSuite's own plans were read {at}, before the period was posted"
        return ArmJudged(False, told)
    found = await revenue_arm.standing(session, subsidiary_id, through)
    if found.apart:
        told = f"{found.apart} of {found.elements} elements differ from NetSuite: {found.first}"
        return ArmJudged(False, told)
    if found.unposted:
        told = f"NetSuite has not posted {found.unposted} of {found.elements} elements in full"
        return ArmJudged(False, told)
    told = f"{found.elements} elements are equal in NetSuite and posted there"
    if found.rounding:
        told += f", {found.rounding} of them but for odd units between periods"
    return ArmJudged(True, told, found.rounding)
