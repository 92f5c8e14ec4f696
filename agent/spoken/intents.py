"""Which tool a message asks for, by its plain words: the first pattern that fits decides."""

from __future__ import annotations

import re

from agent.spoken.acts import ACTS
from agent.spoken.phrases import QUOTED

_ASKS = (
    r"^(?:(?:and|so|ok|hey|hi|please|pls)[, ]+)*(?:who|what|which|when|where|why|how"
    r"|(?:who|what|where|when|how)'?s|did|"
    r"does|do(?! not\b)|has|have|is|are|was|were|any|show|list|tell|see|find|search|look|explain)\b"
)
_NOBODY = r"(?:no\s?(?:body|\s?one)|nothing|not|n't|never|none|hasn|haven|didn|isn)"
_DID = r"(?:did|does|do|have|has)\b(?! we\b)"
_LATE = r"\b(?:overdue|late|past due|behind|delinquent|unpaid|not paid)"
_WHO = r"\b(?:who|which|what|any|list|show|how many)\b"
READS: dict[str, tuple[str, ...]] = {
    "cash_expected": (
        r"^(?!.*\baccura).*\bforecasts?\b|\bcash ?flow\b|\bprojection",
        (
            r"\b(?:will|going to|gonna|expect\w*|should)\b(?!.*namex).*\b(?:come in|coming in"
            r"|collect|be paid|"
            r"receive|cash in)\b"
        ),
        r"\bexpected (?:cash|money|payments|receipts|collections)\b",
    ),
    "who_is_paused": (
        (
            rf"(?:{_WHO}|^)(?!.*\bwhy\b).*\b(?:paused|on hold|snoozed|resting|muted)\b(?!"
            rf".*namex)(?!.*<inv>)"
        ),
        r"\bwho\b.*\b(?:asked|told)\b.*\bstop\b|\bunsubscrib|\bsuppress|\bopted? out\b",
        r"\b(?:all|our|list(?: of)?|open|active) (?:pauses|holds)\b",
    ),
    "whom_first": (
        (
            r"\bwho(?:m)?\b.*\b(?:should|shall|to|do|must|can)\b.*\b(?:call|chase|contact|start"
            r"|work on|talk|"
            r"phone|focus|ring|tackle|go after|remind)\b(?!.*\bnext touch)"
        ),
        (
            r"\b(?:worst|slowest|bad|late|risky|riskiest) payers?\b|\brisk|\bpriorit|\bmost"
            r" likely to\b"
        ),
    ),
    "whats_new": (
        (
            r"\b(?:what(?:'s| is| has)?|anything) (?:new|happened|changed|happening|going on)\b"
            r"(?!.*\b(?:with|to|at|for|about|in|of)\b)(?!.*namex)"
        ),
        (
            r"\bwhat did i miss\b|\banything\b.*\b(?:i should know|to know|i missed)\b"
            r"|\b(?:morning )?(?:digest|briefing|brief me|catch me up|news)$"
        ),
    ),
    "customer_details": (
        (
            r"\b(?:who(?:'s| is| are)?|our|the|any|billing|ap|show|main|whose|list)\b(?:"
            r".*\s)?contacts?\b"
            r"(?!.*\b(?:in|for|since) <)"
        ),
        r"\b(?:e-?mail(?: address)?|phone(?: number)?|address) (?:of|for|at)\b",
        (
            r"\bwhat(?:'s| is| are)?\b.*\b(?:e-?mail address|phone|terms|credit limit|language"
            r"|time ?zone)\b"
        ),
        r"\bcredit limit\b|\bterms (?:of|for|do|does)\b|^terms\b|\bwhat terms\b",
        (
            r"\b(?:usually|normally|typically|generally) pa(?:y|id)s?\b|\bpays? (?:late|on time"
            r"|slow\w*)\b"
        ),
        (
            r"\bpayment (?:behaviou?r|habits?|discipline|morale)\b|\bwhen (?:will|do|does)\b"
            r".*\bpay\b"
        ),
        r"\brelationship\b|\baccount manager\b|\breliab",
    ),
    "what_was_sent": (
        r"\bhow many (?:reminders?|mails?|e-?mails?|letters?|messages|follow-?ups?)\b",
        r"^(?:and |so )?did (?:you|we) (?:already )?(?:send|remind|write|e-?mail|mail|chase)\b",
        (
            r"\bdid (?:the|our|my|that|any) (?:reminder|mail|e-?mail|letter|follow-?up"
            r"|message)s?\b"
        ),
        r"\bwhat (?:was|got|has been) sent\b|\b(?:reminders?|mails|e-?mails|letters) sent\b",
        r"\bwho (?:did|have) we (?:remind|write|chase|e-?mail|mail|contact)\w*\b",
        r"\b(?:reminder|mail|e-?mail) (?:go|went|gone) out\b",
        r"\bwhat did we (?:last |just |recently )(?:write|send|say|tell)\b",
    ),
    "who_replied": (
        r"\bwho\b(?: has| have| all)?\s?(?:repl|answered|wrote|responded|written)(?!.*namex)",
        (
            r"\b(?:any|new|latest|recent|unread|todays?|show|all)\b.*\b(?:replies|answers"
            r"|responses|inbound)\b"
            r"(?!.*\bfrom\b)(?!.*namex)|^(?:the )?replies\b|\bbounc(?:ed|es|e)?\b"
        ),
    ),
    "list_invoices": (
        (
            r"^(?!.*\b(?:their|its|his|her|which customers?)\b).*\binvoices?\b.*\b(?:due"
            r"|falling due)\b.*<(?:day|per)>"
        ),
        (
            r"^(?!.*\bpromis).*\b(?:what(?:'s| is)|anything|everything|how much (?:is|falls"
            r"|comes)) (?:due|falling due)\b.*<(?:day|per)>"
        ),
        (
            r"\b(?:new|newest|recent) invoices?\b|\binvoices?\b.*\b(?:issued|created|raised"
            r"|booked)\b"
        ),
        r"\bdid we (?:invoice|bill)\b|\bhow much (?:did|have) we (?:bill|invoic)\w*",
        (
            r"^(?!.*\b(?:their|its|his|her)\b)(?!.*namex).*\b(?:largest|biggest|oldest|newest"
            r"|latest|highest)"
            r" (?:\w+ ){0,2}(?:invoice|bill)s?\b"
        ),
        r"\bhow many (?:open |unpaid |outstanding )?(?:invoices|bills)\b",
        (
            r"\b(?:list|show|all|give me)\b(?: me)?(?: all| of)?(?: the| our)? (?:open |unpaid"
            r" )?invoices\b(?!.*(?:\bover\b|<days>|namex|\b(?:for|of|from)\b))"
        ),
    ),
    "totals": (r"\bdso\b|\bdays sales\b",),
    "recognized_revenue": (r"\brecogni[sz]", r"\brevenue\b", r"\bdeferred\b"),
    "close_readiness": (
        (
            r"\bclos(?:able|eable)\b|\bclos(?:e|ing)\b.*\b(?:read|status|books|month|period"
            r"|checklist)"
        ),
        r"\bclos(?:e|ing)\b.*<per>|<per> close\b|^(?:the )?close\b",
        r"\b(?:ready to|can we|how is the) close\b|\bmonth[- ]?end\b",
        r"\bties?\b.*\b(?:gl|ledger|books|control)\b|\breconcil",
    ),
    "drift_findings": (
        (
            r"\bdrift(?!.*\bow(?:e|es|ing)\b)|\bout of (?:sync|step)\b|\b(?:in|up to) (?:sync"
            r"|date with)\b|\bdiscrepanc|\bmismatch|\bdifferences?\b"
        ),
        r"\b(?:changed|different|edited|deleted|voided|odd|wrong|strange|broken)\b.*\b(?:netsuite|erp)\b",
        (
            r"\b(?:last|when)\b.*\b(?:updated|refreshed|synced|imported)\b|\bhow fresh\b"
            r"|\btrust (?:these|the|those|your) (?:numbers|figures|data)\b"
        ),
    ),
    "promises": (
        r"^(?:and |so )?will (?!you\b|we\b|i\b).*\bpay\b",
        r"\bpromis",
        r"\bcommit(?:ted|ments?)\b"),
    "why_not": (
        r"\bhow come\b",
        rf"\bwhy\b.*\b(?:{_NOBODY}|paused|on hold|held|stopped|quiet|rest)\b|\bwhy\b.*n't\b",
        (
            r"\b(?:when|what)\b.*\bnext\b.*\b(?:touch|reminder|mail|e-?mail|follow|step|chas"
            r"|contact)"
        ),
        r"\bwhen (?:will|do|are|is)\b.*\b(?:chase|remind|write|e-?mail|contact|follow)",
        r"\bnext (?:touch|reminder|follow|mail|step)\b|^(?:and |but |so )?why\b",
    ),
    "what_did_they_say": (
        rf"\bwhat {_DID}.*\b(?:say|said|write|wrote|written|answer|repl|respond|tell|told)",
        r"\b(?:last|latest|recent|newest) (?:message|mail|e-?mail|repl|answer|response|word)",
        r"\bwhat (?:they|he|she|namex)(?: last)? (?:said|say|says|wrote|answered|replied)\b",
        r"\b(?:last|latest) thing\b.*\b(?:say|said|wrote|write)",
        (
            r"\bany (?:reply|replies|answer|response|news|word)\b|\bhea?rd? (?:back |anything"
            r" )?from\b"
        ),
        rf"\b{_DID}.*\b(?:reply|replied|answer|answered|respond|responded|say)\b",
        rf"\b{_DID}.*\b(?:write|written|get) back\b",
    ),
    "disputes": (r"\bdisput", r"\bcontest(?:ed|s|ing)?\b"),
    "aging": (r"\bage?ing\b", r"\bbuckets?\b", r"\baged\b"),
    "timeline": (
        (
            r"\btimeline\b|\bhistory\b|\bactivity\b|\bhappen|\bstory\b|\bconversation\b"
            r"|\bcorrespondence\b"
        ),
        r"\bwhat (?:did|have) we (?:send|sent|do|done|write|written|say|said)\b",
        (
            r"^(?!.*(?:(?:n't|\bnot|\bnever)\b|<amt>)).*\bwho\b.*\b(?:sent|wrote|contacted|reminded"
            r"|called|chased)\b"
        ),
        r"\bwhen did we (?:last )?(?:write|mail|e-?mail|contact|chase|remind)\b",
    ),
    "waiting": (
        (
            r"\bworklist\b|\bto-?\s?dos?\b|\btasks?\b|\bdrafts?\b|\bapprov(?!ed\b)|\bpending\b"
            r"|\bqueue\b|\binbox\b|\bproposals?\b"
        ),
        r"\bneeds? (?:my |our |a |your )?(?:approval|decision|attention)|\bon my plate\b",
        r"\bwhat should (?:i|we) do\b|\bwaiting\b|\bwaits\b",
    ),
    "invoice_lookup": (r"<inv>|\bpo (?:number|no)\b|\bpurchase order\b",),
    "find_payments": (
        r"^(?!.*\b(?:late|overdue|behind|past due)\b).*\b(?:payments?|receipts?|wires?)\b",
        r"\b(?:cheques?|checks?|deposits|transfers?)\b|\bcame in\b|\bwho\b.*\bsent\b.*<amt>",
        r"\bdid (?:we|you) (?:get|receive)\b",
        r"\b(?:unapplied|unmatched|unallocated)\b|\bnot match|\bwho paid\b|\bpaid us\b",
        r"\bcollected\b|\bcollect(?:ions?)?\b.*<(?:per|day)>|<(?:per|day)>.*\bcollections?\b",
        r"\b(?:did|has|have|when)\b.*\b(?:pay|paid|sent money)\b|\blast time\b.*\bpaid\b",
        (
            r"\b(?:cash|money) (?:received|came|in)\b|^(?:they|he|she|namex)(?:'ve| have| has|"
            r" just)? paid\b"
        ),
    ),
    "who_owes": (
        (
            rf"^(?!.*(?:{_LATE}|<days>)).*\bwho\b.*\bow(?:e|es|ing)\b|\bdebtors\b|\bowes? (?:us"
            rf" )?(?:the )?most\b"
        ),
        r"^<top>$|\bwho(?:'s| is| are)? (?:the |our )?(?:biggest|largest|top)\b",
        (
            r"(?:\b(?:biggest|largest|top|worst)|<top>) (?:debtor|customer|balance|account"
            r"|payer)s?\b"
        ),
    ),
    "list_overdue": (
        r"<days>|<least>|^(?:the )?(?:overdue|late)\b|\b(?:most|oldest) overdue\b",
        r"\bha(?:ve|s)n'?t paid\b",
        (
            rf"\b(?:who|which|list|show|any(?:one|body)?|customers|accounts|top|all"
            rf"|invoices)\b.*{_LATE}"
        ),
    ),
    "account_summary": (
        (
            r"\bow(?:e|es|ed|ing)\b|\bbalance\b|\boutstanding\b|\bopen\b|\baccount\b"
            r"|\bstatement\b"
        ),
        r"\bsummary\b|\bstatus\b|\bsituation\b|\bstand(?:s|ing)?\b|\btell me about\b|\bdue\b",
        (
            r"\bhow (?:is|are|about)\b|\bhow'?s\b|\boverdue\b|\blate\b|\breceivables?\b"
            r"|\btotals?\b"
        ),
        r"\bnumbers?\b|\bposition\b|\bdeal with\b|\bgoing on with\b|\bup with\b",
        r"\bown(?:er|s)\b|\bshow\b|\bpull up\b|\bbehind\b|\bsitting at\b",
        r"\b(?:oldest|newest) (?:inv|bill)|\bhandles?\b|\bresponsible\b|\breliab",
        r"\bhow much did we (?:collect|receive|get)\b",
    ),
}  # fmt: skip


