"""Who changed what drifted, by the ERP's own notes, where the role may read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from erp.port import Erp, ErpNote
from store import drift
from store.drift import DriftFindingRow
from store.engine import Database

BATCH = 200


async def name_authors(db: Database, erp: Erp, now: datetime) -> int:
    """Ask once of every new finding who it was; the number of findings that got a name.

    The ERP is asked outside any transaction. Raises ErpUnavailable or ErpRefused.
    """
    async with db.read() as session:
        asked = [row.netsuite_id for row in await drift.unattributed(session, BATCH)]
    if not asked:
        return 0
    notes = await erp.notes_of(sorted(set(asked)))
    named = 0
    async with db.begin() as session:
        for row in await drift.of_documents(session, asked):
            if row.asked_who_at is not None or row.state == drift.CLOSED:
                continue
            note = _latest(row, notes or ())
            row.asked_who_at = now
            if note is not None:
                row.changed_by, row.changed_at = note.by[:200], note.at
                named += 1
    return named


def _latest(row: DriftFindingRow, notes: Iterable[ErpNote]) -> ErpNote | None:
    """The last note on the finding's document."""
    about = [note for note in notes if note.record_netsuite_id == row.netsuite_id]
    return about[-1] if about else None
