"""Templates to responses: one strict, escaping environment for every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from domain.ledger.money import Money
from security.chain import digest
from store.draft_pages import open_drift, waiting_drafts
from store.engine import Session
from store.pages import Waiting, waiting
from store.switches import SwitchRow, switches_on
from web import figures, phrases, words
from web.evidence import marked
from web.visitor import Visitor, deps_of

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The templates, with every value escaped and every missing name an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        money=figures.money,
        day=figures.day,
        clock=figures.clock,
        instant=figures.instant,
        human=words.human,
    )
    made.globals.update(
        minor=figures.minor,
        ago=figures.ago,
        count=figures.count,
        days_late=figures.days_late,
        words=words,
        phrases=phrases,
        Money=Money,
        asset=asset,
        marked=marked,
    )
    return made


@cache
def asset(path: str) -> str:
    """The address of a static file; it changes when the file does."""
    content = (HERE / "static" / path).read_text()
    return f"/static/{path}?v={digest(content)[:10]}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows around its content."""

    waiting: Waiting
    switches: list[SwitchRow] = field(default_factory=list)
    drafts: int = 0
    drift: int = 0

    @property
    def to_review(self) -> int:
        return self.waiting.of("proposed", "unknown", "failed")

    @property
    def to_work(self) -> int:
        return sum(self.waiting.items.values())

    @property
    def to_sync(self) -> int:
        return self.drafts + self.drift


async def frame(session: Session, now: datetime) -> Frame:
    """The counts of the sidebar and the switches that are on."""
    return Frame(
        await waiting(session, now, now.date()),
        list(await switches_on(session)),
        drafts=await waiting_drafts(session),
        drift=await open_drift(session),
    )


def page(
    request: Request,
    template: str,
    visitor: Visitor,
    around: Frame,
    values: Mapping[str, object],
    *,
    status: int = 200,
) -> HTMLResponse:
    """A whole page for a signed-in visitor."""
    deps = deps_of(request)
    now = deps.clock()
    context: dict[str, object] = {
        "visitor": visitor,
        "frame": around,
        "now": now,
        "today": today_of(now),
        "path": request.url.path,
        "sandbox": deps.sandbox is not None,
        "company": deps.company,
        "erp_link": deps.erp_link,
        "notice": NOTICES.get(request.query_params.get("notice", ""), ""),
        **values,
    }
    return HTMLResponse(environment().get_template(template).render(context), status)


