"""Payment terms as a contract writes them, as the ERP's own terms."""

from __future__ import annotations

from domain.ledger.billing.terms import Terms, read_terms
from erp.mapping import Mappings, key
from erp.masters import ErpTerm
from erp.review.subject import Masters


def erp_terms(text: str, source: str, masters: Masters, mappings: Mappings) -> str:
    """The ERP's id of terms: mapped, of the same name, or the only ones that say the same.

    Empty where nothing fits; the customer's own terms hold then, and the review says so.
    """
    if not text.strip():
        return ""
    mapped = mappings.find("terms", text, source)
    if mapped is not None and not mapped.guess:
        return mapped.netsuite_id
    known = [term for term in masters.terms.values() if not term.inactive]
    named = [term for term in known if key(term.name) == key(text)]
    if len(named) == 1:
        return named[0].netsuite_id
    read = read_terms(text)
    if not isinstance(read, Terms) or read.counts_from not in ("invoice_date", "receipt"):
        return ""
    alike = [term for term in known if _same(term, read)]
    return alike[0].netsuite_id if len(alike) == 1 else ""


def _same(term: ErpTerm, read: Terms) -> bool:
    days = read.discount_days if read.discount_percent else None
    theirs = (term.discount_percent, term.discount_days if term.discount_percent else None)
    return term.days == read.days and theirs == (read.discount_percent, days)
