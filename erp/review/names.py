"""How alike two names of companies or products are, in percent."""

from __future__ import annotations

import re
import unicodedata

# Legal forms say nothing about who somebody is: ISO 20275 lists them by country; these are common.
_LEGAL_FORMS = frozenset({
    "ab", "ag", "as", "asa", "bv", "bvba", "co", "company", "corp", "corporation", "eood", "ev",
    "gmbh", "inc", "incorporated", "kft", "kg", "kk", "limited", "llc", "llp", "lp", "ltd", "ltda",
    "mbh", "nv", "oy", "oyj", "plc", "pty", "pvt", "sa", "sarl", "sas", "se", "sl", "spa", "spzoo",
    "srl", "sro", "the", "ug", "zrt",
})  # fmt: skip
_FREE_MAIL = frozenset({
    "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
    "hotmail.com", "icloud.com", "live.com", "mail.com", "me.com", "msn.com", "outlook.com",
    "proton.me", "protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.com", "yandex.ru",
    "163.com",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case, punctuation and legal forms.

    A name of nothing but legal forms keeps them.
    """
    plain = unicodedata.normalize("NFKD", name[:_LONGEST].casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)
    found = tuple(_WORD.findall(plain))
    kept = tuple(word for word in found if word not in _LEGAL_FORMS)
    return kept or found


def same_name(one: str, other: str) -> bool:
    """Whether two names are one and the same, legal form and spelling aside."""
    words = words_of(one)
    return bool(words) and words == words_of(other)


def likeness(one: str, other: str) -> int:
    """Percent: twice the longest common subsequence of the sorted words over both lengths."""
    first, second = " ".join(sorted(words_of(one))), " ".join(sorted(words_of(other)))
    if not first or not second:
        return 0
    return 200 * _common(first, second) // (len(first) + len(second))


def domain_of(email: str) -> str:
    """The domain that tells a company, or "" for a free-mail address or none at all."""
    domain = email.strip().rpartition("@")[2].casefold() if "@" in email else ""
    return "" if domain in _FREE_MAIL else domain


def _common(first: str, second: str) -> int:
    """Length of the longest common subsequence, a row of the table at a time as one integer.

    Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
    """
    places: dict[str, int] = {}
    for n, char in enumerate(first):
        places[char] = places.get(char, 0) | (1 << n)
    full = (1 << len(first)) - 1
    row = full
    for char in second:
        hit = row & places.get(char, 0)
        row = ((row + hit) | (row - hit)) & full
    return len(first) - row.bit_count()
