"""The parts of a CAMT entry that say who paid, how, and for what (ISO 20022)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ledger.money import Money
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Reference,
    ReferenceKind,
    RemittanceRow,
)
from sources.bank.labels import is_nothing, payer_account
from sources.bank.refusal import Refuse, money
from sources.bank.statement import tidy
from sources.bank.xml import Node

_MOST_ROWS = 2_000
# ISO 20022 external bank transaction code sets: family, then sub-family where it decides.
_SUBFAMILIES = {"XBCT": Channel.WIRE, "LBOX": Channel.LOCKBOX}
_FAMILIES = {
    "RCDT": Channel.ACH,
    "RRCT": Channel.ACH,
    "IDDT": Channel.DIRECT_DEBIT,
    "RDDT": Channel.DIRECT_DEBIT,
    "RCHQ": Channel.CHECK,
    "LBOX": Channel.LOCKBOX,
    "CCRD": Channel.CARD,
    "MCRD": Channel.CARD,
    "MERC": Channel.CARD,
}
_STRUCTURED = ("RmtInf", "Strd")
_TEXTS = (
    ((*_STRUCTURED, "CdtrRefInf", "Ref"), ReferenceKind.STRUCTURED),
    ((*_STRUCTURED, "CdtrRefInf", "CdtrRef"), ReferenceKind.STRUCTURED),
    ((*_STRUCTURED, "RfrdDocInf", "Nb"), ReferenceKind.REMITTANCE),
    ((*_STRUCTURED, "AddtlRmtInf"), ReferenceKind.REMITTANCE),
    (("RmtInf", "Ustrd"), ReferenceKind.REMITTANCE),
    (("Refs", "EndToEndId"), ReferenceKind.END_TO_END),
    (("Refs", "InstrId"), ReferenceKind.CUSTOMER_REFERENCE),
    (("Refs", "PmtInfId"), ReferenceKind.CUSTOMER_REFERENCE),
    (("Refs", "MndtId"), ReferenceKind.CUSTOMER_REFERENCE),
    (("Refs", "ChqNb"), ReferenceKind.CHECK_NUMBER),
    (("Refs", "ClrSysRef"), ReferenceKind.TRACE),
    (("Refs", "UETR"), ReferenceKind.TRACE),
    (("Refs", "TxId"), ReferenceKind.BANK_REFERENCE),
    (("Refs", "AcctSvcrRef"), ReferenceKind.BANK_REFERENCE),
    (("AddtlTxInf",), ReferenceKind.LABEL),
)


def amount_of(node: Node) -> Money:
    """An amount element with its Ccy, which never has a sign. Raises Refuse."""
    amount = money("".join(node.text.split()), node.attributes.get("Ccy", ""), node.line)
    if amount.minor < 0:
        raise Refuse(node.line, f"an amount has a sign: {amount}")
    return amount


def sign_of(node: Node, inherited: int = 0) -> int:
    """1 for CRDT, -1 for DBIT; `inherited` where nothing is said. Raises Refuse."""
    said = node.said("CdtDbtInd")
    if not said and inherited:
        return inherited
    if said not in ("CRDT", "DBIT"):
        raise Refuse(node.line, f"credit or debit is not told: {said[:20]!r}")
    return 1 if said == "CRDT" else -1


def type_code(*nodes: Node | None) -> str:
    """Domain/family/sub-family or, failing that, the bank's own code."""
    for node in nodes:
        code = node.first("BkTxCd") if node else None
        if code is None:
            continue
        parts = (
            code.said("Domn", "Cd"),
            code.said("Domn", "Fmly", "Cd"),
            code.said("Domn", "Fmly", "SubFmlyCd"),
        )
        told = "/".join(part for part in parts if part) or code.said("Prtry", "Cd")
        if told:
            return told[:60]
    return ""


def channel(code: str) -> Channel:
    """How money with this type code travelled."""
    _domain, _, rest = code.partition("/")
    family, _, sub = rest.partition("/")
    return _SUBFAMILIES.get(sub) or _FAMILIES.get(family, Channel.UNKNOWN)


