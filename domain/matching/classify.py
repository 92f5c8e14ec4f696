"""Which movements on a bank account are no receipts: nobody paid an invoice with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from domain.ledger.money import Money
from domain.matching.decision import NotAReceipt, NotReceiptKind
from domain.matching.names import words_of
from domain.matching.numbers import folded, plain
from domain.matching.receipt import Reference, ReferenceKind

# BAI2 detail codes (ASC X9.121): returned items and ACH returns, transfers between own accounts,
# interest. ISO 20022 external bank transaction sub-families. SWIFT MT940 field 61 types.
_BAI2 = {
    **dict.fromkeys(("252", "255", "257", "258", "555", "557"), NotReceiptKind.RETURN),
    **dict.fromkeys(("201", "275", "277", "577", "575"), NotReceiptKind.TRANSFER),
    **dict.fromkeys(("354", "359"), NotReceiptKind.INTEREST),
    "698": NotReceiptKind.FEE,
}
_ISO20022 = {
    **dict.fromkeys(("RRTN", "RPCR", "UPDD", "UPCT", "PRDD", "RVSL"), NotReceiptKind.RETURN),
    **dict.fromkeys(("ZABA", "SWEP", "TOPG", "ODFT"), NotReceiptKind.TRANSFER),
    **dict.fromkeys(("CHRG", "COMM", "FEES"), NotReceiptKind.FEE),
    "INTR": NotReceiptKind.INTEREST,
}
_MT940 = {
    **dict.fromkeys(("NRTI", "FRTI", "SRTI"), NotReceiptKind.RETURN),
    **dict.fromkeys(("NCHG", "FCHG", "SCHG"), NotReceiptKind.FEE),
    **dict.fromkeys(("NINT", "FINT", "SINT"), NotReceiptKind.INTEREST),
}
_CODES = _BAI2 | _ISO20022 | _MT940
_PHRASES = (
    (
        NotReceiptKind.RETURN,
        r"ACH RETURN|RETURNED? ITEM|RETURNED (?:CHECK|PAYMENT)|R[ÜU]E?CKLAST\w*",
    ),
    (NotReceiptKind.TAX, r"TAX ?REF(?:UND)?|IRS TREAS\w*|US TREASURY|FINANZAMT|HMRC|VAT REPAYMENT"),
    (NotReceiptKind.INTEREST, r"INTEREST (?:CREDIT|EARNED|PAID|PAYMENT)|HABENZINSEN"),
    (NotReceiptKind.TRANSFER, r"(?:INTERNAL|OWN ACCOUNT|ZBA|SWEEP|ACCOUNT) TRANSFER|UMBUCHUNG"),
    (NotReceiptKind.REFUND, r"(?:SUPPLIER|VENDOR|CARD|PURCHASE) REFUND|REFUND OF PURCHASE"),
    (NotReceiptKind.FEE, r"(?:BANK|SERVICE|ACCOUNT) (?:FEE|CHARGE)S?|FEE REVERSAL"),
)
_WORDS = tuple((kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for kind, words in _PHRASES)
_PAYERS = frozenset({"stripe", "stripe payments", "adyen", "paypal", "square", "gocardless"})
_PAYOUT = re.compile(r"(?<!\w)(?:PAYOUT|TRANSFER|SETTLEMENT|MERCHANT DEPOSIT)(?!\w)")


class Movement(Protocol):
    """What the sources tell of a movement, as far as it matters here."""

    @property
    def amount(self) -> Money: ...
    @property
    def type_code(self) -> str: ...
    @property
    def payer_name(self) -> str: ...
    @property
    def references(self) -> tuple[Reference, ...]: ...
    @property
    def returns(self) -> str: ...
    @property
    def return_code(self) -> str: ...


def classify(movement: Movement, payouts: Collection[str] = ()) -> NotReceiptKind | None:
    """What the movement is if it is no receipt; `payouts` are trace ids of payouts we expect."""
    found = not_a_receipt(movement, payouts)
    return found.kind if found else None


def not_a_receipt(movement: Movement, payouts: Collection[str] = ()) -> NotAReceipt | None:
    """The same with its reason: marks of the bank first, then expected payouts, then words."""
    if movement.returns or movement.return_code:
        return NotAReceipt(NotReceiptKind.RETURN, ("it takes back an earlier payment",))
    kind = _by_code(movement.type_code)
    if kind:
        return NotAReceipt(kind, (f"the bank marks it {movement.type_code}",))
    if movement.amount.minor <= 0:
        return NotAReceipt(NotReceiptKind.DEBIT, ("the money left",))
    texts = [r.text for r in movement.references]
    expected = frozenset(map(folded, payouts))
    trace = next((t for t in texts if expected and folded(t) in expected), None)
    if trace is not None:
        return NotAReceipt(NotReceiptKind.PAYOUT, (f"{trace} is the trace of a payout",))
    return _by_words(movement, texts)


def _by_code(type_code: str) -> NotReceiptKind | None:
    parts = re.findall(r"[A-Z0-9]+", type_code.upper())
    return next((_CODES[part] for part in parts if part in _CODES), None)


def _by_words(movement: Movement, texts: Sequence[str]) -> NotAReceipt | None:
    pays_out = " ".join(words_of(movement.payer_name)) in _PAYERS
    if pays_out and _PAYOUT.search(plain(" / ".join(texts))):
        return NotAReceipt(NotReceiptKind.PAYOUT, (f"{movement.payer_name} pays out",))
    spoken = [r.text for r in movement.references if r.kind is not ReferenceKind.STRUCTURED]
    for kind, words in _WORDS:
        match = words.search(plain(" / ".join((movement.payer_name, *spoken))))
        if match:
            return NotAReceipt(kind, (f'it says "{match.group()}"',))
    return None
