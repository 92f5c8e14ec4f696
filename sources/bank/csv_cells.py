"""Cells of a bank's CSV: amounts and days as a mapping says they are written."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from domain.ledger.money import Money
from sources.bank.refusal import Refuse, money

DayOrder = Literal["YMD", "DMY", "MDY"]
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ODDITIES = re.compile(r"[\s$€£¥'’\u00a0]|\b(?:USD|EUR|GBP)\b")
_SHAPES = {
    ".": re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"),
    ",": re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]+)?"),
}


def read_amount(cell: str, mark: str, currency: str, line: int) -> Money | None:
    """An amount with `mark` before its decimals; None for an empty cell. Raises Refuse.

    Negative: a minus before or after it, brackets around it, or DR behind it.
    """
    text = _ODDITIES.sub("", cell.upper().replace("\u2212", "-"))
    if not text:
        return None
    negative = text.startswith("-") or text.endswith(("-", "DR")) or re.fullmatch(r"\(.*\)", text)
    digits = text.strip("+-()").removesuffix("DR").removesuffix("CR")
    if not digits or not _SHAPES[mark].fullmatch(digits):
        raise Refuse(line, f"this is no amount with {mark!r} before its decimals: {cell[:40]!r}")
    plain = digits.replace("," if mark == "." else ".", "").replace(mark, ".")
    amount = money(f"0{plain}" if plain.startswith(".") else plain, currency, line)
    return -amount if negative else amount


def read_day(cell: str, order: DayOrder, line: int) -> date:
    """A day whose parts stand in `order`; a month may be a word's first letters. Raises Refuse."""
    text = cell.strip().upper().partition("T")[0] if order == "YMD" else cell.strip().upper()
    parts = re.findall(r"[0-9]+|[A-Z]{3,}", text.split(" ")[0] if ":" in text else text)
    if order == "YMD" and len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    try:
        if len(parts) != 3:
            raise ValueError(cell)
        told = dict(zip(order, parts, strict=True))
        return date(_year(told["Y"]), _month(told["M"]), int(told["D"]))
    except ValueError as error:
        raise Refuse(line, f"this is no day written as {order}: {cell[:40]!r}") from error


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) not in (2, 4):
        raise ValueError(text)
    return int(text) + (2000 if len(text) == 2 else 0)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else int(text)


def likely_order(cells: list[str]) -> DayOrder | None:
    """The order that days are written in, if the cells leave no doubt.

    Points between the parts are written where the day comes first (02.11.2026).
    """
    possible: list[DayOrder] = []
    for order in ("YMD", "DMY", "MDY"):
        try:
            years = [read_day(cell, order, 0).year for cell in cells if cell.strip()]
        except Refuse:
            continue
        if years and all(1990 <= year <= 2100 for year in years):
            possible.append(order)
    if len(possible) > 1 and "DMY" in possible and all("." in cell for cell in cells if cell):
        return "DMY"
    return possible[0] if len(possible) == 1 else None


def likely_mark(cells: list[str]) -> str:
    """The sign before the decimals, or nothing where the cells leave a doubt."""
    possible = set()
    for mark in (".", ","):
        try:
            for cell in cells:
                read_amount(cell, mark, "USD", 0)
            possible.add(mark)
        except Refuse:
            continue
    return possible.pop() if len(possible) == 1 else ""
