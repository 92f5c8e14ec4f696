"""MT940 and MT942 customer statements, by the library mt-940, with :86: read by its subfields."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mt940 import models, tags
from mt940.options import Options

from domain.ledger.currencies import CURRENCIES
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.receipt import Channel, PayerAccount, Reference, ReferenceKind
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.labels import (
    accounts_of,
    is_nothing,
    labelled,
    payer_account,
    references_of,
    return_code,
)
from sources.bank.refusal import MOST_MOVEMENTS, Refuse, money, read_whole, text_of
from sources.bank.statement import Found, Statement, assembled, tidy

# The library logs the lines it cannot read; a bank's text has no place in a log.
logging.getLogger("mt940").setLevel(logging.CRITICAL)

_OPTIONS = Options(merge_keeps_values=True, unbounded_details=True, non_swift_free_text=True)
_ENTRY = re.compile(r":61:[0-9]{6}([0-9]{4})?(R?[CD]|E[CD])[A-Z]?[0-9]{1,15}(,[0-9]{0,3})?[A-Z]")
_EXPECTED = re.compile(r":61:[0-9]{6}([0-9]{4})?E[CD]")
_BREAKS = (RuntimeError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
_TAG = re.compile(r":([0-9]{2}[A-Z]?):")
_FIRST_BALANCE, _LAST_BALANCE = ("60F", "60M"), ("62F", "62M")
_SUBFIELD = re.compile(r"\?([0-9]{2})")
# What the other side sent and what a bank charged, as the guidelines of field :61: have them.
_SENT = re.compile(r"[/+ ](OCMT|CHGS)[/+ ]([A-Z]{3})([0-9]{1,13}(?:,[0-9]{0,3})?)")
_WRAPPED = 65
_PURPOSE_WIDTH = 27
_SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}
_CHANNELS = {"NCHK": Channel.CHECK, "NDDT": Channel.DIRECT_DEBIT, "NTRF": Channel.UNKNOWN}
# German business transaction codes (GVC): SEPA credits, direct debits, cheques.
_GVC = {
    "166": Channel.ACH,
    "152": Channel.ACH,
    "165": Channel.ACH,
    "118": Channel.ACH,
    "171": Channel.DIRECT_DEBIT,
    "174": Channel.DIRECT_DEBIT,
    "202": Channel.WIRE,
    "070": Channel.CHECK,
    "170": Channel.CHECK,
}
_GVC_RETURNS = {"108", "109", "159", "181", "182", "183", "184", "185"}


def read_mt940(body: bytes) -> ReadFile | RefusedFile:
    """The movements of every statement in a file.

    Refused unless the movements lead from each opening balance to its closing one.
    """
    return read_whole(lambda: _read(text_of(body)))


def _read(text: str) -> ReadFile:
    notes: list[str] = []
    statements = []
    for begins, chunk in _messages(text):
        booked, expected = _booked(chunk)
        notes += [f"line {begins + at}: an entry is expected, not booked" for at in expected]
        statements.append(_statement(begins, booked))
    if not statements:
        raise Refuse(1, "there is no statement (:20:) in it")
    if sum(len(one.found) for one in statements) > MOST_MOVEMENTS:
        raise Refuse(0, f"the file has more than {MOST_MOVEMENTS:,} movements")
    return assembled("mt940", "bank", statements, notes)


def _messages(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each statement, and the line it begins in; network envelopes are left out."""
    current: list[str] = []
    begins = 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        content = line.rstrip()
        if content.startswith("{") and content.find(":20:") > 0:
            content = content[content.find(":20:") :]
        if content.startswith(":20:"):
            if current:
                yield begins, current
            current, begins = [content], number
        elif current:
            current.append("" if content in ("-", "-}") or content.startswith("{") else content)
        elif content and not content.startswith("{") and len(content) > 40:
            raise Refuse(number, "this stands before any statement (:20:)")
    if current:
        yield begins, current


