"""From what readers said to the terms of a contract, with everything a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.ledger.contract.amounts import Writing, find_amounts
from domain.ledger.contract.phrases import INSTRUCTION, REDACTED
from domain.ledger.contract.quoting import Dropped, Said, kept
from domain.ledger.contract.terms import (
    REPEATED,
    ContractFinding,
    ContractTerms,
    Fee,
    Milestone,
    Term,
    TermName,
)
from domain.ledger.contract.text import Text
from domain.ledger.contract.words import disagreements

_NEEDED: tuple[tuple[TermName, str], ...] = (
    ("vendor", "who sells"),
    ("customer", "who buys"),
    ("signature", "whether it is signed"),
    ("effective_on", "from when it holds"),
    ("term", "how long it runs"),
    ("fee", "what it costs"),
    ("currency", "in which currency"),
    ("billing_timing", "whether bills come before or after the period"),
    ("payment_days", "when invoices fall due"),
)
_EXPECTED: tuple[tuple[TermName, str], ...] = (
    ("agreement_on", "its date"),
    ("renewal", "whether it renews"),
    ("billing_frequency", "how often bills come"),
    ("payment_from", "from when the days count; net days count from the date of the invoice"),
    ("tax", "whether prices include tax"),
    ("po", "whether an order number is needed"),
    ("late_fee", "what late payment costs"),
    ("bill_to", "where invoices go"),
    ("governing_law", "which law governs it"),
)
_CONFLICTING: tuple[TermName, ...] = (
    "payment_days",
    "payment_from",
    "late_fee",
    "currency",
    "term",
    "tax",
    "total",
    "governing_law",
)
_COMMA = re.compile(r"\d,\d\d(?!\d)")
_POINT = re.compile(r"\d\.\d\d(?!\d)")
_FOREIGN = re.compile(r"\b(?:und|der|die|das|Vertrag|le|les|des|contrat|los|las|del|contrato)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|this)\b")
_DOLLARS = (("CAD", r"Canadian dollars|\bCAD\b|CDN"), ("AUD", r"Australian dollars|\bAUD\b"))
_AMERICAN = re.compile(r"\bU\.?S\.?\s?(?:dollars|currency|\$)|\bUSD\b|United States dollars", re.I)
_UNITED_STATES = re.compile(
    r"\b(?:State of [A-Z]|Commonwealth of (?:Massach|Penn|Virg|Kent)|Delaware|New York|California|"
    r"Texas|United States|U\.S\.A?\b|[A-Z]{2} \d{5}\b)"
)
_MONEY_WORDS = re.compile(r"fee|price|pay|cost|charge|royalt|amount|\$|€|£|total|rate", re.I)
_BUSINESS = re.compile(r"business|working|banking|werktag|ouvr|hábil", re.IGNORECASE)
_MOST_FINDINGS = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file was read, and what was odd about it (id of the finding, message)."""

    name: str
    digest: str
    oddities: tuple[tuple[str, str], ...] = ()
    read_by: str = "rules/1"


def writing_of(flat: str) -> Writing:
    """How this contract writes amounts: which dollar "$" is, and the mark of decimals."""
    commas, points = len(_COMMA.findall(flat)), len(_POINT.findall(flat))
    foreign = len(_FOREIGN.findall(flat)) > len(_ENGLISH.findall(flat))
    comma = commas > points if commas or points else foreign
    if not _AMERICAN.search(flat):
        for code, pattern in _DOLLARS:
            if re.search(pattern, flat, re.IGNORECASE):
                return Writing(code, comma)
    return Writing("USD", comma)


