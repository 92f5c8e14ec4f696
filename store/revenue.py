"""Revenue: what happened to billed lines, what they plan, and what was posted of it.

Amounts are minor units, `amount` in the transaction's currency and `base` in the subsidiary's.
Events, postings, documents, snapshots and reviews are append-only: a trigger refuses anything else.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Column, Computed, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.columns import big, big_id, instant, json, objects, ref


class RevenueEventRow(SQLModel, table=True):
    """One fact about a billed line, or a period closed or reopened. Order of `id` is known order.

    `kind` is billed, credited, written_off, modified, cash_only, voided, period_closed or
    period_reopened; `payload` is the event in the words of flows.revenue.wire. `obligation` is the
    key of the line concerned, empty for periods. `source_kind` and `source_netsuite_id` name the
    ERP record it was read from.
    """

    __tablename__ = "revenue_event"
    __table_args__ = (UniqueConstraint("record_id", "revision", name="uq_revenue_event"),)
    id: int = big_id()
    record_id: str
    revision: int = 1
    kind: str
    subsidiary_id: int = ref("subsidiary.id")
    obligation: str = Field(default="", index=True)
    effective_on: date
    payload: dict[str, object] = json()
    fingerprint: str = ""
    source_kind: str = ""
    source_netsuite_id: str = Field(default="", index=True)
    because: str = ""
    known_at: datetime = instant()


class RevenueObligationRow(SQLModel, table=True):
    """A billed line as it reads now. `key` is "invoice:{netsuite id}:{line}", with the component's
    item behind it where a bundle was split.

    `status` is active, held (nothing is planned: `hold_code`, `hold_reason`) or voided. `amount`
    is what the line was billed (or allocated) for; `planned` and `posted` are what all of its
    records together plan and have posted as revenue, `deferred` what stands on the deferred
    account, `unplanned` what waits for a plan. `rate` is base minor units per minor unit, as a
    fraction. `settings_hash` tells which settings it was read with.
    """

    __tablename__ = "revenue_obligation"
    __table_args__ = (
        Index("ix_revenue_obligation_held", "subsidiary_id", postgresql_where="status = 'held'"),
    )
    id: int = big_id()
    key: str = Field(unique=True)
    contract: str = Field(index=True)
    customer_id: int | None = ref("customer.id", nullable=True)
    customer_name: str = ""
    subsidiary_id: int = ref("subsidiary.id")
    currency: str
    base_currency: str
    rate: str = "1"
    revenue_type: str = Field(default="", index=True)
    revenue_account: str = ""
    deferred_account: str = ""
    contra_account: str = ""
    invoice_id: int | None = ref("invoice.id", nullable=True)
    invoice_netsuite_id: str = Field(default="", index=True)
    invoice_number: str = ""
    line: int = 0
    item_netsuite_id: str = Field(default="", index=True)
    item_name: str = ""
    billed_on: date
    method: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    sales_minor: int = big()
    amount_minor: int = big()
    stand_alone_minor: int | None = big(nullable=True)
    planned_minor: int = big()
    posted_minor: int = big()
    deferred_minor: int = big()
    unplanned_minor: int = big()
    status: str = Field(default="active", index=True)
    hold_code: str = ""
    hold_reason: str = ""
    memo: str = ""
    settings_hash: str = ""
    event_id: int = big()
    projected_at: datetime | None = instant(nullable=True)


class RevenueCellRow(SQLModel, table=True):
    """What one record of an obligation plans for one service period, and what is posted of it.

    A projection: replaced whenever the obligation is projected again. `role` is revenue or contra.
    Planned and not posted = amount - posted; late amounts post in the first open period.
    """

    __tablename__ = "revenue_cell"
    __table_args__ = (
        UniqueConstraint(
            "obligation_id", "record_id", "service_starts_on", "role", name="uq_revenue_cell"
        ),
        Index("ix_revenue_cell_period", "service_starts_on", "obligation_id"),
    )
    id: int = big_id()
    obligation_id: int = ref("revenue_obligation.id", index=False)
    record_id: str
    service_period: str
    service_starts_on: date
    service_ends_on: date
    role: str
    amount_minor: int = big()
    base_minor: int = big()
    posted_minor: int = big()
    posted_base_minor: int = big()
    voided: bool = False
    because: str = ""


class RevenuePaperRow(SQLModel, table=True):
    """What one record of an obligation does to deferred revenue, and what of it is in the books.

    A projection, like the cells. Posted as revenue documents from the period of `effective_on` on.
    """

    __tablename__ = "revenue_paper"
    __table_args__ = (
        UniqueConstraint("obligation_id", "record_id", name="uq_revenue_paper"),
        Index("ix_revenue_paper_on", "effective_on"),
    )
    id: int = big_id()
    obligation_id: int = ref("revenue_obligation.id", index=False)
    record_id: str
    effective_on: date
    billing: bool = False
    amount_minor: int = big()
    base_minor: int = big()
    claim_minor: int = big()
    bad_debt_minor: int = big()
    posted_minor: int = big()
    posted_base_minor: int = big()
    posted_claim_minor: int = big()
    posted_bad_debt_minor: int = big()


class RevenuePeriodRow(SQLModel, table=True):
    """A period of a subsidiary's books.

    `state` is open, posted (rows are written, its journals are not all done), closed (locked) or
    reopened. `run` counts how often it was posted. `sha256` is over its snapshots.
    """

    __tablename__ = "revenue_period"
    __table_args__ = (
        UniqueConstraint("subsidiary_id", "starts_on", name="uq_revenue_period"),
        Index("ix_revenue_period_ends", "subsidiary_id", "ends_on"),
    )
    id: int = big_id()
    subsidiary_id: int = ref("subsidiary.id", index=False)
    name: str
    starts_on: date
    ends_on: date
    state: str = "open"
    mode: str = ""
    run: int = 0
    posted_at: datetime | None = instant(nullable=True)
    posted_by: str = ""
    closed_at: datetime | None = instant(nullable=True)
    closed_by: str = ""
    reopened_at: datetime | None = instant(nullable=True)
    reopened_by: str = ""
    reopened_because: str = ""
    sha256: str = ""


class RevenuePostingRow(SQLModel, table=True):
    """Revenue of one service period, posted in `period_id`. Never changed, never deleted.

    `kind` is scheduled, catch_up, reversal or contra; `role` revenue or contra (negative: it
    reduces revenue). Accounts are those of the obligation when it was posted. `run` is the
    posting of the period that wrote it, and so its journal.
    """

    __tablename__ = "revenue_posting"
    __table_args__ = (
        UniqueConstraint(
            "obligation_id", "record_id", "service_starts_on", "role", "period_id", "run",
            name="uq_revenue_posting",
        ),
        Index("ix_revenue_posting_period", "period_id", "run"),
    )  # fmt: skip
    id: int = big_id()
    obligation_id: int = ref("revenue_obligation.id", index=False)
    record_id: str
    service_period: str
    service_starts_on: date
    period_id: int = ref("revenue_period.id", index=False)
    run: int = 1
    kind: str
    role: str
    currency: str
    base_currency: str
    revenue_account: str
    deferred_account: str
    contra_account: str
    revenue_type: str
    amount_minor: int = big()
    base_minor: int = big()
    because: str = ""


class RevenueDocumentRow(SQLModel, table=True):
    """What an invoice line, credit or write-off did to deferred revenue in a period; immutable.

    `amount` is the change of deferred revenue, `claim` of the receivable net of tax, `bad_debt` the
    cost of a write-off. `billing` tells invoices from adjustments.
    """

    __tablename__ = "revenue_document"
    __table_args__ = (
        UniqueConstraint(
            "obligation_id", "record_id", "period_id", "run", name="uq_revenue_document"
        ),
        Index("ix_revenue_document_period", "period_id", "run"),
    )
    id: int = big_id()
    obligation_id: int = ref("revenue_obligation.id", index=False)
    record_id: str
    period_id: int = ref("revenue_period.id", index=False)
    run: int = 1
    billing: bool = False
    currency: str
    base_currency: str
    deferred_account: str
    amount_minor: int = big()
    base_minor: int = big()
    claim_minor: int = big()
    bad_debt_minor: int = big()


class RevenueTotalRow(SQLModel, table=True):
    """Sums for pivots, kept in step with cells, postings and documents by who writes those.

    `measure` is planned (by service period), posted or document (by posting period). `left` is
    what is planned and not posted, and `waits` whether there is any; nothing for other measures.
    `role` is revenue or contra, or billing or adjustment of documents; `kind` is that of postings.
    """

    __tablename__ = "revenue_total"
    __table_args__ = (
        UniqueConstraint(
            "subsidiary_id", "measure", "period_starts_on", "customer_id", "revenue_type",
            "revenue_account", "deferred_account", "contra_account", "currency", "base_currency",
            "role", "kind",
            name="uq_revenue_total",
        ),
        Index("ix_revenue_total_period", "measure", "period_starts_on"),
        Index("ix_revenue_total_waits", "period_starts_on", postgresql_where="waits"),
    )  # fmt: skip
    id: int = big_id()
    subsidiary_id: int = ref("subsidiary.id", index=False)
    measure: str
    period_starts_on: date
    customer_id: int = big()
    revenue_type: str
    revenue_account: str
    deferred_account: str
    contra_account: str
    currency: str
    base_currency: str
    role: str
    kind: str = ""
    amount_minor: int = big()
    base_minor: int = big()
    left_minor: int = big()
    left_base_minor: int = big()
    waits: bool | None = Field(
        default=None,
        sa_column=Column(
            Boolean, Computed("left_minor <> 0 OR left_base_minor <> 0", persisted=True)
        ),
    )


class RevenueJournalRow(SQLModel, table=True):
    """The journal of one posting of a period, in one currency: which effect carries it.

    A rejected one is proposed again as the next `attempt`.
    """

    __tablename__ = "revenue_journal"
    __table_args__ = (
        UniqueConstraint(
            "period_id", "run", "currency", "base_currency", "attempt", name="uq_revenue_journal"
        ),
    )
    id: int = big_id()
    period_id: int = ref("revenue_period.id", index=False)
    run: int
    currency: str
    base_currency: str
    attempt: int = 1
    effect_id: int = ref("effect.id")
    proposed_at: datetime = instant()


class RevenueSnapshotRow(SQLModel, table=True):
    """A report of a period as it was when the period was locked; immutable."""

    __tablename__ = "revenue_snapshot"
    __table_args__ = (UniqueConstraint("period_id", "run", "report", name="uq_revenue_snapshot"),)
    id: int = big_id()
    period_id: int = ref("revenue_period.id", index=False)
    run: int
    report: str
    rows: list[dict[str, object]] = objects()
    sha256: str
    made_at: datetime = instant()


class RevenueModificationRow(SQLModel, table=True):
    """A change of a known line that asks for a treatment, with the figures of each.

    `state` is proposed, decided or withdrawn (the change was undone in the ERP). `change` tells
    before and after; `figures` each treatment's amounts, in the words of flows.revenue.changes.
    """

    __tablename__ = "revenue_modification"
    __table_args__ = (
        UniqueConstraint("record_id", name="uq_revenue_modification"),
        Index("ix_revenue_modification_open", "proposed_at", postgresql_where="state = 'proposed'"),
    )
    id: int = big_id()
    record_id: str
    obligation_id: int = ref("revenue_obligation.id")
    state: str = "proposed"
    effective_on: date
    change: dict[str, object] = json()
    figures: dict[str, object] = json()
    suggested: str = ""
    because: str = ""
    treatment: str = ""
    decided_by: str = ""
    decided_at: datetime | None = instant(nullable=True)
    reason: str = ""
    proposed_at: datetime = instant()


class RevenueReviewRow(SQLModel, table=True):
    """What a named person said about an exception or an unexplained amount; immutable.

    `subject` is the exception's key ("held:invoice:12:1") or "tie_out:{account}:{currency}".
    """

    __tablename__ = "revenue_review"
    id: int = big_id()
    period_id: int = ref("revenue_period.id")
    subject: str = Field(index=True)
    amount_minor: int | None = big(nullable=True)
    currency: str = ""
    reason: str
    reviewed_by: str
    reviewed_at: datetime = instant()


class RevenueSourceRow(SQLModel, table=True):
    """Which state of an ERP document revenue was last read from.

    `kind` is invoice, credit_memo or refund, or credit_lines for the lines of a memo as fetched
    from the ERP. A document whose lines were not mirrored yet has `lines` 0 and is looked at again.
    """

    __tablename__ = "revenue_source"
    __table_args__ = (UniqueConstraint("kind", "netsuite_id", name="uq_revenue_source"),)
    id: int = big_id()
    kind: str
    netsuite_id: str
    row_hash: str
    lines_hash: str = ""
    lines: int = 0
    read_at: datetime = instant()
