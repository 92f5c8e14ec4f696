"""Contracts with a language model beside the rules: it points at passages and decides nothing.

The model sees pieces of the text with names and addresses masked. It has no tools and a closed
schema; its passages go through the same gate as those of the rules, where values are read again
from the quoted words. What the contract says to a reader is data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from agent.brain import Brain
from agent.masking import Masked, mask
from agent.prompting import render
from domain.ledger.contract.agreeing import agreed
from domain.ledger.contract.quoting import Said
from domain.ledger.contract.terms import ContractTerms, TermName
from domain.ledger.contract.text import Text

_PIECE = 14_000
_OVERLAP = 600
_MOST_PIECES = 12
_CONFIDENCE = 0.7


class SaidTerm(BaseModel):
    """One term as a model reads it: passages, letter by letter."""

    model_config = ConfigDict(extra="forbid")
    name: TermName
    value: str = Field(max_length=300)
    quote: str = Field(max_length=600)


class SaidContract(BaseModel):
    """What a model says a piece of a contract contains."""

    model_config = ConfigDict(extra="forbid")
    terms: list[SaidTerm] = Field(max_length=60)


async def read_with(
    brain: Brain, terms: ContractTerms, *, mask_names: bool = True
) -> ContractTerms:
    """The rules' terms held against what the model reads in the same text.

    Without a model, or when it abstains on a piece, they are the rules' own. The parties' names
    are masked where the rules know them (`mask_names`).
    """
    if not brain.thinks:
        return terms
    said: list[Said] = []
    for piece in _pieces(Text.of(terms.pages).flat):
        shown = mask(piece, _names(terms)) if mask_names else Masked(piece)
        answer = await brain.extract(SaidContract, shown.text, _instructions())
        if answer.value is not None:
            said += [_unmasked(one, shown) for one in answer.value.terms]
    return agreed(terms, said, brain.name)


def _pieces(flat: str) -> Iterator[str]:
    """The text in pieces that overlap, so that no sentence is cut for good."""
    for number in range(_MOST_PIECES):
        start = number * (_PIECE - _OVERLAP)
        if number and start + _OVERLAP >= len(flat):
            return
        yield flat[start : start + _PIECE]


def _instructions() -> str:
    return render("contract", names=list(get_args(TermName))).text


def _names(terms: ContractTerms) -> tuple[str, ...]:
    parties = (terms.one("vendor"), terms.one("customer"))
    return tuple(term.value for term in parties if term is not None)


def _unmasked(one: SaidTerm, shown: Masked) -> Said:
    return Said(one.name, shown.unmask(one.value), shown.unmask(one.quote), _CONFIDENCE)
