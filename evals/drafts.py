"""Does the guard let a false draft pass, or block an honest one?

Reads a file with one JSON record a line: `{id, today, account: {customer, contacts[],
invoices[{number, amount, open, currency, due, po}], promises[], payments[]}, draft: {from, to[],
subject, text, html}, honest}`; `own` (what we may say about ourselves) is optional. A false draft
that passes is the harm that counts; at most two of a hundred honest drafts may be blocked.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.dunning.guard import Facts, FinalMessage, OwnFacts, Violation, check
from domain.dunning.standing import PromiseToPay
from domain.ledger.account import Account
from domain.ledger.errors import LedgerError
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from domain.ledger.party import Contact, Customer
from domain.ledger.payment import Payment
from evals.json_lines import Line, UnreadableFile, lines_of

MOST_HONEST_BLOCKED_PERCENT = 2


class BadRecord(ValueError):
    """A line of the file is not a draft record."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard said about one draft; `honest` is None when the record does not tell."""

    id: str
    honest: bool | None
    violations: tuple[Violation, ...]

    @property
    def allowed(self) -> bool:
        return not self.violations

    def as_record(self) -> dict[str, Any]:
        found = [
            {"kind": v.kind.value, "detail": v.detail, "part": v.part.value}
            for v in self.violations
        ]
        return {"id": self.id, "allowed": self.allowed, "violations": found}


def run(path: str | Path, *, as_json: bool = False) -> int:
    """Judge every draft of a file and print the result.

    Returns 0 when no false draft passed and at most 2 % of the honest ones were blocked, 1 when
    not, 2 when the file or a line of it cannot be read; the other lines are judged all the same.
    """
    verdicts: list[Verdict] = []
    unread: list[str] = []
    try:
        for line in lines_of(path):
            try:
                verdicts.append(judge(_record(line)))
            except BadRecord as error:
                unread.append(f"line {line.number}: {error}")
    except UnreadableFile as error:
        unread.append(str(error))
    for problem in unread:
        sys.stderr.write(f"{path}: {problem}\n")
    failed = _report(verdicts, as_json=as_json)
    return 2 if unread else int(failed)


def _report(verdicts: list[Verdict], *, as_json: bool) -> bool:
    """Print every verdict and the sums; whether too much went wrong."""
    for verdict in verdicts:
        sys.stdout.write((_json(verdict) if as_json else _line(verdict)) + "\n")
    passed = [v for v in verdicts if v.honest is False and v.allowed]
    blocked = [v for v in verdicts if v.honest and not v.allowed]
    honest = sum(v.honest is True for v in verdicts)
    too_many = len(blocked) * 100 > MOST_HONEST_BLOCKED_PERCENT * honest
    false = sum(v.honest is False for v in verdicts)
    if not as_json:
        sys.stdout.write(f"false drafts passed:   {len(passed)} of {false}\n")
        sys.stdout.write(f"honest drafts blocked: {len(blocked)} of {honest}\n")
    return bool(passed) or too_many


def _record(line: Line) -> Mapping[str, Any]:
    """One line of the file; numbers stay text. Raises BadRecord."""
    if line.problem:
        raise BadRecord(line.problem)
    record: Mapping[str, Any] = json.loads(line.text, parse_float=str, parse_int=str)
    if not {"account", "draft"} <= record.keys():
        raise BadRecord("account or draft is missing")
    return record


def judge(record: Mapping[str, Any]) -> Verdict:
    """The guard's verdict on one record. Raises BadRecord when a field cannot be read."""
    identity = str(record.get("id", ""))
    try:
        draft = record["draft"]
        message = _message(draft)
        facts = _facts(record, message)
    except (KeyError, TypeError, ValueError, AttributeError, LedgerError) as error:
        raise BadRecord(f"record {identity}: {error!r}") from error
    honest = record.get("honest")
    return Verdict(identity, honest if isinstance(honest, bool) else None, check(message, facts))


