"""Where customers are asked to pay: bank details, and whether they can be an account at all."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

_LONGEST = 70
_TEXTS = ("holder", "bank")
# How long an account number is by its country. Source: SWIFT, IBAN Registry.
_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_LENGTH_OF = {country: n for n, named in _LENGTHS.items() for country in named.split()}


@dataclass(frozen=True, slots=True)
class RemittanceBlock:
    """Bank details as customers read them. `routing` is a number of the American Bankers
    Association; an empty block asks nobody to pay anywhere.
    """

    holder: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    routing: str = ""
    account: str = ""

    @property
    def empty(self) -> bool:
        return self == RemittanceBlock()

    def payload(self) -> dict[str, str]:
        """Its parts by name: what a fingerprint is of."""
        return asdict(self)

    def shown(self) -> dict[str, str]:
        """The parts that are filled, an IBAN in groups of four as it is printed (ISO 13616)."""
        iban = " ".join(re.findall(".{1,4}", self.iban))
        return {name: text for name, text in replace(self, iban=iban).payload().items() if text}


def block_of(typed: dict[str, str]) -> RemittanceBlock:
    """What somebody typed, without the blanks and dashes that numbers are written with."""
    texts = {name: " ".join(typed.get(name, "").split()) for name in _TEXTS}
    codes = {
        name: re.sub(r"[\s-]", "", typed.get(name, "")).upper()
        for name in ("iban", "bic", "routing", "account")
    }
    return RemittanceBlock(**texts, **codes)


def mistakes(block: RemittanceBlock) -> tuple[str, ...]:
    """Why nobody could pay by this block, each in words; empty when it may be printed."""
    if block.empty:
        return ()
    found = [f"The {name} is not one short line." for name in _TEXTS if not _line(block, name)]
    if not block.holder:
        found.append("It does not say whose account it is.")
    if block.iban and not is_iban(block.iban):
        found.append("The IBAN's length or check digits are wrong.")
    if block.bic and not is_bic(block.bic):
        found.append("The BIC is not one: it has 8 or 11 signs, such as DEUTDEFF.")
    if block.routing and not is_routing(block.routing):
        found.append("The routing number's check digit is wrong.")
    if block.account and not re.fullmatch(r"[A-Z0-9]{4,34}", block.account):
        found.append("The account number has 4 to 34 letters and digits.")
    if not block.iban and not (block.account and (block.routing or block.bic)):
        found.append("It needs an IBAN, or an account number with a routing number or BIC.")
    return tuple(found)


def is_iban(text: str) -> bool:
    """Whether an IBAN without blanks has its country's length and right check digits (mod 97)."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text, re.ASCII):
        return False
    if len(text) != _LENGTH_OF.get(text[:2]) or not "02" <= text[2:4] <= "98":
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def is_routing(text: str) -> bool:
    """Whether nine digits are a routing number: weighted 3, 7, 1 they are a multiple of ten."""
    if not re.fullmatch(r"\d{9}", text, re.ASCII) or not int(text):
        return False
    weights = (3, 7, 1) * 3
    return sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True)) % 10 == 0


def is_bic(text: str) -> bool:
    """Whether the text has the form of a BIC (ISO 9362)."""
    return re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", text, re.ASCII) is not None


def _line(block: RemittanceBlock, name: str) -> bool:
    text = block.payload()[name]
    return len(text) <= _LONGEST and text.isprintable() and not re.search(r"[<>@]|://|www\.", text)