def party_name(details: Node, role: str) -> str:
    """The name of a party (Dbtr, UltmtDbtr, Cdtr): its element changed place in version 8."""
    for path in (("Nm",), ("Pty", "Nm"), ("Pty", "OrgId", "Nm")):
        said = details.said("RltdPties", role, *path)
        if not is_nothing(said):
            return said[:200]
    return ""


def payer_accounts(details: Node) -> tuple[PayerAccount, ...]:
    """The debtor's IBAN or other account; a US one with its bank's routing number."""
    iban = details.said("RltdPties", "DbtrAcct", "Id", "IBAN").replace(" ", "").upper()
    if iban:
        return (PayerAccount(AccountScheme.IBAN, iban[:60]),)
    other = details.said("RltdPties", "DbtrAcct", "Id", "Othr", "Id")
    if not other:
        return ()
    agent = ("RltdAgts", "DbtrAgt", "FinInstnId")
    routing = details.said(*agent, "ClrSysMmbId", "MmbId")
    bic = details.said(*agent, "BICFI") or details.said(*agent, "BIC")
    return (payer_account(other, routing or bic),)


def references(entry: Node, details: Node) -> tuple[Reference, ...]:
    """Every text that may name an invoice: structured first, then free text, then ids."""
    found = [
        Reference(kind, tidy(node.text)) for path, kind in _TEXTS for node in details.all(*path)
    ]
    found += [Reference(ReferenceKind.LABEL, tidy(node.text)) for node in entry.all("AddtlNtryInf")]
    found.append(Reference(ReferenceKind.LABEL, party_name(details, "UltmtDbtr")))
    return tuple(dict.fromkeys(one for one in found if not is_nothing(one.text)))


def remittance_rows(details: Node) -> tuple[RemittanceRow, ...]:
    """What the payer says it pays, document by document (RfrdDocInf with RfrdDocAmt)."""
    rows: list[RemittanceRow] = []
    for structured in details.all("RmtInf", "Strd"):
        amounts = structured.first("RfrdDocAmt")
        numbers = [tidy(node.text) for node in structured.all("RfrdDocInf", "Nb")]
        numbers = [number for number in numbers if not is_nothing(number)]
        if len(numbers) == 1:
            rows.append(_row(numbers[0], amounts))
        else:
            rows += [RemittanceRow(number, source="camt") for number in numbers]
    if len(rows) > _MOST_ROWS:
        raise Refuse(details.line, f"one payment names more than {_MOST_ROWS} documents")
    return tuple(rows)


def _row(number: str, amounts: Node | None) -> RemittanceRow:
    if amounts is None:
        return RemittanceRow(number, source="camt")
    paid = _one(amounts, "RmtdAmt")
    credit = _one(amounts, "CdtNoteAmt")
    if paid is None and credit is not None:
        paid = -credit
    adjusted = list(amounts.all("AdjstmntAmtAndRsn"))
    reason = next((one.said("Rsn") for one in adjusted if one.said("Rsn")), "")
    return RemittanceRow(
        reference=number,
        paid=paid,
        gross=_one(amounts, "DuePyblAmt"),
        discount=_sum(node for node in amounts.all("DscntApldAmt")),
        deduction=_sum(node for one in adjusted for node in one.all("Amt")),
        reason_code=reason[:40],
        source="camt",
    )


def _one(node: Node, name: str) -> Money | None:
    return _sum(node.all(name))


def _sum(nodes: Iterable[Node]) -> Money | None:
    """Amounts together; later versions wrap a discount's amount in another element."""
    told = [amount_of(node.first("Amt") or node) for node in nodes if _says(node)]
    if len({amount.currency for amount in told}) > 1:
        raise Refuse(0, "one document has amounts in two currencies")
    return sum(told[1:], told[0]) if told else None


def _says(node: Node) -> bool:
    return bool((node.first("Amt") or node).text.strip())
