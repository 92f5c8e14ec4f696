"""What a receipt pays by proof: search, weigh, and ask every gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.matching.adjustments import Adjustment, terms_of
from domain.matching.book import Book, payer_keys
from domain.matching.decision import (
    Ambiguous,
    Certainty,
    Decision,
    Gate,
    MatchClass,
    Matched,
    PayerFound,
    Tier,
    Unmatched,
)
from domain.matching.decoys import Chance, chance
from domain.matching.evidence import class_of, weigh
from domain.matching.gates import gates
from domain.matching.hypotheses import (
    Case,
    Hypothesis,
    Origin,
    beyond_names,
    by_amount,
    by_object,
    by_reference,
    of_anyone,
    oldest_first,
)
from domain.matching.item import Item
from domain.matching.near import near_misses
from domain.matching.receipt import Receipt
from domain.matching.references import read
from domain.matching.remitted import Advised, by_rows
from domain.matching.settings import MatchSettings
from domain.matching.strangers import proved_by_numbers
from domain.matching.weighed import Bench, Weighed, names_of
from domain.matching.words import proposed

MOST_PROPOSED = 3
_BY_NUMBER = frozenset({MatchClass.REFERENCE_EXACT, MatchClass.REFERENCE_ADJUSTED})


def case_of(
    receipt: Receipt, book: Book, settings: MatchSettings, day: date, payer: PayerFound
) -> Case:
    """Everything known about a receipt of this payer, before anything is decided."""
    family = payer.family or (
        frozenset({payer.customer_id}) if payer.customer_id is not None else frozenset()
    )
    named = read(receipt, book, family or None)
    terms = terms_of(receipt, settings, day)
    return Case(receipt, book, settings, day, payer, named, terms, family)


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found for a case: `told` by somebody, or by its amount only.

    `items` are the payer's open invoices, None where they were not needed.
    """

    told: tuple[Hypothesis, ...]
    sought: tuple[Hypothesis, ...]
    advised: Advised
    items: tuple[Item, ...] | None


def judge(case: Case) -> Decision:
    """The decision by proof alone."""
    if case.received <= 0:
        return Unmatched(case.payer, ("nothing of it is left to apply",))
    search = _search(case)
    owner = _owner(case, search)
    if owner is not None:
        return judge(_paid_by(case, owner))
    ranked = _ranked(case, (*search.told, *search.sought))
    if not ranked:
        return Unmatched(case.payer, (_nothing(case),), near_misses(case, _open_items(case)))
    best = ranked[0]
    items = search.items
    if items is None:
        items = () if best.klass in _BY_NUMBER else _open_items(case)
    odds = _chance(case, best, items)
    used = names_of(case, best.hypothesis, search.advised.named)
    problems = _problems(search.advised, best.hypothesis)
    bench = Bench(case, best, tuple(ranked[1:]), problems, odds, items, used)
    return _decided(bench, gates(bench))


def _owner(case: Case, search: _Search) -> int | None:
    """Whose invoices the numbers and the sum prove to be paid, when nothing else tells who pays."""
    if case.payer.customer_id is not None:
        return None
    for hypothesis in search.told:
        if hypothesis.origin is Origin.REMITTANCE and search.advised.problems:
            continue
        used = names_of(case, hypothesis, search.advised.named)
        owner = proved_by_numbers(case, hypothesis, used)
        if owner is not None:
            return owner
    return None


def _paid_by(case: Case, owner: int) -> Case:
    family = case.book.family(owner) if case.settings.parent_pays_children else frozenset({owner})
    told = ("exactly the money is open on its invoices that are named", *case.payer.evidence)
    payer = PayerFound(owner, Certainty.CERTAIN, told, family)
    return case_of(case.receipt, case.book, case.settings, case.today, payer)


def _problems(advised: Advised, best: Hypothesis) -> tuple[str, ...]:
    """What the advice says against the best hypothesis: nothing if it states the same items."""
    stated = advised.hypothesis
    if best.origin is not Origin.REMITTANCE and stated and stated.item_ids == best.item_ids:
        return ()
    if not advised.problems and stated and stated.item_ids != best.item_ids:
        return ("the advice names other invoices",)
    return advised.problems


def judge_alone(case: Case, hypothesis: Hypothesis) -> Decision:
    """The decision on a hypothesis that a rule of the seller calls for."""
    weighed = Weighed(hypothesis, weigh(case, hypothesis), class_of(hypothesis))
    used = names_of(case, hypothesis)
    bench = Bench(case, weighed, (), (), None, _open_items(case), used)
    return _decided(bench, gates(bench))


