"""Every table of the service, for migrations. Importing this module registers them all."""

from __future__ import annotations

from sqlmodel import SQLModel

from store import (
    audit,
    drafts,
    drift,
    effects,
    erp_masters,
    erp_mirror,
    followups,
    import_report,
    inbox,
    lines,
    mappings,
    matching,
    outgoing,
    parties,
    passes,
    payouts,
    people,
    receipts,
    receivables,
    reconciliation,
    settlements,
    slots,
    standing,
    switches,
    touchpoints,
    worklist,
)

metadata = SQLModel.metadata
modules = (
    audit,
    drafts,
    drift,
    effects,
    erp_masters,
    erp_mirror,
    followups,
    import_report,
    inbox,
    lines,
    mappings,
    matching,
    outgoing,
    parties,
    passes,
    payouts,
    people,
    receipts,
    receivables,
    reconciliation,
    settlements,
    slots,
    standing,
    switches,
    touchpoints,
    worklist,
)
