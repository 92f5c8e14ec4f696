"""How payers write what they pay, and what happens to it on the way."""

from __future__ import annotations

from random import Random

from bench.cash.choosing import Choice
from bench.cash.ledger import Ledger
from bench.cash.truth import Key, Told
from domain.matching.item import Item

_SWAPS = {"0": "O", "1": "I", "5": "S", "8": "B"}
_LEADS = ("", "", "INV ", "INVOICES ", "PAYMENT ", "INVOICE NO ", "RE ", "BILL ", "Your ref ")
_JOINS = (", ", " ", "; ", " / ", "+", ",")
_CUTS = (16, 18, 35, 80, 140)


class Written:
    """The text of a payment and the tokens in it; `named` are the invoices it names legibly."""

    def __init__(self, text: str, tokens: dict[Key, str], named: frozenset[Key]) -> None:
        self.text = text
        self.tokens = tokens
        self.named = named


def write(rng: Random, ledger: Ledger, choice: Choice) -> Written:
    """What the payer would write if nothing limited it, after this payment's kind of noise."""
    if choice.told is Told.NONE:
        return Written(_nothing(rng), {}, frozenset())
    if choice.told is Told.PO:
        return _by_order(ledger, choice.paid[0].key)
    items = [ledger.items[p.key] for p in choice.paid]
    plain = choice.told is Told.SHORT
    shown = {
        (i.kind, i.id): i.number if plain else _shown(rng, i.number, i.references) for i in items
    }
    tokens, named = _noisy(rng, ledger, choice.told, shown)
    for key, _money in choice.credits:
        tokens[key] = ledger.items[key].number
    listed = list(tokens.values())
    if choice.told is Told.SHORT:
        whole = rng.random() < 0.5 and _is_range(ledger, choice, items)
        listed = [f"{items[0].number}-{items[-1].number}"] if whole else _short(listed)
    text = rng.choice(_LEADS) + rng.choice(_JOINS).join(listed)
    if choice.told is Told.CUT:
        text = text[: rng.choice(_CUTS)]
        named = frozenset(
            k for k in named if tokens[k] in text or _begun(ledger, k, tokens[k], text)
        )
    return Written(text, tokens, named)


def _noisy(
    rng: Random, ledger: Ledger, told: Told, tokens: dict[Key, str]
) -> tuple[dict[Key, str], frozenset[Key]]:
    """The tokens as they come out, and those that a careful reader still understands."""
    match told:
        case Told.SOME:
            kept = _some(rng, sorted(tokens))
            return {key: tokens[key] for key in kept}, frozenset(kept)
        case Told.OCR:
            return {k: _misread(rng, token) for k, token in tokens.items()}, frozenset(tokens)
        case Told.SWAPPED:
            key = rng.choice(sorted(tokens))
            swapped = _swapped(rng, ledger, tokens[key])
            lost = {key} if ledger.exists(swapped) else set()
            return tokens | {key: swapped}, frozenset(tokens) - lost
        case Told.BARE:
            return {key: _bare(token) for key, token in tokens.items()}, frozenset(tokens)
        case Told.WRONG:
            return _wrong(rng, ledger, tokens)
        case _:
            return dict(tokens), frozenset(tokens)


def legible(written: Written, text: str) -> frozenset[Key]:
    """What is still named in what is left of a text after a field cut it."""
    if text == written.text:
        return written.named
    whole = frozenset(k for k in written.named if k in written.tokens)
    return frozenset(k for k in whole if written.tokens[k] in text)


def with_extras(rng: Random, text: str) -> str:
    """Dates, phones and trace numbers beside the text, for 40 % of payments."""
    if rng.random() >= 0.4:
        return text
    extra = rng.choice(
        (
            f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}/2026",
            f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            f"PH {rng.randrange(200, 999)}-{rng.randrange(200, 999)}-{rng.randrange(10**4):04d}",
            f"TRN {rng.randrange(10**14, 10**15)}",
            f"ID:{rng.randrange(10**6, 10**9)}",
            f"BATCH {rng.randrange(1, 9999)}",
        )
    )
    return f"{text} {extra}" if rng.random() < 0.7 else f"{extra} {text}"


