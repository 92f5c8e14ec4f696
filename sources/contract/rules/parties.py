"""Who sells and who buys: "between A Inc. ("Vendor") and B LLC ("Customer")", and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.ledger.contract.quoting import LONGEST_QUOTE, Said

Side = Literal["vendor", "customer"]

_OPENING = re.compile(
    r"\b(?:by and )?(?:between|among)\b:?|\bzwischen(?: der| dem)?\b|\bentre(?: la| el)?\b|"
    r"\bby and among\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\((?P<inner>[^()]{0,220})\)")
_NAMED = re.compile(r"[\"“”'„«]\s?(?P<role>[^\"“”'„»«]{2,60}?)\s?,?[\"“”'»]")
_JOIN = re.compile(r"[,;]?\s+(?:and|und|et|y):?\s+(?:between\s+)?(?=\S)|;\s+")
_VENDOR = re.compile(
    r"vendor|supplier|licensor|provider|seller|contractor|consultant|developer|publisher|"
    r"anbieter|lizenzgeber|auftragnehmer|lieferant|prestataire|fournisseur|concédant|"
    r"proveedor|licenciante|prestador",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(
    r"customer|client\b|licensee|buyer|purchaser|subscriber|end[- ]user|distributor|reseller|"
    r"kunde|lizenznehmer|auftraggeber|licencié|licenciatario|cliente|acheteur|comprador",
    re.IGNORECASE,
)
_FORM = (
    r"Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|Co|GmbH|AG|SE|KG|UG|"
    r"S\.A\.S|SAS|S\.A|SA|SARL|S\.L|SL|S\.r\.l|B\.V|BV|N\.V|NV|PLC|plc|LP|L\.P|LLP|Pty|A/S|AB|Oy|"
    r"KK|K\.K"
)
_NAME = re.compile(
    rf"(?P<name>(?:[A-ZÀ-Þ0-9]|[a-z]{{1,3}}[A-Z0-9])[^\n|()\"“”;:]{{1,110}}?"
    rf"(?:,?\s(?i:{_FORM})\b\.?(?:,?\s(?i:{_FORM})\b\.?)*|(?=,?\s(?:a|an|eine?|une?|una)\s)|"
    rf"(?=\s*[(\"“,;])|(?=\s(?:of(?=\s\d)|with|having|located|whose|mit Sitz|and)\s)|$))"
)
_WRITTEN = f"{_FORM}|INC|LTD|CORP|CORPORATION|COMPANY|LIMITED|CO|INCORPORATED"
_HAS_FORM = re.compile(rf"(?:^|[\s,])(?:{_WRITTEN})\.?$")
_FORMAL = re.compile(
    rf"(?:^|[\s(])(?P<name>(?:[A-ZÀ-Þ0-9][\w&.'’/*+-]*,? ){{1,7}}(?:{_WRITTEN})\b\.?"
    rf"(?:,? (?:{_WRITTEN})\b\.?)*)(?=[\s,(])"
)
_PAIR = re.compile(
    rf"("
    rf"?"
    rf"P"
    rf"<one>(?:(?!\d+,? )[A-Z0-9][\w&.'’/*+-]*,? ){{1,6}}(?:{_WRITTEN})\b\.?,? \([^()]{{2,60}}\))"
    rf",? and "
    rf"(?:[A-Z0-9][\w&.'’/*+-]*,? ){{1,6}}(?:{_WRITTEN})\b\.?,? \("
)
_LABEL = r"^[ \t|]*(?:{})[ \t]*(?:name)?[ \t]*[:|\t][ \t|]*(?P<v>[^\n|]{{3,120}})"
_SELLING = (
    r"vendor|supplier|licensor|(?:service )?provider|seller|anbieter|auftragnehmer|lizenzgeber|"
    r"fournisseur|prestataire|proveedor"
)
_BUYING = (
    r"customer|client|licensee|subscriber|buyer|purchaser|sold to|kunde|auftraggeber|"
    r"lizenznehmer|cliente"
)
_LABELS: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("vendor", re.compile(_LABEL.format(_SELLING), re.IGNORECASE | re.MULTILINE)),
    ("customer", re.compile(_LABEL.format(_BUYING), re.IGNORECASE | re.MULTILINE)),
)
_SENTENCE_END = re.compile(r"[a-z]{3,}\.\s+(?:[A-Z\d])")
_GENERIC = re.compile(
    r",? and (?:the |you, the )?(?:customer|licensee|subscriber|client|end[- ]user)\b",
    re.IGNORECASE,
)
_WINDOW = 1_400
_PREAMBLE = 6_000
_MOST_WORDS = 14
_NOISE = re.compile(r"^(?:the parties|parties|us|them|each|both|you)(?=[\s,;:.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    role: str
    start: int
    end: int


def parties(flat: str, pages: tuple[str, ...]) -> Iterator[Said]:
    """Vendor and customer. Labels come first; a preamble without roles is told by who pays."""
    yield from _labelled(pages)
    for opening in _OPENING.finditer(flat[:_PREAMBLE]):
        first = _party(flat, opening.end())
        second = _second(flat, first) if first and _looks_named(first.name) else None
        if first and second is None and _formal(first) and _GENERIC.match(flat, first.end):
            yield Said("vendor", first.name, flat[opening.start() : first.end], 0.75)
            break
        if first is None or second is None or not (_formal(first) or _formal(second)):
            continue
        quote = flat[opening.start() : second.end]
        for side, party in _sided(first, second, flat):
            one = quote if len(quote) <= LONGEST_QUOTE else flat[party.start : party.end]
            if len(one) <= LONGEST_QUOTE:
                yield Said(side, party.name, one, 0.85)
        break
    yield from _paired(flat)
    yield from _defined(flat)


def _paired(flat: str) -> Iterator[Said]:
    """A Inc. ("A") and B Inc. ("B") agree: two names with roles, without "between"."""
    pair = _PAIR.search(flat[:_PREAMBLE])
    first = _party(flat, pair.start("one")) if pair else None
    second = _second(flat, first) if first else None
    if first and second and _formal(first) and _formal(second):
        quote = flat[first.start : second.end]
        for side, party in _sided(first, second, flat):
            if len(quote) <= LONGEST_QUOTE:
                yield Said(side, party.name, quote, 0.75)


def _defined(flat: str) -> Iterator[Said]:
    """Names right before ("Licensee") and alike, where no preamble names two parties."""
    for match in _ROLE.finditer(flat[:_PREAMBLE]):
        roles = " ".join(_NAMED.findall(match["inner"]))
        side: Side | None = "vendor" if _VENDOR.search(roles) else None
        side = "customer" if side is None and _CUSTOMER.search(roles) else side
        before = flat[max(0, match.start() - 260) : match.start()]
        before = before[before.rfind("(") + 1 :]
        names = [m for m in _FORMAL.finditer(before) if _looks_named(m["name"])]
        if side and names:
            start = match.start() - len(before) + names[-1].start("name")
            yield Said(side, names[-1]["name"], flat[start : match.end()], 0.7)


def _labelled(pages: tuple[str, ...]) -> Iterator[Said]:
    for side, label in _LABELS:
        for page in pages:
            for match in label.finditer(page):
                name = _NAME.match(match["v"].strip())
                if name and len(name["name"]) > 3:
                    yield Said(side, name["name"], match[0].strip(" |\t"), 0.8)


def _party(flat: str, start: int) -> _Party | None:
    window = flat[start : start + _WINDOW]
    lead = re.match(
        r"[\s,:.-]*(?:(?:\([1-9ivx]{1,3}\)|[1-9][.)])\s+)?(?:the |der |die |la |el )?"
        r"(?:société |sociedad |firma )?",
        window,
    )
    begin = lead.end() if lead else 0
    match = _NAME.match(window, begin)
    if match is None or _NOISE.match(match["name"]):
        return None
    name = match["name"].strip(" ,")
    role, end = _role(window, match.end())
    return _Party(name, role, start + match.start(), start + end)


def _role(window: str, position: int) -> tuple[str, int]:
    """The name in quotation marks a party goes by, and where its description ends."""
    for match in _ROLE.finditer(window, position):
        between = window[position : match.start()]
        if len(between) > 420 or re.search(r"[^.]\.\s+[A-Z][a-z]+ [a-z]+ [a-z]+", between):
            break
        named = _NAMED.findall(match["inner"])
        if named:
            return " / ".join(named), match.end()
        plain = match["inner"].strip()
        if _VENDOR.fullmatch(plain) or _CUSTOMER.fullmatch(plain):
            return plain, match.end()
    return "", position


def _second(flat: str, first: _Party) -> _Party | None:
    for join in _JOIN.finditer(flat, first.end, first.end + 500):
        if _SENTENCE_END.search(flat, first.end, join.start()):
            return None
        party = _party(flat, join.end())
        if party is not None and party.name != first.name and _looks_named(party.name):
            return party
    return None


def _formal(party: _Party) -> bool:
    """Whether this is how contracts name a party: with a role, or a legal form."""
    return bool(party.role or _HAS_FORM.search(party.name))


def _looks_named(name: str) -> bool:
    if len(name.split()) > _MOST_WORDS or re.search(
        r"['’]s |\b(?:shall|will|is|are|AGREEMENT|TERMS|LICENSE)\b", name
    ):
        return False
    return not re.match(r"(?:State|Its|Such|Article|Section|Principal|Place)\b", name)


def _sided(first: _Party, second: _Party, flat: str) -> Iterator[tuple[Side, _Party]]:
    sells = [bool(_VENDOR.search(p.role)) for p in (first, second)]
    buys = [bool(_CUSTOMER.search(p.role)) for p in (first, second)]
    if sells[0] != sells[1] and sells != buys:
        seller = first if sells[0] else second
    elif buys[0] != buys[1]:
        seller = second if buys[0] else first
    else:
        paying = [_pays(p, flat) for p in (first, second)]
        if paying[0] == paying[1]:
            return
        seller = second if paying[0] > paying[1] else first
    yield "vendor", seller
    yield "customer", second if seller is first else first


def _pays(party: _Party, flat: str) -> int:
    """How often this party pays or is granted a licence, less how often it grants or is paid."""
    names = [re.escape(n.strip()) for n in party.role.split(" / ") if n.strip()]
    short = "|".join([*names, re.escape(party.name.split(",")[0])])

    def hits(pattern: str) -> int:
        return len(re.findall(pattern.replace("X", f"(?:{short})"), flat, re.IGNORECASE))

    return (
        hits(r"\bX (?:shall|will|agrees to|hereby agrees to) pay\b")
        + hits(r"grants? (?:to )?X\b")
        - hits(r"\bX (?:hereby )?(?:grants|licenses)\b")
        - hits(r"pay(?:s|able)?(?: to)? X\b")
        - hits(r"\bX (?:shall|will) invoice\b")
    )