def _booked(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines without the entries that an MT942 only expects (EC, ED), and where those stood."""
    kept, left_out, inside = [], [], False
    for at, line in enumerate(lines):
        tag = _TAG.match(line)
        if tag:
            inside = bool(_EXPECTED.match(line)) or (inside and tag.group(1) == "86")
        if tag and _EXPECTED.match(line):
            left_out.append(at)
        kept.append("" if inside else line)
    return kept, left_out


def _statement(begins: int, lines: list[str]) -> Statement:
    places = [
        (tag.group(1), begins + at) for at, line in enumerate(lines) if (tag := _TAG.match(line))
    ]
    for names, what in ((("25", "25P"), "account (:25:)"), (_LAST_BALANCE, "closing balance")):
        if not any(tag in names for tag, _ in places) and not _is_interim(places):
            raise Refuse(begins, f"a statement has no {what}")
    entries = [line for tag, line in places if tag == "61"]
    for line in entries:
        if not _ENTRY.match(lines[line - begins]):
            raise Refuse(line, "this :61: is not written like MT940")
    parsed = _parsed(begins, lines)
    if len(parsed.transactions) != len(entries):
        raise Refuse(begins, f"{len(entries)} lines :61: gave {len(parsed.transactions)} movements")
    account = str(parsed.data.get("account_identification") or "").replace(" ", "").upper()[:60]
    if not account:
        raise Refuse(begins, "a statement has no account (:25:)")
    raws = _raws(lines)
    found = tuple(
        _found(one.data, line, account, raw)
        for one, line, raw in zip(parsed.transactions, entries, raws, strict=True)
    )
    opening = _balance(parsed.data, "opening", begins)
    closing = _balance(parsed.data, "closing", begins)
    _check(begins, opening, closing, found)
    number = f"{parsed.data.get('statement_number')}/{parsed.data.get('sequence_number')}"
    return Statement(account, found, opening, closing, number)


def _is_interim(places: list[tuple[str, int]]) -> bool:
    """An MT942 has a floor limit and no balances."""
    return any(tag in ("34F", "13D") for tag, _ in places)


def _parsed(begins: int, lines: list[str]) -> models.Transactions:
    """What the library reads, by the call that never takes its text for a file's name.

    Some Dutch banks write an account number where the customer's reference stands.
    """
    cause: Exception | None = None
    dialects: list[dict[int | str, tags.Tag]] = [{}, {tags.StatementASNB.id: tags.StatementASNB()}]
    for dialect in dialects:
        found = models.Transactions(
            processors={"post_transaction_details": []}, tags=dialect, options=_OPTIONS
        )
        try:
            found.parse("\n".join(line for line in lines if line))
        except _BREAKS as error:
            cause = error
        else:
            return found
    raise Refuse(begins, "a line of it is not written like MT940") from cause


def _raws(lines: list[str]) -> list[str]:
    """The lines of each movement: its :61:, its :86: and what continues them."""
    raws: list[list[str]] = []
    inside = False
    for line in lines:
        tag = _TAG.match(line)
        if tag and tag.group(1) == "61":
            raws.append([])
            inside = True
        elif tag and tag.group(1) not in ("86", "NS"):
            inside = False
        if inside and line:
            raws[-1].append(line)
    return ["\n".join(raw) for raw in raws]


def _balance(data: Mapping[str, Any], which: str, line: int) -> Money | None:
    for name in (f"final_{which}_balance", f"intermediate_{which}_balance"):
        balance = data.get(name)
        if balance is not None and balance.amount is not None:
            return money(str(balance.amount.amount), str(balance.amount.currency), line)
    return None


def _check(
    begins: int, opening: Money | None, closing: Money | None, found: tuple[Found, ...]
) -> None:
    if opening is None or closing is None:
        return
    reached = opening.minor + sum(one.arrived.amount.minor for one in found)
    if opening.currency != closing.currency:
        raise Refuse(begins, "the balances are in two currencies")
    if reached != closing.minor:
        told = Money(reached, closing.currency)
        raise Refuse(begins, f"opening balance and movements give {told}, closing is {closing}")


def _found(data: Mapping[str, Any], line: int, account: str, raw: str) -> Found:
    status = str(data.get("status") or "").upper()
    amount = data["amount"]
    if status not in _SIGNS or not amount.currency:
        raise Refuse(line, "a movement has no credit or debit mark, or no currency")
    told = money(str(abs(amount.amount)), str(amount.currency), line)
    details = _details(raw)
    labels = labelled(details["labelled"])
    own = _own_references(data)
    text = tidy(" ".join((details["text"], str(data.get("extra_details") or ""))))
    kind, gvc = str(data.get("id") or ""), details.get("gvc", "")
    returned = status in ("RC", "RD") or gvc in _GVC_RETURNS
    original = labels.get("EREF") or (own[0].text if own else "")
    money_in = _SIGNS[status] > 0
    arrived = Arrived(
        source="",
        source_id="",
        amount=told if money_in else -told,
        booked_on=_plain(data.get("entry_date") or data["date"]),
        value_on=_plain(data["date"]),
        account=account,
        channel=_GVC.get(gvc, _CHANNELS.get(kind, Channel.UNKNOWN)),
        type_code=f"{kind}{gvc}"[:20],
        payer_name=(details.get("name") or labels.get("DBNM", ""))[:200],
        payer_accounts=_accounts(details, labels) if money_in else (),
        references=(*own, *references_of(labels, text)),
        instructed=_instructed(raw, told),
        fee=_charged(raw, told.currency),
        raw=raw,
        returns=original[:200] if returned else "",
        return_code=(return_code(text) or status) if returned else "",
    )
    named = any(one.kind is ReferenceKind.BANK_REFERENCE for one in own)
    return Found(arrived, "/".join(one.text for one in own) if named else "", line=line)


def _instructed(raw: str, own: Money) -> Money | None:
    """What the other side sent (`OCMT`), where that is not the movement's own amount."""
    found = _told(raw, "OCMT")
    return None if found == own else found


def _charged(raw: str, currency: str) -> Money | None:
    """What the bank kept (`CHGS`), in the account's currency. A :86: has words of the payer."""
    found = _told(raw.partition("\n:86:")[0], "CHGS")
    return found if found and found.currency == currency else None


def _told(raw: str, what: str) -> Money | None:
    """The amount behind a code word, unless what stands there only looks like one."""
    for name, currency, amount in _SENT.findall(raw.replace("\n", "")):
        if name == what and currency in CURRENCIES:
            try:
                return Money.parse(amount.replace(",", ".").removesuffix("."), currency)
            except LedgerError:
                continue
    return None


def _own_references(data: Mapping[str, Any]) -> list[Reference]:
    """The customer's reference and the bank's of the :61: line, where they are given."""
    told = (
        Reference(
            ReferenceKind.CUSTOMER_REFERENCE, tidy(str(data.get("customer_reference") or ""))
        ),
        Reference(ReferenceKind.BANK_REFERENCE, tidy(str(data.get("bank_reference") or ""))),
    )
    return [one for one in told if not is_nothing(one.text)]


def _plain(found: date) -> date:
    return date(found.year, found.month, found.day)


def _accounts(details: Mapping[str, str], labels: Mapping[str, str]) -> tuple[PayerAccount, ...]:
    if account := details.get("account", ""):
        return (payer_account(account, ""),)
    return accounts_of(labels)


def _details(raw: str) -> dict[str, str]:
    """The :86: of a movement: its text, name and account, however the bank writes them."""
    _entry, mark, rest = raw.partition("\n:86:")
    lines = [line.removeprefix(":86:") for line in rest.split("\n")] if mark else []
    head = re.match(r"([0-9]{3})\?", lines[0]) if lines else None
    if head:
        return _structured("".join(lines), head.group(1))
    joined = ""
    for line in lines:
        glued = joined.endswith("/") or line.startswith("/") or len(lines[0]) >= _WRAPPED
        joined += line if glued or not joined else f" {line}"
    return {"text": joined, "labelled": joined}


def _structured(text: str, gvc: str) -> dict[str, str]:
    """The subfields ?00-?63 as German banks write them: purpose, account and name of the other."""
    marks = list(_SUBFIELD.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    fields = [
        (mark.group(1), text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    ]
    purpose = ""
    for number, piece in fields:
        if "20" <= number <= "29" or "60" <= number <= "63":
            begins = re.match(r"[A-Z]{4}\+", piece)
            full = purpose and not begins and len(purpose.split("\n")[-1]) % _PURPOSE_WIDTH == 0
            purpose += ("\n" if begins else "" if full else " ") + piece
    name = "".join(piece for number, piece in fields if number in ("32", "33"))
    account = next((piece for number, piece in fields if number == "31"), "")
    return {
        "gvc": gvc,
        "text": tidy(purpose),
        "labelled": purpose,
        "name": tidy(name),
        "account": account.strip(),
    }
