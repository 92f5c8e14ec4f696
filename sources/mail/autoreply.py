"""Answers by machines: vacation notices, ticket systems, lists, receipts of reading."""

from __future__ import annotations

import re

from domain.dunning import said_contacts
from sources.mail.headers import Headers, addresses, sole_sender
from sources.mail.message import AutoReply

_FIELDS = ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-autoresponder", "x-vacation")
_ANSWERS = frozenset(("auto_reply", "auto-reply"))
_TO_MANY = frozenset(("bulk", "junk", "list"))
_SUBJECT = re.compile(
    r"^(?:\[[^\]]{0,40}\] ?)?(?:automatic reply|auto(?:mated|matic)?[ -]?re(?:ply|sponse)|"
    r"out of (?:the )?office\b(?! [a-z])|ooo\b|away from (?:my|the) (?:desk|office|mail)|"
    r"on (?:annual |parental |maternity )?leave|vacation (?:reply|notice|response)|"
    r"automatische antwort|abwesen|réponse automatique|absence (?:du bureau|prolongée)|"
    r"absente? du bureau|message d.absence|respuesta automática|fuera de la oficina|"
    r"ausencia|resposta automática|fora do escritório|ausente|aviso de férias|"
    r"risposta automatica|fuori ufficio|assenza|automatisch antwoord|afwezig|"
    r"自動(?:返信|応答)|不在)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (?:the )?office|on (?:annual |parental |paternity |maternity |sick )?leave|"
    r"on (?:vacation|holiday)|office is closed|"
    r"limited access to (?:my )?e-?mail|away (?:from|until)|nicht im (?:büro|haus)|im urlaub|"
    r"abwesend|elternzeit|betriebsferien|absente? du bureau|absente? jusqu|en congés?|"
    r"fuera de la oficina|de vacaciones|de férias|fora do escritório|ausente até|"
    r"in ferie|fuori (?:ufficio|sede)|uffici sono chiusi|sono assente|afwezig|met vakantie|"
    r"niet aanwezig|不在|休暇|休業|お休み",
    re.IGNORECASE,
)


def read_auto_reply(headers: Headers, subject: str, text: str) -> AutoReply | None:
    """The machine answer a mail is, or None. Nothing in it is ever a promise."""
    if "disposition-notification" in headers.get("content-type").lower():
        return AutoReply(receipt=True)
    named = _SUBJECT.search(subject) is not None
    if not (named or _says_so(headers)):
        return None
    head = text[:4000]
    away = _AWAY.search(f"{subject}\n{head}") is not None
    return AutoReply(out_of_office=away, left=said_contacts.read(head).left_company)


def _says_so(headers: Headers) -> bool:
    submitted = headers.get("auto-submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    precedence = headers.get("precedence").strip().lower()
    if precedence in _ANSWERS or any(headers.get(name) for name in _FIELDS):
        return True
    to_many = precedence in _TO_MANY or bool(headers.get("list-id"))
    return to_many and not _list_of_receivers(headers)


def _list_of_receivers(headers: Headers) -> bool:
    """Whether the list is the address that was written to, as a mailbox shared by a group is.

    Groups mark whatever passes through them (RFC 2919); who wrote it was a person all the same.
    """
    name = headers.get("list-id").rpartition("<")[2].strip(" >").lower()
    fields = ("to", "cc", "delivered-to", "x-original-to")
    receivers = addresses(value for field in fields for value in headers.all(field))
    sender = sole_sender(headers.all("from"))
    own = sender[0].rpartition("@")[2] if sender else ""
    domains = {address.rpartition("@")[2] for address in receivers} - {own}
    return any(name.endswith(f".{domain}") for domain in domains)