def _shown(rng: Random, number: str, references: tuple[str, ...]) -> str:
    structured = [r for r in references if r.startswith("RF")]
    return structured[0] if structured and rng.random() < 0.5 else number


def _nothing(rng: Random) -> str:
    return rng.choice(
        ("", "", "PAYMENT", "THANK YOU", "INVOICE PAYMENT", "VENDOR PMT", "ACH CREDIT")
    )


def _by_order(ledger: Ledger, key: Key) -> Written:
    """The purchase order names its invoice if the customer has no other open one under it."""
    item = ledger.items[key]
    order = next((r for r in item.references if r.startswith("PO-")), "")
    mine = ledger.payable(item.customer_id, item.open.currency)
    alone = bool(order) and sum(order in i.references for i in mine) == 1
    return Written(f"PO {order[3:]}", {key: order}, frozenset({key} if alone else ()))


def _begun(ledger: Ledger, key: Key, token: str, text: str) -> bool:
    """Whether the text ends in so much of a number that only one of the customer's begins so."""
    size = next((n for n in range(len(token) - 1, 3, -1) if text.endswith(token[:n])), 0)
    item = ledger.items[key]
    mine = ledger.payable(item.customer_id, item.open.currency)
    alike = sum(any(n.startswith(token[:size]) for n in (i.number, *i.references)) for i in mine)
    return size > 0 and alike == 1 and not ledger.exists(token[:size])


def _is_range(ledger: Ledger, choice: Choice, items: list[Item]) -> bool:
    """Whether "first-last" says it: all the customer's open numbers between them are paid."""
    items.sort(key=lambda i: i.number)
    first, last = items[0], items[-1]
    mine = ledger.payable(choice.habit.customer_id, first.open.currency)
    between = [i for i in mine if first.number <= i.number <= last.number]
    return len(items) > 2 and len(first.number) == len(last.number) and len(between) == len(items)


def _some(rng: Random, keys: list[Key]) -> list[Key]:
    if len(keys) == 1:
        return []
    return sorted(rng.sample(keys, rng.randint(1, len(keys) - 1)))


def _misread(rng: Random, token: str) -> str:
    places = [n for n, c in enumerate(token) if c in _SWAPS]
    if not places:
        return token
    hit = {n for n in places if rng.random() < 0.4} or {rng.choice(places)}
    return "".join(_SWAPS[c] if n in hit else c for n, c in enumerate(token))


def _swapped(rng: Random, ledger: Ledger, token: str) -> str:
    """Two neighbouring digits change places; half of the time into another real number."""
    places = [
        n for n in range(len(token) - 1) if token[n : n + 2].isdigit() and token[n] != token[n + 1]
    ]
    swapped = [token[:n] + token[n + 1] + token[n] + token[n + 2 :] for n in places]
    real = [t for t in swapped if ledger.exists(t)]
    if real and rng.random() < 0.5:
        return rng.choice(real)
    return rng.choice(swapped) if swapped else token


def _bare(token: str) -> str:
    return "".join(c for c in token if c.isalnum())


def _wrong(
    rng: Random, ledger: Ledger, tokens: dict[Key, str]
) -> tuple[dict[Key, str], frozenset[Key]]:
    """One number is an old, paid invoice's of the same customer."""
    key = rng.choice(sorted(tokens))
    old = ledger.paid_before(ledger.items[key].customer_id)
    if not old:
        return {k: t for k, t in tokens.items() if k != key}, frozenset(tokens) - {key}
    return tokens | {key: rng.choice(old).number}, frozenset(tokens) - {key}


def _short(tokens: list[str]) -> list[str]:
    """The first in full, of the others only the digits at the end that differ from it."""
    if len(tokens) == 1:
        return tokens
    first = tokens[0]
    short = [first]
    for token in tokens[1:]:
        same = len(token) == len(first)
        at = next((n for n, (a, b) in enumerate(zip(first, token, strict=False)) if a != b), 0)
        tail = token[min(at, len(token) - 2) :]
        short.append(tail if same and tail.isdigit() else token)
    return short
