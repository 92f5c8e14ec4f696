"""Which quote of a deal binds. A quote and its deal hold separate copies of the line items."""

from __future__ import annotations

from collections.abc import Iterable

from sources.hubspot.rest.records import QuoteProperties, Record
from sources.hubspot.won.notes import Notes, shown

# Values seen in the property definitions of accounts: hs_status is "ACCEPTED" of quotes of the
# newer kind, hs_quote_status knows void ones; older quotes only tell of signatures.
_DEAD = frozenset({"VOID", "ARCHIVED", "REJECTED", "CHANGES_REQUESTED"})
_SIGNED = frozenset({"SIGNED", "MANUALLY_SIGNED", "ESIGN_COMPLETED"})
_PAID = frozenset({"PAID", "PROCESSING"})


def binding(quotes: Iterable[Record], notes: Notes) -> Record | None:
    """The one quote that was accepted or signed, or None; several are a problem."""
    bound: list[Record] = []
    for record in quotes:
        quote = record.read_as(QuoteProperties)
        if quote is None:
            notes.add("shape", f"a property of quote {record.id} is not text")
        elif not record.archived and is_accepted(quote):
            bound.append(record)
            if quote.hs_payment_status.upper() in _PAID:
                words = f"quote {record.id} is paid through HubSpot: an invoice would ask twice"
                notes.add("quote_paid", words)
    if len(bound) > 1:
        ids = ", ".join(record.id for record in bound[:10])
        notes.add("quotes_several", f"more than one quote is accepted: {ids}")
    return bound[0] if len(bound) == 1 else None


def is_accepted(quote: QuoteProperties) -> bool:
    """Whether the buyer accepted or signed it. A signed quote stays signed when it expires."""
    states = {quote.hs_status.upper(), quote.hs_quote_status.upper()}
    if states & _DEAD:
        return False
    signs = {quote.hs_sign_status.upper(), quote.hs_quote_esign_status.upper()}
    manually = quote.hs_manually_signed.lower() == "true"
    return "ACCEPTED" in states or bool(signs & _SIGNED) or manually or _all_signed(quote)


def currency_of(quote: Record | None, deal_currency: str, fallback: str, notes: Notes) -> str:
    """The currency of deal and quote, which have to agree; empty where none is known."""
    properties = quote.read_as(QuoteProperties) if quote is not None else None
    told = properties.hs_currency.upper() if properties is not None else ""
    own = deal_currency.upper() or told or fallback
    if told and told != own:
        notes.add("currency_differs", f"the quote is in {shown(told)}, the deal in {shown(own)}")
    if len(own) != 3 or not own.isascii() or not own.isalpha():
        words = f"the currency is {shown(own)}" if own else "no currency is known"
        notes.add("currency_missing", words)
        return ""
    return own


def _all_signed(quote: QuoteProperties) -> bool:
    needed, done = (
        int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
        for text in (quote.hs_esign_num_signers_required, quote.hs_esign_num_signers_completed)
    )
    return 0 < needed <= done
