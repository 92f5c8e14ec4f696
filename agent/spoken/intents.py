"""Which tool a message asks for, by its plain words: the first pattern that fits decides."""

from __future__ import annotations

import re

_ASKS = (
    r"^(?:(?:and|so|ok|hey|hi|please|pls)[, ]+)*(?:who|what|what's|which|when|where|why|how|did|"
    r"does|do|has|have|is|are|was|were|any|show|list|tell|see|find|search|look)\b"
)
_MAIL = r"(?:reminder|follow-?\s?up|e-?mail|mail|letter|nudge|chaser|dunning|message|note)s?"
_REMIND = (
    (
        rf"\b(?:draft|write|prepare|compose|send|propose|create|make|do)\b.*\b{_MAIL}\b"
        rf"|\b(?:remind|chase|nudge|dun|ping|follow[ -]up with|write to|e-?mail)\b(?!.*\bpromis)"
        rf"|\b(?:firmer|friendlier|another|new)\s(?:one|{_MAIL})\b|^{_MAIL}\s(?:to|for)\b|\b(?:need|want|like)\b.*\b(?:reminder|follow-?up)\b"
    ),
)
_PAID = (
    (
        r"\b(?:paid|wired|sent us|transferred|remitted|deposited|settled)\b.*<amt>"
        r"|<amt>.*\b(?:came in|arrived|received|from|by wire|by check|by ach|was paid|landed)\b"
        r"|\b(?:got|received|payment of|wire of|check for|cheque for|transfer of)\b.*<amt>"
        r"|\b(?:record|log|enter|book|register|post)\b.*(?:\b(?:payment|wire|check|cheque|receipt|"
        r"transfer)\b|<amt>)"
    ),
)
_PAUSE = (
    (
        r"^hold\b|\b(?:pause|snooze|mute|hold off)\b|\bput\b.*\bon hold"
        r"|\bgive\b.*\b(?:a rest|until <day>)"
        r"|\b(?:stop|don'?t|do not|no)\s(?:chas|remind|e-?mail|writ|contact|mail|nudg|dun|foll)\w*"
        r"|\bleave\b.*\balone\b|\bno more (?:e?-?mails?|reminders?|letters?|mail)\b"
    ),
)
_NOBODY = r"(?:no\s?(?:body|\s?one)|nothing|not|n't|never|none|hasn|haven|didn|isn)"
_DID = r"(?:did|does|do|have|has)\b(?! we\b)"
_LATE = r"\b(?:overdue|late|past due|behind|delinquent|unpaid|not paid)"
ACTS: dict[str, tuple[str, ...]] = {
    "propose_credit": (
        r"\bcredit\b(?!\s(?:hold|limit)).*<(?:amt|inv)>",
        r"\bcredit (?:note|memo) for\b",
    ),
    "propose_write_off": (
        r"\bwrit(?:e|ing)[ -](?:(?:it|this|that|<inv>|<amt>)\s)?off\b",
        r"\bbad debt\b.*<inv>",
    ),
    "draft_invoice": (
        (
            r"^(?:please )?(?:draft|create|make|prepare|raise|issue|write)\b(?!.*\breminder)"
            r"[^<]*\b(?:invoice|bill)\b.*<(?:amt|least)>"
        ),
        r"^(?:please )?(?:invoice|bill)\b [^<]*<amt>.*\bfor\b",
    ),
    "resume": (
        r"\b(?:resume|un-?pause|un-?hold|restart|lift)\b",
        r"\bend\b.*\b(?:pause|hold)\b",
        r"\bstart\b.*\bagain\b",
        r"\btake\b.*\boff hold",
    ),
    "assign": (
        r"\b(?:re-?assign|assign|hand over|hand)\b",
        r"\bgive\b(?!.*<day>).*\bto\b",
        r"^i(?:'ll| will) take\b",
    ),
    "record_note": (
        r"^(?:please )?(?:add |make |take |leave )?(?:an? )?(?:note|remember|(?:jot|write) down)\b",
        r"\badd (?:a |this )?note\b",
    ),
    "record_payment": _PAID,
    "pause": _PAUSE,
    "propose_reminder": _REMIND,
}
READS: dict[str, tuple[str, ...]] = {
    "recognized_revenue": (r"\brecogni[sz]", r"\brevenue\b", r"\bdeferred\b"),
    "close_readiness": (
        r"\bclos(?:able|eable)\b|\bclos(?:e|ing)\b.*\b(?:read|status|books|month|period|checklist)",
        r"\bclos(?:e|ing)\b.*<per>|<per> close\b|^(?:the )?close\b",
        r"\b(?:ready to|can we|how is the) close\b|\bmonth[- ]?end\b",
    ),
    "drift_findings": (
        r"\bdrift|\bout of (?:sync|step)\b|\bdiscrepanc|\bmismatch|\bdifferences?\b",
        r"\b(?:changed|different|edited|deleted|voided)\b.*\b(?:netsuite|erp)\b",
    ),
    "promises": (r"\bpromis", r"\bcommit(?:ted|ments?)\b"),
    "why_not": (
        r"\bhow come\b",
        rf"\bwhy\b.*\b(?:{_NOBODY}|paused|on hold|held|stopped|quiet|rest)\b|\bwhy\b.*n't\b",
        r"\b(?:when|what)\b.*\bnext\b.*\b(?:touch|reminder|mail|e-?mail|follow|step|chas|contact)",
        r"\bwhen (?:will|do|are|is)\b.*\b(?:chase|remind|write|e-?mail|contact|follow)",
        r"\bnext (?:touch|reminder|follow|mail|step)\b|^(?:and |but |so )?why\b",
    ),
    "what_did_they_say": (
        rf"\bwhat {_DID}.*\b(?:say|said|write|wrote|written|answer|repl|respond|tell|told)",
        r"\b(?:last|latest|recent|newest) (?:message|mail|e-?mail|repl|answer|response|word)",
        r"\b(?:last|latest) thing\b.*\b(?:say|said|wrote|write)",
        r"\bany (?:reply|replies|answer|response|news|word)\b|\bhea?rd? (?:back |anything )?from\b",
        rf"\b{_DID}.*\b(?:reply|replied|answer|answered|respond|responded|say)\b",
        rf"\b{_DID}.*\b(?:write|written|get) back\b",
    ),
    "disputes": (r"\bdisput", r"\bcontest(?:ed|s|ing)?\b"),
    "aging": (r"\bage?ing\b", r"\bbuckets?\b", r"\baged\b"),
    "timeline": (
        r"\btimeline\b|\bhistory\b|\bactivity\b|\bhappen|\bstory\b",
        r"\bwhat (?:did|have) we (?:send|sent|do|done|write|written|say|said)\b",
        r"\bwho\b.*\b(?:sent|wrote|contacted|reminded|called|chased)\b",
        r"\bwhen did we (?:last )?(?:write|mail|e-?mail|contact|chase|remind)\b",
    ),
    "waiting": (
        r"\bworklist\b|\bto-?\s?dos?\b|\btasks?\b|\bapprov|\bpending\b|\bqueue\b|\binbox\b|\bproposals?\b",
        r"\bneeds? (?:my |our |a |your )?(?:approval|decision|attention)|\bon my plate\b",
        r"\bwhat should (?:i|we) do\b|\bwaiting\b|\bwaits\b",
    ),
    "invoice_lookup": (r"<inv>",),
    "find_payments": (
        r"^(?!.*\b(?:late|overdue|behind|past due)\b).*\b(?:payments?|receipts?|wires?)\b",
        r"\b(?:cheques?|checks?|deposits|transfers?)\b|\bcame in\b",
        r"\bdid (?:we|you) (?:get|receive)\b",
        r"\b(?:unapplied|unmatched|unallocated)\b|\bnot match|\bwho paid\b|\bpaid us\b",
        r"\bcollected\b",
        r"\b(?:did|has|have|when)\b.*\b(?:pay|paid|sent money)\b",
        r"\b(?:cash|money) (?:received|came|in)\b",
    ),
    "list_overdue": (
        r"<days>|<least>|^(?:the )?(?:overdue|late)\b|\b(?:most|oldest) overdue\b",
        r"\bha(?:ve|s)n'?t paid\b",
        rf"\b(?:who|which|list|show|any(?:one|body)?|customers|accounts|top|all|invoices)\b.*{_LATE}",
    ),
    "who_owes": (
        r"\bwho\b.*\bow(?:e|es|ing)\b|\bdebtors\b|\bowes? (?:us )?(?:the )?most\b|^<top>$",
        r"(?:\b(?:biggest|largest|top|worst)|<top>) (?:debtor|customer|balance|account|payer)s?\b",
    ),
    "account_summary": (
        r"\bow(?:e|es|ed|ing)\b|\bbalance\b|\boutstanding\b|\bopen\b|\baccount\b|\bstatement\b",
        r"\bsummary\b|\bstatus\b|\bsituation\b|\bstand(?:s|ing)?\b|\btell me about\b|\bdue\b",
        r"\bhow (?:is|are|about)\b|\bhow'?s\b|\boverdue\b|\blate\b|\breceivables?\b|\btotals?\b",
        r"\bnumbers?\b|\bposition\b|\bdeal with\b|\bgoing on with\b|\bup with\b",
        r"\bown(?:er|s)\b|\bshow\b|\bpull up\b|\bbehind\b|\bsitting at\b",
        r"\b(?:oldest|newest) (?:inv|bill)|\bhandles?\b|\bresponsible\b|\breliab",
        r"\bhow much did we (?:collect|receive|get)\b",
    ),
}  # fmt: skip


