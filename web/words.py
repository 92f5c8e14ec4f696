"""The words of the page for the codes of the store: what a finance person would say."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from store.followups import FollowUpRow
from store.worklist import WorkItemRow
from web.figures import plain_day
from web.phrases import asked, plain, sentence, step

STATES = {
    "proposed": "Waiting for a decision",
    "approved": "Approved, about to be carried out",
    "performing": "Being carried out",
    "done": "Done",
    "failed": "Failed",
    "unknown": "Unclear whether it happened",
    "rejected": "Rejected",
    "expired": "Expired before a decision",
    "superseded": "Replaced: the facts changed",
}
# Shape and tone of a state's badge; the words carry the meaning, colour only supports it.
TONES = {
    "proposed": "wait",
    "approved": "wait",
    "performing": "wait",
    "done": "good",
    "posted": "good",
    "kept": "good",
    "paid": "good",
    "failed": "bad",
    "unknown": "bad",
    "broken": "bad",
    "reversed": "bad",
    "waiting": "warn",
    "parked": "wait",
    "open": "plain",
    "new": "wait",
    "has_changes": "warn",
    "billed": "good",
    "drafted": "wait",
    "won": "good",
    "confirmed": "good",
    "corrected": "good",
    "to_confirm": "warn",
    "unreadable": "bad",
    "refused": "bad",
    "waits_for_evidence": "warn",
    "waits_for_usage": "warn",
    "up_to_date": "good",
    "submitted": "wait",
    "pushed": "good",
    "block": "bad",
    "warn": "warn",
    "ready": "good",
    "needs_contact": "warn",
    "credit_hold": "warn",
    "inactive": "plain",
}
KINDS = {
    "send_email": "Mail",
    "post_to_customer_channel": "Message in Slack",
    "post_customer_payment": "Payment posting",
    "create_invoice": "New invoice",
    "update_invoice": "Change of an invoice",
    "create_customer": "New customer",
    "put_applications": "Payment's applications",
    "apply_credit": "Use of a credit",
    "unapply_payment": "Payment taken off",
    "reverse_payment": "Returned payment",
    "refund_customer": "Refund",
    "create_credit_memo": "Credit memo",
    "write_off_invoice": "Write-off",
    "void_request": "Void",
    "post_journal": "Journal",
}
PAYMENT_STATES = {
    "received": "Received, being matched",
    "proposed": "Matched, waiting for a decision",
    "posted": "Posted in the ERP",
    "waiting": "Needs a person",
    "parked": "Parked",
    "split": "Split into parts",
    "not_a_receipt": "Not a receipt",
    "reversed": "Reversed",
}
SOURCES = {
    "manual": "Entered by hand",
    "file": "From a file",
    "api": "API",
    "stripe": "Stripe",
    "bank": "Bank statement",
    "nacha": "ACH file",
    "lockbox": "Lockbox file",
    "split": "Part of another payment",
    "netsuite": "NetSuite",
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    "contract": "Contract",
    "chat": "Asked for in chat",
}
DEAL_STATES = {
    "asking": "Asks something",
    "won": "Won",
    "not_won": "Not won any more",
    "gone": "Deleted at its source",
    "cancelled": "Ended",
    "unreadable": "Cannot be read",
}
CONTRACT_STATES = {
    "reading": "Being read",
    "refused": "Cannot be read",
    "to_confirm": "To be confirmed",
    "confirmed": "Confirmed",
    "dropped": "Dropped",
}
INSTALMENT_STATES = {
    "planned": "Planned",
    "drafted": "Drafted",
    "billed": "In the ERP",
    "dropped": "Dropped",
}
STANDS = {"waits_for_evidence": "Waits for evidence", "waits_for_usage": "Waits for usage"}
LACKS = {
    "date": "the day it is billed",
    "term": "first and last day",
    "frequency": "how often it is billed",
    "timing": "when it is billed",
    "milestones": "its milestones",
    "currency": "the deal's currency: correct it at the source",
}
TREATMENTS = {
    "separate": "A contract of its own",
    "prospective": "From now on",
    "catch_up": "As if from the beginning",
}
WORK = {
    "reply": "Reply to read",
    "contact": "New contact to confirm",
    "payment": "Payment to match",
    "bounce": "Mail that did not arrive",
    "unknown_effect": "Unclear whether it happened",
    "failed_effect": "Could not be carried out",
    "promise_broken": "Broken promise",
    "source_event": "Message that could not be read",
    "failed_delivery": "Events that were not taken",
    "drift": "Changed behind our back",
    "bank_file": "Bank file not read",
    "match_class": "Matches back in review",
    "deduction": "Deduction to settle",
    "payout": "Payout to look at",
    "playbook_question": "Question of a playbook",
    "escalation": "Handed to a person",
    "void": "To be voided in the ERP",
    "deal": "Deal that asks something",
    "deal_difference": "Deal changed after it was invoiced",
    "contract": "Contract to confirm",
}
STANDINGS = {"new": "New", "has_changes": "Has changes", "up_to_date": "Up to date"}
DRAFT_STATES = {
    "draft": "Being prepared",
    "submitted": "Submitted",
    "pushed": "In the ERP",
    "dropped": "Dropped",
}
SEVERITIES = {"block": "Blocks", "warn": "Needs a reason", "info": "For information"}
MAPPINGS = {
    "item": "Items",
    "account": "Accounts",
    "department": "Departments",
    "class": "Classes",
    "location": "Locations",
    "terms": "Terms",
    "tax": "Tax codes",
    "subsidiary": "Subsidiaries",
    "customer": "Customers",
}
DOCUMENTS = {
    "invoice": "Invoice",
    "payment": "Payment",
    "credit_memo": "Credit memo",
    "deposit": "Deposit",
    "deposit_application": "Deposit application",
    "refund": "Refund",
    "journal": "Journal",
}
QUEUE = {
    "active": "Follow-ups go on",
    "to_approve": "Mail to approve",
    "escalated": "With a person",
    "disputed": "In dispute",
    "promised": "Promised",
    "paused": "Paused",
    "resolved": "Closed",
}
QUEUE_TONES = {
    "escalated": "broken",
    "disputed": "broken",
    "active": "done",
    "paused": "waiting",
    "promised": "new",
    "to_approve": "new",
}
CONVERSATIONS = {
    "active": "Follow-ups go on",
    "escalated": "With a person",
    "paused": "Paused",
    "resolved": "Closed",
}
READINESS = {
    "ready": "Ready",
    "needs_contact": "Needs billing contact",
    "credit_hold": "Credit hold",
    "inactive": "Inactive in the ERP",
}
LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
PROMISES = {"open": "Awaited", "kept": "Kept", "broken": "Broken", "replaced": "Replaced"}
OUTCOME = {
    "reply": "The mail server said",
    "sent_at": "Sent",
    "refused": "Refused addresses",
    "netsuite_id": "Number in the ERP",
    "reason": "Reason",
}
ROLES = {
    "viewer": "Viewer",
    "auditor": "Auditor",
    "collector": "Collector",
    "approver": "Approver",
    "controller": "Controller",
    "admin": "Administrator",
}
BUCKETS = {
    "current": "Not due",
    "1-30": "1–30 days",
    "31-60": "31–60 days",
    "61-90": "61–90 days",
    "90+": "Over 90 days",
}
WRITERS = {
    "template": "our template",
    "model": "the language model, checked against the facts",
    "person": "a person",
    "": "our template",
}
CONNECTIONS = {
    "netsuite": "NetSuite",
    "smtp": "Outgoing mail",
    "imap": "Incoming mail",
    "stripe": "Stripe",
    "model": "Language model",
    "webhooks": "Events to other systems",
    "slack": "Slack",
    "sync": "ERP import",
}
_HOLDS = {
    HoldReason.PAID: "Nothing is owed",
    HoldReason.NOT_COLLECTABLE: "Nothing to collect",
    HoldReason.DISPUTED: "In dispute",
    HoldReason.PROMISED: "Payment promised",
    HoldReason.PAUSED: "Paused",
    HoldReason.CREDIT_HOLD: "On credit hold",
    HoldReason.LEGAL: "With legal",
    HoldReason.INSOLVENCY: "Insolvency",
    HoldReason.RESOLVED: "Conversation closed",
    HoldReason.ESCALATED: "With a person",
    HoldReason.PAYMENT_ARRIVED: "A payment came and is not posted yet",
    HoldReason.SWITCHED_OFF: "Stopped by a switch",
    HoldReason.BLOCKED: "It would have said something false",
    HoldReason.INACTIVE: "Inactive in the ERP",
    HoldReason.AUTO_FOLLOWUP_OFF: "Automatic follow-up is off",
    HoldReason.MANUAL_ONLY: "Written to by people only",
    HoldReason.FIRST_MESSAGE_OFF: "The first message is left to a person",
    HoldReason.NO_RECIPIENT: "No billing contact",
    HoldReason.SUPPRESSED: "Contact must not be written to",
    HoldReason.UNKNOWN_TIMEZONE: "Time zone unknown",
    HoldReason.REPLIED: "They replied: a person takes over",
    HoldReason.AWAITING_DECISION: "A mail waits for a decision",
    HoldReason.SMALL_BALANCE: "Balance too small",
    HoldReason.NOT_DUE: "Not due yet",
    HoldReason.GAP: "Written to recently",
    HoldReason.CAP_REACHED: "Enough mails for now",
    HoldReason.EXHAUSTED: "All steps done: a person takes over",
    HoldReason.OUTSIDE_WINDOW: "Outside business hours",
}


def next_step(planned: PlannedTouch | Hold) -> tuple[str, str]:
    """What the cadence says, short, and the detail behind it."""
    if isinstance(planned, PlannedTouch):
        count = len(planned.invoice_ids)
        about = f"about {count} invoice{'' if count == 1 else 's'}, tone {planned.tone}"
        return f"Mail on {plain_day(planned.at.date())}", about
    until = f" Until {plain_day(planned.until.date())}." if planned.until else ""
    return _HOLDS[planned.reason], f"{sentence(planned.detail)}{until}"


def last_plan(row: FollowUpRow) -> tuple[str, str]:
    """What the cadence said when it last looked, short, and the detail behind it."""
    until = ""
    if row.next_at:
        at = row.next_at.astimezone(UTC)
        until = f" Looked at again on {plain_day(at.date())}, {at:%H:%M} UTC."
    if row.outcome == "planned":
        return "Mail proposed", f"{step(row.step)}.{until}" if row.step else until.strip()
    if row.outcome == "blocked":
        return "No mail: it would have said something false", row.detail
    known = {reason.value: words for reason, words in _HOLDS.items()}
    return known.get(row.reason, human(row.reason)), f"{sentence(row.detail)}{until}".strip()


def writer(code: str) -> str:
    """Who wrote a mail; "template/1" is the first version of our templates."""
    kind = code.partition("/")[0]
    return WRITERS.get(kind, human(code))


def human(code: str) -> str:
    """A code as words, for one this page does not know yet."""
    return plain(code)


def work_title(row: WorkItemRow) -> str:
    """What waits, for a person; a reply is told by what it says."""
    name, _, _ = row.title.rpartition(": ")
    code = str(row.detail.get("reason", ""))
    read = row.kind == "reply" and row.touchpoint_id is not None
    return f"{name}: {asked(code)}" if read and name and code else row.title


def spoken(value: object) -> str:
    """A value of an outcome: instants as people write them, the rest as it is."""
    text = str(value)
    try:
        at = datetime.fromisoformat(text) if len(text) > 18 else None
    except ValueError:
        return text
    return f"{plain_day(at.date())}, {at.astimezone(UTC):%H:%M} UTC" if at is not None else text


PAPERS = {
    "invoice_copy": "Copy of an invoice",
    "statement": "Statement of account",
    "w9": "Tax form",
    "pod": "Proof of delivery",
    "contract": "Contract",
    "timesheet": "Timesheet",
    "usage": "Usage report",
    "purchase_order": "Purchase order",
    "vendor_form": "Vendor form",
    "tax_certificate": "Tax certificate",
    "insurance_certificate": "Insurance certificate",
    "other": "Something else",
}
