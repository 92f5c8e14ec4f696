"""Statements as parsers find them, and the names that their movements have for ever.

A movement is named by account, booking day, amount and what the bank itself calls it; where the
bank gives no reference of its own, by every word it says about it. Movements that are alike in
all of that are numbered within their account's day, so that two equal payments stay two and the
same file read again adds none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.ledger.money import Money
from sources.arrived import Arrived, ReadFile
from sources.bank.refusal import MOST_MOVEMENTS, Refuse

_LONGEST_RAW = 8_000
_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """A movement before it has its name. `key` is the bank's own name for it, or nothing.

    `parts` are the movements that it is made of, when the file takes it apart.
    """

    arrived: Arrived
    key: str = ""
    parts: tuple[Found, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of one account, with the balances it states."""

    account: str
    found: tuple[Found, ...]
    opening: Money | None = None
    closing: Money | None = None
    name: str = ""


def assembled(
    form: str, source: str, statements: Sequence[Statement], notes: Iterable[str] = ()
) -> ReadFile:
    """The whole file, every movement named. The same statement twice counts once."""
    once = _without_repeats(statements)
    names = _Names(source)
    movements: list[Arrived] = []
    deposits: list[Arrived] = []
    for statement in once:
        for found in statement.found:
            named = names.named(found)
            if not found.parts:
                movements.append(named)
                continue
            deposits.append(named)
            movements += [names.named(part, named.source_id) for part in found.parts]
        if len(movements) > MOST_MOVEMENTS:
            raise Refuse(0, f"the file has more than {MOST_MOVEMENTS:,} movements")
    accounts = {statement.account for statement in once}
    single = once[0] if len(once) == 1 else None
    told = [
        *notes,
        *(["a statement stands here twice: read once"] if once != [*statements] else []),
    ]
    return ReadFile(
        form,
        tuple(movements),
        account=accounts.pop() if len(accounts) == 1 else "",
        opening=single.opening if single else None,
        closing=single.closing if single else None,
        notes=tuple(dict.fromkeys(told)),
        deposits=tuple(deposits),
    )


def _without_repeats(statements: Sequence[Statement]) -> list[Statement]:
    """A statement that says the same movements between the same balances is the same one."""
    kept: dict[object, Statement] = {}
    for at, one in enumerate(statements):
        said = tuple(_material(found) for found in one.found)
        balances = (one.opening, one.closing)
        repeats = one.name or balances != (None, None)
        kept.setdefault((one.account, one.name, said, balances) if repeats else at, one)
    return list(kept.values())


class _Names:
    """Counts movements that are alike."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: Counter[str] = Counter()

    def named(self, found: Found, batch: str = "") -> Arrived:
        material = _material(found) if found.key else f"{batch}\x1e{_material(found)}"
        self._seen[material] += 1
        digest = hashlib.sha256(material.encode()).hexdigest()[:24]
        one = found.arrived
        name = f"{one.booked_on:%Y%m%d}-{digest}-{self._seen[material]}"
        return replace(
            one, source=self._source, source_id=name, batch=batch, raw=one.raw[:_LONGEST_RAW]
        )


def _material(found: Found) -> str:
    one = found.arrived
    told = [one.account, one.booked_on.isoformat(), str(one.amount.minor), one.amount.currency]
    if found.key:
        return "\x1f".join([*told, "key", squeezed(found.key)])
    words = [one.payer_name, *(reference.text for reference in one.references)]
    accounts = [account.value for account in one.payer_accounts]
    return "\x1f".join([*told, one.type_code, *map(squeezed, words), *accounts])


def squeezed(text: str) -> str:
    """Upper case without blanks: how the same text compares in two files."""
    return "".join(text.split()).upper()


def tidy(text: str) -> str:
    """One line with single blanks, bounded."""
    return " ".join(text.split())[:_LONGEST_TEXT]
