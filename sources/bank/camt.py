"""CAMT.052, .053 and .054 of every version: booked entries, batches taken apart and added up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from domain.ledger.money import Money
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.camt_parts import (
    amount_of,
    channel,
    party_name,
    payer_accounts,
    references,
    remittance_rows,
    sign_of,
    type_code,
)
from sources.bank.labels import is_nothing
from sources.bank.refusal import MOST_MOVEMENTS, Refuse, day, read_whole
from sources.bank.statement import Found, Statement, assembled
from sources.bank.xml import Node, read_xml

_SPACE = re.compile(r"camt\.05([234])\.001\.[0-9]{2}")
_ROOTS = {"2": ("BkToCstmrAcctRpt", "Rpt"), "3": ("BkToCstmrStmt", "Stmt")}
_NOTIFIED = ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
_RETURNS = ("RRTN", "UPDD", "UPCQ", "RPCR", "CQRV")


@dataclass(slots=True)
class _Reading:
    """What is told along the way."""

    notes: list[str] = field(default_factory=list)
    count: int = 0


def read_camt(body: bytes) -> ReadFile | RefusedFile:
    """The booked movements of a CAMT report, statement or notification."""
    return read_whole(lambda: _read(read_xml(body)))


def _read(root: Node) -> ReadFile:
    document = _document(root)
    space = _SPACE.search(document.space)
    if space is None:
        raise Refuse(document.line, f"this is no CAMT.052, .053 or .054: {document.space[:80]!r}")
    outer, inner = _ROOTS.get(space.group(1), _NOTIFIED)
    message = document.first(outer)
    if message is None:
        raise Refuse(document.line, f"there is no {outer} in it")
    reading = _Reading()
    statements = [_statement(node, reading) for node in message.all(inner)]
    return assembled(f"camt.05{space.group(1)}", "bank", statements, reading.notes)


def _document(root: Node) -> Node:
    """The Document, which some networks wrap."""
    wave = [root]
    for _ in range(5):
        for node in wave:
            if node.name == "Document":
                return node
        wave = [child for node in wave for child in node.children][:1_000]
    raise Refuse(root.line, "there is no Document in it")


def _statement(node: Node, reading: _Reading) -> Statement:
    account = node.said("Acct", "Id", "IBAN") or node.said("Acct", "Id", "Othr", "Id")
    if not account:
        raise Refuse(node.line, "a statement names no account")
    account = account.replace(" ", "").upper()[:60]
    found: list[Found] = []
    for entry in node.all("Ntry"):
        one = _entry(entry, account, reading)
        if one is not None:
            found.append(one)
        reading.count += max(1, len(one.parts) if one else 0)
        if reading.count > MOST_MOVEMENTS:
            raise Refuse(entry.line, f"the file has more than {MOST_MOVEMENTS:,} movements")
    opening, closing = _balance(node, "OPBD", "PRCD"), _balance(node, "CLBD")
    _check_balances(node, opening, closing, found)
    _check_summary(node)
    name = f"{node.said('Id')}/{node.said('StmtPgntn', 'PgNb')}/{node.said('RptPgntn', 'PgNb')}"
    return Statement(account, tuple(found), opening, closing, name)


def _balance(node: Node, *codes: str) -> Money | None:
    """The balance of the first of these codes that the statement has."""
    for code in codes:
        found = [b for b in node.all("Bal") if b.said("Tp", "CdOrPrtry", "Cd") == code]
        for balance in found:
            amount = balance.first("Amt")
            if amount is None:
                raise Refuse(balance.line, "a balance has no amount")
            told = amount_of(amount)
            return told if sign_of(balance) > 0 else -told
    return None


def _check_balances(
    node: Node, opening: Money | None, closing: Money | None, found: list[Found]
) -> None:
    """A statement whose movements do not lead from one balance to the other is not whole."""
    pages = [one for name in ("StmtPgntn", "RptPgntn") for one in node.all(name)]
    if opening is None or closing is None or any(p.said("PgNb") not in ("", "1") for p in pages):
        return
    if any(page.said("LastPgInd").lower() in ("false", "0") for page in pages):
        return
    reached = opening.minor + sum(one.arrived.amount.minor for one in found)
    currencies = {one.arrived.amount.currency for one in found} | {opening.currency}
    if currencies != {closing.currency}:
        raise Refuse(node.line, "an entry is in another currency than the balances")
    if reached != closing.minor:
        told = Money(reached, closing.currency)
        raise Refuse(node.line, f"opening balance and entries give {told}, closing is {closing}")


def _check_summary(node: Node) -> None:
    total = node.first("TxsSummry", "TtlNtries")
    stated = total.said("NbOfNtries") if total else ""
    entries = len(list(node.all("Ntry")))
    if total and re.fullmatch(r"[0-9]{1,15}", stated) and int(stated) != entries:
        raise Refuse(total.line, f"it says {stated} entries and holds {entries}")


def _entry(entry: Node, account: str, reading: _Reading) -> Found | None:
    status = entry.said("Sts", "Cd") or entry.said("Sts")
    if status not in ("BOOK", ""):
        reading.notes.append(f"line {entry.line}: an entry is {status[:10]}, not booked; left out")
        return None
    amount_node = entry.first("Amt")
    if amount_node is None:
        raise Refuse(entry.line, "an entry has no amount")
    total = amount_of(amount_node)
    total = total if sign_of(entry) > 0 else -total
    details = list(entry.all("NtryDtls", "TxDtls"))
    key = entry.said("AcctSvcrRef")
    whole = _movement(entry, details[0] if len(details) == 1 else _none(entry), total, account)
    key = key or (details[0].said("Refs", "AcctSvcrRef") if len(details) == 1 else "")
    found = Found(whole, "" if is_nothing(key) else key, line=entry.line)
    if len(details) == 1:
        _check_single(entry, details[0], whole)
    if len(details) < 2:
        return found
    return replace(found, parts=_parts(entry, details, total, account))


def _none(entry: Node) -> Node:
    batch = entry.first("NtryDtls", "Btch") or Node("Btch", "", entry.line, {})
    return Node(
        "TxDtls", "", entry.line, {}, children=[Node("Refs", "", 0, {}, "", batch.children)]
    )


def _check_single(entry: Node, details: Node, told: Arrived) -> None:
    """A transaction is what its entry is, or that before the charges that are told of it."""
    own, total = _own_amount(details), told.amount
    if own is None or own.currency != total.currency or own.minor == abs(total.minor):
        return
    sign = 1 if total.minor > 0 else -1
    if sign * own.minor != total.minor + (told.fee.minor if told.fee else 0):
        raise Refuse(entry.line, f"its one transaction is {own}, the entry is {total}")


def _parts(entry: Node, details: list[Node], total: Money, account: str) -> tuple[Found, ...]:
    """The transactions of a batch. Raises Refuse unless they add up to the entry."""
    parts: list[Found] = []
    for one, amount in zip(details, _amounts(entry, details, total), strict=True):
        key = one.said("Refs", "AcctSvcrRef")
        if key == entry.said("AcctSvcrRef"):
            key = ""
        key = key or one.said("Refs", "TxId") or one.said("Refs", "ClrSysRef")
        named = "" if is_nothing(key) else key
        parts.append(Found(_movement(entry, one, amount, account), named, line=one.line))
    return tuple(parts)


def _amounts(entry: Node, details: list[Node], total: Money) -> list[Money]:
    """What arrived of each transaction: as written, or less the charges that it tells itself."""
    direction = 1 if total.minor >= 0 else -1
    written: list[Money] = []
    for one in details:
        own = _own_amount(one)
        if own is None:
            raise Refuse(one.line, "a transaction of a batch has no amount of its own")
        if own.currency != total.currency:
            raise Refuse(one.line, f"a transaction is in {own.currency}, its entry is not")
        written.append(own if sign_of(one, direction) > 0 else -own)
    kept = [_charges(entry, one, total.currency) for one in details]
    arrived = [amount - fee if fee else amount for amount, fee in zip(written, kept, strict=True)]
    for amounts in (written, arrived):
        if sum(amount.minor for amount in amounts) == total.minor:
            return amounts
    told = Money(sum(amount.minor for amount in written), total.currency)
    raise Refuse(entry.line, f"the transactions of a batch add up to {told}, not {total}")


def _own_amount(details: Node) -> Money | None:
    """A transaction's own amount: its place changed after version 2."""
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
        found = details.first(*path)
        if found is not None:
            return amount_of(found)
    return None


