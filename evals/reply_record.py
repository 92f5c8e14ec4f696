"""One record of a file of replies: the mail as bytes, the account it is about, what is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from domain.dunning.reading import Intent
from domain.ledger.account import Account
from domain.ledger.errors import LedgerError
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from domain.ledger.party import Contact, Customer
from evals.json_lines import Line

_LINES_RAW = SMTP.clone(max_line_length=990)


class BadRecord(ValueError):
    """A line of the file is not a reply record."""


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """A mail of a customer and, where the file has them, what a reader should say about it."""

    id: str
    raw: bytes
    account: Account
    language: str
    reply_text: str | None
    labels: Mapping[str, Any] | None

    @property
    def today(self) -> date:
        return self.account.today

    @property
    def received_at(self) -> datetime:
        return datetime.combine(self.today, time(12), UTC)


def read_record(line: Line) -> ReplyRecord:
    """One line of the file; numbers stay text. Raises BadRecord."""
    if line.problem:
        raise BadRecord(line.problem)
    try:
        raw = json.loads(line.text, parse_float=str, parse_int=str)
        labels = raw.get("labels")
        return ReplyRecord(
            id=str(raw.get("id", "")),
            raw=_mail(raw),
            account=_account(raw),
            language=str(raw.get("language") or ""),
            reply_text=raw.get("reply_text"),
            labels=labels if isinstance(labels, dict) else None,
        )
    except KeyError as error:
        raise BadRecord(f"{error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError, LedgerError) as error:
        raise BadRecord(repr(error)) from error


def known_intent(name: str) -> str:
    """An intent as the labels write it: an offer to settle is a plan, a promise is one kind."""
    same = {
        Intent.SETTLEMENT_OFFER.value: Intent.PAYMENT_PLAN_REQUEST.value,
        Intent.PROMISE_CONDITIONAL.value: Intent.PROMISE_TO_PAY.value,
        Intent.PROMISE_VAGUE.value: Intent.PROMISE_TO_PAY.value,
        Intent.BOUNCE.value: Intent.OTHER.value,
    }
    return same.get(name, name)


def _mail(raw: Mapping[str, Any]) -> bytes:
    """The record as a mail on the wire, so that it is read by the way of every other mail."""
    mail = EmailMessage(policy=_LINES_RAW)
    mail["From"] = _one_line(raw.get("from") or "nobody@unknown.example")
    mail["To"] = "ar@dunwell.example"
    mail["Subject"] = _one_line(raw.get("subject") or "")
    for name, value in (raw.get("headers") or {}).items():
        if name.lower() not in ("from", "to", "subject", "content-type", "mime-version"):
            mail[name] = _one_line(value)
    mail.set_content(str(raw.get("body") or ""), subtype=_subtype(raw), cte="base64")
    if raw.get("html"):
        mail.add_alternative(str(raw["html"]), subtype="html", cte="base64")
    for item in raw.get("attachments") or ():
        kind, _, subtype = str(item.get("content_type") or "").partition("/")
        name = _one_line(item.get("filename") or "file")
        maintype = kind if subtype and kind not in ("text", "message", "multipart") else ""
        mail.add_attachment(
            b"-",
            maintype=maintype or "application",
            subtype=subtype if maintype else "octet-stream",
            filename=name,
        )
    return mail.as_bytes()


def _subtype(raw: Mapping[str, Any]) -> str:
    """Whether the body is plain text or, by the record's headers, HTML."""
    kinds = [str(v) for n, v in (raw.get("headers") or {}).items() if n.lower() == "content-type"]
    return "html" if any("text/html" in kind for kind in kinds) else "plain"


def _one_line(value: Any) -> str:
    return " ".join(str(value).split())


def _account(raw: Mapping[str, Any]) -> Account:
    invoices = tuple(_invoice(n, i) for n, i in enumerate(raw.get("open_invoices") or (), 1))
    currency = invoices[0].open.currency if invoices else "USD"
    sender = _one_line(raw.get("from") or "").rpartition("<")[2].strip("> ")
    return Account(
        customer=Customer(1, "1", "Customer", currency, language=str(raw.get("language") or "en")),
        today=date.fromisoformat(str(raw["today"])[:10]),
        contacts=(Contact(1, "", sender),),
        invoices=invoices,
    )


def _invoice(number: int, raw: Mapping[str, Any]) -> Invoice:
    currency = str(raw["currency"]).upper()
    amount = Money.parse(str(raw["amount"]), currency)
    due = date.fromisoformat(str(raw.get("due") or raw["due_on"])[:10])
    return Invoice(
        id=number,
        number=str(raw["number"]),
        customer_id=1,
        total=amount,
        open=amount,
        issued_on=due,
        due_on=due,
        po_number=str(raw.get("po") or raw.get("po_number") or ""),
    )
