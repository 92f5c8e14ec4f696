"""What an effect still lacks before anybody may let it happen."""

from __future__ import annotations

from effects.kinds import (
    CreateCreditMemo,
    Effect,
    PostJournal,
    RefundCustomer,
    WriteOffInvoice,
)


def missing(effect: Effect) -> str:
    """What is not known yet, in words, "" when nothing is. Nothing is ever guessed instead."""
    match effect:
        case PostJournal():
            unset = [line.account_name for line in effect.lines if not line.account_netsuite_id]
            return f"no account is set for {' and '.join(unset)}" if unset else ""
        case RefundCustomer():
            return "" if effect.account_netsuite_id else "no account is set to refund from"
        case CreateCreditMemo() | WriteOffInvoice():
            unset = [line.item_name for line in effect.lines if not line.item_netsuite_id]
            return f"no item is set for {' and '.join(unset)}" if unset else ""
        case _:
            return ""
