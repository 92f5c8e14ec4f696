"""Signatures, acceptance, consideration other than money, and the governing law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.ledger.contract.quoting import LONGEST_QUOTE, Said
from sources.contract.rules.pieces import S, around, rule, said_by

_SIGNED = re.compile(
    r"/s/ ?[A-ZÀ-Þ][^_/]{0,40}|DocuSigned by:?|Electronically signed(?: by)?", re.I
)
_BLANK = re.compile(
    r"(?:\b(?:By|Signature|Signed|Authorized Signature|Unterschrift|Firma)\b ?:?|\bX) ?_{3,}|"
    r"\bBy: ?(?=By:|Name:|Title:|Its:|Date:|Printed)|(?<!_)_{5,} ?(?:\(?Signature|\(?Unterschrift)|"
    r"\bSignature ?: ?(?=Name|Title|Date|Printed)",
    re.IGNORECASE,
)
_RULES = (
    rule(
        "acceptance",
        rf"(?P<v>(?:\b(?:deemed (?:to be |to have been )?accept(?:ed|ance)|acceptance (?:test|"
        rf"period|"
        rf"criteria|procedure|certificate)|(?:accept or reject|reject or accept)|abnahme\b|"
        rf"procès-verbal de recette|written acceptance|notice of acceptance)){S}{{0,200}})",
        0.7,
        r"acceptance of this agreement|click",
    ),
    rule(
        "non_cash",
        rf"(?P<v>\b\d[\d,]* (?:fully[- ]paid |restricted |unregistered |validly issued )*(?:shares|"
        rf"tokens)\b{S}{{0,120}})",
        0.8,
        r"authorized capital|outstanding shares|voting",
    ),
    rule(
        "non_cash",
        rf"(?P<v>(?:issue|deliver|transfer|grant|pay){S}{{0,60}}?\b(?:shares of|common stock|"
        rf"preferred stock|warrants? to purchase|stock options|promissory note|in[- ]kind|"
        rf"barter|aktien|actions ordinaires){S}{{0,80}})",
        0.7,
        r"outstanding shares|voting|change (?:of|in) control",
    ),
    rule(
        "governing_law",
        rf"\b(?:governed|construed|interpreted|enforced)\b{S}{{0,150}}?\b(?:laws?|law) of (?:the )?"
        r"(?:(?:State|Commonwealth|Province|Republic|Federal Republic) of )?"
        r"(?P<v>(?-i:(?!State\b|Commonwealth\b|Province\b|Republic\b)[A-Z][\w]*(?: (?:and |"
        r"of |the )?[A-Z][\w]*){0,3}))",
        0.9,
    ),
    rule(
        "governing_law",
        r"\blaws? of (?:the )?(?:(?:State|Commonwealth|Province|Republic) of )?"
        r"(?P<v>(?-i:(?!State\b)[A-Z]\w*(?: (?:and |of )?[A-Z]\w*){0,3}))"
        r"[^.;]{0,140}?\b(?:shall |will )?(?:govern|control|apply)s?\b",
        0.8,
    ),
    rule(
        "governing_law",
        r"(?P<v>(?-i:\b[A-Z][a-z]+(?: [A-Z][a-z]+)?)) law (?:shall (?:govern|apply)|governs|"
        r"applies)",
        0.85,
    ),
    rule(
        "governing_law",
        rf"governed{S}{{0,60}}?\bby (?P<v>(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?)) law\b",
        0.85,
    ),
    rule(
        "governing_law",
        r"(?:es gilt|unterliegt|gilt)(?: ausschließlich)?(?: dem| das)? (?:materielle[sn]? )?"
        r"(?:Recht der (?P<v>(?-i:[A-ZÄÖÜ][\wäöüß]+(?: [A-ZÄÖÜ][\wäöüß]+)?)))",
        0.85,
    ),
    rule("governing_law", r"(?P<v>(?:deutsches|schweizerisches|österreichisches)) Recht", 0.85),
    rule(
        "governing_law", r"(?:soumis|régi)\w*[^.;]{0,40}? (?:au|par le) droit (?P<v>[a-zéç]+)", 0.85
    ),
    rule(
        "governing_law",
        r"(?:regirá|regido)[^.;]{0,60}? (?:leyes de|legislación|ley) (?P<v>[\wñáéíóú]+)",
        0.85,
    ),
)


def closing(flat: str) -> Iterator[Said]:
    """What stands at the end of contracts."""
    yield from _signature(flat)
    yield from said_by(_RULES, flat)


def _signature(flat: str) -> Iterator[Said]:
    signed, blank = list(_SIGNED.finditer(flat)), list(_BLANK.finditer(flat))
    if signed and blank:
        pairs = ((a, b) for a in signed for b in blank)
        start, end = min(
            ((min(a.start(), b.start()), max(a.end(), b.end())) for a, b in pairs),
            key=lambda pair: pair[1] - pair[0],
        )
        if end - start <= LONGEST_QUOTE:
            yield Said("signature", flat[start:end], flat[start:end], 0.8)
            return
    last = (signed or blank)[-1:]
    for match in last:
        quote = around(flat, *match.span())
        yield Said("signature", match[0], quote, 0.8 if len(signed) != 1 else 0.6)
