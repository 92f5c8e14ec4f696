"""What is remembered of payers: people's confirmations count, fade, and end with a decline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp2
from typing import Final

from domain.matching.item import Remembered
from domain.matching.settings import MatchSettings

_FORGOTTEN_AFTER: Final = 6


def after_confirm(
    remembered: Remembered, today: date, settings: MatchSettings | None = None
) -> Remembered:
    """One more person's confirmation. What has faded away, declines too, starts from nothing."""
    if is_forgotten(remembered, today, settings):
        remembered = replace(remembered, confirmed=0, declined=0)
    latest = max(remembered.last_confirmed_on or today, today)
    return replace(remembered, confirmed=remembered.confirmed + 1, last_confirmed_on=latest)


def after_decline(
    remembered: Remembered, today: date, settings: MatchSettings | None = None
) -> Remembered:
    """A person said that it does not pay for this customer: every confirmation is void."""
    if is_forgotten(remembered, today, settings):
        remembered = replace(remembered, declined=0)
    latest = max(remembered.last_confirmed_on or today, today)
    declined = remembered.declined + 1
    return replace(remembered, confirmed=0, declined=declined, last_confirmed_on=latest)


def weight(remembered: Remembered, today: date, settings: MatchSettings | None = None) -> int:
    """Thousandths of a confirmation that are left today; zero after a decline."""
    if remembered.declined or not remembered.confirmed or remembered.last_confirmed_on is None:
        return 0
    days = max((today - remembered.last_confirmed_on).days, 0)
    return round(1000 * remembered.confirmed * exp2(-days / _half_life(settings)))


def is_certain(remembered: Remembered, today: date, settings: MatchSettings | None = None) -> bool:
    """Whether it may carry an automatic match.

    Enough confirmations, no decline, and since the last one no more than one half-life for each
    doubling: what was confirmed just often enough lasts one half-life.
    """
    needed = (settings or MatchSettings()).alias_confirmations
    if remembered.declined or remembered.confirmed < needed:
        return False
    return 2 * weight(remembered, today, settings) >= 1000 * needed


def is_forgotten(
    remembered: Remembered, today: date, settings: MatchSettings | None = None
) -> bool:
    """Whether so much time went by that the past says nothing, for it or against it."""
    last = remembered.last_confirmed_on
    if last is None:
        return False
    return (today - last).days > _FORGOTTEN_AFTER * _half_life(settings)


def _half_life(settings: MatchSettings | None) -> int:
    return (settings or MatchSettings()).alias_half_life_days
