"""Whatever comes, a decision never gives away more than there is, and always replays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.matching.book import Book, build_book
from domain.matching.decision import Allocation, Ambiguous, Decision, Line, Matched, Proposal
from domain.matching.explain import as_json, from_json
from domain.matching.item import EarlyDiscount, Item, ItemKind, ItemState, Party
from domain.matching.matcher import decide
from domain.matching.receipt import Receipt, Reference, ReferenceKind, RemittanceRow
from domain.matching.settings import MatchSettings
from tests.domain.matching.ledgers import ALL_LIVE, ON, account, got

PARTIES = (
    Party(1, ("Alder Works Ltd",), None, (account(1),)),
    Party(2, ("Birch Logistics GmbH",), 1, (account(2),)),
    Party(3, ("Cedar Foods SA",), None, (account(3),)),
)
LOOSE = replace(
    ALL_LIVE,
    fees=(Money(2_500, "USD"),),
    withholding=(1_000,),
    write_off=(Money(300, "USD"),),
    write_off_percent=100,
)
AMOUNTS = [1_000, 2_537, 5_011, 7_548, 10_000, 12_537]


@st.composite
def items(draw: st.DrawFn) -> tuple[Item, ...]:
    """Up to nine invoices and credits of three customers, of few amounts, so that ties are many."""
    found = []
    for n in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from([ItemKind.INVOICE] * 4 + [ItemKind.CREDIT_MEMO]))
        currency = draw(st.sampled_from(["USD"] * 5 + ["EUR"]))
        total = Money(draw(st.sampled_from(AMOUNTS)), currency)
        state = draw(st.sampled_from([ItemState.OPEN] * 5 + [ItemState.PAID]))
        due = ON + timedelta(days=draw(st.integers(-20, 10)))
        offer = EarlyDiscount(Money(total.minor // 50, currency), due)
        found.append(
            Item(
                kind,
                n + 1,
                f"{'INV' if kind is ItemKind.INVOICE else 'CM'}-{5000 + n * 11}",
                draw(st.integers(1, 3)),
                total if state is ItemState.OPEN else Money.zero(currency),
                total,
                due,
                due,
                state,
                discount=offer if draw(st.booleans()) else None,
            )
        )
    return tuple(found)


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    """Money near what such items sum to, with references and rows that may be right or wrong."""
    parts = draw(st.lists(st.sampled_from(AMOUNTS), min_size=1, max_size=3))
    off = draw(st.sampled_from([0, 0, 0, 0, 50, 100, 2_500, -200]))
    amount = Money(max(1, sum(parts) - off), "USD")
    numbers = draw(st.lists(st.integers(0, 9), max_size=3))
    text = " ".join(f"INV-{5000 + n * 11}" for n in numbers)
    rows = tuple(
        RemittanceRow(f"INV-{5000 + n * 11}", Money(draw(st.sampled_from(AMOUNTS)), "USD"))
        for n in draw(st.lists(st.integers(0, 9), max_size=2))
    )
    payer = draw(st.sampled_from([None, 1, 2, 3]))
    return Receipt(
        1,
        amount,
        ON,
        payer_name=draw(st.sampled_from(["", "Alder Works Ltd", "CEDAR FOODS"])),
        accounts=(account(payer),) if payer else (),
        references=(Reference(ReferenceKind.REMITTANCE, text),) if text else (),
        remittance=rows,
        invoice_ids=tuple(draw(st.lists(st.integers(1, 9), max_size=1))),
    )


both = st.sampled_from([ALL_LIVE, LOOSE])


def told(decision: Decision) -> str:
    return json.dumps(as_json(decision))


def proposals(decision: Decision) -> tuple[Proposal, ...]:
    if isinstance(decision, Matched):
        return (decision.proposal, *((decision.runner_up,) if decision.runner_up else ()))
    return decision.proposals if isinstance(decision, Ambiguous) else ()


@settings(max_examples=60)
@given(receipts(), items(), both, st.randoms(use_true_random=False))
def test_order_is_irrelevant_and_a_replay_gives_the_same_bytes(
    receipt: Receipt, book: tuple[Item, ...], allowed: MatchSettings, shuffler: Random
) -> None:
    first = decide(receipt, build_book(book, PARTIES), allowed)
    mixed, parties = list(book), list(PARTIES)
    shuffler.shuffle(mixed)
    shuffler.shuffle(parties)
    again = decide(receipt, build_book(mixed, parties), allowed)
    assert told(again) == told(first)
    assert from_json(json.loads(told(first))) == first


@settings(max_examples=60)
@given(receipts(), items(), both)
def test_sums_hold_and_nothing_is_given_away(
    receipt: Receipt, book: tuple[Item, ...], allowed: MatchSettings
) -> None:
    known = build_book(book, PARTIES)
    decision = decide(receipt, known, allowed)
    for proposal in proposals(decision):
        _balanced(receipt, proposal.allocation, known)
    if isinstance(decision, Matched):
        assert all(gate.passed for gate in decision.gates)
        assert not decision.proposal.allocation.unapplied
        assert decision.payer.customer_id is not None
        owners = {_item(known, x).customer_id for x in decision.proposal.allocation.invoices}
        assert owners <= decision.payer.family


def _balanced(receipt: Receipt, given: Allocation, known: Book) -> None:
    paid = sum(x.amount.minor for x in given.invoices)
    taken = sum(x.amount.minor for x in given.credits)
    assert receipt.amount.minor + given.fee.minor + taken == paid + given.unapplied.minor
    lines = (*given.invoices, *given.credits)
    assert len({(x.kind, x.item_id) for x in lines}) == len(lines)
    for line in lines:
        item = _item(known, line)
        parts = (line.amount, line.discount, line.writeoff, line.withheld, line.deduction)
        assert min(p.minor for p in parts) >= 0
        assert line.amount.minor > 0
        assert sum(p.minor for p in parts) <= item.open.minor
        assert {p.currency for p in parts} == {item.open.currency} == {receipt.amount.currency}


def _item(known: Book, line: Line) -> Item:
    item = known.item(line.kind, line.item_id)
    assert item is not None
    return item


@settings(max_examples=60)
@given(receipts(), items(), items())
def test_items_of_strangers_never_become_a_match_of_a_certain_payer(
    receipt: Receipt, book: tuple[Item, ...], others: tuple[Item, ...]
) -> None:
    sent = replace(receipt, accounts=(account(3),), payer_name="", invoice_ids=())
    more = tuple(replace(i, id=i.id + 100, number=f"X{i.number}7", customer_id=1) for i in others)
    alone = decide(sent, build_book(book, PARTIES), ALL_LIVE)
    decision = decide(sent, build_book((*book, *more), PARTIES), ALL_LIVE)
    if isinstance(decision, Matched):
        assert {x.item_id for x in decision.proposal.allocation.invoices} <= {i.id for i in book}
        assert isinstance(alone, Matched)


@settings(max_examples=40)
@given(items(), st.integers(1, 3))
def test_plain_numbers_with_their_exact_sum_always_match(
    book: tuple[Item, ...], customer: int
) -> None:
    mine = [i for i in book if i.customer_id == customer and i.kind is ItemKind.INVOICE]
    chosen = [i for i in mine if i.state is ItemState.OPEN and i.open.currency == "USD"][:3]
    if not chosen:
        return
    amount = Money(sum(i.open.minor for i in chosen), "USD")
    text = ", ".join(i.number for i in chosen)
    sent = replace(got("1.00 USD", text, payer=customer), amount=amount)
    decision = decide(sent, build_book(book, PARTIES), ALL_LIVE)
    assert isinstance(decision, Matched)
    assert {x.item_id for x in decision.proposal.allocation.invoices} == {i.id for i in chosen}
