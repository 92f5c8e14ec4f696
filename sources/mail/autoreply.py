"""Answers by machines: vacation notices, ticket systems, lists."""

from __future__ import annotations

import re

from sources.mail.headers import Headers
from sources.mail.message import AutoReply

_FIELDS = ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-autoresponder", "x-vacation")
_PRECEDENCE = frozenset(("bulk", "junk", "auto_reply", "auto-reply", "list"))
_SUBJECT = re.compile(
    r"^(?:\[[^\]]{0,40}\] ?)?(?:automatic reply|auto(?:mated|matic)?[ -]?re(?:ply|sponse)|"
    r"out of (?:the )?office\b(?! [a-z])|ooo\b|away from (?:my|the) (?:desk|office|mail)|"
    r"on (?:annual |parental |maternity )?leave|vacation (?:reply|notice|response)|"
    r"automatische antwort|abwesen|réponse automatique|absence (?:du bureau|prolongée)|"
    r"absente? du bureau|message d.absence|respuesta automática|fuera de la oficina|"
    r"resposta automática|risposta automatica|automatisch antwoord|自動返信|不在)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|on (?:annual |parental |maternity |sick )?leave|on (?:vacation|"
    r"holiday)|"
    r"limited access to (?:my )?e-?mail|away (?:from|until)|nicht im (?:büro|haus)|im urlaub|"
    r"abwesend|"
    r"absente? du bureau|en congés?|fuera de la oficina|de vacaciones|不在",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"no longer (?:with|works?|working|employed|at)|has left (?:the company|us)|"
    r"have left the company|"
    r"nicht mehr (?:im unternehmen|bei|für)|ne travaille plus|a quitté|ne fait plus partie|"
    r"ya no trabaja|ha dejado la empresa",
    re.IGNORECASE,
)


def read_auto_reply(headers: Headers, subject: str, text: str) -> AutoReply | None:
    """The machine answer a mail is, or None. Nothing in it is ever a promise."""
    named = _SUBJECT.search(subject) is not None
    if not (named or _says_so(headers)):
        return None
    head = text[:4000]
    away = _AWAY.search(f"{subject}\n{head}") is not None
    return AutoReply(out_of_office=away, left=_LEFT.search(head) is not None)


def _says_so(headers: Headers) -> bool:
    submitted = headers.get("auto-submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    precedence = headers.get("precedence").strip().lower()
    return precedence in _PRECEDENCE or bool(
        headers.get("list-id") or any(headers.get(name) for name in _FIELDS)
    )
