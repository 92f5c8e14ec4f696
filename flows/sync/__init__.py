"""The ERP's receivable ledger into the mirror: imports and passes."""

from flows.sync.mirror import SyncResult
from flows.sync.passes import fast_pass, first_import, imported, refresh_invoices, wide_pass

__all__ = [
    "SyncResult",
    "fast_pass",
    "first_import",
    "imported",
    "refresh_invoices",
    "wide_pass",
]
