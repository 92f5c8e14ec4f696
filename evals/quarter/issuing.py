"""The seller goes on selling: new invoices enter the ERP as its own users would enter them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from domain.ledger.money import Money
from sandbox.company import Claim
from sandbox.server import World

_MOST_A_DAY = 3
_PRICES = (18_000, 42_500, 96_000, 125_000, 240_000, 410_000)
_SERVICE = "501"


@dataclass(slots=True)
class Issuing:
    """A few invoices each business day, the same for the same seed."""

    world: World
    seed: int

    async def issue(self, day: date) -> None:
        """Enter the day's invoices, and let the debtors know that they owe them."""
        if day.weekday() > 4:
            return
        rng = random.Random(f"issue:{self.seed}:{day}")
        async with httpx.AsyncClient(trust_env=False, timeout=30) as erp:
            for _ in range(rng.randint(0, _MOST_A_DAY)):
                await self._one(erp, rng, day)

    async def _one(self, erp: httpx.AsyncClient, rng: random.Random, day: date) -> None:
        company = self.world.parts.company
        debtor = rng.choice(company.debtors)
        total = Money(rng.choice(_PRICES) + rng.randrange(0, 9_900, 100), debtor.currency)
        due_on = day + timedelta(days=debtor.terms_days)
        fields = {
            "entity": {"id": str(debtor.id)},
            "tranDate": day.isoformat(),
            "dueDate": due_on.isoformat(),
            "item": {"items": [{"item": {"id": _SERVICE}, "quantity": "1", "rate": total.plain()}]},
        }
        made = await self._act(erp, do="create", type="invoice", fields=fields)
        row = self.world.erp.row('SELECT tranid FROM "transaction" WHERE id = ?', (made["id"],))
        claim = Claim(
            id=int(made["id"]),
            number=str(row["tranid"]) if row else "",
            debtor_id=debtor.id,
            subsidiary_id=debtor.subsidiary_id,
            currency=debtor.currency,
            issued_on=day,
            due_on=due_on,
            total=total.minor,
            po_number="",
            memo="",
        )
        self.world.parts.life.owe(claim)

    async def _act(self, erp: httpx.AsyncClient, **spec: object) -> Any:
        answer = await erp.post(
            f"{self.world.erp_url}/admin/act",
            json=spec,
            headers={"Authorization": f"Bearer {self.world.parts.secrets.control_token}"},
        )
        answer.raise_for_status()
        return answer.json()