def _decided(bench: Bench, passed: tuple[Gate, ...]) -> Decision:
    case = bench.case
    best = proposed(case, bench.best)
    if all(gate.passed for gate in passed):
        rival = proposed(case, bench.others[0]) if bench.others else None
        live = best.klass in case.settings.live
        return Matched(case.payer, best, Tier.PROOF, passed, runner_up=rival, live=live)
    shown = (best, *(proposed(case, w) for w in bench.others[: MOST_PROPOSED - 1]))
    reasons = tuple(gate.told for gate in passed if not gate.passed)
    return Ambiguous(case.payer, shown, reasons, passed, near_misses(case, bench.open_items))


def _search(case: Case) -> _Search:
    advised = by_rows(case)
    told = [*by_object(case), *by_reference(case)]
    told += [advised.hypothesis] if advised.hypothesis else []
    if any(_adds_up(hypothesis) for hypothesis in told):
        sought: Iterable[Hypothesis] = _equal_singles(case)
        return _Search(tuple(told), tuple(sought), advised, None)
    if case.payer.certainty is Certainty.UNKNOWN:
        sought = () if told else of_anyone(case)
        return _Search(tuple(told), tuple(sought), advised, ())
    items = _open_items(case)
    sought = by_amount(case, items)
    if not told and not sought and items:
        sought = [oldest_first(items, case.received)]
    return _Search(tuple(told), tuple(sought), advised, items)


def _open_items(case: Case) -> tuple[Item, ...]:
    return case.book.open_items(case.scope, case.currency) if case.scope else ()


def _equal_singles(case: Case) -> Iterator[Hypothesis]:
    """The cheap rivals of a set that somebody named and that adds up."""
    if case.scope:
        few = case.book.by_amount(case.scope, case.receipt.amount)[:2]
        yield from (oldest_single(case, item) for item in few)


def oldest_single(case: Case, item: Item) -> Hypothesis:
    """One invoice paid in full."""
    fit = oldest_first([item], case.received).fit
    return Hypothesis(Origin.SINGLE, fit, 1)


def _adds_up(hypothesis: Hypothesis) -> bool:
    by = set(hypothesis.fit.by)
    named = hypothesis.origin in (Origin.OBJECT, Origin.REMITTANCE, Origin.REFERENCES)
    return named and not {Adjustment.PARTIAL, Adjustment.UNAPPLIED} & by


def _ranked(case: Case, found: Iterable[Hypothesis]) -> list[Weighed]:
    """Distinct hypotheses by weight; what a person declined for this payer never returns."""
    keys = payer_keys(case.receipt.payer_name, case.receipt.accounts)
    best: dict[tuple[object, ...], Weighed] = {}
    for hypothesis in found:
        if not hypothesis.fit.invoices or case.book.is_declined(keys, hypothesis.item_ids):
            continue
        weighed = Weighed(hypothesis, weigh(case, hypothesis), class_of(hypothesis))
        known = best.get(hypothesis.key)
        if known is None or weighed.millibits > known.millibits:
            best[hypothesis.key] = weighed
    return sorted(best.values(), key=lambda w: (-w.millibits, _stable(w.hypothesis)))


def _stable(hypothesis: Hypothesis) -> tuple[object, ...]:
    fit = hypothesis.fit
    return (
        len(fit.invoices),
        tuple((s.item.due_on, s.item.number, s.item.id) for s in fit.invoices),
        hypothesis.key,
    )


def _chance(case: Case, best: Weighed, items: Sequence[Item]) -> Chance | None:
    """Decoys are drawn only where they can decide.

    Where some invoices are named, chance could only have met the rest.
    """
    if best.klass is not MatchClass.AMOUNT or case.payer.certainty is not Certainty.CERTAIN:
        return None
    hypothesis = best.hypothesis
    if hypothesis.origin is Origin.NAMED_AND_MORE:
        named = {n.item.id for n in case.open_named()}
        items = [item for item in items if item.id not in named]
        case, hypothesis = beyond_names(case, hypothesis, named)
    if len(items) > case.settings.most_open_for_amount:
        return None
    return chance(case, hypothesis, items)


def _nothing(case: Case) -> str:
    if case.payer.certainty is Certainty.UNKNOWN:
        return "nothing tells who paid, and no open balance is equal"
    if not _open_items(case):
        return f"the payer owes nothing in {case.currency}"
    return "nothing that is open fits"
