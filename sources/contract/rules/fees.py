"""Fees, totals and milestones: every amount of money with the words that say what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from domain.ledger.contract.amounts import FoundAmount, Writing, find_amounts, reduces
from domain.ledger.contract.phrases import GATE, REDACTED
from domain.ledger.contract.quoting import LONGEST_QUOTE, Said
from domain.ledger.contract.text import fold
from sources.contract.rules.pieces import units

_PRICED = re.compile(
    r"\bfees?\b|\btotal\b|\bprices?\b|\bpriced\b|charges?\b|\bcosts?\b|\brates?\b|subscription|licen[sc]e|"
    r"\bpays?\b|\bpaid\b|payments?|payable|royalt|\bper (?:user|seat|month|year|hour|unit|device)|"
    r"annual|monthly|quarterly|minimum|commitment|instal|deposit|milestone|retainer|year \d|"
    r"gebühr|entgelt|vergütung|preis|koste[nt]|lizenz|redevance|prix|montant|tarif|honoraires|"
    r"precio|tarifa|cuota|importe|pago|pauschale|rate\b",
    re.IGNORECASE,
)
_NOT_PRICED = re.compile(
    r"liabilit|liable|insurance|insured|coverage|damages|indemnif|penalt|par value|per share|"
    r"net worth|principal amount|bond\b|arbitrat|\bfine\b|underpa[iy]|occurrence|deductible|"
    r"credit limit|haftung|responsabilit|versicherung|bankrupt|judgment|settle|liquidated|"
    r"capital|purchase price of the shares|in revenue|revenues? (?:of|exceed)|gross revenue|"
    r"refund|exceeds? (?:US)?\$|in excess of (?:US)?\$|(?:less|more|greater) than (?:US)?\$|"
    r"service credit|"
    r"valued at|value of|has reached|prior written (?:consent|approval)|bounty|salary",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total|aggregate|overall)\b(?: (?:contract|order|fixed|license|subscription|agreement|"
    r"non-?refundable|purchase|annual))*(?: (?:value|fees?|price|amount|sum|consideration|"
    r"investment|charges?|due|of|payments?))|^(?:grand )?total\b|\btotal\W*$|\b(?:fixed|"
    r"contract) price\b|gesamt(?:preis|"
    r"betrag|vergütung|"
    r"summe|wert)|montant total|prix total|importe total|precio total|valor total|"
    r"\bsum total\b|for a total|totall?ing",
    re.IGNORECASE,
)
_PERIOD_TOTAL = re.compile(
    r"\b(?:annual|monthly|quarterly|yearly|per (?:year|month)|year \d|sub-?total)\b", re.I
)
_UPON = re.compile(
    r"\b(?:upon|on|after|following|at|bei|nach|à|a la|when|within|due|payable|by|no later than)\b",
    re.IGNORECASE,
)
_STAGED = re.compile(
    r"milestone|meilenstein|jalon|hito|instal+ment|deposit|balance|remain|down payment|anzahlung|"
    r"acompte|anticipo|phase \d|stage \d",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<v>(?<![\d.,/])(?<!\d )\d{1,3}(?:[.,]\d+)?(?: \d/\d)? ?(?:%|percent|prozent)\)?"
    r"[^.;%]{0,90}?\b(?:upon|on|after|following|at|due|"
    r"bei|nach|à|a la|mit)\b[^.;%]{3,110}?)(?=,? and \(?\w{0,3}\)? ?\d|[,;] \(?\w{0,3}\)? ?\d|"
    r"[.;]|$)",
    re.IGNORECASE,
)
_SHARE_ROW = re.compile(r"\d{1,3} ?%")
_BASIS = re.compile(r"\bbased (?:up)?on\b[^.;]{0,120}$|written premium", re.IGNORECASE)
_UPON_FIRST = re.compile(
    r"(?:\(?\w{1,4}[.)] )?(?:upon|on|after|following) (?:the )?(?:\w+ ){0,2}"
    r"(?:acceptance|delivery|completion|go-live)\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(r"^(?:\(?\w{1,3}[.)] )?(?:if|in the event|should|provided)\b", re.IGNORECASE)
_LONGEST_UNIT = 4_000
_DIGIT = re.compile(r"[$€£]|\d")
_CUT = re.compile(
    r"[,;:]\s|\.\s|\s(?:and|und|et|y|plus|with|or)\s(?!support\b|maintenance\b)", re.I
)
_CUT_AHEAD = re.compile(
    r"[;:]\s|\.\s|,\s(?!payable|due|per\b|each|annually|monthly|quarterly|billed|invoiced|in adv)|"
    r"\s(?:plus|or)\s|\s(?:and|und|et|y)\s(?!payable|billed|invoiced|due|support\b|maintenance\b)",
    re.IGNORECASE,
)


def fees(pages: tuple[str, ...], writing: Writing) -> Iterator[Said]:
    """Each amount once for what its words make it: total, milestone or fee."""
    for page in pages:
        flat, heading, place = fold(page), "", 0
        parts = list(units(page))
        tabled = {a.money for p in parts if " | " in p for a in find_amounts(p, writing)}
        for unit in parts:
            start = max(flat.find(unit, place), 0)
            place = start
            if len(unit) > _LONGEST_UNIT:
                continue
            lead = _lead(flat, heading, start, unit)
            for said in _unit(unit, lead, writing):
                told = {a.money for a in find_amounts(said.value, writing)}
                if " | " in unit or said.name != "fee" or not told <= tabled:
                    yield said
            if unit.endswith(":") or (len(unit) < 100 and not _DIGIT.search(unit)):
                heading = unit
            elif not next(find_amounts(unit, writing), None):
                heading = ""


def _lead(flat: str, heading: str, start: int, unit: str) -> str:
    """The words from a heading down to this line, so that both can be quoted together."""
    begin = flat.rfind(heading, 0, start) if heading else -1
    return flat[begin:start] if begin >= 0 and start - begin + len(unit) <= LONGEST_QUOTE else ""


def _unit(unit: str, lead: str, writing: Writing) -> Iterator[Said]:
    amounts = list(find_amounts(unit, writing))
    yield from _shares(unit, amounts, lead)
    if not amounts or _NOT_PRICED.search(unit):
        return
    if " | " in unit:
        yield from _row(unit, lead)
        return
    if not (_PRICED.search(unit) or _PRICED.search(lead)):
        return
    for amount, (start, end) in zip(amounts, _segments(unit, amounts), strict=True):
        yield from _amount(unit, amount, (start, end), lead)


def _row(row: str, lead: str) -> Iterator[Said]:
    """A row of a price table, quoted with its heading where both fit."""
    name = row.strip(" |").partition(" | ")[0]
    if reduces(row):
        yield Said("discount", row, row, 0.8)
    elif _SHARE_ROW.search(row) and GATE.first(row):
        yield Said("milestone", row, row, 0.75)
    elif not _TOTAL.search(name):
        yield Said("fee", row, f"{lead}{row}", 0.85)
    elif not _PERIOD_TOTAL.search(name):
        yield Said("total", row, row, 0.85)


def _amount(unit: str, amount: FoundAmount, span: tuple[int, int], lead: str) -> Iterator[Said]:
    start, end = span
    value = unit[start:end].strip(" ,;:")
    quote = f"{lead}{unit}" if lead else _quote(unit, start, end)
    before, after = unit[start : amount.start], unit[amount.start + len(amount.text) : end]
    if _BASIS.search(before):
        return
    if reduces(value):
        yield Said("discount", value, quote, 0.7)
        return
    total = _TOTAL.search(before) or _TOTAL.search(after[:40])
    if total and not _PERIOD_TOTAL.search(value):
        yield Said("total", value, quote, 0.8)
        return
    gate = GATE.first(after) if _UPON.search(after) else None
    if gate is None and _UPON_FIRST.match(value):
        gate = GATE.first(before)
    if gate is None and _STAGED.search(before):
        gate = GATE.first(value)
    staged = gate in {"acceptance", "delivery", "go_live", "completion"}
    if staged or (gate and (_STAGED.search(unit) or "as follows" in lead)):
        yield Said("milestone", value, quote, 0.75)
    else:
        sure = 0.75 if _PRICED.search(value) else 0.6
        yield Said("fee", value, quote, 0.5 if _ONLY_IF.search(value) else sure)


def _segments(unit: str, amounts: list[FoundAmount]) -> list[tuple[int, int]]:
    """The words that belong to each amount: what leads to it and what follows up to the next."""
    bounds = [0]
    for one, two in pairwise(amounts):
        end = one.start + len(one.text)
        gap = unit[end : two.start]
        cuts = [m.end() for m in _CUT_AHEAD.finditer(gap)] or [m.end() for m in _CUT.finditer(gap)]
        same = one.money == two.money or gap.strip() in {"(", "or", "/"}
        bounds.append(end + (cuts[0] if cuts and not same else len(gap)))
    bounds.append(len(unit))
    return [
        (max([start, *(m.end() for m in REDACTED.finditer(unit, start, amount.start))]), end)
        for amount, (start, end) in zip(amounts, pairwise(bounds), strict=True)
    ]


def _shares(unit: str, amounts: list[FoundAmount], lead: str) -> Iterator[Said]:
    """Parts of a price as percentages: "40% upon acceptance"."""
    if " | " in unit:
        if not amounts and _SHARE_ROW.search(unit) and GATE.first(unit):
            yield Said("milestone", unit, unit, 0.7)
        return
    found = [m for m in _SHARE.finditer(unit) if GATE.first(m["v"])]
    staged = _STAGED.search(unit) or _STAGED.search(lead) or "schedule" in lead.lower()
    if len(found) > 1 or (found and staged and not amounts):
        for match in found:
            quote = _quote(unit, *match.span("v"))
            yield Said("milestone", match["v"], quote, 0.75)


def _quote(unit: str, start: int, end: int) -> str:
    if len(unit) <= LONGEST_QUOTE:
        return unit
    before = max(0, end - LONGEST_QUOTE, start - 200)
    cut = unit.find(" ", before) + 1 if before else 0
    return unit[min(cut, start) : end]
