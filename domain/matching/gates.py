"""The conditions of an automatic match. Every one has a name and says what it found."""

from __future__ import annotations

from collections.abc import Iterator

from domain.matching.adjustments import Adjustment
from domain.matching.decision import Certainty, Gate, MatchClass
from domain.matching.evidence import BIT, millibits, possible_amounts
from domain.matching.hypotheses import Case, Origin
from domain.matching.item import ItemKind
from domain.matching.later import for_later
from domain.matching.references import How, NamedItem
from domain.matching.rests import doubts_of_a_part, residuals
from domain.matching.strangers import (
    known_without_the_number,
    like_a_price,
    may_be_a_stranger,
    proved_by_numbers,
)
from domain.matching.weighed import Bench

PROVABLE = frozenset(
    {
        MatchClass.OBJECT_LINK,
        MatchClass.REMITTANCE,
        MatchClass.REFERENCE_EXACT,
        MatchClass.REFERENCE_ADJUSTED,
        MatchClass.REFERENCE_PARTIAL,
        MatchClass.AMOUNT,
        MatchClass.RULE,
    }
)
_WEAK = frozenset({How.NEAR, How.SUFFIX})
_AGREED = 16 * BIT
_MANY_AMOUNTS = 10_000
_NO_OTHER = "the one invoice named can be no other"
_WORTH_HEEDING = 9 * BIT
_A_MILLION = 20 * BIT


def gates(bench: Bench) -> tuple[Gate, ...]:
    """Every gate, in a fixed order."""
    klass = bench.best.klass
    found = [
        _customer(bench),
        _one_ledger(bench),
        _residual(bench),
        _agreement(bench),
        _reading(bench),
        _unique(bench),
        _class(klass),
        _cap(bench),
    ]
    if klass is MatchClass.AMOUNT:
        found.append(_amount(bench))
    if klass is MatchClass.REFERENCE_PARTIAL:
        found.append(_gate("part", next(doubts_of_a_part(bench), ""), _NO_OTHER))
    return tuple(found)


def _gate(name: str, against: str, otherwise: str) -> Gate:
    return Gate(name, not against, against or otherwise)


def _customer(bench: Bench) -> Gate:
    payer = bench.case.payer
    owners = {share.item.customer_id for share in bench.best.hypothesis.fit.invoices}
    told = "; ".join(payer.evidence) or "nothing tells who paid"
    if payer.customer_id is not None and not owners <= payer.family | {payer.customer_id}:
        return Gate("customer", False, "these are not invoices of the payer")
    if payer.certainty is Certainty.CERTAIN:
        numbers = len(bench.best.hypothesis.fit.invoices)
        if may_be_a_stranger(bench.case, numbers):
            return Gate("customer", False, "only a number tells who paid, and the sum is round")
        return Gate("customer", True, told)
    known = payer.certainty is Certainty.LIKELY and known_without_the_number(bench.case)
    if known and _agreed(bench):
        return Gate("customer", True, f"{told}; and the invoices named are its own")
    proved = proved_by_numbers(bench.case, bench.best.hypothesis, bench.used)
    if proved is not None and proved == payer.customer_id and not bench.problems:
        return Gate("customer", True, f"{told}, and exactly the money is open on what is named")
    return Gate("customer", False, f"the payer is not certain: {told}")


def _agreed(bench: Bench) -> bool:
    """Whether numbers and amount say the same as a name that is only likely."""
    named = bench.used
    fit = bench.best.hypothesis.fit
    if len(named) < len(fit.invoices) or not all(n.plain for n in named):
        return False
    exact = not {Adjustment.PARTIAL, Adjustment.UNAPPLIED, Adjustment.WRITE_OFF} & set(fit.by)
    weight = min(n.millibits for n in named)
    weight += millibits(1, possible_amounts(bench.case)) if exact else 0
    return weight >= _AGREED


def _residual(bench: Bench) -> Gate:
    fit = bench.best.hypothesis.fit
    told = "nothing of it is left over"
    if fit.by:
        told += ": " + ", ".join(adjustment.value.replace("_", " ") for adjustment in fit.by)
    return _gate("residual", next(residuals(bench), ""), told)


def _one_ledger(bench: Bench) -> Gate:
    fit = bench.best.hypothesis.fit
    items = [share.item for share in (*fit.invoices, *fit.credits)]
    houses = {i.subsidiary_id for i in items if i.subsidiary_id is not None}
    own = bench.case.receipt.subsidiary_id
    houses |= {own} if own is not None else set()
    against = "they belong to several subsidiaries" if len(houses) > 1 else ""
    if any(i.open.currency != bench.case.currency for i in items):
        against = "they are in several currencies"
    return _gate("one_ledger", against, f"all in {bench.case.currency}, one subsidiary")


def _agreement(bench: Bench) -> Gate:
    against = next(_contradictions(bench), "")
    return _gate("agreement", against, "reference and amount do not contradict each other")


def _contradictions(bench: Bench) -> Iterator[str]:
    named, case = bench.case.named, bench.case
    yield from bench.problems
    if named.contested:
        yield f"{', '.join(named.contested)} can mean several items"
    for closed in named.closed:
        if closed.millibits >= _WORTH_HEEDING:
            yield f"it names {closed.item.number}, which is {closed.item.state.value} already"
    used = _used(bench)
    for n in named.items:
        if n.how is How.NEAR or (n.item.kind, n.item.id) in used:
            continue
        if n.millibits >= _WORTH_HEEDING or n.plain:
            yield _left_out(case, n)
    if named.strange and bench.best.klass not in _SUMMED:
        yield f"{', '.join(named.strange)} is nothing that is open"