def _movement(entry: Node, details: Node, amount: Money, account: str) -> Arrived:
    code = type_code(details, entry)
    booked = _date(entry, "BookgDt") or _date(entry, "ValDt")
    if booked is None:
        raise Refuse(entry.line, "an entry has no booking date")
    returned = _returned(entry, details, code)
    own = references(entry, details)
    original = [r for r in own if r.kind in ("end_to_end", "trace", "bank_reference")]
    raw = (entry if details.name == "TxDtls" and not details.line else details).as_text()
    return Arrived(
        source="",
        source_id="",
        amount=amount,
        booked_on=booked,
        value_on=_date(entry, "ValDt") or booked,
        account=account,
        channel=channel(code),
        type_code=code,
        payer_name=party_name(details, "Dbtr" if amount.minor >= 0 else "Cdtr"),
        payer_accounts=payer_accounts(details) if amount.minor > 0 else (),
        references=own,
        remittance=remittance_rows(details),
        instructed=_instructed(details, amount),
        fee=_charges(entry, details, amount.currency),
        raw=raw,
        returns=original[0].text[:200] if returned and original else "",
        return_code=(details.said("RtrInf", "Rsn", "Cd") or "RVSL")[:20] if returned else "",
    )


def _returned(entry: Node, details: Node, code: str) -> bool:
    reversal = any(node.said("RvslInd").lower() in ("true", "1") for node in (entry, details))
    return reversal or details.first("RtrInf") is not None or code.endswith(_RETURNS)


def _date(node: Node, name: str) -> date | None:
    said = node.said(name, "Dt") or node.said(name, "DtTm")[:10]
    return day(said.replace("-", "")[:8], node.line, f"the date {name}") if said else None


def _instructed(details: Node, amount: Money) -> Money | None:
    """What the payer sent, where that is not what arrived."""
    found = details.first("AmtDtls", "InstdAmt", "Amt")
    told = amount_of(found) if found is not None else _own_amount(details)
    return None if told is None or told == Money(abs(amount.minor), amount.currency) else told


def _charges(entry: Node, details: Node, currency: str) -> Money | None:
    """What the bank kept of this payment, in the account's currency, if it tells."""
    one = details.first("Chrgs")
    alone = len(list(entry.all("NtryDtls", "TxDtls"))) < 2
    node = one or (entry.first("Chrgs") if alone else None)
    if node is None:
        return None
    amounts = [a for record in node.all("Rcrd") if _kept(record) for a in record.all("Amt")]
    amounts = amounts or list(node.all("TtlChrgsAndTaxAmt")) or list(node.all("Amt"))
    told = [amount_of(amount) for amount in amounts if amount.attributes.get("Ccy") == currency]
    total = sum(amount.minor for amount in told)
    return Money(total, currency) if total else None


def _kept(record: Node) -> bool:
    return record.said("CdtDbtInd") != "CRDT"
