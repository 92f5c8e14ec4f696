"""Paying: through Stripe with more or less of a reference, sometimes straight to the bank."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from sandbox.company import Claim, Company, Debtor
from sandbox.debtors.memory import Memory, Transfer
from sandbox.debtors.mind import Owed
from sandbox.stripe.objects import Buyer, Receipt
from sandbox.stripe.store import StripeStore

_METHODS = {"EUR": "sepa_debit", "USD": "us_bank_account", "GBP": "bacs_debit"}


def buyer(debtor: Debtor) -> Buyer:
    """The debtor as Stripe knows it: linked to the ERP's customer by metadata."""
    return Buyer(
        stripe_id=debtor.stripe_customer_id,
        name=debtor.legal_name,
        email=debtor.people[0].email,
        currency=debtor.currency,
        country=debtor.country,
        metadata={"netsuite_customer_id": str(debtor.id)},
    )


class Purse:
    """Knows what is open and pays it at most once."""

    def __init__(
        self, company: Company, memory: Memory, stripe: StripeStore, *, seed: int, transfers: int
    ) -> None:
        self._memory = memory
        self._stripe = stripe
        self._seed = seed
        self._transfers = transfers
        self.claims = {claim.id: claim for claim in company.claims}
        self._settled: dict[int, int] = {}
        for entry in company.settlements:
            for claim_id, amount in entry.applied:
                self._settled[claim_id] = self._settled.get(claim_id, 0) + amount

    def owed(self, claim: Claim) -> Owed:
        """What the debtor still owes on a claim."""
        paid = self._settled.get(claim.id, 0) + self._memory.paid(claim.id)
        return Owed(claim, max(0, claim.total - paid))

    def pay(
        self, debtor: Debtor, claim_ids: Sequence[int], task_id: int, now: datetime
    ) -> str | None:
        """Pay what is open of these claims. The charge's id; None for a transfer or nothing."""
        owed = [self.owed(self.claims[number]) for number in claim_ids]
        amounts = {item.claim.id: item.open for item in owed if item.open > 0}
        total = sum(amounts.values())
        if total == 0:
            return None
        rng = random.Random(f"pay:{self._seed}:{debtor.id}:{task_id}")
        numbers = [self.claims[number].number for number in amounts]
        charge_id = None
        if rng.randrange(100) < self._transfers:
            reference = f"{debtor.name} {' '.join(numbers)}"[:140]
            transfer = Transfer(debtor.id, total, debtor.currency, reference, now)
            self._memory.record_transfer(task_id, transfer)
        else:
            key = f"{self._seed}:{debtor.id}:{task_id}"
            charge_id = self._stripe.pay(_receipt(rng, debtor, numbers, total, key))
        self._memory.record_paid(task_id, amounts)
        return charge_id


def _receipt(
    rng: random.Random, debtor: Debtor, numbers: Sequence[str], amount: int, key: str
) -> Receipt:
    who = buyer(debtor)
    style = rng.choices(("full", "short", "none"), (70, 18, 12))[0]
    metadata, description = {}, ""
    if style == "full":
        metadata = {**who.metadata, "invoice_numbers": ",".join(numbers)}
        description = f"Payment for {', '.join(numbers)}"
    elif style == "short":
        description = " ".join(number.lstrip("INV") for number in numbers)
    method = _METHODS.get(debtor.currency, "card")
    return Receipt(key, who, amount, debtor.currency, description, metadata, method)