def _compiled(known: dict[str, tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((n, re.compile("|".join(parts), re.IGNORECASE)) for n, parts in known.items())


_COMPILED_ACTS, _COMPILED_READS = _compiled(ACTS), _compiled(READS)
_ASKED_LATER = (
    r"(?:\s[-–]+|,)\s?(?:but |and |so )?(?:why|how come|when (?:did|will|do)|what (?:did|do"
    r"|does)|"
    r"(?:did|do|does|have|has) (?:they|he|she|we|any\s?(?:one|body)|no\s?(?:one|body)))\b"
)
_QUESTION = re.compile(f"{_ASKS}|{_ASKED_LATER}", re.IGNORECASE)
_WISH = re.compile(
    (
        r"^(?:(?:and|so|ok|hey|hi|please|pls)[, ]+)*(?:can|could|would|will) (?:you|we)\b"
        r"|\b(?:please|pls|bitte|por favor|s'il|kannst|könn\w+|würde\w*|peux|pouvez|pourr\w+"
        r"|puedes|"
        r"podr\w+|puoi|potr\w+|pode\w*|kun je|shall we|let's)\b"
    ),
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.?!;])\s+|\n+|,\s+and\s+|\band then\b", re.IGNORECASE)
_UNTRUE = re.compile(
    r"\b(?:not|never(?! mind)|nothing|no longer|cannot|neither|nor|nobody|hardly)\b|n't\b"
    r"|\b(?:i (?:think|guess|hope|believe|assume)|maybe|perhaps|probably|apparently|might|if|unless"
    r"|whether|should (?:i|we))\b",
    re.IGNORECASE,
)
_NO_PAUSE = re.compile(r"\b(?:don'?t|do not|never) (?:pause|hold|snooze|mute|put)\b", re.IGNORECASE)
# Money that went the other way, went back, or is only said to have come.
_NOT_OURS = re.compile(
    r"^(?:we|i)(?:'ve| have| had| just)* (?:paid|wired|sent|transferred|remitted)\b|\bby us\b"
    r"|\b(?:bounced|(?:was|were|been|got) (?:returned|reversed)|refunds?|refunded|charge-?backs?"
    r"|should(?:'ve| have)|supposed to|less than|claim(?:s|ed|ing)?|not ours|(?:is|was) wrong"
    r"|disput\w*|(?-i:will)(?=.*<amt>))\b|'ll\b(?=.*<amt>)",
    re.IGNORECASE,
)
# What a person tells as a fact; asked as a question it is none.
_TOLD = (
    "draft_invoice",
    "record_payment",
    "record_promise",
    "record_note",
    "propose_credit",
    "propose_write_off",
)


def intent_of(text: str) -> str:
    """The tool that a message with its values taken out asks for; empty when none is meant.

    A question never acts: "did Acme pay 500" looks, "Acme paid 500" records. No word of a name in
    quotation marks counts.
    """
    text = QUOTED.sub("namex", text)
    if not is_question(text):
        doubted = text.rstrip().endswith("?") and not _WISH.search(text)
        for name, pattern in _COMPILED_ACTS:
            found = pattern.search(text)
            if found and not (doubted and name in _TOLD) and not _denied(name, text, found):
                return name
    for name, pattern in _COMPILED_READS:
        if pattern.search(text):
            return name
    return ""


def _denied(name: str, text: str, found: re.Match[str]) -> bool:
    """Whether what stands before an act takes it back, doubts it or makes it hang on something.

    A note may say anything; "don't chase Acme" is itself a pause.
    """
    if name == "record_note":
        return False
    if name == "record_payment" and _NOT_OURS.search(text):
        return True
    before = text[: found.start() if name == "pause" else found.end()]
    return _UNTRUE.search(before) is not None or (
        name == "pause" and _NO_PAUSE.search(text) is not None
    )


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