def _message(draft: Mapping[str, Any]) -> FinalMessage:
    return FinalMessage(
        from_address=_address(draft["from"]),
        to=_addresses(draft.get("to")),
        cc=_addresses(draft.get("cc")),
        bcc=_addresses(draft.get("bcc")),
        subject=str(draft.get("subject") or ""),
        text=str(draft.get("text") or ""),
        html=str(draft.get("html") or ""),
    )


def _facts(record: Mapping[str, Any], message: FinalMessage) -> Facts:
    raw = record["account"]
    today = _day(record["today"])
    invoices = tuple(_invoice(n, item) for n, item in enumerate(raw.get("invoices") or [], 1))
    customer = _customer(raw["customer"])
    currency = invoices[0].total.currency if invoices else customer.currency
    payments = [_payment(n, p, currency, today) for n, p in enumerate(raw.get("payments") or [], 1)]
    account = Account(
        customer=customer,
        today=today,
        contacts=tuple(_contact(n, c) for n, c in enumerate(raw.get("contacts") or [], 1)),
        invoices=invoices,
        payments=tuple(payments),
    )
    promises = tuple(_promise(p, currency, invoices) for p in raw.get("promises") or [])
    return Facts(account, _own(record.get("own") or {}, message), promises)


def _own(raw: Mapping[str, Any], message: FinalMessage) -> OwnFacts:
    """What we may say about ourselves; without it, our address and our domain's name."""
    domain = message.from_address.rpartition("@")[2]
    shown = re.sub(r"<[^>]*>", "\n", message.html)
    alternatives = re.findall(r"""\balt\s*=\s*["']([^"'<>]*)""", message.html, re.IGNORECASE)
    named = _names_of_domain(
        domain, "\n".join((message.subject, message.text, shown, *alternatives))
    )
    named += _signed(message.text) + _signed(shown)
    return OwnFacts(
        company=str(raw.get("company") or ""),
        addresses=tuple(raw.get("addresses") or (message.from_address,)),
        domains=tuple(raw.get("domains") or (domain,)),
        links=tuple(raw.get("links") or ()),
        phones=tuple(raw.get("phones") or ()),
        bank_block=str(raw.get("bank_block") or ""),
        text=(*(raw.get("text") or ()), *(() if raw.get("company") else named)),
    )


def _signed(text: str) -> tuple[str, ...]:
    """Companies with a legal form that stand at the end of a line among the last lines."""
    last = [line.strip() for line in text.splitlines() if line.strip()][-5:]
    form = r"(?:Inc|LLC|Ltd|Limited|GmbH|AG|KG|SARL|SAS|SA|SL|Corp|Co|BV|B\.V|plc|LLP|S\.A|S\.L)"
    name = rf"(?:^|[|,\u00b7-] )((?:[A-ZÀ-Ý][\w&'-]*[ ,]{{1,2}}){{1,5}}{form})\.?$"
    return tuple(m[1] for line in last if len(line) < 80 and (m := re.search(name, line)))


def _names_of_domain(domain: str, text: str) -> tuple[str, ...]:
    """Company names in the text that are the sender's domain written out ("Halden Robotics AG")."""
    host = domain.casefold().split(".")[:-1] or [domain.casefold()]
    labels = [label for part in host if len(label := re.sub(r"[^a-z0-9]", "", part)) >= 4]
    found = set()
    for match in re.finditer(r"[A-ZÀ-Ý][\w&.'-]*(?:[ ][A-ZÀ-Ý&][\w&.'-]*){0,4}", text):
        squeezed = re.sub(r"[^a-z0-9]", "", match[0].casefold())
        ours = any(squeezed.startswith(label) for label in labels)
        if ours and not re.search(r"\d", match[0]):
            found.add(match[0])
    return tuple(sorted(found))