def assembled(said: Iterable[Said], pages: tuple[str, ...], origin: Origin) -> ContractTerms:
    """Terms that stand in the contract, and findings about all that is missing or in doubt."""
    text = Text.of(pages)
    writing = writing_of(text.flat)
    results = [kept(one, text, writing) for one in said]
    good = [term for term in results if isinstance(term, Term)]
    terms, conflicts = _chosen(good)
    terms += _currency(terms, text, writing)
    findings = (
        *(ContractFinding(name, message) for name, message in origin.oddities),
        *_disagreeing(text, [d for d in results if isinstance(d, Dropped)]),
        *_redacted(text),
        *_instructions(text),
        *conflicts,
        *_currencies(terms, writing),
        *_told(terms),
        *missing(terms),
    )
    return ContractTerms(
        origin.name,
        origin.digest,
        tuple(terms),
        tuple(dict.fromkeys(findings))[:_MOST_FINDINGS],
        pages,
        origin.read_by,
    )


def _chosen(good: list[Term]) -> tuple[list[Term], list[ContractFinding]]:
    """One term of each name that may stand once; what speaks against it becomes a finding."""
    terms: list[Term] = []
    conflicts: list[ContractFinding] = []
    for name in dict.fromkeys(term.name for term in good):
        same = [term for term in good if term.name == name]
        if name in REPEATED:
            terms += _distinct(same)
            continue
        best = max(same, key=lambda term: term.confidence)
        others = {t.normalized: t for t in same if t.confidence > best.confidence - 0.11}
        others.pop(best.normalized, None)
        if others and name in _CONFLICTING:
            best = replace(best, confidence=0.5)
            other = next(iter(others.values()))
            conflicts.append(_conflict(best, other))
        terms.append(best)
    return terms, conflicts


def _conflict(best: Term, other: Term) -> ContractFinding:
    message = f"The contract says two things about {best.name}: {best.value!r} and {other.value!r}."
    return ContractFinding(
        f"contract.conflict.{best.name}", message, (best.name,), other.quote, other.page
    )


def _distinct(same: list[Term]) -> list[Term]:
    """Each price once, told by the passage that says most about it."""
    found: dict[object, Term] = {}
    for term in sorted(same, key=lambda t: -t.confidence):
        found.setdefault(_identity(term), term)
    kept_terms = set(map(id, found.values()))
    return [term for term in same if id(term) in kept_terms]


def _identity(term: Term) -> object:
    value = term.normalized
    if isinstance(value, Fee):
        return (value.amount, value.price_units, value.year, value.per if value.year else "")
    if isinstance(value, Milestone):
        return (value.amount, value.percent, value.gate, value.on, value.description[:20])
    return value


def _currency(terms: list[Term], text: Text, writing: Writing) -> list[Term]:
    """The currency of all prices, where no sentence names it."""
    if any(term.name == "currency" for term in terms):
        return []
    priced = [t for t in terms if t.name in {"fee", "total", "milestone"}]
    for term in priced:
        amount = next(find_amounts(term.value, writing), None)
        if amount is None:
            continue
        if amount.plain_dollar and not (
            _UNITED_STATES.search(text.flat) or _AMERICAN.search(text.flat)
        ):
            return []
        sure = 0.6 if amount.plain_dollar else 0.75
        one = kept(Said("currency", amount.text, amount.text, sure), text, writing)
        return [one] if isinstance(one, Term) else []
    return []


def _currencies(terms: list[Term], writing: Writing) -> Iterator[ContractFinding]:
    priced = [t for t in terms if t.name in {"fee", "total", "milestone"}]
    found = {a.money.currency: (a, t) for t in priced for a in find_amounts(t.value, writing)}
    if len(found) > 1:
        names = ", ".join(sorted(found))
        last = list(found.values())[-1][1]
        yield ContractFinding(
            "contract.two_currencies",
            f"Prices are in {names}. Say which currency is billed.",
            ("currency",),
            last.quote,
            last.page,
            blocking=True,
        )
    term = next((t for t in terms if t.name == "currency"), None)
    if term is None and found:
        amount, one = next(iter(found.values()))
        if amount.plain_dollar:
            yield ContractFinding(
                "contract.which_dollar",
                "Prices are in $, and nothing says which dollar.",
                ("currency",),
                one.quote,
                one.page,
                blocking=True,
            )
    elif term and "$" in term.value and term.confidence < 0.7:
        yield ContractFinding(
            "contract.dollar_read_as_usd",
            "Prices are in $. They were read as US dollars because the parties are there.",
            ("currency",),
            term.quote,
            term.page,
        )


