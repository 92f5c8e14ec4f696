"""Which customer a phrase names: whole words, one slip allowed, and a clear margin or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.matching.names import words_of

_SLIP_FROM = 5


@dataclass(frozen=True, slots=True)
class Called:
    """A customer and what it is called."""

    customer_id: int
    names: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one customer fits. `slip`: only with a letter wrong, or with words left over."""

    customer_id: int
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """More than one fits equally well, best first."""

    customer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """None fits; `near` share a word with the phrase."""

    near: tuple[int, ...] = ()


Named = One | Several | Nobody


def choose(phrase: str, known: Sequence[Called]) -> Named:
    """The customer that a phrase names among these.

    In this order: the number, the name letter by letter, all words of the phrase in the name, the
    whole name in the phrase, all words with one slip each. The first of these that fits anybody
    decides, and only if it fits one: "Acme" is not Acme Corp where Acme Foods is a customer too.
    """
    numbered = [c.customer_id for c in known if c.number and c.number.casefold() == _bare(phrase)]
    if numbered:
        return _of(numbered)
    typed = " ".join(phrase.casefold().split())
    exact = [c.customer_id for c in known if any(n.casefold() == typed for n in c.names)]
    if exact:
        return _of(exact)
    words = words_of(phrase)
    if not words:
        return Nobody()
    for fits, slip in ((_within, False), (_around, True), (_nearly, True)):
        found = [c.customer_id for c in known if any(fits(words, words_of(n)) for n in c.names)]
        if found:
            return _of(found, slip=slip)
    return Nobody(_sharing(words, known))


def _of(found: Iterable[int], *, slip: bool = False) -> Named:
    ids = tuple(dict.fromkeys(found))
    return One(ids[0], slip) if len(ids) == 1 else Several(ids)


def _bare(phrase: str) -> str:
    return phrase.strip(" #.,?!'\"").casefold()


def _within(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Every word of the phrase is a word of the name, or begins one (three letters or more)."""
    return "".join(words) == "".join(name) or all(
        any(w == n or (len(w) >= 3 and n.startswith(w)) for n in name) for w in words
    )


def _around(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """The whole name, of two words at least, stands in the phrase, word by word."""
    size = len(name)
    if size < 2:
        return False
    return any(words[i : i + size] == name for i in range(len(words) - size + 1))


def _nearly(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return all(any(w == n or one_slip(w, n) for n in name) for w in words)


def one_slip(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ by one letter, or by two swapped ones."""
    if min(len(one), len(other)) < _SLIP_FROM or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, c in enumerate(one) if c != other[i]), len(one))
    rest, others = one[start:], other[start:]
    if len(one) < len(other):
        return rest == others[1:]
    swapped = len(rest) > 1 and rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:]


def _sharing(words: tuple[str, ...], known: Sequence[Called]) -> tuple[int, ...]:
    long = {w for w in words if len(w) >= 3}
    near = [c.customer_id for c in known if any(long & set(words_of(n)) for n in c.names)]
    return tuple(near[:5])
