"""What the agent's codes mean, in the words of the people who read the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.reasons import RULES as RULES
from flows.reasons import plain as plain
from flows.reasons import rule as rule
from flows.reasons import step as step
from flows.reasons import why_now as why_now
from web.figures import plain_day
from web.trigger_phrases import DID, TRIGGER_ADVICE, TRIGGERS


@dataclass(frozen=True, slots=True)
class Act:
    """How the review page speaks of a kind of effect.

    `record` is what the ERP makes of it, empty where it makes nothing new.
    """

    template: str
    exact: str
    approve: str
    then: str
    look: str
    record: str = ""


_ACTS = {
    "send_email": Act(
        "mail",
        "The mail as it will leave",
        "Approve and send",
        "This mail leaves once, to the addresses above. Before it leaves, the facts are read"
        " again; if an invoice was paid, disputed or promised in between, it is replaced.",
        "Ask the customer, or look in the sent folder.",
    ),
    "post_to_customer_channel": Act(
        "message",
        "The message as it will stand in Slack",
        "Approve and post",
        "This message is posted once, to the channel above, where the customer reads it. Before"
        " that, the facts are read again; if an invoice was paid, disputed or promised in between,"
        " it is replaced.",
        "Look in the channel.",
    ),
    "post_customer_payment": Act(
        "posting",
        "The posting as it will be made",
        "Approve and post",
        "One customer payment is created in the ERP. The open balances change as shown.",
        "Look for the payment in the ERP.",
        "payment",
    ),
    "create_invoice": Act(
        "invoice",
        "The invoice as it will be made",
        "Approve for sync",
        "One invoice is created in the ERP and mailed to nobody. It is read back; if the ERP makes"
        " anything else of it, a person sees the difference.",
        "Look for the invoice in the ERP.",
        "invoice",
    ),
    "update_invoice": Act(
        "change",
        "The change as it will be made",
        "Approve for sync",
        "These fields change in the ERP, if nobody changed the invoice there in between.",
        "Look at the invoice in the ERP.",
    ),
    "create_customer": Act(
        "newcomer",
        "The customer as it will be made",
        "Approve for sync",
        "One customer is created in the ERP, unless there is one that looks the same by then."
        " Nobody writes to it before collections are switched on.",
        "Look for the customer in the ERP.",
        "customer",
    ),
    "put_applications": Act(
        "applications",
        "What the payment will be applied to",
        "Approve for sync",
        "The payment's applications in the ERP become these, if they still are what is shown.",
        "Look at the payment in the ERP.",
    ),
    "apply_credit": Act(
        "cash",
        "The credit as it will be used",
        "Approve and apply",
        "This much of the credit is set against these invoices in the ERP, if nobody used it in"
        " between. No money moves.",
        "Look at the credit in the ERP: what is it applied to?",
    ),
    "unapply_payment": Act(
        "cash",
        "What the payment will be taken off",
        "Approve and take off",
        "The payment comes off these invoices in the ERP, which are open again. The money stays"
        " with the customer as unapplied cash.",
        "Look at the payment in the ERP.",
    ),
    "reverse_payment": Act(
        "cash",
        "The payment that came back",
        "Approve the return",
        "The payment moves from these invoices to the journal of the return, and they are open"
        " again. Reminders take them up by their due dates.",
        "Look at the payment in the ERP: does it stand against the journal?",
    ),
    "refund_customer": Act(
        "cash",
        "The refund as it will be made",
        "Approve the refund",
        "One customer refund is created in the ERP out of what is shown. The bank transfer itself"
        " is made where you pay suppliers.",
        "Look for the refund in the ERP.",
        "customer refund",
    ),
    "create_credit_memo": Act(
        "credit",
        "The credit as it will be made",
        "Approve the credit",
        "One credit memo is created in the ERP and set against what is shown. It is read back; if"
        " the ERP makes anything else of it, a person sees the difference.",
        "Look for the credit memo in the ERP.",
        "credit memo",
    ),
    "write_off_invoice": Act(
        "credit",
        "The write-off as it will be made",
        "Approve the write-off",
        "One credit memo of bad debt is created in the ERP and set against the invoice. No revenue"
        " is reversed. Nobody is reminded of it any more.",
        "Look for the credit memo in the ERP.",
        "credit memo",
    ),
    "void_request": Act(
        "credit",
        "What shall be voided",
        "Approve the void",
        "Somebody voids it in the ERP. Dunwell looks until it is done, and records that.",
        "Look at the document in the ERP: is it voided?",
    ),
    "post_journal": Act(
        "cash",
        "The journal as it will be posted",
        "Approve and post",
        "One journal entry is created in the ERP with exactly these lines.",
        "Look for the journal in the ERP.",
        "journal entry",
    ),
}
INTENTS = {
    "legal_threat": "They mention lawyers or a court",
    "insolvency_notice": "They report an insolvency",
    "bank_details_change": "They ask to change bank details",
    "suspicious_instruction": "The mail gives instructions that look like fraud",
    "stop_contact": "They ask not to be written to",
    "wrong_person": "They are not the right person",
    "dispute": "They dispute an invoice",
    "hardship": "They are in difficulties",
    "payment_plan_request": "They ask to pay in parts",
    "extension_request": "They ask for more time",
    "settlement_offer": "They offer to pay a part and be done",
    "complaint": "They complain",
    "already_paid": "They say it is paid",
    "remittance_advice": "They announce or confirm a payment",
    "credit_request": "They ask for a credit",
    "request_document": "They ask for a document",
    "submission_requirement": "They say how an invoice must be handed in",
    "payment_method_request": "They ask how to pay",
    "invoice_question": "They have a question about an invoice",
    "promise_conditional": "They will pay, on a condition",
    "promise_vague": "They will pay, without a date",
    "promise_to_pay": "They promise to pay",
    "bounce": "The mail did not arrive",
    "out_of_office": "They are away",
    "other": "It is not clear what they want",
}
ADVICE = {
    "dispute": "Settle the matter with them. Reminders for the disputed invoice rest until then.",
    "promise_vague": "Ask for a date. Reminders rest for some days.",
    "promise_conditional": "See whether the condition can be met, then ask for a date.",
    "already_paid": "Look for the payment at the bank. Reminders rest meanwhile.",
    "bounce": "Find another address and enter it at the customer in the ERP.",
    "legal_threat": "Hand it to whoever handles legal matters. Nothing more is sent.",
    "insolvency_notice": "Hand it to whoever handles legal matters. Nothing more is sent.",
    "bank_details_change": "Do not answer the mail. Call a number you already know.",
    "suspicious_instruction": "Do not answer the mail. Call a number you already know.",
    "reply": "Read the mail, answer it if it needs an answer, then settle it here.",
    "payment": "Choose what it pays. Nothing is posted before somebody approves it in Review.",
    "deal": "Open the deal and say what is missing, or repair it where it comes from.",
    "deal_difference": "Credit it, bill the difference, or leave it; then take it off the list.",
    "contract": "Open the contract, and confirm or correct each of its terms.",
    "bank_file": "Nothing of the file was used. Get it once more from the bank, or explain its"
    " columns.",
    "match_class": "Look at the matches that were wrong. The class is on trial again.",
    "deduction": "Settle it with them: a credit memo if it is right, a reminder if it is not.",
    "payout": "Compare it with the bank's line. What differs is told there.",
    "promise_broken": "Call them, or let the next reminder go out: it goes by itself.",
    "unknown_effect": "Look whether it happened, then say so in the proposal. It is not repeated.",
    "failed_effect": "It did not happen. Read why in the proposal, then try again or reject it.",
    "source_event": "The message is kept as it came, and nothing was done about it.",
    "failed_delivery": "Mend the receiver, then send them again: POST /api/v1/events/{id}/send.",
    "request_document": "Send the document from the ERP.",
    "void": "Approve it first. Then open it in the ERP and choose Void; Dunwell sees that it is"
    " done.",
}
_DID = {
    "RecordPromise": "recorded the promise",
    "DraftAnswer": "drafted an answer",
    "AskPerson": "asked a person",
    "PauseUntil": "rests reminders for a while",
    "OpenDispute": "opened a dispute",
    "SuppressContact": "stopped writing to this address",
    "FindPayment": "looks for the payment",
} | DID
REASONS = {
    "payment_search": "They say it is paid; the payment is looked for",
    "paused": "For a while",
    "credit_hold": "On credit hold",
    "legal": "With legal",
    "insolvency": "Insolvency",
    "resolved": "Conversation closed",
    "quality": "Quality",
    "price": "Price",
    "delivery": "Delivery",
    "other": "No particular reason given",
}
WORKERS = {
    "followup": "the follow-up agent",
    "reply": "the agent that reads replies",
    "replies": "the agent that reads replies",
    "matching": "payment matching",
}
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_LOCAL = re.compile(r"\((\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)\)")
_MACHINE = "a machine wrote: "
_STEP = re.compile(r"\b(overdue_\d+|heads_up|due_today)\b")


def act(kind: str) -> Act:
    """How the page speaks of a kind of effect. Raises KeyError for one it does not know."""
    return _ACTS[kind]


def reason(code: str) -> str:
    """Why something rests, is disputed or waits for a person."""
    known = REASONS.get(code) or TRIGGERS.get(code) or INTENTS.get(code)
    return known or (sentence(code) if " " in code else plain(code))


def asked(code: str) -> str:
    """Why a reply waits for a person."""
    if code.startswith(_MACHINE):
        return f"A machine wrote: {asked(code.removeprefix(_MACHINE))}"
    return TRIGGERS.get(code) or INTENTS.get(code) or sentence(code)


def worker(code: str) -> str:
    """Which part of the service acted."""
    return WORKERS.get(code, plain(code))


def sentence(detail: str) -> str:
    """A detail of the cadence with dates, times and steps as people write them."""
    if detail.startswith("disputed: "):
        return reason(detail.removeprefix("disputed: ")) + "."
    told = _LOCAL.sub(r"(it was \4 there)", detail)
    told = _ISO.sub(lambda m: _day(m.group()), told)
    told = _STEP.sub(lambda m: step(m.group()), told)
    if not told:
        return ""
    told = told[0].upper() + told[1:]
    return told if told.endswith((".", "!", "?")) else f"{told}."


def advice(kind: str, code: str) -> str:
    """What a person might do about something that waits."""
    told = TRIGGER_ADVICE.get(code) or ADVICE.get(code)
    return told or TRIGGER_ADVICE.get(kind) or ADVICE.get(kind, "")


def read_as(reading: Mapping[str, object]) -> list[tuple[str, str]]:
    """How a mail was read: what it says, with its own words, and what was done about it."""
    told = [
        (INTENTS.get(code, plain(code)), f"“{span}”" if span else "")
        for code, span in _intents(reading)
    ]
    actions = reading.get("actions")
    if isinstance(actions, list) and actions:
        did = [_DID.get(str(name), plain(str(name))) for name in actions]
        told.append(("The agent", ", ".join(dict.fromkeys(did)) + "."))
    return told


def _intents(reading: Mapping[str, object]) -> list[tuple[str, str]]:
    found = reading.get("intents")
    items = found if isinstance(found, list) else []
    return [
        (str(item.get("intent", "")), str(item.get("span", ""))[:300])
        for item in items
        if isinstance(item, Mapping)
    ]


def _day(iso: str) -> str:
    try:
        return plain_day(date.fromisoformat(iso))
    except ValueError:
        return iso
