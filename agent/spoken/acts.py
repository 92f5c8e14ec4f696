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
_PROMISED = (
    (
        r"^(?!.*\b(?:i think|i guess|i hope|maybe|perhaps|probably|might|should|would|if|unless|we"
        r"|i) )(?!(?:please |pls )*(?:remind|pause|hold|put|stop|note|credit|write|chase|draft|send"
        r"|snooze|mute|don't)\b).*(?:\bpromis(?:ed|es)\b|\bcommit(?:ted|s) to\b|\b(?:said|says|"
        r"confirmed) (?:that )?(?:they|he|she)(?:'ll| will)\b|\b(?:they|he|she)'ll\b|\bwill\b)"
        r".*(?:\b(?:pay|payment|settle|wire|transfer)|<amt>)"
    ),
)
_PAUSE = (
    (
        r"^hold\b|\b(?:pause|snooze|mute|hold off)\b|\bput\b.*\bon hold"
        r"|\bgive\b.*\b(?:a rest|until <day>)"
        r"|\b(?:stop|don'?t|do not|no)\s(?:chas|remind|e-?mail|writ|contact|mail|nudg|dun"
        r"|foll|send)\w*"
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
