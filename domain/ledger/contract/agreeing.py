"""Two readers of one contract: what both say gains, what they say differently goes to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from domain.ledger.contract.assembling import writing_of
from domain.ledger.contract.quoting import Dropped, Said, kept
from domain.ledger.contract.terms import (
    REPEATED,
    ContractFinding,
    ContractTerms,
    Discount,
    Fee,
    Milestone,
    Normal,
    Term,
    TermName,
)
from domain.ledger.contract.text import Text

_BOTH = 0.97
_ALONE = 0.55
_DOUBTED = 0.4
# Prose of which two readers seldom quote the same words.
_WORDY: frozenset[TermName] = frozenset({"acceptance", "non_cash", "bill_to", "amends"})


@dataclass(slots=True)
class _Merged:
    terms: list[Term] = field(default_factory=list)
    findings: list[ContractFinding] = field(default_factory=list)


def agreed(rules: ContractTerms, said: Iterable[Said], name: str) -> ContractTerms:
    """The rules' terms with those of a second reader called `name`, each held to the same gate."""
    text = Text.of(rules.pages)
    results = [kept(one, text, writing_of(text.flat)) for one in said]
    terms = [term for term in results if isinstance(term, Term)]
    merged = _Merged(findings=list(_unquoted([d for d in results if isinstance(d, Dropped)], name)))
    for one in dict.fromkeys(term.name for term in (*rules.terms, *terms)):
        own, other = rules.all(one), tuple(t for t in terms if t.name == one)
        _merge(one, own, other, merged)
    there = {f"contract.missing.{term.name}" for term in merged.terms}
    findings = [f for f in rules.findings if f.id not in there]
    return replace(
        rules,
        terms=tuple(merged.terms),
        findings=tuple(dict.fromkeys([*findings, *merged.findings])),
        read_by=f"{rules.read_by}+{name}",
    )


def _merge(name: TermName, own: tuple[Term, ...], other: tuple[Term, ...], merged: _Merged) -> None:
    if name in REPEATED:
        _merge_repeated(name, own, other, merged)
    elif own and other:
        same = name in _WORDY or own[0].normalized == other[0].normalized
        sure = max(own[0].confidence, _BOTH) if same else _DOUBTED
        merged.terms.append(replace(own[0], confidence=sure))
        if not same:
            merged.findings.append(_differ(own[0], other[0]))
    elif own:
        merged.terms.extend(own)
    elif other:
        merged.terms.append(replace(other[0], confidence=_ALONE))
        merged.findings.append(_alone(other[0]))


def _merge_repeated(
    name: TermName, own: tuple[Term, ...], other: tuple[Term, ...], merged: _Merged
) -> None:
    """Prices are the same when their amounts are; each that only one reader saw is asked about."""
    ours, theirs = {_price(t) for t in own}, {_price(t) for t in other}
    for term in own:
        merged.terms.append(_held(term, [t for t in other if _price(t) == _price(term)], merged))
    for term in other:
        if _price(term) not in ours:
            ours.add(_price(term))
            merged.terms.append(replace(term, confidence=_ALONE))
            merged.findings.append(_alone(term))
    for term in own:
        if other and _price(term) not in theirs:
            message = f"Only the rules read this {name}: {term.value[:120]!r}."
            merged.findings.append(
                ContractFinding("contract.only_rules", message, (name,), term.quote, term.page)
            )


def _held(term: Term, twins: list[Term], merged: _Merged) -> Term:
    """The term beside those of the same price: sure, or in doubt where all say another rhythm."""
    if not twins:
        return term
    if any(_alike(term.normalized, twin.normalized) for twin in twins):
        return replace(term, confidence=_BOTH)
    merged.findings.append(_differ(term, twins[0]))
    return replace(term, confidence=_DOUBTED)


def _alike(one: Normal, other: Normal) -> bool:
    """Whether what both say of a price beside its amount is the same; silence is no answer."""
    pairs: tuple[tuple[object, object], ...] = ()
    if isinstance(one, Fee) and isinstance(other, Fee):
        pairs = (
            (one.frequency, other.frequency),
            (one.quantity, other.quantity),
            (one.year, other.year),
        )
    elif isinstance(one, Milestone) and isinstance(other, Milestone):
        pairs = ((one.gate, other.gate), (one.on, other.on))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _price(term: Term) -> object:
    value = term.normalized
    if isinstance(value, Fee):
        return (value.amount, value.price_units)
    if isinstance(value, Milestone | Discount):
        return (value.amount, value.percent)
    return value


def _differ(own: Term, other: Term) -> ContractFinding:
    return ContractFinding(
        f"contract.readers_differ.{own.name}",
        f"Rules and model read {own.name} differently: {own.value[:120]!r} and "
        f"{other.value[:120]!r}.",
        (own.name,),
        other.quote,
        other.page,
        blocking=True,
    )


def _alone(term: Term) -> ContractFinding:
    return ContractFinding(
        f"contract.only_model.{term.name}",
        f"Only the model read {term.name}: {term.value[:120]!r}. Look at the passage.",
        (term.name,),
        term.quote,
        term.page,
        blocking=True,
    )


def _unquoted(dropped: list[Dropped], name: str) -> Iterator[ContractFinding]:
    invented = [d for d in dropped if d.why in {"not_in_text", "value_not_quoted"}]
    if invented:
        names = tuple(dict.fromkeys(d.said.name for d in invented))
        message = (
            f"{name} said {len(invented)} value(s) that do not stand in the contract. "
            "They were dropped."
        )
        yield ContractFinding("contract.unquoted", message, names)
