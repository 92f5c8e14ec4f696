"""Remittance in words, with a language model beside the rules: it only points at passages.

The model turns text into rows of passages copied from it; it has no tools, and nothing it says
counts unless the text and the ledger bear it out. Amounts are read by code. What the mail says to
the model is data.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from agent.brain import Brain
from agent.prompting import render
from domain.matching.receipt import RemittanceRow
from domain.matching.verbatim import SaidLine, borne_out
from domain.matching.written import numbers_in
from flows.desk import Desk
from flows.remittance import TakenAdvices
from flows.remittance_mail import MailFacts, Piece, pieces_of, take_pieces, told_by_model
from store.engine import Database

_LONGEST = 12_000
_MOST_NUMBERS = 200


class SaidRow(BaseModel):
    """One document as a model reads it: passages, letter by letter."""

    model_config = ConfigDict(extra="forbid")
    reference: str = Field(max_length=60)
    amount: str = Field(max_length=40)
    discount: str = Field(default="", max_length=40)
    deduction: str = Field(default="", max_length=40)


class SaidRemittance(BaseModel):
    """What a model says an advice lists."""

    model_config = ConfigDict(extra="forbid")
    rows: list[SaidRow] = Field(max_length=200)


async def read_rows(
    brain: Brain, text: str, known: frozenset[str], currency: str
) -> tuple[RemittanceRow, ...]:
    """The rows that a model points at, as far as they stand in the text and in the ledger.

    `known` are folded numbers of the ledger. None without a model, without a known number in the
    text, or when the model abstains.
    """
    words = text[:_LONGEST]
    numbers = list(dict.fromkeys(span.text for span in numbers_in(words, known)))
    if not brain.thinks or not numbers or not currency:
        return ()
    prompt = render("remittance", numbers=numbers[:_MOST_NUMBERS])
    said = await brain.extract(SaidRemittance, words, prompt.text)
    if said.value is None:
        return ()
    lines = [
        SaidLine(row.reference, row.amount, row.discount, row.deduction) for row in said.value.rows
    ]
    return borne_out(lines, words, known, currency).rows


async def better_read(brain: Brain, piece: Piece) -> Piece:
    """The piece as rules read it if they read all of it; else with what a model could show."""
    if piece.complete or not piece.text:
        return piece
    rows = await read_rows(brain, piece.text, piece.known, piece.currency)
    return told_by_model(piece, rows, brain.name)


async def work_off_mail(
    db: Database, desk: Desk, brain: Brain, facts: MailFacts, now: datetime
) -> TakenAdvices:
    """Read a stored mail's remittance and keep it. Safe to repeat."""
    whose, pieces = await pieces_of(db, desk, facts)
    read = [await better_read(brain, piece) for piece in pieces]
    async with db.begin() as session:
        return await take_pieces(session, read, whose, now)
