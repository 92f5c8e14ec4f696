"""Everything that is known of one deal: what it says, what was answered, planned and drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.ledger.deal import Deal
from domain.ledger.deal_record import from_payload
from flows.deals.lines import Billable, Question, answered, billed_lines
from store import billing, deals
from store.billing import BillingLineRow, InstalmentRow, MilestoneRow, UsageRow
from store.deals import DealRow
from store.drafts import InvoiceDraftRow
from store.engine import Session

LIVE = ("draft", "submitted")
BILLED_STATES = ("won", "cancelled")


@dataclass(frozen=True, slots=True)
class Book:
    """One deal. `deal` has people's answers in it; `drafts` are those made from it, by id."""

    row: DealRow
    deal: Deal
    billable: tuple[Billable, ...]
    questions: tuple[Question, ...]
    lines: Sequence[BillingLineRow]
    instalments: Sequence[InstalmentRow]
    evidence: Sequence[MilestoneRow]
    usage: Sequence[UsageRow]
    drafts: dict[int, InvoiceDraftRow]

    def live(self, draft_id: int | None) -> bool:
        """Whether a draft is neither in the ERP nor given up."""
        draft = self.drafts.get(draft_id or 0)
        return draft is not None and draft.state in LIVE and not draft.netsuite_id


async def book_of(session: Session, row: DealRow) -> Book:
    """The book of a deal that was read at least once."""
    version = (await deals.current_versions(session, [row.id]))[row.id]
    answers = {a.line_id: a.value for a in await deals.answers_of(session, row.id)}
    deal = answered(from_payload(version.payload), answers)
    evidence = await billing.evidence_of(session, row.id)
    usage = await billing.usage_of(session, row.id)
    billable, questions = billed_lines(deal, evidence, usage)
    return Book(
        row=row,
        deal=deal,
        billable=billable,
        questions=questions,
        lines=await billing.lines_of(session, row.id),
        instalments=await billing.instalments_of(session, row.id),
        evidence=evidence,
        usage=usage,
        drafts=await billing.drafts_of(session, row.id),
    )
