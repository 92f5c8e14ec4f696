"""How a new address stands to those on file: of one house, of a public one, or made to look so."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

_PUBLIC_LIST = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de yahoo.fr
yahoo.es yahoo.co.uk yahoo.co.jp aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.com web.de
t-online.de proton.me protonmail.com mail.com zoho.com orange.fr free.fr wanadoo.fr laposte.net
libero.it virgilio.it uol.com.br terra.com.br ziggo.nl kpnmail.nl qq.com 163.com 126.com
mail.ru yandex.ru
"""
PUBLIC = frozenset(_PUBLIC_LIST.split())
_TWINS = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("-", ""))
_SHORT, _CLOSE, _FAR = 8, 1, 2
_LONGEST = 64


class Near(StrEnum):
    """How an address stands to the known ones."""

    SAME_DOMAIN = "same_domain"
    PUBLIC = "public"
    LOOK_ALIKE = "look_alike"
    OTHER = "other"


def nearness(address: str, known: Iterable[str]) -> Near:
    """A shared private domain speaks for an address; one that only looks like it, against it."""
    domain = _domain(address)
    domains = {_domain(other) for other in known if "@" in other} - PUBLIC
    if domain in PUBLIC:
        return Near.PUBLIC
    if domain in domains:
        return Near.SAME_DOMAIN
    if any(looks_like(domain, other) for other in domains):
        return Near.LOOK_ALIKE
    return Near.OTHER


def looks_like(domain: str, other: str) -> bool:
    """Whether a domain is not another one, but could be taken for it."""
    if domain == other:
        return False
    if "xn--" in domain or not domain.isascii():
        return True
    one, two = _name(domain), _name(other)
    if _folded(one) == _folded(two):
        return True
    if len(two) > 3 and two in one:
        return True
    most = _CLOSE if min(len(one), len(two)) < _SHORT else _FAR
    return _distance(one, two) <= most


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _name(domain: str) -> str:
    """The part before the ending: "acme" of mail.acme.co.uk is not known, "acme" of acme.com is."""
    parts = domain.split(".")
    return max(parts[:-1] or parts, key=len)[:_LONGEST]


def _folded(name: str) -> str:
    for look, stands_for in _TWINS:
        name = name.replace(look, stands_for)
    return name


def _distance(one: str, two: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two names."""
    if abs(len(one) - len(two)) > _FAR:
        return _FAR + 1
    before, row = [0] * (len(two) + 1), list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]
