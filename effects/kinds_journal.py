"""A journal entry as an effect: always balanced, posted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from domain.ledger.money import Money
from effects.payload import some_money_in, some_money_out
from security.chain import digest

JournalPurpose = Literal[
    "bank_fee",
    "write_off",
    "return",
    "chargeback",
    "chargeback_won",
    "small_surplus",
    "recovery",
    "payout",
    "revenue",
    "other",
]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A debit or a credit. `entity_netsuite_id` is the customer of a line on receivables.

    An empty account is one that nobody has configured yet; `account_name` then says which.
    """

    account_netsuite_id: str
    account_name: str
    debit: Money | None = None
    credit: Money | None = None
    entity_netsuite_id: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        sides = [side for side in (self.debit, self.credit) if side is not None]
        if len(sides) != 1 or sides[0].minor <= 0:
            raise ValueError("a line is either a debit or a credit, and positive")

    @property
    def signed(self) -> Money:
        """Debits positive, credits negative."""
        if self.debit is not None:
            return self.debit
        if self.credit is None:
            raise ValueError("a line has an amount")
        return -self.credit

    def payload(self) -> dict[str, object]:
        return {
            "account_netsuite_id": self.account_netsuite_id,
            "account_name": self.account_name,
            "debit": some_money_out(self.debit),
            "credit": some_money_out(self.credit),
            "entity_netsuite_id": self.entity_netsuite_id,
            "memo": self.memo,
        }

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> EntryLine:
        sides = {name: some_money_in(raw[name]) for name in ("debit", "credit")}
        return cls(**{**raw, **sides})


@dataclass(frozen=True, slots=True)
class PostJournal:
    """One journal entry in the ERP: a bank's fee, a small balance written off, a return.

    A companion of another effect names that one's key in `waits_for`: it is posted only after it.
    `payment_id` is the receipt it belongs to, 0 without one. Revenue is posted here only where the
    ERP does not post it: such a journal says `revenue_mode` journal, and no other journal does.
    """

    kind: ClassVar[str] = "post_journal"
    channel: ClassVar[str] = "erp"

    purpose: JournalPurpose
    customer_id: int | None
    customer_netsuite_id: str
    lines: tuple[EntryLine, ...]
    posted_on: date
    occasion: str
    external_id: str
    subsidiary_netsuite_id: str = ""
    exchange_rate: str = ""
    memo: str = ""
    waits_for: str = ""
    payment_id: int = 0
    revenue_mode: Literal["", "journal"] = ""

    def __post_init__(self) -> None:
        if self.revenue_mode != ("journal" if self.purpose == "revenue" else ""):
            raise ValueError("revenue is posted by a journal only where the ERP does not post it")
        if len(self.lines) < 2 or len({line.signed.currency for line in self.lines}) != 1:
            raise ValueError("a journal has two lines at least, in one currency")
        if sum(line.signed.minor for line in self.lines) != 0:
            raise ValueError("a journal is balanced")

    @property
    def amount(self) -> Money:
        """What it moves: the sum of its debits."""
        currency = self.lines[0].signed.currency
        return Money(sum(max(0, line.signed.minor) for line in self.lines), currency)

    def key(self) -> str:
        """Stable identity: one occasion is journalled once."""
        return f"journal:{self.purpose}:{self.occasion}"

    def title(self) -> str:
        return f"Journal of {self.amount}: {self.memo or self.purpose.replace('_', ' ')}"

    def payload(self) -> dict[str, object]:
        return {
            "purpose": self.purpose,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "lines": [line.payload() for line in self.lines],
            "posted_on": self.posted_on.isoformat(),
            "occasion": self.occasion,
            "external_id": self.external_id,
            "subsidiary_netsuite_id": self.subsidiary_netsuite_id,
            "exchange_rate": self.exchange_rate,
            "memo": self.memo,
            "waits_for": self.waits_for,
            "payment_id": self.payment_id,
            "revenue_mode": self.revenue_mode,
        }

    def fingerprint(self) -> str:
        """A journal that is not of revenue has the fingerprint of before there was a mode."""
        told = {"kind": self.kind, **self.payload()}
        if not self.revenue_mode:
            del told["revenue_mode"]
        return digest(told)

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> PostJournal:
        values = dict(raw)
        values["lines"] = tuple(EntryLine.from_payload(one) for one in values["lines"])
        values["posted_on"] = date.fromisoformat(values["posted_on"])
        return cls(**values)
