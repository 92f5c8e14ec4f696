"""Labelled words inside a bank's free text, and the references and accounts they tell.

Banks write `EREF: 1`, `/REMI/INV-1`, `EREF+1`, `ORIG CO NAME:X` or `Remittance Info: "X"`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.matching.receipt import AccountScheme, PayerAccount, Reference, ReferenceKind
from sources.bank.statement import tidy

_KEYS = (
    "EREF|KREF|MREF|CREF|REMI|SVWZ|DBNM|CRNM|ORDP|BENM|DACT|DABA|CACT|CABA|DBIC|CBIC|CHKN|IDNM"
    "|IBAN|BIC|NAME|TRCD|TRTP|CSID|MARF|PREF|RTRN|ABWA|ABWE|PURP|CRED|DEBT|CNTP|ADDR|ULTD|ULTC"
    "|ISDT|TRAC"
)
# Names that US banks print into the text of ACH and wire credits.
_WORDS = (
    "ORIG CO NAME|ORIGINATOR NAME|COMPANY NAME|ORIG ID|COMPANY ID|CO ENTRY DESCR|DESC DATE|SEC"
    "|TRACE ?#?|IND ID|IND NAME|CUST ID|EED|ENTRY DESCRIPTION|RETURN OF CLIENT REF ID"
    "|CLIENT REF ID|GS ID|FROM|REMITTANCE INFO|REASON|RETURN FROM|RETURN TO|CHECK SERIAL NUMBER"
    "|B/O|ORG|REF|OBI|BNF|RFB|BBI"
)
_STYLES = (
    re.compile(rf"/({_KEYS})/", re.IGNORECASE),
    re.compile(rf"(?<![A-Za-z0-9])({_KEYS})\+"),
    re.compile(rf"(?<![A-Za-z0-9])({_KEYS})\s{{0,3}}[:=]"),
    re.compile(rf"(?<![A-Za-z0-9])({_WORDS})\s{{0,3}}[:=#]", re.IGNORECASE),
)
_ALIAS = {
    "ORIG CO NAME": "DBNM",
    "ORIGINATOR NAME": "DBNM",
    "COMPANY NAME": "DBNM",
    "FROM": "DBNM",
    "RETURN FROM": "DBNM",
    "B/O": "DBNM",
    "ORG": "DBNM",
    "ORDP": "DBNM",
    "NAME": "DBNM",
    "BENM": "CRNM",
    "ORIG ID": "COMPANY",
    "COMPANY ID": "COMPANY",
    "REMITTANCE INFO": "REMI",
    "OBI": "REMI",
    "SVWZ": "REMI",
    "RFB": "EREF",
    "CLIENT REF ID": "EREF",
    "RETURN OF CLIENT REF ID": "RETURNED",
    "RTRN": "REASON",
    "TRACE#": "TRACE",
    "TRACE #": "TRACE",
    "TRAC": "TRACE",
    "CHECK SERIAL NUMBER": "CHKN",
    "IND ID": "KREF",
    "CUST ID": "KREF",
    "IDNM": "KREF",
    "CREF": "KREF",
    "PREF": "KREF",
}
_ONE_WORD = {"TRACE", "DACT", "DABA", "CACT", "CABA", "IBAN", "CHKN"}
_NOTHING = {"", "-", "NOTPROVIDED", "NONREF", "NOREF", "UNKNOWN", "NOT PROVIDED"}
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_RETURN_CODE = re.compile(r"\b(R[0-9]{2}|A[CGM][0-9]{2}|M[DS][0-9]{2})\b")
_KINDS = {
    "REMI": ReferenceKind.REMITTANCE,
    "EREF": ReferenceKind.END_TO_END,
    "KREF": ReferenceKind.CUSTOMER_REFERENCE,
    "TRACE": ReferenceKind.TRACE,
    "CHKN": ReferenceKind.CHECK_NUMBER,
}


def labelled(text: str) -> dict[str, str]:
    """The labelled words of a text by one name each (EREF, REMI, DBNM, TRACE, COMPANY, ...).

    The first of a name counts.
    """
    found: dict[str, str] = {}
    flat = text.replace("\n", " ")
    marks = _marks(flat)
    ends = [mark.start() for mark in marks[1:]] + [len(flat)] * bool(marks)
    for mark, end in zip(marks, ends, strict=True):
        name = mark.group(1).upper().strip()
        said = tidy(flat[mark.end() : end]).strip(" ,;/\"'")
        key = _ALIAS.get(name, name)
        if not is_nothing(said):
            found.setdefault(key, said.split()[0] if key in _ONE_WORD else said)
    return found


def _marks(flat: str) -> list[re.Match[str]]:
    """Every label in its order; one inside another, as NAME in ORIG CO NAME, is none."""
    found = [mark for style in _STYLES for mark in style.finditer(flat)]
    found.sort(key=lambda mark: (mark.start(), -mark.end()))
    apart: list[re.Match[str]] = []
    for mark in found:
        if not apart or mark.start() >= apart[-1].end():
            apart.append(mark)
    return apart


def is_nothing(text: str) -> bool:
    """Whether a bank only fills its field with this."""
    return text.strip().upper() in _NOTHING or not text.strip(" 0-./")


def references_of(labels: Mapping[str, str], text: str) -> tuple[Reference, ...]:
    """What the labels name, then the whole text."""
    named = [Reference(kind, labels[name]) for name, kind in _KINDS.items() if name in labels]
    whole = tidy(text)
    if whole and not is_nothing(whole):
        named.append(Reference(ReferenceKind.LABEL, whole))
    return tuple(named)


def accounts_of(labels: Mapping[str, str]) -> tuple[PayerAccount, ...]:
    """The accounts that the labels give for the payer."""
    found = []
    account, routing = labels.get("DACT", ""), labels.get("DABA", "")
    if account:
        found.append(payer_account(account, routing))
    if "IBAN" in labels:
        found.append(payer_account(labels["IBAN"].split()[0], ""))
    if "COMPANY" in labels:
        company = labels["COMPANY"].replace(" ", "").upper()[:20]
        found.append(PayerAccount(AccountScheme.ACH_COMPANY, company))
    return tuple(found)


def payer_account(account: str, routing: str) -> PayerAccount:
    """An account as the kind of account that it is written like."""
    value = "".join(account.split()).upper()[:60]
    number = "".join(routing.split())
    if _IBAN.fullmatch(value) and not number:
        return PayerAccount(AccountScheme.IBAN, value)
    if re.fullmatch(r"[0-9]{9}", number):
        return PayerAccount(AccountScheme.US_ACCOUNT, f"{number}/{value}")
    told = f"{number}/{value}" if number else value
    return PayerAccount(AccountScheme.OTHER_ACCOUNT, told)


def return_code(text: str) -> str:
    """The first return reason code of a text (ACH R.., ISO AC.., MD..), or nothing."""
    found = _RETURN_CODE.search(text)
    return found.group(1) if found else ""
