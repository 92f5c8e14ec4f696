"""A payer's text cut into runs of letters and runs of digits, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from domain.matching.numbers import plain

MOST_ATOMS = 1_200
_ATOM = re.compile(r"\d+|[^\W\d_]+")
_AMOUNT = re.compile(r"(?<![\w.,'])\d{1,3}(?:[.,' ]\d{3})*[.,]\d{2}(?![\w]|[.,]\d)")
_LONG_AMOUNT = re.compile(r"(?<![\w.,'])\d{4,}[.,]\d{2}(?![\w]|[.,]\d)")
_DATES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/. ]?(?P<m>\d\d)[-/. ]?(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d\d?)[-/. ](?P<m>\d\d?)[-/. ](?P<y>(?:19|20)?\d\d)"),
    re.compile(r"(?P<m>\d\d?)[-/. ](?P<d>\d\d?)[-/. ](?P<y>(?:19|20)?\d\d)"),
    re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
)
_NEAR_DAYS = 550
_LABEL_WORDS = (
    "INV INVOICE INVOICES IN NO NR NUM NUMBER REF REFERENCE RG RE RECHNUNG RECH FACT FACTURE "
    "FACTURA FATTURA FATURA FA FT BILL DOC N"
)
LABELS = frozenset(_LABEL_WORDS.split())
_OTHER_WORDS = (
    "PO ORDER SO CHECK CHK CK CHEQUE ACCT ACCOUNT TEL PHONE FAX ZIP CUST CUSTOMER TRN TRACE BATCH "
    "ROUTING ABA IBAN SEQ CONF DATE TERMINAL CARD STORE UNIT SUITE BOX VENDOR SUPPLIER EIN VAT TAX"
)
_COUNTS = frozenset({"NO", "NR", "N", "NUM", "NUMBER", "REF"})
_OTHER_THINGS = frozenset(_OTHER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Spans:
    """`atoms[i]` stands at `starts[i]:ends[i]` of `text`, which is folded and upper case."""

    text: str
    atoms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def between(self, first: int, last: int) -> str:
        """What stands between atom `first` and the later atom `last`."""
        return self.text[self.ends[first] : self.starts[last]]

    def raw(self, first: int, last: int) -> str:
        """The text from atom `first` to the end of atom `last`."""
        return self.text[self.starts[first] : self.ends[last]]

    def glued(self, first: int, last: int) -> bool:
        """Whether letters or digits touch the stretch from outside."""
        before = first > 0 and self.ends[first - 1] == self.starts[first]
        after = last + 1 < len(self.atoms) and self.ends[last] == self.starts[last + 1]
        return before or after

    def called_else(self, at: int) -> bool:
        """Whether it is the number of something else: "PO 1001", "check no. 1001", "XY-1001"."""
        before = at - 1
        if before >= 1 and self.atoms[before] in _COUNTS:
            before -= 1
        if before < 0:
            return False
        word, apart = self.atoms[before], self.text[self.ends[at - 1] : self.starts[at]]
        if word in _OTHER_THINGS:
            return len(apart) <= 3
        attached = bool(apart) and not apart.isspace() and apart in "-/_"
        return attached and not word.isdecimal() and word not in LABELS


@lru_cache(maxsize=256)
def cut(text: str) -> Spans:
    """The atoms of a text, at most 1,200."""
    folded = plain(text)
    found = list(islice(_ATOM.finditer(folded), MOST_ATOMS))
    return Spans(
        folded,
        tuple(m.group() for m in found),
        tuple(m.start() for m in found),
        tuple(m.end() for m in found),
    )


def in_amount(spans: Spans, first: int, last: int) -> bool:
    """Whether the stretch is part of something written as an amount of money ("1,001.50")."""
    start, end = spans.starts[first], spans.ends[last]
    window = spans.text[max(0, start - 12) : end + 12]
    offset = max(0, start - 12)
    return any(
        m.start() + offset < end and start < m.end() + offset
        for pattern in (_AMOUNT, _LONG_AMOUNT)
        for m in pattern.finditer(window)
    )


def is_date(raw: str, around: date) -> bool:
    """Whether this is written as a day within a year and a half of `around`."""
    return any(
        _near(match, around) for pattern in _DATES if (match := pattern.fullmatch(raw)) is not None
    )


def _near(match: re.Match[str], around: date) -> bool:
    year = int(match["y"])
    try:
        day = date(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))
    except ValueError:
        return False
    return abs((day - around).days) <= _NEAR_DAYS