def fragment(template: str, values: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
    """A part of a page, for htmx to put in place, or a page without the frame."""
    return HTMLResponse(environment().get_template(template).render(values), status)


def today_of(now: datetime) -> date:
    """The date at `now`, UTC."""
    return now.date()


NOTICES = {
    "approved": "Approved. It is being carried out now.",
    "rejected": "Rejected. It will not happen.",
    "edited": "Saved as a new version. Please look at it once more before you approve.",
    "happened": "Noted: it happened. It will not be repeated.",
    "drift_settled": "Noted, with your name and reason.",
    "not_happened": "Noted: it did not happen. It will be tried again.",
    "retried": "It will be tried again.",
    "paid": "Payment recorded. It is being matched now.",
    "paid_without_file": "Payment recorded, but the file could not be taken. Attach it below to see"
    " why.",
    "chosen": "Your choice is proposed for posting.",
    "credit_asked": "Proposed. Somebody else approves it in Review.",
    "small_proposed": "Proposed. Somebody else approves them in Review.",
    "small_none": "No balance is small enough, late enough and at peace.",
    "declined": "Declined, with your reason. It is not proposed again.",
    "payer": "Noted. It is being matched for this customer now.",
    "advice": "Read and linked. The payment is being matched with it now.",
    "attached": "The file is kept with the payment.",
    "bank_file": "The file is taken. Its movements appear in a moment.",
    "bank_file_known": "This file was taken before; nothing was added.",
    "bank_mapping": "Remembered. Files that waited for it are being read now.",
    "bank_line": "Noted, in your name.",
    "rule_saved": "Saved. It does not act yet; below is what it would have done.",
    "rule_live": "The rule acts from now on.",
    "rule_retired": "The rule acts no longer.",
    "booked_in": "Noted. It is being matched in that currency now.",
    "parked": "Parked. It leaves the queue until its day.",
    "unparked": "Taken up again. It is being matched now.",
    "not_a_receipt": "Noted, with your reason. It is not matched to invoices.",
    "split": "Split. Each part is being matched on its own.",
    "class_live": "This class acts alone from now on, within the cap and the policy.",
    "class_back": "Back in review. Its trial begins anew.",
    "collections_on": "Collections are on for these customers from the next planning.",
    "collections_off": "Collections are off. What waited for these customers was withdrawn.",
    "paused": "Paused, in your name. What waited about it was withdrawn.",
    "paused_many": "Paused, in your name. What waited about these customers was withdrawn.",
    "playbook_saved": "Kept as a new version. It acts when somebody else makes it active.",
    "playbook_live": "Active. It decides for these customers from the next planning.",
    "playbook_off": "Not active any more. The steps of the policy decide again.",
    "playbook_answered": "Answered, in your name.",
    "collecting": "Follow-ups go on. The steps are counted anew from now.",
    "resolved": "Closed. Nothing is sent about these invoices any more.",
    "assigned": "Assigned.",
    "drafted": "On the list. Below is what the review found.",
    "draft_known": "This reference was on the list already; nothing was added.",
    "draft_edited": "Saved. What waited for approval was taken back; please submit it again.",
    "draft_dropped": "Dropped. It will not reach the ERP.",
    "fixed": "Corrected as shown. What waited for approval was taken back.",
    "acknowledged": "Accepted in your name, with your reason.",
    "customer_chosen": "Linked to this customer, now and for what comes from this source later.",
    "customer_new": "The customer will be created when you submit.",
    "item_chosen": "Mapped. Lines of this product are this item from now on.",
    "mapped": "Remembered.",
    "deal_noted": "Noted, in your name. Below is the plan as it stands now.",
    "deals_grouped": "Decided. It holds for what is drafted from now on.",
    "evidence_kept": "The document is kept; what it opens is drafted.",
    "contract_kept": "The contract is kept and being read. Reload this page in a moment.",
    "contract_known": "This very file was here already.",
    "contract_done": "The contract is confirmed. Below is what it bills.",
    "unmapped": "Removed. Lines with this word have no item, or the default, from now on.",
    "mappings_read": "The mappings of the file stand.",
    "submitted": "Submitted. It reaches the ERP only after it is approved for sync.",
    "checking": "The connection is being checked. The result appears here in a moment.",
    "reading": "NetSuite is being asked. The figures appear here in a moment.",
    "revenue_closing": "Taken up, in your name. How far it is stands below.",
    "revenue_reopened": "Reopened, in your name. What is in it stays; a new posting can follow.",
    "revenue_reviewed": "Noted, with your name and reason.",
    "revenue_decided": "Decided, in your name. The line is planned anew.",
    "treated": "Noted, in your name. It holds from the next planning on.",
    "policy_written": "Saved as a version. It is being tried on the last 90 days.",
    "policy_tried": "It is being tried. Reload this page in a moment.",
    "policy_live": "In force from the next planning on.",
    "block_proposed": "Proposed. Papers change when another administrator confirms it.",
    "block_confirmed": "Papers carry it from now on. Mail that waits with the old one is not sent.",
    "block_dropped": "Dropped. Papers say what they said.",
    "paper_kept": "On file. Mail can carry it from now on.",
    "mail_attached": "Attached. It is being read; what follows stands here in a moment.",
    "promise_recorded": "Recorded. Reminders of these invoices rest until after the day.",
    "paper_withdrawn": "Off file. Mail that has it will not leave.",
    "settled": "Taken off the worklist.",
    "stopped": "Stopped. Nothing leaves until somebody switches it on again.",
    "resumed": "Switched on again. Approved work continues.",
    "advanced": "The sandbox clock was moved.",
    "advance_failed": "The sandbox could not be reached, so its clock did not move.",
}