_SUMMED = frozenset({MatchClass.OBJECT_LINK, MatchClass.REMITTANCE, MatchClass.REFERENCE_EXACT})


def _used(bench: Bench) -> set[tuple[ItemKind, int]]:
    fit = bench.best.hypothesis.fit
    return {(share.item.kind, share.item.id) for share in (*fit.invoices, *fit.credits)}


def _left_out(case: Case, named: NamedItem) -> str:
    item = named.item
    if item.open.currency != case.currency:
        return f"it names {item.number}, which is in {item.open.currency}"
    payer = case.payer
    if payer.customer_id is not None and item.customer_id not in payer.family:
        return f"it names {item.number} of another customer"
    return f"it names {item.number} as well"


def _reading(bench: Bench) -> Gate:
    """Numbers that are not plainly there count with a certain payer and the exact sum."""
    klass, certain = bench.best.klass, bench.case.payer.certainty is Certainty.CERTAIN
    unclear = [n for n in bench.used if not n.plain]
    weak = [n for n in unclear if n.how in _WEAK]
    against = ""
    if klass in (MatchClass.REFERENCE_EXACT, MatchClass.AMOUNT):
        if any(n.rivals for n in weak):
            against = f"{weak[0].token} can mean several invoices"
        elif weak and not certain:
            against = f"{weak[0].token} is only nearly {weak[0].item.number}"
    elif klass is MatchClass.REMITTANCE:
        if unclear and not (certain and _paid_in_full(bench, unclear)):
            against = f"{unclear[0].token} is not plainly {unclear[0].item.number}"
    elif unclear and klass is not MatchClass.OBJECT_LINK:
        against = "the numbers are not written plainly"
    return _gate("reading", against, "the numbers are read beyond doubt")


def _paid_in_full(bench: Bench, named: list[NamedItem]) -> bool:
    """Whether the advice pays exactly what is open on each of them."""
    paid = {s.item.id: s.amount for s in bench.best.hypothesis.fit.invoices}
    return all(paid.get(n.item.id) == n.item.open.minor for n in named)


def _unique(bench: Bench) -> Gate:
    if not bench.others:
        return Gate("unique", True, "nothing else explains it")
    rival = bench.others[0]
    lead = bench.best.millibits - rival.millibits
    enough = lead >= bench.case.settings.margin_millibits
    numbers = ", ".join(share.item.number for share in rival.hypothesis.fit.invoices[:5])
    told = "is far behind" if enough else "explains it as well"
    return Gate("unique", enough, f"{numbers} {told}, {_odds(lead)}")


def _odds(lead: int) -> str:
    """A lead of evidence as people speak of it; `lead` in millibits."""
    if lead < BIT:
        return "as likely or likelier"
    if lead >= _A_MILLION:
        return "more than a million to one"
    return f"about {1 << (lead // BIT):,} to one"


def _class(klass: MatchClass) -> Gate:
    told = klass.value.replace("_", " ")
    return Gate("class", klass in PROVABLE, f"it rests on: {told}")


def _cap(bench: Bench) -> Gate:
    amount = bench.case.receipt.amount
    if bench.case.settings.within_cap(amount):
        return Gate("cap", True, f"{amount} may match alone")
    return Gate("cap", False, f"{amount} is more than may match alone")


def _amount(bench: Bench) -> Gate:
    """Without a reference an equal amount must be next to impossible by chance."""
    return _gate("amount", next(_too_likely(bench), ""), "the amount is hardly met by chance")


def _whole_and_named(bench: Bench) -> bool:
    """All that is open, to an odd cent, and some of it is named: not one set of many."""
    hypothesis = bench.best.hypothesis
    return (
        hypothesis.origin is Origin.WHOLE
        and not hypothesis.fit.by
        and any(named.plain for named in bench.used)
        and not like_a_price(bench.case.receipt.amount)
        and possible_amounts(bench.case) >= _MANY_AMOUNTS
    )


def _too_likely(bench: Bench) -> Iterator[str]:
    if _whole_and_named(bench):
        return
    most = bench.case.settings.most_open_for_amount
    if bench.chance is None and len(bench.open_items) > most:
        yield f"{len(bench.open_items)} invoices are open, more than {most}"
    if bench.best.hypothesis.fit.by:
        yield "nothing but the amount speaks for what is taken off"
    said = for_later(bench.case.receipt)
    if said:
        yield f'it says "{said}": for something not invoiced yet?'
    if not bench.used and like_a_price(bench.case.receipt.amount):
        yield "a sum that ends as prices do may be the price of something else"
    equal = [
        i.number
        for i in bench.case.book.closed_items(bench.case.scope, bench.case.currency)
        if i.total == bench.case.receipt.amount and i.kind is ItemKind.INVOICE
    ]
    if equal:
        yield f"it equals {equal[0]}, already settled: paid twice?"
    yield from _by_chance(bench, most)


def _by_chance(bench: Bench, most: int) -> Iterator[str]:
    chance = bench.chance
    if chance is None and bench.case.payer.certainty is not Certainty.CERTAIN:
        yield "an amount alone needs a certain payer"
    elif chance is None or not chance.counted:
        yield "there are too many sets to try"
    elif chance.rivals:
        yield "other invoices together explain it as well"
    elif chance.hits:
        yield f"{chance.hits} of {chance.tried} amounts of other customers would fit as well"
    elif not bench.used and len(bench.open_items) > most:
        yield f"{len(bench.open_items)} invoices are open, more than {most}"
    elif not chance.slim:
        yield "so round a sum can be met by chance"
