"""Which instalments of a plan a draft stands for."""

from __future__ import annotations

from collections.abc import Sequence

from store.billing import InstalmentRow
from store.engine import Session


def standing_for(rows: Sequence[InstalmentRow], draft_id: int) -> list[InstalmentRow]:
    """The instalments of the present plan that a draft stands for, in the order of its lines."""
    mine = [row for row in rows if row.draft_id == draft_id and row.state == "drafted"]
    return sorted(mine, key=lambda row: (row.key.rpartition(":v")[0], row.sequence, row.key))


def taken_out(session: Session, rows: Sequence[InstalmentRow], draft_id: int) -> None:
    """Nothing of this deal is in the draft any more: what it stood for is planned again."""
    for row in rows:
        if row.draft_id != draft_id or row.state not in ("drafted", "replaced"):
            continue
        row.state = "planned" if row.state == "drafted" else row.state
        row.draft_id, row.draft_line = None, 0
        session.add(row)


def adopt(session: Session, rows: Sequence[InstalmentRow], draft_id: int) -> None:
    """The draft is made from the present plan of a deal, with these instalments, from now on."""
    mine = standing_for(rows, draft_id)
    for row in rows:
        if row.draft_id == draft_id and row not in mine and row.state == "replaced":
            row.draft_id, row.draft_line = None, 0
            session.add(row)
    for place, row in enumerate(mine, 1):
        row.draft_line = place
        session.add(row)
