"""How far the sender of a mail is who they say they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from sources.mail.headers import Headers
from sources.mail.message import Authentication, InboundMail

_METHOD = re.compile(r"^(spf|dkim|dmarc)\s{0,5}=\s{0,5}([a-z]{1,20})", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:smtp\.mailfrom|smtp\.helo|header\.d|header\.i|"
    r"header\.from)\s{0,5}=\s{0,5}\"?([^\s;\"]{1,320})",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]{0,500}\)")


class Trust(IntEnum):
    """Nothing below KNOWN_CONTACT may cause an automatic act other than recording or pausing."""

    NONE = 0
    KNOWN_DOMAIN = 1
    KNOWN_CONTACT = 2
    PROVEN_CONTACT = 3


def read_authentication(headers: Headers, authserv_id: str) -> Authentication:
    """The results our own border server wrote, by its authserv-id; nothing else is believed.

    Only the topmost field of that name counts: a sender can add others below it (RFC 8601
    section 5). Without a configured authserv-id no result is believed.
    """
    for value in headers.all("authentication-results") if authserv_id else ():
        name, _, results = _COMMENT.sub(" ", value).partition(";")
        if name.split()[:1] == [authserv_id]:
            return _results(results)
    return Authentication()


def _results(text: str) -> Authentication:
    found: dict[str, tuple[str, str]] = {}
    for result in text.split(";")[:50]:
        match = _METHOD.match(result.strip())
        if match is None:
            continue
        about = _PROPERTY.search(result)
        domain = about.group(1).rpartition("@")[2].lower() if about else ""
        method, outcome = match.group(1).lower(), match.group(2).lower()
        if method not in found or (outcome == "pass" and found[method][0] != "pass"):
            found[method] = (outcome, domain)
    spf, dkim, dmarc = (found.get(name, ("none", "")) for name in ("spf", "dkim", "dmarc"))
    return Authentication(*spf, *dkim, *dmarc)


def trust(mail: InboundMail, contacts: Iterable[str]) -> Trust:
    """The trust level of a mail's sender, given the addresses we know for its customer."""
    known = {address.lower() for address in contacts}
    domain = _domain(mail.sender)
    checks = mail.authentication
    if not mail.sender or checks.dmarc == "fail":
        return Trust.NONE
    if mail.sender not in known:
        return Trust.KNOWN_DOMAIN if domain in map(_domain, known) else Trust.NONE
    if checks.dmarc == "pass" and _aligned(checks.dmarc_domain, domain):
        return Trust.PROVEN_CONTACT
    aligned = (checks.spf == "pass" and _aligned(checks.spf_domain, domain)) or (
        checks.dkim == "pass" and _aligned(checks.dkim_domain, domain)
    )
    return Trust.KNOWN_CONTACT if aligned else Trust.KNOWN_DOMAIN


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _aligned(checked: str, domain: str) -> bool:
    """Whether a check was made for the sender's domain or one that contains it or is inside it."""
    if "." not in checked:
        return False
    return checked == domain or domain.endswith(f".{checked}") or checked.endswith(f".{domain}")
