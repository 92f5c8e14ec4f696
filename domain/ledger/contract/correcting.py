"""A person puts a term right on the review screen: what they say needs no quotation."""

from __future__ import annotations

from dataclasses import replace

from domain.ledger.contract.assembling import missing, writing_of
from domain.ledger.contract.normal import Passage, normalize
from domain.ledger.contract.terms import REPEATED, ContractTerms, Term, TermName
from domain.ledger.contract.text import Text

_ANSWERED = ("contract.missing.", "contract.conflict.", "contract.readers_differ.")
_CURRENCY = {"contract.two_currencies", "contract.which_dollar", "contract.dollar_read_as_usd"}


def corrected(
    terms: ContractTerms, name: TermName, words: str, place: int | None = None
) -> ContractTerms | None:
    """The terms with `words` as the value of `name`; None when the words do not say one.

    Of a term that repeats, the one at `place` is replaced; without a place one is added.
    """
    writing = writing_of(Text.of(terms.pages).flat)
    normal = normalize(name, Passage(words, words, writing))
    if normal is None:
        return None
    term = Term(name, " ".join(words.split()), normal, "", 0, 1.0)
    same = list(terms.all(name))
    if name in REPEATED and place is not None and place < len(same):
        same[place] = term
    else:
        same = [*same, term] if name in REPEATED else [term]
    return _with(terms, name, same)


def without(terms: ContractTerms, name: TermName, place: int = 0) -> ContractTerms:
    """The terms without the one of this name at `place`: a person says it is none."""
    return _with(terms, name, [t for n, t in enumerate(terms.all(name)) if n != place])


def _with(terms: ContractTerms, name: TermName, same: list[Term]) -> ContractTerms:
    gone = {f"{start}{name}" for start in _ANSWERED} | {f"contract.only_model.{name}"}
    gone |= _CURRENCY if name == "currency" else set()
    others = [term for term in terms.terms if term.name != name]
    left = (*others, *same)
    before, after = set(missing(terms.terms)), dict.fromkeys(missing(left))
    gone |= {finding.id for finding in before - after.keys()}
    kept = [f for f in terms.findings if f.id not in gone]
    return replace(terms, terms=left, findings=(*kept, *(f for f in after if f not in before)))
