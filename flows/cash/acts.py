"""What a person may do with a receipt. Somebody else approves what leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.ledger.money import Money
from effects.actor import Actor
from flows.cash.outcomes import Acted, ActRefused, Chosen
from flows.desk import Desk
from store.engine import Session

Explicit = Literal["exact", "partial", "over"]


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """What of the money goes to one invoice, and what closes more of it without money.

    `deduction` stays open on the invoice as a case under `deduction_code`.
    """

    invoice_id: int
    amount: Money
    discount: Money | None = None
    writeoff: Money | None = None
    deduction: Money | None = None
    deduction_code: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceCredit:
    """What of a credit is used up together with the money. `kind` is an ItemKind but invoice."""

    kind: str
    id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants a receipt applied.

    `explicit` says that a difference is meant: "partial" leaves a part of an invoice open,
    "over" leaves money on the account, which `keep_unapplied` must agree to.
    """

    lines: tuple[ChoiceLine, ...]
    credits: tuple[ChoiceCredit, ...] = ()
    fee: Money | None = None
    keep_unapplied: bool = False
    explicit: Explicit = "exact"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One payer's part of a receipt that is split."""

    amount: Money
    payer_name: str = ""
    customer_id: int | None = None
    reference: str = ""


async def choose(
    session: Session, desk: Desk, payment_id: int, choice: Choice, by: Actor, now: datetime
) -> Chosen | ActRefused:
    """Propose what a person picked."""
    raise NotImplementedError


async def decline(
    session: Session,
    desk: Desk,
    payment_id: int,
    proposal_digest: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """This proposal is wrong: it is withdrawn and never made again. `proposal_digest`: see view."""
    raise NotImplementedError


async def assign_payer(
    session: Session,
    desk: Desk,
    payment_id: int,
    customer_id: int,
    by: Actor,
    now: datetime,
    *,
    remember: bool,
) -> Acted | ActRefused:
    """This customer paid it; the receipt is matched again. `remember`: so did it other times."""
    raise NotImplementedError


async def split(
    session: Session,
    desk: Desk,
    payment_id: int,
    parts: Sequence[Part],
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """Take a receipt apart into its payers, to the cent; each part is matched on its own."""
    raise NotImplementedError


async def park(
    session: Session,
    desk: Desk,
    payment_id: int,
    reason: str,
    until: date | None,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """Lay a receipt aside until a day, or until somebody takes it up."""
    raise NotImplementedError


async def unpark(
    session: Session, desk: Desk, payment_id: int, by: Actor, now: datetime
) -> Acted | ActRefused:
    """Take a parked receipt up again: it is matched anew."""
    raise NotImplementedError


async def on_account(
    session: Session, desk: Desk, payment_id: int, reason: str, by: Actor, now: datetime
) -> Chosen | ActRefused:
    """Propose to post it without invoices: it stands unapplied on the payer's account."""
    raise NotImplementedError


async def not_a_receipt(
    session: Session,
    desk: Desk,
    payment_id: int,
    kind: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """No customer sent it for an invoice. An empty `kind` says that one did, after all."""
    raise NotImplementedError


async def unapply(
    session: Session,
    desk: Desk,
    payment_id: int,
    invoice_ids: Sequence[int],
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen | ActRefused:
    """Propose to take a posted payment off these invoices; it stays on the account."""
    raise NotImplementedError


async def refund(
    session: Session,
    desk: Desk,
    payment_id: int,
    amount: Money,
    reason: str,
    by: Actor,
    now: datetime,
) -> Chosen | ActRefused:
    """Propose to give unapplied money back. A controller decides."""
    raise NotImplementedError
