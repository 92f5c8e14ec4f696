"""Holidays by place; what is unknown falls back and never fails."""

from __future__ import annotations

from datetime import date

from sources.holidays import public_holidays

YEARS = (2026,)


def test_a_country_has_its_holidays() -> None:
    assert date(2026, 7, 3) in public_holidays("US", "", YEARS)
    assert date(2026, 10, 3) in public_holidays("DE", "", YEARS)


def test_a_subdivision_adds_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert epiphany in public_holidays("DE", "BY", YEARS)
    assert epiphany not in public_holidays("DE", "BE", YEARS)
    assert len(public_holidays("GB", "SCT", YEARS)) > len(public_holidays("GB", "", YEARS))


def test_an_unknown_place_falls_back() -> None:
    assert public_holidays("DE", "ZZ", YEARS) == public_holidays("DE", "", YEARS)
    assert public_holidays("??", "", YEARS) == frozenset()
    assert public_holidays("", "", YEARS) == frozenset()
