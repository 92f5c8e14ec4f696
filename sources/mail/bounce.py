"""Delivery reports and spam complaints.

Only a few status codes are taken for "this address is gone": most mail servers also send 5.x.x
for full mailboxes, policy and rate limits, which pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sources.mail.headers import Headers, addresses, decode_words, message_ids, read_fields
from sources.mail.message import Bounce, Complaint, FailedRecipient
from sources.mail.mime import Part, split_headers

# RFC 3463: bad destination mailbox, system, syntax, ambiguous, moved; null MX (RFC 7505);
# 5.1.10 recipient not found is Exchange's.
_GONE = frozenset(("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"))
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_GONE_WORDS = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|person)|does not exist|"
    r"doesn't exist|mailbox (?:not found|unavailable|disabled)|address rejected|"
    r"account (?:is )?disabled|"
    r"invalid (?:recipient|mailbox)|recipient not found|host (?:or domain name )?not found",
    re.IGNORECASE,
)
_PASSING_WORDS = re.compile(
    r"quota|mailbox (?:is )?full|over limit|spam|blocked|policy|reputation|blacklist|rate|greylist|"
    r"try again|temporar",
    re.IGNORECASE,
)
_DAEMON = re.compile(
    r"^(?:mailer-daemon|post_?master|mail-daemon|mailerdaemon|bounces?|mail\.delivery\.system)@",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|delivery status notification|returned mail|return(?:ed|ing)? to sender|"
    r"mail (?:delivery )?(?:failed|failure|subsystem|error)|failed (?:delivery|mail)|"
    r"could not be delivered|error sending your mail|delivery report|delivery (?:has )?(?:been )?"
    r"(?:fail|delayed)|failure notice|delivery problem|warning: could not send|"
    r"warning: message .{1,60} delayed|delayed mail|unzustellbar|unzustellbarkeit|nicht zustellbar|"
    r"non remis|non distribué|échec de (?:la )?remise|no se puede entregar|no entregado|"
    r"devuelto al remitente|não entregue|falha na entrega|mancata consegna|non recapitabile|"
    r"onbestelbaar|niet bezorgd|配信不能|配信エラー|送信エラー|届けることができません|不達",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"did not reach the following recipient|could(?: not|n't) be delivered|unable to deliver "
    r"(?:message|your message|the mail) to|delivery to the following recipients? (?:has )?failed|"
    r"an error occurred while trying to deliver|has not (?:yet )?been delivered to one or more|"
    r"contained one or more recipient addresses that were|no valid recipients were found|"
    r"(?:permanent|fatal) errors?\b.{0,200}@|this is the mail system at host|"
    r"had trouble delivering your message|rcpt to:.{0,200}\b5\d\d\b|"
    r"konnte nicht zugestellt werden|n'a pas pu être (?:remis|distribué)|"
    r"no se ha podido entregar|não pôde ser entregue|non è stato possibile recapitare|"
    r"kon niet worden (?:bezorgd|afgeleverd)|送信できませんでした|配信できませんでした",
    re.IGNORECASE | re.DOTALL,
)
_DELAYED = re.compile(
    r"delayed|warning: could not send|delivery status notification \(delay", re.IGNORECASE
)


def read_bounce(headers: Headers, parts: Iterable[Part], text: str) -> Bounce | None:
    """The delivery report a mail is, or None. Must be asked before whether it is an auto-reply.

    Servers mark real delivery reports as auto-replied too (RFC 3834 section 2).
    """
    leaves = tuple(parts)
    original = _original_id(leaves)
    status = next((p for p in leaves if p.content_type == "message/delivery-status"), None)
    if status is not None:
        return _from_status(status, original)
    failed = addresses(headers.all("x-failed-recipients"))
    if failed:
        return Bounce(tuple(_judge(address, "", text) for address in failed), original)
    return _from_looks(headers, text, original)


def _from_status(part: Part, original: str) -> Bounce:
    """RFC 3464: one group of fields for the message, then one for each recipient."""
    groups = [read_fields(block, 2000) for block in _groups(part.payload()[:65536])]
    recipients = []
    actions = []
    for group in groups[:50]:
        named = addresses((group.get("original-recipient"), group.get("final-recipient")))
        if not named:
            continue
        action = group.get("action").lower()
        actions.append(action)
        if action not in ("delivered", "relayed", "expanded"):
            recipients.append(_recipient(named[0], group, action))
    return Bounce(tuple(recipients), original, bool(actions) and set(actions) == {"delayed"})


def _groups(payload: bytes) -> list[bytes]:
    return [block for block in re.split(rb"\r?\n[ \t]*\r?\n", payload) if block.strip()]


def _recipient(address: str, group: Headers, action: str) -> FailedRecipient:
    status = _STATUS.search(group.get("status"))
    code = status.group(1) if status else ""
    judged = _judge(address, code, group.get("diagnostic-code"))
    if action != "delayed":
        return judged
    return FailedRecipient(address, code, False, judged.diagnostic)


def _judge(address: str, status: str, diagnostic: str) -> FailedRecipient:
    """Whether an address is gone for good, by status code first and the server's words second."""
    inner = _STATUS.search(diagnostic)
    code = inner.group(1) if inner and status in ("", "5.0.0") else status
    passing = _PASSING_WORDS.search(diagnostic) is not None
    permanent = not code.startswith("4")
    said_gone = _GONE_WORDS.search(diagnostic) is not None
    hard = permanent and not passing and (code in _GONE or said_gone)
    return FailedRecipient(address, code, hard, " ".join(diagnostic.split())[:500])


def _from_looks(headers: Headers, text: str, original: str) -> Bounce | None:
    """A report without structure: sent by a mail daemon, about a failed delivery."""
    senders = addresses(headers.all("from"))
    path = headers.get("return-path").strip(" <>")
    null_path = headers.get("return-path").strip() == "<>"
    daemon = any(_DAEMON.match(address) for address in (*senders, path)) or not senders
    subject = decode_words(headers.get("subject"))
    if not ((daemon or null_path) and (_SUBJECT.search(subject) or _BODY.search(text[:2000]))):
        return None
    own = {*senders, *addresses(headers.all("to"))}
    named = [address for address in addresses((text[:8000],)) if address not in own]
    recipients = tuple(_judge(address, "", text[:8000]) for address in named[:1])
    return Bounce(recipients, original, _DELAYED.search(f"{subject} {text[:2000]}") is not None)


def read_complaint(parts: Iterable[Part]) -> Complaint | None:
    """An abuse report (ARF, RFC 5965), or None."""
    leaves = tuple(parts)
    report = next((p for p in leaves if p.content_type == "message/feedback-report"), None)
    if report is None:
        return None
    fields = read_fields(report.payload()[:16384], 2000)
    named = addresses(fields.all("original-rcpt-to"))
    return Complaint(named[0] if named else "", _original_id(leaves))


def _original_id(parts: Iterable[Part]) -> str:
    """The Message-ID of the mail that came back, from the returned message or its header."""
    for part in parts:
        if part.content_type in ("message/rfc822", "message/global", "text/rfc822-headers"):
            block, _ = split_headers(part.payload()[:65536])
            ids = message_ids(read_fields(block, 2000).get("message-id"))
            if ids:
                return ids[0]
    return ""