def _disagreeing(text: Text, dropped: list[Dropped]) -> Iterator[ContractFinding]:
    values = [d.said.value for d in dropped if d.why == "words_and_figures"]
    for one in disagreements(text.flat):
        yield ContractFinding(
            "contract.words_and_figures",
            f"Words and figures differ: {one.quote!r}. Ask which is meant.",
            quote=one.quote,
            page=text.page_at(one.start),
            blocking=any(one.quote in value for value in values),
        )


def _redacted(text: Text) -> Iterator[ContractFinding]:
    for match in REDACTED.finditer(text.flat):
        around = text.flat[max(0, match.start() - 80) : match.end() + 40]
        if _MONEY_WORDS.search(around):
            yield ContractFinding(
                "contract.redacted",
                "An amount or percentage is blacked out or left blank. Get the full contract.",
                ("fee",),
                around.partition(" ")[2].rpartition(" ")[0],
                text.page_at(match.start()),
                blocking=True,
            )
            return


def _instructions(text: Text) -> Iterator[ContractFinding]:
    match = INSTRUCTION.search(text.flat)
    if match:
        start = max(0, match.start() - 60)
        yield ContractFinding(
            "contract.instruction",
            "The file speaks to a program or an assistant. Nothing in it was followed; ask why.",
            (),
            text.flat[start : match.end() + 80].strip(),
            text.page_at(match.start()),
            blocking=True,
        )


def _told(terms: list[Term]) -> Iterator[ContractFinding]:
    """What the terms themselves ask a person to decide."""
    one = {term.name: term for term in terms}
    kind, signature, other = one.get("kind"), one.get("signature"), one.get("non_cash")
    if kind and kind.normalized in {"amendment", "renewal"}:
        yield ContractFinding(
            f"contract.{kind.normalized}",
            f"This is a{'n' if kind.normalized == 'amendment' else ''} {kind.normalized}. "
            "Say which contract it belongs to.",
            ("kind", "amends"),
            kind.quote,
            kind.page,
            blocking=True,
        )
    if signature and signature.normalized != "signed":
        yield ContractFinding(
            "contract.not_signed",
            "Not every party has signed.",
            ("signature",),
            signature.quote,
            signature.page,
            blocking=True,
        )
    if other:
        yield ContractFinding(
            "contract.non_cash",
            "Part of the price is not money. An invoice cannot bill it.",
            ("non_cash",),
            other.quote,
            other.page,
            blocking=True,
        )
    yield from _business(one.get("payment_days"))
    yield from _gated(terms)


def _business(days: Term | None) -> Iterator[ContractFinding]:
    if days and _BUSINESS.search(days.value):
        yield ContractFinding(
            "contract.business_days",
            "The days of payment are business days. Calendar days were read.",
            ("payment_days",),
            days.quote,
            days.page,
        )


def _gated(terms: list[Term]) -> Iterator[ContractFinding]:
    for term in terms:
        if isinstance(term.normalized, Milestone) and term.normalized.gate == "acceptance":
            yield ContractFinding(
                "contract.gated",
                "Billing waits for acceptance.",
                ("milestone",),
                term.quote,
                term.page,
            )
            break


def missing(terms: Iterable[Term]) -> Iterator[ContractFinding]:
    """What the contract does not say, or nobody could read. Nothing is put in its place."""
    names = {term.name for term in terms}
    if "ends_on" in names:
        names.add("term")
    if "starts_on" in names:
        names.add("effective_on")
    if "milestone" in names:
        priced = "fee" in names
        names.add("fee")
        if not priced:
            names |= {"billing_timing", "term", "effective_on"}
    for wanted, blocking in ((_NEEDED, True), (_EXPECTED, False)):
        for name, asked in wanted:
            if name not in names:
                message = f"Not found: {asked}."
                yield ContractFinding(
                    f"contract.missing.{name}", message, (name,), blocking=blocking
                )