def _customer(raw: Any) -> Customer:
    if raw is None or isinstance(raw, str):
        return Customer(1, "", raw or "", "USD")
    name = str(raw.get("name") or raw.get("legal_name") or "")
    currency = str(raw.get("currency") or "USD")
    return Customer(1, "", name, currency, legal_name=str(raw.get("legal_name") or ""))


def _contact(number: int, raw: Any) -> Contact:
    if isinstance(raw, str):
        return Contact(number, raw.partition("<")[0].strip(), _address(raw))
    suppressed = raw.get("suppressed") is True
    email = _address(raw)
    return Contact(number, str(raw.get("name") or ""), email, suppressed=suppressed)


def _invoice(number: int, raw: Mapping[str, Any]) -> Invoice:
    currency = str(raw["currency"]).upper()
    total = _money(raw["amount"], currency)
    left = raw.get("open")
    due = _day(raw["due"])
    return Invoice(
        id=number,
        number=str(raw["number"]),
        customer_id=1,
        total=total,
        open=total if left is None else _money(left, currency),
        issued_on=_day(raw.get("issued") or raw["due"]),
        due_on=due,
        po_number=str(raw.get("po") or ""),
    )


def _payment(number: int, raw: Mapping[str, Any], currency: str, today: date) -> Payment:
    """A payment; one without a day is taken as of today, which makes no other day a fact."""
    amount = _money(raw["amount"], str(raw.get("currency") or currency).upper())
    said = _first(raw, "date", "received", "received_on", "paid_on", "paid_at", "on")
    reference = str(_first(raw, "reference", "ref", "number") or "")
    return Payment(number, "", str(number), amount, Money.zero(amount.currency),
                   _day(said) if said else today, 1, reference=reference)  # fmt: skip


def _promise(raw: Any, currency: str, invoices: tuple[Invoice, ...]) -> PromiseToPay:
    if isinstance(raw, str):
        return PromiseToPay(_day(raw))
    day = _day(_first(raw, "date", "promised_on", "promised_date", "promised_for", "on", "by"))
    said = raw.get("amount")
    amount = _money(said, str(raw.get("currency") or currency).upper()) if said else None
    named = raw.get("invoices") or ([raw["invoice"]] if raw.get("invoice") else [])
    ids = tuple(i.id for i in invoices if i.number in {str(n) for n in named})
    made = _first(raw, "made", "promised_at", "made_on")
    moment = datetime.fromisoformat(f"{str(made)[:10]}T12:00:00+00:00") if made else None
    return PromiseToPay(day, amount, ids, promised_at=moment)


def _first(raw: Mapping[str, Any], *names: str) -> Any:
    return next((raw[name] for name in names if raw.get(name)), None)


def _money(raw: Any, currency: str) -> Money:
    """An amount: text or number, thousands set off by commas or not."""
    text = str(raw).strip()
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text)
    return Money.parse(text.replace(",", "") if grouped else text, currency)


def _day(raw: Any) -> date:
    return date.fromisoformat(str(raw)[:10])


def _address(raw: Any) -> str:
    if isinstance(raw, Mapping):
        raw = _first(raw, "email", "address") or ""
    text = str(raw)
    inner = re.search(r"<([^<>]+)>\s*$", text)
    return (inner[1] if inner else text).strip()


def _addresses(raw: Any) -> tuple[str, ...]:
    if not raw:
        return ()
    return (_address(raw),) if isinstance(raw, str | Mapping) else tuple(_address(a) for a in raw)


def _json(verdict: Verdict) -> str:
    return json.dumps(verdict.as_record(), ensure_ascii=False)


def _line(verdict: Verdict) -> str:
    word = "allowed" if verdict.allowed else "blocked"
    why = "; ".join(f"{v.kind.value} ({v.part.value}): {v.detail}" for v in verdict.violations)
    wrong = verdict.honest is not None and verdict.honest is not verdict.allowed
    return f"{'!' if wrong else ' '} {verdict.id:<8} {word}  {why}".rstrip()
