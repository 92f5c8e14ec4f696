"""A draft judged: its findings, who accepted them, the journal, and whether it is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import assert_never

from effects.kinds import CreateCustomer, CreateInvoice, UpdateInvoice
from erp.review.check import review
from erp.review.draft import Draft, DraftLine, Standing
from erp.review.finding import Candidate, JournalLine, ReviewFinding, Severity
from erp.review.fixes import Refresh, fixed
from erp.review.standing import Difference, differences, standing
from erp.review.subject import ResolvedLine, ReviewSubject, Sent
from flows.desk import Desk
from flows.drafts.effects import (
    InvoiceEffect,
    effect_of_draft,
    substance,
    waiting_substance,
)
from flows.drafts.entry import written
from flows.drafts.subjects import subjects_of
from security.chain import digest
from store import review_facts
from store.draft_pages import effects_by_id
from store.drafts import DraftAcknowledgementRow, InvoiceDraftRow
from store.effects import EffectRow
from store.engine import Session

RETURNED = ("expired", "superseded")
_OF_CUSTOMER = ("CUS", "HDR-008", "SYN-003")


@dataclass(frozen=True, slots=True)
class FixChange:
    """What a fix would change: a field of the draft, its value now and after. Text for people."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, who accepted it (name and reason, empty while nobody has), what a fix changes.

    `accepts` binds an acknowledgement to what the person saw: another hash is asked again.
    """

    finding: ReviewFinding
    acknowledged_by: str = ""
    acknowledged_reason: str = ""
    acknowledged_at: datetime | None = None
    changes: tuple[FixChange, ...] = ()
    accepts: str = ""

    @property
    def open(self) -> bool:
        """Whether it still stands in the way."""
        blocked = self.finding.severity is Severity.BLOCK
        return blocked or (self.finding.severity is Severity.WARN and not self.acknowledged_by)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and the item it will be: how it was found, and how alike where it is a guess.

    `found`: given, mapped, sku, default, guess or none. `deal` and `instalment` name what of
    which deal it bills; empty where that is none.
    """

    line: DraftLine
    item_netsuite_id: str
    item_name: str
    found: str
    score: int
    deal: str = ""
    instalment: str = ""


