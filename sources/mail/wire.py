"""A mail that was read, as JSON between two processes: neither believes the other's objects."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sources.mail.message import (
    Attachment,
    Authentication,
    AutoReply,
    Bounce,
    Complaint,
    FailedRecipient,
    Human,
    InboundMail,
    Kind,
    SetAside,
    SetAsideReason,
)

_KINDS: dict[str, type[AutoReply | Complaint | Human]] = {
    "AutoReply": AutoReply,
    "Complaint": Complaint,
    "Human": Human,
}
_LISTS = ("references", "to", "cc", "delivered_to")
_TIMES = ("sent_at", "received_at")


def dump(result: InboundMail | SetAside) -> bytes:
    """The result as JSON."""
    fields = asdict(result)
    if isinstance(result, SetAside):
        return json.dumps({"set_aside": fields}).encode()
    fields |= {name: getattr(result, name).isoformat() for name in _TIMES}
    return json.dumps({"mail": fields, "kind": type(result.kind).__name__}).encode()


def load(raw: bytes) -> InboundMail | SetAside:
    """What `dump` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    found = json.loads(raw)
    if "set_aside" in found:
        aside = found["set_aside"]
        return SetAside(SetAsideReason(aside["reason"]), str(aside["detail"]))
    fields: dict[str, Any] = found["mail"]
    fields["kind"] = _kind(found["kind"], fields["kind"])
    fields["authentication"] = Authentication(**fields["authentication"])
    fields["attachments"] = tuple(Attachment(**one) for one in fields["attachments"])
    fields |= {name: tuple(map(str, fields[name])) for name in _LISTS}
    fields |= {name: datetime.fromisoformat(fields[name]) for name in _TIMES}
    return InboundMail(**fields)


def _kind(name: str, fields: dict[str, Any]) -> Kind:
    known = _KINDS.get(name)
    if known is not None:
        kind: Kind = known(**fields)
        return kind
    failed = tuple(FailedRecipient(**one) for one in fields["recipients"])
    return Bounce(failed, str(fields["original_id"]), bool(fields["delayed"]))
