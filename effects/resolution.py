"""What must be on record when a person says that an unknown effect happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from effects.actor import Person
from effects.kinds import (
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    PostCustomerPayment,
    PostJournal,
    PostToCustomerChannel,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    SendEmail,
    UnapplyPayment,
    UpdateInvoice,
    VoidRequest,
    WriteOffInvoice,
)
from effects.moving import effect_of
from store.effects import EffectRow


def missing_evidence(row: EffectRow, given: Mapping[str, str]) -> str:
    """What the person must also say for this kind, empty when nothing is missing."""
    effect = effect_of(row)
    match effect:
        case SendEmail() | UpdateInvoice() | PutApplications() | UnapplyPayment():
            return ""
        case ApplyCredit() | ReversePayment() | PostToCustomerChannel() | VoidRequest():
            return ""
        case CreateCreditMemo() | WriteOffInvoice():
            return _made(given, "credit memo")
        case RefundCustomer():
            return _made(given, "refund")
        case PostJournal():
            return _made(given, "journal")
        case PostCustomerPayment():
            return _made(given, "payment")
        case CreateInvoice():
            return _made(given, "invoice")
        case CreateCustomer():
            return _made(given, "customer")
        case _:
            assert_never(effect)


def _made(given: Mapping[str, str], record: str) -> str:
    found = given.get("netsuite_id", "")
    return "" if found.isascii() and found.isdecimal() else f"the NetSuite id of the {record}"


def said_by_person(
    row: EffectRow, given: Mapping[str, str], by: Person, began_at: datetime
) -> dict[str, object]:
    """The evidence of a person's word, in the form performers record."""
    known: dict[str, object] = {"said_by": str(by.actor), "sent_at": began_at.isoformat()}
    return known | {"effect_key": row.key} | dict(given)