@dataclass(frozen=True, slots=True)
class DraftReview:
    """A draft with everything a person needs to decide.

    `next_step` is what submit proposes: create_customer, create_invoice, update_invoice, nothing.
    """

    draft: Draft
    customer_name: str
    customer_netsuite_id: str
    candidates: tuple[Candidate, ...]
    lines: tuple[ShownLine, ...]
    findings: tuple[Judged, ...]
    journal: tuple[JournalLine, ...]
    standing: Standing
    differences: tuple[Difference, ...]
    content_hash: str
    ready: bool
    next_step: str
    effect_state: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A review with the value it was made from and the effect it leads to."""

    review: DraftReview
    subject: ReviewSubject
    effect: InvoiceEffect | None


async def check_all(
    session: Session, rows: Sequence[InvoiceDraftRow], desk: Desk, now: datetime
) -> list[Checked]:
    """Review these drafts, in their order."""
    if not rows:
        return []
    subjects = await subjects_of(session, rows, desk, now)
    ids = [row.id for row in rows]
    accepted: dict[int, list[DraftAcknowledgementRow]] = {one: [] for one in ids}
    for ack in await review_facts.acknowledged(session, ids):
        accepted[ack.draft_id].append(ack)
    waiting = await effects_by_id(session, {r.effect_id for r in rows if r.effect_id})
    return [
        _checked(subjects[row.id], accepted[row.id], waiting.get(row.effect_id or 0), desk)
        for row in rows
    ]


def _checked(
    subject: ReviewSubject,
    accepted: Sequence[DraftAcknowledgementRow],
    row: EffectRow | None,
    desk: Desk,
) -> Checked:
    sendable = effect_of_draft(subject, desk, {})
    sent = Sent(waiting_substance(row), substance(sendable))
    subject = replace(subject, sent=sent)
    found = tuple(_judged(one, subject, accepted) for one in review(subject))
    differing = differences(subject.draft, subject.lines, subject.copy)
    told = DraftReview(
        draft=subject.draft,
        customer_name=subject.customer_name,
        customer_netsuite_id=subject.customer.netsuite_id if subject.customer else "",
        candidates=subject.candidates,
        lines=tuple(_shown(line, subject) for line in subject.lines),
        findings=found,
        journal=subject.journal,
        standing=standing(subject.copy, differing),
        differences=differing,
        content_hash=sent.now or content_of(subject),
        ready=_open_for_work(subject.draft, row) and _ready(found, sendable),
        next_step=sendable.kind if sendable else "nothing",
        effect_state=row.state if row is not None else "",
    )
    final = effect_of_draft(subject, desk, reviewed(told))
    return Checked(told, subject, final)


def _open_for_work(draft: Draft, row: EffectRow | None) -> bool:
    came_back = draft.state == "submitted" and row is not None and row.state in RETURNED
    return draft.state == "draft" or came_back


def _ready(found: Sequence[Judged], sendable: InvoiceEffect | None) -> bool:
    """Whether it may be submitted. A new customer waits only for what speaks of the customer."""
    match sendable:
        case None:
            return False
        case CreateCustomer():
            return not any(one.open for one in found if one.finding.id.startswith(_OF_CUSTOMER))
        case CreateInvoice() | UpdateInvoice():
            return not any(one.open for one in found)
        case _:
            assert_never(sendable)


def content_of(subject: ReviewSubject) -> str:
    """SHA-256 of a draft that cannot be sent as it stands."""
    return digest({"draft": asdict(written(subject.draft)), "customer": subject.customer_name})


def reviewed(told: DraftReview) -> dict[str, object]:
    """What was found and accepted, as part of what is approved: plain JSON."""
    return {
        "content": told.content_hash,
        "version": told.draft.version,
        "customer": told.customer_name,
        "findings": [
            {
                "id": one.finding.id,
                "severity": one.finding.severity.value,
                "subject": one.finding.subject,
                "message": one.finding.message,
                "acknowledged_by": one.acknowledged_by,
                "reason": one.acknowledged_reason,
                "at": one.acknowledged_at.isoformat() if one.acknowledged_at else "",
            }
            for one in told.findings
        ],
        "journal": [
            {
                "account": line.account_netsuite_id,
                "name": line.account_name,
                "debit": str(line.debit) if line.debit is not None else "",
                "credit": str(line.credit) if line.credit is not None else "",
                "base_debit": str(line.base_debit) if line.base_debit is not None else "",
                "base_credit": str(line.base_credit) if line.base_credit is not None else "",
            }
            for line in told.journal
        ],
    }


def _judged(
    finding: ReviewFinding, subject: ReviewSubject, accepted: Sequence[DraftAcknowledgementRow]
) -> Judged:
    binds = accepts(finding, subject)
    by = next(
        (
            one
            for one in accepted
            if (one.finding_id, one.subject, one.content_hash)
            == (finding.id, finding.subject, binds)
        ),
        None,
    )
    return Judged(
        finding=finding,
        acknowledged_by=by.name if by else "",
        acknowledged_reason=by.reason if by else "",
        acknowledged_at=by.at if by else None,
        changes=_changes(finding, subject) if finding.fixable else (),
        accepts=binds,
    )


def accepts(finding: ReviewFinding, subject: ReviewSubject) -> str:
    """SHA-256 of what somebody accepts: the finding with its values, customer, amounts, lines."""
    draft = written(subject.draft)
    customer = subject.customer.netsuite_id if subject.customer else subject.draft.customer_name
    said = {
        "id": finding.id,
        "subject": finding.subject,
        "values": dict(finding.values),
        "customer": customer,
        "currency": draft.currency,
        "issued_on": draft.issued_on,
        "lines": [asdict(line) for line in draft.lines],
    }
    return digest(said)


def _changes(finding: ReviewFinding, subject: ReviewSubject) -> tuple[FixChange, ...]:
    after = fixed(finding.id, finding.subject, subject)
    if after is None:
        return ()
    if isinstance(after, Refresh):
        read_at = subject.masters.read_at
        told = read_at.strftime("%Y-%m-%d %H:%M UTC") if read_at else "never"
        return (FixChange("the ERP's lists", told, "read again"),)
    return changed_fields(subject.draft, after)


def changed_fields(before: Draft, after: Draft) -> tuple[FixChange, ...]:
    """Fields that differ between two states of a draft, as text."""
    old, new = asdict(written(before)), asdict(written(after))
    old |= {"ERP record": before.netsuite_id, "state": before.state}
    new |= {"ERP record": after.netsuite_id, "state": after.state}
    found = [
        FixChange(name, _text(old[name]), _text(new[name]))
        for name in old
        if name != "lines" and old[name] != new[name]
    ]
    none: dict[str, object] = {}
    for n, (one, other) in enumerate(zip_longest(old["lines"], new["lines"], fillvalue=none), 1):
        found += [
            FixChange(
                f"line {n}, {name.replace('_', ' ')}", _text(one.get(name)), _text(other.get(name))
            )
            for name in one or other
            if _text(one.get(name)) != _text(other.get(name))
        ]
    return tuple(found)


def _text(value: object) -> str:
    return str(value) if value not in ("", None, {}) else ""


def _shown(line: ResolvedLine, subject: ReviewSubject) -> ShownLine:
    item = line.item
    behind = subject.joined or ((subject.origin,) if subject.origin else ())
    origin = next((one for one in behind if one.deal_id == line.line.deal_id), None)
    return ShownLine(
        line=line.line,
        item_netsuite_id=item.netsuite_id if item else "",
        item_name=item.name if item else "",
        found=line.found,
        score=line.score,
        deal=origin.name if origin else "",
        instalment=origin.keys.get(line.line.part, "") if origin else "",
    )
