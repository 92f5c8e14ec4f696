"""What is asked for and not done in a conversation: what to say, and where it is done instead."""

from __future__ import annotations

import re

from agent.spoken.acts import ACTS
from agent.spoken.intents import intent_of
from agent.spoken.phrases import QUOTED

_REASONS = ("disputed", "plan", "interest")
_MAIL = r"(?:e-?mail|mail|remind|chase|nudge|write|dun|ping|message|send|draft)"
_LATER = (
    r"<day>|\b(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next (?:week|month)"
    r"|eo[wm]|"
    r"later|in \d+ (?:days?|weeks?)|the \d+(?:st|nd|rd|th))\b"
)
_PLEASE = (
    r"^(?:please |pls |can you |could you |just |and |then |now |oops,? |ok,? |no,? |wait,? )*"
)
_FORMS: dict[str, str] = {
    "secret": r"\b(?:password|passwort|api[- ]?key|credentials?|secret|token)s?\b",
    "bank": (
        r"\b(?:change|update|set|use|replace|new)\b.*\b(?:bank (?:account|details)|iban|"
        r"routing number|remit(?:tance)? (?:details|address))"
    ),
    "approve": (
        rf"{_PLEASE}(?:how (?:do|can) (?:i|we) )?(?:approve|reject)\b.*"
        r"|\bwithout (?:an? |any )?(?:approv\w*|review|asking)\b|\bauto-?approve\b"
    ),
    "stop_all": (
        r"\b(?:switch|turn|shut) off\b.*\b(?:reminders?|mails?|e-?mails?|everything|all|agent)\b"
        r"|\b(?:stop|pause|halt) (?:all|every|everything|everybody|everyone)\b"
    ),
    "everybody": (
        rf"{_PLEASE}{_MAIL}\b(?:(?! for | about | from ).)*\b(?:all|everybody|everyone|"
        r"each of (?:them|those)|every (?:one|customer)|all of (?:them|those))\b(?!.*\bpromis)"
    ),
    "mark_paid": r"\b(?:mark|set|flag|treat|close)\b.*\b(?:as )?(?:paid|settled|cleared)\b",
    "undo": (
        rf"{_PLEASE}(?:undo|revert|take (?:that|it|this) back|roll back|delete that|"
        r"remove that)\b.*"
    ),
    "later": (
        rf"{_PLEASE}(?:send (?:a |another )?reminder|remind|chase|nudge|{_MAIL} (?:to )?)\b"
        r"(?!.*\b(?:due|promis\w*|paid|from|since|note)\b)"
        rf".*(?:\b(?:on|next|in|by)\b.*)?(?:{_LATER})"
    ),
    "paper": (
        r"^(?!.*\breminder).*\b(?:send|e-?mail|forward|mail|resend|re-send)\b"
        r".*\b(?:statement|pdf|cop(?:y|ies)|w-?9|tax form)s?\b"
    ),
    "escalate": (
        r"\bescalate\b|\bloop (?:in|.* in)\b|\b(?:involve|bring in|cc)\b.*\b(?:manager|sales|"
        r"csm?|cfo|legal|owner)\b|\bhand (?:it|this|them) (?:over )?to (?:legal|collections)\b"
    ),
    "call": rf"{_PLEASE}(?:call|phone|ring)\b(?!.*\bnote\b).*",
    "interest": (r"\b(?:charge|add|apply)\b.*\b(?:interest|late fees?|dunning fees?|penalt\w+)\b"),
    "plan": r"\b(?:payment|instal?lment) plans?\b",
    "answer": rf"{_PLEASE}(?:reply|respond|answer)\b(?: to\b.*|.*\bthat\b.*)",
    "contact": (
        r"\bnew\b.*\b(?:contact|e-?mail|address)\b.*@|@.*\b(?:is|as) (?:the|their) new\b"
        r"|\b(?:add|change|update|remove)\b.*\bcontacts?\b"
    ),
    "disputed": (
        r"^(?!.*\?\s*$)(?!(?:who|what|which|did|has|have|any|show|list|why|is|are|how|all|open)\b)"
        r"(?:.*\b(?:disput(?:es|ed)|contests?|rejects?|refuses?)\b .*(?:<inv>|\binv).*"
        r"|.*\b(?:says?|said|claims?|thinks?)\b.*\b(?:wrong|incorrect|too (?:high|much)|duplicate|"
        r"not (?:right|correct|received|ordered))\b.*)"
    ),
    "refund": rf"{_PLEASE}(?:refund|pay back|wire back)\b.*",
    "country": (
        r"\b(?:in|for|from|of) (?:the )?(?:germany|france|spain|italy|portugal|austria|"
        r"switzerland|netherlands|belgium|poland|uk|united kingdom|england|ireland|usa|"
        r"united states|america|canada|mexico|brazil|japan|china|india|australia|europe|emea|"
        r"apac|dach|latam|north america)\b(?! (?:e-?mail|pounds?))"
    ),
    "trend": (
        r"\btrends?\b|\bgetting (?:any )?(?:better|worse)\b"
        r"|\b(?:a year|a month) ago\b.*\b(?:aging|balance|dso)\b"
    ),
    "audit": (r"^what (?:did|has|have) (?!we\b|they\b|he\b|she\b|namex)\w+ (?:do|done)\b(?! to\b)"),
    "export": r"\b(?:csv|excel|xlsx?|spreadsheet|export)\b",
}
_COMPILED = {kind: re.compile(form, re.IGNORECASE) for kind, form in _FORMS.items()}
WORDS: dict[str, str] = {
    "secret": "I know no passwords or keys, and none is told here.",
    "bank": "Bank details are changed by one administrator and confirmed by another, in the "
    "settings under Where customers pay. Nothing in a conversation changes them.",
    "approve": "Nothing leaves without a person's decision, and nobody decides in a conversation: "
    "decide on the card, or under Review.",
    "everybody": "I draft for one customer at a time: name one. Whoever is due is written to by "
    "the policy, without being asked, and waits under Review.",
    "stop_all": "Everything is stopped at once in the settings, under Stop; each stop is in the "
    'audit. One customer rests with "pause Acme for 30 days".',
    "one_amount": "One amount at a time: write each payment or credit in a message of its own. "
    "Nothing was recorded yet.",
    "mark_paid": "An invoice becomes paid by its payment in NetSuite. If you know of one, tell me "
    'who paid how much: "Acme paid 12,400 by wire today, ref 88-201".',
    "undo": "What waits for approval is rejected on its card or under Review. A pause ends with "
    '"resume Acme". A payment recorded by mistake is taken back on its own page. What was sent '
    "cannot be called back.",
    "later": "A reminder cannot be put off to a day: I draft it now, and it leaves once somebody "
    'approves it. To wait, pause until the day before ("pause Acme until Sunday"); then the policy '
    "writes, if something is still due.",
    "paper": "Papers leave with mail only: reminders carry those of the policy, and a customer who "
    "asks for one is answered with what is on file. Each customer's papers are under Papers.",
    "escalate": 'I give a conversation to a colleague: "assign Acme to Robin". Whom mails copy '
    "and what goes to whom is set by the customer's page, the policy and its escalation"
    " routes.",
    "call": 'I cannot call anybody. Ask "who is the contact at Acme", and note what was said: '
    '"note on Acme: they pay next week".',
    "interest": "Interest and late fees are no act of mine: the policy says where a mail mentions "
    "them, and they are billed in NetSuite.",
    "plan": "Payment plans are not set up from here. Let reminders rest and keep the words: "
    '"pause Acme for 30 days because of the payment plan", "note on Acme: three instalments".',
    "answer": "An answer to a customer is drafted under Worklist, at the mail that waits. "
    'Here: "what did Acme say", or "draft a reminder to Acme".',
    "contact": "Contacts come from NetSuite, or from a customer's mail that a person confirms "
    'under Worklist. Here I can keep a note: "note on Acme: the new contact is Jo Park".',
    "disputed": "A dispute is opened from the customer's own mail. For one told on the phone let "
    'the invoice rest and keep the words: "pause INV-1042 indefinitely because of a dispute", '
    '"note on INV-1042: wrong quantity". Nothing was recorded yet.',
    "refund": "Refunds are made in NetSuite. A credit I can propose: "
    '"credit 200 on INV-1042 for the outage".',
    "country": "I cannot narrow by country or region. By currency, age and amount I can: "
    '"who is overdue in EUR", "aging in GBP".',
    "trend": "Balances are told as they stand today; how they stood earlier I do not know. Money "
    'that came in I know by period: "payments last month", "payments in September".',
    "audit": "Who did what is in the audit, on its own page.",
    "which": "Which one? Name the customer or the invoice; I remember no list here.",
    "export": "Files are exported on the pages: the queue, the payments, the reconciliation and "
    "the revenue reports have CSV. Here I answer with tables.",
}


def elsewhere(text: str) -> str:
    """The kind of thing that is asked for and not done in a conversation; empty when none is.

    A note may speak of anything, and an act may give any of these as its reason.
    """
    text = QUOTED.sub("namex", text)
    kind = next((kind for kind, form in _COMPILED.items() if form.search(text)), "")
    act = intent_of(text) if kind else ""
    reason = kind in _REASONS and act in ACTS
    return "" if act == "record_note" or reason else kind
