"""Names of companies and people as payers write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b)?")
_LONGEST = 200

# Legal forms, after the ISO 20275 list of entity legal forms; they tell nothing about who it is.
_FORMS = (
    "inc incorporated llc llp lp ltd limited corp corporation co company plc pvt pte pty gmbh ag "
    "kg kgaa ohg ug ev eg mbh sa sas sarl eurl snc srl spa sapa sl slu sc bv nv vof oy oyj ab as "
    "asa aps kk gk zrt kft rt bt doo dd ad ood eood sro spol sp zoo lda ltda eireli cia sab cv "
    "sdn bhd tbk pt pjsc ooo oao zao pao societe the and und et 株式会社 有限会社 合同会社 "
    "有限公司 股份有限公司 주식회사 유한회사"
)
_LEGAL = frozenset(_FORMS.split())


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name: accents, case, punctuation and legal forms gone."""
    text = unicodedata.normalize("NFKD", name[:_LONGEST]).casefold()
    text = unicodedata.normalize("NFKC", "".join(c for c in text if not unicodedata.combining(c)))
    text = _INITIALS.sub(lambda m: m.group().replace(".", "").replace(" ", "") + " ", text)
    found = tuple(_WORD.findall(text))
    return tuple(w for w in found if w not in _LEGAL) or found


def name_key(name: str) -> str:
    """The form under which a payer's name is remembered."""
    return " ".join(words_of(name))


@dataclass(frozen=True, slots=True)
class NameHit:
    """How well a name fits a customer: 1000 is the whole name, nothing added."""

    customer_id: int
    score: int


class NameIndex:
    """Finds the customers whose name is like a payer's. No hit is better than a tie."""

    def __init__(self) -> None:
        self._whole: dict[str, set[int]] = {}
        self._by_word: dict[str, set[str]] = {}
        self._found: dict[str, tuple[NameHit, ...]] = {}

    def add(self, customer_id: int, name: str) -> None:
        """Let a customer be found by this name too."""
        key = name_key(name)
        if not key:
            return
        self._found.clear()
        self._whole.setdefault(key, set()).add(customer_id)
        for word in key.split():
            self._by_word.setdefault(word, set()).add(key)

    def owners(self, name: str) -> frozenset[int]:
        """Customers with exactly this name, legal form aside."""
        return frozenset(self._whole.get(name_key(name), ()))

    def like(self, name: str) -> tuple[NameHit, ...]:
        """The customers whose name shares words with this one, best first, at most five."""
        known = self._found.get(name)
        if known is None:
            known = self._found[name] = self._search(name_key(name))
        return known

    def _search(self, key: str) -> tuple[NameHit, ...]:
        best: dict[int, int] = {}
        for other in self._near(key):
            score = self._score(key, other)
            for customer_id in self._whole[other]:
                best[customer_id] = max(score, best.get(customer_id, 0))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(NameHit(c, s) for c, s in ranked[:5] if s >= 300)

    def _near(self, key: str) -> set[str]:
        words = key.split()
        rare = sorted({w for w in words if w in self._by_word}, key=self._spread)
        found: set[str] = set()
        for word in rare[:4]:
            if len(self._by_word[word]) <= 400 or not found:
                found |= set(sorted(self._by_word[word])[:400])
        if len(key) >= 12:
            found |= {k for k in self._whole if k.startswith(key)}
        return found

    def _spread(self, word: str) -> tuple[int, str]:
        return len(self._by_word.get(word, ())), word

    def _weight(self, words: Iterable[str]) -> int:
        total = len(self._whole) + 1
        return sum((total // (len(self._by_word.get(w, ())) + 1)).bit_length() + 1 for w in words)

    def _score(self, key: str, other: str) -> int:
        if key == other:
            return 1000
        if len(key) >= 12 and other.startswith(key):
            return 850
        mine, theirs = set(key.split()), set(other.split())
        if len(theirs) > 1 and theirs < mine:
            return 850
        together = self._weight(mine & theirs)
        return 950 * together // max(1, self._weight(mine | theirs))
