"""Which act a sentence asks for, by its plain words: the first pattern that fits decides."""

from __future__ import annotations

_MAIL = (
    r"(?:(?:final |last |dunning )?notice|demand|reminder|follow-?\s?up|e-?mail|mail|letter|nudge|"
    r"chaser|dunning|message|note)s?"
)
_REMIND = (
    (
        rf"\b(?:draft|write|prepare|compose|send|propose|create|make|do)\b.*\b{_MAIL}\b"
        rf"|\b(?:remind(?! (?:me|us)\b)|chase|nudge|dun|ping|follow[ -]up with|write to|e-?mail)\b"
        rf"(?!.*\bpromis)"
        rf"|\b(?:firmer|friendlier|another|new)\s(?:one|{_MAIL})\b|^{_MAIL}\s(?:to|for)\b"
        rf"|\b(?:need|want|like)\b.*\b(?:reminder|follow-?up)\b"
    ),
)
_PAID = (
    (
        r"\b(?:paid|wired|sent us|transferred|remitted|deposited|settled)\b.*<amt>"
        r"|<amt>.*\b(?:came in|arrived|received|from|by wire|by check|by ach|was paid"
        r"|landed)\b"
        r"|\b(?:got|received|payment of|wire of|check for|cheque for|transfer of)\b.*<amt>"
        r"|\b(?:record|log|enter|book|register|post)\b.*(?:\b(?:payment|wire|check|cheque"
        r"|receipt|"
        r"transfer)\b|<amt>)"
    ),
)
_WILL = (
    r"(?:promis(?:ed|es)|commit(?:ted|s) to|(?:they|he|she)'ll"
    r"|will(?! (?:they|he|she|it|you|we|i)\b))"
)
# What may stand between a promise and what is paid; any other word makes it something else.
_BETWEEN = (
    r"(?:\s+(?:to|that|us|me|they|he|she|they'[dl]+|will|would|be|have|an?|the|all|full|whole|rest|"
    r"part|its|their|another|definitely|certainly|surely|finally|also|now|only|just|make|making|"
    r"send|sending|sent|at least|by|on|of|for|in|and|invoices?|balance|everything|<day>|<inv>))*"
)
_PROMISED = (
    (
        r"^(?!.*\b(?:(?:i think|i guess|i hope|maybe|perhaps|probably|might|should|if|once|unless|"
        r"until|when|whenever|as soon as|after|provided|assuming|depend\w*|subject to|"
        r"tr(?:y|ies|ied)|hop(?:es?|ed|ing)|less|but|broken?|disput\w*|we|i|"
        r"half|thirds?|quarter|percent|some|something|part(?!.*<amt>))\s|would (?!pay))"
        r")(?!(?:please |pls )*(?:remind|pause|hold|put|stop|note|credit|write|chase|draft|send"
        rf"|snooze|mute|don't)\b).*\b{_WILL}{_BETWEEN}"
        r"\s+(?:(?:(?:re)?pay|settl|wir(?:e|ing)|transfer|remit(?!tance))(?!\w* (?:late|details|"
        r"advice|info\w*|proof|confirmations?|plans?|dates?|schedule|terms|cop(?:y|ies))\b)"
        r"|paid|<amt>)"
    ),
)
_PAUSE = (
    (
        r"^hold\b|\b(?:pause|snooze|mute|hold off)\b|\bput\b.*\bon hold"
        r"|\bgive\b.*\b(?:a rest|until <day>)"
        r"|\b(?:stop|don'?t|do not|no)\s(?:chas|remind|e-?mail|writ|contact|mail|nudg|dun"
        r"|foll|send)(?!\w*(?: [\w<>]+){0,2} off\b)\w*"
        r"|\bleave\b.*\balone\b|\bno more (?:e?-?mails?|reminders?|letters?|mail)\b"
    ),
)
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
        r"\b(?:resume|un-?pause|un-?snooze|un-?mute|un-?hold|restart|lift)\b",
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
        (
            r"^(?:please )?(?:add |make |take |leave |log |record )?(?:an? |the )?(?:(?:phone"
            r" )?call with|"
            r"note|remember|(?:jot|write) down)\b"
        ),
        r"\badd (?:a |this )?note\b",
    ),
    "record_promise": _PROMISED,
    "record_payment": _PAID,
    "pause": _PAUSE,
    "propose_reminder": _REMIND,
}
