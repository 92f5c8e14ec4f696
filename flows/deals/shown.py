"""Deals as people and programs see them: the list, and one with its whole billing schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.billing.from_deal import service_of
from domain.ledger.deal import Deal, DealLine
from domain.ledger.money import Money
from flows.deals.book import Book, book_of
from flows.deals.drafting import says_now
from flows.deals.lines import Question
from flows.deals.truing import Offer, offers
from flows.drafts.sold import differing, made_from
from store import billing, contracts, deals
from store.billing import InstalmentRow, MilestoneRow, UsageRow
from store.contracts import ContractRow
from store.deals import DealRow, DealVersionRow
from store.drafts import InvoiceDraftRow
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A deal on the list."""

    row: DealRow
    worth: Money | None
    billed: Money | None
    drafted: Money | None
    planned: Money | None
    next_on: date | None
    waiting: int


@dataclass(frozen=True, slots=True)
class ShownInstalment:
    """An instalment of the plan with the draft it is in."""

    row: InstalmentRow
    amount: Money
    text: str
    draft: InvoiceDraftRow | None
    line_id: str = ""

    @property
    def usage(self) -> bool:
        """Whether it bills what was used."""
        return bool(self.row.content.get("usage"))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the deal: what it comes to, its service, and what nobody knows of it yet."""

    line: DealLine
    amount: Money
    first: date | None
    last: date | None
    question: Question | None


@dataclass(frozen=True, slots=True)
class ShownDeal:
    """A deal with everything a person needs to follow its billing.

    `outdated` are drafts that are not what the deal says now, `shared` those that bill other
    deals too; `dropped` counts what a cancellation took out of the plan.
    """

    row: DealRow
    deal: Deal | None
    lines: tuple[ShownLine, ...]
    schedule: tuple[ShownInstalment, ...]
    drafts: tuple[InvoiceDraftRow, ...]
    outdated: frozenset[int]
    evidence: Sequence[MilestoneRow]
    usage: Sequence[UsageRow]
    versions: Sequence[DealVersionRow]
    contracts: Sequence[ContractRow]
    account_changes: tuple[str, ...]
    dropped: int
    modified: bool
    worth: Money | None = None
    billed: Money | None = None
    planned: Money | None = None
    shared: frozenset[int] = frozenset()
    true_ups: tuple[Offer, ...] = ()


async def listed(
    session: Session, *, state: str = "", source: str = "", before: int = 0, limit: int = 50
) -> list[Listed]:
    """Deals, the newest first. `state` may be "asking": those with an open question."""
    rows = await deals.deals_page(session, state=state, source=source, before=before, limit=limit)
    sums = await billing.sums(session, [row.id for row in rows])
    return [_listed(row, sums[row.id]) for row in rows]


def _listed(row: DealRow, told: billing.Sums) -> Listed:
    def money(minor: int) -> Money | None:
        return Money(minor, row.currency) if row.currency else None

    by = told.by_state
    return Listed(
        row=row,
        worth=money(row.worth_minor),
        billed=money(by.get("billed", 0)),
        drafted=money(by.get("drafted", 0)),
        planned=money(by.get("planned", 0)),
        next_on=told.next_on,
        waiting=told.waiting,
    )


async def shown(session: Session, deal_id: int) -> ShownDeal | None:
    """One deal, or None."""
    row = await deals.deal(session, deal_id)
    if row is None:
        return None
    if row.version == 0:
        return ShownDeal(row, None, (), (), (), frozenset(), (), (), (), (), (), 0, False)
    book = await book_of(session, row)
    account = await deals.account_by_id(session, row.account_id) if row.account_id else None
    changes = deals.account_changes(account.seen, account.confirmed) if account else ()
    live = [one for one in book.instalments if one.state != "replaced"]
    return ShownDeal(
        row=row,
        deal=book.deal,
        lines=tuple(_line(line, book) for line in book.deal.lines),
        schedule=tuple(_instalment(one, book) for one in live),
        drafts=tuple(sorted(book.drafts.values(), key=lambda one: one.id)),
        outdated=frozenset(one for one in book.drafts if _outdated(book, one)),
        evidence=book.evidence,
        usage=book.usage,
        versions=await deals.versions_of(session, row.id),
        contracts=await contracts.contracts_of_deal(session, row.id),
        account_changes=changes,
        dropped=sum(one.state == "dropped" for one in live),
        modified=_modified(book),
        worth=Money(row.worth_minor, row.currency),
        billed=_sum(live, "billed", row.currency),
        planned=_sum(live, "planned", row.currency),
        shared=frozenset(one for one in book.drafts if _shared(book, one)),
        true_ups=offers(book),
    )


def _sum(rows: Sequence[InstalmentRow], state: str, currency: str) -> Money:
    amounts = (
        one.amount_minor if one.billed_minor is None else one.billed_minor
        for one in rows
        if one.state == state
    )
    return Money(sum(amounts), currency)


def _line(line: DealLine, book: Book) -> ShownLine:
    service = service_of(line, book.deal)
    question = next((q for q in book.questions if q.line.source_id == line.source_id), None)
    broken = question is not None and bool(question.why)
    return ShownLine(
        line=line,
        amount=Money.zero(line.unit_price.currency) if broken else line.amount,
        first=service.starts_on if service else line.starts_on,
        last=service.ends_on if service else line.ends_on,
        question=question,
    )


def _instalment(row: InstalmentRow, book: Book) -> ShownInstalment:
    text = str(row.content.get("description") or row.content.get("product") or "")
    minor = row.amount_minor if row.billed_minor is None else row.billed_minor
    amount = Money(minor, row.currency)
    line_id = next((one.line_id for one in book.lines if one.id == row.billing_line_id), "")
    return ShownInstalment(row, amount, text, book.drafts.get(row.draft_id or 0), line_id)


def _shared(book: Book, draft_id: int) -> bool:
    made = made_from(book.drafts[draft_id].base)
    return made is not None and made.joint


def _outdated(book: Book, draft_id: int) -> bool:
    made = made_from(book.drafts[draft_id].base)
    told = made.of(book.row.id) if made else None
    if told is None or not book.live(draft_id):
        return False
    return bool(differing(told, says_now(book, draft_id)))


def _modified(book: Book) -> bool:
    changed = {line.id for line in book.lines if line.version > 1}
    billed = any(i.state == "billed" and i.billing_line_id in changed for i in book.instalments)
    return billed or bool(book.row.amends)
