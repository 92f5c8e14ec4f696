"""The papers of the seeded company: invoices, and the payments and credits that settled them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.ledger.money import exponent
from sandbox.company import Claim, Debtor, Settlement, Temperament
from sandbox.names import PRICE_POINTS, PRICE_POINTS_ZERO_DECIMALS, WARES

_FIRST_CLAIM_ID = 5001
_FIRST_NUMBER = 20001
_HISTORY_DAYS = 540
_OPEN_PER_MILLE = 150
_AGES = ((1, 10), (11, 30), (31, 60), (61, 90), (91, 210))
_AGE_SHARES = (32, 30, 20, 10, 8)
_LAGS = {
    Temperament.ON_TIME: (-3, 0),
    Temperament.LATE: (5, 25),
    Temperament.PROMISE_BREAKER: (20, 60),
    Temperament.SILENT: (15, 70),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim and whether it is still open at the company's date."""

    claim: Claim
    is_open: bool


def draft_claims(
    rng: random.Random, debtors: Sequence[Debtor], today: date, count: int
) -> tuple[Draft, ...]:
    """`count` invoices, oldest first; about half of the open ones are past due."""
    open_count = count * _OPEN_PER_MILLE // 1000
    slow = _by_turns([d for d in debtors if d.temperament is not Temperament.ON_TIME])
    sizes = [1 + (7 * (i % 13)) % 9 for i in range(len(debtors))]
    owners = rng.choices(debtors, sizes, k=count)
    drafts: list[Draft] = []
    for index in range(count):
        owner, is_open = owners[index], index < open_count
        overdue = is_open and index % 2 == 0 and bool(slow)
        if overdue:
            owner = slow[index // 2 % len(slow)]
        due_on = _due_on(rng, owner, today, is_open=is_open, overdue=overdue)
        drafts.append(Draft(_claim(rng, owner, due_on), is_open))
    drafts.sort(key=lambda draft: draft.claim.issued_on)
    return tuple(_number(draft, index) for index, draft in enumerate(drafts))


def settle(
    rng: random.Random, debtors: Sequence[Debtor], drafts: Sequence[Draft], today: date
) -> tuple[Settlement, ...]:
    """Payments and credits: closed claims in full, a few open ones in part, some unapplied."""
    book = _Book(rng, today, _FIRST_CLAIM_ID + len(drafts))
    by_debtor: dict[int, list[Claim]] = {debtor.id: [] for debtor in debtors}
    for draft in drafts:
        if not draft.is_open:
            by_debtor[draft.claim.debtor_id].append(draft.claim)
        elif rng.randrange(100) < 12:
            book.part_paid(draft.claim)
    for debtor in debtors:
        book.pay_all(debtor, by_debtor[debtor.id])
        if rng.randrange(100) < 4:
            book.unapplied(debtor)
    return book.entries()


def _by_turns(debtors: list[Debtor]) -> list[Debtor]:
    """One of each temperament first, so that a small world still shows all of them."""
    first: dict[Temperament, Debtor] = {}
    for debtor in debtors:
        first.setdefault(debtor.temperament, debtor)
    chosen = {debtor.id for debtor in first.values()}
    return [*first.values(), *(d for d in debtors if d.id not in chosen)]


def _due_on(
    rng: random.Random, owner: Debtor, today: date, *, is_open: bool, overdue: bool
) -> date:
    if overdue:
        low, high = rng.choices(_AGES, _AGE_SHARES)[0]
        return today - timedelta(days=rng.randint(low, high))
    if is_open:
        return today + timedelta(days=rng.randint(0, owner.terms_days))
    return today - timedelta(days=rng.randint(2, _HISTORY_DAYS - owner.terms_days))


def _claim(rng: random.Random, owner: Debtor, due_on: date) -> Claim:
    return Claim(
        id=0,
        number="",
        debtor_id=owner.id,
        subsidiary_id=owner.subsidiary_id,
        currency=owner.currency,
        issued_on=due_on - timedelta(days=owner.terms_days),
        due_on=due_on,
        total=_amount(rng, owner.currency),
        po_number=f"PO-{rng.randint(4_500_000, 4_599_999)}" if rng.randrange(10) < 4 else "",
        memo=rng.choice(WARES),
    )


def _amount(rng: random.Random, currency: str) -> int:
    whole = exponent(currency) == 0
    if rng.randrange(100) < 45:
        points = PRICE_POINTS_ZERO_DECIMALS if whole else PRICE_POINTS
        return rng.choice(points) * rng.choices((1, 2, 3, 5), (70, 15, 10, 5))[0]
    top = rng.choices((80_000, 600_000, 4_000_000), (45, 45, 10))[0]
    return rng.randint(3_000, top)


def _number(draft: Draft, index: int) -> Draft:
    claim = replace(draft.claim, id=_FIRST_CLAIM_ID + index, number=f"INV{_FIRST_NUMBER + index}")
    return Draft(claim, draft.is_open)


class _Book:
    """Collects settlements and numbers them in order of their date."""

    def __init__(self, rng: random.Random, today: date, first_id: int) -> None:
        self._rng = rng
        self._today = today
        self._first_id = first_id
        self._entries: list[Settlement] = []

    def entries(self) -> tuple[Settlement, ...]:
        ordered = sorted(self._entries, key=lambda entry: entry.on)
        return tuple(
            replace(
                entry,
                id=self._first_id + index,
                number=f"{'CM' if entry.kind == 'credit' else 'PYMT'}{10001 + index}",
            )
            for index, entry in enumerate(ordered)
        )

    def part_paid(self, claim: Claim) -> None:
        amount = claim.total * self._rng.randint(20, 70) // 100
        kind = "credit" if self._rng.randrange(4) == 0 else "payment"
        on = claim.issued_on + timedelta(days=self._rng.randint(1, 20))
        self._add(kind, claim, on, amount, ((claim.id, amount),))

    def pay_all(self, debtor: Debtor, claims: Sequence[Claim]) -> None:
        rest = list(claims)
        while rest:
            size = self._rng.choices((1, 2, 3), (75, 17, 8))[0]
            batch, rest = rest[:size], rest[size:]
            owed = [(claim.id, claim.total - self._credit(claim)) for claim in batch]
            low, high = _LAGS.get(debtor.temperament, (1, 18))
            on = max(c.due_on for c in batch) + timedelta(days=self._rng.randint(low, high))
            self._add("payment", max(batch, key=_issued), on, sum(a for _, a in owed), tuple(owed))

    def unapplied(self, debtor: Debtor) -> None:
        amount = _amount(self._rng, debtor.currency)
        claim = _claim(self._rng, debtor, self._today)
        on = self._today - timedelta(days=self._rng.randint(1, 40))
        kind = "credit" if self._rng.randrange(2) else "payment"
        self._add(kind, claim, on, amount, ())

    def _credit(self, claim: Claim) -> int:
        if self._rng.randrange(100) >= 4:
            return 0
        amount = claim.total * self._rng.randint(3, 20) // 100
        on = claim.issued_on + timedelta(days=self._rng.randint(1, 15))
        self._add("credit", claim, on, amount, ((claim.id, amount),))
        return amount

    def _add(
        self,
        kind: str,
        like: Claim,
        on: date,
        amount: int,
        applied: tuple[tuple[int, int], ...],
    ) -> None:
        self._entries.append(
            Settlement(
                id=0,
                number="",
                kind=kind,
                debtor_id=like.debtor_id,
                subsidiary_id=like.subsidiary_id,
                currency=like.currency,
                on=min(max(on, like.issued_on), self._today),
                amount=amount,
                applied=applied,
            )
        )


def _issued(claim: Claim) -> date:
    return claim.issued_on
