"""System notes: who changed what, as NetSuite keeps them for every record."""

from __future__ import annotations

from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore

REST = "REST Web Services"
TRANSACTION_NOTE, ENTITY_NOTE, OTHER_NOTE = -30, -9, -1


def note(
    store: ErpStore,
    stamp: Stamp,
    actor: str,
    record_id: int,
    change: tuple[str, str, str, str],
    record_type: int = TRANSACTION_NOTE,
) -> None:
    """Leave a system note: field, old value, new value, type."""
    field, old, new, kind = change
    store.insert(
        "systemnote",
        {
            "recordid": record_id,
            "recordtypeid": record_type,
            "field": field,
            "oldvalue": old or None,
            "newvalue": new or None,
            "date": stamp.wall,
            "name": actor,
            "role": "Integration" if actor == REST else "Administrator",
            "context": "REST" if actor == REST else "UI",
            "type": kind,
        },
    )
