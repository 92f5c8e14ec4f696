"""The seller's bank: each morning it reports the day before, transfers and payouts, as BAI2.

Written after the public BAI2 layout: 01 file, 02 group, 03 account, 16 movement, 49, 98, 99 totals.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.company import Company, Debtor
from sandbox.debtors.memory import Memory, Transfer
from sandbox.stripe.store import StripeStore

_LOOK_SECONDS = 1.0
_SERVICES = ("BILL.COM PAYMENTS", "AP PAYMENT SERVICES")


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that came; `amount` in minor units, `code` the BAI2 type."""

    code: str
    amount: int
    bank_reference: str
    text: str


class Bank:
    """Reports into a folder what reached the seller's accounts, one account a currency."""

    def __init__(
        self,
        company: Company,
        memory: Memory,
        stripe: StripeStore,
        clock: SandboxClock,
        folder: Path,
        seed: int,
    ) -> None:
        self._debtors = {debtor.id: debtor for debtor in company.debtors}
        self._memory = memory
        self._stripe = stripe
        self._clock = clock
        self.folder = folder
        self._seed = seed
        self._state = folder.parent / "bank.json"

    def open(self) -> None:
        """Begin today: what came before is nobody's news."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._state.exists():
            self._keep(self._clock.now().date() - timedelta(days=1))

    async def run(self) -> None:
        """Report every day that is over, until cancelled."""
        while True:
            self.report()
            await asyncio.sleep(_LOOK_SECONDS)

    def report(self) -> Path | None:
        """Write the statement of the days that are over and not reported yet, if there are any."""
        yesterday = self._clock.now().date() - timedelta(days=1)
        kept = json.loads(self._state.read_text(encoding="ascii"))
        through = date.fromisoformat(kept["through"])
        if through >= yesterday:
            return None
        accounts = self._movements(through + timedelta(days=1), yesterday)
        written = self._write(yesterday, accounts) if accounts else None
        self._keep(yesterday)
        return written

    def _keep(self, through: date) -> None:
        self._state.write_text(json.dumps({"through": through.isoformat()}), encoding="ascii")

    def _movements(self, first: date, last: date) -> dict[str, list[Movement]]:
        accounts: dict[str, list[Movement]] = {}
        for number, transfer in enumerate(self._memory.transfers()):
            if first <= transfer.at.date() <= last:
                moved = self._transfer(transfer, number)
                accounts.setdefault(transfer.currency, []).append(moved)
        for currency, moved in self._payouts(first, last):
            accounts.setdefault(currency, []).append(moved)
        return accounts

    def _transfer(self, transfer: Transfer, number: int) -> Movement:
        debtor = self._debtors[transfer.debtor_id]
        rng = random.Random(f"bank:{self._seed}:{number}:{transfer.debtor_id}")
        words = [f"ORIG CO NAME:{_payer(rng, debtor)}"]
        if rng.random() < 0.6:
            words.append(f"DACT:{_account(debtor)}")
        said = _said(rng, transfer.reference.removeprefix(debtor.name).strip())
        if said:
            words.append(f"REMI:{said}")
        code = "142" if transfer.currency == "USD" else "195"
        return Movement(code, transfer.amount, f"T{number:08d}", " ".join(words))

    def _payouts(self, first: date, last: date) -> Iterator[tuple[str, Movement]]:
        begins = datetime.combine(first, time.min, UTC).timestamp()
        ends = datetime.combine(last + timedelta(days=1), time.min, UTC).timestamp()
        by_currency: dict[str, list[str]] = {}
        for charge in self._stripe.newest_first("charge"):
            paid = charge["status"] == "succeeded" and not charge["amount_refunded"]
            if paid and begins <= int(str(charge["created"])) < ends:
                by_currency.setdefault(str(charge["currency"]), []).append(str(charge["id"]))
        for currency, charges in sorted(by_currency.items()):
            trace = f"STRIPE{last:%y%m%d}{currency.upper()}"
            payout_id = self._stripe.pay_out(f"{last}:{currency}", charges, trace)
            known = self._stripe.get("payout", payout_id)
            amount = int(str(known["amount"])) if known is not None else 0
            if amount > 0:
                text = f"ORIG CO NAME:STRIPE TRACE#:{trace}"
                yield currency.upper(), Movement("142", amount, trace, text)

    def _write(self, day: date, accounts: dict[str, list[Movement]]) -> Path:
        target = self.folder / f"statement-{day:%Y%m%d}.bai"
        draft = target.with_suffix(".part")
        draft.write_text(bai2(day, accounts), encoding="ascii", errors="replace")
        draft.rename(target)
        return target


def bai2(day: date, accounts: dict[str, list[Movement]]) -> str:
    """A whole report: one group, one account a currency."""
    lines = [
        f"01,061000104,LARKFIELD,{day:%y%m%d},0600,1,,,2/",
        f"02,LARKFIELD,061000104,1,{day:%y%m%d},2359,USD,2/",
    ]
    reached = 0
    for currency, moved in sorted(accounts.items()):
        total = sum(one.amount for one in moved)
        reached += total
        lines.append(f"03,{account_number(currency)},{currency},,,,/")
        lines.extend(
            f"16,{one.code},{one.amount},Z,{one.bank_reference},,{one.text}" for one in moved
        )
        lines.append(f"49,{total},{len(moved) + 2}/")
    lines.append(f"98,{reached},{len(accounts)},{len(lines)}/")
    lines.append(f"99,{reached},1,{len(lines) + 1}/")
    return "\n".join(lines) + "\n"


def account_number(currency: str) -> str:
    """The seller's account in a currency."""
    return f"4001{int.from_bytes(currency.encode('ascii'), 'big'):08d}"


def _payer(rng: random.Random, debtor: Debtor) -> str:
    style = rng.choices(("cut", "legal", "service"), (55, 37, 8))[0]
    if style == "service":
        return rng.choice(_SERVICES)
    return debtor.legal_name.upper()[:22].strip() if style == "cut" else debtor.legal_name


def _account(debtor: Debtor) -> str:
    return f"{7_100_000_000 + debtor.id * 7_919}"


def _said(rng: random.Random, reference: str) -> str:
    style = rng.choices(("full", "digits", "cut", "none"), (60, 14, 8, 18))[0]
    if style == "digits":
        return " ".join(word.lstrip("INV-") for word in reference.split())
    return {"full": reference, "cut": reference[:18], "none": ""}[style]