def _compiled(known: dict[str, tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((n, re.compile("|".join(parts), re.IGNORECASE)) for n, parts in known.items())


_COMPILED_ACTS, _COMPILED_READS = _compiled(ACTS), _compiled(READS)
_QUESTION = re.compile(_ASKS, re.IGNORECASE)
_WISH = re.compile(
    r"^(?:(?:and|so|ok|hey|hi|please|pls)[, ]+)*(?:can|could|would|will) (?:you|we)\b"
    r"|\b(?:please|pls|bitte|por favor|s'il|kannst|könn\w+|würde\w*|peux|pouvez|pourr\w+|puedes|"
    r"podr\w+|puoi|potr\w+|pode\w*|kun je|shall we|let's)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.?!;])\s+|\n+|,\s+and\s+|\band then\b", re.IGNORECASE)
# What a person tells as a fact; asked as a question it is none.
_TOLD = ("draft_invoice", "record_payment", "record_note", "propose_credit", "propose_write_off")


def intent_of(text: str) -> str:
    """The tool that a message with its values taken out asks for; empty when none is meant.

    A question never acts: "did Acme pay 500" looks, "Acme paid 500" records.
    """
    if not is_question(text):
        doubted = text.rstrip().endswith("?") and not _WISH.search(text)
        for name, pattern in _COMPILED_ACTS:
            if pattern.search(text) and not (doubted and name in _TOLD):
                return name
    for name, pattern in _COMPILED_READS:
        if pattern.search(text):
            return name
    return ""


def is_question(text: str) -> bool:
    """Whether a sentence begins as a question and is no wish ("could you pause Acme")."""
    return bool(_QUESTION.search(text)) and not _WISH.search(text)


def wants(message: str, cues: re.Pattern[str]) -> bool:
    """Whether a message asks for an act: a cue in a sentence that is no question."""
    return any(
        cues.search(sentence) is not None
        and not is_question(sentence)
        and not (sentence.rstrip().endswith("?") and not _WISH.search(sentence))
        for sentence in _SENTENCES.split(message)
    )
